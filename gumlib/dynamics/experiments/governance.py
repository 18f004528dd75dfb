"""Experiments with the mechanism: more or less governance, other models, pairs of factors cut.

Our formalisation. Every experiment runs over the same draws of parameters, so that two of its rows
differ in one thought and not in the numbers.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from gumlib.dynamics import MODELS, Parameters, ensemble, extremes, simulate
from gumlib.dynamics.equilibrium import split
from gumlib.dynamics.parameters import Floats
from gumlib.terms import BASIC, FACTORS

SEED = 23
DRAWS = 512
START_LEVEL = 0.3
"""Level of every factor at the start: above nothing, below half."""
HORIZON = 30.0
_MIDDLING = 0.6
_GOVERNANCE = (0.3, _MIDDLING, 0.9)
"""Weak, middling and strong governance."""
DT = 0.25
"""Time step, years: the index then differs by less than 1e-5 from that at a fifth of it."""
BANDS = {"low90": 0.05, "low50": 0.25, "median": 0.5, "high50": 0.75, "high90": 0.95}
_GRID = np.linspace(0.0, 1.0, 11).round(1)


def trajectories(models: Sequence[str] = ("gum",), *, years: float = HORIZON, draws: int = DRAWS) -> pd.DataFrame:
    """Return the upgrading index over time at three levels of governance: median, the middle 50 and 90 % of the draws.

    Parameters
    ----------
    models : names in `MODELS`

    Returns
    -------
    Tidy frame: model, governance, time (years), low90, low50, median, high50, high90.

    Source: our formalisation of C06 and C12.
    """
    parameters = ensemble.sample(draws, seed=SEED)
    parts = []
    for model in models:
        for level in _GOVERNANCE:
            run = simulate(parameters, START_LEVEL, years, level, model=model, dt=DT)
            bands = np.quantile(run.index, list(BANDS.values()), axis=0)
            head = {"model": model, "governance": level, "time": run.times}
            parts.append(pd.DataFrame({**head, **dict(zip(BANDS, bands, strict=True))}))
    return pd.concat(parts, ignore_index=True)


def governed(models: Sequence[str] = ("gum",), *, draws: int = 256) -> pd.DataFrame:
    """Return where a cluster settles at each level of governance, from nothing and from the top.

    Parameters
    ----------
    models : names of co-operative models in `MODELS`

    Returns
    -------
    Tidy frame: model, draw, governance (0, 0.1, ..., 1), low and high (the index at the least and at
    the greatest equilibrium), net (`low` over γ: what is left when the direct factor γ is taken
    out), two (whether the two equilibria differ).

    Source: our formalisation of C06 and C23.
    """
    parameters = ensemble.sample(draws, seed=SEED).take(np.repeat(np.arange(draws), len(_GRID)))
    grid = np.tile(_GRID, draws)
    parts = []
    for model in models:
        ends = extremes(parameters, grid, model=model)
        low, high = (_sustained(parameters, levels, grid, model) for levels in ends)
        floor = parameters.governance_floor
        strength = floor + (1 - floor) * grid if MODELS[model].governed else np.ones_like(grid)
        part = {"model": model, "draw": np.repeat(np.arange(draws), len(_GRID)), "governance": grid}
        net = np.divide(low, strength, out=np.full_like(low, np.nan), where=strength > 0)
        parts.append(pd.DataFrame({**part, "low": low, "high": high, "net": net, "two": split(*ends)}))
    return pd.concat(parts, ignore_index=True)


def _sustained(parameters: Parameters, levels: Floats, governance: Floats, model: str) -> Floats:
    """Return the index of the ways that these levels sustain."""
    index: Floats = simulate(parameters, levels, DT, governance, model=model, every=DT, dt=DT).index[:, 0]
    return index


def signature(table: pd.DataFrame) -> pd.DataFrame:
    """Return, for each model, the share of draws in which governance does what C06 leads one to expect.

    Parameters
    ----------
    table : frame such as `governed` returns

    Returns
    -------
    Frame indexed by model: rises (the index never falls with governance and ends higher), hysteresis
    (two equilibria at some governance), both.
    """
    rows = {}
    for model, part in table.groupby("model", sort=False):
        low = part.pivot(index="draw", columns="governance", values="low")
        steps = np.diff(low.to_numpy(), axis=1)
        rises = (steps >= -1e-9).all(axis=1) & (low.iloc[:, -1] - low.iloc[:, 0] > 1e-6).to_numpy()
        two = part.groupby("draw")["two"].any().to_numpy()
        rows[model] = {"rises": rises.mean(), "hysteresis": two.mean(), "both": (rises & two).mean()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("model")


def without(parameters: Parameters, pair: tuple[str, str], *, moved: bool = False) -> Parameters:
    """Return the parameters without the two interactions of a pair of factors.

    Parameters
    ----------
    moved : give what is taken from a factor to the others that act on it, so that its total stays

    Examples
    --------
    >>> cut = without(Parameters.uniform(), ("L", "I"))
    >>> int((cut.weights > 0).sum()), round(float(cut.weights[0].sum()), 6)
    (26, 0.48)
    """
    weights = parameters.weights.copy()
    totals = weights.sum(axis=-1, keepdims=True)
    first, second = (FACTORS.index(code) for code in pair)
    weights[..., first, second] = weights[..., second, first] = 0.0
    if moved:
        left = weights.sum(axis=-1, keepdims=True)
        weights *= np.where(left > 0, totals / np.where(left > 0, left, 1.0), 0.0)
    return parameters.replace(weights=weights)


def ablation(*, draws: int = DRAWS, model: str = "gum") -> pd.DataFrame:
    """Return the index with each pair of basic factors cut, a row a draw.

    Two versions: ``removed`` takes the two interactions away, ``moved`` gives their weight to the
    other factors that act on the same receiver. The mechanisms of the ways are left as they are.

    Returns
    -------
    Tidy frame: pair (such as ``L-I``), version, draw, full (index with all interactions), index (after
    the cut), change (index / full - 1).

    Source: our formalisation of C03.
    """
    parameters = ensemble.sample(draws, seed=SEED)
    full = _last(parameters, model)
    parts = []
    for pair in combinations(BASIC, 2):
        for version in ("removed", "moved"):
            index = _last(without(parameters, pair, moved=version == "moved"), model)
            head = {"pair": "-".join(pair), "version": version, "draw": np.arange(draws)}
            parts.append(pd.DataFrame({**head, "full": full, "index": index, "change": index / full - 1}))
    return pd.concat(parts, ignore_index=True)


def _last(parameters: Parameters, model: str) -> Floats:
    run = simulate(parameters, START_LEVEL, HORIZON, _MIDDLING, model=model, every=HORIZON, dt=DT)
    index: Floats = run.index[:, -1]
    return index


def ablation_summary(table: pd.DataFrame) -> pd.DataFrame:
    """Return, for each pair and version, in how many draws the index falls, and by how much.

    Returns
    -------
    Frame indexed by pair and version: lower, share of draws with a fall; tenth, share with a fall of
    10 % or more; median, low and high (the change in the middle draw and at 5 and 95 %).
    """
    change = table.groupby(["pair", "version"], sort=False)["change"]
    return pd.DataFrame(
        {
            "lower": change.apply(lambda values: float((values < -1e-9).mean())),
            "tenth": change.apply(lambda values: float((values <= -0.1).mean())),
            "median": change.median(),
            "low": change.quantile(BANDS["low90"]),
            "high": change.quantile(BANDS["high90"]),
        }
    )
