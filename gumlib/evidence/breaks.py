"""Breaks in a short series of growth rates: whether growth is higher from a given year on.

The statistic is plain: mean log growth from the year on, less the mean before it. Its p-value comes
from rearranging the same growth rates, so no distribution is assumed. Rearranging takes the rates as
exchangeable: where they move in waves, which growth rates do, p-values come out too small, and the
tests find breaks too easily rather than too rarely.
"""

from dataclasses import dataclass
from itertools import chain, combinations
from math import comb

import numpy as np
import pandas as pd

from gumlib.data import sorting
from gumlib.errors import GumError

LEAST = 3
"""Growth rates a side must have, below which its mean says too little."""
_MOST = 1_000_000


@dataclass(frozen=True)
class Break:
    """What the test of one year found.

    Parameters
    ----------
    year : growth of this year is the first on the later side
    before, after : mean log growth on either side
    years_before, years_after : growth rates on either side
    p : exact one-sided p-value of so large a rise
    floor : the smallest p-value that so few growth rates allow
    rank : place of the year among the `candidates` by standardised rise, 1 the largest
    candidates : years with at least `LEAST` growth rates on either side
    """

    year: int
    before: float
    after: float
    years_before: int
    years_after: int
    p: float
    floor: float
    rank: int
    candidates: int

    @property
    def rise(self) -> float:
        """Mean log growth after, less before."""
        return round(self.after - self.before, 12)


@dataclass(frozen=True)
class Peak:
    """The year where growth rises most, and whether that is more than chance would give.

    Parameters
    ----------
    year : year of the largest standardised rise
    statistic : that rise, in standard errors
    p : share of rearranged series whose largest rise, in whatever year, is as large
    limit : the 95 % point of those largest rises
    """

    year: int
    statistic: float
    p: float
    limit: float


def growth(levels: pd.Series) -> pd.Series:
    """Return log growth by year; a year whose predecessor is missing has none.

    Examples
    --------
    >>> growth(pd.Series([100.0, 110.0, 110.0], index=[2000, 2001, 2003])).round(3).to_dict()
    {2001: 0.095}
    """
    logs = pd.Series(np.log(levels.to_numpy(float)), index=levels.index).sort_index()
    return (logs - logs.reindex(logs.index - 1).to_numpy()).dropna().rename("growth")


def admits(rates: pd.Series, year: int) -> bool:
    """Tell whether enough growth rates stand on either side of the year.

    Examples
    --------
    >>> admits(pd.Series(0.1, index=range(2004, 2012)), 2004)
    False
    """
    return bool((rates.index < year).sum() >= LEAST and (rates.index >= year).sum() >= LEAST)


def scan(rates: pd.Series) -> pd.DataFrame:
    """Return the rise of mean growth at every year that can be tested.

    Parameters
    ----------
    rates : log growth by year

    Returns
    -------
    Frame indexed by year: before, after (mean log growth), rise, statistic (rise in standard errors
    under the series' own spread).

    Raises
    ------
    GumError : no year has enough growth rates on either side

    Examples
    --------
    >>> scan(pd.Series([0.1, 0.1, 0.1, 0.2, 0.2, 0.2], index=range(2001, 2007)))["rise"].round(2).to_dict()
    {2004: 0.1}
    """
    rates = rates.sort_index()
    values = rates.to_numpy(float)
    places = list(range(LEAST, len(values) - LEAST + 1))
    if not places:
        raise GumError(f"expected at least {2 * LEAST} growth rates, got {len(values)}", "breaks", "rates")
    means = [(values[:place].mean(), values[place:].mean()) for place in places]
    frame = pd.DataFrame(means, columns=["before", "after"], index=rates.index[places].rename("year"))
    frame["rise"] = frame["after"] - frame["before"]
    return frame.assign(statistic=_standardised(values[None, :], places)[0])


