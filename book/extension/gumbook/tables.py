"""Tables as citable cards: number, caption, rows, downloads, citation, as figures have.

A cell that shows a `gumlib.figures.table.Table` leaves HTML whose table carries the id; its kernel has written the
table's files into the store. Here the HTML is set into a card.
"""

from __future__ import annotations

import json
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from book.digest import cache
from gumbook import behind, cards, glossary, numbering

_TABLE = re.compile(r'<table class="dataframe" id="(tab-[a-z0-9-]+)"><caption>.*?</caption>', re.DOTALL)
_GLOSSARY = ("tab-1-2-elements", "tab-1-2-routes", "tab-1-2-words")
_TERM = re.compile(r"<tr><th>([\w -]+)</th><td>")


class table_card(nodes.General, nodes.Element):  # noqa: N801
    """A table with its caption above and its downloads below."""


class heading(nodes.Part, nodes.TextElement):  # noqa: N801
    """Number, title and caption of a table."""


class ShowTables(SphinxTransform):
    """Replace each table that has an id by its card."""

    default_priority = 211

    def apply(self, **_: Any) -> None:
        """Look at the output of every cell of the page."""
        cells = [box for box in self.document.findall(nodes.container) if box.get("nb_element") == "cell_code"]
        for place, cell in enumerate(cells):
            for bundle in [box for box in cell.findall(nodes.container) if box.get("nb_element") == "mime_bundle"]:
                found = ((raw, _TABLE.match(raw.astext())) for raw in bundle.findall(nodes.raw))
                for raw, table in [pair for pair in found if pair[1]]:
                    code = [one[0].astext() if one.children else "" for one in cells[: place + 1]]
                    self._replace(bundle, table[1], raw.astext()[table.end() :], code)
                    break

    def _replace(self, bundle: nodes.container, name: str, rows: str, code: list[str]) -> None:
        page = self.env.docname
        record = json.loads((cache() / cards.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        made = f"cell {len(code)} of {page.removeprefix('chapters/')}"
        record |= {"function": made, "sources": behind.hashes(behind.cell(code)), "units": [], "seed": None}
        numbering.note(self.env, bundle, record)
        card = table_card("", heading("", "", *numbering.title(record)))
        html = f'<div class="gum-rows"><table class="dataframe">{_anchored(name, rows)}</div>'
        foot = f'<div class="legend">{cards.below(self.app, record, page, ("csv", "json"))}</div>'
        card += [nodes.raw("", html, format="html"), nodes.raw("", foot, format="html")]
        cards.put(self.document, bundle, card, name)


def _anchored(name: str, rows: str) -> str:
    """Return the rows of a table; those of the glossary get an anchor each."""
    if name not in _GLOSSARY:
        return rows
    return _TERM.sub(lambda row: f'<tr id="{glossary.anchor(row[1])}"><th>{row[1]}</th><td>', rows)


def _open(self: Any, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "figure", CLASS="gum-card gum-table"))


def _close(self: Any, _: nodes.Element) -> None:
    self.body.append("</figure>\n")


def _begin(self: Any, _: nodes.Element) -> None:
    self.body.append("<figcaption><p>")


def _end(self: Any, _: nodes.Element) -> None:
    self.body.append("</p></figcaption>\n")


def setup(app: Sphinx) -> None:
    """Register nodes and transform."""
    app.add_node(table_card, html=(_open, _close))
    app.add_node(heading, html=(_begin, _end))
    app.add_transform(ShowTables)
