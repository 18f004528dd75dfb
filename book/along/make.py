"""From the pages of an edition to a file."""

from __future__ import annotations

from pathlib import Path

from book.along.edition import FOLDER, Edition
from book.along.gather import gather


def pdf(edition: Edition) -> Path:
    """Print an edition."""
    from book.along import bind, paper, press

    chapters = gather(edition)
    title = chapters[0].title
    file = FOLDER / f"{edition.stem}.pdf"
    file.write_bytes(bind.bound(press.printed(paper.lay_out(edition, chapters)), edition, title))
    return file


def epub(edition: Edition) -> Path:
    """Bind an edition as an EPUB."""
    from book.along import epub

    file = FOLDER / f"{edition.stem}.epub"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(epub.bound(edition, gather(edition)))
    return file


MAKERS = {"pdf": pdf, "epub": epub}
