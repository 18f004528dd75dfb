"""Every sentence that holds a computed number, as a reader meets it: accepted by a person, compared by a test.

    python -m book.sentences           say which sentences are not those that were accepted
    python -m book.sentences --accept  accept the sentences as they stand now

A right number in the wrong place makes a false sentence, and no check of the number can tell. So the
sentences are kept in `sentences.txt`, free of how their lines are broken, and only this command renews
them. Read what changed in that file before you commit it: that is the check.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import nbformat
from myst_nb.core.variables import format_plain_text
from nbformat import NotebookNode

from book.execution import executable
from book.notebooks import twin
from book.paths import CHAPTERS

ACCEPTED = Path(__file__).with_name("sentences.txt")
_GLUE = re.compile(r"\{glue:text\}`([^`:]+):?([^`]*)`")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*[-:|] )")
_END = re.compile(r"(?<=[.?!])\s+")


def told(notebook: NotebookNode) -> dict[str, str]:
    """Return what the cells of an executed page hand to its prose, by key."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    handed = [output for output in outputs if "scrapbook" in output.get("metadata", {})]
    return {one.metadata.scrapbook.name: one.data["application/papermill.record/text/plain"] for one in handed}


def used(notebook: NotebookNode) -> set[str]:
    """Return the keys that the prose of a page sets."""
    return {key for prose in _prose(notebook) for key, _ in _GLUE.findall(prose)}


def sentences(notebook: NotebookNode) -> list[str]:
    """Return the sentences of an executed page that hold a computed value, with the value set as the book sets it."""
    values = told(notebook)

    def value(found: re.Match[str]) -> str:
        return format_plain_text(values[found[1]], found[2]) if found[1] in values else found[0]

    parts = [part for prose in _prose(notebook) for block in _BLOCK.split(prose) for part in _END.split(block)]
    return [" ".join(_GLUE.sub(value, part).split()) for part in parts if _GLUE.search(part)]


def present() -> str:
    """Return the sentences of all pages, one a line, below the name of the page."""
    pages = ((page, sentences(nbformat.read(twin(page), as_version=4))) for page in executable())
    return "\n".join("\n".join([f"# {page.relative_to(CHAPTERS)}", *found, ""]) for page, found in pages if found)


def changes() -> list[str]:
    """Return the sentences that were accepted and are gone (-), and those that were not accepted (+)."""
    lines = (text.splitlines() for text in (ACCEPTED.read_text(encoding="utf-8"), present()))
    without_names = islice(difflib.unified_diff(*lines, n=0, lineterm=""), 2, None)
    return [line for line in without_names if not line.startswith("@@")]


def _prose(notebook: NotebookNode) -> Iterator[str]:
    return (cell.source for cell in notebook.cells if cell.cell_type == "markdown")


if __name__ == "__main__":
    if "--accept" in sys.argv:
        ACCEPTED.write_text(present(), encoding="utf-8")
    found = changes()
    print("\n".join(found) or "every sentence with a number is as accepted")
    sys.exit(bool(found))
