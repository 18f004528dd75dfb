"""What a region exports more of than the world does, in gross terms and in value added."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gumlib.gvc import accounts, content, participation
from gumlib.gvc.table import IOTable


def balassa(flows: pd.Series) -> pd.Series:
    """Share of an industry in its region's flows over the same share in the world's.

    Parameters
    ----------
    flows : indexed by region and industry

    Source: [balassa1965]

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["A", "B"], ["goods", "services"]], names=["region", "industry"])
    >>> balassa(pd.Series([3.0, 1.0, 1.0, 3.0], index=index)).tolist()
    [1.5, 0.5, 0.5, 1.5]
    """
    by_region = flows.groupby("region", sort=False).transform("sum").to_numpy()
    by_industry = flows.groupby("industry", sort=False).transform("sum").to_numpy()
    here = accounts.ratio(flows.to_numpy(), by_region)
    world = accounts.ratio(by_industry, np.full_like(by_industry, flows.sum()))
    return pd.Series(accounts.ratio(here, world), index=flows.index, name=flows.name)


def rca_gross(table: IOTable) -> pd.Series:
    """Revealed comparative advantage in gross exports; above one, an advantage.

    Source: [balassa1965]

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> rca_gross(toy()).tolist()
    [1.0, 1.0, 1.0]
    """
    return balassa(content.exports(table)).rename("rca_gross")


def rca_va(table: IOTable) -> pd.Series:
    """Revealed comparative advantage in value added that foreigners absorb, by industry of origin.

    Source: [balassa1965] on the flows of `vax`; [koopman2014] section IV for the thought

    Examples
    --------
    >>> from gumlib.gvc import toy
    >>> rca_va(toy()).tolist()
    [1.0, 1.0, 1.0]
    """
    return balassa(participation.vax(table)).rename("rca_va")
