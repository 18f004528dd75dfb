"""The arrays that every measure of the chain is made of, each computed once a table.

n rows (region x industry), R reporting regions; where no region is part of another, these are all regions. An
industry without output has input coefficients of nought; what it buys all the same counts as final use of its
region, and what it sells from stock as its own value. So supply equals use, and the value in each unit of output
adds up to one, to the last digit.

A sum is nought when it is smaller than `NOUGHT` times the largest row of the table, all its flows taken as positive:
sums of flows that cancel leave a rest of that size, and it is no output.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from gumlib.errors import GumError
from gumlib.gvc.checks import NOUGHT
from gumlib.gvc.inverse import NearSingularError, inverse_of
from gumlib.gvc.table import Array, IOTable

Kept = TypeVar("Kept")
_Flags: TypeAlias = NDArray[np.bool_]
_ARRAYS: WeakKeyDictionary[IOTable, dict[str, Any]] = WeakKeyDictionary()
"""What was computed of each table, as long as the table is in use."""


def kept(function: Callable[[IOTable], Kept]) -> Callable[[IOTable], Kept]:
    """Compute an array, or some, once a table and keep it, read only, beside the table."""

    @wraps(function)
    def once(table: IOTable) -> Kept:
        arrays = _ARRAYS.setdefault(table, {})
        if function.__name__ not in arrays:
            found = function(table)
            for array in found if isinstance(found, tuple) else (found,):
                if isinstance(array, np.ndarray):
                    array.setflags(write=False)
            arrays[function.__name__] = found
        again: Kept = arrays[function.__name__]
        return again

    return once


def ratio(over: Array, under: Array, defined: _Flags, otherwise: float = np.nan) -> Array:
    """Divide where the quotient is defined."""
    empty = np.full(np.broadcast(over, under).shape, otherwise)
    quotient: Array = np.divide(over, under, out=empty, where=defined)
    return quotient


@kept
def nought(table: IOTable) -> float:
    """Return what is nought in this table, in its currency."""
    rows = table.intermediates.sum(axis=1) + np.abs(table.final).sum(axis=(1, 2))
    return float(NOUGHT * rows.max())


def blocks(table: IOTable) -> list[slice]:
    """Rows of each reporting region."""
    size = len(table.industries)
    ends = np.cumsum([size * table.homes.count(home) for home in table.reporters]).tolist()
    return [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def own(table: IOTable, by_region: Array) -> Array:
    """Of an array (n, R), take for each row the column of the row's own region."""
    return np.concatenate([by_region[rows, region] for region, rows in enumerate(blocks(table))])


@kept
def output(table: IOTable) -> Array:
    """x, (n,)."""
    return table.output.copy()


def _idle(table: IOTable) -> _Flags:
    """Rows without output, (n,)."""
    without: _Flags = np.abs(output(table)) <= nought(table)
    return without


@kept
def final(table: IOTable) -> Array:
    """Y, (n, R): final use by region, with what industries without output buy."""
    none = _idle(table)
    starts = [table.homes.index(home) for home in table.reporters]
    use: Array = np.add.reduceat(table.final.sum(axis=2), starts, axis=1)
    for region, rows in enumerate(blocks(table)):
        if none[rows].any():
            use[:, region] += table.intermediates[:, rows][:, none[rows]].sum(axis=1)
    return use


@kept
def made(table: IOTable) -> Array:
    """Final output, (n,): what a row sells to final users anywhere."""
    everywhere: Array = final(table).sum(axis=1)
    return everywhere


@kept
def coefficients(table: IOTable) -> Array:
    """A, (n, n): input of row i in one unit of output of column j."""
    x = output(table)
    return table.intermediates * ratio(np.ones_like(x), x, ~_idle(table), otherwise=0.0)


@kept
def value_share(table: IOTable) -> Array:
    """v, (n,): value added in one unit of output; one where there is no output, for sales are from stock."""
    x = output(table)
    return ratio(x - table.intermediates.sum(axis=0), x, ~_idle(table), otherwise=1.0)


@kept
def inverse(table: IOTable) -> Array:
    """B = (I - A)^-1, (n, n).

    Raises
    ------
    GumError : rows sell to each other and next to nothing leaves them, so that there is no inverse
    """
    return _inverse(table, slice(0, len(table.index)))


