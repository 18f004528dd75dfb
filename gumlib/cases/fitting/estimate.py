"""Shared parameters of coded cases: the most likely set under stated priors, from several starts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from gumlib.cases.case import Case
from gumlib.cases.fitting import priors
from gumlib.cases.fitting.likelihood import Problem, log_posterior, pose, predicted
from gumlib.data import sorting
from gumlib.dynamics import Rival
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.rivals import rival

_SEED, _STARTS = 41, 3
_REACH = 1e-4


@dataclass(frozen=True, eq=False)
class Fit:
    """One model fitted to some cases with one parameter set for all.

    Parameters
    ----------
    model : the model
    problem : the cases
    scores : standard scores of the most likely set
    log_posterior : log density there, up to a constant common to all models on the same cases
    reached : log density reached from each start, best first
    """

    model: Rival
    problem: Problem
    scores: Floats
    log_posterior: float
    reached: tuple[float, ...]

    @property
    def values(self) -> pd.Series:
        """The most likely parameters."""
        return priors.values(self.scores).iloc[0]

    @property
    def error(self) -> pd.Series:
        """Mean absolute error of the coded levels, by case; a step of the score is 0.2."""
        missed = predicted(self.problem, priors.values(self.scores), self.model)[0] - self.problem.levels
        return pd.Series(np.nanmean(np.abs(missed), axis=(1, 2)), index=list(self.problem.names), name="error")


def fit(cases: Sequence[Case] | Problem, model: str | Rival = "gum", *, starts: int = _STARTS) -> Fit:
    """Fit one parameter set to all cases: the most likely one (MAP) under the priors of `priors.prior_table`.

    Parameters
    ----------
    cases : cases, or a problem made of them by `pose`
    model : a model of `gumlib.dynamics.MODELS`; all have the same priors, and a parameter that a rival has
        no use for stays at its prior
    starts : searches, the first from the prior medians, the others from draws of the prior

    Source: our formalisation; C12, C13.
    """
    problem = cases if isinstance(cases, Problem) else pose(cases)
    chosen = rival(model)
    points = np.random.default_rng(_SEED).standard_normal((starts, len(priors.NAMES)))
    points[0] = 0.0
    return _search(problem, chosen, np.clip(points, -2, 2))


def _search(problem: Problem, model: Rival, points: Floats) -> Fit:
    """Search upwards from each point (L-BFGS-B on central differences) and keep the best."""
    size = len(priors.NAMES)
    moves = np.concatenate([np.zeros((1, size)), _REACH * np.eye(size), -_REACH * np.eye(size)])

    def downhill(point: Floats) -> tuple[float, Floats]:
        around = -log_posterior(problem, point + moves, model)
        return float(around[0]), (around[1 : size + 1] - around[size + 1 :]) / (2 * _REACH)

    edge = priors.CUT - 2 * _REACH
    ends = [
        minimize(downhill, point, jac=True, method="L-BFGS-B", bounds=[(-edge, edge)] * size, options={"maxiter": 200})
        for point in points
    ]
    best = min(ends, key=lambda end: sorting.rounded(float(end.fun)))
    return Fit(
        model, problem, np.asarray(best.x), -float(best.fun), tuple(sorted((-float(e.fun) for e in ends), reverse=True))
    )
