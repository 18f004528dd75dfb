"""The diagonal: with equal factors the mechanism is one equation, with answers by root finding.

If baseline, decay and the total weight received are equal over the factors, equal levels stay equal
and x' = (b + γ ω φ(x)) (1 - x) - δ x.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.errors import GumError

_GRID = np.linspace(0.0, 1.0, 4001)


@dataclass(frozen=True)
class Diagonal:
    """The numbers of the scalar equation: b, ω, δ, n, κ and γ0."""

    baseline: float
    total: float
    decay: float
    exponent: float
    half_saturation: float
    floor: float

    def effect(self, level: Floats | float) -> Floats:
        """Return φ of a level."""
        power = np.asarray(level) ** self.exponent
        share: Floats = power / (power + self.half_saturation**self.exponent)
        return share

    def rate(self, level: Floats | float, governance: float) -> Floats:
        """Return the rate of change of the common level, 1/year."""
        strength = self.floor + (1 - self.floor) * governance
        rate: Floats = (self.baseline + strength * self.total * self.effect(level)) * (1 - level) - self.decay * level
        return rate

    def roots(self, governance: float) -> list[float]:
        """Return the equilibria in rising order; every second one is unstable."""
        values = self.rate(_GRID, governance)
        found = [float(_GRID[k]) for k in np.flatnonzero(values == 0)]
        for k in np.flatnonzero(values[:-1] * values[1:] < 0):
            found.append(float(brentq(self.rate, _GRID[k], _GRID[k + 1], args=(governance,), xtol=1e-15)))
        return sorted(found)

    def governance(self, level: Floats) -> Floats:
        """Return the governance at which a level is an equilibrium; it can lie outside [0, 1]."""
        strength = (self.decay * level / (1 - level) - self.baseline) / (self.total * self.effect(level))
        return np.asarray((strength - self.floor) / (1 - self.floor))

    def folds(self) -> pd.DataFrame:
        """Return the governance and level at which equilibria appear or vanish: rise and fall."""
        inner = _GRID[1:-1]
        slopes = np.diff(self.governance(inner))
        turns = np.flatnonzero(slopes[:-1] * slopes[1:] < 0) + 1
        levels = [float(brentq(self._slope, inner[k - 1], inner[k + 1], xtol=1e-15)) for k in turns]
        rows = [(float(self.governance(np.array(level))), level) for level in levels]
        return pd.DataFrame(rows, columns=["governance", "level"], index=["rise", "fall"][: len(rows)])

    def _slope(self, level: float) -> float:
        """Return the slope of `governance`, up to a positive factor.

        With a(x) = δx/(1-x) - b, the sign is that of a' φ - a φ'.
        """
        share = self.effect(level)
        steep = self.exponent * share * (1 - share) / level
        value = self.decay / (1 - level) ** 2 * share - (self.decay * level / (1 - level) - self.baseline) * steep
        return float(value)


def applies(parameters: Parameters) -> bool:
    """Return whether the scalar equation stands for this parameter set."""
    if parameters.draws is not None:
        return False
    rows = parameters.weights.sum(axis=1)
    return all(np.ptp(values) <= 1e-12 for values in (rows, parameters.baseline, parameters.decay))


def diagonal(parameters: Parameters) -> Diagonal:
    """Return the scalar equation of a parameter set with equal factors.

    Raises
    ------
    GumError : the factors differ, or there is a batch of draws
    """
    if not applies(parameters):
        raise GumError("expected equal baseline, decay and total weight over the factors", "dynamics", "parameters")
    return Diagonal(
        float(parameters.baseline[0]),
        round(float(parameters.weights[0].sum()), 12),
        float(parameters.decay[0]),
        float(parameters.exponent),
        float(parameters.half_saturation),
        float(parameters.governance_floor),
    )
