"""Run the chapters that have changed, two at a time, into the cache that Jupyter Book reads.

Sphinx then executes nothing. A chapter that fails, or that writes to stderr, is not kept: the build stops
there and says what went wrong, as often as it is repeated.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.cache.db import NbCacheRecord
from myst_nb.core.read import read_myst_markdown_notebook
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from book import digest
from book.compare import as_run
from book.kernels import serve_forked_kernels
from book.machine import lock, machine
from book.paths import CHAPTERS, keep_figures, prepare_kernels

WORKERS = 2
TIMEOUT = 300
ROUTE = CHAPTERS / "01" / "1-6-route.md"


def executable() -> list[Path]:
    """Return the chapters that hold code, sorted."""
    return [page for page in sorted(CHAPTERS.rglob("*.md")) if coded(page)]


def coded(page: Path) -> bool:
    """Tell whether a chapter holds code."""
    return "```{code-cell}" in page.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Run:
    """A chapter that was executed: its cells with their outputs, how long it took, what went wrong."""

    page: Path
    notebook: NotebookNode
    seconds: float
    fault: str


def execute(pages: list[Path], folder: Path) -> Iterator[Run]:
    """Execute those of the chapters that the cache in a folder lacks, and keep in it each that is sound."""
    prepare_kernels()
    serve_forked_kernels()
    keep_figures(folder.parent / "figures")
    store = get_cache(folder)
    missing = [(page, notebook) for page in pages if not _known(store, notebook := _read(page))]
    missing.sort(key=lambda pair: len(pair[1].cells), reverse=True)  # the long ones first: none is waited for alone
    with ThreadPoolExecutor(WORKERS) as pool:
        for done in as_completed(pool.submit(_execute, page, notebook) for page, notebook in missing):
            run = done.result()
            if not run.fault:
                _keep(run, store, {"machine": machine(), "lock": lock()})
            yield run


def restore(page: Path, stored: NotebookNode) -> None:
    """Keep the outputs of a stored notebook as if its chapter had been run just now."""
    notebook = _read(page)
    cells, runs = ([cell for cell in one.cells if cell.cell_type == "code"] for one in (notebook, stored))
    for cell, run in zip(cells, runs, strict=True):
        cell.outputs, cell.execution_count = as_run(run.outputs), run.execution_count
    notebook.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}  # as a kernel says
    _keep(Run(page, notebook, 0.0, ""), get_cache(digest.cache() / "pages"), {})


def executed(page: Path, folder: Path | None = None) -> NotebookNode:
    """Return a chapter with the outputs that the cache holds; KeyError where it holds none."""
    return last_run(page, folder)[0]


def last_run(page: Path, folder: Path | None = None) -> tuple[NotebookNode, NbCacheRecord]:
    """Return the same, and the record of the run; the cache may have been made in another folder."""
    store = get_cache(folder or digest.cache() / "pages")
    key, notebook = store.merge_match_into_notebook(_read(page))
    return notebook, store.get_cache_record(key)


def run_times() -> dict[Path, int]:
    """Return when each chapter that the cache holds was last run, in microseconds since 1970."""
    records = sorted(get_cache(digest.cache() / "pages").list_cache_records(), key=lambda record: record.created)
    return {Path(record.uri): int(record.created.replace(tzinfo=UTC).timestamp() * 1e6) for record in records}


def run_changed(pages: list[Path] | None = None) -> list[str]:
    """Execute those of the chapters, all by default, that have changed, a line for each; return what went wrong."""
    folder = digest.cache() / "pages"
    forget_route(folder)
    faults, pages = [], executable() if pages is None else pages
    for count, run in enumerate(execute(pages, folder), 1):
        state = "failed" if run.fault else f"{run.seconds:.1f} s"
        print(f"{count:3} of at most {len(pages)} pages run: {run.page.stem}, {state}", flush=True)
        if run.fault:
            faults.append(f"{run.page.relative_to(CHAPTERS.parent)}: {run.fault}")
    return faults


def _keep(run: Run, store: JupyterCacheAbstract, made: Mapping[str, str]) -> None:
    bundle = CacheBundleIn(run.notebook, str(run.page), data={"execution_seconds": run.seconds, **made})
    store.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)


def _read(page: Path) -> NotebookNode:
    return read_myst_markdown_notebook(page.read_text(encoding="utf-8"), path=page)


def _known(store: JupyterCacheAbstract, notebook: NotebookNode) -> bool:
    try:
        store.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def _execute(page: Path, notebook: NotebookNode) -> Run:
    """Run a chapter where it stands, in a kernel of its own."""
    began, where = time.perf_counter(), {"metadata": {"path": str(page.parent)}}
    client = NotebookClient(notebook, timeout=TIMEOUT, startup_timeout=TIMEOUT, record_timing=False, resources=where)
    try:
        client.execute()
        fault = _said_on_stderr(notebook)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        fault = str(error)
    return Run(page, notebook, time.perf_counter() - began, fault)


def _said_on_stderr(notebook: NotebookNode) -> str:
    """Return what the cells of a chapter wrote to stderr: a warning on a page is a fault of it."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    said = "".join(output.text for output in outputs if output.get("name") == "stderr").strip()
    return said and f"a cell wrote to stderr, which a page must not:\n{said}"


def forget_route(folder: Path, page: Path = ROUTE) -> bool:
    """Drop the page that draws which chapter calls what from the cache, if the calls have changed."""
    noted = folder / "calls.txt"
    calls = "\n".join(f"{chapter.stem}: {' '.join(_calls(chapter))}" for chapter in executable())
    changed = noted.exists() and noted.read_text(encoding="utf-8") != calls
    folder.mkdir(parents=True, exist_ok=True)
    noted.write_text(calls, encoding="utf-8")
    if changed:
        store = get_cache(folder)
        for record in store.list_cache_records():
            if record.uri.endswith(page.name):
                store.remove_cache(record.pk)
    return changed


def _calls(page: Path) -> list[str]:
    """Return the names that the code cells of a chapter call or import, sorted."""
    cells = re.findall(r"```\{code-cell\}.*?```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return sorted(set(re.findall(r"[\w.]+(?=\()|(?<=import ).*", "\n".join(cells))))


if __name__ == "__main__":
    faults = run_changed()
    print("\n\n".join(faults), file=sys.stderr)
    sys.exit(1 if faults else 0)
