"""Timing: in which order instruments start, what it costs to start late, and what failures of co-ordination cost."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd

from gumlib.cases import Case
from gumlib.errors import GumError
from gumlib.policy.evaluation import outcomes, share_and_interval
from gumlib.policy.portfolios import Portfolio, portfolio
from gumlib.policy.uncertainty import Worlds

_MOST = 4
"""Instruments put in order at most: 24 orders."""
_GAP, _LATE, _SPELL, _LOST = 3.0, 5.0, 2.0, 0.5
"""Years between two starts; years late; years on and off in turn; share lost where two act on one factor (ours)."""


def sequence(names: Sequence[str], cases: Sequence[Case], ensemble: Worlds) -> pd.DataFrame:
    """Return what comes of starting two to four instruments three years apart, in every order, and all at once.

    Returns
    -------
    Frame such as `compared` returns, a row an order, the first row ``together``; paired against it.

    Raises
    ------
    GumError : fewer than two or more than four instruments

    Source: our formalisation; C16.
    """
    if not 2 <= len(names) <= _MOST:
        raise GumError(f"expected two to {_MOST} instruments, got {len(names)}; name others", "policy", "sequence")
    orders = {"together": portfolio(*names)}
    for order in permutations(names):
        orders[" > ".join(order)] = portfolio(*names, delay={name: _GAP * turn for turn, name in enumerate(order)})
    return compared(orders, cases, ensemble)


def delays(
    chosen: Portfolio,
    cases: Sequence[Case],
    ensemble: Worlds,
    *,
    late: Sequence[float] = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0),
) -> pd.DataFrame:
    """Return what comes of starting a portfolio later, by years of delay; the first is what the others are paired with.

    Where instruments last, a later start is never better, draw by draw: the system is co-operative. Where they end
    after so many years, it can be: what is fresh in the year looked at counts for more.

    Raises
    ------
    GumError : no delay named

    Source: our formalisation; C16.
    """
    if not late:
        raise GumError("expected at least one delay, got none; 0 is a start at once", "policy", "late")
    shifted = {f"{by:g}": replace(chosen, delay=tuple(own + by for own in chosen.delay)) for by in late}
    table = compared(shifted, cases, ensemble)
    table.insert(0, "delay", table.pop("setting").astype(float))
    return table


def compared(settings: dict[str, Portfolio], cases: Sequence[Case], ensemble: Worlds) -> pd.DataFrame:
    """Return what comes of several settings, each beside the first in the same draws.

    Returns
    -------
    Tidy frame: setting, cost, chance of rising to stay with 95 % interval, gain in the index over no policy
    (mean, 5 and 95 % of cases and draws), against (mean of gain less that of the first setting, with against_low
    and against_high, 5 and 95 %).
    """
    found = outcomes([Portfolio(), *settings.values()], cases, ensemble)
    gain = (found.index - found.index[0]).reshape(len(settings) + 1, -1)[1:]
    rows = []
    for (name, one), own, holds in zip(settings.items(), gain, found.out[1:], strict=True):
        chance, bounds = share_and_interval(holds)
        low, high = np.quantile(own, [0.05, 0.95])
        behind = own - gain[0]
        rows.append(
            {
                "setting": name,
                "cost": one.cost,
                "chance": chance,
                "chance_low": bounds[0],
                "chance_high": bounds[1],
                "gain": own.mean(),
                "gain_low": low,
                "gain_high": high,
                "against": behind.mean(),
                "against_low": np.quantile(behind, 0.05),
                "against_high": np.quantile(behind, 0.95),
            }
        )
    return pd.DataFrame(rows)


def failures(chosen: Portfolio) -> dict[str, Portfolio]:
    """Return a portfolio as planned and with each failure of co-ordination, and with all of them."""
    late = tuple(by + _LATE for by in chosen.delay)
    return {
        "as planned": chosen,
        "overlap": replace(chosen, overlap=_LOST),
        "late start": replace(chosen, delay=late),
        "stop-go": replace(chosen, stop_go=_SPELL),
        "all three": replace(chosen, delay=late, stop_go=_SPELL, overlap=_LOST),
    }


def coordination(chosen: Portfolio, cases: Sequence[Case], ensemble: Worlds) -> pd.DataFrame:
    """Return what failures of co-ordination do to a portfolio, each beside the portfolio as planned.

    Returns
    -------
    Frame such as `compared` returns, a row a failure.

    Source: our formalisation; C16.
    """
    return compared(failures(chosen), cases, ensemble)
