"""The GUM graph: factors, interactions, mechanisms, ways, with the claim each element rests on.

The book states which elements there are and that they act on each other in both directions. It
states no strength and no sign. Everything here follows from that structure alone.
"""

from itertools import pairwise, permutations, product
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from gumlib.terms import AUXILIARY, BASIC, FACTORS, TERMS, WAY_OF

_NODE_CLAIMS = {
    "basic factor": ("C01",),
    "auxiliary factor": ("C02",),
    "mechanism": ("C08",),
    "realisation way": ("C08", "C11"),
    "outcome": ("C10",),
}


def gum() -> nx.DiGraph:
    """Return the GUM model as a directed graph.

    Nodes: six factors, four mechanisms, four ways, upgrading (U). Edges: 28 interactions among
    factors, then the route factor - mechanism - way - upgrading. Governance is no node: it
    modifies every interaction (edge attribute `modifier`). Every node and edge carries code,
    name, chinese, group, claims, and voice: ``book``, or ``ours`` where the excerpt leaves the
    element open.

    Source: C01-C04, C06-C08.

    Examples
    --------
    >>> graph = gum()
    >>> graph.nodes["L"]["chinese"], graph.edges["L", "I"]["claims"]
    ('集群学习', ('C03',))
    """
    graph = nx.DiGraph(name="GUM", governance="G")
    for code, term in TERMS.items():
        if term.group in _NODE_CLAIMS:
            graph.add_node(
                code,
                code=code,
                name=term.name,
                chinese=term.chinese,
                group=term.group,
                claims=_NODE_CLAIMS[term.group],
                voice="book",
            )
    for source, target in permutations(BASIC, 2):
        _join(graph, source, target, "basic-basic", ("C03",))
    for auxiliary, basic in product(AUXILIARY, BASIC):
        _join(graph, auxiliary, basic, "auxiliary-basic", ("C04",))
        _join(graph, basic, auxiliary, "basic-auxiliary", ("C04",))
    for factor, way in WAY_OF.items():
        _join(graph, factor, f"m{way}", "route", ("C07", "C08"), voice="ours" if factor == "E" else "book")
        _join(graph, f"m{way}", way, "route", ("C07", "C08"), voice="ours" if way == "T" else "book")
        _join(graph, way, "U", "route", ("C07", "C10"))
    return graph


def _join(
    graph: nx.DiGraph, source: str, target: str, group: str, claims: tuple[str, ...], voice: str = "book"
) -> None:
    ends = [graph.nodes[node] for node in (source, target)]
    attributes: dict[str, Any] = {"modifier": "G"} if group != "route" else {}
    graph.add_edge(
        source,
        target,
        code=f"{source}→{target}",
        name=f"{ends[0]['name']} acts on {ends[1]['name']}",
        chinese=f"{ends[0]['chinese']}作用于{ends[1]['chinese']}",
        group=group,
        claims=claims,
        voice=voice,
        **attributes,
    )


def factors() -> nx.DiGraph:
    """Return the part of the graph in which factors act on each other: 6 nodes, 28 edges."""
    graph = gum()
    graph.remove_nodes_from([node for node in graph if node not in FACTORS])
    return graph


def diamond() -> nx.DiGraph:
    """Return Porter's diamond: four determinants that act on each other, two influences from outside.

    Government and chance act on every determinant; as Porter draws it, nothing acts on them.

    Source: porter1990, C05.
    """
    corners = ("factor conditions", "demand conditions", "related industries", "strategy and rivalry")
    return nx.DiGraph([*permutations(corners, 2), *product(("government", "chance"), corners)])


def interactions() -> pd.DataFrame:
    """Return the 28 interactions as a tidy frame: source, target, code, name, group, claims.

    Examples
    --------
    >>> interactions()["group"].value_counts().to_dict()
    {'basic-basic': 12, 'basic-auxiliary': 8, 'auxiliary-basic': 8}
    """
    edges = factors().edges(data=True)
    rows = [{"source": source, "target": target, **attributes} for source, target, attributes in edges]
    order = ["source", "target", "code", "name", "chinese", "group", "claims", "voice", "modifier"]
    return pd.DataFrame(rows)[order]


def influence_matrix() -> pd.DataFrame:
    """Return the influence matrix: 1 where the row factor acts on the column factor, else 0.

    Examples
    --------
    >>> influence_matrix().loc["P"].tolist()
    [1, 1, 1, 1, 0, 0]
    """
    matrix: pd.DataFrame = nx.to_pandas_adjacency(factors(), dtype=int)
    return matrix.rename_axis(index="source", columns="target")


def loops(graph: nx.DiGraph | None = None) -> pd.DataFrame:
    """Return every feedback loop of a graph, by default of the factors, shortest first.

    A loop is a simple cycle, written from the first of its nodes in the graph's order. Its
    polarity is the product of the edge attribute `sign` (+1 where absent). No claim gives an
    interaction a negative sign, so every loop of the model is reinforcing (our reading).

    Returns
    -------
    Frame with loop (such as ``L→I→L``), length, polarity, members (tuple of codes).

    Examples
    --------
    >>> loops()["length"].value_counts().sort_index().to_dict()
    {2: 14, 3: 32, 4: 66, 5: 96, 6: 72}
    """
    graph = factors() if graph is None else graph
    rank = {node: n for n, node in enumerate(graph)}
    cycles = []
    for cycle in nx.simple_cycles(graph):
        start = min(range(len(cycle)), key=lambda n: rank[cycle[n]])
        cycles.append(tuple(cycle[start:] + cycle[:start]))
    cycles.sort(key=lambda cycle: (len(cycle), [rank[code] for code in cycle]))
    return pd.DataFrame(
        {
            "loop": ["→".join((*cycle, cycle[0])) for cycle in cycles],
            "length": [len(cycle) for cycle in cycles],
            "polarity": ["reinforcing" if _sign(graph, cycle) > 0 else "balancing" for cycle in cycles],
            "members": cycles,
        }
    )


def _sign(graph: nx.DiGraph, cycle: tuple[str, ...]) -> int:
    """Product of the signs of a loop's edges; an edge without a stated sign counts as positive."""
    return int(np.prod([graph.edges[edge].get("sign", 1) for edge in pairwise((*cycle, cycle[0]))]))


def routes() -> pd.DataFrame:
    """Return the route to each way of upgrading: factor, mechanism, and whose pairing it is.

    A pairing is the book's where the names agree. Learning joins technical capability because
    the other three ways are taken; insertion in the chain joins outside linkage likewise (ours).

    Examples
    --------
    >>> routes().loc["X", ["factor", "factor_paired_by", "way_paired_by"]].tolist()
    ['E', 'ours', 'book']
    """
    graph = gum()
    rows = {
        way: {
            "factor": factor,
            "mechanism": f"m{way}",
            "factor_paired_by": graph.edges[factor, f"m{way}"]["voice"],
            "way_paired_by": graph.edges[f"m{way}", way]["voice"],
        }
        for factor, way in WAY_OF.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("way")
