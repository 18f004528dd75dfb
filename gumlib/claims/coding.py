"""Verdicts that rest on the coded evidence alone."""

from collections.abc import Callable

from gumlib import evidence
from gumlib.claims.verdict import Verdict
from gumlib.terms import VARIABLES


def framework_applies() -> Verdict:
    """C18. Supported if each cluster has a score for each variable and alpha is surely above 0.8.

    Surely: the lower end of its interval is. Partly if some variable could never be scored in
    some cluster; not supported if the passes do not agree.
    """
    scored = evidence.paired().notna().any(axis=1).groupby(["cluster", "variable"]).any()
    low = evidence.agreement().loc["all", "low"]
    finding = f"{int(scored.sum())} of {4 * len(VARIABLES)} cluster-variables scored; lower end of alpha {low:.3f}"
    if low < evidence.RELIABLE:
        return Verdict("not supported", finding)
    return Verdict("supported" if scored.all() else "partly", finding)


TESTS: dict[str, Callable[[], Verdict]] = {"C18": framework_applies}
