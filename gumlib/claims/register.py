"""The claims of the book and the verdict on each.

Every claim has a test that computes its verdict. The verdicts are stored with the data, since some take minutes;
`decide` computes them anew.
"""

from collections.abc import Callable, Sequence
from functools import cache

import pandas as pd

from gumlib import data
from gumlib.claims import (
    cases,
    coding,
    mechanisms,
    pairings,
    policy,
    pressure,
    running,
    shocks,
    starts_and_lock_in,
    structure,
    types_and_stages,
    value_chain,
)
from gumlib.claims.verdict import Verdict
from gumlib.dynamics.rivals import lacking
from gumlib.errors import one_of

_MODULES = (
    structure,
    coding,
    running,
    mechanisms,
    pairings,
    starts_and_lock_in,
    shocks,
    types_and_stages,
    pressure,
    value_chain,
    cases,
    policy,
)
TESTS: dict[str, Callable[[], Verdict]] = dict(sorted(item for module in _MODULES for item in module.TESTS.items()))


def claims() -> pd.DataFrame:
    """Return the 41 claims as they were read, with what came of them.

    Returns
    -------
    Frame indexed by claim id: the columns of the register (place, claim, restated_en, restated_zh, kind, section,
    modality, scope, cause, state, rule, ceiling, floor, why, page, figure), rivals (which variants count, derived
    from the cause), and those of the verdicts (verdict, notes, finding, over_ranges, as_fitted, share, low, high,
    bound, seeds_apart, bounds_apart).
    """
    register = data.read("claims").set_index("claim_id")
    found = data.read("verdicts").set_index("claim_id")
    return register.assign(rivals=register["cause"].map(lacking).map(", ".join)).join(found)


def verdict_numbers(claim: str) -> pd.DataFrame:
    """Return the stored numbers beside the words of a verdict.

    Returns
    -------
    Frame indexed by reading (ranges, fitted, or data where a number is counted or measured) and name: value, low and
    high, the ends of the interval of a share.

    Raises
    ------
    GumError : no numbers are stored of this claim
    """
    stored = data.read("verdict-numbers").set_index(["claim_id", "reading", "name"])
    known = tuple(stored.index.unique("claim_id"))
    return stored.loc[one_of(claim, known, "claims", "claim")]


def decide(chosen: Sequence[str] | None = None) -> pd.DataFrame:
    """Compute verdicts anew; `make data` stores those on all claims as the resource ``verdicts``.

    Parameters
    ----------
    chosen : ids of claims that have a test, by default all

    Returns
    -------
    Frame with claim_id and what `Verdict.row` gives, in the order of the claims.
    """
    return pd.DataFrame([{"claim_id": claim, **verdict.row()} for claim, verdict in _found(chosen).items()])


def measure(chosen: Sequence[str] | None = None) -> pd.DataFrame:
    """Compute anew the numbers beside the words of verdicts; `make data` stores them as ``verdict-numbers``.

    Parameters
    ----------
    chosen : ids of claims that have a test, by default all

    Returns
    -------
    Frame with claim_id and what `Verdict.numbers` gives, in the order of the claims.
    """
    rows = [{"claim_id": claim, **row} for claim, verdict in _found(chosen).items() for row in verdict.numbers()]
    return pd.DataFrame(rows)


def _found(chosen: Sequence[str] | None) -> dict[str, Verdict]:
    """Return the verdicts on some claims; those on all are computed once, for the words and for the numbers."""
    tests = tuple(TESTS.items())
    return _all(tests) if chosen is None else {claim: test() for claim, test in tests if claim in chosen}


@cache
def _all(tests: tuple[tuple[str, Callable[[], Verdict]], ...]) -> dict[str, Verdict]:
    return {claim: test() for claim, test in tests}
