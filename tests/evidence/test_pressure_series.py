"""Series of pressure from outside: they add up, agree with each other and carry their sources."""

from __future__ import annotations

import numpy as np
import pandas as pd

from gumlib import data, evidence
from gumlib.evidence import breaks, series


def test_the_manufacturing_wage_cannot_be_tested_in_2004_and_the_others_can():
    able = {name: breaks.admits(series.pay_growth(name), 2004) for name in series.PAY}
    assert [name for name, can in able.items() if not can] == ["cn_wage_manufacturing_urban_units"]


def test_growth_agrees_with_the_stored_growth_and_dollars_with_the_stored_dollars():
    stored = series.annual("cn_wage_manufacturing_growth")
    own = np.expm1(series.pay_growth("cn_wage_manufacturing_urban_units")) * 100
    assert (own - stored).abs().max() < 0.06
    assert (series.dollar_wage()["usd"] - series.annual("cn_wage_manufacturing_usd")).abs().max() < 0.6


def test_the_parts_of_the_dollar_wage_add_up():
    table = series.dollar_wage()
    rise = np.log(table["usd"]).diff().dropna()
    np.testing.assert_allclose(table["total"].dropna(), rise)
    assert table.loc[2004, "usd"] == table.loc[2004, "usd_at_2004"]


def test_the_two_exchange_rates_are_one():
    macro = data.read("china-macro").set_index("year")["cny_per_usd"]
    own = series.annual("fx_rmb_per_usd_annual_avg")
    assert (macro.reindex(own.index) - own).abs().max() < 1e-4


def test_every_step_of_a_rebate_carries_the_date_its_statement_gives():
    table = series.rebates()
    assert table.groupby("goods")["date"].apply(lambda dates: dates.isna().sum()).tolist() == [1, 1]
    assert table.groupby("goods")["rate"].last().tolist() == [16.0, 16.0]
    said = " ".join(pd.concat([series.series(name) for name in series.REBATES])["statement"])
    assert all(f"{date:%Y-%m-%d}" in said for date in table["date"].dropna())


def test_every_event_has_a_source_and_a_date_its_year_allows():
    table = series.calendar()
    known = set(series.series_sources().index) | set(evidence.sources().index)
    assert set(table["source_key"]) <= known
    assert (table["start"] <= table["stop"]).all()
    assert table["start"].dt.year.between(2003, 2010).all()
    assert set(table["direction"]) == {-1, 1}
    assert all("{" not in label for label in table["label"])


def test_an_event_whose_row_is_missing_is_left_out(monkeypatch):
    row = ("law", "2008-01-01", "no_such_series", "2008", -1, "nothing")
    before = len(series.calendar())
    monkeypatch.setattr(series, "_EVENTS", (*series._EVENTS, row))
    assert len(series.calendar()) == before
