"""Write every figure of the stored notebooks as SVG, PNG, PDF and CSV into _build/figures.

python -m book.figures
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbclient import NotebookClient

from book.notebooks import WORKERS, executable, load
from book.paths import BUILD, ROOT, prepare_kernels

TARGET = BUILD / "figures"


def draw(page: Path) -> None:
    """Run a chapter; its kernel writes each figure it shows."""
    where = {"metadata": {"path": str(page.parent)}}
    NotebookClient(load(page), timeout=300, resources=where).execute()


if __name__ == "__main__":
    prepare_kernels()
    os.environ["GUM_FIGURES"] = str(TARGET)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(draw, executable()))
    print(f"{len(list(TARGET.glob('*.csv')))} figures in {TARGET.relative_to(ROOT)}")
