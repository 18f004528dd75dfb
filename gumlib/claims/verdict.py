"""Verdicts on the book's claims: one function a claim, one module for each kind of evidence.

A function returns a `Verdict`. Its rule stands in its docstring, and in prose in the register of claims, fixed before
the data are looked at unless it says otherwise. Where a claim names a cause, only variants that lack it count against
it; "can" is tested as can; what has no state in the model or the data is not testable here; and a test that could end
in one way only decides nothing and is not testable here either, with the note `BUILT_IN`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gumlib.claims.shares import Share, shares_text
from gumlib.errors import one_of

VERDICTS = ("supported", "partly", "not supported", "not distinguishable", "not testable here")
POSSIBLE, ALL, EDGE = "shown possible", "shown by all variants", "on the edge"
BUILT_IN, APART, NO_STATE = "built into the model", "the readings disagree", "no state"
LEVEL = 0.05
"""Of a p value at or below which chance is no explanation, where a rule does not say otherwise."""
NOTES = (POSSIBLE, ALL, EDGE, BUILT_IN, APART, NO_STATE)
"""What may stand beside a verdict."""


@dataclass(frozen=True)
class Verdict:
    """What a test decided and what it found.

    Parameters
    ----------
    verdict : one of `VERDICTS`
    finding : what was found, in a sentence
    notes : of `NOTES`, but for `EDGE`, which follows from the rest
    ranges, fitted : the shares over our ranges, and as fitted to the four clusters, by name
    counts : numbers of the finding that other pages tell as well, by name
    nearest : the share that decides; of several the one nearest its bound
    bound : the bound of that share
    seeds_apart : how many seeds alone give another verdict
    bounds_apart : how many of the other bounds stated in the rule give another verdict
    without : what the rule leaves out to try its verdict, and the verdict then; empty where the verdict stays
    decides : name and reading of the share that decides

    Examples
    --------
    >>> Verdict("partly", "so many", nearest=Share(110, 1000), bound=0.1).edge
    True
    """

    verdict: str
    finding: str
    notes: tuple[str, ...] = ()
    ranges: Mapping[str, Share] = field(default_factory=dict)
    fitted: Mapping[str, Share] = field(default_factory=dict)
    counts: Mapping[str, float] = field(default_factory=dict)
    nearest: Share | None = None
    bound: float | None = None
    seeds_apart: int = 0
    bounds_apart: int = 0
    without: str = ""
    decides: str = ""

    def __post_init__(self) -> None:
        one_of(self.verdict, VERDICTS, "claims", "verdict")
        for note in self.notes:
            one_of(note, tuple(set(NOTES) - {EDGE}), "claims", "note")

    @property
    def edge(self) -> bool:
        """Whether the verdict would change within an interval, with a seed, another stated bound or one thing less."""
        within = self.nearest is not None and self.bound is not None and self.nearest.covers(self.bound)
        return within or self.seeds_apart > 0 or self.bounds_apart > 0 or bool(self.without)

    def row(self) -> dict[str, object]:
        """Return what is stored of it, under the names of the columns."""
        told = self.nearest
        shares = {} if told is None else {"share": told.value, "low": told.low, "high": told.high}
        numbers = {name: float(f"{shares[name]:.6g}") if shares else None for name in ("share", "low", "high")}
        return {
            "verdict": self.verdict,
            "notes": "; ".join((*self.notes, *((EDGE,) if self.edge else ()))),
            "finding": self.finding,
            "over_ranges": shares_text(self.ranges),
            "as_fitted": shares_text(self.fitted),
            "decides": self.decides,
            **numbers,
            "bound": self.bound,
            "seeds_apart": self.seeds_apart,
            "bounds_apart": self.bounds_apart,
            "without": self.without,
        }

    def numbers(self) -> Iterator[dict[str, object]]:
        """Yield the numbers beside its words: the shares of both readings with their intervals, and the counts."""
        for reading, shares in (("ranges", self.ranges), ("fitted", self.fitted)):
            for name, share in shares.items():
                yield {"reading": reading, "name": name, "value": share.value, "low": share.low, "high": share.high}
        for name, value in self.counts.items():
            yield {"reading": "data", "name": name, "value": value, "low": None, "high": None}
