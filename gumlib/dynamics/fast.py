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
    nothing = np.zeros((2, 0, SIZE, 1))
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
    saturation, ease = numbers[_SATURATION], numbers[_EASE]
    for i in range(SIZE):
        x, e = state[i], effect[i]
        if linear:
            e[:] = x
        elif whole == 3:
            for k in range(LANES):
                e[k] = x[k] * x[k] * x[k]
        else:
            for k in range(LANES):
                e[k] = _power(x[k], numbers[_EXPONENT, k], whole)
        if not linear:
            for k in range(LANES):
                e[k] /= e[k] + saturation[k]
    if crowding > 0:
        x, e = state[SOCIAL], effect[SOCIAL]
        for k in range(LANES):
            e[k] = 1 / ease[k] * (x[k] * (1 - crowding * x[k]) * scale)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _power(level, exponent, whole):  # type: ignore[no-untyped-def]
    if whole == 0:
        return level**exponent
    power = level
    for _ in range(whole - 1):
        power *= level
    return power


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _rates(state, group, form, strength, rise, fall, effect, slope):  # type: ignore[no-untyped-def]
    """Write the rates of change of a group into `slope`.

    The loops name few arrays each: with more, the compiler gives up proving that they do not overlap.
    """
    numbers, _, _, weights = group
    _effect(state, numbers, form, effect)
    for i in range(SIZE):
        x, b, d, out = state[i], rise[i], fall[i], slope[i]
        out[:] = 0.0
        for j in range(0, SIZE, 2):
            w, v, e, f = weights[i, j], weights[i, j + 1], effect[j], effect[j + 1]
            for k in range(LANES):
                out[k] = out[k] + w[k] * e[k] + v[k] * f[k]
        for k in range(LANES):
            out[k] = (strength[k] * out[k] + b[k]) * (1 - x[k]) - d[k] * x[k]
    _goals(state, numbers, strength, effect, slope)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _goals(state, numbers, strength, effect, slope):  # type: ignore[no-untyped-def]
    """Write the rates of change of the ways."""
    lag, own, ease, total = numbers[_LAG], numbers[_OWN], numbers[_EASE], effect[SIZE - 1]
    for i in range(_WAYS):
        e = effect[i]
        for k in range(LANES):
            e[k] *= ease[k]
    e0, e1, e2, e3 = effect[0], effect[1], effect[2], effect[3]
    for k in range(LANES):
        total[k] = e0[k] + e1[k] + e2[k] + e3[k]
    for i in range(_WAYS):
        x, u, e, out = state[i], state[SIZE + i], effect[i], slope[SIZE + i]
        for k in range(LANES):
            out[k] = x[k] * (own[k] + (1 - own[k]) * ((total[k] - e[k]) * (1 / OTHERS)))
        for k in range(LANES):
            out[k] = (out[k] * strength[k] - u[k]) * lag[k]


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _step(width, group, form, strength, rise, fall, state, work):  # type: ignore[no-untyped-def]
    """Carry a group over one step."""
    effect, slope, point, total = work
    flat_state, flat_slope, flat_point, flat_total = state.ravel(), slope.ravel(), point.ravel(), total.ravel()
    _rates(state, group, form, strength[0, 0], rise[0], fall[0], effect, slope)
    flat_total[:] = flat_slope
    for reach, stage, share in ((0.5, 1, 2.0), (0.5, 1, 2.0), (1.0, 2, 1.0)):
        for at in range(_HEIGHT * LANES):
            flat_point[at] = flat_slope[at] * (reach * width) + flat_state[at]
        _rates(point, group, form, strength[stage, 0], rise[stage], fall[stage], effect, slope)
        for at in range(_HEIGHT * LANES):
            flat_total[at] += share * flat_slope[at]
    for at in range(_HEIGHT * LANES):
        flat_state[at] += flat_total[at] * (width / 6)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _force(ends, step, draws, base, stages):  # type: ignore[no-untyped-def]
    """Write base plus what acts from outside at the beginning, in the middle and at the end of a step."""
    for i in range(ends.shape[2]):
        for k in range(LANES):
            draw = draws[k] if ends.shape[3] > 1 else 0
            first, last = ends[0, step, i, draw], ends[1, step, i, draw]
            stages[0, i, k] = base[i, k] + first
            stages[1, i, k] = base[i, k] + 0.5 * (first + last)
            stages[2, i, k] = base[i, k] + last


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
    chosen = _take(weights, draws).reshape(SIZE, SIZE, LANES)
    group = (_take(numbers, draws), _take(baseline, draws), _take(decay, draws), chosen)
    state, shape = _take(start, draws), (_HEIGHT, LANES)
    work = (np.empty((SIZE, LANES)), np.empty(shape), np.empty(shape), np.empty(shape))
    strength, rise, fall = np.empty((3, 1, LANES)), np.empty((3, SIZE, LANES)), np.empty((3, SIZE, LANES))
    zero = np.zeros((1, LANES))
    for stage in range(3):
        rise[stage], fall[stage] = group[1], group[2]
    row = 0
    for step in range(widths.size + 1):
        if row < keep.size and keep[row] == step:
            result[row, :, draws[0] : draws[0] + live] = state[:, :live]
            row += 1
        if step == widths.size:
            break
        _force(governance, step, draws, zero, strength)
        if policy.shape[1] > 0:
            _force(policy, step, draws, group[1], rise)
        if shocks.shape[1] > 0:
            _force(shocks, step, draws, group[2], fall)
        _step(widths[step], group, form, strength, rise, fall, state, work)
