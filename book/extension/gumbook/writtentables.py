"""Tables written by hand in the prose, as cards: what they hold as a record and as CSV.

A page writes such a table in the directive ``{table}`` with a title and the option ``:name: tab-…``. The first sentence
of the title is the card's title, the rest its caption.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from docutils import nodes
from sphinx.errors import ExtensionError

from gumlib import __version__
from gumlib.figures.citable import LICENCE

MADE = "prose of "
"""What stands before the page in the record of a written table, where others name the cell."""
_SIGNS = {"alpha": "α", "gamma": "γ", "delta": "δ", "eta": "η", "kappa": "κ", "varphi": "φ", "omega": "ω", "sum": "Σ"}
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[。！？])")


def is_written(node: nodes.Node) -> bool:
    """Tell whether a node is a table of the prose that has an id of a card."""
    return isinstance(node, nodes.table) and any(name.startswith("tab-") for name in node["names"])


def record(table: nodes.table, page: str) -> dict[str, Any]:
    """Return what is to be said of a written table, its rows as CSV among it; take its title away.

    Raises
    ------
    ExtensionError : its title holds no caption after a first sentence
    """
    title = table.pop(0).astext()
    said = _SENTENCE.split(title, maxsplit=1)
    if len(said) < 2 or not all(said):
        raise ExtensionError(f"expected a title and a caption of {table['names'][0]} on {page}, got {title!r}")
    head, *rows = ([plain(cell) for cell in row.findall(nodes.entry)] for row in table.findall(nodes.row))
    return {
        "id": table["names"][0],
        "title": said[0].rstrip(".。"),
        "caption": said[1],
        "rows": len(rows),
        "columns": head,
        "column_units": {},
        "licence": LICENCE,
        "version": __version__,
        "function": f"{MADE}{page.removeprefix('chapters/')}",
        "sources": {},
        "units": [],
        "seed": None,
        "csv": _csv([head, *rows]),
    }


def plain(cell: nodes.Node) -> str:
    r"""Return a cell as plain text: formulas in letters, without LaTeX.

    Examples
    --------
    >>> weight, change = r"\omega_i = \sum_j w_{ij}", r"\dot x_i"
    >>> plain(nodes.entry("", nodes.math("", weight), nodes.Text(", and "), nodes.math("", change)))
    "ω_i = Σ_j w_ij, and x_i'"
    """
    texts = (text for text in cell.findall(nodes.Text))
    said = "".join(_letters(text) if isinstance(text.parent, nodes.math) else text for text in texts)
    return " ".join(said.split())


def _letters(formula: str) -> str:
    dotted = re.sub(r"\\dot (\w(?:_\w)?)", r"\1'", formula)
    spelt = re.sub(r"\\([a-z]+)", lambda found: _SIGNS.get(found[1], found[0]), dotted)
    if "\\" in (bare := re.sub(r"[{}]", "", spelt)):
        raise ExtensionError(f"expected a formula of letters in a table that is offered as CSV, got {formula}")
    return bare


def _csv(rows: list[list[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()
