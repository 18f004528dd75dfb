"""Income that a region earns in the making of final products, wherever they are completed."""

import numpy as np
import pandas as pd

from gumlib.gvc import accounts
from gumlib.gvc.table import IOTable


def gvc_income(table: IOTable) -> pd.DataFrame:
    """Value added of each region in the world's final products of each industry, in the table's currency.

    Returns
    -------
    Frame indexed by region that earns; columns: industry of the final product, completed in any region.
    A column sums to the world's final output of that product.

    Source: [timmer2014]; [timmer2015]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> gvc_income(toy())["goods"].tolist()
    [30.0, 40.0, 15.0]
    """
    earned = accounts.embodied(table) * accounts.made(table)
    flows = earned.reshape(len(earned), len(table.regions), -1).sum(axis=1)
    return pd.DataFrame(flows, index=pd.Index(table.reporters, name="region"), columns=np.array(table.industries))
