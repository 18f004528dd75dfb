"""The graph says what the claims say, and what is computed from it agrees with counting by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise, permutations

import networkx as nx
import numpy as np
import pytest

from gumlib import data, model
from gumlib.terms import AUXILIARY, BASIC, FACTORS, WAYS

PAIRS = [pair for pair in permutations(FACTORS, 2) if set(pair) != set(AUXILIARY)]
"""The interactions, counted without the module under test: every pair but one, both ways."""


def test_the_model_has_28_interactions():
    table = model.interactions()
    assert len(table) == len(PAIRS) == 28
    assert set(zip(table["source"], table["target"], strict=True)) == set(PAIRS)
    assert (table["modifier"] == "G").all()
    assert (table["voice"] == "book").all()


def test_policy_and_dominant_enterprises_are_not_joined():
    graph = model.factors()
    assert not graph.has_edge("P", "D")
    assert not graph.has_edge("D", "P")


def test_governance_is_no_node():
    assert "G" not in model.gum()
    assert model.gum().graph["governance"] == "G"


def test_every_element_rests_on_a_claim_of_the_book():
    known = set(data.read("claims")["claim_id"])
    graph = model.gum()
    elements = [*(kept for _, kept in graph.nodes(data=True)), *(kept for _, _, kept in graph.edges(data=True))]
    for element in elements:
        assert element["claims"]
        assert set(element["claims"]) <= known
        assert element["voice"] in ("book", "ours")
        assert element["name"]
        assert element["chinese"]


def test_the_matrix_is_the_graph():
    matrix = model.influence_matrix()
    assert list(matrix.index) == list(matrix.columns) == list(FACTORS)
    assert {pair for pair in permutations(FACTORS, 2) if matrix.loc[pair]} == set(PAIRS)
    assert np.diag(matrix).sum() == 0


def test_a_basic_factor_has_ten_links_and_an_auxiliary_eight():
    degrees = dict(model.factors().degree)
    assert degrees == {**dict.fromkeys(BASIC, 10), **dict.fromkeys(AUXILIARY, 8)}


@pytest.mark.parametrize("length", range(2, 7))
def test_loops_agree_with_counting_all_orders(length):
    ways = [
        order
        for order in permutations(FACTORS, length)
        if order[0] == min(order, key=FACTORS.index) and all(step in PAIRS for step in pairwise((*order, order[0])))
    ]
    found = model.loops().query("length == @length")
    assert set(found["members"]) == set(ways)
    assert len(found) == len(ways)
    assert (found["polarity"] == "reinforcing").all()


def test_a_negative_sign_makes_a_loop_balancing():
    graph = nx.DiGraph()
    graph.add_edge("a", "b", sign=1)
    graph.add_edge("b", "a", sign=-1)
    graph.add_edge("b", "c", sign=-1)
    graph.add_edge("c", "a", sign=-1)
    table = model.loops(graph).set_index("loop")["polarity"]
    assert table.to_dict() == {"a→b→a": "balancing", "a→b→c→a": "reinforcing"}


def test_the_factors_are_one_strongly_connected_whole():
    assert nx.is_strongly_connected(model.factors())


def test_each_way_has_one_route_and_our_pairings_are_marked():
    routes = model.routes()
    assert list(routes.index) == list(WAYS)
    assert set(routes["factor"]) == set(BASIC)
    assert routes["factor_paired_by"].to_dict() == {"T": "book", "N": "book", "X": "ours", "K": "book"}
    assert routes["way_paired_by"].to_dict() == {"T": "ours", "N": "book", "X": "book", "K": "book"}
    assert all(nx.has_path(model.gum(), row.factor, "U") for row in routes.itertuples())


def test_porters_diamond_has_influences_from_outside_only():
    diamond = model.diamond()
    assert diamond.number_of_edges() == 20
    assert diamond.in_degree("government") == diamond.in_degree("chance") == 0


def test_nothing_depends_on_the_order_of_hashes():
    code = (
        "from gumlib import model; from gumlib.model import dematel; "
        "print(list(model.gum().edges(data=True)), model.loops().to_csv(), "
        "dematel.hierarchy(), dematel.dematel().to_csv(), model.routes().to_csv())"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert len(said[0]) > 1000
