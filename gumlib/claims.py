"""The claims of the book and the verdict on each, computed where a test exists.

A test is a function that returns a `Verdict`. Its rule is fixed in its docstring before the data
are looked at. A claim without a test yet has no verdict: the verdict is missing, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from gumlib import data, definitions, evidence, model
from gumlib.errors import one_of
from gumlib.terms import AUXILIARY, BASIC, VARIABLES

VERDICTS = ("supported", "partly", "not supported", "not distinguishable", "not testable here")
RELIABLE = 0.8
"""Customary floor of Krippendorff's alpha (krippendorff2004, hayes2007)."""


@dataclass(frozen=True)
class Verdict:
    """What a test decided, one of `VERDICTS`, and what it found.

    Examples
    --------
    >>> Verdict("partly", "two of three parts hold").verdict
    'partly'
    """

    verdict: str
    finding: str

    def __post_init__(self) -> None:
        one_of(self.verdict, VERDICTS, "claims", "verdict")


def claims() -> pd.DataFrame:
    """Return the 41 claims, with verdict and finding where a test exists.

    Returns
    -------
    Frame indexed by claim id: place, claim, kind, section, test, verdict, finding.

    Examples
    --------
    >>> claims().loc["C03", "verdict"]
    'supported'
    """
    frame = data.read("claims").set_index("claim_id")
    results = {claim: test() for claim, test in TESTS.items()}
    frame["verdict"] = pd.Series({claim: result.verdict for claim, result in results.items()})
    frame["finding"] = pd.Series({claim: result.finding for claim, result in results.items()})
    return frame


def four_basic_factors() -> Verdict:
    """C01. Supported if the graph has exactly the four basic factors the abstract names."""
    return _group_is("basic factor", BASIC)


def two_auxiliary_factors() -> Verdict:
    """C02. Supported if the graph has exactly the two auxiliary factors the abstract names."""
    return _group_is("auxiliary factor", AUXILIARY)


def _group_is(group: str, expected: tuple[str, ...]) -> Verdict:
    named = set(data.read("codebook").query("group == @group")["variable"])
    found = {node for node, kept in model.gum().nodes(data="group") if kept == group}
    same = found == named == set(expected)
    return Verdict("supported" if same else "not supported", f"{len(found)} nodes of the group {group}")


def basic_factors_interact() -> Verdict:
    """C03. Supported if each ordered pair of basic factors is an edge, and no other pair."""
    return _edges_are({"basic-basic"}, nx.complete_graph(BASIC, nx.DiGraph))


def auxiliary_factors_interact() -> Verdict:
    """C04. Supported if auxiliary and basic factors are joined both ways, and the auxiliary not."""
    both_ways = nx.complete_bipartite_graph(AUXILIARY, BASIC).to_directed()
    return _edges_are({"auxiliary-basic", "basic-auxiliary"}, both_ways)


def _edges_are(groups: set[str], expected: nx.DiGraph) -> Verdict:
    table = model.interactions()
    found = table[table["group"].isin(groups)]
    same = set(zip(found["source"], found["target"], strict=True)) == set(expected.edges)
    return Verdict("supported" if same else "not supported", f"{len(found)} directed interactions")


def follows_the_diamond() -> Verdict:
    """C05. Supported if the graph equals Porter's diamond up to names; partly if it contains it."""
    diamond, factors = model.diamond(), model.factors()
    if nx.is_isomorphic(diamond, factors):
        return Verdict("supported", "same graph as the diamond up to names")
    contained = nx.isomorphism.DiGraphMatcher(factors, diamond).subgraph_is_monomorphic()
    surplus = factors.number_of_edges() - diamond.number_of_edges()
    said = f"the diamond and {surplus} interactions more, those back to the auxiliary factors"
    return Verdict("partly" if contained else "not supported", said if contained else "another graph")


def four_kinds_of_upgrading() -> Verdict:
    """C11. Supported if the crosswalk to the field's four kinds is one to one; partly if some match."""
    crosswalk = definitions.crosswalk()
    matched = int(crosswalk.ne("").any(axis=1).sum())
    one_to_one = bool((crosswalk.ne("").sum(axis=0) == 1).all() and (crosswalk.ne("").sum(axis=1) == 1).all())
    verdict = "supported" if one_to_one else "partly" if matched else "not supported"
    return Verdict(verdict, f"{matched} of {len(crosswalk)} ways have a counterpart among the field's four kinds")


def framework_applies() -> Verdict:
    """C18. Supported if each cluster has a score for each variable and alpha is surely above 0.8.

    Surely: the lower end of its interval is. Partly if some variable could never be scored in
    some cluster; not supported if the passes do not agree.
    """
    scored = evidence.paired().notna().any(axis=1).groupby(["cluster", "variable"]).any()
    low = evidence.agreement().loc["all", "low"]
    said = f"{int(scored.sum())} of {4 * len(VARIABLES)} cluster-variables scored; lower end of alpha {low:.3f}"
    if low < RELIABLE:
        return Verdict("not supported", said)
    return Verdict("supported" if scored.all() else "partly", said)


TESTS: dict[str, Callable[[], Verdict]] = {
    "C01": four_basic_factors,
    "C02": two_auxiliary_factors,
    "C03": basic_factors_interact,
    "C04": auxiliary_factors_interact,
    "C05": follows_the_diamond,
    "C11": four_kinds_of_upgrading,
    "C18": framework_applies,
}
