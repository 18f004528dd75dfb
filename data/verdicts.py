"""Decide every claim anew, and register the verdicts."""

import runpy
from pathlib import Path

from gumlib import claims

folder = Path(__file__).parent
claims.decide().to_csv(folder / "book" / "verdicts.csv", index=False, lineterminator="\n")
runpy.run_path(str(folder / "refresh.py"))
