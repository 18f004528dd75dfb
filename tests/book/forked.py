"""`python -m MODULE` as a copy of a process that has imported what is heavy: the same run, seconds sooner."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HEAVY = ["book.preloaded", "jupyter_book.sphinx", "sphinx_book_theme", "myst_nb"]
"""A process has one fork server: what kernels need comes first, for a later test that starts kernels."""


@dataclass(frozen=True)
class Ended:
    """What a command left: its exit code and what it said."""

    returncode: int | None
    stdout: str
    stderr: str


def run(module: str, place: Path) -> Ended:
    """Run a module of the project that stands in a folder."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(HEAVY)
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder) / name for name in ("stdout", "stderr")]
        process = context.Process(target=_become, args=(module, place, said))
        process.start()
        process.join()
        return Ended(process.exitcode, *(file.read_text(encoding="utf-8") for file in said))


def _become(module: str, place: Path, said: list[Path]) -> None:
    for stream, file in zip((1, 2), said, strict=True):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("book", "gumlib")]:
        del sys.modules[name]  # the copy of the project in the folder at hand is to be imported
    os.chdir(place)
    os.environ["PYTHONPATH"] = str(place)
    sys.path.insert(0, str(place))
    sys.argv = [module]
    runpy.run_module(module, run_name="__main__")
