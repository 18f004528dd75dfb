"""Pairs of instruments: what both bring together, less what each brings alone."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from gumlib.cases import Case
from gumlib.errors import GumError
from gumlib.policy.catalogue import instruments
from gumlib.policy.evaluation import outcomes
from gumlib.policy.portfolios import Portfolio, portfolio
from gumlib.policy.uncertainty import Worlds


def synergy(cases: Sequence[Case], ensemble: Worlds, *, names: Sequence[str] | None = None) -> pd.DataFrame:
    """Return, for each pair of instruments, the effect of both together minus the sum of their single effects.

    Effects are on the upgrading index, case by case and draw by draw, with the same draws for all. Above zero the
    two help each other; below it, one does part of what the other would.

    Returns
    -------
    Tidy frame: first, second, alone (sum of the mean single effects), together (mean effect of both), synergy (mean),
    low and high (5 and 95 % of cases and draws), positive (share of them above zero).

    Raises
    ------
    GumError : fewer than two instruments

    Source: our formalisation; C16.
    """
    chosen = portfolio(*(instruments().index if names is None else names)).names
    if len(chosen) < 2:
        raise GumError(f"expected two instruments or more, got {len(chosen)}; name more", "policy", "names")
    pairs = list(combinations(chosen, 2))
    several = [Portfolio(), *(portfolio(name) for name in chosen), *(portfolio(*pair) for pair in pairs)]
    index = outcomes(several, cases, ensemble).index.reshape(len(several), -1)
    effect = index - index[0]
    single = dict(zip(chosen, effect[1 : len(chosen) + 1], strict=True))
    rows = []
    for (one, two), both in zip(pairs, effect[len(chosen) + 1 :], strict=True):
        extra = both - single[one] - single[two]
        low, high = np.quantile(extra, [0.05, 0.95])
        alone = float((single[one] + single[two]).mean())
        rows.append((one, two, alone, both.mean(), extra.mean(), low, high, (extra > 0).mean()))
    return pd.DataFrame(rows, columns=["first", "second", "alone", "together", "synergy", "low", "high", "positive"])


def matrix(table: pd.DataFrame) -> pd.DataFrame:
    """Return what `synergy` returns as a symmetric table, instrument by instrument; the diagonal is missing."""
    known = [name for name in instruments().index if name in {*table["first"], *table["second"]}]
    wide = pd.DataFrame(np.nan, index=known, columns=known)
    for one, two, number in table[["first", "second", "synergy"]].itertuples(index=False):
        wide.loc[one, two] = wide.loc[two, one] = number
    return wide
