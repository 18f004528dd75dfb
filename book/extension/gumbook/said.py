"""What code wrote into a Chinese page is said in Chinese before the page is indexed, so that search finds and shows it.

`book.chinese.finish` does the same for what templates and the theme write, when all pages lie on the disk.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from docutils import nodes
from sphinx.application import Sphinx

from book.chinese.finish import Finish
from book.chinese.phrases import site
from gumbook import edition

_AFTER_THE_LINKS = 950
_ASIDE = (nodes.literal, nodes.FixedTextElement, nodes.math, nodes.citation, nodes.reference)
"""What keeps its words: code, formulas, works. A link is left to the end, when it is known where it leads."""


class _Words(Finish):
    """Says the texts of a piece of HTML in Chinese, and leaves its attributes for later."""

    def _attribute(self, _tag: str, _name: str, value: str, _aside: bool) -> str:
        return value


def setup(app: Sphinx) -> None:
    """Act when lists are filled and ids are linked."""
    app.connect("doctree-resolved", _say, priority=_AFTER_THE_LINKS)


def _say(app: Sphinx, document: nodes.document, page: str) -> None:
    if not edition.chinese(app):
        return
    name = PurePosixPath(page).name
    for raw in document.findall(nodes.raw):
        if raw.get("format") == "html":
            raw[:] = [nodes.Text(_in_chinese(raw.astext(), name))]
    for text in list(document.findall(nodes.Text)):
        if not isinstance(text.parent, nodes.raw) and not _is_aside(text) and (said := site(name).chinese(str(text))):
            head = text[: len(text) - len(text.lstrip())]
            tail = text[len(text.rstrip()) :]
            text.parent.replace(text, nodes.Text(f"{head}{said}{tail}"))


def _in_chinese(html: str, name: str) -> str:
    reader = _Words(name)
    reader.feed(html)
    reader.close()
    return reader.text


def _is_aside(text: nodes.Text) -> bool:
    place = text.parent
    while place is not None and not isinstance(place, _ASIDE):
        place = place.parent
    return place is not None
