"""Experiments on paths: where a cluster ends, by its start and its governance.

Our formalisation throughout. A share is a share of draws from ranges of ours, not of clusters.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from gumlib.dynamics.equilibrium import HIGH_LEVEL, REGIMES, extremes, split
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.rivals import MODELS, Rival, rival
from gumlib.dynamics.simulation import simulate
from gumlib.errors import GumError
from gumlib.terms import FACTORS

SETTLE = 200.0
"""Years after which a run counts as settled."""
SAME = 0.01
"""Two ends whose levels differ by less than this in every factor count as one."""
STARTS: dict[str, dict[str, float]] = {
    "native": {"L": 0.4, "I": 0.2, "E": 0.1, "S": 0.8, "P": 0.2, "D": 0.2},
    "embedded": {"L": 0.4, "I": 0.2, "E": 0.8, "S": 0.1, "P": 0.2, "D": 0.2},
}
"""Starts of the two types (ours): the same levels, but for insertion and social capital, which change places."""


def step(parameters: Parameters, added: float = 0.0) -> float:
    """Return a time step, years, fit for the rates of a batch with a rate added from outside, 1/year.

    Examples
    --------
    >>> step(Parameters.uniform(), 0.1), round(step(Parameters.uniform(), 5.0), 2)
    (0.5, 0.15)
    """
    own = parameters.baseline + parameters.weights.sum(axis=-1) + parameters.decay
    return min(0.5, 0.9 / (float(own.max()) + added))


def settled(parameters: Parameters, start: ArrayLike, governance: ArrayLike, *, model: str | Rival = "gum") -> Floats:
    """Return the levels after `SETTLE` years without push or shock, (6,) or (draws, 6)."""
    run = simulate(parameters, start, SETTLE, governance, model=model, every=SETTLE, dt=step(parameters))
    ends: Floats = run.levels[..., -1, :]
    return ends


def reach(parameters: Parameters, governance: ArrayLike, *, model: str | Rival = "gum") -> tuple[Floats, Floats]:
    """Return where a cluster ends from all levels at 0 and from all at 1, (draws, 6) each.

    For a co-operative model these are the least and the greatest equilibrium, exactly. For another
    one they are the ends of two runs, which need not enclose all the others.

    Examples
    --------
    >>> low, high = reach(Parameters.uniform(total=[0.6]), 0.9)
    >>> low[0, 0].round(2), high[0, 0].round(2)
    (np.float64(0.12), np.float64(0.67))
    """
    if rival(model).cooperative:
        return extremes(parameters, governance, model=model)
    low, high = (settled(parameters, start, governance, model=model) for start in (0.0, 1.0))
    return low, high


def shares(parameters: Parameters, grid: Iterable[float], models: Iterable[str] = tuple(MODELS)) -> pd.DataFrame:
    """Return the share of draws that is stuck, bistable or rising, by model and governance.

    Bistable: the ends from nothing and from the top differ. Otherwise rising if the mean level of
    the one end is at least 0.5, else stuck.

    Returns
    -------
    Tidy frame: model, governance, regime, share, draws.

    Source: our formalisation; C20, C21.
    """
    if parameters.draws is None:
        raise GumError("expected a batch of draws, got one set; see ensemble.sample", "dynamics", "parameters")
    rows = []
    for model in models:
        for governance in grid:
            low, high = reach(parameters, governance, model=model)
            two = split(low, high) if MODELS[model].cooperative else np.abs(high - low).max(axis=-1) > SAME
            kinds = np.where(two, "bistable", np.where(low.mean(axis=-1) >= HIGH_LEVEL, "rising", "stuck"))
            rows += [(model, governance, kind, (kinds == kind).mean(), parameters.draws) for kind in REGIMES]
    return pd.DataFrame(rows, columns=["model", "governance", "regime", "share", "draws"])


def sweep(parameters: Parameters, points: int = 41, models: Iterable[str] = tuple(MODELS)) -> pd.DataFrame:
    """Return where a cluster stands when governance rises slowly and falls back, for the model and its rivals.

    Returns
    -------
    Tidy frame: model, governance, rising (follows the end from nothing), falling (from the top).

    Source: our formalisation; C23.
    """
    grid = np.linspace(0.0, 1.0, points)
    many = parameters.take(np.zeros(points, dtype=int)) if parameters.draws else parameters
    frames = []
    for model in models:
        low, high = reach(many, grid, model=model)
        frames.append({"model": model, "governance": grid, "rising": low.mean(axis=-1), "falling": high.mean(axis=-1)})
    return pd.concat([pd.DataFrame(frame) for frame in frames], ignore_index=True)


def widths(parameters: Parameters, points: int = 33) -> Floats:
    """Return the share of the governance scale on which the start decides the end, for each draw.

    Where governance has one threshold of rise and one of fall, this is the distance between the
    two, as far as both lie within [0, 1], to one part in `points`.

    Source: our formalisation; C23.
    """
    grid = (np.arange(points) + 0.5) / points
    count = parameters.draws or 1
    many = parameters.take(np.repeat(np.arange(count), points))
    low, high = reach(many, np.tile(grid, count))
    width: Floats = (np.abs(high - low).max(axis=-1) > SAME).reshape(count, points).mean(axis=1)
    return width


def two_starts(parameters: Parameters, grid: Iterable[float], models: Iterable[str] = tuple(MODELS)) -> pd.DataFrame:
    """Return the share of draws in which a native and an embedded start end in the same place.

    One parameter set, two starts (see `STARTS`); same place: every level within `SAME`.

    Returns
    -------
    Tidy frame: model, governance, same, and the shares high (both end at 0.5 or more), native
    and embedded (that start alone does).

    Source: our formalisation; C13.
    """
    rows = []
    for model in models:
        for governance in grid:
            ends = {kind: _ends(parameters, kind, governance, model) for kind in STARTS}
            same = np.abs(ends["native"] - ends["embedded"]).max(axis=-1) < SAME
            native, embedded = (ends[kind].mean(axis=-1) >= HIGH_LEVEL for kind in STARTS)
            found = (same, native & embedded, native & ~embedded, embedded & ~native)
            rows.append((model, governance, *(part.mean() for part in found)))
    return pd.DataFrame(rows, columns=["model", "governance", "same", "high", "native", "embedded"])


def _ends(parameters: Parameters, kind: str, governance: float, model: str) -> Floats:
    """Return where a start ends; in a co-operative model only draws with two ends need a run."""
    low, high = reach(parameters, governance, model=model)
    two = split(low, high) if MODELS[model].cooperative else np.ones(len(low), dtype=bool)
    if two.any():
        low = low.copy()
        low[two] = settled(parameters.take(np.flatnonzero(two)), _level(kind), governance, model=model)
    return low


def _level(kind: str) -> list[float]:
    return [STARTS[kind][code] for code in FACTORS]


def separatrix(parameters: Parameters, grid: Iterable[float], points: int = 21) -> pd.DataFrame:
    """Return the line between the starts that rise and those that do not, by social capital and insertion.

    The other factors start at the levels both types of `STARTS` share. For each level of social capital, the
    smallest level of insertion from which the cluster ends nearer the greatest than the least equilibrium, by
    bisection.

    Returns
    -------
    Tidy frame: governance, S, E, which is missing where no level is enough.

    Source: our formalisation; C21.
    """
    cases = pd.MultiIndex.from_product([list(grid), np.linspace(0, 1, points)], names=["governance", "S"])
    frame = cases.to_frame(index=False)
    start = np.tile(_level("native"), (len(frame), 1))
    start[:, FACTORS.index("S")] = frame["S"]
    governance = frame["governance"].to_numpy()
    middle_ground = sum(end.mean(axis=-1) for end in reach(parameters, governance)) / 2

    def high(level: Floats) -> np.ndarray:
        start[:, FACTORS.index("E")] = level
        risen: np.ndarray = settled(parameters, start, governance).mean(axis=-1) > middle_ground
        return risen

    bottom, top = np.zeros(len(frame)), np.ones(len(frame))
    enough, always = high(top), high(bottom)
    for _ in range(8):
        middle = (bottom + top) / 2
        rises = high(middle)
        bottom, top = np.where(rises, bottom, middle), np.where(rises, middle, top)
    frame["E"] = np.where(always, 0.0, np.where(enough, top, np.nan))
    return frame
