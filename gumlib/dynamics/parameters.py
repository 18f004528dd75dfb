"""The parameters of the mechanism: one frozen set, or one set a draw, and the ranges that draws come from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import replace as _replace
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from gumlib import model
from gumlib.errors import GumError
from gumlib.terms import FACTORS

Floats: TypeAlias = NDArray[np.float64]
ByFactor: TypeAlias = ArrayLike | Mapping[str, float] | pd.Series

_SHAPES = {
    "baseline": (len(FACTORS),),
    "weights": (len(FACTORS), len(FACTORS)),
    "decay": (len(FACTORS),),
    "exponent": (),
    "half_saturation": (),
    "governance_floor": (),
    "lag_rate": (),
    "own_share": (),
}
_ALLOWED = {
    "baseline": (0.0, np.inf),
    "weights": (0.0, np.inf),
    "decay": (0.0, np.inf),
    "exponent": (1.0, 50.0),
    "half_saturation": (1e-6, 10.0),
    "governance_floor": (0.0, 1.0),
    "lag_rate": (1e-6, np.inf),
    "own_share": (0.0, 1.0),
}


@cache
def edges() -> NDArray[np.bool_]:
    """Return where the model has an interaction: rows receive, columns act."""
    mask: NDArray[np.bool_] = model.influence_matrix().loc[list(FACTORS), list(FACTORS)].to_numpy().T.astype(bool)
    return mask


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
"""Lowest and highest value of each parameter among the draws (ours). `weight_LI` multiplies the equal share of L on I.
"""


@dataclass(frozen=True, eq=False)
class Parameters:
    """One parameter set of the mechanism, or a batch with one set a draw (leading axis).

    Parameters
    ----------
    baseline : b, growth of each factor by itself, 1/year; (6,) or (draws, 6), or one number for all
    weights : w, 1/year; (6, 6) or (draws, 6, 6). ``weights[i, j]`` is how strongly factor j acts on
        factor i, in the order L I E S P D; zero where the model has no interaction
    decay : δ, 1/year; like `baseline`
    exponent : n, steepness of the response of a factor to another; one number, or one a draw
    half_saturation : κ, the level at which the response reaches one half
    governance_floor : γ0, the share of an interaction that is left where governance is nil
    lag_rate : η, 1/year, the speed at which a way follows its mechanism
    own_share : α, the share of a mechanism that its own factor carries alone

    Raises
    ------
    GumError : a wrong shape, a value out of range, a weight where the model has no interaction

    Source: our formalisation of C01-C09; the excerpt gives no equation and no magnitude.
    """

    baseline: Floats
    weights: Floats
    decay: Floats
    exponent: Floats
    half_saturation: Floats
    governance_floor: Floats
    lag_rate: Floats
    own_share: Floats

    def __post_init__(self) -> None:
        for name, shape in _SHAPES.items():
            object.__setattr__(self, name, _checked(name, getattr(self, name), shape))
        if (self.weights[..., ~edges()] != 0).any():
            raise GumError(
                "expected zero where the model has no interaction (own effects and policy with dominant "
                "enterprises); set these weights to zero",
                "dynamics",
                "weights",
            )
        sizes = {len(value) for name, shape in _SHAPES.items() if (value := getattr(self, name)).ndim > len(shape)}
        if len(sizes) > 1:
            raise GumError(
                f"expected one number of draws, got {', '.join(map(str, sorted(sizes)))}; give each batched "
                "parameter the same leading axis",
                "dynamics",
                "parameters",
            )

    @classmethod
    def uniform(
        cls,
        total: ArrayLike = 0.6,
        baseline: ByFactor = 0.02,
        decay: ByFactor = 0.2,
        *,
        exponent: ArrayLike = 3.0,
        half_saturation: ArrayLike = 0.5,
        governance_floor: ArrayLike = 0.0,
        lag_rate: ArrayLike = 0.5,
        own_share: ArrayLike = 0.5,
    ) -> "Parameters":
        """Return equal weights: each factor receives `total` (1/year), in equal shares from all that act on it."""
        shares = edges() / edges().sum(axis=1, keepdims=True)
        weights = np.multiply.outer(np.asarray(total, dtype=float), shares)
        rest = (exponent, half_saturation, governance_floor, lag_rate, own_share)
        return cls(
            _by_factor(baseline), weights, _by_factor(decay), *(np.asarray(value, dtype=float) for value in rest)
        )

    @property
    def draws(self) -> int | None:
        """Number of parameter sets in a batch; None for a single set."""
        for name, shape in _SHAPES.items():
            value = getattr(self, name)
            if value.ndim > len(shape):
                return len(value)
        return None

    def replace(self, **changes: Any) -> "Parameters":
        """Return a copy with some parameters changed; numbers and mappings are spread over the factors.

        Examples
        --------
        >>> Parameters.uniform().replace(decay={"L": 0.1, "I": 0.2, "E": 0.2, "S": 0.2, "P": 0.2, "D": 0.2}).decay[0]
        np.float64(0.1)
        """
        unknown = sorted(set(changes) - set(_SHAPES))
        if unknown:
            raise GumError(f"expected some of {', '.join(_SHAPES)}; got {unknown[0]!r}", "dynamics", unknown[0])
        for name in ("baseline", "decay"):
            if name in changes:
                changes[name] = _by_factor(changes[name])
        return _replace(self, **changes)

    def take(self, draws: slice | Floats | NDArray[np.intp]) -> "Parameters":
        """Return some draws of a batch; what is common to all draws stays as it is."""
        chosen = {
            name: value[draws] if (value := getattr(self, name)).ndim > len(shape) else value
            for name, shape in _SHAPES.items()
        }
        return Parameters(**chosen)

    def to_json(self) -> str:
        """Return the parameters as JSON; `from_json` gives back the same numbers to the last bit."""
        return json.dumps({name: getattr(self, name).tolist() for name in _SHAPES})

    @classmethod
    def from_json(cls, text: str) -> "Parameters":
        """Return the parameters written by `to_json`."""
        read = json.loads(text)
        if not isinstance(read, dict) or set(read) != set(_SHAPES):
            raise GumError(f"expected an object with {', '.join(_SHAPES)}; write it with to_json", "dynamics", "json")
        return cls(**read)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Parameters):
            return NotImplemented
        return all(np.array_equal(getattr(self, field.name), getattr(other, field.name)) for field in fields(self))

    __hash__ = None  # type: ignore[assignment]


def _by_factor(value: ByFactor) -> Floats:
    if isinstance(value, Mapping | pd.Series):
        if sorted(value.keys()) != sorted(FACTORS):
            raise GumError(
                f"expected a value for each of {' '.join(FACTORS)}; add what is missing", "dynamics", "factor"
            )
        value = [value[code] for code in FACTORS]
    array = np.asarray(value, dtype=float)
    return np.full(len(FACTORS), array) if array.ndim == 0 else array


def _checked(name: str, value: Any, shape: tuple[int, ...]) -> Floats:
    """Return the value as a read-only array of the shape, with or without a leading axis of draws."""
    array = np.array(value, dtype=float)
    if array.shape not in (shape, array.shape[:1] + shape) or array.size == 0:
        message = "one number" if not shape else f"the shape {shape}"
        raise GumError(f"expected {message}, or that for each draw, got {array.shape}; reshape it", "dynamics", name)
    low, high = _ALLOWED[name]
    if not ((array >= low) & (array <= high) & np.isfinite(array)).all():
        raise GumError(f"expected finite values from {low:g} to {high:g}; correct the values", "dynamics", name)
    array.setflags(write=False)
    return array
