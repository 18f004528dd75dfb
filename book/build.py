"""Build the book into _build/html: strictly, from nothing but what has not changed.

python -m book.build
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from book.ahead import forget_route, run_ahead
from book.paths import HTML, ROOT, cache, keep_figures, prepare_kernels


def build(source: Path = ROOT) -> int:
    """Run Jupyter Book with every warning an error; return its exit code.

    The old pages go first: a rebuild over them differs in bytes from a fresh build.
    """
    shutil.rmtree(source / "_build" / "html", ignore_errors=True)
    command = ["jupyter-book", "build", "-W", "-n", "--keep-going", "--quiet", str(source)]
    return subprocess.run([Path(sys.executable).parent / command[0], *command[1:]], check=False).returncode


def _drop_old_caches() -> None:
    for folder in cache().parent.glob("*"):
        if folder != cache():
            shutil.rmtree(folder)


if __name__ == "__main__":
    os.chdir(ROOT)
    _drop_old_caches()
    began = time.perf_counter()
    prepare_kernels()
    keep_figures(cache() / "figures")
    fresh = not cache().exists()
    forget_route(cache() / "pages")
    if fresh:
        run_ahead(cache() / "pages")
    code = build()
    if code == 0:
        pages = sum(1 for _ in (HTML / "chapters").rglob("*.html"))
        print(f"{pages} pages in {time.perf_counter() - began:.1f} s: {HTML.relative_to(ROOT)}/index.html")
    sys.exit(code)
