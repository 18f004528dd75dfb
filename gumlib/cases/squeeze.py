"""Pressure from outside, one number a year.

Ours throughout. The book names dearer labour, a dearer currency and shrinking markets (C30, C31, C35);
it gives no measure and no magnitude.

* Squeeze of a year: log growth of labour income per worker in China in dollars (which holds both pay and
  the exchange rate), less log growth of world merchandise exports, in dollars; nil where the market grew
  as fast as labour became dearer. 0.1 is a year in which labour became a tenth dearer in a flat market.
* Known from 1995 on: before, the dollars of the source are not at the market rate (`pressure.pay`).
* It acts on insertion (E) alone: the shock is θ times the squeeze, 1/year, added to the decay of E.
  θ is estimated with the other parameters. Before 1995 the shock is nil, for want of a measure.
"""

import pandas as pd

from gumlib import data
from gumlib.evidence import breaks

_FIRST, _LAST, _KNOWN = 1985, 2010, 1995


def parts() -> pd.DataFrame:
    """Return what the squeeze is made of, by year 1995-2010, in log points.

    Returns
    -------
    Frame indexed by year: labour (growth of labour income per worker in dollars), market (growth of
    world merchandise exports), squeeze (labour less market, at least 0).
    """
    china = data.read("penn-world-table").query("isocode == 'CHN'").set_index("year")
    world = data.read("china-macro").set_index("year")["world_merchandise_exports_musd"]
    frame = pd.DataFrame(
        {"labour": breaks.growth(china["labour_income_per_worker_kusd"]), "market": breaks.growth(world)}, dtype=float
    ).loc[_KNOWN:_LAST]
    frame.index = frame.index.astype(int)
    return frame.assign(squeeze=(frame["labour"] - frame["market"]).clip(lower=0))


def squeeze_path() -> pd.Series:
    """Return the squeeze by year 1985-2010; missing before 1995."""
    years = pd.RangeIndex(_FIRST, _LAST + 1, name="year")
    return parts()["squeeze"].reindex(years).rename("squeeze")
