"""A report as a file: which kinds there are, and where it may be written."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path

from gumlib.data.messages import Words, words_in
from gumlib.errors import GumError
from gumlib.figures.chinese import drawn_in
from gumlib.own.cluster import docx, html
from gumlib.own.cluster.pieces import Document

_KINDS: dict[str, Callable[[Document, Words], bytes]] = {
    ".html": lambda document, say: html.page(document, say).encode("utf-8"),
    ".htm": lambda document, say: html.page(document, say).encode("utf-8"),
    ".docx": docx.file,
}


def target(out: str | PathLike[str], step: str) -> Path:
    """Return where a report is to be written.

    Raises
    ------
    GumError : it ends otherwise than a report does, or its folder is not there
    """
    path = Path(out)
    if path.suffix.lower() not in _KINDS:
        said = f"expected a file that ends in .html or .docx, got {path.name!r}"
        raise GumError(f"{said}; correct --out, or print the page from a browser to have a PDF", step, "out")
    if path.is_dir() or not path.parent.is_dir():
        raise GumError(f"expected a file in a folder that exists, got {path}; correct --out", step, "out")
    return path


def contents(document: Document, suffix: str, language: str) -> bytes:
    """Return a report as the content of a file of a kind, in a language, with its figures drawn."""
    with drawn_in(language):
        return _KINDS[suffix.lower()](document, words_in(language))
