"""Experiments on paths: known answers of the scalar equation, order, and what each variant puts in."""

from __future__ import annotations

import numpy as np
import pytest

from gumlib.dynamics import Parameters, ensemble, regime, scalar, settling, simulate, smallest_push
from gumlib.dynamics.equilibrium import REGIMES
from gumlib.dynamics.experiments import closure_crowding, push, shock
from gumlib.errors import GumError
from gumlib.terms import FACTORS

EVEN = Parameters.uniform()
ONE = Parameters.uniform(total=[0.6])
SOME = ensemble.sample(32, seed=3)
S, E = FACTORS.index("S"), FACTORS.index("E")


def test_shares_are_those_of_the_regimes_and_add_to_one():
    frame = settling.shares(SOME, [0.5, 1.0], ["gum", "over-embedded"])
    assert np.allclose(frame.groupby(["model", "governance"])["share"].sum(), 1)
    own = frame.query("model == 'gum' and governance == 0.5").set_index("regime")["share"]
    found = regime(SOME, 0.5)
    assert {kind: float((found == kind).mean()) for kind in REGIMES} == own.to_dict()


def test_shares_need_draws():
    with pytest.raises(GumError, match="expected a batch"):
        settling.shares(EVEN, [0.5])


def test_the_sweep_jumps_at_the_folds():
    frame = settling.sweep(EVEN, 201, ["gum", "linear"])
    gap = frame["falling"] - frame["rising"] > 0.1
    inside = frame[gap & (frame["model"] == "gum")]["governance"]
    folds = scalar.diagonal(EVEN).folds()["governance"]
    assert inside.min() == pytest.approx(folds["fall"], abs=0.01)
    assert inside.max() == pytest.approx(folds["rise"], abs=0.01)
    assert not gap[frame["model"] == "linear"].any()


def test_a_batch_is_swept_by_its_first_draw():
    frame = settling.sweep(ONE, 5, ["gum"])
    assert np.allclose(frame["rising"], settling.sweep(EVEN, 5, ["gum"])["rising"])


def test_the_width_is_the_distance_of_the_folds():
    folds = scalar.diagonal(EVEN).folds()["governance"]
    assert settling.widths(EVEN, 200)[0] == pytest.approx(folds["rise"] - folds["fall"], abs=0.01)


def test_equal_factors_bring_both_types_to_the_same_place():
    frame = settling.two_starts(Parameters.uniform(total=[0.5, 0.6, 0.7]), [0.5, 0.8])
    kept = frame[~frame["model"].isin(["independent", "over-embedded"])]
    assert (kept["same"] == 1).all()


def test_two_starts_are_runs_from_the_two_starts():
    found = settling.two_starts(SOME, [0.6], ["gum"]).iloc[0]
    ends = [settling.settled(SOME, [settling.STARTS[kind][c] for c in FACTORS], 0.6) for kind in settling.STARTS]
    assert found["same"] == (np.abs(ends[0] - ends[1]).max(axis=1) < settling.SAME).mean()


def test_starts_beyond_the_watershed_rise_and_those_before_it_sink():
    line = settling.separatrix(EVEN, [0.6], points=5).dropna()
    line = line[(line["E"] > 0.05) & (line["E"] < 0.95)]
    assert len(line)
    start = np.array([[settling.STARTS["native"][code] for code in FACTORS]] * len(line))
    start[:, S] = line["S"]
    for shift, high in ((0.03, True), (-0.03, False)):
        start[:, E] = line["E"] + shift
        assert ((settling.settled(EVEN, start, 0.6).mean(axis=1) > 0.3) == high).all()


@pytest.mark.parametrize("aim", push.AIMS)
def test_the_smallest_push_is_that_of_the_search_for_one_case(aim):
    height = push.smallest_efforts(EVEN, [0.8], [aim])["height"].iloc[0]
    assert height == pytest.approx(smallest_push(EVEN, 0.8, push.AIMS[aim])["height"], rel=0.02)


def test_outside_the_folds_there_is_no_push_and_some_are_out_of_reach():
    assert push.smallest_efforts(EVEN, [0.3], ["all six"])["height"].isna().all()
    assert np.isinf(push.smallest_efforts(EVEN, [0.8], ["all six"], most=0.001)["height"]).all()


def test_a_push_lifts_and_never_beyond_the_ceiling():
    wide = push.risen(SOME, [0.5, 0.75, 1.0]).pivot(index="governance", columns="aim", values="share")
    for aim in push.AIMS:
        assert (wide[aim] >= wide["no push"]).all()
        assert (wide[aim] <= wide["ceiling"]).all()


def test_larger_and_longer_shocks_collapse_no_fewer():
    frame = shock.strike(SOME, 0.75, [0.1, 0.4], [2.0, 8.0, np.inf], models=["gum"])
    wide = frame.pivot(index="length", columns="size", values="collapsed")
    assert (wide.diff(axis=0).dropna() >= 0).all().all()
    assert (wide[0.4] >= wide[0.1]).all()
    assert frame["recovery"].isna().equals(np.isinf(frame["length"]))


def test_a_shock_that_passes_is_one_run():
    levels = settling.reach(ONE, 0.8)[1]
    found = shock._hit(ONE, levels, 0.8, [0.1], 3.0, "gum")[0]
    path = simulate(ONE, levels, 3.0, 0.8, shocks=0.1).levels[:, -1]
    after = simulate(ONE, path, 5.0, 0.8).levels[:, -1].mean()
    assert found[0, 8] == pytest.approx(after, abs=1e-4)


def test_no_cluster_stands_high_without_governance():
    assert shock.strike(ONE, 0.0, [0.1], [1.0]).query("model == 'gum'").empty
    assert shock.technology(ONE, 0.0, [0.1], [0.0], models=["gum"]).empty
    assert closure_crowding.rigidity(ONE, 0.0, [0.0]).empty


def test_a_response_saves():
    frame = shock.technology(SOME, 0.75, [0.4, 1.5], [0.0, np.inf], models=["gum"])
    wide = frame.pivot(index="size", columns="delay", values="survived")
    assert (wide[0.0] >= wide[np.inf]).all()
    assert wide.loc[1.5, np.inf] <= wide.loc[0.4, np.inf]


def test_without_erosion_and_closing_a_cluster_stays():
    levels = settling.reach(SOME, 0.8)[1]
    assert np.allclose(closure_crowding.closure(SOME, levels, 0.8, erosion=0, closing=0, years=5), levels, atol=1e-6)
    eroded = closure_crowding.closure(SOME, levels, 0.8, erosion=0.2, closing=0, years=5)
    closed = closure_crowding.closure(SOME, levels, 0.8, erosion=0.2, closing=0.2, years=5)
    assert (eroded <= levels + 1e-9).all()
    assert (closed <= eroded + 1e-9).all()


def test_denser_ties_never_harm_without_crowding():
    frame = closure_crowding.rigidity(SOME, 0.8, [0.0, 1.0], ties=0.5)
    assert (frame.query("crowding == 0")["harmed"] == 0).all()
    assert frame.query("crowding == 1 and changed")["harmed"].item() > 0
