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
from gumbook import behind, cards, glossary, numbering, writtentables

_TABLE = re.compile(r'<table class="dataframe" id="(tab-[a-z0-9-]+)"><caption>.*?</caption>', re.DOTALL)
_GLOSSARY = ("tab-1-2-elements", "tab-1-2-routes", "tab-1-2-words")
_TERM = re.compile(r"<tr><th>([\w -]+)</th><td>")


class table_card(nodes.General, nodes.Element):  # noqa: N801
    """A table with its caption above and its downloads below."""


class heading(nodes.Part, nodes.TextElement):  # noqa: N801
    """Number, title and caption of a table."""


class ShowTables(SphinxTransform):
    """Replace each table that has an id by its card, whether a cell shows it or the prose holds it."""

    default_priority = 211

    def apply(self, **_: Any) -> None:
        """Look at the output of every cell of the page, and at the tables between them."""
        cells: list[nodes.Node] = []
        for part in list(self.document.findall(lambda node: _is_cell(node) or writtentables.is_written(node))):
            if isinstance(part, nodes.table):
                self._frame(part)
                continue
            cells.append(part)
            for bundle in [box for box in part.findall(nodes.container) if box.get("nb_element") == "mime_bundle"]:
                found = ((raw, _TABLE.match(raw.astext())) for raw in bundle.findall(nodes.raw))
                for raw, table in [pair for pair in found if pair[1]]:
                    code = [one[0].astext() if one.children else "" for one in cells]
                    self._replace(bundle, table[1], raw.astext()[table.end() :], code)
                    break

    def _replace(self, bundle: nodes.container, name: str, rows: str, code: list[str]) -> None:
        page = self.env.docname
        record = json.loads((cache() / cards.FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        made = f"cell {len(code)} of {page.removeprefix('chapters/')}"
        record |= {"function": made, "sources": behind.hashes(behind.cell(code)), "units": [], "seed": None}
        html = f'<div class="gum-rows"><table class="dataframe">{_anchored(name, rows)}</div>'
        cards.put(self.document, bundle, self._card(bundle, record, [nodes.raw("", html, format="html")]), name)

    def _frame(self, table: nodes.table) -> None:
        """Set a table of the prose into its card, which takes over its name."""
        record = writtentables.record(table, self.env.docname)
        rows = table.deepcopy()
        rows["ids"], rows["names"] = [], []
        opened, closed = (nodes.raw("", html, format="html") for html in ('<div class="gum-rows">', "</div>"))
        card = self._card(table, record, [opened, rows, closed])
        card["ids"], card["names"] = table["ids"], table["names"]
        self.document.ids |= dict.fromkeys(card["ids"], card)
        table["classes"] = []  # the card would take them over
        table.replace_self(card)

    def _card(self, place: nodes.Node, record: dict[str, Any], rows: list[nodes.Node]) -> table_card:
        numbering.note(self.env, place, record)
        foot = f'<div class="legend">{cards.below(self.app, record, self.env.docname, ("csv", "json"))}</div>'
        return table_card("", heading("", "", *numbering.title(record)), *rows, nodes.raw("", foot, format="html"))


def _is_cell(node: nodes.Node) -> bool:
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


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
