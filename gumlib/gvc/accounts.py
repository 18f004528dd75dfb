"""The arrays that every measure of the chain is made of, each computed once a table.

n rows (region x industry), R regions. An industry without output has input coefficients of nought; what it
buys all the same counts as final use of its region, and what it sells from stock as its own value. So supply
equals use, and the value in each unit of output adds up to one, to the last digit.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import numpy as np

from gumlib.gvc.inverse import inverse_of
from gumlib.gvc.table import Floats, IOTable


def kept(function: Callable[[IOTable], Floats]) -> Callable[[IOTable], Floats]:
    """Compute an array once a table and keep it, read only, with the table."""

    @wraps(function)
    def once(table: IOTable) -> Floats:
        if function.__name__ not in table.kept:
            array = function(table)
            array.setflags(write=False)
            table.kept[function.__name__] = array
        found: Floats = table.kept[function.__name__]
        return found

    return once


def ratio(over: Floats, under: Floats, otherwise: float = np.nan) -> Floats:
    """Divide where the divisor is not nought."""
    quotient: Floats = np.divide(over, under, out=np.full(np.broadcast(over, under).shape, otherwise), where=under != 0)
    return quotient


def blocks(table: IOTable) -> list[slice]:
    """Rows of each region."""
    size = len(table.industries)
    return [slice(start, start + size) for start in range(0, len(table.regions) * size, size)]


def own(table: IOTable, by_region: Floats) -> Floats:
    """Of an array (n, R), take for each row the column of the row's own region."""
    count, size = len(table.regions), len(table.industries)
    picked: Floats = by_region.reshape(count, size, count)[np.arange(count), :, np.arange(count)].ravel()
    return picked


@kept
def output(table: IOTable) -> Floats:
    """x, (n,)."""
    return table.output.copy()


@kept
def final(table: IOTable) -> Floats:
    """Y, (n, R): final use by region, with what industries without output buy."""
    idle = output(table) == 0
    use: Floats = table.final.sum(axis=2)
    for region, rows in enumerate(blocks(table)):
        if idle[rows].any():
            use[:, region] += table.intermediates[:, rows][:, idle[rows]].sum(axis=1)
    return use


@kept
def coefficients(table: IOTable) -> Floats:
    """A, (n, n): input of row i in one unit of output of column j."""
    x = output(table)
    return table.intermediates * ratio(np.ones_like(x), x, otherwise=0.0)


@kept
def value_share(table: IOTable) -> Floats:
    """v, (n,): value added in one unit of output; one where there is no output, for sales are from stock."""
    x = output(table)
    return ratio(x - table.intermediates.sum(axis=0), x, otherwise=1.0)


@kept
def inverse(table: IOTable) -> Floats:
    """B = (I - A)^-1, (n, n)."""
    return inverse_of(coefficients(table))


@kept
def domestic_inverse(table: IOTable) -> Floats:
    """L = (I - A_ss)^-1 of each region, (R, industries, industries)."""
    a = coefficients(table)
    home = np.stack([a[rows, rows] for rows in blocks(table)])
    blockwise: Floats = np.linalg.inv(np.eye(len(table.industries)) - home).astype(np.float64, copy=False)
    return blockwise


@kept
def exports(table: IOTable) -> Floats:
    """e, (n,): sales to other regions, for use as input or finally."""
    flows = np.hstack([table.intermediates, table.final.sum(axis=2)])
    for region, rows in enumerate(blocks(table)):
        flows[rows, rows] = 0.0
        flows[rows, len(flows) + region] = 0.0
    abroad: Floats = flows.sum(axis=1)
    return abroad


@kept
def embodied(table: IOTable) -> Floats:
    """V B, (R, n): value added of each region in one unit of output of column j; columns sum to one."""
    v, b = value_share(table), inverse(table)
    return np.stack([v[rows] @ b[rows] for rows in blocks(table)])


@kept
def domestic_content(table: IOTable) -> Floats:
    """v_s B_ss, (n,): value added of the own region in one unit of output, however often it crossed a border."""
    return own(table, embodied(table).T)


@kept
def foreign_content(table: IOTable) -> Floats:
    """Value added of all other regions in one unit of output, (n,)."""
    abroad: Floats = embodied(table).sum(axis=0) - domestic_content(table)
    return abroad


@kept
def domestic_value(table: IOTable) -> Floats:
    """v_s L_ss, (n,): value added of the own region in one unit of output that never left it before."""
    v = value_share(table).reshape(len(table.regions), 1, -1)
    return (v @ domestic_inverse(table)).ravel()


@kept
def output_for(table: IOTable) -> Floats:
    """B Y, (n, R): output that the final use of each region calls forth; rows sum to x."""
    return inverse(table) @ final(table)


@kept
def output_for_own_goods(table: IOTable) -> Floats:
    """B_rs Y_ss, (n, R): output called forth by each region's use of its own final goods."""
    b, home = inverse(table), own(table, final(table))
    return np.stack([b[:, rows] @ home[rows] for rows in blocks(table)], axis=1)


def sold_abroad(table: IOTable, output_abroad: Floats) -> Floats:
    """Σ A_sr z_r over r ≠ s, (n,) or (n, R): intermediate exports that a given output of others takes.

    `output_abroad` is (n,), the same for every seller, or (n, R), one column for each selling region.
    """
    a = coefficients(table)
    everywhere = output_abroad.ndim == 1
    total: Floats = a @ output_abroad
    parts = []
    for region, rows in enumerate(blocks(table)):
        z = output_abroad if everywhere else output_abroad[:, region]
        all_sales = total[rows] if everywhere else total[rows, region]
        parts.append(all_sales - a[rows, rows] @ z[rows])
    return np.concatenate(parts)


def home_output(table: IOTable, demand: Floats) -> Floats:
    """L_rr d_r of each region, (n,): output that a demand calls forth inside the region that meets it."""
    by_region = demand.reshape(len(table.regions), -1, 1)
    return (domestic_inverse(table) @ by_region).ravel()
