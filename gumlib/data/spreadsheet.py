"""Reading what spreadsheet programs save: encodings, separators, headers, empty rows.

What can be read in one way only is read, and a warning says how. What cannot is an error.
Rows are numbered as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from gumlib.data.encodings import decode
from gumlib.data.faults import SAVE, Fault

__all__ = ["SAVE", "Fault", "Sheet", "decode", "label", "open_sheet", "tidy"]

_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_BLANKS = re.compile(r"[\u00a0\u2007\u202f\u3000]")
_MANGLED = re.compile("Ã[\u0080-\u00bf©¨¤¶¼]|â€[™œ\u009d“”]|ï¿½|锟斤拷|[äåæçé][\u0080-\u00bf¸º»¹\u0152\u0160]{2}")
_SWALLOWED = 3
"""Line breaks in a cell from which we take it that a quotation mark was never closed."""


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file: known columns only, with the row a spreadsheet shows.

    Examples
    --------
    >>> Sheet("a.csv", ("id",), [["X1"]], [2]).column("id")
    ['X1']
    """

    file: str
    header: tuple[str, ...]
    rows: list[list[str]]
    numbers: list[int]

    def column(self, name: str) -> list[str]:
        """Return the cells of a column; empty texts where the file has no such column.

        Examples
        --------
        >>> Sheet("a.csv", ("id",), [["X1"]], [2]).column("unit")
        ['']
        """
        if name not in self.header:
            return [""] * len(self.rows)
        place = self.header.index(name)
        return [row[place] for row in self.rows]


def open_sheet(file: Path, known: tuple[str, ...], needed: tuple[str, ...]) -> tuple[Sheet | None, list[Fault]]:
    r"""Read a file that should hold a table with the columns `known`, of which some are `needed`.

    Returns
    -------
    The sheet, or None if it cannot be read, and the faults found on the way.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = file.write_text("Id;unit\nX1;kg\n", encoding="utf-8")
    >>> sheet, faults = open_sheet(file, ("id", "unit"), ("id",))
    >>> sheet.rows, [fault.severity for fault in faults]
    ([['X1', 'kg']], ['warning', 'warning'])
    """
    text, faults = decode(file.read_bytes(), file.name)
    if text is None:
        return None, faults
    records, found = _records(text, file.name, known)
    faults += found
    if records is None:
        return None, faults
    (number, header), *body = records
    places, found = _header(file.name, number, header, known, needed)
    faults += found
    if any(fault.severity == "error" for fault in found):
        return None, faults
    return _body(file.name, header, places, body, faults), faults


def _records(text: str, name: str, known: tuple[str, ...]) -> tuple[list[tuple[int, list[str]]] | None, list[Fault]]:
    """Split a text into numbered rows; say which separator was used if it is no comma."""
    first = 1
    mark = re.match(r"sep=(.)\r?\n", text)
    if mark:
        text, first = text[mark.end() :], 2
    separator = mark[1] if mark else _separator(text, known)
    try:
        rows = list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=first))
    except csv.Error as error:
        return None, [Fault(name, None, None, f"the file cannot be read as CSV ({error})", SAVE)]
    for number, row in rows:
        for cell in row:
            if cell.count("\n") >= _SWALLOWED and cell.count(separator) >= _SWALLOWED:
                said = "a quotation mark is opened and not closed, so that the rows below are swallowed"
                return None, [Fault(name, number, None, said, 'close it, or remove the mark " from this row')]
    faults = []
    if separator != ",":
        said = f"columns are separated by {_NAMES.get(separator, repr(separator))}; read so"
        faults.append(Fault(name, None, None, said, f"nothing to do; to have commas, {SAVE}", "warning"))
    while rows and not any(map(tidy, rows[0][1])):
        faults.append(
            Fault(name, rows[0][0], None, "an empty row stands above the header; passed over", "delete it", "warning")
        )
        rows = rows[1:]
    return rows, faults


def _separator(text: str, known: tuple[str, ...]) -> str:
    """Return the separator that finds most known columns in the first row that is not empty."""
    line = next(line for line in text.splitlines() if line.strip())
    found = {mark: {label(cell) for cell in next(csv.reader([line], delimiter=mark))} for mark in _NAMES}
    return max(_NAMES, key=lambda mark: (len(found[mark] & set(known)), len(found[mark])))


def tidy(cell: str) -> str:
    r"""Return a cell without blanks around it, invisible marks, and full-width forms.

    Examples
    --------
    >>> tidy("\u00a0３ ")
    '3'
    """
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", _BLANKS.sub(" ", cell))).strip()


