"""One factor for the items of a variable, by maximum likelihood, for many samples at once.

Correlations are taken as l l' + diag(u), with loadings l and uniquenesses u from 0 on; 0 is the bound of lavaan, R's
factanal stops at 0.005. Where the likelihood is highest, u = 1 - l², so that loadings alone are sought: Newton's
method goes downhill on exact first and second derivatives, from the first principal component and from near each
edge, so that it does not hang on a start. On an edge one item has no uniqueness and is the factor itself (Heywood's
case). Then the other loadings are its correlations, and the likelihood is known without a search (Jöreskog 1967,
Psychometrika 32, 443-482). The best of all is the answer.
"""

from typing import NamedTuple

import numpy as np

FEWEST = 3
"""Fewest items, and fewest loadings other than 0, of a factor: with two its loadings are not determined."""
_ALIKE = 1e-10
"""Distance of a correlation from 1, or of an eigenvalue below 0, that is only rounding."""
_EVEN, _WORSE = 1e-12, 1e-9
"""Differences in loss that are none, and that cannot be rounding."""
_STEPS, _LONGEST, _ARRIVED = 100, 2.0, 1e-7
_NEAR, _AT = np.log(4 / np.array([1e-3, 1e-6]))
"""Size of t at uniquenesses of 0.001, where an edge draws if the fit on it is the best around, and of 0.000001."""


class Factor(NamedTuple):
    """One factor of each sample.

    Parameters
    ----------
    loadings : of the correlations, (..., items), with a sum from 0 on
    uniqueness : (..., items), 1 less the squared loadings
    edge : whether an item has no uniqueness, so that it is the factor (Heywood's case), (...)
    """

    loadings: np.ndarray
    uniqueness: np.ndarray
    edge: np.ndarray


def fitted(covariance: np.ndarray) -> Factor:
    """Return the factor of maximum likelihood of each covariance matrix.

    Missing where there is none: fewer than three items; an item that all answered alike; correlations that no
    answers of the same firms have, as of pairs with different firms; fewer than three loadings other than 0. Of
    edges that are equally good the first is taken.

    Parameters
    ----------
    covariance : of the items, (..., items, items)

    Examples
    --------
    >>> found = fitted(np.full((3, 3), 0.49) + 0.51 * np.eye(3))
    >>> found.loadings.round(6).tolist(), found.uniqueness.round(6).tolist()
    ([0.7, 0.7, 0.7], [0.51, 0.51, 0.51])

    The first of these items correlates so highly with the others that it is the factor.

    >>> found = fitted(np.array([[1.0, 0.8, 0.7], [0.8, 1.0, 0.4], [0.7, 0.4, 1.0]]))
    >>> found.loadings.tolist(), bool(found.edge)
    ([1.0, 0.8, 0.7], True)
    """
    shape = covariance.shape[:-1]
    correlation, sound = _correlations(covariance.reshape(-1, *covariance.shape[-2:]))
    loadings = np.full(correlation.shape[:2], np.nan)
    if sound.any():
        loadings[sound] = _best(correlation[sound])
    loadings[(np.abs(loadings) > _ALIKE).sum(axis=1) < FEWEST] = np.nan
    loadings[loadings.sum(axis=1) < 0] *= -1
    edge = (np.abs(loadings) == 1).any(axis=1)
    return Factor(loadings.reshape(shape), 1 - loadings.reshape(shape) ** 2, edge.reshape(shape[:-1]))