def _standardised(rows: np.ndarray, places: list[int]) -> np.ndarray:
    """Rise at each place of each row, over its standard error; zero for a row that does not vary."""
    size, cut = rows.shape[1], np.array(places)
    head = np.cumsum(rows, axis=1)[:, cut - 1]
    tail = rows.sum(axis=1, keepdims=True) - head
    error = rows.std(axis=1, ddof=1, keepdims=True) * np.sqrt(1 / cut + 1 / (size - cut))
    flat = error < 1e-12
    return np.where(flat, 0.0, (tail / (size - cut) - head / cut) / np.where(flat, 1.0, error))


def at(rates: pd.Series, year: int) -> Break:
    """Test exactly whether growth is higher from a year fixed beforehand.

    All ways to put as many of the growth rates on the later side are counted; p is the share whose
    mean there is as high as the one seen.

    Raises
    ------
    GumError : too few growth rates on a side, or too many ways to count

    Examples
    --------
    >>> rates = pd.Series([0.1, 0.11, 0.09, 0.2, 0.21, 0.19], index=range(2001, 2007))
    >>> at(rates, 2004).p == 1 / 20
    True
    """
    if not admits(rates, year):
        raise GumError(f"expected {LEAST} growth rates before {year} and {LEAST} from it on", "breaks", "year")
    rates = rates.sort_index()
    later = np.asarray(rates.index >= year)
    values, size = rates.to_numpy(float), int(later.sum())
    ways = comb(len(values), size)
    if ways > _MOST:
        raise GumError(f"expected at most {_MOST} ways to rearrange, got {ways}; shorten the series", "breaks", "rates")
    picks = np.fromiter(chain.from_iterable(combinations(range(len(values)), size)), np.intp, ways * size)
    sums = values[picks.reshape(ways, size)].sum(axis=1)
    table = scan(rates)
    return Break(
        year=year,
        before=float(values[~later].mean()),
        after=float(values[later].mean()),
        years_before=len(values) - size,
        years_after=size,
        p=float((sums >= values[later].sum() - 1e-12).mean()),
        floor=1 / ways,
        rank=int((table["statistic"] > table.loc[year, "statistic"] + 1e-12).sum()) + 1,
        candidates=len(table),
    )


def windows(rates: pd.Series, year: int) -> pd.DataFrame:
    """Test one year again and again while the series begins later and later.

    Returns
    -------
    Frame indexed by the first year kept: before, after, rise (log growth), p.

    Examples
    --------
    >>> rates = pd.Series([0.3, 0.1, 0.11, 0.09, 0.2, 0.21, 0.19], index=range(2001, 2008))
    >>> windows(rates, 2005)["p"].round(3).to_dict()
    {2001: 0.286, 2002: 0.05}
    """
    starts = [start for start in sorted(rates.index) if admits(rates[rates.index >= start], year)]
    found = {start: at(rates[rates.index >= start], year) for start in starts}
    rows = {start: (one.before, one.after, one.rise, one.p) for start, one in found.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["before", "after", "rise", "p"]).rename_axis("first")


def peak(rates: pd.Series, *, seed: int = 2004, draws: int = 4000) -> Peak:
    """Look for a rise in any year, and allow for having looked everywhere.

    Parameters
    ----------
    rates : log growth by year
    seed, draws : of the rearranged series the largest rise is compared with

    Examples
    --------
    >>> rates = pd.Series([0.1, 0.11, 0.09, 0.1, 0.2, 0.21, 0.19, 0.2], index=range(2001, 2009))
    >>> peak(rates).year
    2005
    """
    table = scan(rates)
    values = rates.sort_index().to_numpy(float)
    rng = np.random.default_rng(seed)
    shuffled = rng.permuted(np.tile(values, (draws, 1)), axis=1)
    places = list(range(LEAST, len(values) - LEAST + 1))
    largest = _standardised(shuffled, places).max(axis=1)
    seen = float(table["statistic"].max())
    p = (1 + int((largest >= seen - 1e-12).sum())) / (1 + draws)
    return Peak(int(sorting.largest(table["statistic"])), seen, p, float(np.quantile(largest, 0.95)))
