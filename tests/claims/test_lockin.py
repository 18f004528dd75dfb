"""Verdicts on paths are computed: another ensemble, another reading or a changed rate gives another verdict."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from gumlib.cases.compare import stages
from gumlib.cases.fitting import results
from gumlib.claims import claims, ensemble, shocks, starts_and_lock_in, types_and_stages
from gumlib.claims.cases import SIMPLE
from gumlib.claims.ensemble import Ensemble
from gumlib.claims.shares import Share
from gumlib.claims.verdict import ALL, APART, BUILT_IN, NO_STATE, POSSIBLE, VERDICTS, Verdict
from gumlib.dynamics import MODELS, Parameters
from gumlib.dynamics.ensemble import sample
from gumlib.dynamics.experiments import closure_crowding, lock_in, shock
from gumlib.dynamics.rivals import lacking

FEW = Ensemble(32, (7, 8))


def use(monkeypatch: pytest.MonkeyPatch, **changes) -> None:
    """Let our ranges and the fitted draws be a few draws with some parameters changed."""
    parameters = sample(32, seed=7).replace(**changes)
    monkeypatch.setattr(ensemble, "fitted_draws", lambda: parameters)
    monkeypatch.setattr(Ensemble, "samples", lambda self: iter([parameters]))
    monkeypatch.setattr(Ensemble, "first", lambda self, draws: parameters)


def low_in(ranges: float, fits: float):
    """Judge two planted shares by the rule of a general claim with the bound one half."""
    judge = ensemble.agreed(lambda values: values["low"] >= 0.5)
    return judge({"low": Share(1000 * ranges, 1000)}, {"low": Share(1000 * fits, 1000)})


@pytest.mark.parametrize(
    ("ranges", "fits", "found"),
    [
        (0.9, 0.9, ("partly", ())),
        (0.1, 0.1, ("not supported", ())),
        (0.9, 0.0, ("not testable here", (APART,))),
        (0.1, 0.9, ("not testable here", (APART,))),
    ],
)
def test_readings_that_disagree_decide_nothing(ranges, fits, found):
    assert low_in(ranges, fits) == found


@pytest.mark.parametrize(
    ("hits", "fits", "verdict"),
    [(40, 0, "partly"), (0, 40, "partly"), (15, 0, "not supported"), (0, 0, "not supported")],
)
def test_can_is_tested_as_can(hits, fits, verdict):
    assert ensemble.possible({"fell": Share(hits, 1000)}, {"fell": Share(fits, 1000)})[0] == verdict


def at_least(bound: float) -> ensemble.Judge:
    return ensemble.agreed(lambda values: values["low"] >= bound)


@pytest.mark.parametrize(("others", "apart"), [((), 0), ((0.5, 0.7), 0), ((0.5, 0.9), 1)])
def test_another_stated_bound_that_gives_another_verdict_is_an_edge(others, apart):
    def measure(parameters: Parameters):
        return {"low": Share(0.8e9, 1e9)}

    found, *_ = ensemble.weigh(measure, at_least, (0.6, *others), FEW)
    assert (found.verdict, found.bounds_apart, found.edge) == ("partly", apart, apart > 0)


@pytest.mark.parametrize(("share", "edge"), [(0.52, True), (0.9, False)])
def test_a_bound_within_the_interval_is_an_edge(share, edge):
    def measure(parameters: Parameters):
        return {"low": Share(share * parameters.draws, parameters.draws)}

    found, *_ = ensemble.weigh(measure, at_least, (0.5,), FEW)
    assert found.edge is edge


def test_a_share_that_others_overrule_is_no_edge():
    judge = ensemble.agreed(lambda values: min(values.values()) >= 0.5)
    shares = {"near": Share(50, 100), "far": Share(1, 100)}
    assert ensemble._decider(judge, shares, shares, 0.5)[1] == shares["far"]


@pytest.mark.parametrize(
    ("ranges", "fits", "decides"),
    [
        ({"lasting": 800, "passing": 0}, {"lasting": 0, "passing": 0}, "lasting, over our ranges"),
        ({"lasting": 800, "passing": 52}, {"lasting": 1000, "passing": 0}, "lasting, as fitted"),
        ({"lasting": 0, "passing": 8}, {"lasting": 0, "passing": 0}, "passing, over our ranges"),
    ],
)
def test_what_can_happen_is_decided_by_a_share_that_shows_it_or_comes_nearest(ranges, fits, decides):
    one, two = ({name: Share(hits, 1000) for name, hits in shares.items()} for shares in (ranges, fits))
    assert ensemble._decider(ensemble.possible, one, two, ensemble.CAN)[0] == decides


def test_a_seed_that_decides_otherwise_is_an_edge():
    turn = iter([0.4, 0.9, 0.9])

    def measure(parameters: Parameters):
        return {"low": Share(1e9 * next(turn), 1e9)}

    found, *_ = ensemble.weigh(measure, at_least, (0.5,), FEW)
    assert (found.verdict, found.seeds_apart, found.edge) == ("partly", 1, True)


def test_c20_fails_where_clusters_rise_by_themselves(monkeypatch):
    use(monkeypatch, baseline=0.4)
    assert starts_and_lock_in.moving_up_is_not_automatic(FEW).verdict == "not supported"


def test_c20_hangs_on_the_reading():
    found = starts_and_lock_in.moving_up_is_not_automatic(FEW)
    assert (found.verdict, found.notes) == ("not testable here", (APART,))
    assert "no feedback" in found.finding


@pytest.mark.parametrize(("exponent", "some"), [(1.0, False), (4.0, True)])
def test_c21_has_no_state_and_tells_how_often_starts_decide(exponent, some, monkeypatch):
    use(monkeypatch, exponent=np.full(32, exponent))
    found = starts_and_lock_in.starts_decide_ends(FEW)
    assert (found.verdict, found.notes, found.edge) == ("not testable here", (NO_STATE,), False)
    assert (found.ranges["two resting levels"].value > 0) is some


@pytest.mark.parametrize("test", [shocks.closing_erodes, starts_and_lock_in.habits_are_hard_to_drop])
def test_what_has_no_state_is_not_testable(test):
    found = test()
    assert (found.verdict, found.notes) == ("not testable here", (NO_STATE,))


def struck(collapsed: dict[float, float], column: str, name: str) -> pd.DataFrame:
    rows = [(model, length, 1000, share) for model in MODELS for length, share in collapsed.items()]
    return pd.DataFrame(rows, columns=["model", name, "draws", column])


@pytest.mark.parametrize(
    ("lasting", "passing", "verdict"),
    [(0.0, 0.0, "not supported"), (0.8, 0.0, "partly"), (0.8, 0.2, "partly")],
)
def test_c24_asks_whether_a_risk_exists(lasting, passing, verdict, monkeypatch):
    table = struck({np.inf: lasting, 3.0: passing}, "collapsed", "length")
    monkeypatch.setattr(shock, "strike", lambda *_, **__: table)
    found = shocks.mature_clusters_face_risk(FEW)
    assert found.verdict == verdict
    assert ("not shown: cyclical" in found.finding) is (verdict == "partly" and not passing)


@pytest.mark.parametrize(
    ("passing", "notes", "told"),
    [
        (0.2, (POSSIBLE, ALL), "all variants show structural; all variants show cyclical"),
        (0.0, (POSSIBLE,), "all variants show structural; no variant shows cyclical"),
    ],
)
def test_c24_says_that_all_variants_show_it_only_where_they_show_both_risks(passing, notes, told, monkeypatch):
    table = struck({np.inf: 0.8, 3.0: passing}, "collapsed", "length")
    monkeypatch.setattr(shock, "strike", lambda *_, **__: table)
    found = shocks.mature_clusters_face_risk(FEW, MODELS)
    assert found.notes == notes
    assert told in found.finding


def test_c24_runs_every_variant_and_names_those_in_which_no_cluster_stands_high():
    found = shocks.mature_clusters_face_risk(Ensemble(256, (25,)))
    assert "no cluster stands high in “no feedback”" in found.finding
    assert ALL not in found.notes


@pytest.mark.parametrize(
    ("own", "beside", "verdict"), [(0.2, 0.0, "partly"), (0.2, 0.2, "partly"), (0.05, 0.0, "not supported")]
)
def test_c25_weighs_each_kind_and_not_what_belongs_to_none(monkeypatch, own, beside, verdict):
    kinds = dict.fromkeys(lock_in.kinds(), 0.5) | {"cognitive": own, lock_in.BESIDE: beside}
    rows = [
        {"model": model, "kind": kind, "rising": 1000, "held": share}
        for model in MODELS
        for kind, share in kinds.items()
    ]
    monkeypatch.setattr(lock_in, "held", lambda *_, **__: pd.DataFrame(rows))
    assert starts_and_lock_in.three_kinds(FEW).verdict == verdict


@pytest.mark.parametrize(("survived", "verdict"), [(0.9, "partly"), (1.0, "not supported")])
def test_c28_asks_for_collapse_alone(survived, verdict, monkeypatch):
    table = struck({np.inf: survived}, "survived", "delay")
    monkeypatch.setattr(shock, "technology", lambda *_, **__: table)
    assert shocks.missing_a_generation(FEW).verdict == verdict


@pytest.mark.parametrize(
    ("extreme", "told"),
    [(0.2, "crowded to the extreme 20.0%"), (0.0, "crowded to the extreme none")],
)
def test_c29_tells_harm_by_crowding_and_decides_nothing(extreme, told, monkeypatch):
    rows = [(0.0, True, 1000, 0.0), (0.75, True, 1000, 0.0), (1.0, True, 1000, extreme), (1.0, False, 1000, 0.9)]
    table = pd.DataFrame(rows, columns=["crowding", "changed", "draws", "harmed"])
    monkeypatch.setattr(closure_crowding, "rigidity", lambda *_: table)
    found = shocks.ties_turn_rigid()
    assert (found.verdict, found.notes) == ("not testable here", (BUILT_IN,))
    assert told in found.row()["over_ranges"]


def test_the_rival_of_c29_cannot_show_harm_by_its_equations():
    assert all(MODELS[name].cooperative for name in lacking("social capital's excess"))


def left_out(own: float) -> pd.DataFrame:
    """Errors of a cluster left out: those of the model, and 0.15 for the naive forecasts."""
    rows = [("gum", case, own) for case in "abcd"] + [(name, case, 0.15) for name in SIMPLE for case in "abcd"]
    return pd.DataFrame(rows, columns=["forecast", "case", "error"])


@pytest.mark.parametrize(
    ("embedded", "own", "verdict"),
    [
        (0, 0.1, "not testable here"),
        (1, 0.1, "not testable here"),
        (2, 0.1, "partly"),
        (2, 0.15, "not distinguishable"),
        (2, 0.2, "not supported"),
    ],
)
def test_c13_needs_clusters_of_both_types(embedded, own, verdict, monkeypatch):
    kinds = pd.Series(["native"] * 2 + ["embedded"] * embedded)
    monkeypatch.setattr(stages, "types", lambda: kinds)
    monkeypatch.setattr(results, "read_fit", lambda table: left_out(own))
    assert types_and_stages.types_share_a_mechanism().verdict == verdict


@pytest.mark.parametrize(
    ("p", "year", "verdict"),
    [
        (0.97, 0.0, "not supported"),
        (0.3, 0.0, "not distinguishable"),
        (0.01, 0.05, "not distinguishable"),
        (0.01, 0.0, "partly"),
    ],
)
def test_c15_compares_stage_with_year(p, year, verdict, monkeypatch):
    table = pd.DataFrame({"alike": 0.1, "others": 0.12, "gap": [0.02, year], "p": [p, 0.01]}, index=["stage", "year"])
    monkeypatch.setattr(stages, "likeness", lambda **_: table)
    assert types_and_stages.differences_mirror_type_and_stage().verdict == verdict


TESTS = starts_and_lock_in.TESTS | shocks.TESTS | types_and_stages.TESTS


@pytest.mark.parametrize("claim", TESTS)
def test_each_rule_names_its_claim_and_a_verdict(claim):
    rule = TESTS[claim].__doc__
    assert rule.startswith(f"{claim}.")
    assert "not supported" in rule.lower() or "not testable here" in rule.lower()


@pytest.mark.parametrize(
    ("claim", "test"),
    [
        ("C20", starts_and_lock_in.moving_up_is_not_automatic),
        ("C25", starts_and_lock_in.three_kinds),
    ],
)
def test_the_register_says_what_could_come_out_where_nothing_is_locked_in_as_fitted(claim, test, monkeypatch):
    """The fitted reading was known when these rules were set; over our ranges any share could have come out."""
    found = set()

    def every(measure, judge_at, bounds, chosen):
        judge, names = judge_at(bounds[0]), list(measure(chosen.first(8)))
        none = dict.fromkeys(names, Share(0, 1000))
        for shares in itertools.product((0, 1000), repeat=len(names)):
            ranges = {name: Share(share, 1000) for name, share in zip(names, shares, strict=True)}
            found.add(judge(ranges, none)[0])
        return Verdict(max(found), ""), none, none

    monkeypatch.setattr(starts_and_lock_in, "weigh", every)
    test(FEW)
    row = claims().loc[claim]
    assert sorted(found, key=VERDICTS.index) == [row["ceiling"], row["floor"]]
