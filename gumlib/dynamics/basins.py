"""The smallest push that carries a cluster from the low basin of attraction to the high one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gumlib.dynamics.equilibrium import extremes, split
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.paths import Path
from gumlib.dynamics.rivals import Rival
from gumlib.dynamics.simulation import simulate
from gumlib.errors import one_of
from gumlib.terms import FACTORS

_SETTLE = 300.0
"""Years after which a run counts as settled."""


def smallest_push(
    parameters: Parameters,
    governance: float,
    factors: Sequence[str] = FACTORS,
    length: float = 5.0,
    *,
    most: float = 2.0,
    model: str | Rival = "gum",
) -> pd.Series:
    """Return the smallest policy pulse that carries a cluster from its least to its greatest equilibrium.

    Parameters
    ----------
    factors : codes of the factors pushed, each by the same height
    length : years the pulse lasts
    most : highest pulse tried, 1/year

    Returns
    -------
    Series with height (1/year; 0 if there is no lock-in, inf if `most` is not enough) and effort
    (height x length x number of factors). The height is found to about one part in 32000 of `most`.

    Source: our formalisation; C16, C20.
    """
    for code in factors:
        one_of(code, FACTORS, "dynamics", "factors")
    low, high = extremes(parameters, governance, model=model)
    height = 0.0
    if split(low, high):
        bottom, top = 0.0, most
        for _ in range(3):
            tried = np.linspace(bottom, top, 33)
            lifted = _lifted(parameters, governance, tried, factors, length, (low, high), model)
            if not lifted.any():
                return pd.Series({"height": np.inf, "effort": np.inf})
            at = int(lifted.argmax())
            bottom, top = tried[max(at - 1, 0)], tried[at]
        height = float(top)
    return pd.Series({"height": height, "effort": height * length * len(factors)})


def _lifted(
    parameters: Parameters,
    governance: float,
    heights: Floats,
    factors: Sequence[str],
    length: float,
    ends: tuple[Floats, Floats],
    model: str | Rival,
) -> np.ndarray:
    """Return for each height whether the pulse ends in the high basin."""
    pushed = np.array([code in factors for code in FACTORS], dtype=float)
    pulse = Path.pulse(np.outer(heights, pushed), 0.0, length)
    start = np.repeat(ends[0][None], len(heights), axis=0)
    finest = 0.5 / float(
        heights.max() + parameters.decay.max() + parameters.baseline.max() + parameters.weights.sum(-1).max()
    )
    after = simulate(
        parameters, start, length, governance, policy=pulse, model=model, every=length, dt=min(0.05, finest)
    ).levels[:, -1]
    return _ends_high(parameters, governance, after, ends, model)


def _ends_high(
    parameters: Parameters, governance: float, start: Floats, ends: tuple[Floats, Floats], model: str | Rival
) -> np.ndarray:
    """Return for each start whether the run ends nearer the greatest than the least equilibrium."""
    last = simulate(parameters, np.clip(start, 0, 1), _SETTLE, governance, model=model, every=_SETTLE, dt=0.25).levels[
        :, -1
    ]
    far = [np.abs(last - end).max(axis=1) for end in ends]
    high: np.ndarray = far[1] < far[0]
    return high
