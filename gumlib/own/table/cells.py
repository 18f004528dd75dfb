"""From the cells of a sheet to labelled sales: labels decide, and what is at fault is told by row and column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gumlib.data.grid import tidy
from gumlib.errors import GumError
from gumlib.gvc.table import Floats
from gumlib.own.table.grid import RawSheet, column_letters
from gumlib.own.table.layouts import Label, Layout, is_sum, joined

Flags = NDArray[np.bool_]
_OUTPUT = {
    "row": re.compile(r"((total|gross) )?output.*|OUT|GO", re.IGNORECASE),
    "column": re.compile(r"((total|gross) )?output.*|OUT|GO|TOTAL", re.IGNORECASE),
}
"""Texts beside rows or columns of sums that are output; a row called total is one of purchases."""
_SHOWN = 4


@dataclass(frozen=True)
class Axis:
    """The rows or the columns of a sheet: labels, places as a spreadsheet shows them, and what holds no sales.

    Parameters
    ----------
    texts : all texts beside each, of which the label is made
    sums : those of sums, taxes and value added
    empty : those without any cell
    """

    name: str
    labels: list[Label]
    places: list[str]
    texts: list[list[str]]
    sums: Flags
    empty: Flags

    @property
    def kept(self) -> Flags:
        """Those that hold sales."""
        flags: Flags = ~self.sums & ~self.empty
        return flags

    def chosen(self, flags: Flags) -> list[tuple[str, Label]]:
        """Return place and label of those that are flagged."""
        return [(place, label) for place, label, flag in zip(self.places, self.labels, flags, strict=True) if flag]


@dataclass(frozen=True)
class Cells:
    """Sales of a sheet in the order of the sheet, what it says they add up to, and what was passed over.

    Parameters
    ----------
    rows, columns : place and label of each that holds sales
    values : the sales, (rows, columns)
    printed : output by label of the row or column, from each row or column that holds it; by name of that one
    notes : what was left out, or read otherwise than it stands
    """

    file: str
    rows: list[tuple[str, Label]]
    columns: list[tuple[str, Label]]
    values: Floats
    printed: dict[str, pd.Series]
    notes: list[str]


def cells(sheet: RawSheet, layout: Layout) -> Cells:
    """Read the cells of a sheet.

    Raises
    ------
    GumError : a label is absent or stands twice, or a cell holds no number
    """
    body = sheet.rows(layout.top)
    rows, columns = _axes(sheet, layout, body)
    for axis in (rows, columns):
        _check(axis, sheet.file)
    inside = body.iloc[:, layout.left :]
    held = inside.loc[rows.kept, list(inside.columns[columns.kept])]
    values, notes = _numbers(held, rows, columns, sheet.file)
    sold, bought = rows.chosen(rows.kept), columns.chosen(columns.kept)
    printed = _printed(inside, rows, columns) | _printed(inside.T, columns, rows)
    return Cells(sheet.file, sold, bought, values, printed, [*_passed(rows), *_passed(columns), *notes])


def _axes(sheet: RawSheet, layout: Layout, body: pd.DataFrame) -> tuple[Axis, Axis]:
    left, inside = body.iloc[:, : layout.left], body.iloc[:, layout.left :]
    beside = [["" if pd.isna(cell) else tidy(str(cell)) for cell in row] for row in left.itertuples(index=False)]
    above = [list(texts) for texts in zip(*(row[layout.left :] for row in sheet.head[: layout.top]), strict=True)]
    numbers = [str(layout.top + place + 1) for place in range(len(body))]
    letters = [column_letters(layout.left + place) for place in range(len(above))]
    rows = _axis("row", beside, numbers, layout, set(), inside.isna().all(axis=1).to_numpy())
    sellers = {label[0] for _, label in rows.chosen(rows.kept)}
    return rows, _axis("column", above, letters, layout, sellers, inside.isna().all(axis=0).to_numpy())


def _axis(name: str, texts: list[list[str]], places: list[str], layout: Layout, regions: set[str], bare: Flags) -> Axis:
    side = 0 if name == "column" else 1
    region, code = layout.region[side], layout.code[side]
    if layout.region == layout.code:
        labels = [joined(line[code], regions) for line in texts]
    else:
        labels = [(line[region], line[code]) for line in texts]
    empty = np.array([not any(line) for line in texts], dtype=bool) & bare
    return Axis(name, labels, places, texts, np.array([is_sum(label, layout) for label in labels], bool), empty)


def _check(axis: Axis, file: str) -> None:
    """Refuse an absent label, and one that stands twice."""
    places: dict[Label, str] = {}
    for place, label in axis.chosen(axis.kept):
        if not all(label):
            missing = "region" if label[1] else "code" if label[0] else "region and code"
            said = f"expected a {missing} beside each number, {axis.name} {place} has none"
            raise GumError(f"{said}; write it, or empty the {axis.name}", "table", file)
        if label in places:
            said = f"expected each label once, {' '.join(label)} stands in {axis.name}s {places[label]} and {place}"
            raise GumError(f"{said}; rename or delete one of them", "table", file)
        places[label] = place
    if not places:
        raise GumError(f"expected {axis.name}s of sales, got none; see the format", "table", file)


def _numbers(held: pd.DataFrame, rows: Axis, columns: Axis, file: str) -> tuple[Floats, list[str]]:
    """Return the numbers of a frame, and a note on those that were empty; name cells that hold none."""
    absent = held.isna().to_numpy()
    frame = held.apply(pd.to_numeric, errors="coerce") if any(kind.kind not in "if" for kind in held.dtypes) else held
    values: Floats = frame.to_numpy(np.float64) + 0.0
    places = rows.chosen(rows.kept), columns.chosen(columns.kept)
    wrong = np.argwhere(~np.isfinite(values) & ~absent)
    if len(wrong):
        shown = [
            (f"{places[1][column][0]}{places[0][row][0]}", held.iloc[row, column]) for row, column in wrong[:_SHOWN]
        ]
        named = [f"{place} ({cell!s})" for place, cell in shown]
        said = f"expected numbers, got {len(wrong)} cell{'s' * (len(wrong) > 1)} without: {few(named, len(wrong))}"
        raise GumError(f"{said}; write numbers with a point and no spaces or commas", "table", file)
    if 2 * absent.sum() > absent.size:
        said = f"expected numbers, got {absent.sum():,} empty cells of {absent.size:,}"
        raise GumError(f"{said}; write 0 where nothing is sold, and save formulas as values", "table", file)
    values[absent] = 0.0
    first = [f"{places[1][column][0]}{places[0][row][0]}" for row, column in np.argwhere(absent)[:_SHOWN]]
    return values, [f"empty cells read as nought: {few(first, int(absent.sum()))}"] if first else []


def _printed(inside: pd.DataFrame, across: Axis, along: Axis) -> dict[str, pd.Series]:
    """Return the output that rows or columns of sums print, by label of the other axis."""
    found = {}
    labels = [label for _, label in along.chosen(along.kept)]
    for place, texts in enumerate(across.texts):
        if across.sums[place] and any(map(_OUTPUT[across.name].fullmatch, texts)):
            numbers = pd.to_numeric(inside.iloc[place].to_numpy()[along.kept], errors="coerce")
            found[f"{across.name} {across.places[place]}"] = pd.Series(numbers, labels).dropna()
    return found


def _passed(axis: Axis) -> list[str]:
    """Say which rows or columns were passed over."""
    sums = [f"{place} ({' '.join(dict.fromkeys(filter(None, label)))})" for place, label in axis.chosen(axis.sums)]
    last = max(np.flatnonzero(~axis.empty), default=-1)
    inner = [place for place in axis.places[: last + 1] if axis.empty[axis.places.index(place)]]
    notes = {"of sums, taxes or value added left out": sums, "without any cell passed over": inner}
    return [f"{axis.name}s {what}: {few(which[:_SHOWN], len(which))}" for what, which in notes.items() if which]


def few(names: Sequence[str], among: int) -> str:
    """List names, and how many more there are.

    Examples
    --------
    >>> few(["A", "B"], 5)
    'A, B and 3 more'
    """
    return ", ".join(names) + (f" and {among - len(names)} more" if among > len(names) else "")
