"""From the cells of a sheet to labelled sales: labels decide, and what is at fault is told by row and column."""

import re
from dataclasses import dataclass, field, replace
from itertools import compress

import numpy as np
import pandas as pd

from gumlib.data.grid import tidy
from gumlib.errors import GumError
from gumlib.gvc.table import Array
from gumlib.own.table import namesakes, numerals, totals
from gumlib.own.table.axes import Axis, Flags, check_axis, read_axes, swapped, unsold
from gumlib.own.table.grid import RawSheet
from gumlib.own.table.layouts import Label
from gumlib.own.table.numerals import few
from gumlib.own.table.places import Layout

_SHOWN = 4


@dataclass(frozen=True)
class Sales:
    """Sales of a sheet in the order of the sheet, what it says they add up to, and what was passed over.

    Parameters
    ----------
    rows, columns : place and label of each that holds sales
    values : the sales, (rows, columns)
    printed : output by label of the row or column, from each row or column that holds it, whose word is the name of
        the series; by place of that one
    notes : what was left out, or read otherwise than it stands
    earned : value added by label of the column, from each row that holds it; by name of that one
    remarks : texts of rows without a number
    doubts : what may be wrong with them
    sequences : buyers of each seller as a list gives them, where it leaves out flows; else the columns stand in order
    """

    file: str
    rows: list[tuple[str, Label]]
    columns: list[tuple[str, Label]]
    values: Array
    printed: dict[str, pd.Series]
    notes: list[str]
    earned: dict[str, pd.Series] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    sequences: list[list[Label]] = field(default_factory=list)


def cells(sheet: RawSheet, layout: Layout) -> Sales:
    """Read the cells of a sheet.

    Raises
    ------
    GumError : a label is absent or stands twice, or a cell holds no number
    """
    body = sheet.rows(layout.top, layout.left)
    rows, columns = read_axes(sheet, layout, body)
    rows = unsold(rows, columns)
    told = swapped(rows, columns)
    if told:
        rows, columns = (replace(axis, labels=[label[::-1] for label in axis.labels]) for axis in (rows, columns))
    for axis in (rows, columns):
        check_axis(axis, sheet.file)
    inside, read = _written(body.iloc[:, layout.left :], rows.kept, columns.kept, sheet, layout)
    held = inside.loc[rows.kept, list(inside.columns[columns.kept])]
    if inside.loc[rows.kept].iloc[:, -1].isna().any():  # also where output or another sum stands last
        _no_short(sheet, layout, rows)
    values, notes = _numbers(held, rows, columns, sheet.file, read)
    sold, bought = rows.chosen(rows.kept), columns.chosen(columns.kept)
    printed = _printed(inside, rows, columns) | _printed(inside.T, columns, rows)
    earned = _printed(inside, rows, columns, totals.VALUE_ADDED)
    notes += [*_unprinted(inside, rows, columns), *_unprinted(inside.T, columns, rows)]
    notes = [*_passed(rows), *_passed(columns), *told, *read, *notes]
    remarks = [" ".join(texts) for texts in compress(rows.texts, rows.empty)]
    return Sales(sheet.file, sold, bought, values, printed, notes, earned, remarks)


def _no_short(sheet: RawSheet, layout: Layout, rows: Axis) -> None:
    """Refuse a row of sales with fewer cells than labels: a cell may be lost in its middle, and the rest be shifted."""
    short = sheet.short()
    for place, kept in enumerate(rows.kept):
        if kept and (size := short.get(layout.top + place)) is not None:
            said = f"expected {sheet.width} cells in each row, as in the first rows"
            where = f"row {rows.places[place]} has {size}"
            raise GumError(f"{said}, but {where}; even the rows out", "table", sheet.file)


def _numbers(held: pd.DataFrame, rows: Axis, columns: Axis, file: str, read: list[str]) -> tuple[Array, list[str]]:
    """Return the numbers of a frame, and a note on those that were empty; name cells that hold none."""
    absent = held.isna().to_numpy()
    values: Array = _numeric(held).to_numpy(np.float64) + 0.0
    places = rows.chosen(rows.kept), columns.chosen(columns.kept)
    wrong = np.argwhere(~np.isfinite(values) & ~absent)
    if len(wrong):
        shown = [
            (f"{places[1][column][0]}{places[0][row][0]}", held.iloc[row, column]) for row, column in wrong[:_SHOWN]
        ]
        raise numerals.no_number([f"{place} ({cell!s})" for place, cell in shown], len(wrong), file, read)
    if 2 * absent.sum() > absent.size:
        said = f"expected numbers, got {absent.sum():,} empty cells of {absent.size:,}"
        raise GumError(f"{said}; write 0 where nothing is sold, and save formulas as values", "table", file)
    values[absent] = 0.0
    first = [f"{places[1][column][0]}{places[0][row][0]}" for row, column in np.argwhere(absent)[:_SHOWN]]
    return values, [f"empty cells read as nought: {few(first, int(absent.sum()))}"] if first else []


