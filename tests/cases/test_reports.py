"""What sources report, and where they differ."""

from __future__ import annotations

import pytest

from gumlib import evidence
from gumlib.cases import reports
from gumlib.errors import GumError
from gumlib.terms import CLUSTERS


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_values_keep_every_fact_with_a_value(cluster: str) -> None:
    ledger = evidence.ledger(cluster).dropna(subset=["value"])
    known = reports.valued_facts(cluster)
    assert known.index.tolist() == ledger.index.tolist()
    rebuilt = known["unit"].where(known["bound"] == "", known["unit"] + " (" + known["bound"] + ")")
    assert rebuilt.tolist() == ledger["unit"].fillna("").tolist()


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_stranger_in_a_panel_is_there_because_it_contradicts(cluster: str) -> None:
    table = reports.outcome_series(cluster)
    assert not table.duplicated(["panel", "unit", "id"]).any()
    for _, panel in table.groupby(["panel", "unit"]):
        own = panel["indicator"] == panel["panel"]
        assert panel.loc[~own, "dispute"].isin(panel.loc[own, "dispute"].dropna()).all()


def test_shares_of_different_products_are_no_series() -> None:
    assert "national_share_pct" not in set(reports.outcome_series("yongkang", top=99)["indicator"])


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_each_dispute_is_in_numbers_or_in_words_and_not_in_both(cluster: str) -> None:
    numbers, words = set(reports.gaps(cluster).index), set(reports.wordings(cluster, top=99).index)
    assert not numbers & words
    assert numbers | words == set(evidence.conflicts(cluster)["dispute"])


def test_gaps_are_widest_first_and_true_to_the_ledger() -> None:
    table = reports.gaps("shaoxing")
    assert table["times"].is_monotonic_decreasing
    first = table.iloc[0]
    assert (first["lowest"], first["highest"]) == (23200, 230000)
    assert first["sources"] == "cri20181121, lymesh"


def test_an_unknown_cluster_is_refused() -> None:
    with pytest.raises(GumError):
        reports.valued_facts("hangzhou")
