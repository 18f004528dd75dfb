"""Compute the results of the policy chapters anew, and register them. Takes about eight minutes."""

import runpy
from pathlib import Path

from gumlib.policy import stored

folder = Path(__file__).parent
for name, table in stored.compute().items():
    file = folder / "policy" / f"{name}.csv"
    stored.written(table).to_csv(file, index=False, float_format=stored.DIGITS, lineterminator="\n")
runpy.run_path(str(folder / "refresh.py"))
