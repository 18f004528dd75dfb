"""Clusters as cases: evidence, coded levels, pressure, fit, comparison with rivals.

The four shipped clusters and a cluster of the reader's own are built by one function, `build`.
"""

from gumlib.cases.case import Case, build, load, names
from gumlib.cases.fitting.estimate import fit
from gumlib.cases.fitting.leave_one_out import leave_one_out

__all__ = ["Case", "build", "fit", "leave_one_out", "load", "names"]
