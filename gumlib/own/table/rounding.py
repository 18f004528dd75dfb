"""How far sums may be from what they add up, where all numbers of a table were rounded."""

import numpy as np

from gumlib.gvc.table import Array

_GAP = 1e-4
"""Share of all that a sum may be off in any case."""
ROUNDED_OFF = 0.02
"""Share of all that rounding may explain at most, so that small numbers are not alike by chance."""
_DIGITS = 6
_MANY = 4
"""Numbers that differ, from which on an equal sum is no chance."""
_FIGURES = 6
"""Figures that fewer numbers must have in all for that."""
_SAMPLE = 10_000
"""Numbers that are looked at."""


def rounding_step(values: Array) -> float:
    """Return the step in which all numbers were rounded, such as 0.1; nought where there is none.

    Examples
    --------
    >>> rounding_step(np.array([12.0, 7.0])), rounding_step(np.array([0.1, 7.25])), rounding_step(np.array([1 / 3]))
    (1.0, 0.01, 0.0)
    """
    some = values.ravel()[:: -(-values.size // _SAMPLE) or 1]
    for digits in range(_DIGITS):
        if np.allclose(some, np.round(some, digits), rtol=1e-12, atol=1e-9):
            return float(10.0**-digits)
    return 0.0


def same(sums: Array, parts: Array, many: int, step: float) -> bool:
    """Tell whether sums are those of so many parts each, but for rounding.

    Examples
    --------
    >>> one, other = np.array([[100.0, 200.0], [101.0, 199.0]])
    >>> same(one, other, 4, 1.0), same(one, other, 4, 0.0)
    (True, False)
    """
    off, size = np.abs(sums - parts), np.abs(sums).sum()
    rounded = off.max() <= step * (many + 1) / 2 and off.sum() <= ROUNDED_OFF * size
    return bool(off.sum() <= _GAP * size or rounded)


def adds_up(sums: Array, parts: Array, many: int, step: float, few: bool = False) -> bool:
    """Tell whether sums are those of so many parts by no chance; or, where few suffice, exactly those."""
    if few:
        return len(np.unique(sums[sums != 0])) > 1 and same(sums, parts, many, 0.0)
    return same(sums, parts, many, step) and no_chance(sums, many, step)


def no_chance(sums: Array, many: int = 1, step: float = 0.0) -> bool:
    """Tell whether sums are so many, or have so many figures, that it is no chance if so many parts add up to them.

    Examples
    --------
    >>> no_chance(np.array([3, 1, 4, 2])), no_chance(np.array([341.7, 256.1])), no_chance(np.array([30.0, 20.0, 30.0]))
    (True, True, False)
    >>> no_chance(np.array([341.0, 256.0]), 9, 1.0)
    False
    """
    sizes = np.unique(np.abs(sums[sums != 0]))
    if len(sizes) >= _MANY or len(sizes) < 2:
        return len(sizes) >= _MANY
    margin = max(step * (many + 1) / 2, _GAP * sizes.max())
    figures = [len(f"{size:.11e}".partition("e")[0].rstrip(".0").replace(".", "")) for size in sizes]
    return bool(np.minimum(figures, np.log10(sizes / margin)).sum() >= _FIGURES)
