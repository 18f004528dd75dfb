"""The claims of the book and the verdict on each.

Every claim has a test that computes its verdict. The verdicts are stored with the data, since some take minutes;
`decide` computes them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from gumlib import data
from gumlib.claims import (
    cases,
    coding,
    dynamic_path,
    mechanisms,
    pairings,
    policy,
    pressure,
    running,
    structure,
    value_chain,
)
from gumlib.claims.verdict import Verdict

_MODULES = (structure, coding, running, mechanisms, pairings, dynamic_path, pressure, value_chain, cases, policy)
TESTS: dict[str, Callable[[], Verdict]] = dict(sorted(item for module in _MODULES for item in module.TESTS.items()))


def claims() -> pd.DataFrame:
    """Return the 41 claims, with verdict and finding.

    Returns
    -------
    Frame indexed by claim id: place, claim, kind, section, test, verdict, finding.

    Examples
    --------
    >>> claims().loc["C03", "verdict"]
    'supported'
    """
    return data.read("claims").set_index("claim_id").join(data.read("verdicts").set_index("claim_id"))


def decide(chosen: Sequence[str] | None = None) -> pd.DataFrame:
    """Compute verdicts anew; `make data` stores those on all claims as the resource ``verdicts``.

    Parameters
    ----------
    chosen : ids of claims that have a test, by default all

    Returns
    -------
    Frame with claim_id, verdict, finding, in the order of the claims.

    Examples
    --------
    >>> decide(["C01"])["verdict"].tolist()
    ['supported']
    """
    results = {claim: test() for claim, test in TESTS.items() if chosen is None or claim in chosen}
    rows = [(claim, result.verdict, result.finding) for claim, result in results.items()]
    return pd.DataFrame(rows, columns=["claim_id", "verdict", "finding"])
