"""What a region exports more of than the world does, in gross terms and in value added."""

import numpy as np
import pandas as pd

from gumlib.errors import GumError
from gumlib.gvc import accounts, checks, measures
from gumlib.gvc.table import Array, IOTable


def balassa(flows: pd.Series) -> pd.Series:
    """Share of an industry in its region's flows over the same share in the world's.

    Missing where the flows of the region or of the industry add up to nought or less.

    Parameters
    ----------
    flows : indexed by region and industry

    Raises
    ------
    GumError : it is indexed otherwise

    Source: [balassa1965]

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["A", "B"], ["goods", "services"]], names=["region", "industry"])
    >>> balassa(pd.Series([3.0, 1.0, 1.0, 3.0], index=index)).tolist()
    [1.5, 0.5, 0.5, 1.5]
    """
    if list(flows.index.names) != ["region", "industry"]:
        said = f"expected flows indexed by region and industry, got {list(flows.index.names)}; name the levels so"
        raise GumError(said, "gvc", "flows")
    by_region = flows.groupby("region", sort=False).transform("sum").to_numpy()
    by_industry = flows.groupby("industry", sort=False).transform("sum").to_numpy()
    index = relative(flows.to_numpy(), by_region, by_industry, float(flows.sum()))
    return pd.Series(index, index=flows.index, name=flows.name)


def relative(flows: Array, by_region: Array, by_industry: Array, world: float) -> Array:
    """Return the Balassa index of flows, given the sums of their regions, of their industries and of the world."""
    least = checks.NOUGHT * max(np.abs(by_region).max(), np.abs(by_industry).max())
    defined = (by_region > least) & (by_industry > least) & (world > least)
    return accounts.ratio(flows * world, by_region * by_industry, defined)


def rca_gross(table: IOTable) -> pd.Series:
    """Revealed comparative advantage in gross exports; above one, an advantage ([balassa1965])."""
    return balassa(measures.exports(table)).rename("rca_gross")


def rca_va(table: IOTable) -> pd.Series:
    """Revealed comparative advantage in value added that foreigners absorb, by industry of origin.

    Source: [balassa1965] on the flows of `vax`; [koopman2014] section IV for the thought
    """
    return balassa(measures.vax(table)).rename("rca_va")
