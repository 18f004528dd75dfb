"""The columns a reader's own tables may have: those of the shipped tables, with less demanded, and context.csv.

The schemas are the ones in ``data/datapackage.json``. What only holds for our four clusters is
loosened here (their names, their epochs, the form of their ids), and what a table can do without.
"""

import json
from copy import deepcopy
from functools import cache
from typing import Any

from gumlib import data

FIRST_YEAR = 1500
"""First year that can be scored; facts may be older."""
_ID = r"[^\s;,]+"
_LOOSE: dict[str, dict[str, dict[str, Any]]] = {
    "ledger": {
        "id": {"required": True, "pattern": _ID},
        "cluster": {},
        "year": {"pattern": "(1[0-9]|20)[0-9]{2}(-(1[0-9]|20)[0-9]{2})?"},
        "indicator": {},
        "direction": {"enum": [-1, 0, 1]},
    },
    "sources": {"title": {}, "year": {}, "kind": {}},
    "scores": {"cluster": {}, "year": {"required": True, "minimum": FIRST_YEAR, "maximum": 2099}, "rationale": {}},
}
_FREE = {"indicator", "unit", "statement", "rationale", "title", "author_or_publisher", "note", "url", "kind"}
"""Columns of free text, read as they stand."""
_NEEDED = {
    "ledger": ("id", "factor", "statement", "source_key"),
    "sources": ("source_key",),
    "scores": ("year", "variable", "score"),
    "context": ("year", "pressure"),
}
_CONTEXT = {
    "fields": [
        {"name": "year", "type": "integer", "constraints": {"required": True, "minimum": FIRST_YEAR, "maximum": 2099}},
        {"name": "pressure", "type": "number", "constraints": {"required": True}},
    ],
    "primaryKey": ["year"],
}
"""Pressure from outside by year, as `gumlib.cases.squeeze` has it for China."""


@cache
def schema(table: str) -> dict[str, Any]:
    """Return the schema of ``"ledger"``, ``"sources"``, ``"scores"`` or ``"context"`` for a reader's own folder."""
    if table == "context":
        return _CONTEXT
    shipped = json.loads((data.folder() / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    source = "scores_a" if table == "scores" else table
    found: dict[str, Any] = deepcopy(next(resource["schema"] for resource in shipped if resource["name"] == source))
    for field in found["fields"]:
        field["listed"] = field.get("constraints", {}).get("enum", [])
        if field["name"] in _LOOSE[table]:
            field["constraints"] = _LOOSE[table][field["name"]]
        field["free"] = field["name"] in _FREE
    for field in found["fields"]:
        if field["name"] == "year" and table != "scores":
            field.update(type="string", whole=True)
    if table == "scores":
        coder = {"name": "coder", "type": "string", "constraints": {"pattern": _ID}, "free": False}
        found["fields"].insert(0, coder)
        found["primaryKey"] = ["year", "variable"]
    return found


def fields(table: str) -> dict[str, dict[str, Any]]:
    """Return the columns of a table by name."""
    return {field["name"]: field for field in schema(table)["fields"]}


def required_columns(table: str) -> tuple[str, ...]:
    """Return the columns a table cannot do without.

    Examples
    --------
    >>> required_columns("scores")
    ('year', 'variable', 'score')
    """
    return _NEEDED[table]