def _correlations(covariance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Correlations, with those that are 1 but for rounding at 1, and which of the matrices can have a factor."""
    spread = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2))
    sound = np.isfinite(covariance).all(axis=(1, 2)) & (spread > 0).all(axis=1)
    sound &= covariance.shape[1] >= FEWEST
    spread = np.where(sound[:, None], spread, 1.0)
    correlation = covariance / (spread[:, :, None] * spread[:, None, :])
    correlation[~sound] = np.eye(covariance.shape[1])
    correlation = np.where(np.abs(np.abs(correlation) - 1) < _ALIKE, np.sign(correlation), correlation)
    return correlation, sound & (np.linalg.eigvalsh(correlation)[:, 0] > -_ALIKE)


def _best(correlation: np.ndarray) -> np.ndarray:
    """Loadings with the least loss, of those inside and those on an edge; missing where the search was lost."""
    rows, count = np.arange(len(correlation)), correlation.shape[1]
    edges, closed = _edges(correlation)
    edge = (edges <= edges.min(axis=1, keepdims=True) + _EVEN).argmax(axis=1)
    loadings, least = correlation[rows, edge], edges[rows, edge]
    again = np.repeat(rows, count + 1)
    starts = _starts(correlation).reshape(-1, count)
    t, loss, inside = _descended(correlation[again], 2 * np.arctanh(starts), closed[again])
    t, loss, inside = t.reshape(len(rows), -1, count), loss.reshape(len(rows), -1), inside.reshape(len(rows), -1)
    reached = np.where(inside, loss, np.inf)
    first = reached.argmin(axis=1)
    better = reached[rows, first] < least - _EVEN
    loadings = np.where(better[:, None], np.tanh(t[rows, first] / 2), loadings)
    lost = loss.min(axis=1) < np.where(better, reached[rows, first], least) - _WORSE
    return np.where(lost[:, None], np.nan, loadings)


def _edges(correlation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loss with each item as the factor, and whether it rises from there as the item gets a uniqueness."""
    identity = np.eye(correlation.shape[1])
    loading = correlation * (1 - identity)
    unique = np.maximum(1 - loading**2, _ALIKE)
    pull = loading / unique
    along = (pull * loading).sum(axis=2)
    slope = along**2 + along - np.einsum("nij,njk,nik->ni", pull, correlation, pull)
    return np.log(unique).sum(axis=2), slope >= 0


def _starts(correlation: np.ndarray) -> np.ndarray:
    """Loadings to start from, (samples, items + 1, items): the first principal component, then near each edge."""
    values, vectors = np.linalg.eigh(correlation)
    component = vectors[:, :, -1] * np.sqrt(np.maximum(values[:, -1:] - 0.5, 0.1))
    count = correlation.shape[1]
    near = np.clip(correlation, -0.95, 0.95)
    near[:, range(count), range(count)] = 0.9
    common = np.clip(np.abs(component), 0.2, 0.97) * np.where(component < 0, -1, 1)
    return np.concatenate([common[:, None], near], axis=1)


def _descended(correlation: np.ndarray, t: np.ndarray, closed: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Go downhill from t: where each row ends, its loss, and whether that is the lowest point around.

    It is not for a row that comes to an edge, or finds no end.
    """
    loss, slope, bend = _loss(correlation, t)
    step = _newton(slope, bend)
    inside, live = np.zeros(len(t), dtype=bool), np.arange(len(t))
    for _ in range(_STEPS):
        trial = t[live] + step[live]
        reached, slope, bend = _loss(correlation[live], trial)
        last = np.abs(step[live]).max(axis=1) < _ARRIVED
        lower = last | (reached < loss[live] + _EVEN)
        moved = live[lower]
        t[moved], loss[moved], step[moved] = trial[lower], reached[lower], _newton(slope[lower], bend[lower])
        step[live[~lower]] /= 4
        size = np.abs(t[live])
        drawn = ((size > _AT) | (size > _NEAR) & closed[live]).any(axis=1)
        inside[live[last & ~drawn]] = True
        live = live[~last & ~drawn]
        if not len(live):
            break
    return t, loss, inside


def _loss(correlation: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the loss log|S| + tr(R / S) - items of loadings l = tanh(t / 2), with its first and second derivatives.

    By Sherman and Morrison the inverse of S = l l' + diag(1 - l²) needs only precision, 1 / (1 - l²), and weight,
    l / (1 - l²). Derivatives by t are plain: precision' = weight, weight' = precision - 1 / 2.
    """
    precision, weight = (1 + np.cosh(t)) / 2, np.sinh(t) / 2
    total = precision.sum(axis=1, keepdims=True) - t.shape[1] + 1
    turn = precision - 0.5
    seen = np.einsum("nij,nj->ni", correlation, weight)
    caught = (weight * seen).sum(axis=1, keepdims=True)
    loss = (np.log(total) + total - 1 - caught / total)[:, 0] - np.log(precision).sum(axis=1)
    scale = 1 + 1 / total + caught / total**2
    slope = weight * scale - weight / precision - 2 * turn * seen / total
    cross = 2 * turn * seen / total**2
    rest = cross - weight * (1 / total**2 + 2 * caught / total**3)
    bend = -2 * turn[:, :, None] * correlation * (turn / total)[:, None, :]
    bend += cross[:, :, None] * weight[:, None, :] + weight[:, :, None] * rest[:, None, :]
    diagonal = np.arange(t.shape[1])
    bend[:, diagonal, diagonal] += turn * scale - 0.5 / precision - 2 * weight * seen / total
    return loss, slope, bend


def _newton(slope: np.ndarray, bend: np.ndarray) -> np.ndarray:
    """Newton's step, turned downhill where the loss bends the other way, and shortened where it is long."""
    values, vectors = np.linalg.eigh(bend)
    along = np.einsum("nij,ni->nj", vectors, slope) / np.maximum(np.abs(values), _ALIKE)
    step = -np.einsum("nij,nj->ni", vectors, along)
    longest = np.abs(step).max(axis=1, keepdims=True)
    shortened: np.ndarray = step * np.minimum(1, _LONGEST / np.maximum(longest, _LONGEST))
    return shortened
