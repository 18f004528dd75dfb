"""Verdicts on policy: what it does, whether clusters adjust without it, at which levels advice belongs: C16, C17, C37.

All three rest on the formalised model, read twice: with parameters from our ranges, and as fitted to the four cases.
None can come out as supported. They read stored results and keep their draws; intervals tell what those settle.
"""

from collections.abc import Callable

import pandas as pd

from gumlib.claims.shares import Share
from gumlib.claims.verdict import BUILT_IN, Verdict
from gumlib.data import sorting
from gumlib.evidence.wording import between
from gumlib.policy import results
from gumlib.policy.results import MANY

HARDLY, DIFFERENCE, _SURE = 0.25, 0.25, 0.95
_PARTS = {"factors": "cultivates factors", "index": "lets the mechanism act", "delay": "costs when late"}
_READINGS = {"ranges": "over our ranges", "fitted": "as fitted"}


def policy_cultivates() -> Verdict:
    """C16. Not testable here: in every variant in which policy acts at all more of it can only raise the factors.

    No variant lacks policy and keeps the rest. How much policy adds is an illustration: from 1990 to 2010 with the
    coded policy, against none (factors, index) and against ten years of delay, the share of draws in which it is more
    than 0.01, in the case with fewest.
    """
    effects = results.read_study("effects").query("model == 'gum'")
    least = effects.groupby(["source", "what"])["share"].min()
    told = {
        source: "; ".join(f"{part} {Share(least[source, what] * MANY, MANY)}" for what, part in _PARTS.items())
        for source in _READINGS
    }
    finding = "more policy can only raise factors and index, by the form of the equations"
    return Verdict("not testable here", finding, (BUILT_IN,), told["ranges"], told["fitted"])


def adjusting_alone() -> Verdict:
    """C37. Partly if in both readings clusters hardly adjust without policy; not testable here otherwise.

    From 1995 to 2010 under measured outside pressure, governance as coded. A cluster adjusts if the mean of its four
    basic factors in 2010 is not below that of 1995. The first half of the sentence holds in a reading if in each case
    at most 25 % of draws adjust without policy (P nil and inert) and at least 25 points more with it. The second half,
    that a cluster which can adjust does so with great difficulty, has no state. The halves are joined by "or": as long
    as the second is untested, a failure of the first refutes nothing, so that *not supported* is out of reach.
    """
    return hardly(results.read_study("adjusting").query("model == 'gum' and pressed == 1"))


def hardly(table: pd.DataFrame) -> Verdict:
    """Apply the rule of C37 to the stored shares of draws that adjust, of the model under pressure.

    Examples
    --------
    >>> rows = [(source, "a", name, share) for source in _READINGS for name, share in (("with", 0.9), ("without", 0.1))]
    >>> hardly(pd.DataFrame(rows, columns=["source", "case", "setting", "share"])).verdict
    'partly'
    """
    wide = table.pivot(index=["source", "case"], columns="setting", values="share")
    low = (wide["without"] <= HARDLY) & (wide["with"] - wide["without"] >= DIFFERENCE)
    told = {
        source: "; ".join(
            f"adjust {name} policy, by case: {between(part[name].min(), part[name].max())}"
            for name in ("with", "without")
        )
        for source, part in wide.groupby(level="source")
    }
    verdict = "partly" if low.all() else "not testable here"
    held = [_READINGS[str(source)] for source, part in low.groupby(level="source") if part.all()]
    finding = (
        f"first half (hardly, without policy) holds {' and '.join(held) or 'in neither reading'}; second half (only "
        "with great difficulty) has no state"
    )
    return Verdict(verdict, finding, (), told["ranges"], told["fitted"])


def advice_at_three_levels() -> Verdict:
    """C17. Partly at best: the model knows no levels, and sizes and costs of levers are ours.

    From 2010 to 2025, portfolios of up to five instruments within a budget of four, five or eight units. The advantage
    of three levels is the best mean gain in the index of portfolios that hold an instrument of each level, less the
    best of those that leave a level out. Costs are drawn from their ranges. Partly if the advantage is above zero in at
    least 95 % of the draws of costs in each case, budget and reading; not supported if in at most 5 % in each; not
    testable here otherwise, since the sign then hangs on what we assume. Computed by ``python data/results.py``. Two
    budgets and most draws of costs were added when the first run, at five units, was known.
    """
    return policy_mixes(results.read_study("advantages"), results.read_study("levers").query("duration == 'assumed'"))


def policy_mixes(table: pd.DataFrame, levers: pd.DataFrame) -> Verdict:
    """Apply the rule of C17 to the stored advantages; the levers are told.

    Examples
    --------
    >>> one = pd.DataFrame({"budget": [5.0], "case": ["ningbo"], "advantage": [0.1], "above": [0.99]})
    >>> lever = pd.DataFrame({"source": ["ranges"], "level": ["firm"], "name": ["design"], "rank": [2.0]})
    >>> policy_mixes(one, lever).verdict
    'partly'
    """
    top = sorting.ordered(levers.groupby(["level", "name"])["rank"].mean().reset_index(), "rank", "name")
    best = ", ".join(
        f"{level} {part['name'].iloc[0]} (rank {part['rank'].iloc[0]:.0f})" for level, part in top.groupby("level")
    )
    sure = ", ".join(
        f"{between(part.min(), part.max())} at budget {budget:g}" for budget, part in table.groupby("budget")["above"]
    )
    finding = (
        f"holding all three levels adds {table['advantage'].min():+.3f} to {table['advantage'].max():+.3f} to the "
        f"index at our middle costs, and more than nothing in so many draws of costs, by case and reading: {sure}; "
        f"first lever of each level: {best}"
    )
    if (table["above"] >= _SURE).all():
        return Verdict("partly", finding)
    return Verdict("not supported" if (table["above"] <= 1 - _SURE).all() else "not testable here", finding)


TESTS: dict[str, Callable[[], Verdict]] = {
    "C16": policy_cultivates,
    "C17": advice_at_three_levels,
    "C37": adjusting_alone,
}
