"""Verdicts on the place in the chain change when the tables or the prices do."""

from __future__ import annotations

import pandas as pd
import pytest

from gumlib import evidence
from gumlib.cases.compare import parts_of_upgrading
from gumlib.claims import value_chain
from gumlib.evidence.wording import of_all
from gumlib.gvc import comparators, export_share

YEARS, RELATION, PRICES = comparators.years_below, export_share.relation, value_chain.price_ratios


def counts(monkeypatch, **by_indicator: tuple[int, ...]) -> None:
    """Plant how many years China lies below the median, by indicator and industry."""

    def planted(indicator, others=comparators.OTHER_COUNTRIES):
        if indicator not in by_indicator:
            return YEARS(indicator, others)
        return pd.Series(by_indicator[indicator], index=list(comparators.INDUSTRIES))

    monkeypatch.setattr(comparators, "years_below", planted)


def dear(monkeypatch, *clusters: str) -> None:
    """Let the goods of some clusters cost what foreign ones cost."""
    prices = PRICES()
    prices.loc[prices["cluster"].isin(clusters), "ratio"] = 1.0
    monkeypatch.setattr(value_chain, "price_ratios", lambda: prices)


def test_every_price_beside_a_foreign_one_is_read():
    indicator = evidence.ledger()["indicator"].fillna("")
    named = indicator[indicator.str.contains(r"price_ratio|price_to_|price_multiple")]
    assert set(value_chain.PRICES) == set(named.index)
    assert value_chain.price_ratios()["ratio"].between(0, 1).all()


@pytest.mark.parametrize(("fallen", "verdict"), [(1, "partly"), (2, "not supported")])
def test_c10_counts_the_clusters_where_all_three_rise(monkeypatch, fallen, verdict):
    rose = parts_of_upgrading.together()
    rose[:] = True
    rose.iloc[:fallen, 1] = False
    monkeypatch.setattr(parts_of_upgrading, "together", lambda: rose)
    found = value_chain.upgrading_is_three_rises()
    assert found.verdict == verdict
    assert f"autonomy rises in {of_all(4 - fallen, 4, 'cluster')}" in found.finding


def test_c19_partly_on_value_added_and_prices():
    found = value_chain.clusters_sit_at_the_low_end()
    assert found.verdict == "partly"
    assert found.finding.startswith("2 of the 4 signs")


def test_c19_fails_without_the_one_report_from_ningbo(monkeypatch):
    dear(monkeypatch, "ningbo")
    assert value_chain.clusters_sit_at_the_low_end().verdict == "not supported"


def test_c19_is_on_the_edge_by_the_one_report_from_ningbo(monkeypatch):
    found = value_chain.clusters_sit_at_the_low_end()
    assert (found.without, found.edge) == ("NB057 it would be not supported", True)
    counts(monkeypatch, upstreamness=(17, 9, 9, 0))
    assert not value_chain.clusters_sit_at_the_low_end().edge


def test_c19_holds_without_prices_where_another_measure_is_low(monkeypatch):
    dear(monkeypatch, "ningbo", "wenzhou")
    counts(monkeypatch, upstreamness=(17, 9, 9, 0))
    assert value_chain.clusters_sit_at_the_low_end().verdict == "partly"


def test_c26_low_in_three_industries():
    found = value_chain.value_added_is_low()
    assert found.verdict == "partly"
    assert "32 and 32" in found.finding
    assert "no labour accounts" in found.finding


@pytest.mark.parametrize(
    ("years", "verdict"), [((17, 17, 8, 8), "not supported"), ((9, 9, 9, 0), "partly"), ((17,) * 4, "partly")]
)
def test_c26_hangs_on_most_years_in_three_industries(monkeypatch, years, verdict):
    counts(monkeypatch, va_go=years)
    assert value_chain.value_added_is_low().verdict == verdict


def related(monkeypatch, rho: float, p: float) -> None:
    found = RELATION("dva_share", draws=10).assign(rho=rho, p=p)
    monkeypatch.setattr(export_share, "relation", lambda indicator: found)


def test_c27_is_not_refuted_by_tables_that_overstate_what_china_keeps():
    found = value_chain.large_shares_go_with_a_low_place()
    assert (found.verdict, found.edge) == ("not testable here", False)
    assert "at p up to 0.05 negative in none of the 4 industries and positive in 2 of the 4" in found.finding
    assert "Wenzhou" in found.finding


@pytest.mark.parametrize(("low", "verdict"), [(True, "partly"), (False, "not testable here")])
@pytest.mark.parametrize(("rho", "p"), [(-0.6, 0.01), (0.6, 0.01)])
def test_c27_asks_whether_china_is_large_and_low_and_neither_relation_nor_price(monkeypatch, rho, p, low, verdict):
    related(monkeypatch, rho, p)
    dear(monkeypatch, "wenzhou")
    low = comparators.against("dva_share").assign(below=low)
    exports = comparators.indicator_panel("exports")
    exports[comparators.CHINA] = exports.max(axis=1) + 1
    monkeypatch.setattr(comparators, "against", lambda indicator: low)
    monkeypatch.setattr(comparators, "indicator_panel", lambda indicator: exports)
    assert value_chain.large_shares_go_with_a_low_place().verdict == verdict


@pytest.mark.parametrize(
    ("va_go", "dva_share", "verdict"),
    [
        ((17,) * 4, (17,) * 4, "partly"),
        ((0,) * 4, (0,) * 4, "not supported"),
        ((0,) * 4, (17,) * 4, "not testable here"),
    ],
)
def test_c39_hangs_on_both_measures(monkeypatch, va_go, dva_share, verdict):
    counts(monkeypatch, va_go=va_go, dva_share=dva_share)
    found = value_chain.insertion_brings_low_value_and_energy_use()
    assert found.verdict == verdict
    assert "no energy accounts" in found.finding


def test_c39_measures_disagree():
    assert value_chain.insertion_brings_low_value_and_energy_use().verdict == "not testable here"
