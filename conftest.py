"""For every test run: stored figures are compared, and a notebook that was never run is an error.

nbval leaves two holes. It skips pictures, and it passes a code cell without an execution count
whatever the cell prints. Both are closed here.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent


def pytest_configure() -> None:
    """Let kernels import this gumlib, and read no profile of the user's."""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["IPYTHONDIR"] = str(ROOT / "book" / "ipython")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Make nbval compare pictures, and refuse a notebook that holds no reference outputs."""
    collectors = yield
    for collector in collectors:
        if file_path.suffix == ".ipynb":
            _require_run(file_path)
            collector.skip_compare = tuple(key for key in collector.skip_compare if not key.startswith("image/"))
    return collectors


def _require_run(file: Path) -> None:
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    if not_run := sum(cell["execution_count"] is None for cell in code):
        raise pytest.UsageError(
            f"{file.name}: {not_run} of {len(code)} code cells were never run, so nothing would be compared; "
            "run `make notebooks`"
        )
