"""The bare graph ranks no factor; where there is an order, it is the one found on paper."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest

from gumlib.errors import GumError
from gumlib.model import dematel
from gumlib.terms import AUXILIARY, BASIC, FACTORS


def test_the_bare_graph_has_one_level():
    assert dematel.hierarchy() == [list(FACTORS)]


def test_hierarchy_peels_levels_and_keeps_loops_together():
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c"), ("d", "c")])
    assert dematel.hierarchy(graph) == [["c"], ["a", "b", "d"]]
    assert graph.number_of_nodes() == 4


def test_dematel_finds_no_cause_and_no_effect():
    table = dematel.dematel()
    assert table["net_cause"].abs().max() < 1e-12
    assert table["prominence"].round(9).groupby([code in BASIC for code in FACTORS]).nunique().eq(1).all()
    assert table.loc[list(BASIC), "prominence"].min() > table.loc[list(AUXILIARY), "prominence"].max()


def test_dematel_on_paper():
    chain = pd.DataFrame([[0, 1], [0, 0]], index=["a", "b"], columns=["a", "b"])
    assert dematel.dematel(chain).to_numpy().tolist() == [[1.0, 1.0], [1.0, -1.0]]


@pytest.mark.parametrize(
    ("entries", "columns"), [([[0, -1], [1, 0]], "ab"), ([[0, 0], [0, 0]], "ab"), ([[0, 1], [1, 0]], "ba")]
)
def test_dematel_refuses_what_is_no_influence_matrix(entries, columns):
    with pytest.raises(GumError, match=r"^\[model: matrix\] expected"):
        dematel.dematel(pd.DataFrame(entries, index=list("ab"), columns=list(columns)))
