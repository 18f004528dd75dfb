"""What stands before the first page: title, how the book came about, contents."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from book.along.edition import Edition
from book.along.gather import Chapter
from book.along.links import anchor
from book.publication import book

CONTENTS = "Contents"
VERSION = "Version"
LICENCE = (
    "Text and figures CC BY 4.0, code MIT, data under their sources' own licences. An independent formalisation after "
    "Wang Chuanbao (2010), of which only an excerpt was at hand."
)
MADE = (
    "Made from the built pages of the book. What they compute and draw is as computed there; code and its reference "
    "and files to download stay with the pages."
)


def by_part(chapters: list[Chapter]) -> Iterator[tuple[str, list[Chapter]]]:
    """Yield each part with its chapters; those before the first part come under an empty heading."""
    for part, members in groupby(chapters, lambda chapter: chapter.page.part):
        yield part, list(members)


def title(edition: Edition, chapters: list[Chapter]) -> str:
    """Return the page of the title; the first chapter has the title of the book."""
    about = book()
    lines = [f"{edition.said(VERSION)} {about.version}, {about.date}", edition.said(MADE), edition.said(LICENCE)]
    lines += [place for place in (about.address, about.doi and f"https://doi.org/{about.doi}") if place]
    said = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    return (
        f'<section class="along-title"><p class="along-book">{escape(chapters[0].title)}</p>'
        f'<p class="along-author">{escape(about.author)}</p>{said}</section>'
    )


def contents(edition: Edition, chapters: list[Chapter], number: bool = True) -> str:
    """Return the table of contents; where `number` is set, each line leaves room for the number of a page."""
    rows = ""
    for part, members in by_part(chapters):
        rows += f'<li class="along-part">{escape(part)}</li>' if part else ""
        rows += "".join(_row(chapter, number) for chapter in members)
    return f'<section class="along-contents"><h1>{edition.said(CONTENTS)}</h1><ol>{rows}</ol></section>'


def _row(chapter: Chapter, number: bool) -> str:
    name = anchor(chapter.page.name)
    room = '<span class="along-number">000</span>' if number else ""
    return f'<li><a href="#{name}"><span>{escape(chapter.title)}</span>{room}</a></li>'
