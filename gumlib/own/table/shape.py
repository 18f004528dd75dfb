"""What is odd in who sells to whom: a region with two names, or supply and use side by side."""

from collections import deque
from collections.abc import Iterator
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from gumlib.gvc import accounts
from gumlib.gvc.table import IOTable
from gumlib.own.table.numerals import few

Flags = NDArray[np.bool_]
_FEW = 4
"""Numbers below nought, from which on a column of them is no chance."""
_SOME = 0.01
"""Share of all final use, from which on it is no discrepancy."""
_LARGE = 0.05
"""Share of what a region uses, from which on it is no drawing down of stocks."""


def oddities(table: IOTable) -> list[str]:
    """Say what is odd in who sells to whom."""
    looks = _two_names, _misspelt, _taken_off, _without_imports, _supply_and_use
    return [text for look in looks for text in look(table)]


def _two_names(table: IOTable) -> list[str]:
    """Tell of regions that sell and use nothing finally, where others use and sell nothing."""
    uses = dict.fromkeys(table.reporters, 0.0)
    sales = dict.fromkeys(table.reporters, 0.0)
    bought = np.abs(table.final).sum(axis=(0, 2))
    sold = (table.intermediates.sum(axis=1) + np.abs(table.final).sum(axis=(1, 2))).reshape(len(table.regions), -1)
    for home, use, sale in zip(table.homes, bought.tolist(), sold.sum(axis=1).tolist(), strict=True):
        uses[home] += use
        sales[home] += sale
    silent = [region for region in uses if uses[region] > 0 and not sales[region]]
    hungry = [region for region in uses if sales[region] > 0 and not uses[region]]
    if not hungry:
        return []
    said = f"regions sell and have no final use: {few(hungry[:3], len(hungry))}"
    beside = f"; others use and sell nothing: {few(silent[:3], len(silent))}: are they the same, named otherwise?"
    return [said + beside if silent else said]


def _misspelt(table: IOTable) -> Iterator[str]:
    """Tell of an industry or use of one region that lacks one of all others, and of a region with only those uses."""
    traded = table.intermediates.any(axis=0) | table.intermediates.any(axis=1) | table.final.any(axis=(1, 2))
    made: Flags = traded.reshape(len(table.regions), -1)
    used: Flags = np.asarray(table.final.any(axis=0))
    sells: Flags = np.asarray(made.any(axis=1))
    for region in np.flatnonzero(sells).tolist():
        name, others = table.regions[region], sells & (np.arange(len(sells)) != region)
        for codes, held in ((table.industries, made), (table.categories, used)):
            lacks, lone = _apart(held[region], held[others])
            if lacks.sum() == lone.sum() == 1:
                one, other = codes[lone.argmax()], codes[lacks.argmax()]
                if get_close_matches(one, [other]):
                    yield f"{name} alone has {one} and no {other}: are they the same, written otherwise?"
        lacks, _ = _apart(used[region], used[others])
        for silent in np.flatnonzero(~sells).tolist() if 0 < lacks.sum() < len(lacks) else ():
            if (used[silent] == lacks).all():
                told = f"{name} lacks the uses that {table.regions[silent]} alone has"
                yield f"{told}: are they the same, named otherwise?"


def _apart(own: Flags, others: Flags) -> tuple[Flags, Flags]:
    """Return what all others have and one lacks, and what it has and no other does."""
    lacks: Flags = others.all(axis=0) & ~own & bool(len(others))
    lone: Flags = own & ~others.any(axis=0)
    return lacks, lone


def _taken_off(table: IOTable) -> Iterator[str]:
    """Tell of uses that hold numbers below nought only, as imports do where flows include them."""
    held = np.count_nonzero(table.final, axis=0) >= _FEW
    least = _LARGE * np.abs(table.final).sum(axis=(0, 2))[:, None]
    for region, use in np.argwhere(held & (table.final.max(axis=0) <= 0) & (table.final.sum(axis=0) < -least)):
        name = f"{table.regions[region]} {table.categories[use]}"
        yield f"{name} holds numbers below nought only: are these imports, taken off?"


def _without_imports(table: IOTable) -> list[str]:
    """Tell of regions that take exports and sell nothing: rows of imports may have been left out."""
    least, bought = accounts.nought(table), accounts.final(table).sum(axis=0)
    most = _SOME * bought.sum()
    buyers = [
        region
        for region, rows, used in zip(table.reporters, accounts.blocks(table), bought.tolist(), strict=True)
        if used > most and np.abs(table.output[rows]).max() <= least
    ]
    if not buyers or not table.intermediates.any() or _two_names(table):
        return []
    said = f"regions buy and sell nothing: {few(buyers[:3], len(buyers))}"
    return [f"{said}: were imports from there left out? Then their value counts as added at home"]


def _supply_and_use(table: IOTable) -> list[str]:
    """Tell of rows that fall into two groups, each of which sells to the other alone, as products and industries do."""
    linked = table.intermediates > accounts.nought(table)
    linked |= linked.T
    if not linked.any() or np.diagonal(linked).any():
        return []
    side = np.zeros(len(linked), int)
    for start in np.flatnonzero(linked.any(axis=0)).tolist():
        if side[start] == 0 and not _parted(linked, side, start):
            return []
    groups = [
        [code for code, one in zip(table.index.get_level_values(1), side, strict=True) if one == s] for s in (1, -1)
    ]
    first, second = (list(dict.fromkeys(group)) for group in groups)
    if min(len(first), len(second)) < 2 or set(first) & set(second):
        return []
    said = f"{few(first[:3], len(first))} sell to {few(second[:3], len(second))} alone, and these to them"
    return [f"{said}: are these products and industries, and the table one of supply and use?"]


def _parted(linked: np.ndarray, side: np.ndarray, start: int) -> bool:
    """Write 1 and -1 beside rows in turn, from one on along its sales; tell whether that goes up."""
    side[start], waiting = 1, deque([start])
    while waiting:
        row = waiting.popleft()
        others = np.flatnonzero(linked[row])
        if (side[others] == side[row]).any():
            return False
        fresh = others[side[others] == 0]
        side[fresh] = -side[row]
        waiting.extend(fresh.tolist())
    return True
