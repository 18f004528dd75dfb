"""Tables of frames as a printer sets them: one line of headings, words to the left, figures to the right."""

from __future__ import annotations

import re
from itertools import zip_longest
from unicodedata import east_asian_width

from lxml.html import HtmlElement

_FIGURE = re.compile(r"[<>≈~]?\s?[-−+]?[\d.,]+(?:e[-+]?\d+)?\s?%?|[-–—]|nan|")
_SHORT = 14
"""So many characters of a cell are not parted; a Chinese one counts as two."""


def set_tables(page: HtmlElement) -> None:
    """Set each table of a page, where it lies."""
    for table in page.iter("table"):
        for row in table.iter("tr"):
            row.attrib.pop("style", None)
        if "dataframe" in (table.get("class") or ""):
            if not table.xpath(".//*[@colspan or @rowspan]"):
                _join_heads(table)
            _align(table)
        for cell in table.xpath(".//td | .//th"):
            if 0 < _width(_text(cell)) <= _SHORT:
                _mark(cell, "along-short")


def _join_heads(table: HtmlElement) -> None:
    """Put the name of the rows, which a frame writes on a line of its own, into the one line of headings."""
    lines = table.findall("thead/tr")
    if len(lines) == 2 and not any(_text(cell) for cell in lines[1][1:]) and not _text(lines[0][0]):
        lines[0].replace(lines[0][0], lines[1][0])
        lines[1].drop_tree()


def _align(table: HtmlElement) -> None:
    for column in zip_longest(*table.findall("tbody/tr")):
        cells = [cell for cell in column if cell is not None]
        if any(map(_text, cells)) and all(_FIGURE.fullmatch(_text(cell)) for cell in cells):
            for cell in (*_heads(table, cells[0]), *cells):
                _mark(cell, "along-figure")


def _heads(table: HtmlElement, cell: HtmlElement) -> list[HtmlElement]:
    """Return the headings of the column of a cell, from lines that have as many cells as its row."""
    row = cell.getparent()
    return [line[row.index(cell)] for line in table.findall("thead/tr") if len(line) == len(row)]


def _text(cell: HtmlElement) -> str:
    return str(cell.text_content()).strip()


def _width(text: str) -> int:
    return len(text) + sum(east_asian_width(letter) in "FW" for letter in text)


def _mark(cell: HtmlElement, name: str) -> None:
    cell.set("class", f"{cell.get('class', '')} {name}".strip())
