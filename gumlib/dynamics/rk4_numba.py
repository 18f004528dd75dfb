"""The same integrator compiled by numba (extra ``fast``): equal to the numpy engine to 1e-12.

Draws are computed in groups. All numbers of a group stand in one table: a row a quantity, a column a
draw. Rows are named by constants and the small functions are inlined, so that the compiler sees
which rows cannot overlap and treats several draws in one instruction. Sums keep the order of the
numpy engine.
"""

import numpy as np

from gumlib.dynamics.equations import OTHERS, SIZE, SOCIAL, System, crowding_scale
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.rk4 import Forcing
from gumlib.errors import extra
from gumlib.terms import BASIC

_numba = extra("numba", "fast")
njit, prange = _numba.njit, _numba.prange

_LANES = 48
"""Draws in a group."""
_WAYS = len(BASIC)
_HEIGHT = SIZE + _WAYS
_STATE, _POINT, _SLOPE, _TOTAL = (_HEIGHT * part for part in range(4))
_EFFECT = 4 * _HEIGHT
_HELP = _EFFECT + SIZE
_EXPONENT, _SATURATION, _LAG, _OWN, _EASE = (_HELP + 1 + row for row in range(5))
_WEIGHTS = _EASE + 1
_STRENGTH = _WEIGHTS + SIZE * SIZE
_RISE, _FALL, _BASELINE, _DECAY = (_STRENGTH + 1 + SIZE * part for part in range(4))
_ROWS = _DECAY + SIZE
_STAGES = ((0.0, 1.0, 0), (0.5, 2.0, 1), (0.5, 2.0, 1), (1.0, 1.0, 2))
"""Of each stage: how far along the last slope, the weight of the new slope, where in the step."""

_plain = njit(cache=True, error_model="numpy")
_inner = njit(cache=True, error_model="numpy", fastmath={"contract"}, forceinline=True)


def integrate(system: System, state: Floats, forcing: Forcing, keep: np.ndarray) -> Floats:
    """Integrate a batch of draws; arguments and result as for the numpy engine."""
    draws, nothing, crowding = state.shape[1], np.zeros((2, 1, 1, 1)), system.rival.crowding
    numbers = (system.exponent, system.saturation, system.lag, system.own, system.ease)
    weights = system.weights.reshape(SIZE * SIZE, -1)
    parts = ((_STATE, state), *zip(range(_EXPONENT, _WEIGHTS), numbers, strict=True), (_WEIGHTS, weights))
    table = np.zeros((_ROWS, draws))
    for row, values in (*parts, (_BASELINE, system.baseline), (_DECAY, system.decay)):
        table[row : row + (len(values) if values.ndim == 2 else 1)] = values
    result = np.empty((len(keep), _HEIGHT, draws))
    _integrate(
        table,
        (system.rival.response == "linear", system.whole, crowding, crowding_scale(crowding)),
        np.diff(forcing.mesh),
        (
            np.ascontiguousarray(system.strength(forcing.governance)[:, :, None]),
            nothing if forcing.policy is None else np.ascontiguousarray(forcing.policy),
            nothing if forcing.shocks is None else np.ascontiguousarray(forcing.shocks),
        ),
        keep.astype(np.int64),
        result,
    )
    return result


@_inner
def _cubic(m, i):  # type: ignore[no-untyped-def]
    """Write φ of the level of factor i where the exponent is three."""
    for k in range(_LANES):
        power = m[_POINT + i, k] * m[_POINT + i, k] * m[_POINT + i, k]
        m[_EFFECT + i, k] = power / (power + m[_SATURATION, k])


@_plain
def _other_effects(m, form):  # type: ignore[no-untyped-def]
    """Write φ of the levels for a linear response, any exponent, and crowded social capital."""
    linear, whole, crowding, scale = form
    for i in range(SIZE):
        for k in range(_LANES):
            level = m[_POINT + i, k]
            power = level if whole else level ** m[_EXPONENT, k]
            for _ in range(whole - 1):
                power *= level
            m[_EFFECT + i, k] = level if linear else power / (power + m[_SATURATION, k])
    if crowding > 0:
        for k in range(_LANES):
            level = m[_POINT + SOCIAL, k]
            m[_EFFECT + SOCIAL, k] = 1 / m[_EASE, k] * (level * (1 - crowding * level) * scale)


@_inner
def _gain(m, i):  # type: ignore[no-untyped-def]
    """Write dx/dt of factor i."""
    w = _WEIGHTS + SIZE * i
    for k in range(_LANES):
        pull = m[w, k] * m[_EFFECT, k] + m[w + 1, k] * m[_EFFECT + 1, k] + m[w + 2, k] * m[_EFFECT + 2, k]
        pull = (
            pull + m[w + 3, k] * m[_EFFECT + 3, k] + m[w + 4, k] * m[_EFFECT + 4, k] + m[w + 5, k] * m[_EFFECT + 5, k]
        )
        rise = (m[_STRENGTH, k] * pull + m[_RISE + i, k]) * (1 - m[_POINT + i, k])
        m[_SLOPE + i, k] = rise - m[_FALL + i, k] * m[_POINT + i, k]


