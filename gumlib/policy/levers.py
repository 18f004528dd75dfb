"""Levers: each instrument alone, per unit of cost, ranked in every draw; and mixes of levels."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from gumlib.cases import Case
from gumlib.dynamics.parameters import Floats
from gumlib.policy.catalogue import LEVELS, instruments
from gumlib.policy.evaluation import outcomes
from gumlib.policy.portfolios import Portfolio, portfolio
from gumlib.policy.uncertainty import Worlds, worlds

START, YEARS = 2010, 15
"""What to do next: from the last coded epoch, looked at in 2025."""
DURATIONS = {"assumed": None, "equal": 10.0}
"""Levers end as the catalogue assumes, some never; or all at once, by this year after the start."""
BUDGETS, HELD, COSTS = (4.0, 5.0, 8.0), 5, 1024
"""Of the mixes of levels: budgets, instruments a portfolio holds at most, and draws of the costs.

Four units are the least that buys all three levels at the costs of the catalogue.
"""


def rank_levers(
    cases: Sequence[Case], ensemble: Worlds, *, start: int = START, until: float | None = None
) -> pd.DataFrame:
    """Return what each instrument alone adds to the index per unit of cost, and its rank, by case.

    Model parameters, starts, sizes, leakage and costs all vary between draws.

    Parameters
    ----------
    until : every instrument ends by this year after the start at the latest; None for as long as each lasts

    Returns
    -------
    Tidy frame: case, name, level, acts_on, value (median gain per unit of cost), low, high (5 and 95 % of draws),
    rank (median), rank_low, rank_high (5 and 95 %), top (share of draws in which it is among the first three).

    Source: our formalisation; C17.
    """
    table = instruments()
    several = [Portfolio(), *(portfolio(name, until=until) for name in table.index)]
    index = outcomes(several, cases, ensemble, start=start, years=YEARS).index
    value = (index[1:] - index[0]) / ensemble.cost.T[:, None, :]
    rank = 1 + (value[None] > value[:, None]).sum(axis=1)
    rows = []
    for at, case in enumerate(cases):
        for number, (name, row) in enumerate(table.iterrows()):
            worth, place = (np.quantile(what[number, at], [0.5, 0.05, 0.95]) for what in (value, rank))
            top = (rank[number, at] <= 3).mean()
            rows.append((case.name, name, row["level"], row["acts_on"], *worth, *place, top))
    columns = ["case", "name", "level", "acts_on", "value", "low", "high", "rank", "rank_low", "rank_high", "top"]
    return pd.DataFrame(rows, columns=columns)


def mixes(
    cases: Sequence[Case], ensemble: Worlds, *, names: Sequence[str] | None = None, costs: int = COSTS
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the best portfolio of every set of levels, and how much it adds to hold all three.

    Exhaustive: every portfolio of up to `HELD` whole instruments is run; those within a budget count. The advantage
    of three levels is the best mean gain of portfolios that hold all three, less the best of those that hold fewer.

    Returns
    -------
    First a frame at the costs of the catalogue: budget, case, levels (joined), portfolio, cost, gain (mean over draws,
    low and high 5 and 95 %). Then a frame: budget, case, advantage (at the costs of the catalogue), low, median, high
    (5, 50, 95 % over `costs` draws of the costs from their ranges; missing where the budget then buys no portfolio
    with all three), above (share of these in which it is above zero).

    Source: our formalisation; C17.
    """
    chosen = portfolio(*(instruments().index if names is None else names)).names
    several = [portfolio(*held) for size in range(HELD + 1) for held in combinations(chosen, size)]
    index = outcomes(several, cases, ensemble, start=START, years=YEARS).index
    gain = index - index[0]
    mean = gain.mean(axis=2)
    level, listed = instruments()["level"], instruments()["cost"].to_numpy()
    held = np.array([[name in one.names for name in level.index] for one in several])
    every = np.logical_and.reduce([held[:, level.to_numpy() == one].any(axis=1) for one in LEVELS])
    dear = [held @ cost for cost in (listed, *worlds(costs).cost)]
    best, gains = {}, {}
    for budget in BUDGETS:
        own, *many = [advantage(mean, every, cost <= budget + 1e-9) for cost in dear]
        best[budget] = _best(cases, several, gain, dear[0] <= budget + 1e-9)
        gains[budget] = _gains(cases, own, np.array(many))
    return stacked(best, "budget"), stacked(gains, "budget")


def stacked(parts: Mapping[str, pd.DataFrame] | Mapping[float, pd.DataFrame], by: str) -> pd.DataFrame:
    """Return tables one under the other, with the key of each in a first column."""
    return pd.concat(parts, names=[by]).reset_index(by).reset_index(drop=True)


def _best(cases: Sequence[Case], several: Sequence[Portfolio], gain: Floats, within: np.ndarray) -> pd.DataFrame:
    """Return the portfolio with the largest mean gain of every set of levels, by case."""
    mean, level = gain.mean(axis=2), instruments()["level"]
    sets = np.array([" + ".join(one for one in LEVELS if one in set(level[list(p.names)])) for p in several])
    rows = []
    for at, case in enumerate(cases):
        for kinds in sorted(set(sets[within]) - {""}, key=lambda text: (text.count("+"), text)):
            own = np.flatnonzero((sets == kinds) & within)
            top = int(own[mean[own, at].argmax()])
            low, high = np.quantile(gain[top, at], [0.05, 0.95])
            rows.append((case.name, kinds, several[top].label, several[top].cost, mean[top, at], low, high))
    return pd.DataFrame(rows, columns=["case", "levels", "portfolio", "cost", "gain", "low", "high"])


def _gains(cases: Sequence[Case], listed: Floats, many: Floats) -> pd.DataFrame:
    """Return the advantage of three levels at listed costs, (cases,), and its spread over costs, (draws, cases)."""
    ranks = np.rint(np.array([0.05, 0.5, 0.95]) * (len(many) - 1)).astype(int)
    low, median, high = np.where(np.isfinite(many), many, np.nan)[np.argsort(many, axis=0)[ranks], range(len(cases))]
    return pd.DataFrame(
        {
            "case": [case.name for case in cases],
            "advantage": listed,
            "low": low,
            "median": median,
            "high": high,
            "above": (many > 0).mean(axis=0),
        }
    )


def advantage(mean: Floats, every: np.ndarray, within: np.ndarray) -> Floats:
    """Return the best mean gain within the budget of portfolios with all three levels, less that of the others.

    It is minus infinity where the budget buys no portfolio with all three.

    Parameters
    ----------
    mean : (portfolios, cases)
    every : (portfolios,), whether all three levels are held
    within : (portfolios,), whether the budget allows it

    Examples
    --------
    >>> advantage(np.array([[0.3], [0.2]]), np.array([True, False]), np.array([True, True])).round(3).tolist()
    [0.1]
    """
    found: Floats = mean[every & within].max(axis=0, initial=-np.inf) - mean[~every & within].max(axis=0)
    return found
