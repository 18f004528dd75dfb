"""Regions and industries that are sums of others: a world or a union among its members counts all sales twice."""

from collections.abc import Sequence

import numpy as np

from gumlib.errors import GumError
from gumlib.gvc.table import Array, IOTable
from gumlib.own.table.numerals import few

_WIDE = 400
"""Columns that are looked at first; what adds up in them is looked at in all."""
_FEW = 4
"""Sales that differ, from which on sums are no chance."""
_GAP = 1e-4
"""Share of sales that rounding may take."""


def refuse_aggregates(table: IOTable, file: str) -> None:
    """Refuse a region or an industry whose sales are, buyer by buyer, those of several others together.

    Raises
    ------
    GumError : names it, and what it adds up
    """
    values = np.hstack([table.intermediates, table.final.reshape(len(table.index), -1)])
    cube = values.reshape(len(table.regions), len(table.industries), -1)
    for once, names, sales in (
        ("expected each region once", table.regions, cube),
        ("expected each industry once", table.industries, cube.swapaxes(0, 1)),
    ):
        if parts := _sum_of(names, sales):
            whole, *members = parts
            said = f"{once}, but {whole} sells what {few(members[:4], len(members))} sell together"
            raise GumError(f"{said}; delete its rows and columns, or those of its parts", "table", file)


def _sum_of(names: Sequence[str], sales: Array) -> list[str]:
    """Return the name of what is a sum of others, and their names; nothing where none is. Parts are smaller."""
    step = -(-sales.shape[2] // _WIDE)
    flat = sales[:, :, ::step].reshape(len(names), -1)
    held = np.flatnonzero(flat.any(axis=1))
    sized = flat[held] / np.linalg.norm(flat[held], axis=1)[:, None]
    if len(held) < 3 or np.linalg.svd(sized @ sized.T, compute_uv=False)[-1] > _GAP:
        return []
    size = np.abs(flat).sum(axis=1)
    for place in sorted(held.tolist(), key=size.__getitem__):
        others = held[size[held] < size[place]]
        weights = np.linalg.lstsq(flat[others].T, flat[place], rcond=None)[0]
        members = others[np.round(weights) == 1]
        if len(members) > 1 and _same(sales[place], sales[members].sum(axis=0)):
            return [names[place], *(names[member] for member in members)]
    return []


def _same(one: Array, other: Array) -> bool:
    """Tell whether sales are alike but for rounding, and of so many sizes that this is no chance."""
    return len(np.unique(one[one != 0])) >= _FEW and np.abs(one - other).sum() <= _GAP * np.abs(one).sum()
