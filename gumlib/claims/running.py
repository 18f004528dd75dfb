"""Verdicts on the running of the mechanism: governance, running order, source of motion.

All three run the model over drawn parameters. A result inside the model says nothing on the world, so
C06 and C07 cannot come out as supported. C12 can: it is also held against coded clusters that were left out
of a fit.
"""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import pandas as pd

from gumlib import model
from gumlib.cases.fitting import forecasts, leave_one_out, results
from gumlib.claims.verdict import Verdict
from gumlib.dynamics.experiments import governance, pulse
from gumlib.terms import BASIC

RIVALS = ("independent", "linear", "no governance", "basic only")
"""Rivals that have equilibria from below and from above; the over-embedded one need not."""
NEAR = 0.05
"""Shares of draws that differ by less count as the same."""


def co_operation_under_governance() -> Verdict:
    """C06. Partly supported if the model answers to governance as claimed and no rival does so.

    The answer, draw by draw: the upgrading index of a cluster that starts from nothing never falls
    as governance rises from 0 to 1 and ends higher, and at some governance there are two equilibria,
    so that the threshold of rise lies above that of fall. Not supported if fewer than half of the
    draws answer so. Not distinguishable if they do, but in some rival at least as many do, less 5 in
    100. Partly otherwise. Supported is out of reach: no cluster is looked at.
    """
    return answer(governance.signature(governance.governed(("gum", *RIVALS))))


def answer(shares: pd.DataFrame) -> Verdict:
    """Apply the rule of C06 to a frame such as `experiments.signature` returns.

    Examples
    --------
    >>> answer(pd.DataFrame({"rises": [1.0, 1.0], "both": [0.6, 0.0]}, index=["gum", "linear"])).verdict
    'partly'
    """
    own, rivals = shares.loc["gum", "both"], shares["both"].drop("gum")
    near = rivals[rivals >= own - NEAR]
    said = f"index rises with governance in {shares.loc['gum', 'rises']:.0%} of draws, with hysteresis in {own:.0%}"
    if own < 0.5:
        return Verdict("not supported", said)
    told = "; ".join(f"{name} {share:.0%}" for name, share in rivals.items())
    return Verdict("partly" if near.empty else "not distinguishable", f"{said}; rivals: {told}")


def running_order() -> Verdict:
    """C07. Partly supported if pulses follow the running order and rivals follow it less often.

    First the graph: the route from factors to upgrading has no cycle and every way through it passes a
    mechanism and a way of upgrading, or the claim is not supported. Then pulses in each factor and draw,
    by years to half of the peak response: factors (mean of all six), mechanisms, ways, index. A step is
    reversed if the later one leads by more than a tenth of a year. Not supported if some step
    is reversed in half of the pulses or more. Not distinguishable if not, but a rival reverses none
    in at least as large a share of its pulses, less 5 in 100. Partly otherwise. Supported is out
    of reach: the equations have part of this order built in.
    """
    if not _route_is_ordered():
        return Verdict("not supported", "the route has a cycle or a short cut")
    return in_order(pulse.order(pulse.timing(("gum", *RIVALS))))


def _route_is_ordered() -> bool:
    graph = model.gum()
    route = nx.DiGraph([(one, two) for one, two, group in graph.edges(data="group") if group == "route"])
    if not nx.is_directed_acyclic_graph(route):
        return False
    stages = ["basic factor", "mechanism", "realisation way", "outcome"]
    paths = [path for code in BASIC for path in nx.all_simple_paths(route, code, "U")]
    return bool(paths) and all([graph.nodes[node]["group"] for node in path] == stages for path in paths)