def _numeric(held: pd.DataFrame) -> pd.DataFrame:
    """Return numbers; what is none is missing, a text that could not be read like the others included."""
    plain = all(kind.kind in "if" for kind in held.dtypes)
    return held if plain else held.map(lambda cell: cell if numerals.is_number(cell) else np.nan)


def _written(
    inside: pd.DataFrame, rows: Flags, columns: Flags, sheet: RawSheet, layout: Layout
) -> tuple[pd.DataFrame, list[str]]:
    """Read texts as the numbers that they are in the one way of writing that all allow; a dash is empty.

    Raises
    ------
    GumError : they can be read in two ways
    """
    held = inside.loc[rows, list(inside.columns[columns])]
    if all(kind.kind in "if" for kind in held.dtypes) and not _grouped(held.to_numpy(np.float64)):
        return _plain(inside), []
    if sheet.separated:
        inside = sheet.rows(layout.top, sheet.width)[inside.columns]
    cells = inside.map(lambda cell: tidy(cell) if isinstance(cell, str) else cell)
    cells = cells.mask(cells.isin([*numerals.DASHES, ""]))
    way = numerals.way({cell for cell in cells.to_numpy().ravel() if isinstance(cell, str)}, sheet.file)
    return cells.map(lambda cell: numerals.parse_number(cell, way)), numerals.told(way)


def _plain(inside: pd.DataFrame) -> pd.DataFrame:
    """Read numbers that stand beside texts in a column of output as they are written in all others."""
    read = inside.copy()
    for name in read.columns[[kind.kind not in "if" for kind in read.dtypes]]:
        read[name] = read[name].map(lambda cell: numerals.parse_number(cell, numerals.USUAL)).astype(object)
    return read


def _grouped(values: Array) -> bool:
    """Tell whether a point may part thousands: fractions have three figures at most and stand in small numbers."""
    shown = np.abs(values[np.isfinite(values)])
    broken = shown[shown != np.floor(shown)]
    thousandths = broken * 1000
    small = broken.size and 1 <= broken.min() <= broken.max() < 1000
    return bool(small and (np.abs(thousandths - np.round(thousandths)) < 1e-6).all())


def _printed(
    inside: pd.DataFrame, across: Axis, along: Axis, words: re.Pattern[str] | None = None
) -> dict[str, pd.Series]:
    """Return what rows or columns of sums that bear some words, else of output, print, by label of the other axis."""
    found = {}
    labels = [label for _, label in along.chosen(along.kept)]
    for place, word in _worded(across, words or totals.OUTPUT[across.name]):
        numbers = _numeric(inside.iloc[[place]]).to_numpy(float)[0, along.kept]
        found[f"{across.name} {across.places[place]}"] = pd.Series(numbers, labels, float, word.casefold()).dropna()
    return {place: numbers for place, numbers in found.items() if len(numbers)}


def _worded(across: Axis, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    """Return the numbers of the rows or columns of sums that bear some words, and the words."""
    words = [next(filter(pattern.fullmatch, texts), "") for texts in across.texts]
    return [(place, word) for place, word in enumerate(words) if word and across.sums[place]]


def _unprinted(inside: pd.DataFrame, across: Axis, along: Axis) -> list[str]:
    """Name the cells of output that hold a text and no number."""
    found = []
    for place, _ in _worded(across, totals.OUTPUT[across.name]):
        line = inside.iloc[place].tolist()
        for other in np.flatnonzero(along.kept).tolist():
            cell = line[other]
            if isinstance(cell, str) and cell not in ("", *numerals.DASHES):
                ends = across.places[place], along.places[other]
                found.append(f"{''.join(ends if across.name == 'column' else ends[::-1])} ({cell})")
    return [f"output without a number: {few(found[:_SHOWN], len(found))}"] if found else []


def _passed(axis: Axis) -> list[str]:
    """Say which rows or columns were passed over."""
    sums = [f"{place} ({' '.join(dict.fromkeys(filter(None, label)))})" for place, label in axis.chosen(axis.sums)]
    last = max(np.flatnonzero(~axis.empty), default=-1)
    inner = [place for place in axis.places[: last + 1] if axis.empty[axis.places.index(place)]]
    notes = {namesakes.LEFT: sums, "without any cell passed over": inner}
    return [f"{axis.name}s {what}: {few(which[:_SHOWN], len(which))}" for what, which in notes.items() if which]
