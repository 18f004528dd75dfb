"""What of a built page goes on paper: no scripts, no buttons, no folded code, nothing that only a browser can do."""

from __future__ import annotations

from lxml.html import HtmlElement

from book.along.tables import set_tables

_TAGS = frozenset({"script", "noscript", "button", "fieldset", "form"})
_CLASSES = frozenset(
    {"headerlink", "gum-code", "gum-cite", "gum-filter", "gum-files", "gum-downloads", "gum-links", "only-dark"}
    | {"visually-hidden", "toctree-wrapper", "sd-summary-state-marker"}
)
_BUTTONS = "self::p[a[@download]][not(a[not(@download)])] or self::a[@href='#errors'][ancestor::div[@id]]"
"""Lines that hold downloads only, and what each fact offers to report an error in it."""
_LOOSE = frozenset({"gum-number", "pre", "doc", "std-ref", "std-doc"})
"""Classes of what stays as text, without its element: a number leads to a cell that stays behind."""
_BROWSER = ("border", "loading", "tabindex", "download", "aria-live", "hreflang", "translate", "valign", "halign")
"""Attributes that say nothing on paper, or that an EPUB must not have."""


def trim(page: HtmlElement) -> None:
    """Take away what stays behind, and lay open what is folded."""
    for element in page.xpath(f".//*[{_BUTTONS}]"):
        _drop(element)
    for element in page.xpath(".//*"):
        if _stays_behind(element):
            _drop(element)
    for element in page.xpath(".//*"):
        if _classes(element) & _LOOSE and element.tag in ("a", "span"):
            element.drop_tag()
        for name in _BROWSER:
            element.attrib.pop(name, None)
    _unfold(page)
    _drop_empty(page)
    set_tables(page)


def _classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _stays_behind(element: HtmlElement) -> bool:
    """Tell whether an element is of use in a browser only; the style of a drawing is part of the drawing."""
    style = element.tag == "style" and element.getparent().tag != "svg"
    return style or element.tag in _TAGS or "hidden" in element.attrib or bool(_classes(element) & _CLASSES)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _unfold(page: HtmlElement) -> None:
    """Turn what a reader opens by a click into a paragraph and what it heads."""
    for fold in page.iter("details"):
        fold.tag = "div"
        fold.attrib.clear()
    for heading in page.iter("summary"):
        heading.tag = "p"
        heading.set("class", "along-opened")
    for inner in page.xpath(".//figcaption//figcaption"):
        inner.drop_tag()


def _drop_empty(page: HtmlElement) -> None:
    """Drop boxes in which nothing is left, and sections of which only the heading is."""
    for box in reversed(page.xpath(".//div | .//p | .//ul")):
        if _is_bare(box):
            _drop(box)
    for section in page.xpath(".//section"):
        if len(section) == 1 and section[0].tag in ("h2", "h3"):
            _drop(section)


def _is_bare(box: HtmlElement) -> bool:
    """Tell whether a box shows nothing and no link leads to it; links to cells lead to code, which stays behind."""
    wanted = box.xpath(".//*[@id]") or (box.get("id") and "cell" not in _classes(box))
    return not wanted and not box.text_content().strip() and not box.xpath(".//img | .//svg | .//math | .//table")
