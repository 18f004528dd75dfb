"""Draws of parameter sets: every result of the model is reported over many, not for one lucky set.

The ranges are ours. No source gives magnitudes, so a share of draws says how often a result holds in
the box of `gumlib.dynamics.parameters.RANGES`. It is no estimate of how often it holds in the world.
"""

import numpy as np
import pandas as pd
from scipy.stats import qmc

from gumlib.dynamics.parameters import RANGES, Floats, Parameters, edges
from gumlib.errors import GumError
from gumlib.terms import FACTORS


def unit(count: int, seed: int, part: tuple[int, int] | None = None) -> Floats:
    """Return points of the unit cube, (count, parameters), of a scrambled Sobol sequence.

    With `part`, only the points from the first of its two numbers to before the second: the same
    bits as in the whole.

    Raises
    ------
    GumError : a count that is not a power of two, a part outside
    """
    check_count(count)
    first, last = (0, count) if part is None else part
    if not 0 <= first < last <= count:
        raise GumError(f"expected a part of the {count} draws, got {first} to {last}", "ensemble", "part")
    return sobol(len(RANGES), seed, first, last)


def check_count(count: int) -> None:
    """Refuse a count that spoils the balance of Sobol points."""
    if count < 1 or count & (count - 1):
        raise GumError(f"expected a power of two for Sobol draws, got {count}; take the next one", "ensemble", "count")


def sobol(columns: int, seed: int, first: int, last: int) -> Floats:
    """Return the points from `first` to before `last` of a scrambled Sobol sequence."""
    sequence = qmc.Sobol(columns, rng=np.random.default_rng(seed))
    if first:
        return np.asarray(sequence.fast_forward(first).random(last - first))
    whole = 1 << (last - 1).bit_length()  # scipy warns of a start that is not a power of two
    points: Floats = sequence.random(whole)[:last]
    return points


def table(points: Floats) -> pd.DataFrame:
    """Return the values of the parameters at points of the unit cube, a column a parameter."""
    low, high = np.array(list(RANGES.values())).T
    if points.ndim != 2 or points.shape[1] != len(RANGES):
        raise GumError(f"expected {len(RANGES)} columns, got {points.shape}; see RANGES", "ensemble", "points")
    return pd.DataFrame(low + points * (high - low), columns=list(RANGES))


def parameters(values: pd.DataFrame, *, middle: bool = False) -> Parameters:
    """Return the parameter sets of a table with the columns of `RANGES`, a draw a row.

    With `middle`, a column that is missing stands in the middle of its range for all draws.

    Raises
    ------
    GumError : a missing column without `middle`, or a column that is no parameter
    """
    missing, unknown = (sorted(a) for a in (set(RANGES) - set(values), set(values) - set(RANGES)))
    if unknown:
        raise GumError(f"expected columns among RANGES, got {unknown[0]!r}; see table", "ensemble", str(unknown[0]))
    if missing and not middle:
        raise GumError(f"expected the columns of RANGES, {missing[0]} is missing; see table", "ensemble", missing[0])
    column = {
        name: np.asarray((low + high) / 2) if name in missing else values[name].to_numpy(dtype=float)
        for name, (low, high) in RANGES.items()
    }
    return Parameters(
        baseline=_by_factor("baseline", column),
        weights=_weights(column),
        decay=_by_factor("decay", column),
        exponent=column["exponent"],
        half_saturation=column["half_saturation"],
        governance_floor=column["governance_floor"],
        lag_rate=np.array(0.5),
        own_share=column["own_share"],
    )


def _by_factor(name: str, column: dict[str, Floats]) -> Floats:
    return np.moveaxis(np.stack(np.broadcast_arrays(*(column[f"{name}_{code}"] for code in FACTORS))), 0, -1)


def _weights(column: dict[str, Floats]) -> Floats:
    """Return the weights, (6, 6) or (draws, 6, 6); draws lie next to each other in memory, as the engines want them."""
    shares = edges() / edges().sum(axis=1, keepdims=True)
    at = {f"weight_{FACTORS[j]}{FACTORS[i]}": (i, j) for i, j in zip(*np.nonzero(edges()), strict=True)}
    draws = np.broadcast_shapes(column["total"].shape, *(column[name].shape for name in at))
    weights = np.zeros((*shares.shape, *draws))
    for name, place in at.items():
        weights[place] = column["total"] * shares[place] * column[name]
    return np.moveaxis(weights, -1, 0) if draws else weights


def sample(count: int, *, seed: int) -> Parameters:
    """Return parameter sets drawn from `RANGES`."""
    return parameters(table(unit(count, seed)))
