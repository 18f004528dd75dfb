"""Where the Chinese industries stand: identities, known answers, and faults planted in the table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib import data, gvc
from gumlib.errors import GumError
from gumlib.gvc import comparators, export_share
from gumlib.gvc.codes import REGIONS
from gumlib.terms import CLUSTERS


@pytest.fixture
def altered(monkeypatch):
    """Let a test change one measure of China in the table."""

    def change(indicator: str, value: float) -> None:
        table = comparators._table().copy()
        table.loc[table.index.get_level_values("region") == comparators.CHINA, indicator] = value
        monkeypatch.setattr(comparators, "_table", lambda: table)

    return change


def test_every_cluster_has_an_industry():
    assert set(comparators.INDUSTRY_OF) == set(CLUSTERS)
    assert set(comparators.INDUSTRY_OF.values()) <= set(comparators.INDUSTRIES)


def test_countries_are_those_of_the_tables_without_the_small():
    assert set(REGIONS) == {*comparators.COUNTRIES, *comparators.UNFIT, "RoW"}
    lost = data.read("gvc-rounding-regions").query("year == 1995").set_index("region")["lost"]
    assert set(comparators.UNFIT) == set(lost.index[lost > 0.02])
    assert set(comparators.EMERGING) | set(comparators.COMPARATORS) <= set(comparators.OTHER_COUNTRIES)


def test_an_unknown_indicator_is_named():
    with pytest.raises(GumError, match="indicator"):
        comparators.indicator_panel("va")


def test_rank_and_median_agree_with_a_count_by_hand():
    row = comparators.against("va_go").loc[("c4", 2011)]
    table = gvc.read_indicators().query("industry == 'c4' and year == 2011").set_index("region")["va_go"]
    assert row["rank"] == 1 + sum(table[region] > table["CHN"] for region in comparators.OTHER_COUNTRIES)
    assert row["median"] == pytest.approx(np.median([table[region] for region in comparators.OTHER_COUNTRIES]))
    assert row["lower"] <= row["median"] <= row["upper"]


def test_an_industry_that_makes_nothing_is_not_ranked():
    assert comparators.against("va_go").loc[("c5", 2011), "among"] == len(comparators.COUNTRIES) - 1


@pytest.mark.parametrize(("level", "years", "rank"), [(0.0, 0, 32), (1.0, 17, 1)])
def test_china_moves_with_its_own_value(altered, level, years, rank):
    altered("va_go", level)
    assert comparators.years_below("va_go")["c4"] == 17 - years
    assert comparators.against("va_go").loc[("c4", 2000), "rank"] == rank


def test_shares_of_the_world_add_up():
    total = sum(comparators.world_shares(region).fillna(0) for region in REGIONS)
    assert np.allclose(total, 1)


def test_value_kept_is_a_flow_with_its_sign_where_exports_are_negative(monkeypatch):
    table = comparators._table().copy()
    odd = ("c4", 2011, "ITA")
    flows = ["exports", *comparators.DOMESTIC_TERMS]
    table.loc[odd, flows] = -table.loc[odd, flows]
    table.loc[odd, "dva_share"] = np.nan
    monkeypatch.setattr(comparators, "_table", lambda: table)
    shares = comparators.world_shares("ITA").loc[("c4", 2011)]
    assert shares["exports"] < 0
    assert shares["kept"] < 0
    other = comparators.against("dva_share").loc[("c4", 2011)]
    rest = table.loc[("c4", 2011)].loc[[region for region in comparators.OTHER_COUNTRIES if region != "ITA"]]
    assert other["weighted"] == pytest.approx((rest["dva_share"] * rest["exports"]).sum() / rest["exports"].sum())


def test_income_of_a_country_is_its_value_added():
    table = gvc.condensed(2011)
    added = pd.Series(table.value_added.reshape(len(table.regions), -1).sum(axis=1), index=table.regions)
    earned = comparators._table().xs(("TOTAL", 2011))["gvc_income"]
    assert earned["CHN"] == pytest.approx(added["CHN"], rel=1e-4)


def test_a_split_adds_up_and_nets_out():
    split = comparators.output_split("c4", 2011)
    assert np.allclose(split.drop(columns="netted").sum(axis=1), 1)
    assert (split["netted"] >= split["value_added"]).all()
    known = comparators.indicator_panel("va_go").loc[("c4", 2011), "CHN"]
    assert split.loc["CHN", "value_added"] == pytest.approx(known, rel=1e-4)


def test_a_split_of_an_unknown_industry_is_refused():
    with pytest.raises(GumError, match="industry"):
        comparators.output_split("c99")


def test_relation_finds_an_order_that_is_planted(monkeypatch):
    rng = np.random.default_rng(1)
    frame = export_share.points("dva_share")
    frame["level"], frame["size"] = -frame["share"], rng.random(len(frame))
    monkeypatch.setattr(export_share, "points", lambda indicator: frame)
    found = export_share.relation("dva_share", draws=500)
    assert np.allclose(found["rho"], -1)
    assert np.allclose(found["without"], -1)
    assert (found["p"] < 0.01).all()
    assert (found["p_given_size"] < 0.01).all()


def test_relation_finds_none_once_the_common_cause_is_held_constant(monkeypatch):
    rng = np.random.default_rng(2)
    frame = export_share.points("dva_share")
    frame["size"] = rng.random(len(frame))
    frame["share"], frame["level"] = (frame["size"] + 0.1 * rng.random(len(frame)) for _ in range(2))
    monkeypatch.setattr(export_share, "points", lambda indicator: frame)
    found = export_share.relation("dva_share", draws=500)
    assert (found["rho"] > 0.8).all()
    assert (found["given_size"].abs() < 0.4).all()


def test_relation_is_the_same_each_time():
    pd.testing.assert_frame_equal(export_share.relation("va_go", draws=50), export_share.relation("va_go", draws=50))


def test_interval_holds_the_estimate():
    found = export_share.relation("dva_share", draws=500)
    assert (found["low"] < found["rho"]).all()
    assert (found["rho"] < found["high"]).all()
