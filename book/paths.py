"""Where things stand, and what every kernel of the book is started with."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHAPTERS = ROOT / "chapters"
NOTEBOOKS = ROOT / "notebooks"
BUILD = ROOT / "_build"
HTML = BUILD / "html"
HOME = BUILD / "home"
"""What libraries would keep in the user's home folder, which may not be writable, or hold other settings."""


def prepare_kernels() -> None:
    """Let every kernel started from here import this gumlib, and neither read nor write the user's home."""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")
    folders = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR")
    for variable in (*folders, "NUMBA_CACHE_DIR"):
        folder = HOME / variable.lower()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ[variable] = str(folder)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # kernels run side by side


def keep_figures(folder: Path) -> None:
    """Let every kernel started from here write the figures it draws into a folder."""
    os.environ["GUM_FIGURES"] = str(folder)
