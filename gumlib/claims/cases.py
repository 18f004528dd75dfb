"""Verdicts on the four cases held side by side: paths and ways, and one mechanism for all: C14."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from gumlib import cases
from gumlib.cases import Case
from gumlib.cases.compare import profiles
from gumlib.cases.fitting import leave_one_out
from gumlib.claims.verdict import Verdict
from gumlib.evidence.wording import listed, of_all
from gumlib.terms import name

_SURE = 0.05
BOUNDS: tuple[dict[str, int], ...] = tuple(
    {"factors": factors, "ways": ways} for factors, ways in ((1, 1), (3, 2), (5, 3), (6, 4))
)
"""Other numbers of coded elements that give an epoch a profile, from any to all."""
SIMPLE = ("mean of the others", "linear trend")
"""Naive forecasts that one mechanism has to beat if it is to tell more than that clusters resemble each other."""


def paths_differ() -> Verdict:
    """C14. Supported if clusters whose factors differ more also differ more in their ways, surely.

    Profiles (levels less their mean, so that height does not count) of factors and of ways, averaged over
    epochs; the six pairs of clusters by distance in the one and in the other; exact Mantel test over the 24
    orders of the clusters. Read three times: mean of the passes, factors of pass A with ways of pass B, and
    the reverse, since one coder's view of a cluster colours both. Supported if p is at most 0.05 in all three
    and the clusters were led by at least two ways and two factors (sets of codes count as they are). Not
    supported if the correlation is not above zero in any reading, or if one way or one factor led all four.
    Partly if it is above zero in all three and p is at most 0.05 in one. Not distinguishable otherwise.

    Then once more with other bounds on how many elements make an epoch count: where one of them gives another
    verdict it is not distinguishable. That last part was added when the bound had been seen to matter.
    """
    chosen = [cases.load(name) for name in cases.names()]
    classes = profiles.classify(chosen)
    found = differing(readings(chosen), classes)
    others = [differing(readings(chosen, bound), classes).verdict for bound in BOUNDS]
    apart = [verdict for verdict in others if verdict != found.verdict]
    if not apart:
        return found
    told = ", ".join(
        f"{verdict} by {of_all(apart.count(verdict), len(BOUNDS), 'bound')}" for verdict in sorted(set(apart))
    )
    finding = f"{found.finding}; with other bounds on how much must be coded: {told}"
    return Verdict("not distinguishable", finding, bounds_apart=len(apart))


def readings(chosen: Sequence[Case], bound: Mapping[str, int] = profiles.ENOUGH) -> pd.DataFrame:
    """Return the Mantel tests of factor against way profiles by reading: mean of the passes, A with B, B with A."""
    rows = {}
    for label, (one, two) in {"mean": (None, None), "A, B": ("a", "b"), "B, A": ("b", "a")}.items():
        tables = (profiles.distances(chosen, "factors", one, bound), profiles.distances(chosen, "ways", two, bound))
        rows[label] = profiles.mantel(*(table.to_numpy() for table in tables))
    return pd.DataFrame.from_dict(rows, orient="index")


def differing(readings: pd.DataFrame, classes: pd.DataFrame) -> Verdict:
    """Apply the rule of C14 to the Mantel tests and to a frame such as `profiles.classify` returns.

    Examples
    --------
    >>> tests = pd.DataFrame({"correlation": [0.5, 0.4], "p": [0.04, 0.2]}, index=["mean", "A, B"])
    >>> differing(tests, pd.DataFrame({"way": ["T", "X"], "factor": ["L", "E"]}, ["ningbo", "wenzhou"])).verdict
    'partly'
    """
    tests = "; ".join(f"{row.correlation:+.2f} (p {row.p:.2f}, {label})" for label, row in readings.iterrows())
    led = "; ".join(f"{name(str(case))} {listed(map(_way, row.way))}" for case, row in classes.iterrows())
    positive, sure = readings["correlation"] > 0, readings["p"] <= _SURE
    ways, factors = classes["way"].nunique(), classes["factor"].nunique()
    finding = (
        f"distances of factor and way profiles correlate {tests}; leading ways ({ways} different): {led}; "
        f"leading factors ({factors} different)"
    )
    if min(ways, factors) < 2 or not positive.any():
        return Verdict("not supported", finding)
    if sure.all() and positive.all():
        return Verdict("supported", finding)
    return Verdict("partly" if positive.all() and sure.any() else "not distinguishable", finding)


def _way(code: str) -> str:
    return name(code).removesuffix(" upgrading").replace("-", " ")


def shared(coded: bool, coding: str, errors: pd.DataFrame) -> Verdict:
    """Apply the rule of C13: whether both types are coded, and a table such as `leave_one_out.leave_one_out` returns.

    Examples
    --------
    >>> table = pd.DataFrame([(name, case) for name in ("gum", *SIMPLE) for case in "ab"])
    >>> table = table.set_axis(["forecast", "case"], axis=1).assign(error=[0.1] * 2 + [0.2] * 4)
    >>> shared(True, "so it is", table).verdict, shared(False, "so it is", table).verdict
    ('partly', 'not testable here')
    """
    own = leave_one_out.differences(errors).loc[list(SIMPLE)]
    told = f"{coding}; one fit for all, a cluster left out at a time: closer than {nearer(own)}"
    if not coded:
        return Verdict("not testable here", told)
    if (own["worse"] == own["clusters"]).all():
        return Verdict("not supported", told)
    return Verdict("partly" if (own["better"] == own["clusters"]).all() else "not distinguishable", told)


def nearer(gaps: pd.DataFrame) -> str:
    """Return in words where the first of two forecasts lies nearer, of a frame from `leave_one_out.differences`."""
    found = gaps[["better", "clusters", "mean"]].itertuples()
    return ", ".join(f"{row.Index} in {of_all(row.better, row.clusters, 'cluster')} ({row.mean:+.3f})" for row in found)


TESTS: dict[str, Callable[[], Verdict]] = {"C14": paths_differ}
