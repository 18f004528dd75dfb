"""Verdicts on policy: what it does, whether clusters adjust without it, at which levels advice belongs: C16, C17, C37.

What is counted rests on the formalised model, read twice: with parameters from our ranges, and as fitted to the four
cases. None can come out as supported. Stored results are read and keep their draws; intervals tell what those settle.
"""

from collections.abc import Callable

import pandas as pd

from gumlib.claims.shares import Share
from gumlib.claims.verdict import BUILT_IN, NO_STATE, Verdict
from gumlib.policy import results
from gumlib.policy.results import MANY

HARDLY, DIFFERENCE = 0.25, 0.25
_TRIED = (0.2, 0.3)
"""Other bounds on the share that adjusts without policy."""
_PARTS = {"factors": "cultivates factors", "index": "lets the mechanism act", "delay": "costs when late"}
_READINGS = {"ranges": "over our ranges", "fitted": "as fitted"}
_ALONE, _HELPED = "adjust without policy in the case with most", "adjust with policy in the case with fewest"


def policy_cultivates() -> Verdict:
    """C16. Not testable here: in every variant in which policy acts at all more of it can only raise the factors.

    But for the over-embedded one, where social capital beyond a peak does harm, so that more of all may too. No variant
    lacks policy and keeps the rest. How much policy adds is an illustration: from 1990 to 2010 with the coded policy,
    against none (factors, index) and against ten years of delay, the share of draws in which it is more than 0.01, in
    the case with fewest.
    """
    effects = results.read_study("effects").query("model == 'gum'")
    least = effects.groupby(["source", "what"])["share"].min()
    told = {
        source: {part: Share(least[source, what] * MANY, MANY) for what, part in _PARTS.items()} for source in _READINGS
    }
    finding = (
        "more policy can only raise factors and index, by the form of the equations; no variant lacks policy alone"
    )
    return Verdict("not testable here", finding, (BUILT_IN,), told["ranges"], told["fitted"])


def adjusting_alone() -> Verdict:
    """C37. Partly if in both readings clusters hardly adjust without policy; not testable here otherwise.

    From 1995 to 2010 under measured outside pressure, governance as coded. A cluster adjusts if the mean of its four
    basic factors in 2010 is not below that of 1995. The first half of the sentence holds in a reading if in each case
    at most 25 % of draws (20 and 30 % are tried too) adjust without policy (P nil and inert) and at least 25 points
    more with it. The second half, that a cluster which can adjust does so with great difficulty, has no state. The
    halves are joined by "or": as long as the second is untested, a failure of the first refutes nothing, so that *not
    supported* is out of reach. The share that decides is the largest without policy: it would have to come down first.
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
    verdicts = [_hardly(wide, bound) for bound in (HARDLY, *_TRIED)]
    low = _low(wide, HARDLY)
    told = {
        source: {name: Share(share * MANY, MANY) for name, share in shares.items()}
        for source, part in wide.groupby(level="source")
        for shares in [{_ALONE: part["without"].max(), _HELPED: part["with"].min()}]
    }
    held = [_READINGS[str(source)] for source, part in low.groupby(level="source") if part.all()]
    finding = (
        f"the first half (that it hardly adjusts without policy) holds {' and '.join(held) or 'in neither reading'}; "
        "for the second (that it adjusts only with great difficulty) the model has no variable"
    )
    most = max(told, key=lambda source: told[source][_ALONE].value)
    return Verdict(
        verdicts[0],
        finding,
        (),
        told["ranges"],
        told["fitted"],
        nearest=told[most][_ALONE],
        bound=HARDLY,
        bounds_apart=sum(other != verdicts[0] for other in verdicts[1:]),
        decides=f"{_ALONE}, {_READINGS[most]}",
    )


def _low(wide: pd.DataFrame, bound: float) -> pd.Series:
    return (wide["without"] <= bound) & (wide["with"] - wide["without"] >= DIFFERENCE)


def _hardly(wide: pd.DataFrame, bound: float) -> str:
    return "partly" if _low(wide, bound).all() else "not testable here"


def advice_at_three_levels() -> Verdict:
    """C17. Not testable here: the claim is advice, and no state of the model stands for the level of a measure.

    The book proposes measures, tentatively; a proposal is neither true nor false. Whether a budget that is spread over
    three levels gains more than one that is not is an illustration and decides nothing: the claim does not say so. An
    earlier rule took it for the test; it was changed when the data were known, and the verdict stayed.
    """
    finding = "a proposal, neither true nor false; the model knows no levels"
    return Verdict("not testable here", finding, (NO_STATE,))


TESTS: dict[str, Callable[[], Verdict]] = {
    "C16": policy_cultivates,
    "C17": advice_at_three_levels,
    "C37": adjusting_alone,
}
