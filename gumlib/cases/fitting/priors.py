"""What is estimated, what was held likely beforehand, and why: one table for all models.

Every parameter is turned into a standard score z (log or logit scale, less its prior median, over its
prior spread), so that each z is standard normal beforehand, cut at ±4. Search and sampling run in z.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from gumlib.dynamics import Parameters
from gumlib.dynamics.parameters import Floats
from gumlib.terms import FACTORS

CUT = 4.0
_EXPONENT = 3.0
"""n, not estimated: six epochs cannot tell it from κ."""


@dataclass(frozen=True)
class Prior:
    """What was held likely of one parameter: median, spread on the log or logit scale, reason.

    On the logit scale a parameter lies between 0 and `top`.
    """

    name: str
    symbol: str
    meaning: str
    scale: Literal["log", "logit"]
    median: float
    spread: float
    why: str
    top: float = 1.0


PRIORS = {
    prior.name: prior
    for prior in (
        Prior("total", "ω", "weight a factor receives, 1/year", "log", 0.6, 0.35, "0.3 to 0.9 in chapter 2"),
        Prior("baseline", "b", "growth of a factor by itself, 1/year", "log", 0.02, 0.6, "0.005 to 0.035 in chapter 2"),
        Prior("decay", "δ", "decay of a factor, 1/year", "log", 0.2, 0.5, "0.1 to 0.3 in chapter 2, and slower"),
        Prior("half_saturation", "κ", "level of half effect", "log", 0.5, 0.1, "tight: the data cannot tell it from ω"),
        Prior("governance_floor", "γ0", "share left without governance", "logit", 0.15, 1.0, "0 to 0.3 in chapter 2"),
        Prior("lag_rate", "η", "speed of the ways, 1/year", "logit", 0.5, 0.8, "below 1.9: epochs are five years", 1.9),
        Prior("own_share", "α", "share of a mechanism its factor carries", "logit", 0.5, 0.5, "0.25 to 0.75"),
        Prior("pressure", "θ", "decay of E for a squeeze of 1, 1/year", "log", 0.3, 1.0, "unknown to a factor of ten"),
        Prior(
            "unseen", "x₀", "start of a factor not coded then", "logit", 0.15, 0.7, "sources say little of what is low"
        ),
        Prior("discrepancy", "τ", "what the model misses beyond coding", "log", 0.1, 0.5, "half a step of the score"),
    )
}
NAMES = tuple(PRIORS)


def prior_table() -> pd.DataFrame:
    """Return the priors: symbol, meaning, median, 90 % interval, reason."""
    rows = pd.DataFrame([vars(prior) for prior in PRIORS.values()]).set_index("name")
    ends = values(np.array([[-1.6448536], [1.6448536]]) * np.ones(len(NAMES)))
    return rows.assign(low=ends.iloc[0], high=ends.iloc[1])[["symbol", "meaning", "median", "low", "high", "why"]]


def values(scores: Floats) -> pd.DataFrame:
    """Return parameters from their standard scores, a draw a row."""
    columns = {}
    for prior, z in zip(PRIORS.values(), np.atleast_2d(scores).T, strict=True):
        if prior.scale == "log":
            columns[prior.name] = prior.median * np.exp(prior.spread * z)
        else:
            columns[prior.name] = prior.top * expit(logit(prior.median / prior.top) + prior.spread * z)
    return pd.DataFrame(columns)


def standard_scores(table: pd.DataFrame) -> Floats:
    """Return the standard scores of parameters; the inverse of `values`."""
    columns = []
    for prior in PRIORS.values():
        given = table[prior.name].to_numpy(float)
        if prior.scale == "log":
            columns.append(np.log(given / prior.median) / prior.spread)
        else:
            columns.append((logit(given / prior.top) - logit(prior.median / prior.top)) / prior.spread)
    return np.stack(columns, axis=1)


def fitted_parameters(table: pd.DataFrame, *, policy: bool = True) -> Parameters:
    """Return the parameters of the mechanism, a draw a row; without policy, P neither grows nor acts."""
    column = {name: table[name].to_numpy(float) for name in NAMES}
    every = np.ones(len(FACTORS))
    found = Parameters.uniform(
        column["total"],
        np.outer(column["baseline"], every),
        np.outer(column["decay"], every),
        exponent=_EXPONENT,
        half_saturation=column["half_saturation"],
        governance_floor=column["governance_floor"],
        lag_rate=column["lag_rate"],
        own_share=column["own_share"],
    )
    if policy:
        return found
    at = FACTORS.index("P")
    baseline, weights = found.baseline.copy(), found.weights.copy()
    baseline[:, at], weights[:, at], weights[:, :, at] = 0.0, 0.0, 0.0
    return found.replace(baseline=baseline, weights=weights)
