"""The 24 pairings: known answers when a pairing is planted, and cells that are never filled in."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest

from gumlib import evidence
from gumlib.cases.compare import pairing_checks, pairings
from gumlib.claims import pairings as verdict
from gumlib.errors import GumError
from gumlib.terms import BASIC, CLUSTERS, EPOCHS, WAY_OF, WAYS

BOOK = "L-T I-N E-X S-K"
CELLS = pd.MultiIndex.from_product([sorted(CLUSTERS), EPOCHS], names=["cluster", "year"])


def planted(ways: tuple[str, ...] = WAYS, noise: float = 0.0) -> pd.DataFrame:
    """Factors at random; the way that each factor is given equals it, up to noise."""
    rng = np.random.default_rng(7)
    factors = pd.DataFrame(rng.random((24, 4)), CELLS, list(BASIC))
    made = {way: factors[factor] + noise * rng.random(24) for factor, way in zip(BASIC, ways, strict=True)}
    return factors.assign(**made)


@pytest.fixture(scope="module")
def checks():
    return pairing_checks.checks()


def test_there_are_24_pairings_and_one_is_the_books():
    table = pairings.pairings()
    assert len(table) == table.index.nunique() == 24
    assert table.query("book").index.tolist() == [BOOK]
    assert table.query("book")[list(BASIC)].iloc[0].to_dict() == WAY_OF
    assert table["shared"].value_counts().to_dict() == {0: 9, 1: 8, 2: 6, 4: 1}


@pytest.mark.no_cover
@pytest.mark.parametrize("ways", list(permutations(WAYS)))
def test_the_planted_pairing_comes_first_whichever_it_is(ways):
    table = pairings.ranking(planted(ways))
    first = table[table["rank"] == 1]
    assert first["pairing"].tolist() == [" ".join(map("-".join, zip(BASIC, ways, strict=True)))] * 2
    assert first["fit"].tolist() == [1.0, 1.0]
    assert (pairings.permutation_test(table)["rank"] == 1).all() == (ways == WAYS)


@pytest.mark.parametrize("statistic", pairings.STATISTICS)
def test_an_exact_match_has_fit_one_by_every_statistic(statistic):
    tested = pairings.permutation_test(pairings.ranking(planted(), statistic))
    assert tested["fit"].tolist() == [1.0, 1.0]
    assert tested["p"].tolist() == [1 / 24, 1 / 24]
    assert (tested["margin"] > 0).all()


def test_ranks_without_ties_are_one_to_24():
    for _, part in pairings.ranking(planted(noise=0.5)).groupby("version"):
        assert not part["tied"].any()
        assert sorted(part["rank"]) == list(range(1, 25))
        assert part.sort_values("rank")["fit"].is_monotonic_decreasing


def test_p_is_never_below_one_24th_and_one_at_the_last_rank():
    worst = pd.DataFrame(-np.eye(4), BASIC, WAYS)
    tested = pairings.permutation_test(pairings.rank(worst).assign(version="raw").reset_index())
    assert tested.loc["raw", ["rank", "p"]].tolist() == [24, 1.0]
    assert pairings.ranking()["rank"].min() / 24 == 1 / 24


def test_a_tie_counts_against_and_is_said():
    flat = pairings.rank(pd.DataFrame(0.5, BASIC, WAYS))
    assert flat["rank"].tolist() == [24] * 24
    assert flat["tied"].all()
    twins = planted()
    twins["N"] = twins["T"]
    table = pairings.ranking(twins)
    tested = pairings.permutation_test(table)
    assert tested["ties"].tolist() == [1, 1]
    assert tested["rank"].tolist() == [2, 2]


def test_row_and_column_order_do_not_matter():
    levels = pairings.coded()
    shuffled = levels.sample(frac=1, random_state=3)[list(reversed(levels.columns))]
    pd.testing.assert_frame_equal(pairings.ranking(levels), pairings.ranking(shuffled))
    assert shuffled.index.tolist() != levels.index.tolist()


def test_a_common_shift_of_a_year_changes_the_raw_version_only():
    levels = planted(noise=0.5)
    shift = pd.Series(dict(zip(EPOCHS, range(6), strict=True))).reindex(levels.index.get_level_values("year"))
    shifted = levels.add(shift.to_numpy(), axis=0)
    version = pairings.VERSIONS[1]
    before, after = (pairings.association(frame, version) for frame in (levels, shifted))
    pd.testing.assert_frame_equal(before, after)
    assert (pairings.association(shifted).to_numpy() > pairings.association(levels).to_numpy()).all()


def test_an_opposite_match_is_no_match_unless_squared():
    levels = planted()
    levels["T"] = 1 - levels["T"]
    assert pairings.association(levels).loc["L", "T"] == -1
    assert pairings.association(levels, statistic="squared").loc["L", "T"] == 1


def test_missing_cells_are_dropped_never_filled():
    levels = planted(noise=0.5)
    gaps = levels.copy()
    gaps.iloc[3, 0] = gaps.iloc[8, 5] = np.nan
    kept = levels.drop(index=[levels.index[3], levels.index[8]])
    pd.testing.assert_frame_equal(pairings.ranking(gaps), pairings.ranking(kept))
    assert len(pairings.used_cells(gaps)) == 22
    pairwise = pairings.association(gaps, cells="pairwise")
    whole = pairings.association(levels)
    assert pairwise.loc["S", "K"] == whole.loc["S", "K"]
    assert pairwise.loc["L", "T"] != whole.loc["L", "T"]


def test_a_year_of_one_cluster_tells_nothing_once_its_mean_is_gone():
    levels = planted(noise=0.5)
    lone = levels.drop(index=[(c, 1990) for c in sorted(CLUSTERS)[1:]])
    version = pairings.VERSIONS[1]
    assert len(pairings.used_cells(lone, version)) == 20
    gone = levels[levels.index.get_level_values("year") != 1990]
    pd.testing.assert_frame_equal(pairings.association(lone, version), pairings.association(gone, version))


def test_the_coded_levels_are_those_of_the_evidence():
    known = evidence.levels().pivot(index=["cluster", "year"], columns="variable", values="level")
    mean = pairings.coded()
    pd.testing.assert_frame_equal(mean, known[mean.columns], check_names=False)
    a, b = pairings.coded("a", "a"), pairings.coded("b", "b")
    crossed = pairings.coded("a", "b")
    pd.testing.assert_frame_equal(crossed[list(BASIC)], a[list(BASIC)])
    pd.testing.assert_frame_equal(crossed[list(WAYS)], b[list(WAYS)])
    assert not a.equals(b)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: pairings.coded("c"), "expected one of mean, a, b; got 'c'"),
        (lambda: pairings.association(planted(), version="detrended"), "expected one of raw"),
        (lambda: pairings.association(planted(), statistic="kendall"), "expected one of pearson"),
        (lambda: pairings.association(planted(), cells="filled"), "expected one of common"),
        (lambda: pairings.association(planted().drop(columns="K")), "got no K; see coded"),
        (lambda: pairings.association(planted().reset_index()), "got an index of None; see coded"),
        (lambda: pairings.association(pd.concat([planted()] * 2)), "got some twice"),
        (lambda: pairings.association(planted().head(3)), "at least 4 complete cluster-years, got 3"),
        (lambda: pairings.association(planted().assign(L=0.4)), "levels of L that vary"),
    ],
)
def test_bad_input_is_refused(call, message):
    with pytest.raises(GumError, match=message):
        call()


@pytest.mark.no_cover
def test_every_check_is_there_in_both_versions(checks):
    assert checks.groupby("check")["version"].agg(list).map(len).eq(2).all()
    counts = checks.drop_duplicates("check")["kind"].value_counts().to_dict()
    assert counts["without a cluster"] == 4
    assert counts["without an epoch"] == 6
    assert counts["across passes"] == counts["one pass"] == 2
    assert checks["rank"].between(1, 24).all()
    assert np.allclose(checks["p"], checks["rank"] / 24)
    assert checks.notna().all(axis=None)


def test_the_main_check_is_the_main_test(checks):
    main = checks[checks["kind"] == "all cells"].set_index("version")
    tested = pairings.permutation_test(pairings.ranking())
    pd.testing.assert_frame_equal(main[tested.columns], tested)


def scored(facts: dict[str, str]) -> pd.DataFrame:
    """Scores of both passes in one cell, citing the facts given by variable."""
    rows = [("ningbo", 2000, v, coder, 3.0, facts[v]) for v, coder in product(BASIC + WAYS, "ab")]
    return pd.DataFrame(rows, columns=["cluster", "year", "variable", "coder", "score", "evidence_ids"])


def test_overlap_counts_shared_facts():
    facts = {code: code for code in BASIC + WAYS} | {"L": "x;y", "T": "y;z", "S": "k", "K": "k"}
    table = pairing_checks.overlap(scored(facts)).set_index(["factor", "way"])
    assert table.loc[("L", "T"), "within"] == pytest.approx(1 / 3)
    assert table.loc[("S", "K"), ["within", "across"]].tolist() == [1.0, 1.0]
    assert table.loc[("I", "N"), ["within", "cells", "apart"]].tolist() == [0.0, 2, 2]
    assert table["book"].sum() == 4


def test_overlap_needs_cells_where_both_cite_facts():
    frame = scored({code: code for code in BASIC + WAYS})
    frame.loc[frame["variable"] == "K", "score"] = np.nan
    with pytest.raises(GumError, match="L and K both cite facts"):
        pairing_checks.overlap(frame)


def test_the_halo_is_measured_for_all_16_pairs():
    table, summary = pairing_checks.halo(), pairing_checks.halo_summary()
    assert len(table.dropna()) == 16
    means = table.groupby("book")["within"].mean()
    assert summary.loc["within", ["book", "others"]].tolist() == [means[True], means[False]]
    assert summary["rank"].between(1, 24).all()


def test_what_is_left_is_unrelated_to_the_overlap_of_facts():
    shared = pairing_checks.overlap()["within"]
    for version in pairings.VERSIONS:
        left = pairing_checks.less_overlap(version).to_numpy().ravel()
        assert np.corrcoef(shared, left)[0, 1] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("raw", "removed", "others", "left", "expected"),
    [
        (1, 1, [1, 1], [1, 3], "partly"),
        (1, 1, [1, 2], [2, 1], "partly"),
        (1, 1, [1, 1], [1, 4], "not distinguishable"),
        (1, 2, [1, 1], [1, 1], "not distinguishable"),
        (3, 1, [1, 1], [9, 9], "not distinguishable"),
        (1, 4, [1, 1], [1, 1], "not supported"),
        (9, 1, [1, 1], [1, 1], "not supported"),
    ],
)
def test_c08_follows_its_rule(raw, removed, others, left, expected, monkeypatch):
    kinds = ["all cells"] * 2 + ["without a cluster", "across passes"] + ["shared facts"] * 2 + ["without an epoch"]
    frame = pd.DataFrame({"kind": kinds, "rank": [raw, removed, *others, *left, 20]})
    frame["p"] = frame["rank"] / 24
    monkeypatch.setattr(pairing_checks, "checks", lambda: frame)
    decided = verdict.TESTS["C08"]()
    assert decided.verdict == expected
    assert decided.finding.startswith(f"rank {raw} of 24 raw and {removed} with")
