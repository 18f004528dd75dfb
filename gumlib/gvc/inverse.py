"""The inverse of I - A by blocks, most of it matrix products, and what is said when there is none."""

import numpy as np

from gumlib.errors import GumError
from gumlib.gvc.table import Array

LEAF = 90
_LIMIT = 1e8
"""A row that takes more than so many units of itself for one unit of final use has lost half of its digits."""
_MISS = 1e-6
"""How far u(I - A)B may be from u, relative to what is added up there."""


class NearSingularError(GumError):
    """Say that I - A has no inverse to rely on.

    Parameters
    ----------
    rows : numbers of the rows that sell to each other, round and round, next to nothing leaving
    """

    def __init__(self, rows: list[int]) -> None:
        super().__init__(f"expected I - A to have an inverse, got none: rows {rows[:5]} feed on themselves", "gvc", "A")
        self.rows = rows


def inverse_of(coefficients: Array) -> Array:
    """Return (I - A)^-1 of a square matrix A.

    Where columns of A sum to less than one, I - A has a dominant diagonal, so elimination needs no pivots and goes
    by halves: the inverse of the first quarter, then of its Schur complement. The result is checked, u(I - A)B = u;
    where it does not hold, elimination is done again with pivots.

    Raises
    ------
    NearSingularError : there is no inverse, or only one with an entry on the diagonal above `_LIMIT`

    Source: [antras2012] uses the inverse; the halving is the textbook's block elimination

    Examples
    --------
    >>> inverse_of(np.array([[0.5, 0.0], [0.0, 0.75]])).tolist()
    [[2.0, 0.0], [0.0, 4.0]]
    """
    for pivots in (False, True):
        with np.errstate(all="ignore"):
            found = _tried(coefficients, pivots)
            if found is not None and _holds(coefficients, found):
                return found
    raise NearSingularError(_loop(coefficients))


def _tried(coefficients: Array, pivots: bool) -> Array | None:
    result: Array = -coefficients
    result.flat[:: len(result) + 1] += 1
    try:
        if pivots:
            return np.linalg.inv(result).astype(np.float64, copy=False)
        _invert(result)
    except np.linalg.LinAlgError:
        return None
    return result


def _holds(coefficients: Array, inverse: Array) -> bool:
    """Return whether u(I - A)B = u, and no row takes more of itself than `_LIMIT`."""
    if not np.abs(np.diagonal(inverse)).max() <= _LIMIT:
        return False
    left = 1 - coefficients.sum(axis=0)
    sizes = np.ones(len(left))
    for start in range(0, len(left), LEAF):
        rows = slice(start, start + LEAF)
        sizes += np.abs(left[rows]) @ np.abs(inverse[rows])
    return bool((np.abs(left @ inverse - 1) <= _MISS * sizes).all())


def _loop(coefficients: Array) -> list[int]:
    """Return the rows that feed on themselves: those that stand out once a millionth leaves at each sale."""
    try:
        damped = np.linalg.inv(np.eye(len(coefficients)) - (1 - 1e-6) * coefficients)
    except np.linalg.LinAlgError:
        return np.flatnonzero(coefficients.sum(axis=0) >= 1 - 1 / _LIMIT).tolist()
    taken = np.abs(np.diagonal(damped))
    return np.flatnonzero(taken >= 0.01 * taken.max()).tolist()


def _invert(m: Array) -> None:
    """Replace a matrix by its inverse; products go where they belong, for fresh memory costs as much time."""
    if len(m) <= LEAF:
        m[:] = np.linalg.inv(m)
        return
    half = len(m) // 2
    first, right, below, last = m[:half, :half], m[:half, half:], m[half:, :half], m[half:, half:]
    _invert(first)
    across = first @ right
    last -= below @ across
    _invert(last)
    down = below @ first
    np.matmul(last, down, out=below)
    first += across @ below
    np.matmul(across, last, out=right)
    for corner in (below, right):
        np.negative(corner, out=corner)
