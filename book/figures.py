"""Write every figure of the stored notebooks as SVG, PNG, PDF and CSV into _build/figures.

python -m book.figures
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor

from book.notebooks import WORKERS, executable, execute
from book.paths import BUILD, ROOT, keep_figures, prepare_kernels

TARGET = BUILD / "figures"


if __name__ == "__main__":
    prepare_kernels()
    shutil.rmtree(TARGET, ignore_errors=True)
    keep_figures(TARGET)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(execute, executable()))
    print(f"{len(list(TARGET.glob('*.csv')))} figures in {TARGET.relative_to(ROOT)}")
