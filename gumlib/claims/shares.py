"""Shares of draws: with Wilson's interval, and put into words that hold at nought and at one as well."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gumlib.dynamics.ensemble.outcomes import wilson
from gumlib.evidence.wording import percent


@dataclass(frozen=True)
class Share:
    """A share of trials with its Wilson interval of 95 %.

    Parameters
    ----------
    hits, trials : counts; trials are the effective number where draws depend on each other

    Examples
    --------
    >>> share = Share(12, 121)
    >>> round(share.value, 3), round(share.low, 3), round(share.high, 3)
    (0.099, 0.058, 0.165)
    """

    hits: float
    trials: float

    @property
    def value(self) -> float:
        """The share, or nought where nothing was tried."""
        return self.hits / self.trials if self.trials else 0.0

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._ends()[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._ends()[1]

    def _ends(self) -> tuple[float, float]:
        return wilson(self.value, self.trials) if self.trials else (0.0, 1.0)

    def covers(self, bound: float) -> bool:
        """Whether a bound lies within the interval."""
        return self.low <= bound <= self.high

    def __str__(self) -> str:
        """Tell the share with its interval, or in words where there is no other case."""
        if not self.trials:
            return "none to be counted"
        ends = f"{percent(self.low)} to {percent(self.high)}"
        word = {0.0: "none", 1.0: "all"}.get(self.value, percent(self.value))
        return f"{word} ({ends})"


def of(flags: np.ndarray) -> Share:
    """Return the share of true values.

    Examples
    --------
    >>> of(np.array([True, False, True, True])).value
    0.75
    """
    return Share(float(flags.sum()), float(len(flags)))


def with_interval(share: float, trials: float) -> str:
    """Return a share of so many trials in words, with its interval.

    Examples
    --------
    >>> with_interval(0.5, 100), with_interval(0.0, 100)
    ('50% (40% to 60%)', 'none (0% to 3.7%)')
    """
    return str(Share(share * trials, trials))


def pool(shares: Iterable[Share]) -> Share:
    """Return the share over all trials.

    Examples
    --------
    >>> pool([Share(1, 4), Share(3, 4)]).value
    0.5
    """
    every = list(shares)
    return Share(sum(share.hits for share in every), sum(share.trials for share in every))
