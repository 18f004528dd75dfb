"""A portfolio: which instruments, when, and how steadily."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from gumlib.errors import GumError, one_of
from gumlib.policy.catalogue import instruments


@dataclass(frozen=True)
class Portfolio:
    """Instruments with the years each is put off.

    Parameters
    ----------
    names : instruments, in the order of `instruments`
    delay : years by which each starts later than in the catalogue
    stop_go : years on and years off in turn, until as many years have been worked; 0 for steady
    overlap : share lost of all but the strongest among instruments that act on one factor at one time
    until : instruments end by this year after the start at the latest; None for as long as they last

    Examples
    --------
    >>> portfolio("fair", "covenant").cost
    3.0
    """

    names: tuple[str, ...] = ()
    delay: tuple[float, ...] = ()
    stop_go: float = 0.0
    overlap: float = 0.0
    until: float | None = None

    def __post_init__(self) -> None:
        known = tuple(instruments().index)
        for name in self.names:
            one_of(name, known, "policy", "instrument")
        if len(set(self.names)) < len(self.names):
            twice = next(name for name in self.names if self.names.count(name) > 1)
            raise GumError(f"expected each instrument once, got {twice!r} twice; drop one", "policy", twice)
        if len(self.names) != len(self.delay):
            raise GumError("expected a delay for each instrument; use portfolio()", "policy", "names")
        if not all(0 <= late < inf for late in self.delay):
            raise GumError("expected delay of zero or more; correct it", "policy", "delay")
        if not (self.stop_go >= 0 and 0 <= self.overlap <= 1):
            raise GumError("expected stop_go of zero or more and overlap from 0 to 1", "policy", "stop_go")

    @property
    def cost(self) -> float:
        """Sum of the relative costs."""
        costs = instruments()["cost"]
        return float(sum(costs[name] for name in self.names))

    @property
    def label(self) -> str:
        """Names joined, or ``none``."""
        return " + ".join(self.names) or "none"


def portfolio(
    *names: str,
    delay: float | Mapping[str, float] = 0.0,
    stop_go: float = 0.0,
    until: float | None = None,
) -> Portfolio:
    """Return a portfolio of instruments; no name gives the empty one, which is no policy.

    Parameters
    ----------
    delay : one number for all, or by name; what is not named is not delayed

    Raises
    ------
    GumError : an unknown instrument, one named twice, a negative delay
    """
    order = list(instruments().index)
    chosen = sorted(names, key=lambda name: order.index(name) if name in order else -1)
    shift = delay if isinstance(delay, Mapping) else dict.fromkeys(chosen, delay)
    if extra := sorted(set(shift) - set(chosen)):
        raise GumError(f"expected names of the portfolio, got {extra[0]!r}; add it or drop it", "policy", "delay")
    late = tuple(float(shift.get(name, 0.0)) for name in chosen)
    return Portfolio(tuple(chosen), late, stop_go, until=until)
