"""What moves on a screen: on paper a still picture of it, or where to find it."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

from book.along.edition import Edition
from book.publication import book

MAP = "The map moves on the screen, on this page:"
DESK = "The desk computes on the screen, on this page:"
CODE = "The code of this page, and its outputs:"


def stand_in(body: HtmlElement, edition: Edition, path: str) -> None:
    """Say under a drawing that moves, and instead of controls, where the page is that a browser opens."""
    for widget, words in (("svg[@class='map-drawing']", MAP), ("div[@id='gum-desk']", DESK)):
        for moving in body.xpath(f".//{widget}"):
            moving.set("role", "img")
            moving.addnext(note(edition.said(words), _place(edition, path)))


def note(words: str, *places: str) -> HtmlElement:
    """Return a line that says where something is."""
    line = html.Element("p", {"class": "along-note"})
    line.text = f"{words} "
    for place in places:
        code = html.Element("code")
        code.text, code.tail = place, ", "
        line.append(code)
    line[-1].tail = None
    return line


def _place(edition: Edition, path: str) -> str:
    file = edition.file(path).relative_to(edition.html).as_posix()
    return book().at(file) or f"_build/html/{file}"
