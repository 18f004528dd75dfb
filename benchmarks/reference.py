"""The mechanism by scipy's error-controlled integrator: slow, and written apart, to check the engines."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from scipy.integrate import solve_ivp

from gumlib.dynamics.parameters import ByFactor, Floats, Parameters
from gumlib.dynamics.paths import ByFactorOverTime, OverTime, Path, factor_path, governance_path
from gumlib.dynamics.runs import Run
from gumlib.dynamics.simulation import levels_of
from gumlib.errors import GumError
from gumlib.terms import BASIC, FACTORS

_SIZE, _BASICS = len(FACTORS), len(BASIC)


def solve(
    parameters: Parameters,
    x0: ByFactor,
    years: float,
    governance: OverTime,
    policy: ByFactorOverTime | None = None,
    shocks: ByFactorOverTime | None = None,
    *,
    every: float = 1.0,
    rtol: float = 1e-8,
    atol: float = 1e-10,
) -> Run:
    """Run the model once by Runge-Kutta of order 5(4), restarted wherever a path bends or jumps.

    Arguments as for `simulate`, for a single parameter set and the model itself, not a rival.

    Raises
    ------
    GumError : a batch of draws
    """
    levels = levels_of(x0, _SIZE, "x0")
    if parameters.draws is not None or levels.ndim != 1:
        raise GumError("expected one parameter set and one start; loop over the draws", "dynamics", "parameters")
    paths = (
        governance_path(governance),
        *(_forced(value, name) for value, name in ((policy, "policy"), (shocks, "shocks"))),
    )
    kept = np.linspace(0.0, years, round(years / every) + 1)
    bends = [path.times[(path.times > 0) & (path.times < years)] for path in paths]
    nodes = np.unique(np.concatenate([[0.0, years], *bends]))
    state = np.concatenate([levels, _goals(parameters, levels, paths[0].at(np.zeros(1))[0])])
    rows = {0.0: state}
    for left, right in pairwise(nodes):
        asked = np.unique(np.append(kept[(kept > left) & (kept < right)], right))
        slope = _slope(parameters, [_Line(path, left, right) for path in paths])
        solved = solve_ivp(slope, (left, right), state, t_eval=asked, rtol=rtol, atol=atol)
        rows |= dict(zip(asked.tolist(), solved.y.T, strict=True))
        state = solved.y[:, -1]
    states = np.stack([rows[float(time)] for time in kept])
    return Run(kept, states[:, :_SIZE], states[:, _SIZE:])


def _forced(value: ByFactorOverTime | None, name: str) -> Path:
    path = factor_path(0.0 if value is None else value, name)
    assert path is not None
    return path


class _Line:
    """A path between two of its bends."""

    def __init__(self, path: Path, left: float, right: float) -> None:
        first, last = path.over(np.array([left, right]))
        self.start, self.first, self.steep = left, first[0], (last[0] - first[0]) / (right - left)

    def __call__(self, time: float) -> Floats:
        value: Floats = self.first + self.steep * (time - self.start)
        return value


def _slope(parameters: Parameters, lines: list[_Line]) -> Callable[[float, Floats], Floats]:
    """Return dx/dt and du/dt as a function of time and state."""
    governance, policy, shocks = lines
    floor, lag = float(parameters.governance_floor), float(parameters.lag_rate)
    weights, baseline, decay = parameters.weights, parameters.baseline, parameters.decay

    def slope(time: float, state: Floats) -> Floats:
        levels, ways = state[:_SIZE], state[_SIZE:]
        strength = floor + (1 - floor) * governance(time)
        rise = baseline + policy(time) + strength * (weights @ _response(parameters, levels))
        gain = rise * (1 - levels) - (decay + shocks(time)) * levels
        return np.concatenate([gain, lag * (_goals(parameters, levels, governance(time)) - ways)])

    return slope


def _response(parameters: Parameters, levels: Floats) -> Floats:
    power = levels**parameters.exponent
    response: Floats = power / (power + parameters.half_saturation**parameters.exponent)
    return response


def _goals(parameters: Parameters, levels: Floats, governance: Floats) -> Floats:
    """Return γ m(x), where the ways are heading."""
    floor, own = parameters.governance_floor, parameters.own_share
    share = _response(parameters, levels[:_BASICS]) / _response(parameters, np.ones(()))
    others = (share.sum() - share) / (_BASICS - 1)
    goals: Floats = (floor + (1 - floor) * governance) * levels[:_BASICS] * (own + (1 - own) * others)
    return goals