@kept
def domestic_inverse(table: IOTable) -> tuple[Array, ...]:
    """L = (I - A_ss)^-1 of each region.

    Raises
    ------
    GumError : as `inverse`
    """
    return tuple(_inverse(table, rows) for rows in blocks(table))


def _inverse(table: IOTable, rows: slice) -> Array:
    try:
        return inverse_of(coefficients(table)[rows, rows])
    except NearSingularError as fault:
        named = ", ".join(str(table.index[rows.start + row]) for row in fault.rows[:5])
        more = f" and {len(fault.rows) - 5} more" if len(fault.rows) > 5 else ""
        said = "expected value added in every loop of sales, got next to none, so that I - A has no inverse"
        raise GumError(f"{said}, in {named}{more}; mend what they sell and buy", "gvc", "intermediates") from fault


@kept
def exports(table: IOTable) -> Array:
    """e, (n,): sales to other regions, for use as input or finally."""
    uses = table.final.sum(axis=2)
    size, abroad = len(table.industries), np.zeros(len(uses))
    for rows in blocks(table):
        for flows, home in ((table.intermediates, rows), (uses, slice(rows.start // size, rows.stop // size))):
            abroad[rows] += flows[rows, : home.start].sum(axis=1) + flows[rows, home.stop :].sum(axis=1)
    return abroad


@kept
def embodied(table: IOTable) -> Array:
    """V B, (R, n): value added of each region in one unit of output of column j; columns sum to one."""
    v, b = value_share(table), inverse(table)
    return np.stack([v[rows] @ b[rows] for rows in blocks(table)])


@kept
def domestic_content(table: IOTable) -> Array:
    """v_s B_ss, (n,): value added of the own region in one unit of output, however often it crossed a border."""
    return own(table, embodied(table).T)


@kept
def foreign_content(table: IOTable) -> Array:
    """Value added of all other regions in one unit of output, (n,)."""
    abroad: Array = embodied(table).sum(axis=0) - domestic_content(table)
    return abroad


@kept
def domestic_value(table: IOTable) -> Array:
    """v_s L_ss, (n,): value added of the own region in one unit of output that never left it before."""
    v = value_share(table)
    return np.concatenate([v[rows] @ home for rows, home in zip(blocks(table), domestic_inverse(table), strict=True)])


@kept
def output_for(table: IOTable) -> Array:
    """B Y, (n, R): output that the final use of each region calls forth; rows sum to x."""
    return inverse(table) @ final(table)


@kept
def output_for_own_goods(table: IOTable) -> Array:
    """B_rs Y_ss, (n, R): output called forth by each region's use of its own final goods."""
    b, home = inverse(table), own(table, final(table))
    return np.stack([b[:, rows] @ home[rows] for rows in blocks(table)], axis=1)


@kept
def absorbed(table: IOTable) -> Array:
    """Y_sr + A_sr L_rr Y_rr over r ≠ s, (n,): exports that the importer absorbs."""
    home = own(table, final(table))
    taken: Array = made(table) - home + sold_abroad(table, home_output(table, home))
    return taken


def sold_abroad(table: IOTable, output_abroad: Array) -> Array:
    """Σ A_sr z_r over r ≠ s, (n,) or (n, R): intermediate exports that a given output of others takes.

    `output_abroad` is (n,), the same for every seller, or (n, R), one column for each selling region.
    """
    a = coefficients(table)
    everywhere = output_abroad.ndim == 1
    total: Array = a @ output_abroad
    parts = []
    for region, rows in enumerate(blocks(table)):
        z = output_abroad if everywhere else output_abroad[:, region]
        all_sales = total[rows] if everywhere else total[rows, region]
        parts.append(all_sales - a[rows, rows] @ z[rows])
    return np.concatenate(parts)


def home_output(table: IOTable, demand: Array) -> Array:
    """L_rr d_r of each region, (n,): output that a demand calls forth inside the region that meets it."""
    homes = zip(blocks(table), domestic_inverse(table), strict=True)
    return np.concatenate([home @ demand[rows] for rows, home in homes])
