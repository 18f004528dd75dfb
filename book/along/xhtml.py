"""Elements as well-formed XHTML, which browsers and reading devices read alike."""

from __future__ import annotations

import copy
from html import escape

from lxml import etree
from lxml.html import HtmlElement

_SPACES = {
    "math": "http://www.w3.org/1998/Math/MathML",
    "svg": "http://www.w3.org/2000/svg",
}
_CASED = ("viewBox", "refX", "refY", "markerWidth", "markerHeight", "markerUnits", "preserveAspectRatio", "textLength")
"""Names in drawings that HTML reads in any case, and XML only so."""


def written(element: HtmlElement) -> str:
    """Return an element as XHTML.

    Examples
    --------
    >>> from lxml import html
    >>> written(html.fragment_fromstring("<p>a<br>b &amp; <math><mi>x</mi></math></p>"))
    '<p>a<br/>b &amp; <math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></p>'
    """
    copied = copy.deepcopy(element)
    copied.tail = None
    for name, space in _SPACES.items():
        for root in copied.iter(name):
            root.set("xmlns", space)
    for drawing in copied.iter("svg"):
        _case(drawing)
    return etree.tostring(copied, encoding="unicode")


def _case(drawing: HtmlElement) -> None:
    for element in drawing.iter():
        for name in _CASED:
            if name.lower() in element.attrib:
                element.set(name, element.attrib.pop(name.lower()))


def document(title: str, language: str, head: str, body: str, space: str = "") -> str:
    """Return a whole XHTML document; `space` names more of its name spaces."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{space} lang="{language}" xml:lang="{language}">\n'
        f'<head><meta charset="utf-8"/><title>{escape(title)}</title>{head}</head>\n<body>{body}</body>\n</html>\n'
    )
