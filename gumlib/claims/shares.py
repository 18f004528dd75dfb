"""Shares of draws: with Wilson's interval, and put into words that hold at nought and at one as well."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from gumlib.dynamics.ensemble.outcomes import wilson


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
        return spoken(self.value, self.low, self.high) if self.trials else "none to be counted"


def spoken(value: float, low: float, high: float) -> str:
    """Return a share with its interval as a person would say it, at none and at all too.

    Examples
    --------
    >>> spoken(0.0, 0.0, 0.0095), spoken(0.0, 0.0, 0.0002), spoken(1.0, 0.99, 1.0), spoken(0.13, 0.123, 0.137)
    ('none (at most 0.9%)', 'none (less than 0.1%)', 'all (at least 99.0%)', '13.0% (12.3% to 13.7%)')
    """
    if value == 0:
        return f"none ({_end('at most', high)})"
    if value == 1:
        return f"all ({_end('at least', low)})"
    return f"{_end('', value)} ({_end('', low)} to {_end('', high)})"


def _end(bound: str, share: float) -> str:
    """Return one end in per cent with a decimal; what would print as nought or all but is not is told apart."""
    if 0 < share < 0.0005:
        return "less than 0.1%"
    return "more than 99.9%" if 0.9995 <= share < 1 else f"{bound} {share:.1%}".strip()


def shares_text(shares: Mapping[str, Share]) -> str:
    """Return shares by name, as a verdict keeps them.

    Examples
    --------
    >>> shares_text({"low": Share(1, 4), "high": Share(0, 400)})
    'low 25.0% (4.6% to 69.9%), high none (at most 1.0%)'
    """
    return ", ".join(f"{name} {share}" for name, share in shares.items())


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
    ('50.0% (40.4% to 59.6%)', 'none (at most 3.7%)')
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
