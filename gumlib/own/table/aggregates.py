"""Regions, industries and uses that repeat or add up others: a world among its members counts all sales twice."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from gumlib.errors import GumError
from gumlib.gvc.table import Array, IOTable
from gumlib.own.table import rounding
from gumlib.own.table.numerals import few

_WIDE = 400
"""Columns that are looked at first; what adds up in them is looked at in all."""
_GAP = 1e-4
"""Share of sales that rounding may take."""


def refuse_aggregates(table: IOTable, file: str) -> None:
    """Refuse a region or an industry that sells or buys what another does, or several others together; and uses alike.

    Raises
    ------
    GumError : names it, and what it adds up or repeats
    """
    regions, industries = len(table.regions), len(table.industries)
    uses = table.final.reshape(len(table.index), -1)
    cube = table.sales.reshape(regions, industries, -1)
    bought = table.intermediates.T.reshape(regions, industries, -1)
    used = table.final.transpose(1, 2, 0)
    for once, names, flows, sold in (
        ("expected each region once", table.regions, cube, True),
        ("expected each industry once", table.industries, cube.swapaxes(0, 1), True),
        ("expected each region once", table.regions, np.concatenate([bought, used], axis=1), False),
        ("expected each industry once", table.industries, bought.swapaxes(0, 1), False),
    ):
        if twins := _twins(names, flows.reshape(len(names), -1)):
            both = " and ".join(twins)
            said = f"{once}, but {both} sell the same" if sold else f"{once}, but {both} buy the same"
            raise GumError(f"{said}; delete the rows and columns of one", "table", file)
        if parts := sum_of(names, flows):
            whole, *members = parts
            shown = few(members[:4], len(members))
            sells = f"{once}, but {whole} sells what {shown} sell together"
            said = sells if sold else f"{once}, but {whole} buys what {shown} buy together"
            raise GumError(f"{said}; delete its rows and columns, or those of its parts", "table", file)
    labels = [f"{region} {use}" for region in table.regions for use in table.categories]
    if twins := _twins(labels, uses.T) or _nearly(table):
        said = f"expected each final use once, but {twins[0]} and {twins[1]} hold the same numbers"
        raise GumError(f"{said}; delete one of the two columns", "table", file)


def pasted(table: IOTable) -> Iterator[str]:
    """Tell of two industries that sell or buy the same to the last figure, wherever they stand."""
    labels = [" ".join(label) for label in table.index]
    if twins := _twins(labels, table.sales):
        yield f"{' and '.join(twins)} sell the same: was one copied over the other?"
    if twins := _twins(labels, table.intermediates.T):
        yield f"{' and '.join(twins)} buy the same: was one copied over the other?"


def _nearly(table: IOTable) -> list[str]:
    """Return two uses of one region of which one is the other rounded."""
    for place, region in enumerate(table.regions):
        for one, other in combinations(range(len(table.categories)), 2):
            first, second = table.final[:, place, one], table.final[:, place, other]
            step = max(rounding.rounding_step(first), rounding.rounding_step(second))
            if np.abs(first - second).max() <= 0.501 * step and rounding.no_chance(first):
                return [f"{region} {table.categories[use]}" for use in (one, other)]
    return []


def _twins(names: Sequence[str], flows: Array) -> list[str]:
    """Return two names whose flows are the same, of so many sizes that this is no chance; nothing where none are."""
    first: dict[int, str] = {}
    for name, row in zip(names, flows, strict=True):
        if (twin := first.setdefault(hash(row.tobytes()), name)) != name and rounding.no_chance(row):
            return [twin, name]
    return []


def sum_of(names: Sequence[str], flows: Array, few: bool = False) -> list[str]:
    """Return the name of what is a sum of others, and their names; nothing where none is.

    Parts that are one flow in shares are passed over, as any shares may add up.
    """
    apart = -(-flows.shape[2] // _WIDE)
    flat = flows[:, :, ::apart].reshape(len(names), -1)
    held = np.flatnonzero(flat.any(axis=1))
    sized = flat[held] / np.linalg.norm(flat[held], axis=1)[:, None]
    if len(held) < 3 or np.linalg.svd(sized @ sized.T, compute_uv=False)[-1] > _GAP:
        return []
    size, step = np.abs(flat).sum(axis=1), rounding.rounding_step(flows)
    for place in sorted(held.tolist(), key=size.__getitem__):
        for members in _members(flat, held, size, place):
            whole = flows[members].sum(axis=0)
            if len(members) < 2 or _shares(flat[members]):
                continue
            if rounding.adds_up(flows[place], whole, len(members), step, few):
                return [names[place], *(names[member] for member in members)]
    return []


def _members(flat: Array, held: NDArray[np.intp], size: Array, place: int) -> Iterator[NDArray[np.intp]]:
    """Yield what may add up to one: of the smaller; of all where some lie below nought, which makes a sum small."""
    smaller, below = held[size[held] < size[place]], flat[held].sum(axis=1) < size[held] / 2
    for others in (smaller, held[held != place]) if below.any() else (smaller,):
        weights = np.linalg.lstsq(flat[others].T, flat[place], rcond=None)[0]
        yield others[np.round(weights) == 1]
        yield others


def _shares(parts: Array) -> bool:
    """Tell whether flows are alike in all but size."""
    sized = parts / np.linalg.norm(parts, axis=1)[:, None]
    return bool(np.abs(sized - sized[0]).max() <= _GAP)
