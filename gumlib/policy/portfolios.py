"""A portfolio: which instruments, how strongly, when, and how steadily."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gumlib.errors import GumError, one_of
from gumlib.policy.catalogue import instruments


@dataclass(frozen=True)
class Portfolio:
    """Instruments with the years each is put off, and its strength.

    Parameters
    ----------
    names : instruments, in the order of `instruments`
    delay : years by which each starts later than in the catalogue
    intensity : of each; 1 is the size in the catalogue, and cost goes with it
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
    intensity: tuple[float, ...] = ()
    stop_go: float = 0.0
    overlap: float = 0.0
    until: float | None = None

    def __post_init__(self) -> None:
        known = tuple(instruments().index)
        for name in self.names:
            one_of(name, known, "policy", "instrument")
        if len(set(self.names)) < len(self.names):
            twice = next(name for name in self.names if self.names.count(name) > 1)
            raise GumError(f"expected each instrument once, got {twice!r} twice; raise its intensity", "policy", twice)
        if not len(self.names) == len(self.delay) == len(self.intensity):
            raise GumError("expected a delay and an intensity for each instrument; use portfolio()", "policy", "names")
        for what in ("delay", "intensity"):
            values = np.asarray(getattr(self, what), dtype=float)
            if not (np.isfinite(values) & (values >= 0)).all():
                raise GumError(f"expected {what} of zero or more; correct it", "policy", what)
        if not (self.stop_go >= 0 and 0 <= self.overlap <= 1):
            raise GumError("expected stop_go of zero or more and overlap from 0 to 1", "policy", "stop_go")

    @property
    def cost(self) -> float:
        """Sum of intensity times relative cost."""
        costs = instruments()["cost"]
        return float(sum(costs[name] * by for name, by in zip(self.names, self.intensity, strict=True)))

    @property
    def label(self) -> str:
        """Names joined, or ``none``."""
        return " + ".join(self.names) or "none"


def portfolio(
    *names: str,
    delay: float | Mapping[str, float] = 0.0,
    intensity: float | Mapping[str, float] = 1.0,
    stop_go: float = 0.0,
    overlap: float = 0.0,
    until: float | None = None,
) -> Portfolio:
    """Return a portfolio of instruments; no name gives the empty one, which is no policy.

    Parameters
    ----------
    delay, intensity : one number for all, or by name; what is not named is not delayed and stands at 1

    Raises
    ------
    GumError : an unknown instrument, one named twice, a negative delay or intensity
    """
    order = list(instruments().index)
    chosen = sorted(names, key=lambda name: order.index(name) if name in order else -1)
    for what, value in (("delay", delay), ("intensity", intensity)):
        if isinstance(value, Mapping) and set(value) - set(chosen):
            extra = sorted(set(value) - set(chosen))[0]
            raise GumError(f"expected names of the portfolio, got {extra!r}; add it or drop it", "policy", what)
    shift = delay if isinstance(delay, Mapping) else dict.fromkeys(chosen, delay)
    by = intensity if isinstance(intensity, Mapping) else dict.fromkeys(chosen, intensity)
    return Portfolio(
        tuple(chosen),
        tuple(float(shift.get(name, 0.0)) for name in chosen),
        tuple(float(by.get(name, 1.0)) for name in chosen),
        stop_go,
        overlap,
        until,
    )
