"""Total exports in a column beside the buyers abroad to whom they go: each sale abroad would count twice."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from gumlib.errors import GumError
from gumlib.gvc.table import Array
from gumlib.own.table import rounding
from gumlib.own.table.cells import Sales

_ALIKE = 0.9999
"""Cosine from which on two columns are one flow in shares, of which any may add up."""


def refuse_total_exports(found: Sales) -> None:
    """Refuse a final use that holds what each row sells abroad in other columns: to industries, to uses, or to both.

    Raises
    ------
    GumError : names the column
    """
    codes = {code for _, (_, code) in found.rows}
    homes, buyers = (np.array([region for _, (region, _) in axis]) for axis in (found.rows, found.columns))
    used = np.array([code not in codes for _, (_, code) in found.columns])
    abroad = np.where(homes[:, None] != buyers, found.values, 0.0)
    step = rounding.rounding_step(found.values)
    most = int(np.count_nonzero(abroad, axis=1).max())
    for place, exports in _exports(abroad, used, buyers):
        column = found.values[:, place]
        if rounding.adds_up(column, exports, most, step) and _several(abroad, place, column):
            where, label = found.columns[place]
            said = f"expected each sale once, but column {where} ({' '.join(label).strip()})"
            more = "holds what others add up to, as total exports do; delete it, or those others"
            raise GumError(f"{said} {more}", "table", found.file)


def _exports(abroad: Array, used: NDArray[np.bool_], buyers: NDArray[np.str_]) -> Iterator[tuple[int, Array]]:
    """Yield each final use with what rows sell abroad: in all other columns, and in those of other regions."""
    bought, uses = (abroad[:, flags].sum(axis=1) for flags in (~used, used))
    for region in dict.fromkeys(buyers[used].tolist()):
        inside = buyers == region
        theirs, own = (abroad[:, flags & inside].sum(axis=1) for flags in (~used, used))
        for place in np.flatnonzero(used & inside).tolist():
            for one, two in ((bought, uses - abroad[:, place]), (bought - theirs, uses - own)):
                yield from ((place, one), (place, two), (place, one + two))


def _several(abroad: Array, place: int, column: Array) -> bool:
    """Tell whether rows sell to several others abroad, and not to all in the shares of a column."""
    others = np.delete(abroad, place, axis=1)
    others = others[:, others.any(axis=0)]
    alike = column @ others / np.linalg.norm(others, axis=0) / np.linalg.norm(column)
    return others.shape[1] > 1 and bool((alike < _ALIKE).any())
