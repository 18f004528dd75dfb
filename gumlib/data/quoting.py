"""Rows of a text with separators, and quotation marks that are opened and not closed.

A mark left open swallows the rows below it. It is told from an honest text over several lines by what was swallowed:
lines that are rows of the table themselves.
"""

import csv
import re
from collections.abc import Iterator

from gumlib.data.faults import Fault

_CLOSE = 'close it, or remove the mark " from this row; a mark inside a text is written twice'


def rows(lines: list[str], name: str, separator: str, first: int) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    r"""Return the rows with their numbers as a spreadsheet shows them, and what is wrong with quotation marks.

    Parameters
    ----------
    lines : of the file, with their ends
    first : number of the first row

    Examples
    --------
    >>> rows(["a,b\n", '1,"x, y\n', "z\"\n"], "a.csv", ",", 1)
    ([(1, ['a', 'b']), (2, ['1', 'x, y\nz'])], [])
    >>> rows(["a,b\n", '1,"x\n', "2,y\n"], "a.csv", ",", 1)[1][0].fault
    'a quotation mark is opened in line 2 of the file and not closed, so that the rows below are swallowed'
    """
    reader = csv.reader(iter(lines), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    start = 0
    try:
        for number, row in enumerate(reader, start=first):
            found.append((number, row))
            record = "".join(lines[start : reader.line_num])
            if '"' in record and _parted(record, separator):
                faults.append(_between(name, number, first + start))
            elif record.count('"') % 2 and re.search(rf'(^|{re.escape(separator)})"', record):
                faults.append(_lone(name, number, first + start))
            elif reader.line_num > start + 1 and any(_swallows(row, separator, len(found[0][1]))):
                opened, _ = _opened(lines[start : reader.line_num], separator)
                faults.append(_open(name, number, first + start + opened))
            start = reader.line_num
    except csv.Error:
        opened, broken = _opened(lines[start:], separator)
        said = _lone if broken == opened else _open
        faults.append(said(name, first + len(found), first + start + opened))
    return found, faults


def _open(name: str, row: int, line: int) -> Fault:
    said = f"a quotation mark is opened in line {line} of the file and not closed, so that the rows below are swallowed"
    return Fault(name, row, None, said, _CLOSE)


def _lone(name: str, row: int, line: int) -> Fault:
    return Fault(name, row, None, f"a quotation mark in line {line} of the file begins or ends no cell", _CLOSE)


def _between(name: str, row: int, line: int) -> Fault:
    said = f"in line {line} of the file two cells hold a lone quotation mark, as if a comma before a mark were lost"
    cure = 'put back the comma; or put marks (") around a text that holds one, and write the one inside twice'
    return Fault(name, row, None, said, cure)


def _parted(record: str, separator: str) -> bool:
    """Tell whether two cells without marks around them hold an odd number of marks, with a separator in between.

    Examples
    --------
    >>> _parted('1,a"b,c",d', ","), _parted('1,5" to 6",d', ",")
    (True, False)
    """
    mark = re.escape(separator)
    cells: list[str] = re.findall(rf'(?:^|{mark})("(?:[^"]|"")*"(?={mark}|\r?\n?$)|[^{mark}]*)', record)
    return sum(cell.count('"') % 2 for cell in cells if cell[:1] != '"') > 1


def _swallows(row: list[str], separator: str, width: int) -> Iterator[bool]:
    """Tell of each cell whether its lines are the end of one row, whole rows, and the beginning of another."""
    for place, cell in enumerate(row):
        counts = [len(next(csv.reader([line], delimiter=separator), [])) for line in cell.splitlines() if line.strip()]
        if len(counts) > 1 and 1 < width == len(row):
            yield counts[0] == width - place and counts[-1] == place + 1 and set(counts[1:-1]) <= {width}


def _opened(lines: list[str], separator: str) -> tuple[int, int | None]:
    """Return the line in which a quotation mark opens that is not rightly closed, and where that shows, if it does."""
    quoted, fresh, opened = False, True, 0
    for number, line in enumerate(lines):
        place = 0
        while place < len(line):
            sign, after = line[place], line[place + 1 : place + 2]
            if quoted and sign == '"':
                if after == '"':
                    place += 1
                elif after in ("", separator, "\r", "\n"):
                    quoted = False
                else:
                    return opened, number
            elif fresh and sign == '"':
                quoted, opened = True, number
            fresh = not quoted and sign in (separator, "\r", "\n")
            place += 1
    return opened, None
