"""Verdicts on the running of the mechanism: governance, running order, source of motion: C06, C07, C12.

Only variants that lack the claimed cause count. For governance and for the running order no such variant could have
shown the claimed thing, so those tests decide nothing. The source of motion is tested against coded clusters.
"""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from gumlib.cases.fitting import forecasts, leave_one_out, results
from gumlib.claims.cases import nearer
from gumlib.claims.ensemble import OURS, Ensemble
from gumlib.claims.variants import Models, quoted
from gumlib.claims.verdict import BUILT_IN, Verdict
from gumlib.dynamics.rivals import VARIANTS, Rival, lacking
from gumlib.evidence.wording import of_all

RIVALS = ("independent", "linear", "no governance", "basic only")
"""Variants shown beside the model in the figures on governance and order, where they decide nothing."""


def co_operation_under_governance() -> Verdict:
    """C06. Not testable here: the only variant without governance cannot answer to governance, whatever the data.

    How the index rises with governance, and where a cluster has two resting levels, is an illustration.
    """
    finding = (
        f"only {quoted(lacking('governance'))} lacks the cause, and its index cannot rise with governance by definition"
    )
    return Verdict("not testable here", finding, (BUILT_IN,))


def running_order() -> Verdict:
    """C07. Not testable here: every variant computes mechanisms from factors, ways from mechanisms, index from ways.

    The timing of pulses is an illustration.
    """
    return Verdict("not testable here", "no variant lacks the order: all have it in their equations", (BUILT_IN,))


def interdependence_moves(ensemble: Ensemble = OURS, models: Models = VARIANTS) -> Verdict:
    """C12. Partly if the model forecasts better than the variants without interaction, in one test of two at least.

    The model beats a rival, or the reverse, if it is closer in each of the four clusters (by luck: 1 in 16). First
    test: the next epoch with drawn parameters and nothing fitted, against independent growth and the variant without
    feedback; closer by the median over the draws of the difference in error. Second test: each cluster left out in
    turn, parameters fitted to the other three, against independent growth, the only one of the two that is fitted. A
    test speaks for the claim if the model beats all its rivals, against it if all beat the model.

    Not distinguishable if neither test speaks or they disagree; not supported if one speaks against and none for;
    partly if one speaks for and none against. Never supported: that the whole is optimised, half of the sentence, is
    not tested. The rule is tried again without the rivals that were fitted to nothing; where that gives another
    verdict, this one is on the edge. Cap and trial were added when the data were known.
    """
    names = lacking("interaction")
    chosen: list[str | Rival] = [models[name] for name in ("gum", *names)]
    tables = [forecasts.errors(chosen, draws=ensemble.draws, seed=seed) for seed in ensemble.seeds]
    gaps = leave_one_out.differences(results.read_fit("left-out"))
    left = gaps.loc[[name for name in names if name in gaps.index]]
    every = pd.concat([table.assign(draw=table["draw"] + at * ensemble.draws) for at, table in enumerate(tables)])
    following = forecasts.differences(every)
    found = both(closer(following), left)
    apart = sum(both(closer(forecasts.differences(table)), left).verdict != found.verdict for table in tables)
    fewer = both(closer(following.loc[list(left.index)]), left).verdict
    unfitted = ", ".join(name for name in names if name not in left.index)
    return replace(
        found,
        seeds_apart=apart,
        without=f"the rival “{unfitted}” it would be {fewer}" if fewer != found.verdict else "",
    )


def closer(gaps: pd.DataFrame) -> Verdict:
    """Apply the first test of C12 to a frame such as `forecasts.differences` returns.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["no feedback", "independent"], ["ningbo", "wenzhou"]])
    >>> closer(pd.DataFrame({"median": [0.1, 0.1, 0.1, -0.1]}, index=index)).verdict
    'not distinguishable'
    """
    won = (gaps["median"] > 0).groupby(level=0, sort=False).sum()
    lost = (gaps["median"] < 0).groupby(level=0, sort=False).sum()
    count = gaps.index.get_level_values(1).nunique()
    gap = gaps["median"].groupby(level=0, sort=False).mean()
    parts = [f"{rival} in {of_all(clusters, count, 'cluster')} ({gap[rival]:+.3f})" for rival, clusters in won.items()]
    finding = f"error smaller than {', '.join(parts)}"
    lose = "not supported" if (lost == count).all() else "not distinguishable"
    counts = {"clusters": count, **{f"closer than {rival}, next epoch": clusters for rival, clusters in won.items()}}
    return Verdict("partly" if (won == count).all() else lose, finding, counts=counts)


def both(following: Verdict, gaps: pd.DataFrame) -> Verdict:
    """Join the first test of C12 with the second: a frame such as `leave_one_out.differences` returns.

    Examples
    --------
    >>> gaps = pd.DataFrame({"mean": 0.1, "low": -0.01, "better": 4, "worse": 0, "clusters": 4}, index=["linear"])
    >>> both(Verdict("not distinguishable", "as near"), gaps).verdict
    'partly'
    """
    count = int(gaps["clusters"].iloc[0])
    first = f"next epoch, nothing fitted and the baseline as slow as in our ranges: {following.finding}"
    finding = f"{first}; fitted, a cluster left out at a time: {nearer(gaps)}"
    won, lost = bool((gaps["better"] == count).all()), bool((gaps["worse"] == count).all())
    speaking = {following.verdict} - {"not distinguishable"}
    speaking |= {"partly"} if won else {"not supported"} if lost else set()
    counts = {f"closer than {rival}, fitted": better for rival, better in gaps["better"].items()}
    verdict = speaking.pop() if len(speaking) == 1 else "not distinguishable"
    return Verdict(verdict, finding, counts={**following.counts, **counts})


TESTS: dict[str, Callable[[], Verdict]] = {
    "C06": co_operation_under_governance,
    "C07": running_order,
    "C12": interdependence_moves,
}
