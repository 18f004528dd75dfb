"""Regions and industries whose codes also name totals, as VA, GO and TLS do: rows, columns and numbers decide."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gumlib.errors import GumError
from gumlib.gvc.checks import SURE_TOTALS, TOTALS
from gumlib.gvc.table import Array
from gumlib.own.table.numerals import few

if TYPE_CHECKING:
    from gumlib.own.table.cells import Sales

Flags = NDArray[np.bool_]
_Pair = tuple[str, str]
LEFT = "of sums, taxes or value added left out"
"""What is said of rows and columns that hold no sales."""
_GAP = 0.01
"""Share of all by which sums that a publisher prints may be off."""


def namesakes(sold: Sequence[_Pair], bought: Sequence[_Pair]) -> set[_Pair]:
    """Return the labels that name totals, but whose region or industry has rows and columns as others have.

    Examples
    --------
    >>> sold = [("VA", "A"), ("CHN", "A"), ("CHN", "VA")]
    >>> sorted(namesakes(sold, [("VA", "A"), ("CHN", "A"), ("VA", "households")]))
    [('VA', 'A'), ('VA', 'households')]
    """
    there = {*sold, *bought}
    plain = [label for label in sold if not _named(label)]
    known = [{label[part] for label in plain} for part in (0, 1)]
    alike = set()
    for part, name in {one for label in there for one in _named(label)}:
        rows, columns = ([label for label in axis if _named(label) == [(part, name)]] for axis in (sold, bought))
        once = len(set(rows)) == len(rows) and len(set(columns)) == len(columns)
        if once and rows and set(rows) <= set(columns) and known[1 - part] & {label[1 - part] for label in rows}:
            alike.add((part, name))
    return {label for label in there if (names := _named(label)) and alike.issuperset(names)}


def regions_of(sold: Collection[_Pair]) -> set[str]:
    """Return the regions that name totals and sell what others sell."""
    codes = {label[1] for label in sold if not _named(label)}
    return {region for region, code in sold if code in codes and region}


def _named(label: _Pair) -> list[tuple[int, str]]:
    """Return the parts of the label of a region that name totals; a label without region has none."""
    if not all(label) or label[0] == label[1]:
        return []
    return [(part, name) for part, name in enumerate(label) if TOTALS.fullmatch(name)]


def without_namesakes(found: "Sales") -> "Sales":
    """Leave out labels that name totals where numbers say that they are; read others as regions and industries.

    Raises
    ------
    GumError : a name that is hardly one of a region or an industry has rows and columns that add up nothing
    """
    sold, bought = ([label for _, label in axis] for axis in (found.rows, found.columns))
    doubtful = namesakes(sold, bought)
    names = sorted({one for label in doubtful for one in _named(label)})
    inner = [np.array([label not in doubtful for label in axis], bool) for axis in (sold, bought)]
    kept = [np.ones(len(axis), bool) for axis in (sold, bought)]
    read = []
    for part, name in names:
        own = [np.array([(part, name) in _named(label) for label in axis], bool) for axis in (sold, bought)]
        if _adds_up(found.values, (sold, bought), own, inner, 1 - part):
            kept = [flags & ~mine for flags, mine in zip(kept, own, strict=True)]
        elif SURE_TOTALS.fullmatch(name):
            where = found.rows[int(own[0].argmax())][0]
            said = f"expected regions and industries, got {name} (row {where}), which adds up no others"
            cure = "rename it if it is a region or an industry, or delete its rows and columns"
            raise GumError(f"{said}; {cure}", "table", found.file)
        else:
            read.append(name)
    notes = [f"read as regions or industries, not as totals: {', '.join(read)}"] if read else []
    for axis, places, flags in zip(("rows", "columns"), (found.rows, found.columns), kept, strict=True):
        if not flags.all():
            left = [f"{place} ({' '.join(label)})" for place, label in compress(places, ~flags)]
            notes.append(f"{axis} {LEFT}: {few(left[:4], len(left))}")
    rows, columns = (list(compress(axis, flags)) for axis, flags in zip((found.rows, found.columns), kept, strict=True))
    return replace(found, rows=rows, columns=columns, values=found.values[np.ix_(*kept)], notes=[*found.notes, *notes])


def _adds_up(
    values: Array, labels: tuple[list[_Pair], list[_Pair]], own: list[Flags], inner: list[Flags], side: int
) -> bool:
    """Tell whether rows or columns of a name are noughts, or add up those of the others."""
    sold, bought = labels
    if not values[:, own[1]].any():
        return True
    industries = set(compress(sold, inner[0]))
    sells = np.array([label in industries for label in bought], bool)
    groups = [[label[side] for label in axis] for axis in labels]
    for members in (inner[1], sells, inner[1] & ~sells):
        if _grouped(values[inner[0]].T, groups[1], own[1], members):
            return True
    if _grouped(values[:, inner[1]], groups[0], own[0], inner[0]):
        return True
    place = {label: number for number, label in enumerate(bought)}
    paired = np.array([number for number in np.flatnonzero(inner[0]) if sold[number] in place], int)
    within = np.array([place[sold[number]] for number in paired], int)
    output = values[:, inner[1]].sum(axis=1)
    bill, paid = (values[flags][:, within].sum(axis=0) for flags in (inner[0], own[0]))
    made = values[inner[0]][:, own[1]].sum(axis=1)
    return any(_same(paid, one) for one in (bill, output[paired], output[paired] - bill)) or _same(
        made, output[inner[0]]
    )


def _grouped(lines: Array, groups: list[str], own: Flags, members: Flags) -> bool:
    """Tell whether each line of its own adds up the members of its group."""
    flags = [members & np.array([group == one for group in groups], bool) for one in compress(groups, own)]
    sums = np.array([lines[among].sum(axis=0) for among in flags])
    return _same(lines[own], sums)


def _same(one: Array, other: Array) -> bool:
    return bool(other.any() and np.abs(one - other).sum() <= _GAP * np.abs(other).sum())
