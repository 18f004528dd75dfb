"""Verdicts on paths are computed: another ensemble, another model or a changed rate gives another verdict."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib.cases.compare import stages
from gumlib.cases.fitting import results
from gumlib.claims import dynamic_path
from gumlib.claims.cases import SIMPLE
from gumlib.dynamics import Parameters, ensemble, settling
from gumlib.dynamics.experiments import closure_crowding, lock_in, shock

NAMES = ("gum", *dynamic_path.RIVALS)


def use(monkeypatch: pytest.MonkeyPatch, parameters: Parameters) -> None:
    monkeypatch.setattr(dynamic_path, "draws", lambda: parameters)


def few(**changes) -> Parameters:
    return ensemble.sample(32, seed=7).replace(**changes)


def frame(values: dict, name: str, **columns) -> pd.DataFrame:
    return pd.DataFrame([{"model": model, name: value, **columns} for model, value in values.items()])


@pytest.mark.parametrize(
    ("own", "rivals", "verdict"),
    [
        (False, {"linear": True}, "not supported"),
        (True, {"linear": True}, "not distinguishable"),
        (True, {"linear": False}, "partly"),
        (True, {}, "partly"),
    ],
)
def test_a_model_result_is_partly_at_most(own, rivals, verdict):
    assert dynamic_path.judged(own, rivals, "so").verdict == verdict


def test_c20_fails_where_clusters_rise_by_themselves(monkeypatch):
    use(monkeypatch, few(baseline=0.4))
    assert dynamic_path.moving_up_is_not_automatic().verdict == "not supported"


def test_c20_sees_that_rivals_stay_low_too(monkeypatch):
    use(monkeypatch, few())
    verdict = dynamic_path.moving_up_is_not_automatic()
    assert verdict.verdict == "not distinguishable"
    assert "independent" in verdict.finding


def test_c21_and_c23_fail_without_thresholds(monkeypatch):
    use(monkeypatch, few(exponent=np.ones(32)))
    assert dynamic_path.starts_decide_ends().verdict == "not supported"
    assert dynamic_path.habits_are_hard_to_drop().verdict == "not supported"


def test_c21_and_c23_are_shared_with_independent_growth(monkeypatch):
    use(monkeypatch, few(exponent=np.full(32, 4.0)))
    assert "independent" in dynamic_path.starts_decide_ends().finding
    assert dynamic_path.habits_are_hard_to_drop().verdict == "not distinguishable"


def test_c21_is_partly_implied_where_no_rival_has_two_ends(monkeypatch):
    table = frame({name: 0.3 * (name == "gum") for name in NAMES}, "share", regime="bistable", governance=1.0)
    monkeypatch.setattr(settling, "shares", lambda *_: table)
    assert dynamic_path.starts_decide_ends().verdict == "partly"


def test_c22_is_partly_implied_where_erosion_costs_more(monkeypatch):
    real = closure_crowding.closure

    def harsher(*arguments, erosion, closing, model):
        return real(*arguments, erosion=10 * erosion if model == "gum" else 0.0, closing=closing, model=model)

    use(monkeypatch, ensemble.sample(64, seed=7))
    monkeypatch.setattr(closure_crowding, "closure", harsher)
    assert dynamic_path.closing_erodes().verdict == "partly"


def test_c22_is_not_supported_without_erosion(monkeypatch):
    monkeypatch.setattr(dynamic_path, "lost", lambda model: (0.3, 0.3))
    assert dynamic_path.closing_erodes().verdict == "not supported"


@pytest.mark.parametrize(
    ("lasting", "passing", "rival", "verdict"),
    [
        (0.05, 0.05, 0.9, "not supported"),
        (0.8, 0.05, 0.9, "not distinguishable"),
        (0.8, 0.2, 0.0, "partly"),
    ],
)
def test_c24_weighs_both_risks(lasting, passing, rival, verdict, monkeypatch):
    rows = []
    for name in NAMES:
        own = name == "gum"
        rows.append((name, np.inf, lasting if own else rival, np.nan))
        rows.append((name, 3.0, passing if own else rival, 4.0))
    table = pd.DataFrame(rows, columns=["model", "length", "collapsed", "recovery"])
    monkeypatch.setattr(shock, "strike", lambda *_: table)
    assert dynamic_path.mature_clusters_face_risk().verdict == verdict


@pytest.mark.parametrize(
    ("own", "control", "rival", "verdict"),
    [
        (0.2, 0.0, 0.0, "partly"),
        (0.2, 0.2, 0.0, "not distinguishable"),
        (0.2, 0.0, 0.2, "not distinguishable"),
        (0.05, 0.0, 0.2, "not supported"),
    ],
)
def test_c25_weighs_each_kind_the_control_and_the_rivals(monkeypatch, own, control, rival, verdict):
    kinds = dict.fromkeys(lock_in.kinds(), 0.5) | {"cognitive": own, lock_in.CONTROL: control}
    rows = [
        {"model": model, "kind": kind, "rising": 9, "held": share if model == "gum" else rival}
        for model in NAMES
        for kind, share in kinds.items()
    ]
    monkeypatch.setattr(lock_in, "held", lambda *_: pd.DataFrame(rows))
    assert dynamic_path.three_kinds().verdict == verdict


@pytest.mark.parametrize(
    ("quick", "late", "none", "verdict"),
    [(0.98, 0.9, 0.8, "partly"), (0.85, 0.9, 0.8, "not supported"), (1.0, 0.97, 0.95, "not supported")],
)
def test_c28_asks_for_collapse_and_for_speed(quick, late, none, verdict, monkeypatch):
    rows = [("gum", 0.0, quick), ("gum", 6.0, late), ("gum", np.inf, none)]
    rows += [(name, delay, 1.0) for name in dynamic_path.RIVALS for delay in (0.0, 6.0, np.inf)]
    table = pd.DataFrame(rows, columns=["model", "delay", "survived"])
    monkeypatch.setattr(shock, "technology", lambda *_: table)
    assert dynamic_path.missing_a_generation().verdict == verdict


@pytest.mark.parametrize(
    ("calm", "changed", "verdict"), [(0.05, 0.2, "partly"), (0.2, 0.2, "not supported"), (0.0, 0.05, "not supported")]
)
def test_c29_asks_for_harm_by_change(calm, changed, verdict, monkeypatch):
    rows = [(0.0, False, 0.0), (0.0, True, 0.0), (0.75, False, calm), (0.75, True, changed)]
    table = pd.DataFrame(rows, columns=["crowding", "changed", "harmed"])
    monkeypatch.setattr(closure_crowding, "rigidity", lambda *_: table)
    assert dynamic_path.ties_turn_rigid().verdict == verdict


def left_out(**errors: float) -> pd.DataFrame:
    """Errors of a cluster left out: 0.2 for all, but for those given; the last two are naive forecasts."""
    rows = [(name, "model", case, errors.get(name, 0.2)) for name in NAMES for case in "abcd"]
    rows += [(name, "naive", case, 0.15) for name in SIMPLE for case in "abcd"]
    return pd.DataFrame(rows, columns=["forecast", "kind", "case", "error"])


@pytest.mark.parametrize(
    ("own", "rival", "errors", "verdict"),
    [
        (0.9, 1.0, {"gum": 0.1}, "not supported"),
        (0.99, 0.99, {"gum": 0.1}, "not distinguishable"),
        (0.99, 0.5, {"gum": 0.1}, "partly"),
        (0.99, 0.5, {"gum": 0.1, "linear": 0.12}, "not distinguishable"),
        (0.99, 0.5, {"gum": 0.15}, "not distinguishable"),
        (0.99, 0.5, {}, "not supported"),
    ],
)
def test_c13_compares_with_rivals_and_is_partly_at_most(own, rival, errors, verdict, monkeypatch):
    table = frame({name: own if name == "gum" else rival for name in NAMES}, "same")
    monkeypatch.setattr(settling, "two_starts", lambda *_: table)
    monkeypatch.setattr(results, "read", lambda table: left_out(**errors))
    assert dynamic_path.types_share_a_mechanism().verdict == verdict


def test_c13_on_the_evidence_names_the_clusters_left_out(monkeypatch):
    table = frame(dict.fromkeys(NAMES, 1.0), "same")
    monkeypatch.setattr(settling, "two_starts", lambda *_: table)
    assert "mean of the others in 1 of 4" in dynamic_path.types_share_a_mechanism().finding


@pytest.mark.parametrize(
    ("p", "year", "verdict"), [(0.3, 0.0, "not supported"), (0.01, 0.05, "not distinguishable"), (0.01, 0.0, "partly")]
)
def test_c15_compares_stage_with_year(p, year, verdict, monkeypatch):
    table = pd.DataFrame({"alike": 0.1, "others": 0.12, "gap": [0.02, year], "p": [p, 0.01]}, index=["stage", "year"])
    monkeypatch.setattr(stages, "sorting", lambda **_: table)
    assert dynamic_path.differences_mirror_type_and_stage().verdict == verdict


@pytest.mark.parametrize("claim", dynamic_path.TESTS)
def test_each_rule_names_its_claim_and_a_verdict(claim):
    rule = dynamic_path.TESTS[claim].__doc__
    assert rule.startswith(f"{claim}.")
    assert "not supported" in rule.lower()
