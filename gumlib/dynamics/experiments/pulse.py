"""The route of a pulse: push one factor for a few years and time what follows.

Our formalisation of the running order of C07. Part of the order is built into the equations: a way
follows its mechanism with a lag, and the index is a mean of the ways without a lag of its own.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from gumlib.dynamics import Parameters, Path, ensemble, extremes, simulate
from gumlib.dynamics.equations import System
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.rivals import rival
from gumlib.dynamics.rk4 import start_of_ways
from gumlib.terms import FACTORS

SEED = 23
_DRAWS = 128
GOVERNANCE = 0.6
HEIGHT, LENGTH = 0.1, 3.0
"""The push: 1/year added to a factor's growth, and how many years it lasts."""
_YEARS = 40.0
EVERY = 0.25
"""Years between the times kept; half times are interpolated between them."""
ROUTE = ("pushed factor", "other factors", "factors", "mechanisms", "ways", "index")
_ORDER = ("factors", "mechanisms", "ways", "index")
"""The running order of C07; ``factors`` is the mean of all six."""
TIE = 0.1
"""Half times closer than this, in years, count as the same."""


def responses(factors: Sequence[str], parameters: Parameters, *, model: str = "gum") -> Floats:
    """Return what a push of each factor adds to each step of the route, (steps, factors, draws, times).

    The cluster rests at its least equilibrium when the push begins.

    Parameters
    ----------
    factors : codes of the factors pushed, one at a time
    parameters : a batch of draws
    """
    rest, _ = extremes(parameters, GOVERNANCE, model=model)
    draws, at = len(rest), np.array([FACTORS.index(code) for code in factors])
    push = np.repeat(HEIGHT * np.eye(len(FACTORS))[at], draws, axis=0)
    batch, rest = parameters.take(np.tile(np.arange(draws), len(at))), np.tile(rest, (len(at), 1))
    pulse = Path.pulse(push, 0.0, LENGTH)
    run = simulate(batch, rest, _YEARS, GOVERNANCE, pulse, model=model, every=EVERY, dt=EVERY)
    added = run.levels - rest[:, None, :]
    own = np.take_along_axis(added, np.repeat(at, draws)[:, None, None], axis=2)[..., 0]
    system = System.of(batch, rival(model))
    running = start_of_ways(system, np.transpose(run.levels, (2, 1, 0)), np.full(1, GOVERNANCE)).mean(axis=0).T
    series = [own, (added.sum(axis=2) - own) / (len(FACTORS) - 1), added.mean(axis=2)]
    series += [values - values[:, :1] for values in (running, run.ways.mean(axis=2), run.index)]
    return np.stack(series).reshape(len(ROUTE), len(at), draws, -1)


def half_time(response: Floats) -> Floats:
    """Return the years until a response first reaches half of its peak; missing where there is none.

    Parameters
    ----------
    response : (..., times), on the times 0, `EVERY`, ...

    Examples
    --------
    >>> half_time(np.array([[0.0, 0.1, 0.4, 0.2], [0.0, 0.0, 0.0, 0.0]])).round(3).tolist()
    [0.333, nan]
    """
    peak = response.max(axis=-1, keepdims=True)
    after = (response >= peak / 2).argmax(axis=-1)[..., None]
    before = np.maximum(after - 1, 0)
    low, high = (np.take_along_axis(response, at, axis=-1) for at in (before, after))
    share = np.divide(peak / 2 - low, high - low, out=np.zeros_like(low), where=high > low)
    years: Floats = np.where(peak > 1e-9, EVERY * (before + share), np.nan)[..., 0]
    return years


def timing(models: Sequence[str] = ("gum",), *, draws: int = _DRAWS) -> pd.DataFrame:
    """Return the half times of every step of the route, a row a pulse.

    Returns
    -------
    Frame with model, factor (pushed), draw, and a column of years for each of `ROUTE`.

    Source: our formalisation of C07.
    """
    parameters = ensemble.sample(draws, seed=SEED)
    parts = []
    for model in models:
        years = half_time(responses(FACTORS, parameters, model=model)).reshape(len(ROUTE), -1)
        head = {"model": model, "factor": np.repeat(FACTORS, draws), "draw": np.tile(np.arange(draws), len(FACTORS))}
        parts.append(pd.DataFrame({**head, **dict(zip(ROUTE, years, strict=True))}))
    return pd.concat(parts, ignore_index=True)


def order(table: pd.DataFrame) -> pd.DataFrame:
    """Return, for each model and step of the running order, how often the earlier step comes first.

    Parameters
    ----------
    table : frame such as `timing` returns

    Returns
    -------
    Frame indexed by model and step (such as ``ways, index``): first, same (within `TIE`), reversed (shares of the
    pulses that reach the index), gap (median, years), pulses; the step ``all`` says how it is with the narrowest gap
    of a pulse: ``first`` if every step comes in order, ``reversed`` if any is reversed.
    """
    rows = {}
    for model, part in table.groupby("model", sort=False):
        known = part.dropna(subset=list(_ORDER))
        gaps = {f"{one}, {two}": (known[two] - known[one]).to_numpy() for one, two in pairwise(_ORDER)}
        for step, gap in {**gaps, "all": np.min(list(gaps.values()), axis=0)}.items():
            shares = {"first": gap > TIE, "same": np.abs(gap) <= TIE, "reversed": gap < -TIE}
            found = {name: float(where.mean()) for name, where in shares.items()}
            rows[model, step] = {**found, "gap": float(np.median(gap)), "pulses": len(gap)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["model", "step"])


def response_shape(factor: str = "L") -> pd.DataFrame:
    """Return the response of each step to a push, each over its own peak: median and middle 50 % of draws.

    Returns
    -------
    Tidy frame: step, time (years), low50, median, high50.

    Source: our formalisation of C07.
    """
    series = responses([factor], ensemble.sample(_DRAWS, seed=SEED))[:, 0]
    peak = series.max(axis=-1, keepdims=True)
    bands = np.quantile(series / np.where(peak > 0, peak, 1.0), [0.25, 0.5, 0.75], axis=1)
    times = EVERY * np.arange(series.shape[-1])
    head = {"step": np.repeat(ROUTE, len(times)), "time": np.tile(times, len(ROUTE))}
    return pd.DataFrame({**head, **dict(zip(("low50", "median", "high50"), bands.reshape(3, -1), strict=True))})
