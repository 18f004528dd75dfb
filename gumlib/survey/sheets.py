"""Tables as survey tools export them: CSV with any separator and mark of encoding, or XLSX, as texts.

Rows keep the number a spreadsheet shows: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from gumlib.data.spreadsheet import Fault, decode, tidy
from gumlib.errors import GumError, extra

_MARKS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_OLD = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Grid:
    """A table as it stands in a file: all cells as texts, rows with their numbers.

    Examples
    --------
    >>> Grid("a.csv", ["L1"], [["4"]], [2]).cell(0, 0)
    '4'
    """

    file: str
    header: list[str]
    rows: list[list[str]]
    numbers: list[int]

    def cell(self, row: int, column: int) -> str:
        """Return one cell; an empty text where the row is shorter than the header.

        Examples
        --------
        >>> Grid("a.csv", ["L1", "L2"], [["4"]], [2]).cell(0, 1)
        ''
        """
        return self.rows[row][column] if column < len(self.rows[row]) else ""

    def empty(self, column: int) -> bool:
        """Tell whether a column holds nothing but its heading.

        Examples
        --------
        >>> Grid("a.csv", ["_tags"], [[" "]], [2]).empty(0)
        True
        """
        return not any(tidy(self.cell(row, column)) for row in range(len(self.rows)))


def open_grid(file: Path, sheet: str | None = None) -> tuple[Grid | None, list[Fault]]:
    r"""Read a file; the grid is None if it cannot be read, and the faults say why.

    Parameters
    ----------
    sheet : name of the sheet of a workbook, the first by default

    Raises
    ------
    GumError : there is no such file

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = file.write_text("\ufeffL1;L2\n4;5\n", encoding="utf-8")
    >>> grid, faults = open_grid(file)
    >>> grid.header, grid.rows, [fault.severity for fault in faults]
    (['L1', 'L2'], [['4', '5']], ['warning'])
    """
    if not file.is_file():
        raise GumError(f"expected a CSV or XLSX file, got {str(file)!r}; check the path", "survey", "responses")
    content = file.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        table, faults = _workbook(content, file.name, sheet)
    elif content.startswith(_OLD):
        said = "this is an old workbook (.xls)"
        return None, [Fault(file.name, None, None, said, "export as CSV or XLSX, or save as .xlsx")]
    else:
        text, faults = decode(content, file.name)
        table, told = (None, []) if text is None else _records(text, file.name)
        faults += told
    if table is None:
        return None, faults
    filled = [(number, row) for number, row in table if any(map(tidy, row))]
    empty = sorted({number for number, _ in table} - {number for number, _ in filled})
    if empty and filled and empty[0] < filled[-1][0]:
        what = f"{len(empty)} empty row(s), the first at {empty[0]}; passed over"
        faults.append(Fault(file.name, empty[0], None, what, "nothing to do, or delete them", "warning"))
    if len(filled) < 2:
        return None, [*faults, Fault(file.name, None, None, "there are no answers below the header", "export again")]
    (_, header), *body = filled
    return Grid(file.name, list(header), [row for _, row in body], [number for number, _ in body]), faults


def _records(text: str, name: str) -> tuple[list[tuple[int, list[str]]] | None, list[Fault]]:
    first = 1
    mark = re.match(r"sep=(.)\r?\n", text)
    if mark:
        text, first = text[mark.end() :], 2
    head = next(line for line in text.splitlines() if line.strip())
    separator = mark[1] if mark else max(_MARKS, key=lambda sign: len(next(csv.reader([head], delimiter=sign))))
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=first))
    except csv.Error as error:
        return None, [Fault(name, None, None, f"the file cannot be read as CSV ({error})", "export it again")]
    if separator == ",":
        return rows, []
    said = f"columns are separated by {_MARKS.get(separator, repr(separator))}; read so"
    return rows, [Fault(name, None, None, said, "nothing to do", "warning")]


def _workbook(content: bytes, name: str, sheet: str | None) -> tuple[list[tuple[int, list[str]]] | None, list[Fault]]:
    openpyxl = extra("openpyxl", "survey")
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    sheets = book.sheetnames
    if sheet is not None and sheet not in sheets:
        said = f"there is no sheet {sheet!r}"
        return None, [Fault(name, None, None, said, f"name one of {', '.join(sheets)}")]
    chosen = book[sheet or sheets[0]]
    rows = [(number, [_text(value) for value in row]) for number, row in enumerate(chosen.values, start=1)]
    if len(sheets) == 1 or sheet is not None:
        return rows, []
    said = f"the workbook has {len(sheets)} sheets; {sheets[0]!r} is read"
    return rows, [Fault(name, None, None, said, "name another with sheet=", "warning")]


def _text(value: object) -> str:
    """A cell as a person sees it: 4 for 4.0, days as 2025-05-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
