"""The verdicts on C09 and C40 turn when the model, a rival or a threshold is another."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib.claims import mechanisms
from gumlib.dynamics import MODELS
from gumlib.dynamics.experiments import captive_chain, lasting_push

C09, C40 = mechanisms.mechanisms_work_singly_and_together, mechanisms.insertion_leads_to_upgrading


@pytest.fixture
def shares(monkeypatch):
    """Let the shares of C09 be planted: all models 1 singly and 0 together, but for what is changed."""
    index = pd.MultiIndex.from_product([MODELS, lasting_push.PUSHES], names=["model", "push"])
    table = pd.DataFrame(1.0, index, ["L", "I", "E", "S", *lasting_push.MEASURES])
    table[list(lasting_push.MEASURES)] = 0.0
    monkeypatch.setattr(lasting_push, "activation_shares", lambda: table)
    return table


@pytest.fixture
def effects(monkeypatch):
    """Let the shares of C40 be planted: nothing anywhere, but for what is changed."""
    levels = [MODELS, lasting_push.PUSHES, (0.0, 1.0), captive_chain.TARGETS]
    index = pd.MultiIndex.from_product(levels, names=["model", "push", "kept", "variable"])
    table = pd.Series(0.0, index, name="share")
    monkeypatch.setattr(captive_chain, "insertion_shares", lambda **_: table.reset_index())
    return table


def test_what_every_rival_says_too_does_not_distinguish(shares):
    assert C09().verdict == "not distinguishable"


def test_more_than_the_sum_in_the_model_alone_is_partly(shares):
    shares.loc["gum", "ways"] = 0.95
    assert C09().verdict == "partly"


def test_more_than_the_sum_in_a_rival_as_well_does_not_distinguish(shares):
    shares.loc[["gum", "linear"], "ways"] = 0.95
    found = C09()
    assert found.verdict == "not distinguishable"
    assert "from linear as well" in found.finding


def test_the_index_alone_does_not_count(shares):
    shares.loc["gum", "index"] = 1.0
    assert C09().verdict == "not distinguishable"


def test_one_size_of_push_that_fails_is_enough(shares):
    shares.loc["gum", "ways"] = [0.95, 0.95, 0.85]
    assert C09().verdict == "not distinguishable"


def test_a_mechanism_that_does_not_raise_its_way_is_not_supported(shares):
    shares.loc["gum", "S"] = 0.5
    assert C09().verdict == "not supported"


def test_without_any_effect_of_insertion_c40_is_not_supported(effects):
    assert C40().verdict == "not supported"


def test_an_effect_in_the_model_alone_is_partly(effects):
    effects.loc["gum", :, 1.0] = 0.95
    assert C40().verdict == "partly"


def test_an_effect_in_a_rival_as_well_does_not_distinguish(effects):
    effects.loc[["gum", "basic only"]] = 0.95
    assert C40().verdict == "not distinguishable"


def test_an_index_that_rises_alone_is_not_enough(effects):
    effects.loc["gum", :, :, "U"] = 1.0
    assert C40().verdict == "not supported"


def test_the_way_of_innovation_is_shown_and_not_asked_for(effects):
    effects.loc["gum", :, 1.0] = 0.95
    effects.loc["gum", :, 1.0, "N"] = 0.0
    assert C40().verdict == "partly"


def test_a_threshold_out_of_reach_turns_c09(monkeypatch):
    monkeypatch.setattr(lasting_push, "SEEN", 0.9)
    assert C09().verdict == "not supported"


def test_other_draws_of_narrower_governance_turn_what_is_found(monkeypatch):
    real = lasting_push.cases
    monkeypatch.setattr(lasting_push, "cases", lambda draws, seed: (real(64, seed)[0], np.zeros(64)))
    lasting_push._start.cache_clear()
    lasting_push._activated.cache_clear()
    found = C09()
    lasting_push._start.cache_clear()
    lasting_push._activated.cache_clear()
    assert found.verdict == "not supported"
