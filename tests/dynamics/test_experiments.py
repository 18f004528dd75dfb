"""Experiments, pulses, importance and forecasts: known answers, and what holds draw by draw."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from gumlib import evidence
from gumlib.cases.fitting import forecasts
from gumlib.dynamics import Parameters, ensemble, extremes, simulate
from gumlib.dynamics.ensemble import RANGES
from gumlib.dynamics.experiments import governance, pulse, sensitivity
from gumlib.errors import GumError
from gumlib.terms import BASIC, CLUSTERS, FACTORS, WAYS

FEW = 32


# Governance


def test_bands_lie_in_order_and_rise_with_governance():
    table = governance.trajectories(draws=FEW, years=10)
    bands = table[list(governance.BANDS)].to_numpy()
    assert (np.diff(bands, axis=1) >= 0).all()
    ends = table[table["time"] == 10].set_index("governance")["median"]
    assert ends.is_monotonic_increasing


def test_without_governance_in_the_equations_all_levels_give_one_path():
    table = governance.trajectories(("no governance",), draws=FEW, years=5)
    assert table.groupby("time")["median"].nunique().max() == 1


def test_the_step_is_short_enough():
    parameters = ensemble.sample(FEW, seed=1)
    coarse, fine = (simulate(parameters, 0.3, 30, 0.6, every=30, dt=dt).index for dt in (governance.DT, 0.05))
    assert np.abs(coarse - fine).max() < 1e-5


def test_settled_index_of_the_default_parameters(monkeypatch):
    monkeypatch.setattr(ensemble, "sample", lambda draws, seed: Parameters.uniform(total=np.full(draws, 0.6)))
    table = governance.governed(draws=2).set_index(["draw", "governance"])
    assert not table.loc[(0, 0.5), "two"]
    assert table.loc[(0, 0.9), "two"]
    level = 0.6665
    effect = level**3 / (0.5**3 + level**3) * (1 + 0.5**3)
    assert table.loc[(0, 0.9), "high"] == pytest.approx(0.9 * level * (0.5 + 0.5 * effect), abs=1e-4)
    assert table.loc[(0, 0.9), "net"] == pytest.approx(table.loc[(0, 0.9), "low"] / 0.9)


def test_a_fall_with_governance_is_seen():
    table = governance.governed(draws=16)
    fallen = table.assign(low=np.where(table["governance"] == 0.5, 0.0, table["low"]))
    assert governance.signature(table).loc["gum", "rises"] == 1
    assert governance.signature(fallen).loc["gum", "rises"] == 0


# Cut pairs


@pytest.mark.parametrize("pair", list(combinations(BASIC, 2)))
def test_a_cut_takes_two_interactions_and_no_more(pair):
    whole = Parameters.uniform()
    cut, moved = governance.without(whole, pair), governance.without(whole, pair, moved=True)
    one, two = (FACTORS.index(code) for code in pair)
    changed = cut.weights != whole.weights
    assert changed.sum() == 2
    assert changed[one, two]
    assert changed[two, one]
    assert np.allclose(moved.weights.sum(axis=1), whole.weights.sum(axis=1))
    assert moved.weights[one, two] == moved.weights[two, one] == 0


def test_removal_lowers_the_index_in_every_draw_and_equal_factors_do_not_notice_a_move(monkeypatch):
    table = governance.ablation(draws=FEW)
    assert set(table["pair"]) == {"-".join(pair) for pair in combinations(BASIC, 2)}
    assert (table[table["version"] == "removed"]["change"] < 0).all()
    monkeypatch.setattr(ensemble, "sample", lambda draws, seed: Parameters.uniform(total=np.linspace(0.4, 0.8, draws)))
    moved = governance.ablation(draws=4).query("version == 'moved'")
    assert np.allclose(moved["change"], 0, atol=1e-9)


def test_cutting_does_nothing_where_no_factor_acts_on_another():
    table = governance.ablation(draws=4, model="independent").query("version == 'moved'")
    assert np.allclose(table["change"], 0, atol=1e-12)


# Pulses


def test_a_pulse_is_measured_from_rest_and_dies_away_without_lock_in():
    parameters = Parameters.uniform(total=[0.3, 0.35])
    low, high = extremes(parameters, 0.6)
    assert np.allclose(low, high)
    series = pulse.responses(["L"], parameters)
    assert np.allclose(series[..., 0], 0, atol=1e-9)
    assert (series[:, 0, :, 8] > 0).all()
    assert (series[0, 0, :, -1] < 0.05 * series[0, 0].max(axis=-1)).all()


def test_factors_are_the_mean_of_the_pushed_and_the_other_five():
    series = dict(zip(pulse.ROUTE, pulse.responses(["S"], ensemble.sample(4, seed=1))[:, 0], strict=True))
    assert np.allclose(6 * series["factors"], series["pushed factor"] + 5 * series["other factors"])


def test_half_time_of_a_straight_rise():
    rise = np.minimum(np.arange(9) / 4, 1.0)
    assert pulse.half_time(rise) == pytest.approx(2 * pulse.EVERY)


def test_half_times_hold_on_a_finer_mesh(monkeypatch):
    coarse = pulse.timing(draws=16)
    monkeypatch.setattr(pulse, "EVERY", 0.05)
    fine = pulse.timing(draws=16)
    assert (coarse[list(pulse.ROUTE)] - fine[list(pulse.ROUTE)]).abs().max().max() < pulse.TIE / 2


def test_without_cross_terms_a_push_stays_where_it_is():
    table = pulse.timing(("independent",), draws=4).set_index("factor")
    assert table["other factors"].isna().all()
    assert table.loc[["P", "D"], "index"].isna().all()
    assert table.loc[list(BASIC), "index"].notna().all()


def test_a_step_that_comes_too_early_is_reversed():
    table = pd.DataFrame({"model": "gum", "factors": [1.0, 1.0], "mechanisms": 2.0, "ways": 3.0, "index": [4.0, 2.0]})
    order = pulse.order(table).loc["gum"]
    assert order.loc["factors, mechanisms", "first"] == 1
    assert order.loc["ways, index", ["first", "reversed"]].tolist() == [0.5, 0.5]
    assert order.loc["all", ["first", "reversed"]].tolist() == [0.5, 0.5]


# Importance


def test_every_parameter_has_a_kind_and_the_weights_have_three():
    kinds = pd.Series({name: sensitivity.kind(name) for name in RANGES})
    assert kinds[kinds.str.startswith("weight")].value_counts().to_dict() == {
        "weight, basic on basic": 12,
        "weight, auxiliary on basic": 8,
        "weight, basic on auxiliary": 8,
    }
    assert kinds.nunique() == 10


def test_total_weight_matters_and_without_governance_its_floor_does_not():
    table = sensitivity.importance(sensitivity.design_runs(bases=64, model="no governance"))
    total = table[table["order"] == "total"].set_index("parameter")["index"]
    assert total["governance_floor"] == pytest.approx(0, abs=1e-12)
    assert total["total"] == total.max()


# Forecasts


def made(model: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The coded starts, and levels that a model itself made of them with the first draw."""
    now, later = forecasts.steps()
    parameters = ensemble.sample(4, seed=forecasts.SEED).take(np.zeros(len(now), dtype=int))
    start, ways = now[list(FACTORS)].to_numpy(), now[list(WAYS)].to_numpy()
    run = simulate(parameters, start, 5, now["G"].to_numpy(), model=model, ways=ways, every=5, dt=0.25)
    ends = np.concatenate([run.levels[:, -1], run.ways[:, -1]], axis=1)
    return now, pd.DataFrame(ends, index=later.index, columns=later.columns)


