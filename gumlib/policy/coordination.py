"""Failures of co-ordination: bodies that overlap, start late, or stop and go. The bill stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from gumlib.cases import Case
from gumlib.dynamics import Rival
from gumlib.policy.evaluation import START, YEARS
from gumlib.policy.portfolios import Portfolio
from gumlib.policy.timing import compared
from gumlib.policy.uncertainty import Worlds

LATE, SPELL, LOST = 5.0, 2.0, 0.5
"""Years late; years on and off in turn; share lost where instruments overlap on one factor (ours)."""


def failures(chosen: Portfolio) -> dict[str, Portfolio]:
    """Return a portfolio as planned and with each failure of co-ordination, and with all of them.

    Examples
    --------
    >>> from gumlib.policy import portfolio
    >>> list(failures(portfolio("plan")))
    ['as planned', 'overlap', 'late start', 'stop-go', 'all three']
    """
    late = tuple(by + LATE for by in chosen.delay)
    return {
        "as planned": chosen,
        "overlap": replace(chosen, overlap=LOST),
        "late start": replace(chosen, delay=late),
        "stop-go": replace(chosen, stop_go=SPELL),
        "all three": replace(chosen, delay=late, stop_go=SPELL, overlap=LOST),
    }


def coordination(
    chosen: Portfolio,
    cases: Sequence[Case],
    ensemble: Worlds | None = None,
    *,
    start: int = START,
    years: int = YEARS,
    model: str | Rival = "gum",
) -> pd.DataFrame:
    """Return what failures of co-ordination do to a portfolio, each beside the portfolio as planned.

    Returns
    -------
    Frame such as `gumlib.policy.timing.compared` returns, a row a failure.

    Source: our formalisation; C16.
    """
    return compared(failures(chosen), cases, ensemble, start=start, years=years, model=model)
