"""Instruments, portfolios, search, timing: what must hold whatever the numbers."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from gumlib import cases, policy
from gumlib.errors import GumError
from gumlib.policy import counterfactuals, evaluation, levers, results, search, timing
from gumlib.policy import portfolio as make
from gumlib.policy import worlds as draw

catalogue = import_module("gumlib.policy.catalogue")
"""The module; the package has a function of that name."""
FEW = ("plan", "conference", "covenant", "registry", "fair")


@pytest.fixture(scope="module")
def four():
    return [cases.load(name) for name in cases.names()]


@pytest.fixture(scope="module")
def worlds():
    return draw(16)


@pytest.fixture(scope="module")
def found(four, worlds):
    return policy.pareto(6, four, worlds, names=FEW)


def test_cases_that_share_their_draws_count_as_one_trial_a_draw():
    one = np.random.default_rng(4).random((1, 200)) < 0.3
    alone, doubled = evaluation.share_and_interval(one), evaluation.share_and_interval(np.repeat(one, 4, axis=0))
    assert doubled[0] == alone[0]
    assert doubled[1] == pytest.approx(alone[1])
    apart = evaluation.share_and_interval(np.random.default_rng(5).random((4, 200)) < 0.3)
    assert apart[1][1] - apart[1][0] < 0.7 * (alone[1][1] - alone[1][0])


def test_a_larger_budget_never_lowers_the_best_mix(four, worlds):
    held, gains = levers.mixes(four[:1], worlds, names=FEW, costs=4)
    best = held.groupby("budget")["gain"].max()
    assert best.index.tolist() == list(levers.BUDGETS) == gains["budget"].tolist()
    assert best.is_monotonic_increasing


def test_the_interval_for_one_case_is_that_of_wilson():
    holds = np.arange(50)[None] < 13
    exact = binomtest(13, 50).proportion_ci(method="wilson")
    assert evaluation.share_and_interval(holds)[1] == pytest.approx((exact.low, exact.high))
    assert evaluation.share_and_interval(np.zeros((2, 30), dtype=bool))[1][0] == 0.0
    assert evaluation.share_and_interval(np.ones((2, 30), dtype=bool))[1][1] == 1.0


def test_every_instrument_is_documented_and_marked_as_assumed():
    table = policy.instruments()
    assert 12 <= len(table) <= 18
    assert set(table["level"]) == set(catalogue.LEVELS)
    assert table["ledger_ids"].str.len().gt(0).all()
    assert table["basis"].str.contains("Assumed by us").all()
    assert set(policy.documented()["cluster"]) == set(cases.names())


def test_overlap_costs_where_two_instruments_act_on_one_factor_only(four, worlds):
    same = catalogue.instruments().query("acts_on == 'G'").index[:2]
    lost = [
        policy.coordination(make(*names), four[:1], worlds).set_index("setting")["against"]
        for names in (same[:1], same)
    ]
    assert [one["as planned"] for one in lost] == [0, 0]
    assert lost[0]["overlap"] == 0
    assert lost[1]["overlap"] < 0


def test_policy_never_keeps_a_cluster_from_adjusting_and_pressure_never_helps(four, worlds):
    table = counterfactuals.adjusting(four[:2], worlds, ["gum"])
    wide = table.pivot(index="case", columns=["setting", "pressed"], values="share")
    assert (wide["with"] >= wide["without"]).all(axis=None)
    for setting in table["setting"].unique():
        assert (wide[setting][False] >= wide[setting][True]).all()


def test_more_budget_never_lowers_the_best_value(found):
    for by in ("chance", "gain"):
        values = policy.best(found, [0, 1, 2, 3, 4, 5, 6], by)[by]
        assert (values.diff().dropna() >= 0).all()


def test_no_portfolio_on_the_front_is_dominated(found):
    for value, front in (("chance", "front"), ("gain", "front_gain")):
        assert found[front].any()
        for row in found[found[front]].itertuples():
            cost, own = row.cost, getattr(row, value)
            no_dearer, no_worse = found["cost"] <= cost, found[value] >= own
            better = (found["cost"] < cost) | (found[value] > own)
            assert not (no_dearer & no_worse & better).any()


def test_what_is_off_the_front_is_dominated(found):
    for row in found[~found["front"]].itertuples():
        assert (
            (found["cost"] <= row.cost)
            & (found["chance"] >= row.chance)
            & ((found["cost"] < row.cost) | (found["chance"] > row.chance))
        ).any()


def test_the_search_leaves_nothing_out(found):
    costs = policy.instruments()["cost"]
    subsets = [
        sum(costs[name] for at, name in enumerate(FEW) if number >> at & 1) <= 6 for number in range(2 ** len(FEW))
    ]
    assert len(found) == sum(subsets) == found["portfolio"].nunique()


def test_no_policy_is_policy_that_never_works(four, worlds):
    nothing = evaluation.outcomes([make()], four, worlds)
    idle = evaluation.outcomes([make("fair", "covenant", "defence", until=0)], four, worlds)
    late = evaluation.outcomes([make("fair", "covenant", "defence", delay=100)], four, worlds)
    for other in (idle, late):
        assert np.abs(nothing.index - other.index).max() < 1e-5
        assert (nothing.out == other.out).all()
    assert policy.evaluate(make(), four, worlds)["gain"].eq(0).all()


def test_same_seed_same_answer(four, found):
    pd.testing.assert_frame_equal(found, policy.pareto(6, four, draw(16), names=FEW))
    other = policy.pareto(6, four, draw(16, seed=7), names=FEW)
    assert not np.allclose(found["gain"], other["gain"])


def test_the_batch_does_not_matter(four, worlds):
    several = [make(), make("fair"), make("covenant", "plan")]
    together = evaluation.outcomes(several, four[:1], worlds).index
    alone = np.concatenate([evaluation.outcomes([one], four[:1], worlds).index for one in several])
    assert np.abs(together - alone).max() < 1e-5


def test_more_instruments_never_harm(four, worlds):
    several = [make(), make("covenant"), make("covenant", "fair"), make("covenant", "fair", "defence")]
    index = evaluation.outcomes(several, four, worlds).index
    assert (np.diff(index, axis=0) >= -1e-6).all()


def test_synergy_is_symmetric(four, worlds):
    names = ["plan", "covenant", "conference"]
    one = policy.matrix(policy.synergy(four[:2], worlds, names=names))
    two = policy.matrix(policy.synergy(four[:2], worlds, names=names[::-1]))
    pd.testing.assert_frame_equal(one, two)
    assert np.array_equal(one.to_numpy(), one.to_numpy().T, equal_nan=True)


def test_a_lasting_instrument_is_never_better_late(four, worlds):
    late = [make("covenant", "registry", delay=by) for by in (0, 3, 6, 9, 12)]
    index = evaluation.outcomes(late, four, worlds).index
    assert (np.diff(index, axis=0) <= 1e-6).all()


def test_a_programme_with_a_fixed_end_is_never_better_late(four, worlds):
    late = [make("college", "design", delay=by, until=10) for by in (0, 2, 4, 6)]
    index = evaluation.outcomes(late, four, worlds).index
    assert (np.diff(index, axis=0) <= 1e-6).all()


def test_overlap_never_helps(four, worlds):
    whole = make("college", "centre", "covenant", "conference")
    index = evaluation.outcomes([whole, replace(whole, overlap=0.5)], four, worlds).index
    assert (index[1] <= index[0] + 1e-6).all()
    assert (index[1] < index[0] - 1e-4).any()


def test_orders_and_failures_have_their_rows(four, worlds):
    assert len(policy.sequence(["plan", "fair", "covenant"], four[:1], worlds)) == 7
    assert policy.coordination(make("plan"), four[:1], worlds)["setting"].iloc[0] == "as planned"
    shifts = policy.delays(make("covenant"), four[:1], worlds, late=[0, 4, 8])
    assert shifts["gain"].is_monotonic_decreasing


def test_delayed_policy_lies_between_with_and_without(four, worlds):
    for case in four:
        ends = [
            counterfactuals.simulate_case(case, worlds, name).index[:, -1] for name in ("with", "delayed", "without")
        ]
        assert (ends[0] >= ends[1] - 1e-9).all()
        assert (ends[1] >= ends[2] - 1e-9).all()


def test_policy_adds_nothing_where_no_factor_acts_on_another(four, worlds):
    table = counterfactuals.policy_effects(four[:1], worlds, ["independent", "basic only"])
    assert table.query("what == 'index'")["median"].abs().max() < 1e-9


def test_ranks_are_ranks(four, worlds):
    table = levers.rank_levers(four[:1], worlds)
    assert table["rank"].between(1, len(policy.instruments())).all()
    assert (table["rank_low"] <= table["rank_high"]).all()


def test_stored_tables_hold_what_the_pages_read():
    assert results.read_study("portfolios")["cost"].max() <= results.BUDGET
    assert set(results.read_study("levers")["source"]) == set(results.PARAMETER_SOURCES)
    assert results.read_study("portfolios").query("front").shape[0] > 3


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: make("tariff"), "expected one of fair"),
        (lambda: make("fair", "fair"), "'fair' twice"),
        (lambda: make("fair", delay=-1), "expected delay of zero or more"),
        (lambda: make("fair", delay={"plan": 1}), "expected names of the portfolio"),
        (lambda: draw(12), "expected a power of two"),
        (lambda: search.affordable(-1), "expected a budget of zero or more"),
        (lambda: search.affordable(20), "at most 20000 portfolios"),
        (lambda: timing.sequence(["fair"], [], None), "two to 4 instruments"),
        (lambda: evaluation.outcomes([], [], draw(8)), "expected a portfolio and a case"),
        (lambda: evaluation.outcomes([make()], [cases.load("ningbo")], draw(8), start=1985), "score for governance"),
        (lambda: evaluation.outcomes([make()], [cases.load("ningbo")], draw(8), start=1999), "coded years"),
        (lambda: results.read_study("wishes"), "expected one of portfolios"),
    ],
)
def test_errors_say_what_to_do(call, words):
    with pytest.raises(GumError, match=words):
        call()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("level", "province", "expected level among"),
        ("size_low", 9.0, "0 <= low"),
        ("acts_on", "G", "expected governance to act on G"),
        ("ledger_ids", "XX001", "rows of the ledger"),
    ],
)
def test_a_wrong_catalogue_is_refused(column, value, words):
    table = policy.instruments()
    table.loc["fair", column] = value
    with pytest.raises(GumError, match=words):
        catalogue.checked_instruments(table)
