"""For every test run: outputs are compared by meaning, and a notebook that was never run is an error.

nbval compares texts to the letter, skips pictures, and passes a code cell without an execution count
whatever the cell prints. Here `book.compare` compares, and the last hole is closed.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from nbval.plugin import IPyNbCell

from book import compare, digest
from book.kernels import serve_forked_kernels
from book.paths import keep_figures, prepare_kernels


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add a choice of kernels."""
    said = "run notebooks as the book is built: in copies of one process, which keep what they draw"
    parser.addoption("--forked-kernels", action="store_true", help=said)


def pytest_configure(config: pytest.Config) -> None:
    """Start kernels as the book does, and compare what they say by meaning."""
    prepare_kernels()
    if config.getoption("forked_kernels"):
        serve_forked_kernels()
        keep_figures(digest.cache() / "figures")
    IPyNbCell.compare_outputs = _compare


def _compare(cell: IPyNbCell, test: Sequence[Any], ref: Sequence[Any], _skip: object = None) -> bool:
    """Stand in for nbval's comparison: keep what differs for its report, and tell whether nothing does."""
    cell.comparison_traceback = [f"{one}\n" for one in compare.outputs(ref, test)]
    return not cell.comparison_traceback


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Refuse a notebook that holds no reference outputs."""
    collectors = yield
    if collectors and file_path.suffix == ".ipynb":
        _require_run(file_path)
    return collectors


def _require_run(file: Path) -> None:
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    if not_run := sum(cell["execution_count"] is None for cell in code):
        raise pytest.UsageError(
            f"{file.name}: {not_run} of {len(code)} code cells were never run, so nothing would be compared; "
            "run `make notebooks`"
        )
