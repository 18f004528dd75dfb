"""The Leontief inverse with its labels, and the value added it carries."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gumlib.errors import one_of
from gumlib.gvc import accounts
from gumlib.gvc.table import IOTable


def leontief(table: IOTable) -> pd.DataFrame:
    """B = (I - A)^-1: output of each row that one unit of final use of each column calls forth.

    Source: [leontief1936]; [antras2012]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> leontief(toy()).to_numpy().tolist()
    [[1.25, 0.625, 0.5], [0.625, 1.5625, 1.25], [0.625, 0.3125, 1.25]]
    """
    return pd.DataFrame(accounts.inverse(table), index=table.index, columns=table.index, copy=False)


def domestic_leontief(table: IOTable, region: str) -> pd.DataFrame:
    """L = (I - A_ss)^-1 of one region: output at home, no flow crossing a border.

    Raises
    ------
    GumError : the region is not in the table

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> domestic_leontief(toy(), "Parts").to_numpy().tolist()
    [[1.25]]
    """
    place = table.reporters.index(one_of(region, table.reporters, "gvc", "region"))
    rows = table.index[accounts.blocks(table)[place]]
    labels = np.array(table.industries) if len(rows) == len(table.industries) else rows
    return pd.DataFrame(accounts.domestic_inverse(table)[place], index=labels, columns=labels)


def value_added_multipliers(table: IOTable) -> pd.DataFrame:
    """V B: value added of each region in one unit of final use of each column; columns sum to one.

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> value_added_multipliers(toy()).to_numpy().round(6).tolist()
    [[0.625, 0.3125, 0.25], [0.25, 0.625, 0.5], [0.125, 0.0625, 0.25]]
    """
    return pd.DataFrame(
        accounts.embodied(table), index=pd.Index(table.reporters, name="region"), columns=table.index, copy=False
    )
