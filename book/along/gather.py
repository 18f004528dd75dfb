"""The pages of the book, in order, without what only a browser can do, and with links that hold within one book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from book.along import links, still
from book.along.edition import Edition, Page
from book.along.trim import trim
from book.paths import NOTEBOOKS, ROOT
from book.publication import book

_READER = html.HTMLParser(encoding="utf-8")


@dataclass(frozen=True)
class Chapter:
    """A page as it goes along.

    Parameters
    ----------
    page : where it stands in the book
    title : its heading, without the sign of a link
    body : its section, whose pictures lie relative to the folder of the built book
    """

    page: Page
    title: str
    body: HtmlElement


def gather(edition: Edition, pages: Iterable[Page] | None = None) -> list[Chapter]:
    """Return pages of an edition, all of them unless some are named, as chapters of one book."""
    taken = list(pages if pages is not None else edition.pages())
    files = {_inside(edition, page): page.name for page in taken}
    chapters = [_chapter(edition, page, files) for page in taken]
    links.settle((chapter.body for chapter in chapters), book().address)
    return chapters


def pictures(chapter: Chapter) -> list[str]:
    """Return the files of the pictures that a chapter shows, from the folder of the built book."""
    return [picture.get("src", "") for picture in chapter.body.iter("img")]


def _inside(edition: Edition, page: Page) -> str:
    return edition.file(page.path).relative_to(edition.html).as_posix()


def _chapter(edition: Edition, page: Page, files: Mapping[str, str]) -> Chapter:
    body = html.parse(str(edition.file(page.path)), _READER).find(".//article/section")
    coded = body.find(".//details[@class='gum-code']") is not None
    for figure in body.xpath(".//figure[@id]"):
        _name(figure)
    still.stand_in(body, edition, page.path)
    trim(body)
    here = _inside(edition, page)
    links.prefix(body, page.name)
    links.resolve(body, here, files)
    for picture in body.iter("img"):
        picture.set("src", links.from_root(picture.get("src", ""), here))
    title = " ".join(body.find(".//h1").text_content().split())
    if coded:
        body.append(still.note(edition.said(still.CODE), *_sources(page)))
    body.set("id", links.anchor(page.name))
    return Chapter(page, title, body)


def _name(figure: HtmlElement) -> None:
    """Let the caption of a figure end with the name under which it is cited."""
    name = html.Element("span", {"class": "along-name"})
    name.text = figure.get("id")
    figure.find(".//figcaption/p").append(name)


def _sources(page: Page) -> list[str]:
    """Return where a page is written, and where it lies run."""
    inside = page.path.removeprefix("chapters/")
    return [f"{page.path}.md", (NOTEBOOKS / f"{inside}.ipynb").relative_to(ROOT).as_posix()]
