"""Write every figure of the book as SVG, PNG, PDF and CSV into _build/figures.

python -m book.figures
"""

from __future__ import annotations

import shutil
import sys

from book.digest import cache
from book.execution import run_changed
from book.paths import BUILD, ROOT

TARGET = BUILD / "figures"


if __name__ == "__main__":
    if faults := run_changed():
        sys.exit("\n\n".join(faults))
    shutil.rmtree(TARGET, ignore_errors=True)
    shutil.copytree(cache() / "figures", TARGET)
    print(f"{len(list(TARGET.glob('fig-*.csv')))} figures in {TARGET.relative_to(ROOT)}")
