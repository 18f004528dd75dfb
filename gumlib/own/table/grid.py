"""Cells of a CSV file or a workbook as they stand, with the row and column that a spreadsheet shows."""

import csv
import io
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from gumlib.data import quoting
from gumlib.data.encodings import decode
from gumlib.data.grid import tidy
from gumlib.data.workbook import CURE, has_formulas, unvalued
from gumlib.errors import GumError, extra, one_of

HEAD = 12
"""Rows read to tell a layout by; labels of columns stand within them in every layout."""


@dataclass(frozen=True)
class RawSheet:
    """A sheet of cells: its first rows as texts, and a function that returns all rows from a given one on.

    Parameters
    ----------
    file : name of the file, for messages
    head : texts of the first `HEAD` rows, all of one length
    rows : from a number of rows to skip, and of columns that hold texts, to the frame of those that follow, as wide as
        the head
    separated : whether all cells are texts, of which `rows` makes numbers
    short : number of cells of each row that has fewer than the head, by its number from 0
    whole : whether the last row ends with a line break, so that nothing can be cut off
    told : what is to be said of its encoding
    """

    file: str
    head: list[list[str]]
    rows: Callable[[int, int], pd.DataFrame]
    separated: bool = False
    short: Callable[[], dict[int, int]] = dict
    whole: bool = True
    told: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.head[0])


def column_letters(number: int) -> str:
    """Return the letters of a column counted from nought, as a spreadsheet shows them.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def raw_sheets(file: Path, sheet: str | None = None, encoding: str | None = None) -> list[RawSheet]:
    """Return the sheets of a workbook that hold cells, or the one of a CSV file.

    Raises
    ------
    GumError : no such sheet, or a file that is neither
    """
    kind = file.suffix.casefold()
    if kind in (".csv", ".txt", ".tsv", ".tab"):
        if sheet is not None:
            raise GumError(f"expected no sheet, for {file.name} is no workbook; leave out --sheet", "table", "sheet")
        return [_csv(file, encoding)]
    if kind == ".xlsx":
        return _workbook(file, sheet)
    said = f"expected a file that ends in .csv or .xlsx, or what a parser of pymrio reads, got {file.name!r}"
    raise GumError(f"{said}; save it as one of them in a program that opens it", "table", file.name)


def _csv(file: Path, encoding: str | None) -> RawSheet:
    text, faults = decode(file.read_bytes(), file.name, encoding)
    if text is None:
        raise GumError(f"{faults[0].fault}; {faults[0].remedy}", "table", file.name)
    lines = io.StringIO(text, newline="").readlines() or [""]  # a lone carriage return ends a line too
    skipped = int(lines[0].startswith("sep="))
    separator = lines[0][4:5] if skipped else _separator(lines)
    try:
        reader = csv.reader(lines[skipped:], delimiter=separator)
        head = _even([list(map(tidy, row)) for row in islice(reader, HEAD)])
    except csv.Error as fault:  # a cell longer than any is
        opened = quoting.rows(lines, file.name, separator, 1)[1][-1]
        raise GumError(f"{opened.fault}; {opened.remedy}", "table", file.name) from fault

    def rows(skip: int, texts: int) -> pd.DataFrame:
        options: dict[str, Any] = {"header": None, "names": range(len(head[0])), "index_col": False, "sep": separator}
        options["dtype"] = dict.fromkeys(range(texts), str)
        options |= {"skip_blank_lines": False, "keep_default_na": False, "na_values": ["", " "], "low_memory": False}
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            try:
                return pd.read_csv(io.StringIO(text), skiprows=skip + skipped, **options)
            except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as fault:
                said = f"expected {len(head[0])} cells in each row, as in the first rows, but {str(fault).strip()}"
                raise GumError(f"{said}; even the rows out", "table", file.name) from fault

    def short() -> dict[int, int]:
        sizes = map(len, csv.reader(lines[skipped:], delimiter=separator))
        return {row: size for row, size in enumerate(sizes) if size < len(head[0])}

    told = tuple(fault.fault for fault in faults)
    return RawSheet(file.name, head, rows, True, short, text.endswith(("\n", "\r")), told)


def _separator(lines: list[str]) -> str:
    r"""Return the separator that parts most lines into equally many cells.

    Examples
    --------
    >>> _separator(["Table, 2005\n", ";A;A\n", "A;1,5;2,5\n"])
    ';'
    """

    def even(mark: str) -> tuple[int, int]:
        sizes = []
        with suppress(csv.Error):
            for row in islice(csv.reader(lines, delimiter=mark), HEAD):
                sizes.append(len(row))
        return max(((sizes.count(size), size) for size in set(sizes) if size > 1), default=(0, 0))

    return max(",;\t|", key=even)


def _workbook(file: Path, sheet: str | None) -> list[RawSheet]:
    content = io.BytesIO(file.read_bytes())  # a file left to openpyxl stays open as long as its rows are read
    try:
        book = extra("openpyxl", "mrio").load_workbook(content, read_only=True, data_only=True)
    except GumError:
        raise
    except Exception as fault:  # openpyxl raises whatever the broken part of a file makes it raise
        said = f"expected a workbook, got a file that cannot be read as one ({fault})"
        raise GumError(f"{said}; save it anew as .xlsx", "table", file.name) from fault
    held = tuple(one.title for one in book.worksheets)
    names = list(held) if sheet is None else [one_of(sheet, held, "table", "sheet")]
    _refuse_unvalued(file, names)
    found = []
    for name in names:
        start = [["" if cell is None else tidy(_text(cell)) for cell in row] for row in _values(book[name], 1, HEAD)]
        if any(map(any, start)):
            found.append(_sheet(f"{file.name}, sheet {name}", _even(start), book[name]))
    return found


def _refuse_unvalued(file: Path, sheets: list[str]) -> None:
    """Refuse formulas without a stored value: they would be read as nought."""
    if not has_formulas(file.read_bytes()):
        return
    load = extra("openpyxl", "mrio").load_workbook
    seen, written = load(file, data_only=True), load(file)
    for name in sheets:
        cells = [cell.coordinate for cell in unvalued(seen[name], written[name])]
        if cells:
            more = f" and {len(cells) - 1} more" if len(cells) > 1 else ""
            said = f"expected values, cell {cells[0]} of sheet {name}{more} holds a formula without a stored value"
            raise GumError(f"{said}; {CURE}", "table", file.name)


def _values(sheet: Any, first: int, last: int | None = None) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=first, max_row=last, values_only=True))


def _sheet(file: str, head: list[list[str]], sheet: Any) -> RawSheet:
    def rows(skip: int, texts: int) -> pd.DataFrame:
        frame = pd.DataFrame(_values(sheet, skip + 1))
        frame[frame.columns[:texts]] = frame.iloc[:, :texts].map(_text, na_action="ignore")
        beyond = frame.iloc[:, len(head[0]) :].notna().to_numpy()
        if beyond.any():
            row, place = (int(part[0]) for part in beyond.nonzero())
            where = f"{column_letters(len(head[0]) + place)}{skip + row + 1}"
            raise GumError(f"expected a label above each column, {where} stands under none; add it", "table", file)
        return frame.reindex(columns=range(len(head[0])))

    return RawSheet(file, head, rows)


def _text(cell: Any) -> str:
    """Return what a spreadsheet shows in a cell of a label: a whole number has no point."""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


def _even(rows: list[list[str]]) -> list[list[str]]:
    """Fill rows up to one length, that of the longest without empty cells at its end."""
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in rows]
