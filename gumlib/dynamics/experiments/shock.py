"""Shocks to a cluster that stands high: lasting and passing ones, and a lost generation of technology.

A shock adds to the decay of factors. Sizes and lengths are ours.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from gumlib.dynamics.equilibrium import HIGH_LEVEL
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.paths import Path
from gumlib.dynamics.rivals import MODELS, Rival, rival
from gumlib.dynamics.settling import reach, step
from gumlib.dynamics.simulation import simulate
from gumlib.terms import FACTORS

AFTER = 100
"""Years a run goes on after the shock has begun."""
COLLAPSE = 0.5
"""A cluster has collapsed if its mean level ends below this share of what it was before."""
BACK = 0.9
"""A cluster has recovered once its mean level is back at this share of what it was before."""
_TECHNOLOGY = ("L", "I")
"""What a new generation of technology devalues (ours): learning and innovation."""
_LENGTH, _HEIGHT = 10.0, 0.1
"""Years it lasts, and the response to it, 1/year."""


def standing(parameters: Parameters, governance: float, *, model: str | Rival = "gum") -> tuple[Parameters, Floats]:
    """Return the draws that can stand high, mean level at least 0.5, and the levels they stand at.

    Where none can, the levels are empty, and the parameters come back whole.
    """
    levels = reach(parameters, governance, model=model)[1]
    up = np.flatnonzero(levels.mean(axis=-1) >= HIGH_LEVEL)
    return parameters.take(up) if len(up) else parameters, levels[up]


def strike(
    parameters: Parameters,
    governance: float,
    sizes: Sequence[float],
    lengths: Sequence[float],
    *,
    models: Iterable[str | Rival] = tuple(MODELS),
) -> pd.DataFrame:
    """Return what shocks to all six factors do to the clusters that stand high.

    Parameters
    ----------
    sizes : added decay, 1/year
    lengths : years; inf for a lasting shock

    Returns
    -------
    Tidy frame: model, length, size, draws, collapsed (share of draws), recovery (median years
    from the end of the shock until the mean level is back at `BACK`; missing for a lasting shock).

    Source: our formalisation; C24.

    Examples
    --------
    >>> strike(Parameters.uniform(total=[0.7]), 0.8, [0.05, 0.8], [5.0], models=["gum"])["collapsed"].tolist()
    [0.0, 1.0]
    """
    rows = []
    for model in map(rival, models):
        kept, levels = standing(parameters, governance, model=model)
        for length in lengths if len(levels) else ():
            paths = _hit(kept, levels, governance, sizes, length, model)
            for size, path in zip(sizes, paths, strict=True):
                share = path / path[:, :1]
                back = _recovery(share, length)
                rows.append((model.name, length, size, len(levels), (share[:, -1] < COLLAPSE).mean(), back))
    return pd.DataFrame(rows, columns=["model", "length", "size", "draws", "collapsed", "recovery"])


def _hit(
    parameters: Parameters, levels: Floats, governance: float, sizes: Sequence[float], length: float, model: Rival
) -> Floats:
    """Return the mean level over the years, (sizes, draws, years): all sizes in one batch."""
    many, start = _repeated(parameters, levels, len(sizes))
    shock = np.repeat(np.asarray(sizes, dtype=float), len(levels))[:, None] * np.ones(len(FACTORS))
    dt = step(parameters, float(np.max(sizes)))
    under = min(length, float(AFTER))
    hit = simulate(many, start, under, governance, shocks=Path.constant(shock), model=model, dt=dt).levels
    if under < AFTER:
        rest = simulate(many, np.clip(hit[:, -1], 0, 1), AFTER - under, governance, model=model, dt=step(many)).levels
        hit = np.concatenate([hit, rest[:, 1:]], axis=1)
    mean: Floats = hit.mean(axis=-1).reshape(len(sizes), len(levels), -1)
    return mean


def _repeated(parameters: Parameters, levels: Floats, times: int) -> tuple[Parameters, Floats]:
    """Return the draws and their levels over and over."""
    return parameters.take(np.tile(np.arange(len(levels)), times)), np.tile(levels, (times, 1))


def _recovery(share: Floats, length: float) -> float:
    """Return the median years until the level is back, over the draws in which it comes back at all."""
    if not np.isfinite(length):
        return float("nan")
    later = share[:, int(np.ceil(length)) :]
    came = later[later[:, -1] >= BACK]
    return float(np.median((came >= BACK).argmax(axis=1))) if len(came) else float("nan")


def technology(
    parameters: Parameters,
    governance: float,
    sizes: Sequence[float],
    delays: Sequence[float],
    *,
    models: Iterable[str | Rival] = tuple(MODELS),
) -> pd.DataFrame:
    """Return the share of clusters that survive a shock to learning and innovation, by size and speed of response.

    For ten years the decay of both rises by the size. The response is a policy push of 0.1 a year
    on both, for as many years, from `delay` years after the shock begins.

    Parameters
    ----------
    delays : years; inf for no response

    Returns
    -------
    Tidy frame: model, delay, size, draws, survived (share of draws that do not collapse).

    Source: our formalisation; C28, dalum2005.
    """
    struck = np.array([code in _TECHNOLOGY for code in FACTORS], dtype=float)
    rows = []
    for model in map(rival, models):
        kept, levels = standing(parameters, governance, model=model)
        if not len(levels):
            continue
        many, start = _repeated(kept, levels, len(sizes))
        top = np.repeat(np.asarray(sizes, dtype=float), len(levels))[:, None] * struck
        shock, dt = Path.pulse(top, 0.0, _LENGTH), step(kept, _HEIGHT + float(np.max(sizes)))
        for delay in delays:
            policy = Path.pulse(_HEIGHT * struck, delay, _LENGTH) if np.isfinite(delay) else None
            run = simulate(many, start, AFTER, governance, policy=policy, shocks=shock, model=model, every=AFTER, dt=dt)
            ends = run.levels.mean(axis=-1).reshape(len(sizes), len(levels), -1)
            survived = (ends[..., -1] >= COLLAPSE * ends[..., 0]).mean(axis=1)
            rows += [(model.name, delay, size, len(levels), part) for size, part in zip(sizes, survived, strict=True)]
    return pd.DataFrame(rows, columns=["model", "delay", "size", "draws", "survived"])
