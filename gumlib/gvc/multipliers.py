"""The Leontief inverse with its labels, and the value added it carries."""

import pandas as pd

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


def value_added_multipliers(table: IOTable) -> pd.DataFrame:
    """V B: value added of each region in one unit of final use of each column; columns sum to one."""
    return pd.DataFrame(
        accounts.embodied(table), index=pd.Index(table.reporters, name="region"), columns=table.index, copy=False
    )
