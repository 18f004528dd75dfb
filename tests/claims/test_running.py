"""Verdicts on the running of the mechanism change when the model or its numbers change."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from gumlib import model
from gumlib.cases.fitting import forecasts, leave_one_out, results
from gumlib.claims import running
from gumlib.claims.verdict import Verdict
from gumlib.dynamics import MODELS, Parameters, Rival, ensemble
from gumlib.dynamics.experiments import governance, pulse

GOVERNED, TIMING, SAMPLE = governance.governed, pulse.timing, ensemble.sample
QUICK = 64


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(governance, "governed", lambda models: GOVERNED(models, draws=QUICK))
    monkeypatch.setattr(pulse, "timing", lambda models: TIMING(models, draws=QUICK))


def test_c06_rivals_answer_to_governance_too():
    found = running.co_operation_under_governance()
    assert found.verdict == "not distinguishable"
    assert "100% of draws" in found.finding


def test_c06_is_partly_met_where_no_rival_has_a_threshold(monkeypatch):
    monkeypatch.setattr(running, "RIVALS", ("linear", "no governance"))
    assert running.co_operation_under_governance().verdict == "partly"


def test_c06_fails_where_governance_does_nothing(monkeypatch):
    monkeypatch.setitem(MODELS, "gum", Rival("gum", "deaf to governance", governed=False))
    assert running.co_operation_under_governance().verdict == "not supported"


def test_c06_fails_where_interactions_are_too_weak_for_two_ends(monkeypatch):
    monkeypatch.setattr(ensemble, "sample", lambda draws, seed: Parameters.uniform(total=np.full(draws, 0.2)))
    assert running.co_operation_under_governance().verdict == "not supported"


def test_c07_rivals_keep_the_order_too():
    found = running.running_order()
    assert found.verdict == "not distinguishable"
    assert "mechanisms before ways in 100% of pulses" in found.finding


def test_c07_fails_where_the_index_does_not_wait_for_the_ways(monkeypatch):
    def early(models):
        table = TIMING(models, draws=QUICK)
        return table.assign(index=table["mechanisms"])

    monkeypatch.setattr(pulse, "timing", early)
    assert running.running_order().verdict == "not supported"


def test_c07_is_partly_met_where_the_rivals_lose_the_order(monkeypatch):
    monkeypatch.setattr(running, "RIVALS", ("independent",))
    assert running.running_order().verdict == "partly"


@pytest.mark.parametrize("edge", [("U", "L"), ("L", "U"), ("L", "T")])
def test_c07_fails_with_a_cycle_or_a_short_cut(edge, monkeypatch):
    graph = model.gum()
    graph.add_edge(*edge, group="route")
    assert isinstance(graph, nx.DiGraph)
    monkeypatch.setattr(model, "gum", lambda: graph)
    assert running.running_order().verdict == "not supported"


def test_c12_the_coded_clusters_do_not_tell():
    found = running.interdependence_moves()
    assert found.verdict == "not distinguishable"
    assert "independent in 0 of 4 clusters" in found.finding
    assert "of 4 clusters left out: independent in 1" in found.finding


def left_out(gap: float, spread: float = 0.0) -> pd.DataFrame:
    """Errors of a cluster left out: those of the rivals larger than the model's by a gap, give or take a spread."""
    rows = [("gum", case, 0.2) for case in "abcd"]
    rows += [
        (rival, case, 0.2 + gap + way * spread)
        for rival in forecasts.RIVALS
        for case, way in zip("abcd", (1, -1, 1, -1), strict=True)
    ]
    return pd.DataFrame(rows, columns=["forecast", "case", "error"])


@pytest.mark.parametrize(
    ("first", "gap", "spread", "verdict"),
    [
        ("not distinguishable", 0.1, 0.0, "partly"),
        ("not distinguishable", -0.1, 0.0, "not supported"),
        ("not distinguishable", 0.1, 0.2, "not distinguishable"),
        ("partly", 0.1, 0.01, "supported"),
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
    monkeypatch.setattr(results, "read", lambda table: left_out(gap))
    assert running.interdependence_moves().verdict == verdict


@pytest.mark.parametrize(("better", "verdict"), [(0.1, "partly"), (-0.5, "not supported")])
def test_c12_follows_the_errors(better, verdict, monkeypatch):
    table = forecasts.errors(draws=8)
    own = table["model"] == "gum"
    moved = table.assign(error=np.where(own, table["error"].to_numpy() * 0 + (0.3 - better), 0.3))
    monkeypatch.setattr(forecasts, "errors", lambda: moved)
    assert running.interdependence_moves().verdict == verdict


def test_c12_needs_every_cluster():
    index = pd.MultiIndex.from_product([forecasts.RIVALS, list("abcd")])
    gaps = pd.DataFrame({"median": 0.1}, index=index)
    assert running.closer(gaps).verdict == "partly"
    gaps.loc[("linear", "d"), "median"] = -0.001
    assert running.closer(gaps).verdict == "not distinguishable"
    assert running.closer(-gaps.abs()).verdict == "not supported"


def test_c12_a_model_run_with_other_numbers_is_another_finding(monkeypatch):
    before = running.interdependence_moves().finding
    monkeypatch.setattr(ensemble, "sample", lambda draws, seed: Parameters.uniform(total=np.full(draws, 2.0)))
    assert running.interdependence_moves().finding != before
