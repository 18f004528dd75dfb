"""Mechanisms set going: what must hold whatever the draws, and what the captive chain cuts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib.cases.compare import lead_lag
from gumlib.cases.compare.pairings import coded
from gumlib.dynamics import MODELS, Parameters, extremes
from gumlib.dynamics.experiments import captive_chain, lasting_push
from gumlib.errors import GumError
from gumlib.terms import BASIC, FACTORS, WAY_OF, WAYS

FEW = 32
COOPERATIVE = [name for name, model in MODELS.items() if model.cooperative]


def effects(model="gum", push=0.1, **options):
    return lasting_push.effects(model, push, draws=FEW, **options)


def test_governance_is_spread_evenly_and_the_same_each_time():
    first, second = lasting_push.cases(FEW), lasting_push.cases(FEW)
    assert first[0] == second[0]
    assert first[1].tolist() == second[1].tolist()
    assert np.sort(first[1]) == pytest.approx((np.arange(FEW) + 0.5) / FEW)


@pytest.mark.parametrize("model", COOPERATIVE)
def test_a_push_harms_nothing_where_factors_only_help(model):
    assert (effects(model, pairs=True) > -1e-9).all(axis=None)


def test_no_push_changes_nothing():
    assert effects(push=0.0).abs().max(axis=None) < 1e-9


def test_without_interaction_only_the_own_factor_and_way_move():
    table = effects("independent")
    for factor, way in WAY_OF.items():
        others = [code for code in (*FACTORS, *WAYS) if code not in (factor, way)]
        assert table.loc[factor, others].abs().max(axis=None) < 1e-9
        assert (table.loc[factor, way] > 0).all()


def test_without_interaction_the_ways_add_up_and_the_index_does_not():
    terms = lasting_push.interaction_terms(effects("independent", pairs=True)).set_index("measure")["interaction"]
    assert terms["ways"].abs().max() < 1e-12
    assert terms["basic factors"].abs().max() < 1e-12
    joint = lasting_push.interaction_terms(effects("independent")).query("measure == 'index'")
    assert (joint["interaction"] > 0).all()


def test_the_interaction_term_is_the_joint_effect_less_the_single_ones():
    table = effects(pairs=True)
    term = (
        lasting_push.interaction_terms(table)
        .query("measure == 'ways' and group == 'LS' and draw == 3")["interaction"]
        .item()
    )
    ways = table[list(WAYS)].mean(axis=1).unstack("group").loc[3]
    assert term == pytest.approx(ways["LS"] - ways["L"] - ways["S"])


def test_the_effect_of_a_long_push_is_that_of_more_baseline_growth(monkeypatch):
    monkeypatch.setattr(lasting_push, "PUSHED_YEARS", 400.0)
    parameters, governance = Parameters.uniform(total=np.full(2, 0.6)), np.array([0.4, 0.5])
    found = lasting_push.pushed(parameters, governance, [("E",)], 0.1)[list(FACTORS)].to_numpy()
    grown = parameters.replace(baseline={code: 0.02 + 0.1 * (code == "E") for code in FACTORS})
    expected = extremes(grown, governance)[0] - extremes(parameters, governance)[0]
    assert found == pytest.approx(expected, abs=1e-6)


def test_shares_count_draws_above_the_threshold():
    shares = lasting_push.activation_shares(["gum"], [0.1], draws=FEW).loc[("gum", 0.1)]
    assert shares["L"] == (effects().loc["L", "T"] > lasting_push.SEEN).mean()


def test_an_effect_returned_may_be_changed_without_harm():
    table = effects()
    table.loc[:] = 0.0
    assert effects().abs().max(axis=None) > 0


def test_a_negative_push_is_refused():
    with pytest.raises(GumError, match="push of zero or more"):
        lasting_push.pushed(*lasting_push.cases(8), [("L",)], -0.1)


# Insertion


def test_an_open_chain_changes_nothing():
    parameters = Parameters.uniform()
    assert captive_chain.captive(parameters, 1.0) == parameters


def test_a_captive_chain_cuts_two_weights_and_no_other():
    parameters = Parameters.uniform()
    changed = np.argwhere(captive_chain.captive(parameters, 0.25).weights != parameters.weights)
    assert [(FACTORS[row], FACTORS[column]) for row, column in changed] == [("L", "E"), ("I", "E")]
    only = np.argwhere(captive_chain.captive(parameters, 0.25, ["I"]).weights != parameters.weights)
    assert [(FACTORS[row], FACTORS[column]) for row, column in only] == [("I", "E")]


@pytest.mark.parametrize("kept", [-0.1, 1.1, np.nan])
def test_a_share_outside_zero_and_one_is_refused(kept):
    with pytest.raises(GumError, match="share kept from 0 to 1"):
        captive_chain.captive(Parameters.uniform(), kept)


def test_the_more_the_chain_lets_through_the_more_a_small_push_on_a_low_cluster_does():
    parameters, governance = Parameters.uniform(total=np.full(2, 0.5)), np.array([0.3, 0.5])
    found = [
        lasting_push.pushed(captive_chain.captive(parameters, kept), governance, [("E",)], 0.02)
        for kept in captive_chain.KEPT_SHARES
    ]
    learning = np.array([part["L"] for part in found])
    assert (np.diff(learning, axis=0) > 0).all()
    assert (learning[0] > 0).all()


def test_without_interaction_insertion_teaches_nothing():
    table = captive_chain.insertion("independent", draws=FEW)
    assert table[["L", "I", "N"]].abs().max(axis=None) < 1e-9
    assert (table["U"] > 0).all()


def test_the_table_of_shares_agrees_with_the_effects():
    table = captive_chain.insertion_shares(["linear"], [0.5], draws=FEW).set_index("variable")
    effect = captive_chain.insertion("linear", 0.5, draws=FEW)
    assert table.loc["I", "share"] == (effect["I"] > lasting_push.SEEN).mean()
    assert table.loc["I", "median"] == pytest.approx(effect["I"].median())


# The coded clusters


def planted() -> pd.DataFrame:
    """Levels in which learning rises by a tenth of insertion, epoch by epoch."""
    spread = coded()["E"].unstack("year").mul([0.3, 1.0, 0.6, 0.8], axis=0)
    learning = (0.1 * spread).cumsum(axis=1).shift(1, axis=1).fillna(0.0)
    return pd.DataFrame({"E": spread.stack(), "L": learning.stack(), "I": learning.stack()})


def test_a_planted_effect_of_insertion_is_found():
    order = lead_lag.followed(planted()).set_index(["first", "then"])
    assert order.loc[("E", "L"), "correlation"] == pytest.approx(1)
    assert order.loc[("E", "L"), "rank"] == 1
    assert order.loc[("E", "L"), "cells"] == 20


def test_the_rank_does_not_depend_on_the_order_of_the_clusters():
    levels = coded()
    pd.testing.assert_frame_equal(lead_lag.followed(levels.iloc[::-1].sort_index()), lead_lag.followed(levels))


def test_every_basic_factor_is_pushed():
    assert effects().index.unique("group").tolist() == [*BASIC, "".join(BASIC)]
