"""Whether what a page shows flips under noise in its inputs: it must not.

    python -m book.noise [PAGE ...]   every decimal number of every table times 1 + 1e-9 u

PAGE is part of a page's path; without it all pages with code are run. Each page runs twice, in fresh
processes, and what its cells show is compared: texts, tables, numbers handed to the prose, the words
of figures and the summary of their data. Whole quarters, which are scores and costs, carry no noise.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from difflib import unified_diff
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import pandas as pd

from book.execution import executable
from book.notebooks import load

SIZE = 1e-9


class Flip(NamedTuple):
    """One line that a cell shows in one run of its page (marked -) or in the other (+)."""

    page: str
    cell: int
    line: str

    def __str__(self) -> str:
        return f"{self.page}, cell {self.cell}: {self.line[:300]}"


def flips(page: Path, size: float = SIZE) -> list[Flip]:
    """Return the lines in which two runs of a page differ: as it is, and under noise."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context) as one, ProcessPoolExecutor(1, context) as two:
        plain, other = one.submit(show, page), two.submit(show, page, size)
        return list(differing(page.stem, plain.result(), other.result()))


def differing(page: str, plain: list[str], other: list[str]) -> Iterator[Flip]:
    """Yield the lines in which two runs of a page differ."""
    for cell, (old, new) in enumerate(zip(plain, other, strict=True), start=1):
        for line in list(unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0))[2:]:
            if not line.startswith("@@"):
                yield Flip(page, cell, line)


def show(page: Path, size: float = 0.0) -> list[str]:
    """Run the cells of a page and return what each shows; the process must be fresh, since gumlib remembers.

    Parameters
    ----------
    page : a chapter with code
    size : of the noise on the tables that are read
    """
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    os.chdir(page.parent)
    shell, shown = InteractiveShell.instance(), []
    with mock.patch.object(pd, "read_csv", _noisy(size)), _figures_in_words():
        for cell in (cell for cell in load(page).cells if cell.cell_type == "code"):
            with shell.display_trap, capture_output(stderr=False) as caught:
                shell.run_cell(cell.source).raise_error()
            texts = [text for each in caught.outputs for text in each._repr_mimebundle_()[0].values()]
            shown.append("\n".join(map(str, [caught.stdout, *texts])))
    return shown


def perturb(frame: pd.DataFrame, seed: int, size: float = SIZE) -> pd.DataFrame:
    """Return the frame with its decimal numbers multiplied by 1 + size u, u standard normal; quarters stay."""
    numbers = frame.select_dtypes("float64")
    noise = np.random.default_rng(seed).standard_normal(numbers.shape)
    return frame.assign(**numbers.where(numbers % 0.25 == 0, numbers * (1 + size * noise)))


def _noisy(size: float) -> Any:
    """Return pandas' reader of CSV with noise on the tables of the registry, the same at each reading."""
    from gumlib import data

    plain, folder = pd.read_csv, data.folder()

    def read(source: Any, *args: Any, **options: Any) -> Any:
        frame = plain(source, *args, **options)
        shipped = size and isinstance(source, Path) and source.is_relative_to(folder)
        return perturb(frame, zlib.crc32(source.name.encode()), size) if shipped else frame

    return read


def _figures_in_words() -> AbstractContextManager[Any]:
    """Let figures show what is said of them, not their drawings."""
    from gumlib.figures.card import Figure

    def bundle(self: Figure, **_: Any) -> dict[str, str]:
        return {"text/plain": "\n".join([str(self), self.title, self.caption, self.alt])}

    return mock.patch.object(Figure, "_repr_mimebundle_", bundle)


def _main(*names: str) -> int:
    """Run the pages that are named; return how many flip."""
    count = 0
    for page in [page for page in executable() if any(name in str(page) for name in names or ("",))]:
        found = flips(page)
        count += bool(found)
        print("\n".join(map(str, found)) or f"{page.stem}: nothing flips", flush=True)
    return count


if __name__ == "__main__":
    sys.exit(min(_main(*sys.argv[1:]), 1))
