"""Our numbers beside those of others: the R packages' example, published shares, pymrio, identities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import comparison
from gumlib import data, gvc
from gumlib.errors import GumError
from gumlib.gvc import codes, parity

ROUNDING = Path(__file__).parents[3] / "shared" / "data" / "wiod2013" / "rounding_check.csv"


@pytest.fixture(scope="module")
def ends() -> dict[int, gvc.IOTable]:
    try:
        return {year: gvc.wiod(year) for year in (1995, 2011)}
    except GumError as fault:
        pytest.skip(f"needs the full tables: {fault}")


def test_everything_the_r_packages_print_for_their_example_is_ours_too():
    found = comparison.against_leather()
    assert (found["difference"] <= found["tolerance"]).all()
    assert found["values"].sum() == len(data.read("gvc-leather-printed")) - _added_up()


def _added_up() -> int:
    """Printed values that are compared in sums: those of the sixteen terms, less the sums."""
    terms = sum(len(names) for names in parity.WWZ.values())
    return terms * 18 - len(parity.WWZ) * 9


def test_a_wrong_flow_in_the_example_is_noticed(monkeypatch):
    frame = data.read("gvc-leather")
    frame.loc[frame.index[5], "value"] += 0.1
    wrong = gvc.IOTable.from_frame(frame)
    monkeypatch.setattr(comparison, "leather", lambda: wrong)
    found = comparison.against_leather()
    assert (found["difference"] > found["tolerance"]).sum() > len(found) / 2


def test_spreading_stocks_keeps_output_and_leaves_rows_of_stocks_alone():
    flows = [[1.0, 2.0, 0.0], [3.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    final = [[4.0, 1.0], [2.0, -1.0], [0.0, 5.0]]
    table = gvc.IOTable.from_arrays(flows, final, ["A"], ["x", "y", "z"], ["use", "stocks"])
    even = parity.without_inventories(table, "stocks")
    np.testing.assert_allclose(even.output, table.output, rtol=1e-15)
    assert even.final[:, 0, 1].tolist() == [0.0, 0.0, 5.0]
    np.testing.assert_allclose(even.intermediates[1], np.array([3.0, 1.0, 0.0]) * 5 / 6)


def test_an_unknown_category_of_stocks_is_refused():
    with pytest.raises(GumError, match="expected one of final; got 'f5'"):
        parity.without_inventories(gvc.toy())


def test_a_verdict_needs_the_tolerance_or_a_reason():
    frame = pd.DataFrame({"difference": [0.5, 2.0, 2.0], "tolerance": 1.0, "reason": [None, "why", None]})
    assert parity.judge(frame)["verdict"].tolist() == ["agrees", "explained", "differs"]


def test_the_identities_notice_a_broken_split(monkeypatch):
    broken = gvc.nine_terms(gvc.toy()) * 1.001
    monkeypatch.setattr(comparison.koopman, "nine_terms", lambda table: broken)
    assert comparison.identities(gvc.toy())["nine terms sum to exports"] > 1e-4


def test_what_is_stored_covers_all_checks_and_years():
    found = parity.read_parity()
    assert set(found["check"]) == {
        *data.read("gvc-published")["source"],
        "decompr",
        "gvc",
        "icio",
        "pymrio",
        "identity",
    }
    held = found[found["check"] == "identity"]
    assert held["year"].astype(int).value_counts().to_dict() == dict.fromkeys(codes.TABLE_YEARS, 5)
    assert (held["difference"] < 1e-12).all()
    assert found.query("verdict == 'differs'")["measure"].tolist() == ["upstreamness_mean"]
    assert found.query("verdict == 'explained'")["reason"].notna().all()
    gap = (found["ours"] - found["theirs"]).abs()
    np.testing.assert_allclose(found["difference"], gap, rtol=1e-5, atol=1e-7)


def test_published_shares_and_pymrio_come_out_anew_as_stored(ends):
    pytest.importorskip("pymrio", reason="needs pymrio")
    benchmark = pytest.importorskip("benchmarks.parity")
    stored = parity.read_parity()
    chosen = stored["check"].isin(["antras2018", "concordance"])
    columns = [*comparison.COLUMNS, "reason"]
    anew = pd.DataFrame(benchmark.published(ends), columns=columns)
    anew = anew[anew["check"] != "replication"]
    np.testing.assert_allclose(anew["ours"], stored.loc[chosen, "ours"], rtol=1e-8)
    peers = pd.DataFrame(benchmark.pymrio_rows(ends[2011], 2011), columns=columns)
    assert (peers["difference"] < 1e-12).all()


def test_a_table_rounded_to_tens_keeps_its_flows_near(ends):
    benchmark = pytest.importorskip("benchmarks.parity", reason="needs pymrio")
    coarse = benchmark.coarser({2011: ends[2011]})[2011]
    assert np.abs(coarse.intermediates - ends[2011].intermediates).max() <= 5
    assert (coarse.final % 10 == 0).all()


@pytest.mark.skipif(not ROUNDING.exists(), reason=f"needs {ROUNDING}")
def test_the_cost_of_rounding_is_carried_over_unchanged():
    assert data.path("gvc-rounding").read_bytes() == ROUNDING.read_bytes()
