"""Agreement on an example with known answers, and scores that are never invented."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib import evidence
from gumlib.errors import GumError
from gumlib.evidence import intercoder
from gumlib.terms import CLUSTERS, EPOCHS, VARIABLES

NONE = np.nan
WORKED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
        [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
    ]
)
"""Four coders, twelve units: Krippendorff (2011), Computing Krippendorff's alpha-reliability."""


@pytest.mark.parametrize(
    ("measure", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_worked_example(measure, alpha):
    assert intercoder.alpha(WORKED.T, measure) == pytest.approx(alpha, abs=5e-4)


def test_alpha_of_the_two_passes():
    assert evidence.agreement(draws=2).loc["all", "alpha"] == pytest.approx(0.963, abs=5e-4)


def test_alpha_counts_distance_for_ordered_scores():
    near = np.array([[0, 0], [1, 2], [5, 5], [3, 3]], dtype=float)
    far = np.array([[0, 0], [1, 5], [5, 5], [3, 3]], dtype=float)
    assert intercoder.alpha(near, "ordinal") > intercoder.alpha(far, "ordinal")


def test_alpha_is_missing_where_scores_do_not_vary():
    assert np.isnan(intercoder.alpha(np.full((5, 2), 3.0), "ordinal"))


def test_the_same_seed_gives_the_same_interval():
    first, again = (evidence.agreement(draws=50, seed=7) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    assert not first[["low", "high"]].equals(evidence.agreement(draws=50, seed=8)[["low", "high"]])


@pytest.mark.parametrize("by", ["variable", "cluster", "year"])
def test_the_interval_holds_the_estimate(by):
    table = evidence.agreement(by, draws=400)
    assert (table["low"] <= table["alpha"]).all()
    assert (table["alpha"] <= table["high"]).all()
    assert (table["exact"] <= table["within_one"]).all()
    assert table["cells"].drop("all").sum() == table.loc["all", "cells"]


def test_groups_may_only_be_those_of_a_cell():
    with pytest.raises(GumError, match="expected one of cluster, year, variable; got 'coder'"):
        evidence.agreement("coder")


def test_levels_lie_between_nought_and_one():
    known = evidence.levels().dropna()
    assert known[["level", "low", "high"]].stack().between(0, 1).all()
    assert (known["low"] <= known["level"]).all()
    assert (known["level"] <= known["high"]).all()
    np.testing.assert_allclose(known["spread"], known["high"] - known["low"])


def test_a_cell_without_basis_stays_missing():
    levels = evidence.levels().set_index(["cluster", "year", "variable"])
    paired = evidence.paired()
    neither = paired.isna().all(axis=1)
    assert neither.any()
    assert levels["level"].isna().equals(neither)
    assert levels.loc[neither, ["level", "low", "high", "spread"]].isna().all(axis=None)
    assert (levels["passes"] == paired.notna().sum(axis=1)).all()


def test_a_cell_that_one_pass_scored_has_its_score():
    paired = evidence.paired()
    single = paired[paired.notna().sum(axis=1) == 1]
    levels = evidence.levels().set_index(["cluster", "year", "variable"])
    expected = single.sum(axis=1) / evidence.TOP_SCORE
    np.testing.assert_allclose(levels.loc[single.index, "level"], expected)


def test_every_cell_is_scored_once_by_each_pass():
    cells = {(cluster, year, code) for cluster in CLUSTERS for year in EPOCHS for code in VARIABLES}
    for _, rows in evidence.scores().groupby("coder"):
        assert set(rows[["cluster", "year", "variable"]].itertuples(index=False, name=None)) == cells
        assert len(rows) == len(cells)


def test_a_score_names_its_evidence_and_a_blank_has_none():
    scores = evidence.scores()
    assert scores["score"].notna().equals(scores["evidence_ids"].notna())
    assert scores["rationale"].notna().all()


def test_a_score_rests_on_facts_of_its_own_cluster():
    scores = evidence.scores().dropna(subset="evidence_ids")
    cited = scores.assign(fact=scores["evidence_ids"].str.split(";")).explode("fact")
    assert (evidence.ledger().loc[cited["fact"], "cluster"].to_numpy() == cited["cluster"].to_numpy()).all()


def test_years_cover_a_span_or_are_missing():
    facts = evidence.ledger()
    dated = facts.dropna(subset="first")
    assert (dated["first"] <= dated["last"]).all()
    assert facts["first"].isna().equals(facts["year"].isna())


def test_a_ledger_of_one_cluster_is_part_of_the_whole():
    parts = [evidence.ledger(cluster) for cluster in CLUSTERS]
    pd.testing.assert_frame_equal(pd.concat(parts).sort_index(), evidence.ledger().sort_index())
    with pytest.raises(GumError, match=r"expected one of .*; got 'hangzhou'"):
        evidence.ledger("hangzhou")


def test_coverage_is_a_share_and_counts_either_pass():
    coverage = evidence.coverage()
    assert list(coverage.columns) == list(EPOCHS)
    assert coverage.stack().between(0, 1).all()
    cells = evidence.paired().xs("wenzhou").xs(2005)
    assert coverage.loc["wenzhou", 2005] == cells.notna().any(axis=1).mean()


def test_a_conflict_binds_both_sides():
    facts, disputes = evidence.ledger(), evidence.conflicts()["dispute"]
    named = facts["conflict_with"].dropna().str.split().explode()
    assert set(disputes.index) == set(named.index) | set(named)
    for fact, other in named.items():
        assert disputes[fact] == disputes[other]
        assert facts.loc[fact, "cluster"] == facts.loc[other, "cluster"]
    assert disputes.groupby(disputes).size().min() >= 2
    assert sorted(disputes.unique()) == list(range(1, disputes.nunique() + 1))


def test_only_listed_hosts_are_linked():
    sources = evidence.sources()
    linked = sources.loc[sources["linked"], "url"]
    assert linked.str.match(r"https?://").all()
    assert not sources.loc[sources["url"].isna(), "linked"].any()
    assert 0 < sources["linked"].sum() < len(sources)
    assert set(evidence.ledger()["source_key"]) <= set(sources.index)


def test_the_codebook_anchors_every_score_of_every_variable():
    assert list(evidence.codebook().index) == [(code, score) for code in VARIABLES for score in range(6)]
    assert evidence.codebook()["anchor"].is_unique


@pytest.mark.parametrize("measure", ["nominal", "ordinal", "interval", "ratio"])
def test_many_resamples_at_once_give_what_the_package_gives_one_by_one(measure):
    rng = np.random.default_rng(3)
    pairs = rng.integers(0, 6, (25, 2)).astype(float)
    pairs[:, 1] = np.where(rng.random(25) < 0.6, pairs[:, 0], pairs[:, 1])
    rows = rng.integers(0, 25, (40, 25))
    with np.errstate(invalid="ignore"):
        one_by_one = [intercoder.alpha(pairs[row], measure) for row in rows]
    np.testing.assert_allclose(intercoder._resampled(pairs, rows, measure), one_by_one, atol=1e-12)


@pytest.mark.parametrize("measure", ["nominal", "ordinal", "interval", "ratio"])
def test_resamples_of_four_coders_with_gaps_are_those_of_the_package(measure):
    units = WORKED.T[(~np.isnan(WORKED.T)).sum(axis=1) > 1]
    rows = np.random.default_rng(4).integers(0, len(units), (40, len(units)))
    one_by_one = [intercoder.alpha(units[row], measure) for row in rows]
    np.testing.assert_allclose(intercoder._resampled(units, rows, measure), one_by_one, atol=1e-12)


def test_agreement_is_told_between_each_two_of_any_coders():
    cells = [("x", unit, VARIABLES[0], coder) for coder in ("li", "wang", "zhou", "a") for unit in range(12)]
    table = pd.DataFrame(cells, columns=["cluster", "year", "variable", "coder"]).assign(score=WORKED.ravel())
    found = evidence.between(table, draws=5).xs("all", level="variable")
    assert found.index.tolist() == [
        *("a and li", "a and wang", "a and zhou", "li and wang", "li and zhou", "wang and zhou", "all")
    ]
    assert found.loc["all", "alpha"] == pytest.approx(0.815, abs=5e-4)
    a, li, wang, zhou = ~np.isnan(WORKED[[3, 0, 1, 2]])
    pairs = [a & li, a & wang, a & zhou, li & wang, li & zhou, wang & zhou]
    assert found["cells"].tolist() == [*(int(both.sum()) for both in pairs), 11]
    assert (found["exact"] <= found["within_one"]).all()
