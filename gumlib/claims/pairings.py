"""Verdict on the match of mechanisms with ways, from the 24 pairings: C08."""

from collections.abc import Callable

import pandas as pd

from gumlib.cases.compare import pairing_checks
from gumlib.claims.verdict import Verdict
from gumlib.evidence.wording import of_all

_NEAR = 3
"""Ranks that count as near the first."""


def four_mechanisms_match_four_ways() -> Verdict:
    """C08. Partly if the book's pairing is alone in rank 1 of 24 with all cells, raw and with year means removed.

    And if it stays within the first three, both ways, with what shared facts predict taken out: factor and way were
    coded largely from the same facts, which alone could bring them together. Not distinguishable if it falls farther
    back then, or if another is first and it is within the first three in both. Not supported otherwise. A shared first
    rank is not first. Never supported: four clusters scored from one ledger would not show a mechanism. The other
    versions (each cluster left out in turn, and each pass's factors against the other pass's ways) are counted and
    decide nothing. Statistic (mean Pearson correlation, cells complete in all eight variables) and ranks were fixed
    before these ranks were computed; a first trial had put the book's pairing first. That shared facts decide was added
    when the data were known.
    """
    return _decided(pairing_checks.checks())


def _decided(checks: pd.DataFrame) -> Verdict:
    """Apply the rule of C08 to a frame such as `pairing_checks.checks` returns.

    Examples
    --------
    >>> kinds = ["all cells"] * 2 + ["shared facts"] * 2 + ["across passes"]
    >>> frame = pd.DataFrame({"kind": kinds, "rank": [1, 1, 3, 9, 1], "p": 1 / 24})
    >>> _decided(frame).verdict
    'not distinguishable'
    """
    main = checks[checks["kind"] == "all cells"]
    others = checks[checks["kind"].isin(["without a cluster", "across passes"])]
    raw, removed = main["rank"]
    held = int((others["rank"] == 1).sum())
    finding = (
        f"rank {raw} of 24 raw and {removed} with year means removed (p {main['p'].max():.3f}); "
        f"first in {of_all(held, len(others), 'version')} without a cluster or across passes"
    )
    left = checks[checks["kind"] == "shared facts"]["rank"]
    finding += f"; with what shared facts predict taken out, rank {' and '.join(map(str, left))}"
    counts = {"rank, raw": raw, "rank, year means removed": removed, "versions, first": held, "versions": len(others)}
    counts |= {
        f"rank, shared facts out, {version}": rank for version, rank in zip(("raw", "means removed"), left, strict=True)
    }
    first, near = (main["rank"] == 1).all(), (main["rank"] <= _NEAR).all()
    verdict = "partly" if first and (left <= _NEAR).all() else "not distinguishable" if near else "not supported"
    return Verdict(verdict, finding, counts=counts)


TESTS: dict[str, Callable[[], Verdict]] = {"C08": four_mechanisms_match_four_ways}
