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

from nbformat import NotebookNode

from book.execution import executable
from book.notebooks import stored
from book.paths import CHAPTERS
from book.readable import GLUE, told, with_values

ACCEPTED = Path(__file__).with_name("sentences.txt")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*[-:|] )")
_END = re.compile(r"(?<=[.?!])\s+")


def used(notebook: NotebookNode) -> set[str]:
    """Return the keys that the prose of a page sets."""
    return {key for prose in _prose(notebook) for key, _ in GLUE.findall(prose)}


def sentences(notebook: NotebookNode) -> list[str]:
    """Return the sentences of an executed page that hold a computed value, with the value set as the book sets it."""
    values = told(notebook)
    parts = [part for prose in _prose(notebook) for block in _BLOCK.split(prose) for part in _END.split(block)]
    return [" ".join(with_values(part, values).split()) for part in parts if GLUE.search(part)]


def present() -> str:
    """Return the sentences of all pages, one a line, below the name of the page."""
    pages = ((page, sentences(stored(page))) for page in executable())
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
