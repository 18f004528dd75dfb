"""Write every figure of the stored notebooks as SVG, PNG, PDF and CSV into _build/figures.

python -m book.figures
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

from book.notebooks import WORKERS, executable, execute
from book.paths import BUILD, ROOT, prepare_kernels

TARGET = BUILD / "figures"


if __name__ == "__main__":
    prepare_kernels()
    shutil.rmtree(TARGET, ignore_errors=True)
    os.environ["GUM_FIGURES"] = str(TARGET)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(execute, executable()))
    print(f"{len(list(TARGET.glob('*.csv')))} figures in {TARGET.relative_to(ROOT)}")
