"""The same integrator compiled by numba (extra ``fast``): equal to the numpy engine to 1e-12.

Draws are computed in small groups whose arrays stay in the first-level cache; every innermost loop
runs over the draws of a group, so that the processor treats several of them in one instruction.
"""

from __future__ import annotations

import numpy as np

from gumlib.dynamics.engine import Forcing
from gumlib.dynamics.equations import OTHERS, SIZE, SOCIAL, System, crowding_scale
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError
from gumlib.terms import BASIC

try:
    from numba import njit, prange
except ImportError as missing:  # pragma: no cover - the extra is installed wherever tests run
    raise GumError("expected numba; install gumlib with the extra fast", "dynamics", "engine") from missing

LANES = 32
"""Draws in a group."""
_WAYS = len(BASIC)
_HEIGHT = SIZE + _WAYS


def integrate(system: System, state: Floats, forcing: Forcing, keep: np.ndarray) -> Floats:
    """Integrate a batch of draws; arguments and result as for the numpy engine."""
    draws = state.shape[1]
    pairs = np.argwhere(system.weights.any(axis=-1)).astype(np.int64)
    numbers = np.stack([np.broadcast_to(part, draws) for part in _rows(system)])
    levels = np.concatenate([np.broadcast_to(part, (SIZE, draws)) for part in (system.baseline, system.decay)])
    nothing = np.zeros((2, 0, SIZE, 1))
    result = np.empty((len(keep), _HEIGHT, draws))
    _integrate(
        numbers,
        levels,
        np.ascontiguousarray(system.weights[pairs[:, 0], pairs[:, 1]]),
        pairs,
        (system.rival.response == "linear", system.whole, system.rival.crowding, crowding_scale(system.rival.crowding)),
        np.diff(forcing.mesh),
        np.ascontiguousarray(system.strength(forcing.governance)),
        nothing if forcing.policy is None else np.ascontiguousarray(forcing.policy),
        nothing if forcing.shocks is None else np.ascontiguousarray(forcing.shocks),
        np.ascontiguousarray(state),
        keep.astype(np.int64),
        result,
    )
    return result


def _rows(system: System) -> tuple[Floats, ...]:
    """Return the numbers that each draw has one of, in the order the compiled code expects."""
    return system.exponent, system.saturation, system.lag, system.own, system.ease, 1 / system.ease


_EXPONENT, _SATURATION, _LAG, _OWN, _EASE, _CEILING = range(6)


@njit(cache=True, inline="always")
def _lane(values, draw):  # type: ignore[no-untyped-def]
    """Return the value of a draw, or the common one."""
    return values[draw if values.shape[0] > 1 else 0]


@njit(cache=True)
def _effect(state, numbers, form, effect):  # type: ignore[no-untyped-def]
    linear, whole, crowding, scale = form
    for i in range(SIZE):
        if linear:
            for k in range(LANES):
                effect[i, k] = state[i, k]
        elif whole > 0:
            for k in range(LANES):
                effect[i, k] = state[i, k]
            for _ in range(whole - 1):
                for k in range(LANES):
                    effect[i, k] *= state[i, k]
        else:
            for k in range(LANES):
                effect[i, k] = state[i, k] ** numbers[_EXPONENT, k]
        if not linear:
            for k in range(LANES):
                effect[i, k] /= effect[i, k] + numbers[_SATURATION, k]
    if crowding > 0:
        for k in range(LANES):
            level = state[SOCIAL, k]
            effect[SOCIAL, k] = numbers[_CEILING, k] * (level * (1 - crowding * level) * scale)


@njit(cache=True)
def _rates(state, numbers, weights, pairs, form, strength, rise, fall, effect, slope):  # type: ignore[no-untyped-def]
    """Write the rates of change of a group into `slope`; the order of sums is that of the numpy engine."""
    _effect(state, numbers, form, effect)
    slope[:] = 0.0
    for pair in range(pairs.shape[0]):
        i, j = pairs[pair]
        for k in range(LANES):
            slope[i, k] += weights[pair, k] * effect[j, k]
    for i in range(SIZE):
        for k in range(LANES):
            slope[i, k] = (strength[k] * slope[i, k] + rise[i, k]) * (1 - state[i, k]) - fall[i, k] * state[i, k]
    total = slope[SIZE]
    for i in range(_WAYS):
        for k in range(LANES):
            effect[i, k] *= numbers[_EASE, k]
    for k in range(LANES):
        total[k] = effect[0, k] + effect[1, k] + effect[2, k] + effect[3, k]
    for i in range(_WAYS - 1, -1, -1):
        for k in range(LANES):
            own = numbers[_OWN, k]
            goal = state[i, k] * (own + (1 - own) * ((total[k] - effect[i, k]) * (1 / OTHERS)))
            slope[SIZE + i, k] = (goal * strength[k] - state[SIZE + i, k]) * numbers[_LAG, k]


