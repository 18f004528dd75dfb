"""Verdicts on the running of the mechanism: what decides nothing says so, and C12 follows the forecasts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib.cases.fitting import forecasts, leave_one_out, results
from gumlib.claims import running
from gumlib.claims.ensemble import Ensemble
from gumlib.claims.verdict import BUILT_IN, Verdict
from gumlib.dynamics import Parameters, ensemble
from gumlib.dynamics.rivals import lacking

FEW = Ensemble(8, (1, 2))


@pytest.mark.parametrize("test", [running.co_operation_under_governance, running.running_order])
def test_a_test_that_could_end_in_one_way_only_decides_nothing(test):
    found = test()
    assert (found.verdict, found.notes) == ("not testable here", (BUILT_IN,))


def test_c12_counts_the_variants_without_interaction_alone():
    found = running.interdependence_moves(FEW)
    assert all(f"{name} in " in found.finding for name in lacking("interaction"))
    assert "linear" not in found.finding
    assert "a cluster left out at a time: independent in one of the 4 clusters" in found.finding


def left_out(gap: float, spread: float = 0.0) -> pd.DataFrame:
    """Errors of a cluster left out: those of the rivals larger than the model's by a gap, give or take a spread."""
    rows = [("gum", case, 0.2) for case in "abcd"]
    rows += [
        (rival, case, 0.2 + gap + way * spread)
        for rival in ("independent", "linear", "no governance")
        for case, way in zip("abcd", (1, -1, 1, -1), strict=True)
    ]
    return pd.DataFrame(rows, columns=["forecast", "case", "error"])


@pytest.mark.parametrize(
    ("first", "gap", "spread", "verdict"),
    [
        ("not distinguishable", 0.1, 0.0, "partly"),
        ("not distinguishable", -0.1, 0.0, "not supported"),
        ("not distinguishable", 0.1, 0.2, "not distinguishable"),
        ("partly", 0.1, 0.01, "partly"),
        ("partly", 0.1, 0.09, "partly"),
        ("partly", 0.1, 0.2, "partly"),
        ("partly", -0.1, 0.0, "not distinguishable"),
        ("not supported", -0.1, 0.0, "not supported"),
        ("not supported", 0.1, 0.0, "not distinguishable"),
        ("not supported", 0.1, 0.2, "not supported"),
    ],
)
def test_c12_joins_two_tests(first, gap, spread, verdict):
    gaps = leave_one_out.differences(left_out(gap, spread))
    assert running.both(Verdict(first, "so"), gaps).verdict == verdict


@pytest.mark.parametrize(("gap", "verdict"), [(0.1, "partly"), (-0.1, "not supported")])
def test_c12_follows_the_clusters_left_out(gap, verdict, monkeypatch):
    monkeypatch.setattr(results, "read_fit", lambda table: left_out(gap))
    assert running.interdependence_moves(FEW).verdict == verdict


@pytest.mark.parametrize(("better", "verdict"), [(0.1, "partly"), (-0.5, "not supported")])
def test_c12_follows_the_errors(better, verdict, monkeypatch):
    real = forecasts.errors

    def moved(models, *, draws, seed):
        table = real(models, draws=draws, seed=seed)
        return table.assign(error=np.where(table["model"] == "gum", 0.3 - better, 0.3))

    monkeypatch.setattr(forecasts, "errors", moved)
    assert running.interdependence_moves(FEW).verdict == verdict


@pytest.mark.parametrize(("own", "without"), [(-0.1, "the rival “no feedback” it would be not supported"), (0.1, "")])
def test_c12_is_on_the_edge_where_the_rival_that_was_never_fitted_turns_it(own, without, monkeypatch):
    gaps = {"independent": own, "no feedback": 0.5}
    real = forecasts.differences
    monkeypatch.setattr(
        forecasts,
        "differences",
        lambda table: real(table).assign(median=lambda found: found.index.get_level_values(0).map(gaps)),
    )
    monkeypatch.setattr(results, "read_fit", lambda table: left_out(own, 0.2))
    found = running.interdependence_moves(FEW)
    assert (found.without, found.edge) == (without, bool(without))


def test_c12_needs_every_cluster():
    index = pd.MultiIndex.from_product([lacking("interaction"), list("abcd")])
    gaps = pd.DataFrame({"median": 0.1}, index=index)
    assert running.closer(gaps).verdict == "partly"
    gaps.loc[("independent", "d"), "median"] = -0.001
    assert running.closer(gaps).verdict == "not distinguishable"
    assert running.closer(-gaps.abs()).verdict == "not supported"


def test_c12_a_model_run_with_other_numbers_is_another_finding(monkeypatch):
    before = running.interdependence_moves(FEW).finding
    monkeypatch.setattr(ensemble, "sample", lambda draws, seed: Parameters.uniform(total=np.full(draws, 2.0)))
    assert running.interdependence_moves(FEW).finding != before
