"""The same integrator compiled by numba (extra ``fast``): equal to the numpy engine to 1e-12.

Draws are computed in small groups whose arrays stay in the cache. The arrays of a group are flat, row
after row, and every innermost loop runs along them, so that the processor treats several draws in
one instruction. Sums keep the order of the numpy engine.
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

LANES = 128
"""Draws in a group."""
_WAYS = len(BASIC)
_HEIGHT = SIZE + _WAYS
_EXPONENT, _SATURATION, _LAG, _OWN, _EASE = range(5)


def integrate(system: System, state: Floats, forcing: Forcing, keep: np.ndarray) -> Floats:
    """Integrate a batch of draws; arguments and result as for the numpy engine."""
    draws = state.shape[1]
    rows = (system.exponent, system.saturation, system.lag, system.own, system.ease)
    numbers = np.stack([np.broadcast_to(row, draws) for row in rows])
    nothing = np.zeros((2, 1, SIZE, 1))
    crowding = system.rival.crowding
    result = np.empty((len(keep), _HEIGHT, draws))
    _integrate(
        (
            numbers,
            np.ascontiguousarray(np.broadcast_to(system.baseline, (SIZE, draws))),
            np.ascontiguousarray(np.broadcast_to(system.decay, (SIZE, draws))),
            np.ascontiguousarray(system.weights.reshape(SIZE * SIZE, -1)),
        ),
        (system.rival.response == "linear", system.whole, crowding, crowding_scale(crowding)),
        np.diff(forcing.mesh),
        (
            np.ascontiguousarray(system.strength(forcing.governance)[:, :, None]),
            nothing if forcing.policy is None else np.ascontiguousarray(forcing.policy),
            nothing if forcing.shocks is None else np.ascontiguousarray(forcing.shocks),
        ),
        np.ascontiguousarray(state),
        keep.astype(np.int64),
        result,
    )
    return result


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _effect(state, numbers, form, effect):  # type: ignore[no-untyped-def]
    """Write φ of the levels."""
    linear, whole, crowding, scale = form
    level, out = state.ravel(), effect.ravel()
    exponent, saturation = numbers[_EXPONENT], numbers[_SATURATION]
    if linear:
        effect[:] = state[:SIZE]
        return
    if whole == 3:
        for at in range(SIZE * LANES):
            out[at] = level[at] * level[at] * level[at]
    for i in range(SIZE):
        if whole != 3:
            for k in range(LANES):
                effect[i, k] = _power(state[i, k], exponent[k], whole)
        for k in range(LANES):
            effect[i, k] /= effect[i, k] + saturation[k]
    if crowding > 0:
        for k in range(LANES):
            social = state[SOCIAL, k]
            effect[SOCIAL, k] = 1 / numbers[_EASE, k] * (social * (1 - crowding * social) * scale)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _power(level, exponent, whole):  # type: ignore[no-untyped-def]
    if whole == 0:
        return level**exponent
    power = level
    for _ in range(whole - 1):
        power *= level
    return power


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _rates(state, group, form, strength, rise, fall, work, slope):  # type: ignore[no-untyped-def]
    """Write the rates of change of a group into `slope`.

    A loop names few arrays: with many, the compiler gives up proving that they do not overlap.
    """
    numbers, weights = group
    effect, total, _, _, _ = work
    _effect(state, numbers, form, effect)
    for i in range(SIZE):
        for k in range(LANES):
            pull = weights[i, 0, k] * effect[0, k] + weights[i, 1, k] * effect[1, k] + weights[i, 2, k] * effect[2, k]
            pull = (
                pull
                + weights[i, 3, k] * effect[3, k]
                + weights[i, 4, k] * effect[4, k]
                + weights[i, 5, k] * effect[5, k]
            )
            slope[i, k] = pull
        for k in range(LANES):
            gain = (strength[k] * slope[i, k] + rise[i, k]) * (1 - state[i, k])
            slope[i, k] = gain - fall[i, k] * state[i, k]
    lag, own, ease = numbers[_LAG], numbers[_OWN], numbers[_EASE]
    for k in range(LANES):
        total[k] = effect[0, k] * ease[k] + effect[1, k] * ease[k] + effect[2, k] * ease[k] + effect[3, k] * ease[k]
    for i in range(_WAYS):
        for k in range(LANES):
            goal = state[i, k] * (own[k] + (1 - own[k]) * ((total[k] - effect[i, k] * ease[k]) * (1 / OTHERS)))
            slope[SIZE + i, k] = (goal * strength[k] - state[SIZE + i, k]) * lag[k]


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _step(width, group, form, forces, state, work):  # type: ignore[no-untyped-def]
    """Carry a group over one step."""
    _, _, slope, point, total = work
    here, change, there, whole = state.ravel(), slope.ravel(), point.ravel(), total.ravel()
    strength, rise, fall = forces
    _rates(state, group, form, strength[0, 0], rise[0], fall[0], work, slope)
    for at in range(_HEIGHT * LANES):
        whole[at] = change[at]
    for reach, stage, share in ((0.5, 1, 2.0), (0.5, 1, 2.0), (1.0, 2, 1.0)):
        for at in range(_HEIGHT * LANES):
            there[at] = change[at] * (reach * width) + here[at]
        g, p, s = min(stage, len(strength) - 1), min(stage, len(rise) - 1), min(stage, len(fall) - 1)
        _rates(point, group, form, strength[g, 0], rise[p], fall[s], work, slope)
        for at in range(_HEIGHT * LANES):
            whole[at] += share * change[at]
    for at in range(_HEIGHT * LANES):
        here[at] += whole[at] * (width / 6)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _force(ends, step, draws, base, stages):  # type: ignore[no-untyped-def]
    """Write base plus what acts from outside at the beginning, in the middle and at the end of a step.

    What never changes has one step and one stage, which serves all of them.
    """
    if step >= ends.shape[1] and step > 0:
        return
    for stage in range(stages.shape[0]):
        for i in range(stages.shape[1]):
            for k in range(LANES):
                draw = draws[k] if ends.shape[3] > 1 else 0
                first, last = ends[0, step, i, draw], ends[1, step, i, draw]
                between = first if stage == 0 else last if stage == 2 else 0.5 * (first + last)
                stages[stage, i, k] = base[i, k] + between


@njit(cache=True, error_model="numpy")
def _stages(ends):  # type: ignore[no-untyped-def]
    return np.empty((1 if ends.shape[1] == 1 else 3, ends.shape[2], LANES))


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _take(values, draws):  # type: ignore[no-untyped-def]
    """Return some columns; a single column stands for all draws."""
    taken = np.empty((values.shape[0], LANES))
    for row in range(values.shape[0]):
        for k in range(LANES):
            taken[row, k] = values[row, draws[k] if values.shape[1] > 1 else 0]
    return taken


@njit(cache=True, error_model="numpy", fastmath={"contract"}, parallel=True)
def _integrate(parameters, form, widths, forcing, state, keep, result):  # type: ignore[no-untyped-def]
    count = state.shape[1]
    for number in prange((count + LANES - 1) // LANES):
        draws = np.minimum(np.arange(number * LANES, (number + 1) * LANES), count - 1)
        live = min(LANES, count - number * LANES)
        _group(parameters, form, widths, forcing, state, keep, draws, live, result)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _group(parameters, form, widths, forcing, start, keep, draws, live, result):  # type: ignore[no-untyped-def]
    """Integrate one group of draws; the lanes beyond `live` repeat the last draw and are dropped."""
    numbers, baseline, decay, weights = parameters
    governance, policy, shocks = forcing
    group = (_take(numbers, draws), _take(weights, draws).reshape(SIZE, SIZE, LANES))
    growth, loss, zero = _take(baseline, draws), _take(decay, draws), np.zeros((SIZE, LANES))
    state, shape = _take(start, draws), (_HEIGHT, LANES)
    work = (np.empty((SIZE, LANES)), np.empty(LANES), np.empty(shape), np.empty(shape), np.empty(shape))
    forces = (_stages(governance), _stages(policy), _stages(shocks))
    row = 0
    for step in range(widths.size + 1):
        if row < keep.size and keep[row] == step:
            result[row, :, draws[0] : draws[0] + live] = state[:, :live]
            row += 1
        if step == widths.size:
            break
        _force(governance, step, draws, zero, forces[0])
        _force(policy, step, draws, growth, forces[1])
        _force(shocks, step, draws, loss, forces[2])
        _step(widths[step], group, form, forces, state, work)
