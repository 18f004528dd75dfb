"""From the texts beside and above the cells of a sheet to the labels of its rows and columns."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gumlib.data.grid import tidy
from gumlib.errors import GumError
from gumlib.own.table import namesakes, numerals, totals
from gumlib.own.table.finding import filled_down
from gumlib.own.table.grid import RawSheet, column_letters
from gumlib.own.table.layouts import Label, is_sum, run_together, split_label
from gumlib.own.table.places import Layout

Flags = NDArray[np.bool_]
SWAPPED = "labels read as industry and region, not as region and industry"


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


def read_axes(sheet: RawSheet, layout: Layout, body: pd.DataFrame) -> tuple[Axis, Axis]:
    """Return the rows and the columns of a sheet."""
    left, inside = body.iloc[:, : layout.left], body.iloc[:, layout.left :]
    beside = [["" if pd.isna(cell) else tidy(str(cell)) for cell in row] for row in left.itertuples(index=False)]
    above = [list(texts) for texts in zip(*(row[layout.left :] for row in sheet.head[: layout.top]), strict=True)]
    numbers = [str(layout.top + place + 1) for place in range(len(body))]
    letters = [column_letters(layout.left + place) for place in range(len(above))]
    rows = _axis("row", beside, numbers, layout, set(), inside.isna().all(axis=1).to_numpy())
    sellers = {label[0] for _, label in rows.chosen(rows.kept)} | namesakes.regions_of(rows.labels)
    columns = _axis("column", above, letters, layout, sellers, inside.isna().all(axis=0).to_numpy())
    alike = namesakes.namesakes(rows.labels, columns.labels)
    return _sparing(rows, alike), _sparing(columns, alike)


def _sparing(axis: Axis, alike: set[Label]) -> Axis:
    """Take labels that name totals, but look like those of regions or industries, for no sums until numbers decide."""
    spared = [label in alike and not totals.worded(axis.name, label) for label in axis.labels]
    return replace(axis, sums=axis.sums & ~np.array(spared, bool))


def _axis(name: str, texts: list[list[str]], places: list[str], layout: Layout, regions: set[str], bare: Flags) -> Axis:
    side = 0 if name == "column" else 1
    region, code = layout.region[side], layout.code[side]
    if name == "column" and layout.region[0] == layout.code[0] and layout.region != layout.code:
        labels = [run_together(line[code], regions, layout) for line in texts]
    elif layout.region == layout.code:
        labels = [split_label(line[code], regions, layout.between) for line in texts]
    else:
        codes = [line[code] for line in texts]
        labels = list(zip(filled_down([line[region] for line in texts], codes), codes, strict=True))
    sums = np.array([is_sum(label, layout) or totals.worded(name, label) for label in labels], bool)
    return Axis(name, labels, places, texts, sums, np.array([not all(label) for label in labels], bool) & bare)


def unsold(rows: Axis, columns: Axis) -> Axis:
    """Flag rows of value added and taxes that bear a region, as no column does that has their label."""
    there = set(columns.labels)
    earned = [label not in there and totals.worded("row", ("", label[1])) for label in rows.labels]
    return replace(rows, sums=rows.sums | np.array(earned, bool))


def swapped(rows: Axis, columns: Axis) -> list[str]:
    """Tell whether industries stand where regions do elsewhere: no column is a final use, unless they change places."""

    def uses(side: int) -> bool:
        codes = {label[side] for _, label in rows.chosen(rows.kept)}
        return any(label[side] not in codes for _, label in columns.chosen(columns.kept))

    named = any(not numerals.NUMERAL.fullmatch(code) for _, (_, code) in rows.chosen(rows.kept))
    return [SWAPPED] if named and uses(0) and not uses(1) else []  # numbers name no regions


def check_whole(name: str, place: str, label: Label, file: str) -> None:
    """Refuse a row or column whose label lacks a part; a column may be a sum until its numbers are known."""
    if not all(label):
        missing = "region" if label[1] else "code" if label[0] else "region and code"
        said = f"expected a {missing} beside each number, {name} {place} has none"
        said += f" ({''.join(label)})" if any(label) else ""
        if name == "column":
            cure = "delete the column if it holds sums; exports have a region that buys, such as ROW"
        else:
            cure = (
                "delete the row if it holds sums, taxes or value added; imports have a region that sells, such as ROW"
            )
        raise GumError(f"{said}; write it, or {cure}", "table", file)


def check_axis(axis: Axis, file: str) -> None:
    """Refuse an absent label, and one that stands twice."""
    places: dict[Label, str] = {}
    for place, label in axis.chosen(axis.kept):
        if axis.name == "row" or not any(label):
            check_whole(axis.name, place, label, file)
        if label in places:
            said = f"expected each label once, {' '.join(label)} stands in {axis.name}s {places[label]} and {place}"
            raise GumError(f"{said}; rename or delete one of them", "table", file)
        places[label] = place
    if not places:
        raise GumError(f"expected {axis.name}s of sales, got none; see the format", "table", file)
