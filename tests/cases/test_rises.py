"""The three parts of upgrading are compared over the same years, and nothing missing counts as a fall."""

from __future__ import annotations

import pytest

from gumlib import evidence
from gumlib.cases.compare import parts_of_upgrading
from gumlib.gvc import comparators
from gumlib.terms import WAYS


def test_years_are_those_with_all_ways_coded():
    levels = evidence.wide()[list(WAYS)]
    for cluster, row in parts_of_upgrading.parts().iterrows():
        assert levels.loc[(cluster, int(row["first"]))].notna().all()
        earlier = levels.loc[cluster].query("@parts_of_upgrading.FIRST <= year < @row['first']")
        assert earlier.isna().any(axis=1).all()


def test_parts_are_differences_of_the_measures():
    row = parts_of_upgrading.parts().loc["yongkang"]
    kept = comparators.indicator_panel("dva_share").loc["c12", "CHN"]
    assert row["exports"] == pytest.approx(kept[int(row["last"])] - kept[int(row["first"])])


def test_a_missing_level_moves_the_first_year(monkeypatch):
    table = evidence.wide()
    early = (table.index.get_level_values("cluster") == "ningbo") & (table.index.get_level_values("year") < 2005)
    table.loc[early, "K"] = None
    monkeypatch.setattr(evidence, "wide", lambda: table)
    assert parts_of_upgrading.parts().loc["ningbo", "first"] == 2005


def test_value_is_kept_only_by_both_shares(monkeypatch):
    parts = parts_of_upgrading.parts()
    monkeypatch.setattr(parts_of_upgrading, "parts", lambda: parts.assign(exports=0.1, product=-0.1))
    assert not parts_of_upgrading.together()["value kept"].any()
