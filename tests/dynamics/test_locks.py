"""Damping by kinds of lock-in touches what it names, and holds more where more is taken."""

from __future__ import annotations

import numpy as np
import pytest

from gumlib.dynamics import Parameters, ensemble
from gumlib.dynamics.experiments import lock_in
from gumlib.terms import FACTORS


def test_only_what_starts_from_the_elements_is_damped():
    full = Parameters.uniform()
    half = lock_in.damped(full, ("D", "E"), 0.5)
    share = np.divide(half.weights, full.weights, out=np.ones((6, 6)), where=full.weights > 0)
    named = [FACTORS.index("D"), FACTORS.index("E")]
    np.testing.assert_allclose(share[:, named][full.weights[:, named] > 0], 0.5)
    np.testing.assert_allclose(np.delete(share, named, axis=1), 1.0)
    assert lock_in.damped(full, ("D", "E"), 1.0) == full


def test_every_factor_belongs_to_one_kind_or_the_control():
    codes = [code for elements in lock_in.kinds().values() for code in elements]
    assert sorted(codes) == sorted([*FACTORS, "G"])


def test_more_is_held_where_more_is_taken():
    table = lock_in.held(ensemble.sample(64, seed=3), 0.75, (0.0, 0.5, 1.0), ["gum"])
    held = table.pivot(index="kind", columns="kept", values="held")
    assert (held[1.0] == 0).all()
    assert (held[0.0] >= held[0.5]).all()
    assert (held[0.0] > 0).all()


def test_governance_counts_where_the_kind_names_it(monkeypatch):
    parameters = ensemble.sample(64, seed=3)
    with_it = lock_in.held(parameters, 0.75, models=["gum"]).set_index("kind")["held"]
    monkeypatch.setattr(lock_in, "kinds", lambda: {"political": ("P",)})
    assert lock_in.held(parameters, 0.75, models=["gum"])["held"].iloc[0] < with_it["political"]


def test_no_share_where_nothing_rises():
    table = lock_in.held(ensemble.sample(8, seed=3).replace(baseline=0.0), 0.0, models=["gum"])
    assert table["rising"].eq(0).all()
    assert table["held"].isna().all()


@pytest.mark.parametrize("kept", [-0.1, np.nan])
def test_a_share_that_is_none_is_refused(kept):
    with pytest.raises(ValueError, match="weights"):
        lock_in.damped(Parameters.uniform(), ("L",), kept)
