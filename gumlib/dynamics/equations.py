"""The right-hand side, for many draws at once: arrays of factors by draws."""

from dataclasses import dataclass, fields
from dataclasses import replace as _replace

import numpy as np

from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.rivals import Rival
from gumlib.terms import BASIC, FACTORS

SIZE = len(FACTORS)
OTHERS = len(BASIC) - 1
_BASICS = slice(0, len(BASIC))
SOCIAL = FACTORS.index("S")


@dataclass(frozen=True, eq=False)
class System:
    """Parameters laid out for computing: the last axis counts draws, or has length one.

    Every operation treats each draw alone and in the same order, so that a draw gives the same
    bits whatever else is in the batch. `saturation` is κ^n, `ease` is 1 / φ(1); `whole` is the
    exponent if it is a whole number common to all draws, else 0.
    """

    baseline: Floats
    weights: Floats
    decay: Floats
    exponent: Floats
    saturation: Floats
    floor: Floats
    lag: Floats
    own: Floats
    ease: Floats
    whole: int
    rival: Rival

    @classmethod
    def of(cls, parameters: Parameters, rival: Rival) -> "System":
        """Lay out a parameter set, or a batch of them, as one model has it."""
        column = {name: _last(getattr(parameters, name), rank) for name, rank in _RANKS.items()}
        weights = rival.recast(parameters.weights)
        saturation = column["half_saturation"] ** column["exponent"]
        shared = parameters.exponent.ndim == 0 and float(parameters.exponent).is_integer()
        return cls(
            baseline=column["baseline"],
            weights=_last(weights, 2),
            decay=column["decay"],
            exponent=column["exponent"],
            saturation=saturation,
            floor=column["governance_floor"],
            lag=column["lag_rate"],
            own=rival.own_share(column["own_share"]),
            ease=np.ones_like(saturation) if rival.response == "linear" else 1 + saturation,
            whole=int(parameters.exponent) if shared else 0,
            rival=rival,
        )

    def block(self, draws: slice | np.ndarray) -> "System":
        """Return some of the draws; what has one column for all draws stays as it is."""
        arrays = {
            field.name: getattr(self, field.name) for field in fields(self) if field.name not in ("whole", "rival")
        }
        return _replace(self, **{name: a if a.shape[-1] == 1 else a[..., draws] for name, a in arrays.items()})

    def strength(self, governance: Floats) -> Floats:
        """Return γ, what governance leaves of an interaction."""
        return self.floor + (1 - self.floor) * governance if self.rival.governed else np.ones_like(governance)

    def effect(self, levels: Floats) -> Floats:
        """Return φ of each level: what a factor at this level contributes to those it acts on."""
        if self.rival.response == "linear":
            effect = levels.copy()
        else:
            power = _power(levels, self.exponent, self.whole)
            effect = np.divide(power, power + self.saturation, out=power)
        if self.rival.crowding:
            crowded = levels[SOCIAL] * (1 - self.rival.crowding * levels[SOCIAL]) * crowding_scale(self.rival.crowding)
            effect[SOCIAL] = 1 / self.ease * crowded
        return effect

    def pull(self, effect: Floats) -> Floats:
        """Return the weighted sum of the effects on each factor, summed in the order of the factors."""
        pairs: Floats = self.weights * effect
        total: Floats = np.add.reduce(pairs, axis=1)
        return total

    def mechanisms(self, levels: Floats, effect: Floats) -> Floats:
        """Return m: how strongly each mechanism runs, its own factor with help from the other basic ones."""
        mechanisms: Floats = effect[_BASICS] * self.ease
        np.subtract(np.add.reduce(mechanisms, axis=0), mechanisms, out=mechanisms)
        mechanisms *= (1 - self.own) * (1 / OTHERS)
        mechanisms += self.own
        mechanisms *= levels[_BASICS]
        return mechanisms

    def rates(self, state: Floats, strength: Floats, growth: Floats, decay: Floats) -> Floats:
        """Return the rates of change of six levels and four ways, 1/year.

        Parameters
        ----------
        state : (10, draws), levels and then ways
        strength : γ, (draws,) or (1,)
        growth, decay : b + p and δ + s, (6, draws) or (6, 1)
        """
        levels, ways = state[:SIZE], state[SIZE:]
        effect = self.effect(levels)
        out = np.empty_like(state)
        rise, goal = out[:SIZE], out[SIZE:]
        np.add.reduce(self.weights * effect, axis=1, out=rise)
        rise *= strength
        rise += growth
        rise *= 1 - levels
        rise -= decay * levels
        np.multiply(self.mechanisms(levels, effect), strength, out=goal)
        goal -= ways
        goal *= self.lag
        return out


_RANKS = {
    "baseline": 1,
    "decay": 1,
    "exponent": 0,
    "half_saturation": 0,
    "governance_floor": 0,
    "lag_rate": 0,
    "own_share": 0,
}


def _last(value: Floats, rank: int) -> Floats:
    """Move the axis of draws to the end, or add one of length one."""
    return np.ascontiguousarray(np.moveaxis(value, 0, -1) if value.ndim > rank else value[..., None])


def _power(levels: Floats, exponent: Floats, whole: int) -> Floats:
    """Return the levels to the exponent; a whole exponent common to all draws is multiplied out."""
    if not whole:
        power: Floats = np.power(levels, exponent)
        return power
    power = levels.copy()
    for _ in range(whole - 1):
        power *= levels
    return power


def crowding_scale(crowding: float) -> float:
    """Return what makes the peak of x(1 - ωx) in [0, 1] equal to one."""
    top = min(1.0, 0.5 / crowding) if crowding else 1.0
    return 1 / (top * (1 - crowding * top))
