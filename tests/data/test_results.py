"""No stored table is stale, and a part of each, computed anew, is what is stored; planted faults are noticed.

Full recomputation is left to `make data`. Of what was sampled, only what follows from the stored draws is computed
anew; contests are held against a few of their simulated worlds, mixes are run but not searched for, and what their
advantage is over drawn costs is not computed here.
"""

from __future__ import annotations

import inspect
import io
import re
import runpy
import shutil
import time
from types import ModuleType

import numpy as np
import pandas as pd
import pytest

from book import results
from book.following import ticking
from gumlib import cases, claims, data, gvc, model
from gumlib.cases.fitting import leave_one_out, power, predictive, priors
from gumlib.cases.fitting import results as fits
from gumlib.cases.fitting.estimate import Fit
from gumlib.cases.fitting.likelihood import Problem, log_posterior
from gumlib.cases.fitting.posterior import QUANTILES
from gumlib.data.lineage.syntax import PACKAGE
from gumlib.dynamics import MODELS
from gumlib.errors import GumError
from gumlib.gvc import raw
from gumlib.policy import counterfactuals, evaluation, levers, search, timing, worlds
from gumlib.policy import results as stored

COMMAND = r"run `python data/results\.py`"
FITTED = {"sources": ["fitted"]}
ONE = {"chosen": ["ningbo"], "models": ["gum"]} | FITTED
WAYS = ["source", "setting"]
PARTS: dict[str, tuple[dict[str, list[str]], list[str]]] = {
    "portfolios": ({"names": ["plan", "conference", "covenant", "registry", "fair"]}, ["portfolio"]),
    "rivals": ({"models": ["linear"]} | FITTED, ["source", "model", "portfolio"]),
    "synergy": ({"names": ["plan", "covenant", "conference"]} | FITTED, ["source", "first", "second"]),
    "orders": (FITTED, WAYS),
    "delays": (FITTED, ["source", "delay"]),
    "failures": (FITTED, WAYS),
    "levers": ({"chosen": ["ningbo"]} | FITTED, ["duration", "source", "case", "name"]),
    "counterfactuals": (ONE, ["source", "model", "case", "setting", "year"]),
    "effects": (ONE, ["source", "model", "case", "what"]),
    "adjusting": (ONE, ["source", "model", "case", "setting", "pressed"]),
}
"""By table: the part that is computed anew, and the columns that tell its rows."""
AMONG_ALL = ["regret", "regret_high", "front", "front_gain"]
"""Columns of portfolios that hang on all other portfolios."""
CHEAP = ("C01", "C02", "C04", "C05", "C10", "C11", "C12", "C14", "C17", "C19")


def faults(table: str) -> pd.DataFrame:
    """Rows of the part computed anew that are not as stored."""
    part, keys = PARTS[table]
    name = f"policy-{table}"
    new = pd.read_csv(io.BytesIO(results.written(name, results.RESULTS[name].make(**part))))
    new = new.drop(columns=AMONG_ALL if table == "portfolios" else [])
    kept = new[keys].merge(data.read(name), on=keys, how="left")[list(new)]
    assert len(new) > 1
    return results.differing(new, kept, results.RESULTS[name].digits)


def test_no_stored_table_is_stale():
    results.verify()


def test_every_maker_has_its_part_and_its_resource():
    assert {*PARTS, "mixes", "advantages"} == set(stored.STUDY_TABLES)
    assert set(results.RESULTS) <= set(data.registry().index)


@pytest.mark.parametrize("table", PARTS)
def test_a_part_of_each_policy_table_is_as_stored(table):
    assert faults(table).empty


def test_regret_and_front_of_all_portfolios_follow_from_the_rest():
    table = stored.read_study("portfolios")
    assert np.ptp(table["regret"] + table["gain"]) < 1e-5
    for value, front in (("chance", "front"), ("gain", "front_gain")):
        assert (search.undominated(table["cost"].to_numpy(), table[value].to_numpy()) == table[front]).all()


