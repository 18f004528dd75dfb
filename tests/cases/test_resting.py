"""Resting places of the fit are those of its draws: other draws, other shares."""

from __future__ import annotations

import pandas as pd

from gumlib.cases.fitting import results
from gumlib.cases.fitting.resting import GOVERNANCE, resting


def test_shares_follow_the_draws(monkeypatch):
    real = results.read_fit("draws")
    halves = pd.concat([real, real.assign(governance_floor=0.0, baseline=0.001)], ignore_index=True)
    monkeypatch.setattr(results, "read_fit", lambda name: halves)
    table = resting()
    assert table.index.tolist() == list(GOVERNANCE)
    assert table.loc[0.0, ["stuck", "rising"]].tolist() == [0.5, 0.5]
    assert table.sum(axis=1).eq(1).all()
    assert table["bistable"].max() > 0
