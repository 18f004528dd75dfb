"""Fuzzy-set qualitative comparative analysis: which combinations of conditions go with an outcome.

Written here because no library fitted: of those on PyPI in 2026 (pyqca, setqca, ba, fosqca) all are young
and marked alpha, and the one checked against R (setqca) asks for pandas below 3. Checked against what the
R package QCA prints for its classic data.
"""

from gumlib.cases.qca.calibration import FULL_ODDS, Anchors, direct
from gumlib.cases.qca.expressions import literals, membership
from gumlib.cases.qca.fit import necessary, necessity, sufficiency
from gumlib.cases.qca.solutions import SOLUTION_KINDS, Solutions, minimise, solve
from gumlib.cases.qca.table import truth_table, undecided

__all__ = [
    "FULL_ODDS",
    "SOLUTION_KINDS",
    "Anchors",
    "Solutions",
    "direct",
    "literals",
    "membership",
    "minimise",
    "necessary",
    "necessity",
    "solve",
    "sufficiency",
    "truth_table",
    "undecided",
]