def test_mixes_bring_what_is_stored_and_advantages_follow():
    held = stored.read_study("mixes").query("source == 'fitted'")
    own = held[held["case"] == "ningbo"]
    drawn = worlds(stored.DRAWS // 2, source="fitted")
    several = [stored.labelled_portfolio(label) for label in ("none", *own["portfolio"])]
    when = {"start": levers.START, "years": levers.YEARS}
    index = evaluation.outcomes(several, [cases.load("ningbo")], drawn, **when).index[:, 0]
    gain = index[1:] - index[0]
    new = np.column_stack([gain.mean(axis=1), *np.quantile(gain, [0.05, 0.95], axis=1)])
    np.testing.assert_allclose(new, own[["gain", "low", "high"]], rtol=1e-5)
    every = held["levels"].str.count(r"\+") == 2
    best = held.groupby(["budget", "case", every], sort=False)["gain"].max().unstack()
    told = stored.read_study("advantages").query("source == 'fitted'").set_index(["budget", "case"])["advantage"]
    np.testing.assert_allclose((best[True] - best[False])[told.index], told, atol=2e-6)


@pytest.mark.parametrize(
    ("table", "module", "function", "old", "new"),
    [
        (
            "effects",
            counterfactuals,
            "policy_effects",
            'index["with"] - index["without"]',
            'index["with"] + index["without"]',
        ),
        ("counterfactuals", counterfactuals, "counterfactual_index", "0.5, 0.95", "0.5, 0.96"),
        ("adjusting", counterfactuals, "adjusting", "basic[:, -1] - basic[:, 0]", "basic[:, -1] + basic[:, 0]"),
        ("levers", levers, "rank_levers", "<= 3", "< 3"),
        ("delays", timing, "delays", "own + by", "own + 2 * by"),
    ],
)
def test_a_planted_operator_is_noticed(table, module, function, old, new, monkeypatch):
    monkeypatch.setattr(stored, function, planted_in(module, old, new)[function])
    assert not faults(table).empty


def planted_in(module: ModuleType, old: str, new: str) -> dict[str, object]:
    text = inspect.getsource(module)
    assert old in text
    names = dict(vars(module))
    exec(text.replace(old, new), names)
    return names


@pytest.fixture(scope="module")
def draws():
    return fits.read_fit("draws").drop(columns="draw")


def stored_fits(problem: Problem) -> dict[str, Fit]:
    """Return the most likely parameters of every model as stored; how likely they are is not."""
    table = fits.read_fit("fits").pivot(index="model", columns="parameter", values="map")
    scores = dict(zip(table.index, priors.standard_scores(table), strict=True))
    return {name: Fit(MODELS[name], problem, scores[name], float("nan"), ()) for name in MODELS}


def near(table: str, new: pd.DataFrame, keys: list[str], within: float) -> None:
    """Hold a table made from what is stored, to four digits, against the stored one."""
    both = new[keys].merge(fits.read_fit(table), on=keys, how="left")
    numbers = [column for column in new if column not in keys]
    np.testing.assert_allclose(new[numbers].astype(float), both[numbers].astype(float), rtol=0, atol=within)


def test_bands_and_counterfactuals_follow_from_stored_draws_and_fits(problem, draws):
    near("bands", predictive.bands(problem, draws, stored_fits(problem)), ["case", "year", "variable"], 6e-4)
    near("counterfactuals", predictive.counterfactuals(problem, draws), ["case", "setting", "year"], 6e-4)


def test_checks_follow_from_stored_draws(problem, draws):
    new = predictive.checks(problem, draws).reset_index().assign(model="gum")
    near("checks", new, ["model", "case"], 6e-3)


def test_a_wrong_rate_of_decay_shows_in_the_bands(problem, draws):
    wrong = draws.assign(decay=1.01 * draws["decay"])
    with pytest.raises(AssertionError, match="Mismatched"):
        near("bands", predictive.bands(problem, wrong, stored_fits(problem)), ["case", "year", "variable"], 6e-4)


def test_stored_fits_reach_their_stored_density_and_error(problem):
    models = fits.read_fit("models").set_index("model")
    for name, found in stored_fits(problem).items():
        assert log_posterior(problem, found.scores[None], MODELS[name])[0] == pytest.approx(
            models.loc[name, "log_posterior"], abs=0.01
        )
        assert found.error.mean() == pytest.approx(models.loc[name, "error"], abs=1e-4)


def test_stored_draws_lie_below_the_best_fit_and_around_the_stored_quantiles(problem, draws):
    density = log_posterior(problem, priors.standard_scores(draws), MODELS["gum"])
    best = fits.read_fit("models").set_index("model").loc["gum", "log_posterior"]
    assert (density < best).all()
    assert best - np.median(density) == pytest.approx(draws.shape[1] / 2, abs=1.5)
    told = fits.read_fit("fits").query("model == 'gum'").set_index("parameter")
    spread = told["q75"] - told["q25"]
    for share in QUANTILES:
        gap = draws.quantile(share) - told[f"q{round(100 * share):02d}"]
        assert (gap.abs() < 0.5 * spread).all()


def test_one_model_left_out_anew_has_its_stored_errors(shipped):
    new = leave_one_out.leave_one_out(shipped, models=("linear",))
    near("left-out", new, ["forecast", "kind", "case"], 2e-4)


def test_power_follows_from_the_stored_errors():
    near("power", fits.power_curves(fits.read_fit("left-out")), ["clusters", "difference"], 1e-3)


def test_a_few_worlds_of_a_contest_are_near_the_stored_mean(problem):
    truth = stored_fits(problem)["independent"]
    told = fits.read_fit("contests").set_index(["truth", "rival"]).loc[("independent", "no governance")]
    few = power.contests(truth, ["no governance"], 4).groupby("world")["difference"].mean()
    assert few.mean() == pytest.approx(told["difference"], rel=0.5)


def decided() -> pd.DataFrame:
    """Decide the claims that are quick to decide, as they would be stored."""
    return pd.read_csv(io.BytesIO(results.written("verdicts", claims.decide(CHEAP))))


def test_verdicts_that_are_quick_to_decide_are_as_stored():
    kept = data.read("verdicts").set_index("claim_id").loc[list(CHEAP)].reset_index()
    pd.testing.assert_frame_equal(decided(), kept, check_dtype=False)


def test_numbers_of_verdicts_that_are_quick_to_decide_are_as_stored():
    new = pd.read_csv(io.BytesIO(results.written("verdict-numbers", claims.measure(CHEAP))))
    kept = data.read("verdict-numbers").query("claim_id in @CHEAP").reset_index(drop=True)
    pd.testing.assert_frame_equal(new, kept, check_dtype=False)


def test_a_verdict_on_another_graph_is_not_as_stored(monkeypatch):
    graph = model.gum()
    graph.remove_edge("L", "I")
    for home in (model, model.graph):
        monkeypatch.setattr(home, "gum", lambda: graph)
    kept = data.read("verdicts").set_index("claim_id").loc[list(CHEAP)].reset_index()
    assert (decided()["verdict"] != kept["verdict"]).any()


@pytest.mark.parametrize("year", [1995, 2011])
def test_measures_of_single_countries_are_those_of_the_small_tables(year):
    small = gvc.condensed(year)
    rows = gvc.read_indicators().query("year == @year and industry == 'TOTAL'").set_index("region")
    single = [region for region in small.regions if region not in ("ROW", "EUR")]
    for measure, within in ((gvc.exports, 5e-6), (gvc.vax, 0.03)):
        own = measure(small).groupby("region").sum()[single]
        np.testing.assert_allclose(own, rows.loc[single, measure.__name__], rtol=within)


@pytest.mark.parametrize(
    ("file", "old", "new", "reported"),
    [
        ("policy/counterfactuals.py", "(gap > _LEAST)", "(gap >= _LEAST)", {"policy-effects"}),
        ("policy/portfolios.py", "; correct it", "; mend it", set()),
    ],
)
def test_stale_tables_are_told_apart_from_all_others(tmp_path, file, old, new, reported):
    copy = shutil.copytree(PACKAGE, tmp_path / "gumlib", ignore=lambda _, names: [n for n in names if n[-4:] == ".ttf"])
    text = (copy / file).read_text(encoding="utf-8")
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert results.stale(package=copy) == dict.fromkeys(reported, "other code")


def test_a_stale_table_fails_with_its_name_and_the_command(planted):
    (planted / "evidence" / "hosts.csv").write_bytes((planted / "evidence" / "hosts.csv").read_bytes() + b"x.org\n")
    table = planted / "policy" / "delays.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("ranges,0,9", "ranges,0,8"), encoding="utf-8")
    results.register()
    with pytest.raises(GumError, match=rf"case-fits \(other inputs\).*policy-delays \(not computed.*{COMMAND}"):
        results.verify()


def test_a_stale_table_is_computed_and_registered(planted, capsys):
    table = planted / "policy" / "failures.csv"
    before = table.read_bytes()
    table.write_bytes(before.replace(b"0.338867", b"0.438867"))
    results.register()
    assert list(results.stale()) == ["policy-failures", "verdicts", "verdict-numbers"]
    assert script()["main"](["policy-failures"]) == 0
    assert "policy-failures: not computed, but written otherwise ... new (" in capsys.readouterr().out
    assert table.read_bytes() == before
    assert results.stale() == {}
    table.write_bytes(before.replace(b"0.338867", b"0.338868"))
    results.register()
    assert script()["main"](["policy-failures"]) == 0
    assert "the same but for last digits: kept" in capsys.readouterr().out
    assert table.read_bytes() != before
    assert results.stale() == dict.fromkeys(["verdicts", "verdict-numbers"], "other inputs")


def test_what_cannot_be_computed_is_told_and_fails(planted, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("GUM_DATA", str(tmp_path))
    monkeypatch.setattr(raw, "SHARED", tmp_path)
    assert script()["main"](["gvc-condensed"]) == 1
    assert "run `gum data fetch wiod`" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="expected names among"):
        script()["main"](["gvc-condense"])


def test_a_long_table_shows_seconds_while_it_is_computed(monkeypatch, capsys):
    main = script()["main"]
    monkeypatch.setitem(main.__globals__, "ticking", lambda: ticking(0.02))
    monkeypatch.setitem(main.__globals__, "renew", lambda _: time.sleep(0.1) or "the same bytes")
    assert main(["gvc-condensed"]) == 0
    assert re.search(r"asked for \.\.\. (0 s )+the same bytes", capsys.readouterr().out)


def script() -> dict[str, object]:
    return runpy.run_path(str(PACKAGE.parent / "data" / "results.py"))
