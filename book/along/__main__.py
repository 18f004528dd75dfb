"""Make the book to take along, in both languages, from the built pages.

    python -m book.along pdf
    python -m book.along epub

They are written into _build/along.
"""

from __future__ import annotations

import sys
import time

from book.along import make
from book.along.edition import EDITIONS

if __name__ == "__main__":
    for edition in EDITIONS:
        began = time.perf_counter()
        file = make.MAKERS[sys.argv[1]](edition)
        print(f"{file.stat().st_size / 1e6:.1f} MB in {time.perf_counter() - began:.0f} s: {file}", flush=True)
