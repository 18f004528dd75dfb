"""Verdicts on policy: what it does, whether clusters adjust without it, at which levels advice belongs.

All three rest on the formalised model, read twice: with parameters from our ranges, the same for all models, and with
each model as fitted to the four cases. None can come out as supported. The rules were settled after a first look at
what the tools return and before the results kept were computed; bounds are round numbers of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from gumlib import cases
from gumlib.claims.verdict import Verdict
from gumlib.data import sorting
from gumlib.dynamics import MODELS
from gumlib.dynamics.experiments.lasting_push import MOST
from gumlib.policy import counterfactuals, fitted, results, worlds

DRAWS = 256
HARDLY, DIFFERENCE, SURE = 0.25, 0.25, 0.95
RIVALS = tuple(name for name in MODELS if name != "gum")
_PARTS = {"factors": "cultivates factors", "index": "lets the mechanism act", "delay": "costs when late"}


def policy_cultivates() -> Verdict:
    """C16. Never supported by a model alone; partly if the fitted model implies some part and no rival as much.

    From 1990 to 2010, governance as coded, outside pressure as measured, policy P with (from its coded level), without
    (nil), or delayed to 2000. Parts: policy raises the mean of the four basic factors of 2010; it raises the upgrading
    index; ten years of delay lower the index; each by more than 0.01. A part is implied if it holds in at least 90 %
    of draws in each case. The claim is on these cases, so models as fitted to them decide; the reading over our ranges
    is told beside it. Not supported if the fitted model implies no part; not distinguishable if a fitted rival implies
    the same parts.
    """
    chosen = [cases.load(name) for name in cases.names()]
    ranges = counterfactuals.effects(chosen, worlds(DRAWS), ["gum"])
    parts = [counterfactuals.effects(chosen, fitted(model, DRAWS), [model]) for model in MODELS]
    return cultivating(pd.concat(parts, ignore_index=True), ranges)


def cultivating(found: pd.DataFrame, ranges: pd.DataFrame) -> Verdict:
    """Apply the rule of C16 to frames such as `effects` returns: fitted models, and the model over our ranges.

    Examples
    --------
    >>> table = pd.DataFrame({"model": "gum", "what": ["index"], "case": "ningbo", "median": 0.1, "share": 0.2})
    >>> cultivating(table, table).verdict
    'not supported'
    """
    lowest = found.groupby(["model", "what"])["share"].min().unstack("what")
    implied = {str(model): set(row.index[row >= MOST]) for model, row in lowest.iterrows()}
    least = ranges.groupby("what")["share"].min()
    own = found[found["model"] == "gum"].groupby("what")["median"]
    told = "; ".join(
        f"{said}: {lowest.loc['gum', what]:.0%} of fitted draws in the case with fewest (median change "
        f"{own.min()[what]:.3f} to {own.max()[what]:.3f}), {least[what]:.0%} over our ranges"
        for what, said in _PARTS.items()
        if what in lowest
    )
    if not implied["gum"]:
        return Verdict("not supported", told)
    also = [model for model in RIVALS if implied.get(model, set()) >= implied["gum"]]
    if also:
        return Verdict("not distinguishable", f"{told}; fitted rivals that show as much: {', '.join(also)}")
    return Verdict("partly", f"{told}; no fitted rival shows as much")


def adjusting_alone() -> Verdict:
    """C37. Not supported if in neither reading clusters hardly adjust without policy and clearly more often with it.

    From 1995 to 2010 under measured outside pressure, governance as coded. A cluster adjusts if the mean of its four
    basic factors in 2010 is not below that of 1995. The claim holds in a reading if in each case at most 25 % of draws
    adjust without policy (P nil and inert) and at least 25 points more with it. Not distinguishable if it holds in a
    reading, but in a rival there as well; partly otherwise. Governance held at its level of 1995 is told beside it.
    """
    chosen = [cases.load(name) for name in cases.names()]
    parts = [counterfactuals.adjusting(chosen, fitted(model, DRAWS), [model]) for model in MODELS]
    ranges = counterfactuals.adjusting(chosen, worlds(DRAWS))
    return hardly({"over our ranges": ranges, "as fitted": pd.concat(parts, ignore_index=True)})


def hardly(readings: Mapping[str, pd.DataFrame]) -> Verdict:
    """Apply the rule of C37 to frames such as `adjusting` returns, by reading.

    Examples
    --------
    >>> rows = [("gum", "a", name, True, share) for name, share in (("with", 0.9), ("without", 0.1))]
    >>> hardly({"mine": pd.DataFrame(rows, columns=["model", "case", "setting", "pressed", "share"])}).verdict
    'partly'
    """
    told, held, rivals = [], False, []
    for label, table in readings.items():
        wide = table[table["pressed"]].pivot(index=["model", "case"], columns="setting", values="share")
        low = (wide["without"] <= HARDLY) & (wide["with"] - wide["without"] >= DIFFERENCE)
        every = low.groupby(level="model").all()
        own = wide.loc["gum"]
        spans = "; ".join(
            f"{name} {part.min():.0%} to {part.max():.0%}" for name, part in own.items() if name in ("with", "without")
        )
        fixed = own.get("without, G held")
        more = "" if fixed is None else f"; without, governance held {fixed.min():.0%} to {fixed.max():.0%}"
        told.append(f"draws that adjust, {label}, by case: {spans}{more}")
        if every["gum"]:
            held = True
            rivals += [model for model in RIVALS if model in every.index and every[model]]
    said = " | ".join(told)
    if not held:
        return Verdict("not supported", said)
    if rivals:
        return Verdict("not distinguishable", f"{said}; rivals: {', '.join(dict.fromkeys(rivals))}")
    return Verdict("partly", f"{said}; no rival shows it")


def advice_at_three_levels() -> Verdict:
    """C17. Partly at best: the model knows no levels, and sizes and costs of levers are ours.

    From 2010 to 2025, portfolios of up to five instruments within a budget of four, five or eight units. The advantage
    of three levels is the best mean gain in the index of portfolios that hold an instrument of each level, less the
    best of those that leave a level out. Costs are drawn from their ranges. Partly if the advantage is above zero in at
    least 95 % of the draws of costs in each case, budget and reading; not supported if in at most 5 % in each; not
    testable here otherwise, since the sign then hangs on what we assume. Computed by ``python data/results.py``. Two
    budgets and most draws of costs were added when the first run, at five units, was known.
    """
    return mixed(results.read("advantages"), results.read("levers"))


def mixed(table: pd.DataFrame, levers: pd.DataFrame) -> Verdict:
    """Apply the rule of C17 to the stored advantages; the levers are told.

    Examples
    --------
    >>> one = pd.DataFrame({"budget": [5.0], "case": ["ningbo"], "advantage": [0.1], "above": [0.99]})
    >>> lever = pd.DataFrame({"source": ["ranges"], "level": ["firm"], "name": ["design"], "rank": [2.0]})
    >>> mixed(one, lever).verdict
    'partly'
    """
    top = sorting.ordered(levers.groupby(["level", "name"])["rank"].mean().reset_index(), "rank", "name")
    best = ", ".join(
        f"{level} {part['name'].iloc[0]} (rank {part['rank'].iloc[0]:.0f})" for level, part in top.groupby("level")
    )
    sure = ", ".join(
        f"{part.min():.0%} to {part.max():.0%} at budget {budget:g}"
        for budget, part in table.groupby("budget")["above"]
    )
    said = (
        f"holding all three levels adds {table['advantage'].min():+.3f} to {table['advantage'].max():+.3f} to the "
        f"index at our middle costs, and more than nothing in so many draws of costs, by case and reading: {sure}; "
        f"first lever of each level: {best}"
    )
    if (table["above"] >= SURE).all():
        return Verdict("partly", said)
    return Verdict("not supported" if (table["above"] <= 1 - SURE).all() else "not testable here", said)


TESTS: dict[str, Callable[[], Verdict]] = {
    "C16": policy_cultivates,
    "C17": advice_at_three_levels,
    "C37": adjusting_alone,
}
