"""Make the book to take along, in both languages, from the built pages.

    python -m book.along pdf
    python -m book.along epub

They are written into _build/along.
"""

from __future__ import annotations

import sys
import time

from book.along.edition import EDITIONS
from book.along.make import make
from book.paths import ROOT

if __name__ == "__main__":
    for edition in EDITIONS:
        began = time.perf_counter()
        file = make(edition, sys.argv[1])
        took, size = time.perf_counter() - began, file.stat().st_size / 1e6
        print(f"{size:.1f} MB in {took:.0f} s: {file.relative_to(ROOT)}", flush=True)
