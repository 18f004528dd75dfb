"""Fit the model and its rivals to the four cases anew, and register what was found.

Takes about twenty minutes: six models are sampled, and simulated worlds are refitted. Needs the extra `fit`.
"""

import runpy
from pathlib import Path

from gumlib.cases import stored

folder = Path(__file__).parent
(folder / "cases").mkdir(exist_ok=True)
for name, table in stored.compute().items():
    file = folder / "cases" / f"{name.replace('-', '_')}.csv"
    table.to_csv(file, index=False, float_format=stored.DIGITS, lineterminator="\n")
runpy.run_path(str(folder / "refresh.py"))