def label(cell: str) -> str:
    """Return a column name as we write it: small letters, underscores.

    Examples
    --------
    >>> label(" Source Key")
    'source_key'
    """
    return re.sub(r"[\s\-.]+", "_", tidy(cell).strip("\"'“”‘’").casefold())


def _header(
    name: str, number: int, header: list[str], known: tuple[str, ...], needed: tuple[str, ...]
) -> tuple[dict[str, int], list[Fault]]:
    """Return where each known column stands, and the faults of the header."""
    places: dict[str, int] = {}
    faults: list[Fault] = []
    strangers = []
    for place, cell in enumerate(header):
        column = label(cell)
        if column not in known:
            strangers.append((place, cell))
        elif column in places:
            faults.append(
                Fault(name, number, column, f"the column {column} stands twice", "delete or rename one of them")
            )
        else:
            places[column] = place
            if column != cell:
                said = f"the column is headed {cell!r}; read as {column}"
                faults.append(Fault(name, number, column, said, f"write {column}", "warning"))
    if not places:
        said = f"row {number} holds none of the column names; it begins with {', '.join(map(repr, header[:3]))}"
        remedy = f"write the names in the first row: {', '.join(known)}"
        return {}, [Fault(name, number, None, said, remedy)]
    missing = [column for column in known if column not in places]
    for place, cell in strangers:
        faults += _stranger(name, number, place, cell, missing, needed)
    misspelt = {fault.column for fault in faults if fault.severity == "error"}
    for column in needed:
        if column in missing and column not in misspelt:
            faults.append(
                Fault(name, number, column, f"the column {column} is missing", "add it, with this name in row 1")
            )
    return places, faults


def _stranger(
    name: str, number: int, place: int, cell: str, missing: list[str], needed: tuple[str, ...]
) -> list[Fault]:
    """Say of an unknown column whether it looks like one that is missing."""
    near = get_close_matches(label(cell), missing, n=1, cutoff=0.75) or get_close_matches(
        label(cell), [column for column in missing if column in needed], n=1, cutoff=0.6
    )
    if near:
        return [
            Fault(name, number, near[0], f"the column {cell!r} is unknown", f"did you mean {near[0]}? Rename it so")
        ]
    said = f"the column {cell!r} is not used" if tidy(cell) else f"column {place + 1} has no name and is not used"
    return [Fault(name, number, cell or None, said, "nothing to do, or delete it", "warning")]


def _body(
    name: str, header: list[str], places: dict[str, int], body: list[tuple[int, list[str]]], faults: list[Fault]
) -> Sheet:
    """Return the rows that are not empty, with known columns only."""
    empty = [number for number, row in body if not any(map(tidy, row))]
    filled = [(number, row) for number, row in body if any(map(tidy, row))]
    last = filled[-1][0] if filled else 0
    trailing = [number for number in empty if number > last]
    if len(trailing) > 0 and any(len(row) > 0 for number, row in body if number in trailing):
        which = f"rows {trailing[0]} to {trailing[-1]} are" if len(trailing) > 1 else f"row {trailing[0]} is"
        faults.append(
            Fault(name, trailing[0], None, f"{which} empty; passed over", "nothing to do, or delete", "warning")
        )
    for number in empty:
        if number < last:
            faults.append(
                Fault(name, number, None, "an empty row; passed over", "nothing to do, or delete it", "warning")
            )
    rows = []
    for number, row in filled:
        if any(map(tidy, row[len(header) :])):
            said = f"the row has {len(row)} cells, the header {len(header)}"
            remedy = 'put straight quotation marks (") around a text that holds a comma, or delete the surplus'
            faults.append(Fault(name, number, None, said, remedy))
        cells = row + [""] * (len(header) - len(row))
        rows.append([cells[place] for place in places.values()])
        faults += _mangled(name, number, places, cells)
    return Sheet(name, tuple(places), rows, [number for number, _ in filled])


def _mangled(name: str, number: int, places: dict[str, int], cells: list[str]) -> list[Fault]:
    """Find texts that went through a wrong encoding before."""
    faults = []
    for column, place in places.items():
        if "\ufffd" in cells[place] or _MANGLED.search(cells[place]):
            said = f"letters were lost when the file was saved or opened before: {cells[place][:40]!r}"
            faults.append(
                Fault(name, number, column, said, "type the text anew, or save the original as CSV UTF-8", "warning")
            )
    return faults