@_inner
def _goal(m, i):  # type: ignore[no-untyped-def]
    """Write du/dt of way i."""
    for k in range(_LANES):
        help_ = (m[_HELP, k] - m[_EFFECT + i, k] * m[_EASE, k]) * ((1 - m[_OWN, k]) * (1 / OTHERS))
        goal = m[_POINT + i, k] * (m[_OWN, k] + help_)
        m[_SLOPE + SIZE + i, k] = (goal * m[_STRENGTH, k] - m[_POINT + SIZE + i, k]) * m[_LAG, k]


@_plain
def _rates(m, form):  # type: ignore[no-untyped-def]
    """Write the rates of change at the point; the rows are spelt out so that each is a constant."""
    if form[0] or form[1] != 3 or form[2] > 0:
        _other_effects(m, form)
    else:
        _cubic(m, 0)
        _cubic(m, 1)
        _cubic(m, 2)
        _cubic(m, 3)
        _cubic(m, 4)
        _cubic(m, 5)
    _gain(m, 0)
    _gain(m, 1)
    _gain(m, 2)
    _gain(m, 3)
    _gain(m, 4)
    _gain(m, 5)
    for k in range(_LANES):
        total = m[_EFFECT, k] * m[_EASE, k] + m[_EFFECT + 1, k] * m[_EASE, k]
        m[_HELP, k] = total + m[_EFFECT + 2, k] * m[_EASE, k] + m[_EFFECT + 3, k] * m[_EASE, k]
    _goal(m, 0)
    _goal(m, 1)
    _goal(m, 2)
    _goal(m, 3)


@_plain
def _force(m, forcing, step, place, first):  # type: ignore[no-untyped-def]
    """Write γ, b + p and δ + s at the beginning, in the middle or at the end of a step."""
    for ends, base, row, size in (
        (forcing[0], -1, _STRENGTH, 1),
        (forcing[1], _BASELINE, _RISE, SIZE),
        (forcing[2], _DECAY, _FALL, SIZE),
    ):
        at = min(step, ends.shape[1] - 1)
        for i in range(size):
            line = min(i, ends.shape[2] - 1)
            for k in range(_LANES):
                draw = min(first + k, ends.shape[3] - 1)
                left, right = ends[0, at, line, draw], ends[1, at, line, draw]
                value = left if place == 0 else right if place == 2 else 0.5 * (left + right)
                m[row + i, k] = value + (m[base + i, k] if base >= 0 else 0.0)


@_plain
def _step(m, form, width, forcing, moving, step, first):  # type: ignore[no-untyped-def]
    """Carry a group over one step; `moving` says whether anything outside changes over time."""
    for i in range(_HEIGHT):
        for k in range(_LANES):
            m[_TOTAL + i, k] = 0.0
    for reach, share, place in _STAGES:
        if moving or (step == 0 and place == 0):
            _force(m, forcing, step, place, first)
        along = reach * width
        for i in range(_HEIGHT):
            for k in range(_LANES):
                m[_POINT + i, k] = m[_SLOPE + i, k] * along + m[_STATE + i, k]
        _rates(m, form)
        for i in range(_HEIGHT):
            for k in range(_LANES):
                m[_TOTAL + i, k] += share * m[_SLOPE + i, k]
    for i in range(_HEIGHT):
        for k in range(_LANES):
            m[_STATE + i, k] += m[_TOTAL + i, k] * (width / 6)


@njit(cache=True, error_model="numpy", parallel=True)
def _integrate(table, form, widths, forcing, keep, result):  # type: ignore[no-untyped-def]
    for group in prange((table.shape[1] + _LANES - 1) // _LANES):
        _group(table, form, widths, forcing, keep, group * _LANES, result)


@_plain
def _group(table, form, widths, forcing, keep, first, result):  # type: ignore[no-untyped-def]
    """Integrate one group of draws; lanes beyond the last draw repeat it and are dropped."""
    governance, policy, shocks = forcing
    live = min(_LANES, table.shape[1] - first)
    m = np.empty((_ROWS, _LANES))
    for i in range(_ROWS):
        for k in range(_LANES):
            m[i, k] = table[i, first + min(k, live - 1)]
    moving = max(governance.shape[1], policy.shape[1], shocks.shape[1]) > 1
    row = 0
    for step in range(widths.size + 1):
        if row < keep.size and keep[row] == step:
            result[row, :, first : first + live] = m[_STATE:_POINT, :live]
            row += 1
        if step < widths.size:
            _step(m, form, widths[step], forcing, moving, step, first)
