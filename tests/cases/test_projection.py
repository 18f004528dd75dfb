"""What the fitted model says: where it goes after the last coded epoch, beside later facts, and where it can rest."""

from __future__ import annotations

import pandas as pd
import pytest

from gumlib import cases
from gumlib.cases.fitting import projection, results
from gumlib.errors import GumError
from gumlib.terms import FACTORS


@pytest.fixture(scope="module")
def wenzhou():
    return cases.load("wenzhou")


def test_a_short_run_stays_nearer_to_where_it_was_coded(wenzhou):
    short, long = (projection.onward(wenzhou, until=year).loc[list(FACTORS)] for year in (2011, 2020))
    for column in ("median", "rival"):
        assert ((short[column] - short["coded"]).abs() < (long[column] - long["coded"]).abs()).all()


def test_coded_levels_are_those_of_the_case(wenzhou):
    found = projection.onward(wenzhou)
    assert found.loc[list(FACTORS), "coded"].tolist() == wenzhou.table.loc[2010, list(FACTORS)].tolist()
    assert (found["low"] <= found["median"]).all()
    assert (found["median"] <= found["high"]).all()


def test_stronger_decay_ends_lower(wenzhou, monkeypatch):
    before = projection.onward(wenzhou)["median"]
    read = results.read_fit
    changed = {"draws": lambda frame: frame.assign(decay=0.5)}
    monkeypatch.setattr(results, "read_fit", lambda name: changed.get(name, lambda frame: frame)(read(name)))
    assert (projection.onward(wenzhou)["median"] < before).all()


def test_every_later_fact_on_a_factor_or_outcome_is_counted_unless_a_score_rests_on_it(wenzhou):
    begun = wenzhou.ledger[(wenzhou.ledger["first"] > 2010).fillna(False)]
    wanted = set(begun.index[begun["factor"].isin([*FACTORS, "O"])])
    later = projection.later(wenzhou)
    assert set(later.index) == wanted
    served = {one.strip() for ids in wenzhou.scores["evidence_ids"].dropna() for one in ids.split(";")}
    assert set(later.index[later["scored"]]) == wanted & served != set()
    assert projection.later_counts(wenzhou).to_numpy().sum() == len(wanted - served)


def test_facts_are_asked_for_by_id(wenzhou):
    assert projection.facts(wenzhou, "WZ224 WZ223").index.tolist() == ["WZ224", "WZ223"]
    with pytest.raises(GumError, match="NB001"):
        projection.facts(wenzhou, "WZ223 NB001")


def test_gaps_in_the_last_epoch_are_refused(wenzhou):
    gone = wenzhou.scores[(wenzhou.scores["year"] < 2010) | (wenzhou.scores["variable"] != "L")]
    short = cases.build("short", wenzhou.ledger.reset_index(), wenzhou.sources.reset_index(), gone)
    with pytest.raises(GumError, match="2010"):
        projection.onward(short)


def test_shares_follow_the_draws(monkeypatch):
    real = results.read_fit("draws")
    halves = pd.concat([real, real.assign(governance_floor=0.0, baseline=0.001)], ignore_index=True)
    monkeypatch.setattr(results, "read_fit", lambda name: halves)
    table = projection.resting()
    assert table.index.tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert table.loc[0.0, ["stuck", "rising"]].tolist() == [0.5, 0.5]
    assert table.sum(axis=1).eq(1).all()
    assert table["bistable"].max() > 0
