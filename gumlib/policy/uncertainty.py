"""The draws a policy is tried in, and where a case stands when it begins. All portfolios meet the same draws."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import norm

from gumlib import data
from gumlib.cases import Case
from gumlib.cases.fitting import priors
from gumlib.cases.squeeze import parts
from gumlib.dynamics import ensemble
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.errors import GumError, one_of
from gumlib.policy.catalogue import instruments
from gumlib.terms import FACTORS

SEED, _DRAWS = 60, 64
UNSEEN = (0.0, 0.4)
"""Where a factor starts that no pass could score at the start: low, since sources tell little of what is low (ours)."""
_THETA = (0.3, 1.0)
"""Decay of E for a squeeze of 1: median and spread on the log scale, as in `gumlib.cases.fitting.priors`."""


@dataclass(frozen=True, eq=False)
class Worlds:
    """Draws of all that is uncertain, common to all portfolios.

    Parameters
    ----------
    parameters : of the mechanism, a set a draw
    theta : (draws,), 1/year: decay of E for an outside squeeze of 1
    start : (draws, 6) in [0, 1], where in its range each starting level lies
    size : (draws, instruments), what is left of each instrument after leakage
    cost : (draws, instruments), relative cost
    """

    parameters: Parameters
    theta: Floats
    start: Floats
    size: Floats
    cost: Floats

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.theta)

    def take(self, at: slice | np.ndarray) -> "Worlds":
        """Return some of the draws."""
        return Worlds(self.parameters.take(at), self.theta[at], self.start[at], self.size[at], self.cost[at])


def worlds(count: int = _DRAWS, *, seed: int = SEED, source: str = "ranges") -> Worlds:
    """Return draws of parameters, of the weight of outside pressure, of starts, and of instruments.

    Parameters
    ----------
    count : a power of two
    source : ``"ranges"`` draws parameters from `gumlib.dynamics.parameters.RANGES`; ``"fitted"`` takes them from the
        posterior of the model fitted to the four cases, evenly spaced

    Raises
    ------
    GumError : a count that is no power of two, an unknown source

    Source: our formalisation; sizes, leakage and costs are drawn from their ranges, log-uniform on either side
    of the middle value.
    """
    one_of(source, ("ranges", "fitted"), "policy", "source")
    if count < 1 or count & (count - 1):
        raise GumError(f"expected a power of two, got {count}; take 64 or 256", "policy", "count")
    table = instruments()
    wide = len(table)
    points = ensemble.draws.sobol(1 + len(FACTORS) + 3 * wide, seed + 1, 0, count)
    theta = _THETA[0] * np.exp(_THETA[1] * np.clip(norm.ppf(points[:, 0]), -2, 2))
    start, rest = points[:, 1 : 1 + len(FACTORS)], points[:, 1 + len(FACTORS) :]
    size, leakage, cost = (
        _drawn(table, what, rest[:, n * wide : (n + 1) * wide]) for n, what in enumerate(("size", "leakage", "cost"))
    )
    if source == "ranges":
        return Worlds(ensemble.sample(count, seed=seed), theta, start, size * (1 - leakage), cost)
    kept = data.read("case-draws")
    kept = kept.iloc[np.linspace(0, len(kept) - 1, count).round().astype(int)].reset_index(drop=True)
    return Worlds(priors.fitted_parameters(kept), kept["pressure"].to_numpy(float), start, size * (1 - leakage), cost)


def fitted_worlds(model: str, count: int = _DRAWS) -> Worlds:
    """Return draws for one model as fitted to the four cases.

    The model itself has draws from its posterior; of a rival only the most likely parameters are kept, so that its
    draws differ in starts and instruments alone.
    """
    drawn = worlds(count, source="fitted")
    if model == "gum":
        return drawn
    table = data.read("case-fits").pivot(index="model", columns="parameter", values="map")
    one = table.loc[[one_of(model, tuple(table.index), "policy", "model")]]
    many = pd.concat([one] * count, ignore_index=True)
    return replace(drawn, parameters=priors.fitted_parameters(many), theta=many["pressure"].to_numpy(float))


def _drawn(table: pd.DataFrame, what: str, points: Floats) -> Floats:
    """Draw from low to middle in half of the draws, from middle to high in the other half, evenly in logarithms."""
    low, middle, high = (np.log(table[name].to_numpy(float)) for name in (f"{what}_low", what, f"{what}_high"))
    below = low + 2 * points * (middle - low)
    above = middle + (2 * points - 1) * (high - middle)
    drawn: Floats = np.exp(np.where(points < 0.5, below, above))
    return drawn


def opening(case: Case, year: int, points: Floats) -> tuple[Floats, float]:
    """Return starting levels, (draws, 6), and governance of a case in a coded year.

    Raises
    ------
    GumError : the year was not coded, or governance has no score in it
    """
    levels = case.start(year, points, UNSEEN)
    governance = case.table.loc[year, "G"]
    if np.isnan(governance):
        raise GumError(f"expected a score for governance in {year}; begin in a later year", "policy", case.name)
    return levels, float(governance)


def squeeze(start: int, years: int, *, before: float | None = None) -> Floats:
    """Return the outside squeeze of each year from `start` on: as measured, and its mean for years not measured.

    Parameters
    ----------
    before : what stands for the years before it is measured, by default the mean as well

    Examples
    --------
    >>> squeeze(2009, 3).round(2).tolist()
    [0.35, 0.0, 0.07]
    """
    known = parts()["squeeze"]
    found: Floats = known.reindex(range(start, start + years)).to_numpy(float)
    first = known.mean() if before is None else before
    found = np.where(np.arange(start, start + years) < known.index[0], first, found)
    return np.where(np.isnan(found), known.mean(), found)
