"""Store the chapters as executed notebooks, the reference that nbval compares against.

    python -m book.notebooks          run every chapter and write notebooks/
    python -m book.notebooks --check  only say which chapters and notebooks are out of step

Pages without code have no notebook. The files are the same bytes on every run: cell ids come
from position and source, no time is recorded, and nothing names the machine.
"""

from __future__ import annotations

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from book.paths import CHAPTERS, NOTEBOOKS, ROOT, prepare_kernels

WORKERS = 2


def executable() -> list[Path]:
    """Return the chapters that hold code, sorted."""
    return [page for page in sorted(CHAPTERS.rglob("*.md")) if "```{code-cell}" in page.read_text(encoding="utf-8")]


def twin(page: Path) -> Path:
    """Return the notebook that belongs to a chapter."""
    return NOTEBOOKS / page.relative_to(CHAPTERS).with_suffix(".ipynb")


def load(page: Path) -> NotebookNode:
    """Read a chapter as a notebook with its front matter, stable cell ids and nothing of the machine."""
    notebook = jupytext.read(page)
    del notebook.metadata["jupytext"]["text_representation"]
    for number, cell in enumerate(notebook.cells):
        mark = hashlib.sha256(f"{number} {cell.source}".encode()).hexdigest()[:12]
        cell.id = f"c{number:03d}-{mark}"
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def out_of_step() -> list[str]:
    """Name every chapter without its notebook, with other sources, or never run, and every orphan."""
    faults = []
    pages = executable()
    for page in pages:
        file = twin(page)
        name = file.relative_to(ROOT)
        if not file.exists():
            faults.append(f"{name} is missing")
            continue
        stored, wanted = nbformat.read(file, as_version=4), load(page)
        if _written(stored) != _written(wanted):
            faults.append(f"{name} differs from {page.relative_to(ROOT)}")
        if any(c.cell_type == "code" and c.execution_count is None for c in stored.cells):
            faults.append(f"{name} was never run")
    orphans = set(NOTEBOOKS.rglob("*.ipynb")) - {twin(page) for page in pages}
    return faults + [f"{file.relative_to(ROOT)} has no chapter" for file in sorted(orphans)]


def _written(notebook: NotebookNode) -> tuple[NotebookNode, list[tuple[str, str, NotebookNode]]]:
    """Return what an author writes of a notebook: front matter and cells without outputs."""
    return notebook.metadata, [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def execute(page: Path) -> NotebookNode:
    """Run a chapter in a fresh kernel and return it with its outputs."""
    notebook = load(page)
    where = {"metadata": {"path": str(page.parent)}}
    NotebookClient(notebook, timeout=300, record_timing=False, resources=where).execute()
    return notebook


def run(page: Path) -> None:
    """Execute a chapter and write its notebook."""
    notebook = execute(page)
    notebook.metadata.pop("language_info", None)
    target = twin(page)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


if __name__ == "__main__":
    prepare_kernels()
    if "--check" not in sys.argv:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(run, executable()))
    faults = out_of_step()
    print("\n".join(faults) if faults else f"{len(executable())} chapters and notebooks in step")
    sys.exit(1 if faults else 0)
