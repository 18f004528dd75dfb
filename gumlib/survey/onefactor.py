"""One factor for the items of a variable, by maximum likelihood with statsmodels.

statsmodels is chosen over factor_analyzer, whose last release (0.5.1, 2024) fails with scikit-learn 1.8 and later
(`check_array` lost `force_all_finite`), and over semopy, which is heavier. Left to itself statsmodels draws
the values it starts from afresh on every run; here they are given, so that every run is the same.
"""

from __future__ import annotations

import warnings
from typing import TypeAlias

import numpy as np

from gumlib.extras import extra

Solution: TypeAlias = tuple[np.ndarray, np.ndarray]
"""Loadings, (items, 1), and uniquenesses, (items,), of the correlations."""
FEWEST = 3
"""Fewest items for a factor: with two its loadings are not determined."""
_FLAT, _WHOLE = 1e-4, 1.05
"""Slope below which a fit counts as arrived; uniqueness above which it is nonsense, as none can be over 1."""


def fitted(covariance: np.ndarray, start: Solution | None = None) -> Solution | None:
    """Return loadings and uniquenesses of one factor, or None where there are none to be had.

    Parameters
    ----------
    covariance : of the items
    start : solution to start from, such as that of the whole sample for a resample of it

    Examples
    --------
    >>> loadings, uniqueness = fitted(np.full((3, 3), 0.49) + 0.51 * np.eye(3))
    >>> loadings[:, 0].round(3).tolist(), uniqueness.round(3).tolist()
    ([0.7, 0.7, 0.7], [0.51, 0.51, 0.51])
    """
    spread = np.sqrt(np.diag(covariance))
    if len(covariance) < FEWEST or not np.isfinite(covariance).all() or (spread == 0).any():
        return None
    correlation = covariance / np.outer(spread, spread)
    starts = [start, _start(correlation)] if start else [_start(correlation)]
    tried = []
    for begin in starts:
        loadings, uniqueness, loss, sure = _fit(correlation, begin)
        tried.append((loss, loadings, uniqueness))
        if sure:
            return loadings, uniqueness
    sane = [one for one in tried if np.isfinite(one[0]) and one[2].min() >= 0 and one[2].max() < _WHOLE]
    best = min(sane, key=lambda one: one[0]) if sane else None
    return best and (best[1], best[2])


def _fit(correlation: np.ndarray, start: Solution) -> tuple[np.ndarray, np.ndarray, float, bool]:
    """Fit one factor by maximum likelihood: loadings, uniquenesses, loss, whether the optimiser is sure.

    It is not sure where an item has no error of its own (a uniqueness of zero), which small samples bring.
    """
    factor = extra("statsmodels.multivariate.factor", "survey").Factor
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = factor(corr=correlation, n_factor=1, method="ml")
        model.fit(start=start, opt_method="BFGS", opt={"gtol": 1e-6})
    arrived = model.mle_retvals
    sure = bool(arrived.success or np.abs(arrived.jac).max() < _FLAT)
    return model.loadings, model.uniqueness, float(arrived.fun), sure


def _start(correlation: np.ndarray) -> Solution:
    """Loadings and uniquenesses to start from, after the first principal component."""
    values, vectors = np.linalg.eigh(correlation)
    common = np.clip(vectors[:, -1] ** 2 * max(values[-1] - 0.5, 0.1), 0.05, 0.95)
    signs = np.where(vectors[:, -1] * np.sign(vectors[:, -1].sum() or 1.0) < 0, -1.0, 1.0)
    return (signs * np.sqrt(common))[:, None], 1 - common
