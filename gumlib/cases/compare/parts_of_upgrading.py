"""Whether the three parts of upgrading rise together: capability, autonomy, and the value kept in the chain.

The first two rest on the coded levels of a cluster. What a cluster keeps is not measured; the national industry
stands for it, by what stays at home of a unit of exports and of a final product. Shares, not totals: a larger
industry earns more without any more power.
"""

import pandas as pd

from gumlib import evidence
from gumlib.gvc import comparators
from gumlib.model import definitions
from gumlib.terms import WAYS

FIRST = 1995
"""First year of the tables."""


def parts() -> pd.DataFrame:
    """Return by how much each part of upgrading rose, over the years for which all parts are known.

    Returns
    -------
    Frame indexed by cluster: first, last (epochs: from 1995 the first with all four ways coded, and the last one),
    capability, autonomy (levels, last less first), exports (domestic value added in a unit of exports), product
    (value added at home in a unit of final product); both of the national industry, over the same years.

    Source: C10, our formalisation; [koopman2014], [los2015]
    """
    coded = definitions.upgrading(evidence.wide()[list(WAYS)])
    index = coded[["capability", "autonomy"]].dropna().query("year >= @FIRST")
    kept = {"exports": comparators.indicator_panel("dva_share"), "product": 1 - comparators.indicator_panel("fvas")}
    rows = {}
    for cluster, levels in index.groupby("cluster"):
        levels = levels.droplevel("cluster")
        first, last = levels.index.min(), levels.index.max()
        industry = comparators.INDUSTRY_OF[cluster]
        own = {name: panel.loc[industry, comparators.CHINA] for name, panel in kept.items()}
        risen = {name: series[last] - series[first] for name, series in (*levels.items(), *own.items())}
        rows[cluster] = {"first": first, "last": last, **risen}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("cluster")


def together() -> pd.DataFrame:
    """Return which parts of upgrading rose in each cluster; value is kept only if it rose by both shares (C10)."""
    rose = parts() > 0
    kept = rose["exports"] & rose["product"]
    return rose[["capability", "autonomy"]].assign(**{"value kept": kept})
