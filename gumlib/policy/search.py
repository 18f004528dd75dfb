"""Which portfolio for a budget: every subset of the instruments that the budget allows, tried in the same draws."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gumlib.cases import Case
from gumlib.data import sorting
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError
from gumlib.policy.catalogue import instruments
from gumlib.policy.evaluation import PortfolioOutcomes, outcomes, share_and_interval
from gumlib.policy.portfolios import Portfolio, portfolio
from gumlib.policy.uncertainty import Worlds

_MOST = 20_000
"""Portfolios tried at most; beyond it the search refuses, and never samples in silence."""


def affordable(budget: float, names: Sequence[str] | None = None) -> list[Portfolio]:
    """Return every portfolio within a budget, each instrument in or out, cheapest first; no policy among them.

    Raises
    ------
    GumError : a negative budget, or more than `_MOST` portfolios

    Examples
    --------
    >>> [one.label for one in affordable(1, ["plan", "covenant", "fair"])]
    ['none', 'covenant', 'plan']
    """
    if not budget >= 0:
        raise GumError(f"expected a budget of zero or more, got {budget}", "policy", "budget")
    chosen = list(instruments().index) if names is None else list(names)
    portfolio(*chosen)
    costs = instruments()["cost"]
    found: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for name in chosen:
        found += [(cost + costs[name], (*held, name)) for cost, held in found if cost + costs[name] <= budget + 1e-9]
        if len(found) > _MOST:
            message = f"expected at most {_MOST} portfolios, got more; lower the budget or name fewer instruments"
            raise GumError(message, "policy", "budget")
    return [portfolio(*held) for _, held in sorted(found)]


def pareto(
    budget: float, cases: Sequence[Case], ensemble: Worlds, *, names: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return every portfolio within a budget with its cost, what it brings, its regret, and whether it is on the front.

    The search is exhaustive: no portfolio of whole instruments within the budget is left out. Strength and timing
    stay as in the catalogue.

    Parameters
    ----------
    names : instruments to choose from, by default all

    Returns
    -------
    Frame such as `summed` returns, cheapest first.

    Raises
    ------
    GumError : more portfolios than can be tried

    Source: our formalisation; C16.
    """
    several = affordable(budget, names)
    return summed(several, cases, outcomes(several, cases, ensemble))


def summed(several: Sequence[Portfolio], cases: Sequence[Case], found: PortfolioOutcomes) -> pd.DataFrame:
    """Sum up outcomes by portfolio. The first portfolio must be no policy.

    Returns
    -------
    Frame: portfolio, cost, instruments, chance of rising to stay (mean over cases, chance_low and chance_high 95 %
    Wilson), gain in the index (mean, gain_low and gain_high 5 and 95 % of cases and draws), regret (mean over cases
    and draws of the best index any of the portfolios reaches there, less its own) and regret_high (95 %), chance by
    case, front (no other costs no more and has no lower chance, one of them strictly), front_gain (the same for the
    mean gain).
    """
    flat = found.index.reshape(len(several), -1)
    gain, regret = flat - flat[0], flat.max(axis=0) - flat
    shares = [share_and_interval(out) for out in found.out]
    frame = pd.DataFrame(
        {
            "portfolio": [one.label for one in several],
            "cost": [one.cost for one in several],
            "instruments": [len(one.names) for one in several],
            "chance": [value for value, _ in shares],
            "chance_low": [bounds[0] for _, bounds in shares],
            "chance_high": [bounds[1] for _, bounds in shares],
            "gain": gain.mean(axis=1),
            "gain_low": np.quantile(gain, 0.05, axis=1),
            "gain_high": np.quantile(gain, 0.95, axis=1),
            "regret": regret.mean(axis=1),
            "regret_high": np.quantile(regret, 0.95, axis=1),
        }
    )
    for at, case in enumerate(cases):
        frame[f"chance_{case.name}"] = found.out[:, at].mean(axis=1)
    costs = frame["cost"].to_numpy()
    frame["front"] = undominated(costs, frame["chance"].to_numpy())
    frame["front_gain"] = undominated(costs, frame["gain"].to_numpy())
    return frame


def undominated(cost: Floats, value: Floats) -> np.ndarray:
    """Return which options no other beats: none costs no more and is worth no less, one of the two strictly.

    Examples
    --------
    >>> undominated(np.array([0.0, 1.0, 1.0, 2.0]), np.array([0.0, 2.0, 1.0, 2.0])).tolist()
    [True, True, False, False]
    """
    keep = np.zeros(len(cost), dtype=bool)
    top = -np.inf
    for level in np.unique(cost):
        here = np.flatnonzero(cost == level)
        most = value[here].max()
        if most > top:
            keep[here[value[here] == most]] = True
            top = most
    return keep


def best(table: pd.DataFrame, budgets: Sequence[float], by: str = "chance") -> pd.DataFrame:
    """Return the best portfolio for each budget, from a frame such as `pareto` returns; ties go to the larger gain.

    Returns
    -------
    The rows chosen, with a column budget in front.

    Raises
    ------
    GumError : a budget below the cheapest portfolio
    """
    rows = []
    for budget in budgets:
        held = table[table["cost"] <= budget + 1e-9]
        if held.empty:
            raise GumError(f"expected a budget of at least {table['cost'].min():g}, got {budget:g}", "policy", "budget")
        rows.append(sorting.ordered(held, by, "gain", "cost", falling=(by, "gain")).iloc[0])
    chosen = pd.DataFrame(rows).reset_index(drop=True)
    chosen.insert(0, "budget", list(budgets))
    return chosen
