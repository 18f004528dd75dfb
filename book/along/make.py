"""From the pages of an edition to a file."""

from __future__ import annotations

from pathlib import Path

from book.along.edition import FOLDER, Edition
from book.along.gather import gather


def file_of(edition: Edition, kind: str) -> Path:
    """Return where an edition lies as a PDF or an EPUB."""
    return FOLDER / f"{edition.stem}.{kind}"


def pdf(edition: Edition) -> bytes:
    """Print an edition."""
    from book.along import bind, paper, press

    chapters = gather(edition)
    printed = press.printed(paper.lay_out(edition, chapters, FOLDER / edition.stem))
    return bind.bound(printed, edition, chapters[0].title)


def epub(edition: Edition) -> bytes:
    """Bind an edition as an EPUB."""
    from book.along import epub

    return epub.bound(edition, gather(edition))


MAKERS = {"pdf": pdf, "epub": epub}


def make(edition: Edition, kind: str) -> Path:
    """Write an edition as a PDF or an EPUB and return its file."""
    file = file_of(edition, kind)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(MAKERS[kind](edition))
    return file
