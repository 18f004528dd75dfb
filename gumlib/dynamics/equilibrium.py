"""Equilibria: where a run ends from nothing and from the top, and whether the two differ."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from gumlib.dynamics import scalar
from gumlib.dynamics.equations import System
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.rivals import Rival, rival
from gumlib.errors import GumError
from gumlib.terms import FACTORS

GAP = 1e-6
"""Equilibria closer than this, in every factor, count as one."""
HIGH_LEVEL = 0.5
"""A single equilibrium whose mean level reaches this counts as risen, else as stuck (ours)."""
REGIMES = ("stuck", "bistable", "rising")
_SETTLED = 1e-13
_MOST = 200_000
_IDLE = 0.25
"""Share of draws that may have arrived before those still on the way are gathered: gathering costs more than a step."""


def equilibria(parameters: Parameters, governance: float) -> pd.DataFrame:
    """Return the least and the greatest equilibrium, and the unstable one where the scalar equation applies.

    A run from all levels at 0 ends at the least, one from all levels at 1 at the greatest. They
    differ exactly when there is lock-in: the start decides the end.

    Parameters
    ----------
    governance : g in [0, 1]

    Returns
    -------
    Frame indexed ``least``, ``greatest``, and ``unstable`` if known; columns L I E S P D.

    Raises
    ------
    GumError : a batch, or governance outside [0, 1]

    Source: our formalisation; C20, C21.

    Examples
    --------
    >>> equilibria(Parameters.uniform(), 0.9)["L"].round(4).to_dict()
    {'least': 0.1212, 'greatest': 0.6665, 'unstable': 0.178}
    """
    low, high = extremes(parameters, governance)
    if low.ndim > 1:
        raise GumError("expected one parameter set; use extremes for a batch", "dynamics", "parameters")
    rows = {"least": low, "greatest": high}
    if scalar.applies(parameters) and split(low, high):
        rows["unstable"] = np.full(len(FACTORS), scalar.diagonal(parameters).roots(governance)[1])
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(FACTORS))


def extremes(parameters: Parameters, governance: ArrayLike, *, model: str | Rival = "gum") -> tuple[Floats, Floats]:
    """Return the least and the greatest equilibrium of each draw, (6,) or (draws, 6) each.

    Parameters
    ----------
    governance : g in [0, 1]: one number, or one a draw

    Raises
    ------
    GumError : governance outside [0, 1], or a rival that is not co-operative
    """
    chosen = rival(model)
    if not chosen.cooperative:
        raise GumError(f"expected a co-operative model, got {chosen.name}; simulate it instead", "dynamics", "model")
    level = np.asarray(governance, dtype=float)
    if not ((level >= 0) & (level <= 1)).all():
        raise GumError("expected governance from 0 to 1; divide scores by five", "dynamics", "governance")
    draws = np.broadcast_shapes(level.shape, () if parameters.draws is None else (parameters.draws,))
    system = System.of(parameters, chosen)
    strength = np.broadcast_to(system.strength(level.reshape(-1)), (draws or (1,))[-1:])
    ends = [_climb(system, strength, np.full((len(FACTORS), len(strength)), start)) for start in (0.0, 1.0)]
    return (ends[0].T, ends[1].T) if draws else (ends[0][:, 0], ends[1][:, 0])


def _climb(system: System, strength: Floats, levels: Floats) -> Floats:
    """Iterate x = a(x) / (a(x) + δ) to its fixed point; from 0 it only rises, from 1 it only falls."""
    result, active, part, now = np.empty_like(levels), np.arange(levels.shape[1]), system, levels
    settled = np.zeros(len(active), dtype=bool)
    for _ in range(_MOST):
        gain = part.baseline + strength * part.pull(part.effect(now))
        whole = gain + part.decay
        after = np.divide(gain, whole, out=now.copy(), where=whole > 0)
        arrived = ~settled & (np.abs(after - now).max(axis=0) <= _SETTLED)
        result[:, active[arrived]] = after[:, arrived]
        settled |= arrived
        now = after
        if settled.all():
            return result
        if settled.mean() > _IDLE:
            rest = ~settled
            active, part, now, strength = active[rest], part.block(rest), now[:, rest], strength[rest]
            settled = settled[rest]
    raise GumError(f"equilibrium not reached in {_MOST} steps; move off the fold", "dynamics", "equilibria")


def split(low: Floats, high: Floats) -> np.ndarray:
    """Return whether least and greatest equilibrium differ, for each draw."""
    differ: np.ndarray = np.abs(high - low).max(axis=-1) > GAP
    return differ


def regime(parameters: Parameters, governance: ArrayLike) -> np.ndarray:
    """Return what a cluster can do at this governance, for each draw: stuck, bistable or rising.

    Bistable: least and greatest equilibrium differ. Otherwise rising if the mean level of the one
    equilibrium reaches `HIGH_LEVEL`, else stuck.

    Examples
    --------
    >>> regime(Parameters.uniform(), [0.5, 0.9, 1.0]).tolist()
    ['stuck', 'bistable', 'rising']
    """
    low, high = extremes(parameters, governance)
    return np.where(split(low, high), "bistable", np.where(low.mean(axis=-1) >= HIGH_LEVEL, "rising", "stuck"))


_GRID = np.linspace(0.0, 1.0, 65)


def thresholds(parameters: Parameters, *, tolerance: float = 1e-6) -> pd.DataFrame:
    """Return the governance at which a low cluster rises and a high cluster falls, and the width between.

    Found by bisection on whether least and greatest equilibrium differ, after a scan of 65 values of
    governance: a window narrower than 1/64 can be missed.

    Parameters
    ----------
    tolerance : of the thresholds; close to a fold the search slows down

    Returns
    -------
    Frame with a row a draw: rise (inf if a low cluster stays low up to g = 1), fall (-inf if a high
    cluster stays high down to g = 0), width = rise - fall; all missing where there is no lock-in.

    Source: our formalisation; C06, C23.

    Examples
    --------
    >>> thresholds(Parameters.uniform()).round(3).values.tolist()
    [[0.975, 0.558, 0.417]]
    """
    count = parameters.draws or 1
    draws = np.repeat(np.arange(count), len(_GRID))
    grid = np.tile(_GRID, count)
    locked = _locked(parameters, draws, grid).reshape(count, -1)
    some = locked.any(axis=1)
    first, last = locked.argmax(axis=1), len(_GRID) - 1 - locked[:, ::-1].argmax(axis=1)
    rise, fall = np.full(count, np.nan), np.full(count, np.nan)
    rise[some & (last == len(_GRID) - 1)] = np.inf
    fall[some & (first == 0)] = -np.inf
    for edge, at, step in ((rise, last, 1), (fall, first, -1)):
        open_ = np.flatnonzero(some & np.isnan(edge))
        inside = _GRID[at[open_]]
        outside = _GRID[at[open_] + step]
        while len(open_) and np.abs(outside - inside).max() > tolerance:
            middle = (inside + outside) / 2
            both = _locked(parameters, open_, middle)
            inside, outside = np.where(both, middle, inside), np.where(both, outside, middle)
        edge[open_] = (inside + outside) / 2
    return pd.DataFrame({"rise": rise, "fall": fall, "width": rise - fall}).rename_axis("draw")


def _locked(parameters: Parameters, draws: np.ndarray, governance: Floats) -> np.ndarray:
    return split(*extremes(parameters.take(draws), governance))
