"""Links between pages become links within one book, and no link leads into nothing."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urldefrag, urlsplit

from lxml.html import HtmlElement

PREFIX = "p-"
_BETWEEN = "--"


def anchor(page: str, name: str = "") -> str:
    """Return what an element of a page is called in the whole book; without a name, the page itself.

    Examples
    --------
    >>> anchor("2-3-running", "fig-2-3-governance"), anchor("2-3-running")
    ('p-2-3-running--fig-2-3-governance', 'p-2-3-running')
    """
    return f"{PREFIX}{page}{_BETWEEN}{name}" if name else f"{PREFIX}{page}"


def home(anchored: str) -> str:
    """Return the page of an anchor.

    Examples
    --------
    >>> home("p-2-3-running--fig-2-3-governance")
    '2-3-running'
    """
    return anchored.removeprefix(PREFIX).partition(_BETWEEN)[0]


def prefix(body: HtmlElement, page: str) -> None:
    """Give each element that has an id the one it has in the whole book; the first of a name keeps it."""
    given = set()
    for element in body.xpath(".//*[@id]"):
        if _in_drawing(element):
            continue
        name = anchor(page, element.attrib.pop("id"))
        if name not in given:
            element.set("id", name)
            given.add(name)


def _in_drawing(element: HtmlElement) -> bool:
    """Tell whether an element is part of a drawing, whose style names it by its id."""
    return any(up.tag == "svg" for up in element.iterancestors())


def resolve(body: HtmlElement, file: str, pages: Mapping[str, str]) -> None:
    """Let each link of a page lead to an anchor, or to a file of the built book, named from its root.

    Parameters
    ----------
    body : what goes along of the page
    file : of the page in the built book, such as ``zh/chapters/02/2-3-running.html``
    pages : names of the pages that go along, by their files
    """
    for link in body.iter("a"):
        href = link.get("href", "")
        if not urlsplit(href).scheme:
            link.set("href", _target(href, file, pages))


def from_root(href: str, here: str) -> str:
    """Return a file that a page names, from the root of the built book.

    Examples
    --------
    >>> from_root("../../figures/fig-1.svg", "chapters/02/2-3-running.html")
    'figures/fig-1.svg'
    """
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(href)))


def _target(href: str, here: str, pages: Mapping[str, str]) -> str:
    file, name = urldefrag(href)
    whole = from_root(file, here) if file else here
    if whole in pages:
        return f"#{anchor(pages[whole], name)}"
    return f"{whole}#{name}" if name else whole


def settle(bodies: Iterable[HtmlElement], address: str) -> list[str]:
    """Undo each link that leads to what stays behind, or lead it to where the book is published.

    Parameters
    ----------
    bodies : of all pages that go along
    address : of the published book, with a slash at its end; empty while there is none

    Returns
    -------
    What stays behind, as it was linked, in order of the links.
    """
    bodies = list(bodies)
    known = {element.get("id") for body in bodies for element in body.xpath(".//*[@id] | self::*[@id]")}
    behind = []
    for link in [link for body in bodies for link in body.iter("a")]:
        href = link.get("href", "")
        if urlsplit(href).scheme or href.removeprefix("#") in known:
            continue
        behind.append(href)
        if address and not href.startswith("#"):
            link.set("href", address + href)
        else:
            link.drop_tag()
    return behind
