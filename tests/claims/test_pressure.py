"""Verdicts on dated facts are computed: other series or sources give another verdict."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib import data, evidence
from gumlib.claims import pressure as verdict
from gumlib.evidence import series

READ, GROWTH, LEDGER, REBATES, ANNUAL = (
    data.read,
    series.pay_growth,
    evidence.ledger,
    series.rebates,
    series.annual,
)


def change(monkeypatch: pytest.MonkeyPatch, name: str, edit) -> None:
    """Let one resource be read with a change."""
    monkeypatch.setattr(data, "read", lambda asked: edit(READ(asked)) if asked == name else READ(asked))


def add(*rows: tuple) -> object:
    columns = ["series", "year", "value", "unit", "source_key", "statement"]
    return lambda table: pd.concat([table, pd.DataFrame(rows, columns=columns)], ignore_index=True)


def test_c30_is_no_more_than_partly_met_by_national_series_with_a_planted_break(monkeypatch):
    def broken(name: str) -> pd.Series:
        rates = GROWTH(name)
        level = pd.Series(np.where(rates.index >= 2004, 0.14, 0.03), rates.index)
        return level + 0.001 * pd.Series(range(len(rates)), rates.index)

    monkeypatch.setattr(series, "pay_growth", broken)
    result = verdict.labour_costs_rose()
    assert result.verdict == "partly"
    assert "a break in 2004" in result.finding


def test_c30_is_partly_met_by_one_series_of_two(monkeypatch):
    flat = "cn_wage_all_sectors_urban_units"
    step = lambda rates: pd.Series(np.where(rates.index >= 2004, 0.14, 0.03), rates.index)  # noqa: E731
    monkeypatch.setattr(series, "pay_growth", lambda name: GROWTH(name) if name == flat else step(GROWTH(name)))
    assert verdict.labour_costs_rose().verdict == "partly"


def test_c30_fails_where_wages_do_not_rise_sharply(monkeypatch):
    monkeypatch.setattr(series, "pay_growth", lambda name: GROWTH(name) * 0.5)
    assert verdict.labour_costs_rose().verdict == "not supported"


@pytest.mark.parametrize(
    ("rates", "expected"),
    [({}, "partly"), ({2002: 8.5}, "not supported"), ({2009: 7.0}, "not supported"), ({2010: 8.5}, "not supported")],
)
def test_c31_follows_the_exchange_rate(rates, expected, monkeypatch):
    def edit(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(
            cny_per_usd=[rates.get(*row) for row in zip(table["year"], table["cny_per_usd"], strict=True)]
        )

    change(monkeypatch, "china-macro", edit)
    assert verdict.currency_appreciated().verdict == expected


def test_c32_is_partly_met_by_the_data_at_hand():
    assert verdict.rebates_were_cut().verdict == "partly"


@pytest.mark.parametrize(
    ("until", "first", "expected"),
    [("2008", "2006", "supported"), ("2011", "2006", "supported"), ("2008", "2007", "partly")],
)
def test_c32_asks_when_the_cuts_began_and_not_how_long_they_lasted(until, first, expected, monkeypatch):
    known = REBATES()
    kept = known["date"].isna() | (known["date"] >= first) & (known["date"] < until)
    monkeypatch.setattr(series, "annual", lambda name: pd.Series([13.0]))
    monkeypatch.setattr(series, "rebates", lambda: known[kept])
    assert verdict.rebates_were_cut().verdict == expected


def test_c32_fails_without_a_cut(monkeypatch):
    monkeypatch.setattr(series, "rebates", lambda: REBATES().assign(rate=13.0))
    assert verdict.rebates_were_cut().verdict == "not supported"


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ((), "supported"),
        (("proc_trade_restricted_codes_new",), "partly"),
        (("proc_trade_restricted_codes_new", "proc_trade_zhejiang_affected"), "not supported"),
    ],
)
def test_c33_counts_what_is_on_record(missing, expected, monkeypatch):
    monkeypatch.setattr(series, "annual", lambda name: ANNUAL(name) * (0 if name in missing else 1))
    assert verdict.processing_trade_was_restricted().verdict == expected


def test_c34_needs_a_source_for_each_law(monkeypatch):
    def without(table: pd.DataFrame) -> pd.DataFrame:
        return table[~table["series"].isin(verdict.LAWS)]

    change(monkeypatch, "china-series", without)
    assert verdict.laws_took_force().verdict == "not testable here"
    both = [(law, 2008, 1.0, "event", "some_source", "in force") for law in verdict.LAWS]
    change(monkeypatch, "china-series", lambda table: add(*both[:1])(without(table)))
    assert verdict.laws_took_force().verdict == "partly"
    change(monkeypatch, "china-series", lambda table: add(*both)(without(table)))
    assert verdict.laws_took_force().verdict == "supported"


@pytest.mark.parametrize(
    ("value", "statement", "expected"),
    [
        (None, "", "not testable here"),
        (25.0, "as the association counts", "not testable here"),
        (60.0, "as the association counts", "not testable here"),
        (24.0, "own count of the customs", "supported"),
        (60.0, "own count of the customs", "not supported"),
    ],
)
def test_c35_follows_the_second_source(value, statement, expected, monkeypatch):
    row = ("gd_shoe_firms_to_southeast_asia", 2007, value, "per cent", "other", statement)

    def edit(table: pd.DataFrame) -> pd.DataFrame:
        own = table[~(table["series"].str.startswith("gd_shoe") & (table["source_key"] != "wang2010book"))]
        return own if value is None else add(row)(own)

    change(monkeypatch, "china-series", edit)
    assert verdict.shoe_firms_moved().verdict == expected


def test_c36_has_read_every_fact_on_a_move():
    words = r"relocat|moved (?:its head|plants)|move over|production bases in|push prod|to property in|processing;"
    told = LEDGER()[lambda table: table["statement"].str.contains(words)]
    assert set(told.index) == set(verdict.MOVES)


@pytest.mark.parametrize(
    ("moved", "expected"),
    [([], "not testable here"), (["WZ164"], "partly"), (["WZ164", "SX089"], "supported")],
)
def test_c36_counts_groups_that_left_by_2010(moved, expected, monkeypatch):
    def dated(cluster: str | None = None) -> pd.DataFrame:
        facts = LEDGER(cluster)
        facts.loc[moved, "first"] = 2008
        return facts

    far = dict.fromkeys(moved, ("group", "another province"))
    monkeypatch.setattr(evidence, "ledger", dated)
    monkeypatch.setattr(verdict, "MOVES", verdict.MOVES | far)
    assert verdict.block_economies_moved().verdict == expected


@pytest.mark.parametrize(("value", "expected"), [(30.0, "partly"), (5.0, "not supported")])
def test_c38_needs_a_second_source(value, expected, monkeypatch):
    assert verdict.foreign_holders_were_paid().verdict == "not testable here"
    row = ("ip_fee_share_of_price_low", 2008, value, "per cent", "other", "a count")
    change(monkeypatch, "china-series", add(row))
    assert verdict.foreign_holders_were_paid().verdict == expected


@pytest.mark.parametrize(("value", "expected"), [(75.0, "partly"), (40.0, "not supported")])
def test_c41_needs_one_measure_taken_twice(value, expected, monkeypatch):
    assert verdict.block_economies_became_clusters().verdict == "not testable here"
    change(monkeypatch, "china-series", add(("zj_block_share_of_industry", 2010, value, "per cent", "other", "later")))
    assert verdict.block_economies_became_clusters().verdict == expected


def test_c41_counts_no_measure_from_before_the_century(monkeypatch):
    change(monkeypatch, "china-series", add(("zj_block_share_of_industry", 1998, 10.0, "per cent", "other", "earlier")))
    assert verdict.block_economies_became_clusters().verdict == "not testable here"
