"""Whether there are enough base points: the indices at a quarter, a half and all of them."""

from __future__ import annotations

import pandas as pd

from gumlib.data import sorting
from gumlib.dynamics.ensemble.sobol import ORDERS, Responses, sobol_indices
from gumlib.errors import GumError

_TOLERANCE = 0.05
"""Half-width of the interval of the largest index above which there are too few base points (ours)."""
_LEAST = 16


def convergence(found: Responses, tolerance: float = _TOLERANCE) -> pd.DataFrame:
    """Return the largest first and total index at N/4, N/2 and N base points of the same design.

    Settled at some number of base points: the half-width of the 95 % interval is within the
    tolerance. The parameter is the one with the largest index at N.

    Returns
    -------
    Frame: bases, order, parameter, index, low, high, half_width, settled.

    Raises
    ------
    GumError : fewer than 16 base points, or a tolerance that is not above zero
    """
    if len(found.values) < _LEAST or not tolerance > 0:
        raise GumError(f"expected {_LEAST} base points or more, and a tolerance above zero", "ensemble", "convergence")
    tables = history(found)
    last = tables[tables["bases"] == len(found.values)]
    rows = []
    for order in ORDERS:
        of_order = last[last["order"] == order]
        largest = sorting.largest(of_order.set_index("parameter")["index"])
        rows.append(tables[(tables["order"] == order) & (tables["parameter"] == largest)])
    shown = pd.concat(rows, ignore_index=True)[["bases", "order", "parameter", "index", "low", "high"]]
    shown["half_width"] = (shown["high"] - shown["low"]) / 2
    shown["settled"] = shown["half_width"] <= tolerance
    return shown


def history(found: Responses) -> pd.DataFrame:
    """Return all indices at N/4, N/2 and N base points of the same design: a column `bases` more."""
    total = len(found.values)
    tables = []
    for bases in (total // 4, total // 2, total):
        part = Responses(found.names, found.values[:bases], found.seed)
        tables.append(sobol_indices(part).assign(bases=bases))
    return pd.concat(tables, ignore_index=True)
