"""Numbers with their labels: from frames to the arrays of a table, and back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from gumlib.errors import GumError
from gumlib.gvc import checks

if TYPE_CHECKING:
    from gumlib.gvc.table import Array, IOTable

_Pairs = tuple[Sequence[str], Sequence[str]]


def placed(values: ArrayLike | pd.DataFrame, rows: _Pairs, columns: _Pairs, name: str) -> Array:
    """Return the numbers of an array or a frame in the order of codes; labels of a frame decide, where it has any.

    Parameters
    ----------
    rows, columns : two lists of codes each; a label is a pair of them, in either order, or both in one text with a
        character between, or one code where the other list has one only

    Raises
    ------
    GumError : labels are other ones, or stand twice; what is no number
    """
    found = checks.floats(values, name)
    if isinstance(values, pd.DataFrame):
        for axis, (labels, codes) in enumerate(((values.index, rows), (values.columns, columns))):
            if not _bare(labels):
                found = found.take(_order(labels, codes, name), axis=axis)
    return found


def _bare(labels: pd.Index) -> bool:
    """Tell whether labels are numbers that only count."""
    return labels.nlevels == 1 and labels.dtype.kind in "iu"


def same_rows(flows: ArrayLike | pd.DataFrame, uses: ArrayLike | pd.DataFrame, rows: _Pairs) -> None:
    """Refuse bare numbers beside a frame whose labels stand in another order than the codes.

    Raises
    ------
    GumError : in which order the rows without labels stand cannot be known
    """
    for one, other, name in ((flows, uses, "final"), (uses, flows, "intermediates")):
        bare = not isinstance(other, pd.DataFrame) or _bare(other.index)
        if not bare or not isinstance(one, pd.DataFrame) or _bare(one.index):
            continue
        if (np.diff(_order(one.index, rows, name)) != 1).any():
            said = "expected labels on all rows, for those that have some stand in another order than the codes"
            raise GumError(f"{said}; pass a frame with labels here too", "gvc", name)


def _order(labels: pd.Index, codes: _Pairs, name: str) -> NDArray[np.intp]:
    """Return where the label of each pair of codes stands."""
    known = list(labels)
    if len(set(known)) < len(known):
        raise GumError(f"expected each label once, got {labels[labels.duplicated()][0]!r} twice", "gvc", name)
    pairs = list(product(*codes))
    best: list[Any] = []
    for wanted in _spellings(pairs, labels.names, codes):
        if set(wanted) == set(known):
            place = {label: number for number, label in enumerate(known)}
            return np.array([place[label] for label in wanted], dtype=np.intp)
        best = max(best, wanted, key=lambda some: len(set(some).intersection(known)))
    odd = next(iter([label for label in known if label not in set(best)] or [f"no {min(set(best) - set(known))!r}"]))
    said = f"expected labels such as {pairs[0]}, one for each of {len(pairs)} pairs of codes, got {odd!r}"
    raise GumError(f"{said}; mend the labels, or pass bare numbers in the order of the codes", "gvc", name)


def _spellings(pairs: list[tuple[str, str]], names: Sequence[Any], codes: _Pairs) -> Iterable[list[Any]]:
    """Yield the labels that pairs of codes may have, the likeliest first."""
    swapped = [(second, first) for first, second in pairs]
    yield from (swapped, pairs) if list(names)[-1:] == ["region"] else (pairs, swapped)
    for between in ("_", ".", " ", "-", ":", "|", ""):
        yield [f"{first}{between}{second}" for first, second in pairs]
        yield [f"{second}{between}{first}" for first, second in pairs]
    for single, place in ((codes[1], 0), (codes[0], 1)):
        if len(single) == 1:
            yield [pair[place] for pair in pairs]


def filled(frame: pd.DataFrame, categories: Sequence[str]) -> tuple[Array, Array, list[str], list[str]]:
    """Return intermediates, final uses, regions and industries of a tidy frame.

    Raises
    ------
    GumError : as `IOTable.from_frame`
    """
    checks.flows(frame, categories)
    value = checks.floats(frame["value"], "value")
    if np.isnan(value).any():
        raise GumError(f"expected a value in each row, row {np.isnan(value).argmax()} has none", "gvc", "value")
    regions = list(dict.fromkeys([*frame["region"].unique(), *frame["to_region"].unique()]))
    industries = list(frame["industry"].unique())
    buyers = [*industries, *categories]
    place = {"region": regions, "industry": industries, "to_region": regions, "to": buyers}
    seller, sold, buyer, use = (pd.Index(codes).get_indexer(frame[key]) for key, codes in place.items())
    own, rows, uses = len(industries), len(regions) * len(industries), len(categories)
    row = seller * own + sold
    column = np.where(use < own, buyer * own + use, rows + buyer * uses + use - own)
    values = np.zeros((rows, rows + len(regions) * uses))
    values[row, column] = value
    return values[:, :rows], values[:, rows:], regions, industries


def of_system(system: Any) -> tuple[pd.DataFrame, pd.DataFrame, list[str], list[str], list[str]]:
    """Return flows, final uses, regions, industries and categories of a system of pymrio, pairs made complete.

    Raises
    ------
    GumError : as `IOTable.from_pymrio`
    """
    flows, uses = (getattr(system, name, None) for name in ("Z", "Y"))
    if flows is None or uses is None:
        said = "expected a system of pymrio with flows Z and final uses Y, got none of them"
        raise GumError(f"{said}; run its calc_all() first", "gvc", "system")
    for name, frame in (("Z", flows), ("Y", uses)):
        if frame.index.nlevels != 2 or frame.columns.nlevels != 2:
            said = f"expected two levels of labels on {name}, region and sector or category"
            raise GumError(f"{said}, got {frame.index.nlevels} and {frame.columns.nlevels}; add them", "gvc", name)
        for labels, side in ((frame.index, "row"), (frame.columns, "column")):
            if labels.has_duplicates:
                twice = " ".join(map(str, labels[labels.duplicated()][0]))
                raise GumError(f"expected each label once, got {twice} twice; drop a {side}", "gvc", name)
    for name, rows, other in (("Z", flows.index, "columns"), ("Z", flows.columns, "rows"), ("Y", uses.index, "rows")):
        wanted = flows.columns if other == "columns" else flows.index
        if len(lone := wanted.difference(rows)):
            absent = f"expected in {name} what stands in the {other} of Z, {' '.join(map(str, lone[0]))} is not there"
            raise GumError(f"{absent}; add it, as noughts if it is none", "gvc", name)
    sellers, users = (dict.fromkeys(axis.get_level_values(0)) for axis in (flows.index, uses.columns))
    strange, silent = ([str(one) for one in two if one not in other]
                       for two, other in ((users, sellers), (sellers, users)))  # fmt: skip
    if strange and silent:
        said = f"expected final uses of the regions that sell, got none of {silent[0]} and some of {strange[0]}"
        raise GumError(f"{said}; write each region in one way", "gvc", "Y")
    regions = [*(sellers | users)]
    industries, categories = (list(dict.fromkeys(axis.get_level_values(1))) for axis in (flows.index, uses.columns))
    rows, columns = (pd.MultiIndex.from_product([regions, codes]) for codes in (industries, categories))
    whole = flows.reindex(index=rows, columns=rows, fill_value=0.0)
    return whole, uses.reindex(index=rows, columns=columns, fill_value=0.0), regions, industries, categories


def of_table(table: IOTable) -> pd.DataFrame:
    """Return the flows of a table as `IOTable.to_frame` does."""
    rows, uses = len(table.index), len(table.categories)
    values = table.sales
    shown = values != 0
    silent = np.flatnonzero(~shown.any(axis=1))
    shown[silent, rows + silent // len(table.industries) * uses] = True
    seller, buyer = np.nonzero(shown)
    pairs = [*product(table.regions, table.industries)], [*product(table.regions, table.categories)]
    labels = [pd.Index([pair[part] for pair in both]) for both in (pairs[0], pairs[0] + pairs[1]) for part in (0, 1)]
    taken = zip(checks.KEYS, labels, (seller, seller, buyer, buyer), strict=True)
    columns: dict[str, Any] = {key: codes.take(place) for key, codes, place in taken}
    return pd.DataFrame(columns | {"value": values[seller, buyer]})
