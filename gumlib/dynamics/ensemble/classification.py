"""How often clusters are stuck, bistable or rising: a regime for each draw, shares with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import binomtest

from gumlib.dynamics import Rival, regime
from gumlib.dynamics.ensemble import draws
from gumlib.dynamics.ensemble.runs import CHUNK
from gumlib.dynamics.equilibrium import REGIMES
from gumlib.errors import GumError


def regimes(
    count: int,
    governance: float | Sequence[float],
    *,
    seed: int,
    method: str = "sobol",
    model: str | Rival = "gum",
    chunk: int = CHUNK,
) -> pd.DataFrame:
    """Return the regime of each draw at each level of governance, by `gumlib.dynamics.regime`.

    Parameters
    ----------
    count, seed, method : the draws, as for `sample`
    governance : g in [0, 1], one level or several
    chunk : draws in memory together; results do not depend on it

    Returns
    -------
    Frame indexed by draw, a column a level of governance; stuck, bistable or rising (categories).

    Raises
    ------
    GumError : governance outside [0, 1] or none, a model that is not co-operative, a chunk below one

    Source: our formalisation; C20, C21. The ranges of the draws are ours.
    """
    asked = np.atleast_1d(np.asarray(governance, dtype=float))
    if chunk < 1 or asked.ndim != 1 or not asked.size or len(set(asked.tolist())) < asked.size:
        raise GumError("expected levels of governance, each once, and a chunk of one or more", "ensemble", "regimes")
    codes = np.empty((count, len(asked)), dtype=np.int8)
    for first in range(0, count, chunk):
        part = (first, min(first + chunk, count))
        drawn = draws.parameters(draws.table(draws.unit(count, seed, method, part)))
        for column, level in enumerate(asked):
            named = regime(drawn, float(level), model=model)
            codes[slice(*part), column] = (named[:, None] == np.array(REGIMES)).argmax(axis=1)
    draws.forget()
    columns = {level: pd.Categorical.from_codes(codes[:, at], REGIMES) for at, level in enumerate(asked.tolist())}
    return pd.DataFrame(columns).rename_axis(index="draw", columns="governance")


def regime_shares(found: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Return the share of draws in each regime, with Wilson's interval, for the frame made by `regimes`.

    The interval is for draws made independently; Sobol draws lie more evenly, so that it errs on the wide
    side. It says how well the number of draws settles the share in our ranges, nothing on the world.

    Returns
    -------
    Frame: governance, regime, draws, share, low, high.

    Raises
    ------
    GumError : no draw, or a confidence outside (0, 1)

    Source: scipy.stats.binomtest, ``proportion_ci(method="wilson")``.

    Examples
    --------
    >>> bool(regime_shares(regimes(8, 1.0, seed=1))["share"].sum() == 1)
    True
    """
    if not len(found) or not 0 < confidence < 1:
        raise GumError("expected one draw or more, and a confidence between 0 and 1", "ensemble", "regimes")
    rows = []
    for level in found.columns:
        counts = found[level].value_counts()
        for name in REGIMES:
            number = int(counts.get(name, 0))
            interval = binomtest(number, len(found)).proportion_ci(confidence, method="wilson")
            rows.append((level, name, number, number / len(found), float(interval.low), float(interval.high)))
    return pd.DataFrame(rows, columns=["governance", "regime", "draws", "share", "low", "high"])
