"""What a page states of a cluster follows from the stored tables."""

from __future__ import annotations

import pytest

from gumlib import evidence
from gumlib.cases import stated
from gumlib.terms import CLUSTERS, name


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_highest_and_lowest_are_those_of_the_last_year(cluster):
    said = stated.coded(cluster)
    ends = evidence.levels().query("cluster == @cluster and year == 2010").set_index("variable")["level"]
    by_name = {name(code): level for code, level in ends.items()}
    assert {by_name[one] for one in said["top"].split(", ")} == {max(ends)}
    assert {by_name[one] for one in said["bottom"].split(", ")} == {min(ends)}
    assert (said["top_level"], said["bottom_level"]) == (f"{max(ends):.1f}", f"{min(ends):.1f}")


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_cells_are_scored_by_both_by_one_or_by_none(cluster):
    said = stated.coded(cluster)
    both = evidence.paired().query("cluster == @cluster")
    cells = len(evidence.levels().query("cluster == @cluster"))
    assert said["single"] + said["blank"] + len(both.dropna()) <= cells
    assert 0 <= said["split"] <= cells - said["single"] - said["blank"]


def test_a_difference_lies_in_its_interval():
    for cluster in CLUSTERS:
        said = stated.index_without(cluster)
        for key in ("gov", "policy", "shock"):
            low, high = map(float, said[f"{key}_range"].split(" to "))
            assert low <= float(said[key]) <= high


def test_a_rank_is_one_of_the_countries():
    for cluster in CLUSTERS:
        said = stated.in_the_chain(cluster)
        assert 1 <= int(said["rank"]) <= int(said["among"])
        assert said["kept"].endswith("%")
