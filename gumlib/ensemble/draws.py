"""Draws of parameter sets: every result of the model is reported over many, not for one lucky set.

The ranges are ours. No source gives magnitudes, so a share of draws says how often a result holds in
the box below. It is no estimate of how often it holds in the world.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import qmc

from gumlib.dynamics.parameters import Floats, Parameters, edges
from gumlib.errors import GumError, one_of
from gumlib.terms import FACTORS

RANGES: dict[str, tuple[float, float]] = {
    "total": (0.3, 0.9),
    "exponent": (2.0, 4.0),
    "half_saturation": (0.4, 0.6),
    "governance_floor": (0.0, 0.3),
    "own_share": (0.25, 0.75),
    **{f"baseline_{code}": (0.005, 0.035) for code in FACTORS},
    **{f"decay_{code}": (0.1, 0.3) for code in FACTORS},
    **{
        f"weight_{giver}{receiver}": (0.5, 1.5)
        for row, receiver in enumerate(FACTORS)
        for column, giver in enumerate(FACTORS)
        if edges()[row, column]
    },
}
"""Lowest and highest value of each parameter. `weight_LI` multiplies the equal share of L on I."""


def unit(count: int, seed: int, method: str = "sobol") -> Floats:
    """Return points of the unit cube, (count, parameters), by a scrambled Sobol sequence or a Latin hypercube.

    Raises
    ------
    GumError : no draw asked for, unknown method, or a Sobol count that is not a power of two

    Examples
    --------
    >>> unit(4, seed=1).shape[0]
    4
    """
    one_of(method, ("sobol", "latin"), "ensemble", "method")
    if count < 1 or (method == "sobol" and count & (count - 1)):
        raise GumError(
            f"expected a power of two for Sobol draws, got {count}; or take a Latin hypercube", "ensemble", "count"
        )
    kind = qmc.Sobol if method == "sobol" else qmc.LatinHypercube
    points: Floats = kind(len(RANGES), rng=np.random.default_rng(seed)).random(count)
    return points


def table(points: Floats) -> pd.DataFrame:
    """Return the values of the parameters at points of the unit cube, a column a parameter.

    Examples
    --------
    >>> table(np.full((1, len(RANGES)), 0.5)).loc[0, "total"]
    np.float64(0.6)
    """
    low, high = np.array(list(RANGES.values())).T
    if points.ndim != 2 or points.shape[1] != len(RANGES):
        raise GumError(f"expected {len(RANGES)} columns, got {points.shape}; see RANGES", "ensemble", "points")
    return pd.DataFrame(low + points * (high - low), columns=list(RANGES))


def parameters(values: pd.DataFrame) -> Parameters:
    """Return the parameter sets of a table with the columns of `RANGES`, a draw a row.

    Examples
    --------
    >>> parameters(table(unit(8, seed=1))).draws
    8
    """
    missing = sorted(set(RANGES) - set(values.columns))
    if missing:
        raise GumError(f"expected the columns of RANGES, {missing[0]} is missing; see table", "ensemble", missing[0])
    column = {name: values[name].to_numpy(dtype=float) for name in RANGES}
    shares = edges() / edges().sum(axis=1, keepdims=True)
    factors = np.zeros((len(values), len(FACTORS), len(FACTORS)))
    for row, receiver in enumerate(FACTORS):
        for at in np.flatnonzero(edges()[row]):
            factors[:, row, at] = column[f"weight_{FACTORS[at]}{receiver}"]
    return Parameters(
        baseline=np.stack([column[f"baseline_{code}"] for code in FACTORS], axis=1),
        weights=column["total"][:, None, None] * shares * factors,
        decay=np.stack([column[f"decay_{code}"] for code in FACTORS], axis=1),
        exponent=column["exponent"],
        half_saturation=column["half_saturation"],
        governance_floor=column["governance_floor"],
        lag_rate=np.array(0.5),
        own_share=column["own_share"],
    )


def sample(count: int, *, seed: int, method: str = "sobol") -> Parameters:
    """Return parameter sets drawn from `RANGES`.

    Examples
    --------
    >>> sample(16, seed=1).weights.shape
    (16, 6, 6)
    """
    return parameters(table(unit(count, seed, method)))
