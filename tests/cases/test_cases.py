"""Cases: loading, missing cells, and whether fits find what was planted and only that."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from gumlib import cases, data, evidence
from gumlib.cases import squeeze as pressure
from gumlib.cases.compare import profiles
from gumlib.cases.fitting import leave_one_out, posterior, power, predictive, priors, results
from gumlib.cases.fitting.batch import fit_many
from gumlib.cases.fitting.estimate import fit
from gumlib.cases.fitting.likelihood import FITTED, log_posterior, pose, predicted, sigma
from gumlib.dynamics import MODELS
from gumlib.errors import GumError

SIZE = len(priors.NAMES)


@pytest.fixture(scope="module")
def apart(problem):
    """The shipped cases with starts and governance of our own that differ as much as can be."""
    rng = np.random.default_rng(7)
    start = rng.choice([0.1, 0.3, 0.6], problem.start.shape)
    governance = np.tile([0.05, 0.95, 0.3, 0.7], (len(problem.times), 1))
    return dataclasses.replace(problem, start=start, governance=governance)


def levels_of(problem, model, count, *, seed=3, noise=0.05, **planted):
    """Coded levels of worlds in which a model holds with the parameters given."""
    values = priors.values(np.zeros((1, SIZE))).assign(**{"total": 0.7, "decay": 0.15, **planted})
    clean = predicted(problem, values, model)
    drawn = clean + noise * np.random.default_rng(seed).standard_normal((count, *problem.levels.shape))
    return np.where(np.isfinite(problem.levels), np.clip(drawn, 0, 1), np.nan)


def test_shipped_levels_are_those_of_the_evidence(shipped):
    known = evidence.levels().set_index(["cluster", "year", "variable"])
    for case in shipped:
        own = case.levels.set_index(["year", "variable"])
        for column in ("level", "low", "high", "spread", "passes"):
            expected = known.loc[case.name][column].astype(float)
            pd.testing.assert_series_equal(
                own[column].astype(float).sort_index(), expected.sort_index(), check_index_type=False
            )


def test_ledger_and_sources_are_those_of_the_evidence(shipped):
    for case in shipped:
        facts = evidence.ledger(case.name)
        assert case.ledger.index.tolist() == facts.index.tolist()
        assert case.ledger["first"].equals(facts["first"])
        assert set(facts["source_key"]) <= set(case.sources.index)
        assert case.sources["linked"].equals(evidence.sources().loc[case.sources.index, "linked"])


def test_missing_stays_missing(shipped, problem):
    case = cases.load("yongkang")
    assert np.isnan(case.table.loc[2000, "S"])
    assert case.levels.set_index(["year", "variable"]).loc[(2000, "S"), "passes"] == 0
    at = problem.names.index("yongkang"), int(np.searchsorted(problem.later, 15)), FITTED.index("S")
    assert np.isnan(problem.levels[at])
    assert np.isnan(problem.sigma[at])
    assert problem.cells == sum(int(case.table.iloc[1:][list(FITTED)].notna().sum().sum()) for case in shipped)


def test_an_uncoded_cell_changes_nothing_in_the_fit(problem):
    there = np.zeros((1, SIZE))
    before = log_posterior(problem, there)
    holes = np.isnan(problem.levels)
    blank = dataclasses.replace(problem, sigma=np.where(holes, np.nan, problem.sigma))
    assert log_posterior(blank, there) == before


def test_one_pass_alone_makes_a_case(shipped):
    one = shipped[0]
    own = one.scores[one.scores["coder"] == "a"].drop(columns="coder")
    alone = cases.build("alone", one.ledger.reset_index(), one.sources.reset_index(), own, title="Alone")
    assert alone.levels["passes"].max() == 1
    assert alone.levels["spread"].dropna().eq(0).all()
    assert fit([alone], starts=1).values["discrepancy"] > 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"variable": "Q"}, "got 'Q'"),
        ({"score": 7}, "got 7"),
        ({"score": 2.5}, "got 2.5"),
        ({"score": "two"}, "write 3, not words"),
        ({"confidence": "sure"}, "got 'sure'"),
        ({"year": 1990, "variable": "L"}, "got two"),
    ],
)
def test_what_would_make_levels_wrong_is_refused(change, words):
    good = {"year": [1990, 1995], "variable": ["L", "L"], "score": [2, 3], "confidence": ["low", "high"]}
    scores = pd.DataFrame(good).astype(object)
    for column, value in change.items():
        scores.loc[1, column] = value
    facts, known = pd.DataFrame(columns=["id", "year", "source_key"]), pd.DataFrame(columns=["source_key", "url"])
    with pytest.raises(GumError, match=words):
        cases.build("wrong", facts, known, scores)


def test_a_missing_column_is_named():
    nothing = pd.DataFrame()
    with pytest.raises(GumError, match="the column id in the ledger"):
        cases.build("wrong", nothing, nothing, nothing)


def test_a_case_without_governance_says_so(shipped):
    scores = shipped[0].scores
    blind = cases.build(
        "blind",
        shipped[0].ledger.reset_index(),
        shipped[0].sources.reset_index(),
        scores[scores["variable"] != "G"],
    )
    with pytest.raises(GumError, match="score for governance"):
        pose([blind])


def test_cases_with_other_epochs_are_fitted_alike(shipped):
    later = shipped[1].scores.assign(year=shipped[1].scores["year"] + 3)
    moved = cases.build("later", shipped[1].ledger.reset_index(), shipped[1].sources.reset_index(), later)
    both = pose([shipped[0], moved])
    assert both.first == (1985, 1988)
    assert np.allclose(both.levels[1], pose([shipped[1]]).levels[0], equal_nan=True)


def test_unknown_names_and_empty_lists_are_refused(shipped):
    with pytest.raises(GumError, match="ningbo, wenzhou"):
        cases.load("prato")
    with pytest.raises(GumError, match="at least one case"):
        pose([])
    with pytest.raises(GumError, match="at least two cases"):
        leave_one_out.leave_one_out(shipped[:1])


def test_pressure_is_known_from_1995():
    squeeze = pressure.squeeze_path()
    assert squeeze.loc[:1994].isna().all()
    assert squeeze.loc[1995:].notna().all()
    assert (squeeze.dropna() >= 0).all()


def test_sigma_follows_confidence_and_spread():
    rows = pd.DataFrame({"level": [0.4, 0.4, 0.4, np.nan], "confidence": ["high", "low", None, "high"], "spread": 0.0})
    found = sigma(rows)
    assert found.iloc[:3].tolist() == [0.05, 0.15, 0.15]
    assert np.isnan(found.iloc[3])
    assert sigma(rows.assign(spread=0.2)).iloc[0] == pytest.approx(np.hypot(0.05, 0.1))


def test_steps_of_half_a_year_are_short_enough(problem, monkeypatch):
    values = priors.values(np.random.default_rng(1).standard_normal((20, SIZE)))
    coarse = predicted(problem, values)
    monkeypatch.setattr("gumlib.cases.fitting.likelihood.LONGEST_STEP", 0.05)
    assert np.abs(predicted(problem, values) - coarse).max() < 1e-4


def test_batch_and_single_runs_agree(problem):
    values = priors.values(np.random.default_rng(2).standard_normal((3, SIZE)))
    each = [predicted(problem.take([n]), values.iloc[[1]])[0, 0] for n in range(len(problem.names))]
    assert np.allclose(predicted(problem, values)[1], each, atol=1e-6)


@pytest.mark.no_cover
def test_many_fits_agree_with_one(problem):
    one = fit(problem, starts=1)
    used = np.ones((1, len(problem.names)), dtype=bool)
    many = fit_many(problem, problem.levels[None], used, "gum", float(one.values["discrepancy"]))
    assert log_posterior(problem, many.scores)[0] > one.log_posterior - 0.3
    assert np.abs(many.scores[0] - one.scores).max() < 0.4


@pytest.mark.no_cover
def test_all_starts_end_at_one_place(problem):
    reached = fit(problem, starts=2).reached
    assert reached[0] - reached[1] < 0.1


@pytest.mark.no_cover
def test_planted_parameters_lie_in_their_intervals(problem):
    """Nine in ten of the 90 % intervals hold the truth where truths are drawn from the prior."""
    rng = np.random.default_rng(11)
    truths = np.clip(rng.standard_normal((60, SIZE)), -2, 2)
    noise = 0.1
    clean = predicted(problem, priors.values(truths))
    drawn = clean + np.sqrt(problem.sigma**2 + noise**2) * rng.standard_normal(clean.shape)
    found = fit_many(problem, drawn, np.ones(drawn.shape[:2], dtype=bool), "gum", noise)
    free = slice(0, SIZE - 1)
    inside = np.abs(found.scores - truths)[:, free] <= 1.645 * found.spread[:, free]
    assert 0.84 <= inside.mean() <= 0.96
    assert inside.mean(axis=0).min() > 0.7


def test_sampled_intervals_hold_what_was_planted(problem):
    truth = {"total": 0.45, "baseline": 0.04, "decay": 0.1, "governance_floor": 0.5}
    levels = levels_of(problem, "gum", 1, noise=0.08, discrepancy=0.05, **truth)[0]
    drawn = posterior.sample_posterior(
        fit(dataclasses.replace(problem, levels=levels), starts=1), steps=200, walkers=32
    )
    summary = drawn.summary
    for name, value in truth.items():
        assert summary.loc[name, "q05"] <= value <= summary.loc[name, "q95"]
    assert summary.loc[["baseline", "discrepancy"], "contraction"].min() > 0.5
    assert 0.1 < drawn.acceptance < 0.6
    assert drawn.convergence["r_hat"].max() < 1.6
    assert drawn.thinned(7).shape == (7, SIZE)


def test_sampling_twice_gives_the_same_draws(problem):
    found = fit(problem.take([0]), starts=1)
    first, second = (posterior.sample_posterior(found, steps=12, walkers=20, seed=5).chain for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, posterior.sample_posterior(found, steps=12, walkers=20, seed=6).chain)


def test_too_few_walkers_are_refused(problem):
    with pytest.raises(GumError, match="walkers"):
        posterior.sample_posterior(fit(problem.take([0]), starts=1), walkers=4)


def test_split_rhat_tells_chains_that_disagree():
    chains = np.random.default_rng(4).standard_normal((500, 4, 1))
    assert posterior.split_rhat(chains)[0] < 1.02
    assert posterior.split_rhat(chains + np.arange(4)[:, None])[0] > 1.5


@pytest.mark.parametrize(("truth", "other"), [("no governance", "gum"), ("gum", "no governance")])
def test_a_planted_better_rival_is_recognised(apart, truth, other):
    levels = levels_of(apart, truth, 6, governance_floor=0.02, discrepancy=0.05)
    worlds = dataclasses.replace(apart, levels=levels[0])
    own, rival = (power.left_out_errors(worlds, levels, name, 0.05) for name in (truth, other))
    gaps = (rival - own).mean(axis=1)
    assert (gaps > 0).all()
    assert gaps.mean() > 0.008


def test_a_model_held_against_itself_wins_and_loses_nothing():
    truth = fit([cases.load(name) for name in ("ningbo", "wenzhou")], starts=1)
    table = power.contests(truth, ("gum",), 2)
    assert table[["world", "case"]].drop_duplicates().shape == (4, 2)
    assert table["difference"].eq(0).all()


def test_permuted_labels_give_no_signal(apart):
    """Governance of one cluster with the levels of another: the governed model gains nothing."""
    levels = levels_of(apart, "gum", 6, governance_floor=0.02, discrepancy=0.05)
    mixed = dataclasses.replace(apart, governance=apart.governance[:, [1, 0, 3, 2]])
    gains = {}
    for label, posed in {"true": apart, "mixed": mixed}.items():
        own, rival = (power.left_out_errors(posed, levels, name, 0.05) for name in ("gum", "no governance"))
        gains[label] = (rival - own).mean()
    assert gains["true"] > 0.03
    assert gains["mixed"] < 0


def test_profiles_with_permuted_labels_give_no_signal():
    rng = np.random.default_rng(8)
    seen = []
    for _ in range(200):
        one, two = (rng.random((4, 4)) for _ in range(2))
        seen.append(profiles.mantel(one + one.T, two + two.T)["p"])
    assert 0.4 < np.mean(seen) < 0.65
    assert np.mean(np.array(seen) <= 1 / 24) < 0.12


def test_planted_distances_are_found():
    table = np.array([[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 6], [3, 5, 6, 0.0]])
    found = profiles.mantel(table, 2 * table)
    assert found["correlation"] == pytest.approx(1)
    assert found["p"] == pytest.approx(1 / 24)


def test_naive_forecasts_on_a_case_known_on_paper(shipped, problem):
    openings = leave_one_out.first_levels(shipped, problem)
    stays = leave_one_out.guess("no change", openings, problem, 0)
    assert stays[:, FITTED.index("L")].tolist() == [0.5] * 5
    mean = leave_one_out.guess("mean of the others", openings, problem, 0)
    others = [case.table.loc[2010, "L"] for case in shipped[1:]]
    assert mean[-1, FITTED.index("L")] == pytest.approx(np.mean(others))
    line = leave_one_out.guess("linear trend", openings, problem, 0)[:, FITTED.index("E")]
    assert np.allclose(np.diff(line), np.diff(line)[0])


def test_left_out_error_of_a_flat_world_is_nil_for_no_change(shipped, problem, monkeypatch):
    openings = leave_one_out.first_levels(shipped, problem)
    flat = np.repeat(np.nan_to_num(openings, nan=0.2)[:, None], len(problem.later), axis=1)
    known = np.isfinite(openings)[:, None, :] & np.isfinite(problem.levels)
    posed = dataclasses.replace(problem, levels=np.where(known, flat, np.nan))
    monkeypatch.setattr(leave_one_out, "pose", lambda cases: posed)
    table = leave_one_out.leave_one_out(shipped, models=(), naive=("no change",))
    assert table["error"].max() < 1e-12


def test_differences_are_paired_by_cluster():
    frame = pd.DataFrame({"forecast": np.repeat(["gum", "x"], 4), "case": list("abcd") * 2})
    frame["error"] = [0.1, 0.2, 0.3, 0.4, 0.2, 0.3, 0.4, 0.5]
    row = leave_one_out.differences(frame).loc["x"]
    assert row["mean"] == pytest.approx(0.1)
    assert row["better"] == 4
    assert row["p"] == 0.125
    assert row["low"] == pytest.approx(row["high"])


def test_power_grows_with_difference_and_clusters():
    table = power.power(0.05, [0.0, 0.05, 0.2], [4, 16], draws=4000)
    wide = table.pivot(index="difference", columns="clusters", values="interval")
    assert wide.loc[0.0].between(0.03, 0.07).all()
    assert (wide.diff().dropna() > 0).all().all()
    assert wide.loc[0.05, 16] > wide.loc[0.05, 4]
    assert power.detectable(power.power(0.05))[32] < power.detectable(power.power(0.05, np.arange(0, 0.3, 0.01)))[4]


def test_checks_find_a_model_that_does_not_fit(problem):
    good = dataclasses.replace(problem, levels=levels_of(problem, "gum", 1, noise=0.12)[0])
    truth = priors.values(np.zeros((80, SIZE))).assign(total=0.7, decay=0.15, discrepancy=0.05)
    bad = dataclasses.replace(good, levels=1 - good.levels)
    assert predictive.checks(good, truth).loc["all", "p"] > 0.01
    assert predictive.checks(bad, truth).loc["all", "p"] < 0.01
    assert predictive.checks(bad, truth).loc["all", "inside"] < 0.7


def test_counterfactuals_point_the_way_the_model_must(problem):
    table = predictive.counterfactuals(problem, priors.values(np.zeros((8, SIZE))))
    last = table[table["year"] == 2010].set_index(["setting", "case"])
    assert (last.loc["as coded", "gap"] == 0).all()
    assert (last.loc["policy absent", "gap_high"] <= 1e-12).all()
    assert (last.loc["shock absent", "gap_low"] >= -1e-12).all()
    assert (last.loc["governance fixed", "gap"] <= 1e-12).all()


def test_bands_run_on_after_the_last_epoch(problem):
    found = fit(problem, starts=1)
    table = predictive.bands(problem, priors.values(np.zeros((5, SIZE))), {"gum": found, "linear": found})
    assert table["year"].max() == predictive.UNTIL
    assert (table["low"] <= table["high"]).all()
    assert table["outer_low"].isna().equals(table["variable"] == "U")
    assert table["gum"].equals(table["linear"])


def test_classes_of_the_shipped_cases(shipped):
    found = profiles.classify(shipped)
    assert found["way"].str.len().min() >= 1
    assert set(found["kind"]) <= {"native", "embedded", "undecided"}
    assert profiles.distances(shipped).to_numpy().diagonal().max() == 0


def test_the_stored_fit_is_found_again(shipped):
    fitted = results.read_fit("fits").query("model == 'gum'").set_index("parameter")["map"]
    assert np.allclose(fitted, fit(shipped, starts=1).values[fitted.index], rtol=0.02)
    assert set(results.read_fit("fits")["model"]) == set(MODELS)


def test_the_chains_that_are_stored_have_converged():
    models = results.read_fit("models")
    assert models["worst_r_hat"].max() < 1.1
    assert models["least_effective"].min() > 400
    assert (models["agreeing"] == models["starts"]).all()
    assert results.read_fit("draws").shape == (results.KEPT, SIZE + 1)


def test_every_stored_table_is_registered():
    names = set(data.registry().index)
    assert {f"case-{table}" for table in results.TABLES} <= names
