"""A small invented cluster, for trying out a folder of one's own. No such place exists."""

import csv
from pathlib import Path

MARK = "Invented example: no such cluster exists, and no fact, source or number in it is true."
_TABLES = Path(__file__).parent / "example_tables"
_CODE = "mirandel"


def example_tables(code: str) -> dict[str, list[list[str]]]:
    """Return the rows of each table of the invented cluster under a code of its own, the header first."""
    texts = {file.name: file.read_text(encoding="utf-8").splitlines() for file in _TABLES.glob("*.csv")}
    return {
        name: [[code if cell == _CODE else cell for cell in row] for row in csv.reader(texts[name])] for name in texts
    }
