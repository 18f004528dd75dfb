"""From labelled sales to a table: rows and columns may stand in any order, but each seller must buy."""

from collections.abc import Sequence
from itertools import compress

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gumlib.errors import GumError
from gumlib.gvc.checks import NOUGHT
from gumlib.gvc.table import IOTable
from gumlib.own.table.axes import check_whole
from gumlib.own.table.cells import Sales
from gumlib.own.table.layouts import Label
from gumlib.own.table.numerals import NUMERAL, few


def assembled(found: Sales) -> tuple[IOTable, list[str]]:
    """Return the table of the cells, and what was filled in. A column of no industry is a final use.

    Raises
    ------
    GumError : an industry buys and does not sell, or sells and does not buy, or sells less than nothing to another
    """
    for place, label in found.columns:
        check_whole("column", place, label, found.file)
    rows, columns = ([label for _, label in axis] for axis in (found.rows, found.columns))
    regions = list(dict.fromkeys(region for region, _ in [*rows, *columns]))
    industries = list(dict.fromkeys(code for _, code in rows))
    buys = np.array([code in industries for _, code in columns])
    categories = list(dict.fromkeys(code for (_, code), buyer in zip(columns, buys, strict=True) if not buyer))
    if not categories:
        raise GumError(f"expected columns of final use, got industries only; {_no_uses(found)}", "table", found.file)
    _in_order(found, buys)
    _paired(found, buys)
    _no_negative(found, buys)
    sellers, users = (pd.MultiIndex.from_product([regions, codes]) for codes in (industries, categories))
    flows, final = np.zeros((len(sellers), len(sellers))), np.zeros((len(sellers), len(users)))
    used, bought = ([columns[place] for place in np.flatnonzero(flags)] for flags in (~buys, buys))
    flows[np.ix_(_places(sellers, rows), _places(sellers, bought))] = found.values[:, buys]
    final[np.ix_(_places(sellers, rows), _places(users, used))] = found.values[:, ~buys]
    notes = [
        f"{what} not in the file, taken as nought: {few([' '.join(label) for label in absent[:4]], len(absent))}"
        for what, absent in (("industries", sellers.difference(rows)), ("final uses", users.difference(used)))
        if len(absent)
    ]
    uses = final.reshape(len(sellers), len(regions), len(categories))
    return IOTable(flows, uses, tuple(regions), tuple(industries), tuple(categories)), notes


def _no_uses(found: Sales) -> str:
    """Say what to do where no column is a final use: its code may be an industry's, or rows may be those that buy."""
    first = found.rows[0][1]
    if all(NUMERAL.fullmatch(code) for _, (_, code) in found.rows) and not NUMERAL.fullmatch(first[0]):
        return f"if {first[1]} is a region and {first[0]} an industry, write regions in letters, such as CHN"
    bought, sold = ({label for _, label in axis} for axis in (found.columns, found.rows))
    if strange := [(place, " ".join(label)) for place, label in found.columns if label not in sold]:
        place, label = strange[0]
        return f"if {label} in column {place} is one, give it a code that no industry has, and a region"
    lone = next((" ".join(label) for _, label in found.rows if label not in bought), None)
    return "add them" if lone is None else f"add them, or transpose the table if its rows buy, as {lone} does"


def _in_order(found: Sales, buys: NDArray[np.bool_]) -> None:
    """Refuse a final use whose region and code have changed places, and uses of which none is of a seller."""
    sellers, users = (
        dict.fromkeys(region for _, (region, _) in axis) for axis in (found.rows, compress(found.columns, ~buys))
    )
    for place, (region, code) in compress(found.columns, ~buys):
        if code in sellers and region not in sellers:
            said = f"expected a region and a use, got {region} and {code} (column {place})"
            raise GumError(f"{said}; write the region where those of industries stand", "table", found.file)
    if not any(region in sellers for region in users):
        shown, got = (few([*names][:3], len(names)) for names in (sellers, users))
        said = f"expected final uses of regions that sell, such as {shown}, got those of {got} alone"
        raise GumError(f"{said}; write above each use the region that buys, as beside rows", "table", found.file)


def _places(among: pd.MultiIndex, labels: Sequence[Label]) -> NDArray[np.intp]:
    places: NDArray[np.intp] = among.get_indexer(pd.MultiIndex.from_tuples(labels))
    return places


def _paired(found: Sales, buys: NDArray[np.bool_]) -> None:
    """Refuse an industry that has a row or a column only."""
    bought = [pair for pair, buyer in zip(found.columns, buys, strict=True) if buyer]
    for own, other, mine, theirs in (("row", "column", found.rows, bought), ("column", "row", bought, found.rows)):
        there = {label for _, label in theirs}
        if lone := [(place, label) for place, label in mine if label not in there]:
            place, label = lone[0]
            said = f"expected a {other} for each industry, {' '.join(label)} ({own} {place}) has none"
            more = f", nor have {len(lone) - 1} more" if len(lone) > 1 else ""
            cure = f"add it, correct the label, or delete the {own} if it holds no sales"
            if own == "row" and not found.values[found.rows.index(lone[0])][~buys].any():
                cure = "delete the row if it is value added, taxes or a note"
                cure += "; if it is an industry, add it, or correct the label"
            raise GumError(f"{said}{more}; {cure}", "table", found.file)


def _no_negative(found: Sales, buys: NDArray[np.bool_]) -> None:
    """Refuse a negative sale to an industry that is more than a rest of rounding."""
    sales = found.values[:, buys]
    if sales.size and sales.min() < -NOUGHT * np.abs(found.values).max():
        row, column = divmod(int(sales.argmin()), sales.shape[1])
        place = f"{found.columns[np.flatnonzero(buys)[column]][0]}{found.rows[row][0]}"
        many = f"in {place}, {int((sales < 0).sum())} in all"
        said = f"expected sales of nought or more to industries, got {sales.min():g} ({many})"
        raise GumError(f"{said}; book them as a final use", "table", found.file)
