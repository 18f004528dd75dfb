"""The inverse of I - A by blocks, most of it matrix products."""

from __future__ import annotations

import numpy as np

from gumlib.gvc.table import Floats

LEAF = 90


def inverse_of(coefficients: Floats) -> Floats:
    """Return (I - A)^-1 of a square matrix A whose columns sum to less than one.

    Such an I - A has a dominant diagonal, so elimination needs no pivots and goes by halves:
    the inverse of the first quarter, then of its Schur complement.

    Source: [antras2012] uses the inverse; the halving is the textbook's block elimination

    Examples
    --------
    >>> inverse_of(np.array([[0.5, 0.0], [0.0, 0.75]])).tolist()
    [[2.0, 0.0], [0.0, 4.0]]
    """
    result: Floats = -coefficients
    result.flat[:: len(result) + 1] += 1
    _invert(result)
    return result


def _invert(m: Floats) -> None:
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
