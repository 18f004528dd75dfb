"""The smallest push that carries a cluster from the low basin of attraction to the high one."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from gumlib.dynamics.equilibrium import extremes, split
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.paths import Path
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
    ends = extremes(parameters, governance)
    pushed, height = np.array([code in factors for code in FACTORS], dtype=float), 0.0
    if split(*ends):
        bottom, top = 0.0, most
        for _ in range(3):
            tried = np.linspace(bottom, top, 33)
            lifted = _lifted(parameters, governance, Path.pulse(np.outer(tried, pushed), 0.0, length), ends)
            if not lifted.any():
                return pd.Series({"height": np.inf, "effort": np.inf})
            at = int(lifted.argmax())
            bottom, top = tried[max(at - 1, 0)], tried[at]
        height = float(top)
    return pd.Series({"height": height, "effort": height * length * len(factors)})


def _lifted(parameters: Parameters, governance: float, pulse: Path, ends: tuple[Floats, Floats]) -> np.ndarray:
    """Return for each height of a pulse whether the run ends nearer the greatest than the least equilibrium."""
    length, start = pulse.times[-1], np.repeat(ends[0][None], pulse.values.shape[1], axis=0)
    rates = parameters.decay.max() + parameters.baseline.max() + parameters.weights.sum(-1).max()
    dt = min(0.05, 0.5 / float(pulse.values.max() + rates))
    after = simulate(parameters, start, length, governance, policy=pulse, every=length, dt=dt).levels[:, -1]
    last = simulate(parameters, np.clip(after, 0, 1), _SETTLE, governance, every=_SETTLE, dt=0.25).levels[:, -1]
    far = [np.abs(last - end).max(axis=1) for end in ends]
    high: np.ndarray = far[1] < far[0]
    return high
