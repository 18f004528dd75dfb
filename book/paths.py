"""Where things stand, and the fingerprint of all that a page's numbers depend on."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHAPTERS = ROOT / "chapters"
NOTEBOOKS = ROOT / "notebooks"
BUILD = ROOT / "_build"
HTML = BUILD / "html"


def prepare_kernels() -> None:
    """Let every kernel started from here import this gumlib and read no profile of the user's."""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["IPYTHONDIR"] = str(ROOT / "book" / "ipython")


def keep_figures(folder: Path) -> None:
    """Let every kernel started from here write the figures it draws into a folder."""
    os.environ["GUM_FIGURES"] = str(folder)


@functools.cache
def digest() -> str:
    """Return a fingerprint of gumlib, data, locked versions and Python.

    A cached page is only as good as the code and data it was computed from, so the cache of
    executed pages lies in a folder of this name.
    """
    total = hashlib.sha256(repr(sys.version_info[:2]).encode())
    tracked = [*ROOT.glob("gumlib/**/*"), *ROOT.glob("data/**/*"), ROOT / "requirements" / "test.txt"]
    for file in sorted(tracked):
        if file.is_file() and file.suffix != ".pyc":
            total.update(str(file.relative_to(ROOT)).encode())
            total.update(file.read_bytes())
    return total.hexdigest()[:12]


def cache() -> Path:
    """Return the folder of executed pages and of the figures they drew."""
    return BUILD / "cache" / digest()
