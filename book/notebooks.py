"""Store the chapters as executed notebooks, the reference that nbval compares against.

    python -m book.notebooks          run every chapter that has changed and write notebooks/
    python -m book.notebooks --check  only say which chapters and notebooks are out of step

Pages without code have no notebook. Outputs are those of the book's own build. The files are the same bytes
on every run: cell ids come from position and source, no time is recorded, and nothing names the machine.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from book import readable
from book.compare import as_run
from book.execution import executable, executed, run_changed
from book.paths import CHAPTERS, NOTEBOOKS, ROOT


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


def stored(page: Path) -> NotebookNode:
    """Return a chapter with the outputs of its stored notebook, as the run left them."""
    return _with(page, [as_run(cell.outputs) for cell in _code(nbformat.read(twin(page), as_version=4))])


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
        kept = nbformat.read(file, as_version=4)
        wanted = _with(page, [cell.outputs for cell in _code(kept)])
        readable.put_in_words(page, wanted)
        if _written(kept) != _written(wanted):
            faults.append(f"{name} differs from {page.relative_to(ROOT)}")
        if any(cell.execution_count is None for cell in _code(kept)):
            faults.append(f"{name} was never run")
    orphans = set(NOTEBOOKS.rglob("*.ipynb")) - {twin(page) for page in pages}
    return faults + [f"{file.relative_to(ROOT)} has no chapter" for file in sorted(orphans)]


def _written(notebook: NotebookNode) -> tuple[NotebookNode, list[tuple[str, str, NotebookNode]]]:
    """Return what an author writes of a notebook: front matter and cells without outputs."""
    return notebook.metadata, [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def _code(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _with(page: Path, outputs: list[list[NotebookNode]]) -> NotebookNode:
    notebook = load(page)
    for count, (cell, left) in enumerate(zip(_code(notebook), outputs, strict=False), 1):
        cell.outputs, cell.execution_count = left, count
    return notebook


def write(page: Path, target: Path, *, published: bool = False) -> None:
    """Write a chapter as a notebook, with the outputs of its last run, for readers without the book.

    Parameters
    ----------
    page : the chapter
    target : file to write
    published : whether it will lie beside the built pages, and not beside the chapters
    """
    notebook = _with(page, [cell.outputs for cell in _code(executed(page))])
    readable.put_in_words(page, notebook)
    readable.put_pictures(notebook)
    if published:
        readable.link_to_built_pages(notebook)
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, target)


if __name__ == "__main__":
    faults = []
    if "--check" not in sys.argv:
        faults = run_changed()
        for page in executable() if not faults else []:
            write(page, twin(page))
    faults += out_of_step()
    print("\n".join(faults) if faults else f"{len(executable())} chapters and notebooks in step")
    sys.exit(1 if faults else 0)
