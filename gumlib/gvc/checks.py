"""What an input-output table must hold before anything is computed from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from gumlib.data import sorting
from gumlib.errors import GumError

if TYPE_CHECKING:
    from gumlib.gvc.table import IOTable

KEYS = ("region", "industry", "to_region", "to")


def codes(table: IOTable) -> None:
    """Refuse a table whose codes are doubled or absent."""
    for name in ("regions", "industries", "categories"):
        given = getattr(table, name)
        doubled = sorted({code for code in given if given.count(code) > 1})
        if doubled or not given:
            raise GumError(f"expected each code once, got {doubled or 'none'}; name each once", "gvc", name)


def numbers(table: IOTable) -> None:
    """Refuse a number that is none, and a negative sale to an industry."""
    for name, array in (("intermediates", table.intermediates), ("final", table.final)):
        if not np.isfinite(array.sum()):
            row = int(np.argwhere(~np.isfinite(array))[0][0])
            raise GumError(f"expected numbers, got one that is not in row {table.index[row]}; mend it", "gvc", name)
    if table.intermediates.min() < 0:
        row, column = np.argwhere(table.intermediates < 0)[0]
        raise GumError(
            f"expected sales of nought or more, got {table.intermediates[row, column]} from {table.index[row]} "
            f"to {table.index[column]}; book it as a final use",
            "gvc",
            "intermediates",
        )


def flows(frame: pd.DataFrame, categories: Sequence[str]) -> None:
    """Refuse a tidy frame that lacks a column or value, repeats a flow, or names a buyer nobody knows."""
    missing = [name for name in (*KEYS, "value") if name not in frame]
    if missing:
        raise GumError(f"expected the columns {', '.join(KEYS)}, value; missing: {', '.join(missing)}", "gvc", "frame")
    doubled = frame[frame.duplicated(list(KEYS))]
    if len(doubled):
        raise GumError(f"expected each flow once, got {tuple(doubled.iloc[0, :4])} twice; add them up", "gvc", "frame")
    if frame["value"].isna().any():
        raise GumError(f"expected a value in each row, row {frame['value'].isna().argmax()} has none", "gvc", "value")
    buyers = {*frame["industry"], *categories}
    for name, known in (("to_region", set(frame["region"])), ("to", buyers)):
        unknown = sorted(set(frame[name]) - known)
        if unknown:
            raise GumError(f"expected a code that also sells or a final category, got {unknown}", "gvc", name)


def imbalance(table: IOTable, output: ArrayLike, value_added: ArrayLike) -> pd.DataFrame:
    """Compare published totals with the table's own: relative gap of each row of output and value added.

    Returns
    -------
    Frame indexed by region and industry; `output` and `value_added`, (published - own) / own output

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> imbalance(toy(), [60, 100, 75], [30, 40, 15]).abs().max().tolist()
    [0.0, 0.0]
    """
    own = table.output
    scale = np.where(own == 0, 1.0, own)
    published = {"output": output, "value_added": value_added}
    gaps = {
        name: (np.asarray(values, dtype=float) - getattr(table, name)) / scale for name, values in published.items()
    }
    return pd.DataFrame(gaps, index=table.index)


def check_balance(table: IOTable, output: ArrayLike, value_added: ArrayLike, tolerance: float = 1e-6) -> None:
    """Refuse published totals that differ from the table's own by more than a share of output.

    Raises
    ------
    GumError : names the row furthest off and how many are off

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> check_balance(toy(), [60, 100, 75], [30, 40, 16])
    Traceback (most recent call last):
    gumlib.errors.GumError: [gvc: value_added] expected the balance to hold within 1e-06 of output, got a gap of \
0.0133 in ('Assembly', 'goods') (1 of 3 rows are off); raise the tolerance or mend the row
    """
    gaps = imbalance(table, output, value_added)
    for name in gaps:
        gap = gaps[name].abs()
        worst, off = sorting.largest(gap), int((gap > tolerance).sum())
        if off:
            raise GumError(
                f"expected the balance to hold within {tolerance} of output, got a gap of {gaps[name][worst]:.3g} "
                f"in {worst} ({off} of {len(gap)} rows are off); raise the tolerance or mend the row",
                "gvc",
                name,
            )
