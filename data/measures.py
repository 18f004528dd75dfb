"""Compute anew the measures of the chain and the aggregated tables, and register them.

They need the full input-output tables: `gum data fetch wiod`.
"""

import gzip
import runpy
from pathlib import Path

from gumlib.gvc import release

folder = Path(__file__).parent
text = release.compute_indicators().to_csv(index=False, float_format=release.DIGITS, lineterminator="\n")
(folder / "gvc" / "indicators.csv.gz").write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
release.compute_condensed().to_csv(folder / "gvc" / "condensed.csv", lineterminator="\n")
runpy.run_path(str(folder / "refresh.py"))
