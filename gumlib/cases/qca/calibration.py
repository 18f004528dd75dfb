"""From a measured level to membership in a set: the direct method."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gumlib.cases.qca.expressions import real
from gumlib.errors import GumError

_FAR = 700.0
"""Log odds beyond which a membership is 0 or 1 to the machine."""
FULL_ODDS = 3.0
"""Log odds of full membership: e^3 / (1 + e^3) = 0.953, and 0.047 of full non-membership (ragin2008)."""


@dataclass(frozen=True)
class Anchors:
    """The three levels that a calibration rests on, falling or rising.

    Parameters
    ----------
    out : level of full non-membership
    cross : level at which a case is neither more in than out
    full : level of full membership

    Raises
    ------
    GumError : the three do not strictly rise or strictly fall

    Source: ragin2008.

    Examples
    --------
    >>> Anchors(out=0.2, cross=0.5, full=0.8).shift(0.1)
    Anchors(out=0.3, cross=0.6, full=0.9)
    """

    out: float
    cross: float
    full: float

    def __post_init__(self) -> None:
        numbers = (self.out, self.cross, self.full)
        known = all(isinstance(level, int | float | np.number) and np.isfinite(level) for level in numbers)
        if not known or not (self.out < self.cross < self.full or self.out > self.cross > self.full):
            raise GumError(
                f"expected anchors that rise or fall, got out {self.out}, cross {self.cross}, full {self.full}; "
                "take three numbers in order",
                "qca",
                "anchors",
            )

    def shift(self, step: float) -> "Anchors":
        """Return the anchors, all three moved by `step`, rounded to nine places."""
        return Anchors(*(round(level + step, 9) for level in (self.out, self.cross, self.full)))


def direct(levels: pd.DataFrame, anchors: Anchors, odds: float = FULL_ODDS) -> pd.DataFrame:
    """Return membership by the direct method: log odds linear in the level on each side of the crossover.

    Parameters
    ----------
    levels : frame or series of numbers on any scale; missing stays missing
    anchors : on the same scale
    odds : log odds at full membership; ln 19 puts the outer anchors at 0.95 and 0.05 as the R package QCA does

    Returns
    -------
    The same shape and index, values strictly between 0 and 1, and 0.5 exactly at the crossover.

    Raises
    ------
    GumError : no anchors; no numbers, or an infinite one; log odds of 0 or less, with which more of a level would be
        less of a membership

    Source: ragin2008.

    Examples
    --------
    >>> direct(pd.Series([0.2, 0.5, 0.65, 0.8]), Anchors(0.2, 0.5, 0.8)).round(3).tolist()
    [0.047, 0.5, 0.818, 0.953]
    """
    if not isinstance(anchors, Anchors):
        raise GumError(f"expected anchors, got {anchors!r}; write Anchors(0.2, 0.5, 0.8)", "qca", "anchors")
    if not 0 < odds < np.inf:
        raise GumError(f"expected log odds above 0, got {odds}; take {FULL_ODDS}", "qca", "odds")
    places = max(9, 8 - math.floor(math.log10(abs(anchors.full - anchors.out))))
    away = (_numbers(levels) - anchors.cross).round(places)
    rising = anchors.full > anchors.cross
    above = away > 0 if rising else away < 0
    scale = np.where(above, anchors.full - anchors.cross, anchors.cross - anchors.out)
    return 1 / (1 + np.exp((-odds * away / scale).clip(-_FAR, _FAR)))


def _numbers(levels: pd.DataFrame) -> pd.DataFrame:
    kinds = levels.dtypes if isinstance(levels, pd.DataFrame) else [getattr(levels, "dtype", None)]
    if not isinstance(levels, pd.DataFrame | pd.Series) or not all(map(real, kinds)):
        message = "expected a frame or a series of numbers, got something else; convert it"
        raise GumError(message, "qca", "levels")
    if np.isinf(numbers := levels.astype(float)).to_numpy().any():
        raise GumError("expected finite levels, got an infinite one; correct it, or leave it missing", "qca", "levels")
    return numbers