def in_order(steps: pd.DataFrame) -> Verdict:
    """Apply the rule of C07 to a frame such as `pulses.order` returns.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["gum", "linear"], ["ways, index", "all"]])
    >>> in_order(pd.DataFrame({"first": 1.0, "reversed": [0.6, 0.6, 0.0, 0.0]}, index=index)).verdict
    'not supported'
    """
    own = steps.loc["gum"].drop("all")
    kept = 1 - steps["reversed"].xs("all", level=1)
    rivals = kept.drop("gum")
    parts = [f"{step.replace(', ', ' before ')} in {row['first']:.0%} of pulses" for step, row in own.iterrows()]
    said = f"{', '.join(parts)}; no step reversed in {kept['gum']:.0%}"
    if (own["reversed"] >= 0.5).any():
        return Verdict("not supported", said)
    same = bool((rivals >= kept["gum"] - NEAR).any())
    told = "; ".join(f"{name} {share:.0%}" for name, share in rivals.items())
    return Verdict("not distinguishable" if same else "partly", f"{said}; rivals: {told}")


def interdependence_moves() -> Verdict:
    """C12. Supported if the model forecasts better than each of three rivals, in two tests, and surely.

    Rivals: without cross terms, without thresholds, without governance. The model beats a rival, or the
    reverse, if it is closer in each of the four clusters (by luck: 1 in 16). First test: the next epoch with
    drawn parameters and nothing fitted; closer by the median over the draws of the difference in error.
    Second test: each cluster left out in turn, parameters fitted to the other three. A test speaks for the
    claim if the model beats all three, against it if all three beat the model.

    Not distinguishable if neither test speaks or they disagree; not supported if one speaks against and none
    for; partly if one speaks for and none against; supported if both speak for and the intervals of all
    differences in the second (95 % over clusters) lie above zero. The second test and the rule that joins the
    two were written after the first run with a cluster left out was known.
    """
    gaps = leave_one_out.differences(results.read("left-out")).loc[list(forecasts.RIVALS)]
    return both(closer(forecasts.differences(forecasts.errors())), gaps)


def closer(gaps: pd.DataFrame) -> Verdict:
    """Apply the first test of C12 to a frame such as `forecasts.differences` returns.

    Examples
    --------
    >>> index = pd.MultiIndex.from_product([["linear", "independent"], ["ningbo", "wenzhou"]])
    >>> closer(pd.DataFrame({"median": [0.1, 0.1, 0.1, -0.1]}, index=index)).verdict
    'not distinguishable'
    """
    won = (gaps["median"] > 0).groupby(level=0, sort=False).sum()
    lost = (gaps["median"] < 0).groupby(level=0, sort=False).sum()
    count = gaps.index.get_level_values(1).nunique()
    gap = gaps["median"].groupby(level=0, sort=False).mean()
    parts = [f"{rival} in {clusters} of {count} clusters ({gap[rival]:+.3f})" for rival, clusters in won.items()]
    said = f"error smaller than {', '.join(parts)}"
    if (won == count).all():
        return Verdict("partly", said)
    return Verdict("not supported" if (lost == count).all() else "not distinguishable", said)


def both(following: Verdict, gaps: pd.DataFrame) -> Verdict:
    """Join the first test of C12 with the second: a frame such as `leftout.differences` returns.

    Examples
    --------
    >>> gaps = pd.DataFrame({"mean": 0.1, "low": -0.01, "better": 4, "worse": 0, "clusters": 4}, index=["linear"])
    >>> both(Verdict("not distinguishable", "as near"), gaps).verdict
    'partly'
    """
    count = int(gaps["clusters"].iloc[0])
    parts = [f"{name} in {row['better']:.0f} ({row['mean']:+.3f})" for name, row in gaps.iterrows()]
    said = f"next epoch, nothing fitted: {following.finding}; fitted, of {count} clusters left out: {', '.join(parts)}"
    won, lost = bool((gaps["better"] == count).all()), bool((gaps["worse"] == count).all())
    speaking = {following.verdict} - {"not distinguishable"}
    speaking |= {"partly"} if won else {"not supported"} if lost else set()
    if len(speaking) != 1:
        return Verdict("not distinguishable", said)
    if following.verdict == "partly" and won and (gaps["low"] > 0).all():
        return Verdict("supported", said)
    return Verdict(speaking.pop(), said)


TESTS: dict[str, Callable[[], Verdict]] = {
    "C06": co_operation_under_governance,
    "C07": running_order,
    "C12": interdependence_moves,
}
