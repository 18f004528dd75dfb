"""Verdicts that rest on the coded evidence alone: C18."""

from collections.abc import Callable

from gumlib import evidence
from gumlib.claims.verdict import Verdict
from gumlib.evidence.wording import of_all
from gumlib.terms import VARIABLES


def framework_applies() -> Verdict:
    """C18. Partly if each cluster has a score for each variable and alpha is surely above 0.8, else not supported.

    Surely: the lower end of its interval is. Never more: that this refines the theory and guides practice is an aim
    and is not tested.
    """
    scored = evidence.paired().notna().any(axis=1).groupby(["cluster", "variable"]).any()
    low = evidence.agreement().loc["all", "low"]
    covered = of_all(int(scored.sum()), 4 * len(VARIABLES), "cluster-variable")
    finding = (
        f"{covered} scored; lower end of alpha {low:.3f}; that this refines the theory and guides practice is not "
        "tested"
    )
    return Verdict("partly" if scored.all() and low > evidence.RELIABLE else "not supported", finding)


TESTS: dict[str, Callable[[], Verdict]] = {"C18": framework_applies}
