"""A list of flows, one a row, as `IOTable.to_frame` and statistical offices write them: read as labelled sales."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gumlib.data.grid import tidy
from gumlib.errors import GumError
from gumlib.gvc.checks import NOUGHT
from gumlib.own.table import finding, listed, namesakes, numerals
from gumlib.own.table.axes import SWAPPED
from gumlib.own.table.cells import Sales
from gumlib.own.table.grid import RawSheet, column_letters
from gumlib.own.table.layouts import LAYOUTS, Label, is_sum, split_label
from gumlib.own.table.listed import Columns
from gumlib.own.table.numerals import few
from gumlib.own.table.totals import VALUE_ADDED, worded

_MOST = 200
"""Sellers whose buyers are looked at in the order in which they stand."""


def read_list(sheet: RawSheet, where: Columns) -> Sales:
    """Read a list of flows; a flow that is absent is nought.

    Raises
    ------
    GumError : a label is absent, a flow stands twice, a cell holds no number, or the list is of several years
    """
    raw = sheet.rows(1, sheet.width if sheet.separated else where.value)  # numbers of a workbook are none to be read
    frame = raw.map(lambda cell: "" if pd.isna(cell) else tidy(str(cell)))
    bare = raw[where.value].map(numerals.is_number) & raw[where.value].notna()
    frame[where.value] = frame[where.value].mask(bare, raw[where.value])
    frame.index += 2
    frame = frame[frame.ne("").any(axis=1)]
    _one_of_each(sheet, frame, where)
    values, notes = _values(sheet, frame, where.value)
    if not sheet.whole:
        notes.append("the last row does not end with a line break, so that the file may be cut off")
    sellers, buyers = (_labels(sheet, frame, places, where.buyer) for places in listed.sides(sheet, frame, where))
    if {code for _, code in buyers} <= {code for _, code in sellers}:
        _no_buyers_first(sheet.file, sellers, buyers)
        sellers, buyers = ([label[::-1] for label in side] for side in (sellers, buyers))
        notes.append(SWAPPED)
    flows = pd.DataFrame({"seller": sellers, "buyer": buyers, "value": values}, frame.index)
    none = _no_sales(flows)
    if none.any():
        notes.append(
            f"rows of sums, taxes or value added left out: {few([*map(str, flows.index[none][:4])], none.sum())}"
        )
    earned = _earned(flows[none])
    flows = flows[~none]
    _no_negative(sheet.file, flows, where.value)
    return replace(_assembled(sheet.file, flows, notes), earned=earned)


def _one_of_each(sheet: RawSheet, frame: pd.DataFrame, where: Columns) -> None:
    """Refuse a list of several years or units."""
    for place in where.beside:
        if len(found := frame[place].unique()) > 1:
            said = f"expected flows of one {sheet.head[0][place]}, got {few(list(found[:4]), len(found))}"
            raise GumError(f"{said} in column {column_letters(place)}; keep the rows of one", "table", sheet.file)


def _no_buyers_first(file: str, sellers: Sequence[Label], buyers: Sequence[Label]) -> None:
    """Refuse a list in which only what stands first holds final uses: its flows would run backwards.

    Raises
    ------
    GumError : names a use that stands among the sellers
    """
    codes = {code for _, code in buyers}
    lone = [label for label in sellers if label[1] not in codes]
    if lone and {region for region, _ in buyers} <= {region for region, _ in sellers}:
        said = f"expected final uses among the buyers, which stand last, but {' '.join(lone[0])} stands first only"
        raise GumError(f"{said}; put the columns of the seller before those of the buyer", "table", file)


def _labels(sheet: RawSheet, frame: pd.DataFrame, places: Sequence[int], buyer: Sequence[int]) -> list[Label]:
    """Return region and code of each row."""
    for place in places:
        if (absent := frame[place].eq("")).any():
            where = f"{column_letters(place)}{frame.index[absent][0]}"
            raise GumError(f"expected a label in each row, {where} is empty; write it", "table", sheet.file)
    if len(places) == 2:
        return list(frame[[*places]].itertuples(index=False, name=None))
    between = finding.separator(frame[places[0]].unique()) or finding.separator(frame[buyer[0]].unique())
    if between is None:
        said = f"expected labels of a region and a code, such as CHN_c1, got {frame.iloc[0, places[0]]!r}"
        raise GumError(f"{said}; write both with an underscore between", "table", sheet.file)
    split = {label: split_label(label, set(), between) for label in frame[places[0]].unique()}
    return [split[label] for label in frame[places[0]]]


def _values(sheet: RawSheet, frame: pd.DataFrame, place: int) -> tuple[NDArray[np.float64], list[str]]:
    cells = frame[place].mask(frame[place].isin(numerals.DASHES), "0")
    way = numerals.way({cell for cell in cells if isinstance(cell, str)}, sheet.file)
    numbers = cells.map(lambda cell: numerals.parse_number(cell, way))
    wrong = cells[~numbers.map(numerals.is_number)]
    if len(wrong):
        shown = [f"{column_letters(place)}{row} ({cell})" for row, cell in wrong.iloc[:4].items()]
        raise numerals.no_number(shown, len(wrong), sheet.file, numerals.told(way))
    return numbers.to_numpy(float), numerals.told(way)


def _no_sales(flows: pd.DataFrame) -> NDArray[np.bool_]:
    """Flag flows from or to what is no industry or use: sums, taxes, value added."""
    sold, bought = (set(flows[side]) for side in ("seller", "buyer"))
    alike = namesakes.namesakes([*sold], [*bought])
    rows = {
        label: _is_sum("row", label, alike) or (label not in bought and worded("row", ("", label[1]))) for label in sold
    }
    columns = {label: _is_sum("column", label, alike) for label in bought}
    none: NDArray[np.bool_] = (flows["seller"].map(rows) | flows["buyer"].map(columns)).to_numpy(bool)
    return none


def _is_sum(axis: str, label: Label, alike: set[Label]) -> bool:
    return (label not in alike and is_sum(label, LAYOUTS["plain"])) or worded(axis, label)


def _earned(flows: pd.DataFrame) -> dict[str, pd.Series]:
    """Return value added by buyer, under the name of the first row that holds it."""
    paid = flows[[any(map(VALUE_ADDED.fullmatch, label)) for label in flows["seller"]]]
    return {f"row {paid.index[0]}": paid.groupby("buyer")["value"].sum()} if len(paid) else {}


def _assembled(file: str, flows: pd.DataFrame, notes: list[str]) -> Sales:
    """Put flows where they belong; an industry that only buys gets a row of noughts.

    Raises
    ------
    GumError : a flow stands twice
    """
    sellers, buyers = (dict(zip(flows[side][::-1], flows.index[::-1], strict=True)) for side in ("seller", "buyer"))
    sellers, buyers = (dict(sorted(side.items(), key=lambda one: one[1])) for side in (sellers, buyers))
    codes, whole = {code for _, code in sellers}, len(sellers) * len(buyers)
    silent = {label: row for label, row in buyers.items() if label[1] in codes and label not in sellers}
    if silent:
        shown = few([" ".join(label) for label in [*silent][:4]], len(silent))
        notes = [*notes, f"industries not in the file, taken as nought: {shown}"]
    sellers |= silent
    industries = codes & {code for _, code in buyers}
    buyers |= {label: row for label, row in sellers.items() if label[1] in industries and label not in buyers}
    places = [{label: place for place, label in enumerate(side)} for side in (sellers, buyers)]
    row, column = flows["seller"].map(places[0]).to_numpy(), flows["buyer"].map(places[1]).to_numpy()
    _once(file, flows, row * len(buyers) + column)
    values = np.zeros((len(sellers), len(buyers)))
    values[row, column] = flows["value"]
    rows = [(str(first), label) for label, first in sellers.items()]
    columns = [(f"of row {first}", label) for label, first in buyers.items()]
    return Sales(file, rows, columns, values, {}, notes, sequences=[] if len(flows) == whole else _sequences(flows))


def _sequences(flows: pd.DataFrame) -> list[list[Label]]:
    """Return the buyers of each of some sellers, in the order of the list."""
    bought = [[*group] for _, group in flows.groupby("seller", sort=False)["buyer"]]
    return bought[:: -(-len(bought) // _MOST)]


def _no_negative(file: str, flows: pd.DataFrame, column: int) -> None:
    """Refuse a negative sale to an industry that is more than a rest of rounding."""
    codes = {code for _, code in flows["seller"]}
    bought = flows[[code in codes for _, code in flows["buyer"]]]["value"]
    below = bought[bought < -NOUGHT * flows["value"].abs().max()]
    if len(below):
        many = f"in {column_letters(column)}{below.index[0]}, {len(below)} in all"
        said = f"expected sales of nought or more to industries, got {below.iloc[0]:g} ({many})"
        raise GumError(f"{said}; book them as a final use", "table", file)


def _once(file: str, flows: pd.DataFrame, pairs: NDArray[np.intp]) -> None:
    """Refuse a flow that stands twice."""
    doubled = pd.Series(pairs).duplicated()
    if not doubled.any():
        return
    rows = flows.index[pairs == pairs[doubled.argmax()]]
    seller, buyer = (" ".join(flows.loc[rows[0], side]) for side in ("seller", "buyer"))
    said = f"expected each flow once, that from {seller} to {buyer} stands in rows {rows[0]} and {rows[1]}"
    raise GumError(f"{said}; delete one, or add them up", "table", file)
