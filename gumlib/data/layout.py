"""How rows lie under their header: names that stand elsewhere, rows of another length, a header that comes again.

A row is never put right by guess: a cell too many moves all cells behind it under other headings.
"""

import csv
import re
from collections.abc import Collection, Sequence

from gumlib.data.faults import SAVE, Fault
from gumlib.data.workbook import Rows

LOOKED = 20
"""Rows among which the column names are looked for."""
_OR = 'or put straight quotation marks (") around a text that holds a comma, and give every column its cell'
_QUOTE = 'put straight quotation marks (") around a text that holds a comma, and give every column its cell'


def misplaced(name: str, heads: Rows, known: Collection[str]) -> Fault | None:
    """Say where the column names stand, if it is not in the first filled row.

    Parameters
    ----------
    heads : the first rows, their cells written as column names are
    known : column names of the table; none if they are not known

    Examples
    --------
    >>> misplaced("a.csv", [(1, ["my facts"]), (2, ["id", "year"])], ("id", "year")).fault
    'the column names stand in row 2, below something else'
    """
    (top, header), *below = heads
    held = {number: len(set(row) & set(known)) for number, row in heads}
    if len({row[0] for _, row in heads if row} & set(known)) > max(1, held[top]):
        said = "the column names stand below one another, in the first column"
        return Fault(name, top, None, said, "turn the table: copy it, then Paste Special, Transpose")
    fullest = max(held, key=lambda number: held[number])
    if not held[top] and held[fullest] > 1:
        said = f"the column names stand in row {fullest}, below something else"
        return Fault(name, top, None, said, "delete what stands above them")
    if len(header) == 1 and _parts(header[0], known):
        said = "all columns stand in one cell"
        cure = f"take away quotation marks around whole rows and part cells by commas, or {SAVE}"
        return Fault(name, top, None, said, cure)
    if len(header) == 1 and len(below) > 1 and all(len(row) > 1 for _, row in below):
        said = "the row holds one cell, the rows below it hold more, as if it were a title"
        return Fault(name, top, None, said, "delete what stands above the column names")
    return None


def unmerged(name: str, rows: Rows) -> Fault | None:
    """Say that git left two versions of some rows in a file, if its marks stand there.

    Examples
    --------
    >>> unmerged("a.csv", [(2, ["<<<<<<< HEAD"]), (4, ["======="]), (6, [">>>>>>> other"])]).fault
    'git left two versions of some rows here, parted by its marks in rows 2, 4, 6'
    """
    marks = [number for number, row in rows if re.match(r"([<>|])\1{6}( |$)|={7}$", row[0])]
    if len(marks) < 2:
        return None
    said = f"git left two versions of some rows here, parted by its marks in rows {', '.join(map(str, marks))}"
    cure = "keep the rows that are right, and delete the rows of the marks (<<<<<<<, =======, >>>>>>>)"
    return Fault(name, marks[0], None, said, cure)


def _parts(cell: str, known: Collection[str]) -> bool:
    """Tell whether a cell holds several column names, parted by something."""
    words = "".join(sign if sign.isalnum() else " " for sign in cell).split()
    return len(set(words) & set(known)) > 1


def refuse_ragged_rows(name: str, header: Sequence[str], body: Rows, *, sheet: bool = False) -> list[Fault]:
    """Refuse rows longer or shorter than the header, for their cells stand under other headings.

    Parameters
    ----------
    sheet : of a workbook, in which no comma can part a text

    Examples
    --------
    >>> refuse_ragged_rows("a.csv", ["id", "year"], [(2, ["x", "1990", ""])])[0].remedy[:39]
    'delete the empty cells at its end; or p'
    """
    faults = []
    for number, row in body:
        if len(row) != len(header):
            last = number == body[-1][0] and len(row) < len(header)
            cut = " (it is the last one: the file may be cut off)" * last
            said = f"the row has {len(row)} cells, the header {len(header)}{cut}"
            faults.append(Fault(name, number, None, said, _cure(row, len(header), sheet, last)))
    return faults


def _cure(row: list[str], width: int, sheet: bool, last: bool) -> str:
    """Return what to do with a row of another length, by what may have made it."""
    if sheet:
        return "delete what stands beside the table, or give it a column name"
    if any("\n" in cell for cell in row):
        return 'close a quotation mark (") that is open in this row, or give every column its cell'
    if len(row) == 1 < width and any(_cells(row[0], mark) == width for mark in ",;\t|"):
        return "part its cells as those of the header are, and take away quotation marks around the whole row"
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return f"delete the empty cells at its end; {_OR}"
    return "export or save the file again, or complete the row" if last else _QUOTE


def _cells(text: str, mark: str) -> int:
    return len(next(csv.reader([text], delimiter=mark), []))


def repeated(name: str, header: list[str], body: Rows) -> tuple[Rows, list[Fault]]:
    """Return the rows without those that are the header again, as where files were put together, and name these."""
    again = {number: row for number, row in body if row == header and len(header) > 1}
    said = "the column names stand here again; passed over"
    faults = [Fault(name, number, None, said, "nothing to do, or delete the row", "warning") for number in again]
    return [(number, row) for number, row in body if number not in again], faults
