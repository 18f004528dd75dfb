"""Adding up rows whose codes are mapped to the same new code."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from gumlib.errors import GumError
from gumlib.gvc import checks


def new_positions(
    codes: tuple[str, ...], mapping: Mapping[str, str] | None, name: str
) -> tuple[NDArray[np.intp], tuple[str, ...]]:
    """Return the place of each old code among the new codes, and these in the order in which they first come.

    Raises
    ------
    GumError : a code has no new one, the mapping holds a code that is not there, or a new one that is no text
    """
    if mapping is None:
        return np.arange(len(codes)), codes
    new = checks.mapping(mapping, codes, name)
    missing = [code for code in codes if code not in new]
    if missing:
        raise GumError(f"expected a group for each code, got none for {', '.join(missing)}; add them", "gvc", name)
    groups = tuple(dict.fromkeys(new[code] for code in codes))
    return np.array([groups.index(new[code]) for code in codes]), groups


def add_up(array: NDArray[np.float64], places: NDArray[np.intp], axis: int) -> NDArray[np.float64]:
    """Add up what goes to the same place along an axis."""
    if np.array_equal(places, np.arange(len(places))):
        return array
    before, after = array.shape[:axis], array.shape[axis + 1 :]
    total = np.zeros((*before, places.max() + 1, *after))
    given, taken = np.moveaxis(array, axis, 0), np.moveaxis(total, axis, 0)
    for part, place in zip(given, places, strict=True):
        taken[place] += part
    return total
