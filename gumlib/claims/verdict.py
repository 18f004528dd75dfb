"""Verdicts on the book's claims: one function a claim, one module for each kind of evidence.

A function returns a `Verdict`. Its rule is fixed in its docstring before the data are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from gumlib.errors import one_of

VERDICTS = ("supported", "partly", "not supported", "not distinguishable", "not testable here")


@dataclass(frozen=True)
class Verdict:
    """What a test decided, one of `VERDICTS`, and what it found.

    Examples
    --------
    >>> Verdict("partly", "two of three parts hold").verdict
    'partly'
    """

    verdict: str
    finding: str

    def __post_init__(self) -> None:
        one_of(self.verdict, VERDICTS, "verdicts", "verdict")
