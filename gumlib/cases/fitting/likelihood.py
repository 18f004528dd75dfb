"""Coded cases laid out for fitting, and the runs of a model over them, all cases and draws in one batch.

What is taken as given, for every model alike:

* A case starts at its first epoch with a coded factor. Factors coded there start at their coded level,
  taken as observed; the others at one level x₀ common to all cases, which is estimated. Ways start at
  what the factors sustain. Levels of the first epoch are not in the likelihood.
* Governance follows the coded scores, straight between epochs: it is put in, not foreseen.
* A coded level is normal around the model with variance σ² + τ². σ is of the coding: 0.05, 0.10 or 0.15
  for high, medium or low confidence (a quarter, half, three quarters of a step), and half the spread of
  the passes. τ is what the model misses, estimated. Cells are taken as independent given the model;
  errors that run through a cluster make intervals too narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from gumlib.cases.case import Case
from gumlib.cases.fitting import priors
from gumlib.dynamics import Path, Rival, Run, simulate
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError
from gumlib.terms import FACTORS, WAYS

FITTED = (*FACTORS, *WAYS)
SIGMA = {"high": 0.05, "medium": 0.10, "low": 0.15}
LONGEST_STEP = 0.5
"""Longest time step, years: within 1e-6 of a step of 0.05; shorter where rates are fast."""
_LOG2PI = float(np.log(2 * np.pi))


def sigma(levels: pd.DataFrame) -> pd.Series:
    """Return the standard deviation of coding of each row of `Case.levels`; missing where the level is.

    Examples
    --------
    >>> sigma(pd.DataFrame({"level": [0.5], "confidence": ["medium"], "spread": [0.2]})).round(4).tolist()
    [0.1414]
    """
    own = levels["confidence"].map(SIGMA).astype(float).fillna(SIGMA["low"])
    both = np.sqrt(own**2 + (levels["spread"].astype(float).fillna(0.0) / 2) ** 2)
    return both.where(levels["level"].notna())


@dataclass(frozen=True, eq=False)
class Problem:
    """Coded cases as arrays. Time is counted from the first epoch of each case.

    Parameters
    ----------
    names : of the cases
    first : first epoch of each
    start : (cases, 6), coded levels there; missing where not coded
    governance, squeeze : (times, cases), at `times`, years since the first epoch
    later : years since the first epoch at which some case was coded, after it
    levels, sigma : (cases, later, 10), factors and ways; missing where not coded
    policy : False where P neither grows nor acts
    """

    names: tuple[str, ...]
    first: tuple[int, ...]
    start: Floats
    times: Floats
    governance: Floats
    squeeze: Floats
    later: Floats
    levels: Floats
    sigma: Floats
    policy: bool = True

    @property
    def cells(self) -> int:
        """Coded levels that a model is held against."""
        return int(np.isfinite(self.levels).sum())

    def take(self, chosen: Sequence[int]) -> "Problem":
        """Return some of the cases, by position."""
        at = list(chosen)
        return replace(
            self,
            names=tuple(self.names[n] for n in at),
            first=tuple(self.first[n] for n in at),
            start=self.start[at],
            governance=self.governance[:, at],
            squeeze=self.squeeze[:, at],
            levels=self.levels[at],
            sigma=self.sigma[at],
        )

    def without(self, what: str) -> "Problem":
        """Return the same with governance fixed at its first level, or policy or shocks absent."""
        if what == "governance":
            return replace(self, governance=np.repeat(self.governance[:1], len(self.times), axis=0))
        if what == "shocks":
            return replace(self, squeeze=np.zeros_like(self.squeeze))
        return replace(self, policy=False)


def pose(cases: Sequence[Case]) -> Problem:
    """Lay out cases for fitting.

    Raises
    ------
    GumError : no case, or a case with no epoch after its first
    """
    if not cases:
        raise GumError("expected at least one case, got none; name some", "cases", "cases")
    first = tuple(_first(case) for case in cases)
    paths = [(case.governance, case.pressure.fillna(0.0)) for case in cases]
    nodes = [
        np.concatenate([path.times, z.index, [z.index[-1] + 1]]) - start
        for (path, z), start in zip(paths, first, strict=True)
    ]
    times = np.unique(np.concatenate([np.zeros(1), *nodes]))
    times = times[times >= 0]
    later = np.unique([year - s for case, s in zip(cases, first, strict=True) for year in case.years if year > s])
    frames = [_later(case, start, later) for case, start in zip(cases, first, strict=True)]
    squeeze = [
        np.interp(times + s, z.index.to_numpy(float), z.to_numpy(float), left=0.0, right=0.0)
        for (_, z), s in zip(paths, first, strict=True)
    ]
    return Problem(
        tuple(case.name for case in cases),
        first,
        np.stack([case.table.loc[s, list(FACTORS)].to_numpy(float) for case, s in zip(cases, first, strict=True)]),
        times,
        np.stack([path.at(times + s) for (path, _), s in zip(paths, first, strict=True)], axis=1),
        np.stack(squeeze, axis=1),
        later.astype(float),
        np.stack([levels for levels, _ in frames]),
        np.stack([spread for _, spread in frames]),
    )


def _first(case: Case) -> int:
    coded = case.table[list(FACTORS)].notna().any(axis=1)
    years = coded.index[coded]
    if len(years) < 2:
        raise GumError(f"expected two epochs with coded factors in {case.name}, got {len(years)}", "cases", case.name)
    return int(years[0])


def _later(case: Case, start: int, later: Floats) -> tuple[Floats, Floats]:
    """Return levels and sigma at the later times, (later, 10); missing where the case was not coded."""
    known = case.levels.assign(sigma=sigma(case.levels))
    years = pd.Index((later + start).astype(int), name="year")
    wide = known.pivot(index="year", columns="variable", values=["level", "sigma"]).reindex(years)
    level, spread = (wide[part][list(FITTED)].to_numpy(float) for part in ("level", "sigma"))
    return level, spread


def run_cases(problem: Problem, values: pd.DataFrame, model: str | Rival = "gum", *, until: float | None = None) -> Run:
    """Run a model over all cases and draws; the batch counts all draws of the first case, then of the next.

    Parameters
    ----------
    values : a column for each of `priors.NAMES`, a draw a row
    until : years from the first epoch, by default up to the last; beyond it governance stays as last coded
        and there are no shocks
    """
    draws, count = len(values), len(problem.names)
    tiled = pd.concat([values] * count, ignore_index=True)
    start = np.where(
        np.isnan(problem.start)[:, None, :], values["unseen"].to_numpy()[:, None], problem.start[:, None, :]
    )
    if not problem.policy:
        start[:, :, FACTORS.index("P")] = 0.0
    shocks = np.zeros((len(problem.times), count, draws, len(FACTORS)))
    shocks[..., FACTORS.index("E")] = problem.squeeze[:, :, None] * values["pressure"].to_numpy()
    fastest = (values["total"] + values["baseline"] + values["decay"]).max() + shocks.max()
    fastest = max(fastest, float(values["lag_rate"].max()))
    return simulate(
        priors.fitted_parameters(tiled, policy=problem.policy),
        start.reshape(-1, len(FACTORS)),
        (0.0, float(problem.later[-1]) if until is None else until),
        Path(problem.times, np.repeat(problem.governance, draws, axis=1)),
        None,
        Path(problem.times, shocks.reshape(len(problem.times), -1, len(FACTORS))),
        model=model,
        dt=LONGEST_STEP * 0.5 ** max(0.0, float(np.ceil(np.log2(LONGEST_STEP * fastest / 0.95)))),
    )


def predicted(problem: Problem, values: pd.DataFrame, model: str | Rival = "gum") -> Floats:
    """Return what a model tells for the later epochs: (draws, cases, later, 10)."""
    found = run_cases(problem, values, model)
    at = np.searchsorted(found.times, problem.later)
    both = np.concatenate([found.levels[:, at], found.ways[:, at]], axis=2)
    return np.moveaxis(both.reshape(len(problem.names), len(values), *both.shape[1:]), 0, 1)


def log_posterior(problem: Problem, scores: Floats, model: str | Rival = "gum") -> Floats:
    """Return the log posterior density of each draw in standard scores, up to a constant."""
    density = -0.5 * (scores**2).sum(axis=1)
    inside = (np.abs(scores) <= priors.CUT).all(axis=1)
    values = priors.values(np.clip(scores, -priors.CUT, priors.CUT))
    variance = problem.sigma**2 + values["discrepancy"].to_numpy()[:, None, None, None] ** 2
    cells = (problem.levels - predicted(problem, values, model)) ** 2 / variance + np.log(variance) + _LOG2PI
    density -= 0.5 * np.nansum(cells, axis=(1, 2, 3))
    return np.where(inside, density, -np.inf)
