"""Make what a release offers, in _build/release: wheel, sources, the book as zip, PDF and EPUB, the research object.

python -m book.release
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from book import crate
from book.along.edition import EDITIONS
from book.along.make import MAKERS, file_of
from book.packing import below, pack
from book.paths import BUILD, HTML, ROOT
from book.publication import book
from book.site import BOOK

TARGET = BUILD / "release"


def make(target: Path = TARGET) -> list[Path]:
    """Fill the folder anew and return its files, sorted."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(target)], cwd=ROOT, check=True)
    tag = f"v{book().version}"
    pack(target / f"{BOOK}{tag}.zip", below(HTML))
    crate.write(target / f"gum-crate-{tag}.zip")
    for made in (file_of(edition, kind) for edition in EDITIONS for kind in MAKERS):
        shutil.copyfile(made, target / f"{made.stem}-{tag}{made.suffix}")
    return sorted(target.iterdir())


if __name__ == "__main__":
    for file in make():
        print(f"{file.stat().st_size:>12,} bytes  {file.relative_to(ROOT)}")
