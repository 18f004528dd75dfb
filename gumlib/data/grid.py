"""The reader of a reader's tables (input-output tables apart): CSV of any separator, encoding, mark, or XLSX, as texts.

What can be read in one way only is read, and a warning says how. What cannot is an error. Rows are numbered as a
spreadsheet shows them: the header is row 1.
"""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from gumlib.data.encodings import decode, mangled
from gumlib.data.faults import SAVE, Fault
from gumlib.data.layout import LOOKED, misplaced, refuse_ragged_rows, repeated, unmerged
from gumlib.data.quoting import rows
from gumlib.data.workbook import OLD, ZIP, Rows, unzipped, workbook
from gumlib.errors import GumError

_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")
_FOLDED = str.maketrans("０１２３４５６７８９\u2212", "0123456789-")
_ERROR = re.compile(r"#(NV|YOK|\w{1,2}/\w{1,2}!?|[¡¿]?[^\W\d_]{2,}(/[^\W_]+)?\s?[!?]|[A-Z_]+DATA|##+)|Err:\d{3}")
"""Errors of spreadsheets in their languages, such as #VALUE!, #¡REF!, #VALEUR !, #ИМЯ?, #Н/Д, Err:502."""
_CONTROL = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f]")
"""Signs that stand in no text. (A vertical tab is a line break within a cell.)"""
_SHOWN = 40
"""Letters of a cell that a message shows."""


@dataclass(frozen=True)
class Grid:
    """A table as it stands in a file: all cells as texts, as many in each row as in the header."""

    file: str
    header: list[str]
    rows: list[list[str]]
    numbers: list[int]
    top: int = 1

    def empty(self, column: int) -> bool:
        """Tell whether a column holds nothing but its heading."""
        return not any(tidy(row[column]) for row in self.rows)


def tidy(cell: str) -> str:
    r"""Return a cell without blanks around it and invisible marks, with plain figures and a plain minus.

    Other signs stay, for they mean something else: 1200\u00b2 is not 12002.

    Examples
    --------
    >>> tidy("\u00a0３ "), tidy("1200\u00b2"), tidy("\u22125")
    ('3', '1200²', '-5')
    """
    if cell.isascii():
        return cell.strip()
    return _INVISIBLE.sub("", _BLANKS.sub(" ", cell)).translate(_FOLDED).strip()


def label(cell: str) -> str:
    """Return a column name as we write it: small letters, underscores.

    Examples
    --------
    >>> label(" Source Key")
    'source_key'
    """
    return re.sub(r"[\s\-.]+", "_", tidy(cell).strip("\"'“”‘’").casefold())


def open_grid(
    file: Path, sheet: str | None = None, *, known: tuple[str, ...] = (), encoding: str | None = None
) -> tuple[Grid | None, list[Fault]]:
    r"""Read a file; the grid is None if it cannot be read, and the faults say why.

    Parameters
    ----------
    sheet : name of the sheet of a workbook, the first by default
    known : column names, by which the separator is told
    encoding : of a text that has no mark and is not plainly UTF-8

    Raises
    ------
    GumError : there is no such file
    """
    table, faults = _table(file, sheet, known, encoding)
    if table is None or any(fault.severity == "error" for fault in faults):
        return None, faults
    filled = [(number, row) for number, row in table if any(map(tidy, row))]
    if not filled:
        return None, [*faults, Fault(file.name, None, None, "the file is empty", "write the column names in row 1")]
    if parted := unmerged(file.name, filled):
        return None, [*faults, parted]
    (top, header), *body = filled
    faults += _gaps(file.name, table, top, filled[-1][0])
    heads = [(number, [label(cell) for cell in row]) for number, row in filled[:LOOKED]]
    if astray := misplaced(file.name, heads, known):
        return None, [*faults, astray]
    if wide := _torn(file.name, body) or refuse_ragged_rows(file.name, header, body, sheet=_is_book(file)):
        return None, faults + wide
    body, again = repeated(file.name, header, body)
    faults += again
    grid = Grid(file.name, header, [row for _, row in body], [number for number, _ in body], top)
    return grid, faults + _spoilt(grid)


def _table(
    file: Path, sheet: str | None, known: tuple[str, ...], encoding: str | None
) -> tuple[Rows | None, list[Fault]]:
    if not file.is_file():
        raise GumError(f"expected a CSV or XLSX file, got {str(file)!r}; check the path", "data", "responses")
    try:
        content: bytes | None = file.read_bytes()
    except OSError as error:
        cure = "close it in other programs, or ask for the right to read it"
        return None, [Fault(file.name, None, None, f"the file cannot be read ({error.strerror})", cure)]
    told: list[Fault] = []
    if content is not None and content.startswith(ZIP):
        content, told = unzipped(content, file.name)
    if content is None:
        return None, told
    if content.startswith(OLD):
        said = "this is an old workbook (.xls), or one with a password"
        return None, [Fault(file.name, None, None, said, f"{SAVE}, or as .xlsx without a password")]
    if content.startswith(ZIP):
        table, found = workbook(content, file.name, sheet, known)
    else:
        text, found = decode(content, file.name, encoding)
        table, more = (None, []) if text is None else _separated(text, file.name, known)
        found += more
    return table, told + found


