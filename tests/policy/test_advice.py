"""Advice: one row a lever, rankings by reading and duration, and the lever that stands in all of them."""

import pandas as pd
import pytest

from gumlib import cases
from gumlib.errors import GumError
from gumlib.policy import advice, instruments, results


def test_each_lever_has_its_practice():
    assert list(advice.practice().index) == list(instruments().index)
    assert not (advice.practice() == "").any(axis=None)


@pytest.mark.parametrize("fault", ["a lever left out", "an unknown fact"])
def test_a_table_of_practice_that_does_not_fit_is_refused(fault):
    table = advice.practice()
    spoilt = table.drop("fair") if fault == "a lever left out" else table.assign(watch_ids="YK999")
    with pytest.raises(GumError, match="fair" if fault == "a lever left out" else "YK999"):
        advice.checked_practice(spoilt)


def test_the_rankings_are_those_of_the_stored_draws():
    table = advice.rankings("wenzhou")
    own = results.read_study("levers").query("case == 'wenzhou' and source == 'fitted' and duration == 'equal'")
    pd.testing.assert_series_equal(
        table[advice.RANKINGS["fitted", "equal"]], own.set_index("name")["rank"], check_names=False
    )


def test_a_lever_that_leads_in_three_rankings_yields_to_one_that_stands_in_all(monkeypatch):
    words = list(advice.RANKINGS.values())
    planted = instruments()[["level"]].assign(**dict.fromkeys(words, 9.0))
    planted.loc["fair", words] = [1.0, 1.0, 1.0, 16.0]
    planted.loc["college", words] = [4.0, 4.0, 4.0, 4.0]
    monkeypatch.setattr(advice, "rankings", lambda case: planted)
    chosen = advice.sturdy().set_index("level")["name"]
    assert chosen["government"] == "college"
    assert chosen["cluster"] == "alliance"


@pytest.mark.parametrize("case", [None, *cases.names()])
def test_a_sheet_answers_every_question_for_every_level(case):
    sheet = advice.sheet(case)
    assert list(sheet.columns) == ["government", "cluster", "firm"]
    assert not (sheet.map(str.strip) == "").any(axis=None)


def test_what_was_tried_is_what_the_ledger_tells():
    facts = advice.tried("yongkang")["facts"]
    assert "YK081" in facts["conference"].split()
    assert "YK058" not in " ".join(facts)
    with pytest.raises(GumError, match="wenzhou"):
        advice.tried("prato")


def test_the_lead_of_governance_is_that_of_its_levers_and_smaller_if_all_end_alike():
    lead = advice.lead()
    table = results.read_study("levers").set_index(["source", "duration", "name"])["top"]
    for (source, duration), share in lead.items():
        own = [table.loc[(source, duration, name)].mean() for name in ("conference", "covenant")]
        assert share == pytest.approx(sum(own) / 2)
    assert lead["fitted", "equal"] < lead["fitted", "assumed"] / 1.5


def test_the_first_levers_are_those_with_the_best_places():
    titles = advice.first("fitted", "equal", 4)
    places = advice.rankings().set_index(instruments()["title"])["as fitted, all end alike"]
    assert len(titles) == 4
    assert places[titles].max() <= places.drop(titles).min()
