"""The inverse of I - A by blocks, most of it matrix products."""

from __future__ import annotations

import numpy as np

from gumlib.gvc.table import Floats

LEAF = 180


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
    result: Floats = np.eye(len(coefficients)) - coefficients
    _invert(result)
    return result


def _invert(m: Floats) -> None:
    """Replace a matrix by its inverse."""
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
    below[:] = -last @ down
    first -= across @ below
    right[:] = -across @ last