def _separated(text: str, name: str, known: tuple[str, ...]) -> tuple[Rows, list[Fault]]:
    """Split a text into numbered rows; say which separator was used if it is no comma."""
    text = re.sub("(?<=[\r\n])\ufeff", "", text)
    mark = re.match(r'"?sep=(.)"?(?:\r?\n|\r)', text, re.IGNORECASE)
    text = text[mark.end() :] if mark else text
    separator = mark[1] if mark else _separator(text, known)
    table, faults = rows(io.StringIO(text, newline="").readlines(), name, separator, 2 if mark else 1)
    if table and not text.endswith(("\n", "\r")):
        said = "the last row does not end with a line break, so that the file may be cut off"
        cure = "see whether its last cell is whole; if it is, nothing to do"
        faults.append(Fault(name, table[-1][0], None, said, cure, "warning"))
    if separator != ",":
        said = f"columns are separated by {_NAMES.get(separator, repr(separator))}; read so"
        faults.append(Fault(name, None, None, said, f"nothing to do; to have commas, {SAVE}", "warning"))
    return table, faults


def _separator(text: str, known: tuple[str, ...]) -> str:
    """Return the separator that finds most known columns in the first row that is not empty."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    found = {mark: {label(cell) for cell in next(csv.reader([line], delimiter=mark), [])} for mark in _NAMES}
    return max(_NAMES, key=lambda mark: (len(found[mark] & set(known)), len(found[mark])))


def _gaps(name: str, table: Rows, top: int, last: int) -> list[Fault]:
    """Say which empty rows are passed over."""
    empty = [(number, row) for number, row in table if not any(map(tidy, row))]
    faults = []
    for where, numbers in (
        (" above the header", [number for number, _ in empty if number < top]),
        ("", [number for number, _ in empty if top < number < last]),
        ("", [number for number, row in empty if number > last and row]),
    ):
        if numbers:
            many = f"{len(numbers)} empty rows (rows {numbers[0]} to {numbers[-1]})"
            one = len(numbers) == 1
            said = f"{'an empty row' if one else many}{where}; passed over"
            cure = f"nothing to do, or delete {'it' if one else 'them'}"
            faults.append(Fault(name, numbers[0], None, said, cure, "warning"))
    return faults


def _is_book(file: Path) -> bool:
    with file.open("rb") as stream:
        return stream.read(len(ZIP)) == ZIP


def _torn(name: str, body: Rows) -> list[Fault]:
    """Name rows of one cell that is no text, such as the mark at the end of an old file, or filling."""
    rows = [(number, row[0].strip(" ")) for number, row in body if len(row) == 1]
    cure = f"delete the row, or {SAVE}"
    return [
        Fault(name, number, None, f"the row holds nothing but the control character {cell[0]!r}", cure)
        for number, cell in rows
        if _CONTROL.match(cell) and not cell.strip(cell[0])
    ]


def _is_error(text: str) -> bool:
    return bool(_ERROR.fullmatch(text)) and (text.isupper() or text[0] != "#" or not text.strip("#"))


def _spoilt(grid: Grid) -> list[Fault]:
    """Find errors of the spreadsheet, and texts that went through a wrong encoding before."""
    faults = []
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        for heading, cell in zip(grid.header, row, strict=True):
            if hidden := _CONTROL.search(cell):
                said = f"the cell holds the control character {hidden[0]!r}: the file is damaged, or no table"
                faults.append(Fault(grid.file, number, heading, said, f"type the text anew, or {SAVE}"))
            elif cell.lstrip()[:1] in ("#", "E") and _is_error(cell.strip()):
                said = f"{cell!r} is an error of the spreadsheet"
                faults.append(Fault(grid.file, number, heading, said, "put the value itself into the cell"))
            elif (meant := mangled(cell)) is not None:
                likely = f", perhaps {meant[:_SHOWN]!r}" if meant else ""
                said = f"letters were lost when the file was saved or opened before: {cell[:_SHOWN]!r}{likely}"
                cure = "type the text anew, or save the original as CSV UTF-8"
                faults.append(Fault(grid.file, number, heading, said, cure, "warning"))
    return faults