def test_steps_are_complete_at_the_start_and_five_years_apart():
    now, later = forecasts.steps()
    assert now.notna().all().all()
    assert set(now.index.get_level_values("cluster")) == set(CLUSTERS)
    cluster, year = now.index[0]
    assert later.iloc[0].equals(evidence.wide().loc[(cluster, year + 5), [*FACTORS, *WAYS]].rename(later.index[0]))


def test_no_change_errs_by_the_change_itself():
    now, later = forecasts.steps()
    change = (later - now[later.columns]).abs().mean(axis=1).groupby(level="cluster").mean()
    found = forecasts.errors((forecasts.NO_CHANGE,), draws=2).query("draw == 1").set_index("cluster")["error"]
    assert found[change.index].tolist() == pytest.approx(change.tolist())


@pytest.mark.parametrize("model", ["gum", "linear"])
def test_the_model_that_made_the_levels_errs_not_at_all_and_the_other_does(model, monkeypatch):
    levels = made(model)
    monkeypatch.setattr(forecasts, "steps", lambda: levels)
    first = forecasts.errors(("gum", "linear"), draws=4).query("draw == 0")
    own = first["model"] == model
    assert (first[own]["error"] < 1e-12).all()
    assert (first[~own]["error"] > 0.001).all()


def test_differences_are_paired_and_have_the_sign_of_the_rival():
    table = forecasts.errors(("gum", "linear"), draws=8)
    worse = table.assign(error=np.where(table["model"] == "linear", table["error"] + 1, table["error"]))
    gap = forecasts.differences(worse)["median"] - forecasts.differences(table)["median"]
    assert gap.tolist() == pytest.approx([1.0] * 4)
    assert (forecasts.differences(worse)["better"] == 1).all()
    with pytest.raises(GumError, match="expected one of linear"):
        forecasts.differences(table[table["model"] == "linear"])
