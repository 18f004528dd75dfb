"""Many fits at once: damped Gauss-Newton in lockstep, one batch of runs for all of them.

For simulated worlds and shuffles, where the same cases are fitted hundreds of times. The discrepancy τ is
given and not estimated; otherwise the same posterior as in `fit`, and a normal approximation around it.
"""

from dataclasses import dataclass

import numpy as np

from gumlib.cases.fitting import priors
from gumlib.cases.fitting.likelihood import Problem, predicted
from gumlib.dynamics import Rival
from gumlib.dynamics.parameters import Floats

_ROUNDS = 14
_REACH = 1e-4
_FREE = len(priors.NAMES) - 1
"""All parameters but the last, τ."""
_EDGE = 3.5


@dataclass(frozen=True, eq=False)
class Fits:
    """What many fits found.

    Parameters
    ----------
    scores : (fits, parameters), most likely standard scores
    spread : (fits, parameters), standard deviations of a normal approximation; 0 for τ
    predicted : (fits, cases, later, 10), what the model tells there
    """

    scores: Floats
    spread: Floats
    predicted: Floats


def fit_many(problem: Problem, levels: Floats, used: np.ndarray, model: str | Rival, discrepancy: float) -> Fits:
    """Fit a model to many versions of the same cases.

    Parameters
    ----------
    levels : (fits, cases, later, 10), coded levels of each version; missing where not coded
    used : (fits, cases), which cases each fit sees
    discrepancy : τ, the same for all
    """
    count = len(levels)
    weight = 1 / np.sqrt(problem.sigma**2 + discrepancy**2)
    weight = np.where(np.isfinite(levels), weight, 0.0) * used[:, :, None, None]
    known = np.where(np.isfinite(levels), levels, 0.0)
    last = priors.standard_scores(priors.values(np.zeros((1, _FREE + 1))).assign(discrepancy=discrepancy))[0, -1]
    points = np.concatenate([np.zeros((count, _FREE)), np.full((count, 1), last)], axis=1)
    damping = np.full(count, 1e-2)
    best, here = _loss(problem, points, known, weight, model)
    for _ in range(_ROUNDS):
        curvature, slope = _linear(problem, points, here, known, weight, model)
        lifted = curvature + damping[:, None, None] * np.eye(_FREE)
        trial = points.copy()
        trial[:, :_FREE] -= np.linalg.solve(lifted, slope[:, :, None])[:, :, 0]
        trial[:, :_FREE] = np.clip(trial[:, :_FREE], -_EDGE, _EDGE)
        loss, there = _loss(problem, trial, known, weight, model)
        better = loss < best
        points[better], here[better], best[better] = trial[better], there[better], loss[better]
        damping = np.clip(np.where(better, damping / 4, damping * 8), 1e-6, 1e6)
    curvature, _ = _linear(problem, points, here, known, weight, model)
    spread = np.sqrt(np.diagonal(np.linalg.inv(curvature), axis1=1, axis2=2))
    return Fits(points, np.concatenate([spread, np.zeros((count, 1))], axis=1), here)


def _loss(problem: Problem, points: Floats, known: Floats, weight: Floats, model: str | Rival) -> tuple[Floats, Floats]:
    here = predicted(problem, priors.values(points), model)
    loss: Floats = ((weight * (here - known)) ** 2).sum(axis=(1, 2, 3)) + (points[:, :_FREE] ** 2).sum(axis=1)
    return loss, here


def _linear(
    problem: Problem, points: Floats, here: Floats, known: Floats, weight: Floats, model: str | Rival
) -> tuple[Floats, Floats]:
    """Return curvature and slope of half the loss, (fits, free, free) and (fits, free)."""
    moves = np.concatenate([_REACH * np.eye(_FREE), np.zeros((_FREE, 1))], axis=1)
    around = (points[:, None, :] + moves).reshape(-1, _FREE + 1)
    near = predicted(problem, priors.values(around), model).reshape(len(points), _FREE, -1)
    flat = weight.reshape(len(points), -1)
    jacobian = flat[:, None, :] * (near - here.reshape(len(points), 1, -1)) / _REACH
    missed = flat * (here - known).reshape(len(points), -1)
    curvature = np.einsum("fik,fjk->fij", jacobian, jacobian) + np.eye(_FREE)
    return curvature, np.einsum("fik,fk->fi", jacobian, missed) + points[:, :_FREE]