@njit(cache=True)
def _advance(width, state, reach, slope, point):  # type: ignore[no-untyped-def]
    for i in range(_HEIGHT):
        for k in range(LANES):
            point[i, k] = slope[i, k] * (reach * width) + state[i, k]


@njit(cache=True)
def _add(total, slope, share):  # type: ignore[no-untyped-def]
    for i in range(_HEIGHT):
        for k in range(LANES):
            total[i, k] += share * slope[i, k]


@njit(cache=True)
def _force(ends, step, base, draws, stages):  # type: ignore[no-untyped-def]
    """Write base plus what acts from outside at the beginning, middle and end of a step."""
    for i in range(SIZE):
        for k in range(LANES):
            first, last = _lane(ends[0, step, i], draws[k]), _lane(ends[1, step, i], draws[k])
            stages[0, i, k] = base[i, k] + first
            stages[1, i, k] = base[i, k] + 0.5 * (first + last)
            stages[2, i, k] = base[i, k] + last


@njit(cache=True, parallel=True)
def _integrate(numbers, levels, weights, pairs, form, widths, governance, policy, shocks, state, keep, result):  # type: ignore[no-untyped-def]
    count = state.shape[1]
    for group in prange((count + LANES - 1) // LANES):
        draws = np.minimum(np.arange(group * LANES, (group + 1) * LANES), count - 1)
        _group(
            numbers[:, draws],
            levels[:, draws],
            _take(weights, draws),
            pairs,
            form,
            widths,
            governance,
            policy,
            shocks,
            state[:, draws],
            keep,
            draws,
            min(LANES, count - group * LANES),
            result,
        )


@njit(cache=True)
def _take(weights, draws):  # type: ignore[no-untyped-def]
    taken = np.empty((weights.shape[0], LANES))
    for pair in range(weights.shape[0]):
        for k in range(LANES):
            taken[pair, k] = _lane(weights[pair], draws[k])
    return taken


@njit(cache=True)
def _group(numbers, levels, weights, pairs, form, widths, governance, policy, shocks, state, keep, draws, live, result):  # type: ignore[no-untyped-def]
    """Integrate one group of draws; the lanes beyond `live` repeat the last draw and are dropped."""
    slope, point = np.empty((_HEIGHT, LANES)), np.empty((_HEIGHT, LANES))
    total, effect = np.empty((_HEIGHT, LANES)), np.empty((SIZE, LANES))
    strength, rise, fall = np.empty((3, LANES)), np.empty((3, SIZE, LANES)), np.empty((3, SIZE, LANES))
    for stage in range(3):
        rise[stage], fall[stage] = levels[:SIZE], levels[SIZE:]
    row = 0
    for step in range(widths.size + 1):
        if row < keep.size and keep[row] == step:
            result[row, :, draws[0] : draws[0] + live] = state[:, :live]
            row += 1
        if step == widths.size:
            break
        for k in range(LANES):
            first, last = _lane(governance[0, step], draws[k]), _lane(governance[1, step], draws[k])
            strength[0, k], strength[1, k], strength[2, k] = first, 0.5 * (first + last), last
        if policy.shape[1] > 0:
            _force(policy, step, levels[:SIZE], draws, rise)
        if shocks.shape[1] > 0:
            _force(shocks, step, levels[SIZE:], draws, fall)
        width = widths[step]
        _rates(state, numbers, weights, pairs, form, strength[0], rise[0], fall[0], effect, slope)
        total[:] = slope
        for reach, stage, share in ((0.5, 1, 2.0), (0.5, 1, 2.0), (1.0, 2, 1.0)):
            _advance(width, state, reach, slope, point)
            _rates(point, numbers, weights, pairs, form, strength[stage], rise[stage], fall[stage], effect, slope)
            _add(total, slope, share)
        _add(state, total, width / 6)
