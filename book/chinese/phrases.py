"""Chinese of what the book's own code writes into pages: captions, headings of tables, statements of the ledger."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from book.chinese.blocks import CATALOGUE
from gumlib.data.phrases import Phrases, drawn

FOLDER = CATALOGUE / "phrases"


@cache
def table(file: Path) -> list[dict[str, str]]:
    """Return the rows of a table of phrases, each with its English and Chinese, some with the page they count on."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def listed(page: str = "") -> dict[str, str]:
    """Return the Chinese of the phrases of a page by their English, from the tables in `locale/zh/phrases`.

    A row that names a page counts there alone, and before one that names none.
    """
    everywhere: dict[str, str] = {}
    there: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.csv")):
        for row in table(file):
            if not row.get("page"):
                everywhere[row["english"]] = row["chinese"]
            elif row["page"] == page:
                there[row["english"]] = row["chinese"]
    return everywhere | there


@cache
def site(page: str = "") -> Phrases:
    """Return the phrases of a page, of the whole site without one, those of the drawings among them."""
    return Phrases({**drawn().patterns, **listed(page)})
