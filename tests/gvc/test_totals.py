"""Totals are flows over flows: identities on every total, groups, what is nought, loops, split regions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.gvc import accounts, codes, flows, inverse
from gumlib.gvc.groups import groups_of
from gumlib.gvc.inverse import LEAF, inverse_of
from gumlib.gvc.koopman import NINE_TERMS

SEEDS = st.integers(0, 2**32 - 1)
GROUPS = {"TOTAL": None, "PART": ("i0", "i2")}


def uneven(seed: int, regions: int = 3, industries: int = 3) -> gvc.IOTable:
    """A table with empty flows, industries that export nothing or make nothing, and stocks drawn down abroad."""
    rng = np.random.default_rng(seed)
    rows = regions * industries
    flows = rng.random((rows, rows)) * (rng.random((rows, rows)) < 0.7)
    final = (4 + 6 * rng.random((rows, regions))) * (rng.random((rows, regions)) < 0.8)
    home = np.arange(rows) // industries
    final[np.arange(rows), home] += 15
    for row in np.flatnonzero(rng.random(rows) < 0.3):
        abroad = np.repeat(np.arange(regions), industries) != home[row]
        flows[row, abroad] = 0
        final[row, np.arange(regions) != home[row]] = rng.choice([0.0, -0.5])
    if rng.random() < 0.3:
        drawn = rng.integers(rows)
        final[drawn], final[drawn, home[drawn]] = 0, -0.5
        flows[drawn, drawn] = 1
    if rng.random() < 0.3:
        empty = rng.integers(rows)
        flows[empty], flows[:, empty], final[empty] = 0, 0, 0
    names = [f"R{number}" for number in range(regions)], [f"i{number}" for number in range(industries)]
    return gvc.IOTable.from_arrays(flows, final, *names)


def on_many(check: Callable[[int], None]) -> None:
    """Do a check on many tables, as `given` does; for faults that are planted."""
    for seed in range(60):
        check(seed)


def by_definition(table: gvc.IOTable) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Numerator and denominator of each share by row, from plain formulas with whole matrices."""
    x, count, size = table.output, len(table.regions), len(table.industries)
    home = np.repeat(np.arange(count), size)
    same = home[:, None] == home[None, :]
    here = home[:, None] == np.arange(count)[None, :]
    a = np.divide(table.intermediates, x, out=np.zeros_like(table.intermediates), where=x != 0)
    v, y = 1 - a.sum(axis=0), table.final.sum(axis=2)
    b, local = np.linalg.inv(np.eye(len(x)) - a), np.linalg.inv(np.eye(len(x)) - a * same)
    e = (table.intermediates * ~same).sum(axis=1) + (y * ~here).sum(axis=1)
    taken = (y * ~here).sum(axis=1) + (a * ~same) @ local @ (y * here).sum(axis=1)
    once, content, made = v @ (local * same), v @ (b * same), y.sum(axis=1)
    return {
        "va_go": (v * x, x),
        "vs_share": ((a * ~same).sum(axis=0) @ local * e, e),
        "dva_share": (once * e, e),
        "dc_share": (content * e, e),
        "fc_share": (v @ (b * ~same) * e, e),
        "fvas": (v @ (b * ~same) * made, made),
        "gvc_backward": (e - once * e, e),
        "gvc_forward": (once * (e - taken), e),
        "gvc_share": (e - once * taken, e),
        "vax_ratio": (v * ((b @ y) * ~here).sum(axis=1), e),
        "vs1_share": (v * ((b * ~same) @ e), e),
        "upstreamness": (b @ x, x),
        "downstreamness": (b.sum(axis=0) * x, x),
    }


def check_totals(table: gvc.IOTable) -> None:
    """Each share of each group is the sum of its numerators over the sum of its denominators."""
    wide = gvc.wide_indicators(table, GROUPS)
    places = {"TOTAL": [0, 1, 2], "PART": [0, 2]}
    for name, parts in by_definition(table).items():
        over, under = (part.reshape(len(table.regions), -1) for part in parts)
        for group, inside in places.items():
            above, below = over[:, inside].sum(axis=1), under[:, inside].sum(axis=1)
            expected = np.where(below > 1e-9, above / np.where(below > 1e-9, below, 1), np.nan)
            assert_allclose(wide.xs(group, level="industry")[name], expected, rtol=1e-9, atol=1e-12, err_msg=name)


@given(SEEDS)
def test_a_total_adds_up_signed_flows_and_divides_once(seed):
    check_totals(uneven(seed))


@pytest.mark.parametrize("name", ["vs1_share", "dva_share", "fvas"])
def test_an_average_of_masked_shares_is_noticed(monkeypatch, name):
    over, under = flows.SHARES[name]
    masked = {**flows.SHARES, name: (lambda table: np.where(under(table) > 0, over(table), 0.0), under)}
    monkeypatch.setattr(flows, "SHARES", masked)
    with pytest.raises(AssertionError, match=name):
        on_many(lambda seed: check_totals(uneven(seed)))


def check_sums(wide: pd.DataFrame, tolerance: float) -> None:
    """Identities that every row of measures with exports obeys, industries and totals alike."""
    shares = wide[wide["exports"] > tolerance]
    for one, other in (("dva_share", "vs_share"), ("dc_share", "fc_share")):
        assert_allclose(shares[one] + shares[other], 1, atol=tolerance, err_msg=one)
    assert_allclose(shares["gvc_share"], shares["gvc_backward"] + shares["gvc_forward"], atol=tolerance)
    flow = np.abs(wide[list(NINE_TERMS)]).sum(axis=1)
    assert (np.abs(wide[list(NINE_TERMS)].sum(axis=1) - wide["exports"]) <= tolerance * (1 + flow)).all()
    assert_allclose(shares["vax_ratio"] * shares["exports"], shares["vax"], rtol=tolerance, atol=tolerance)


@given(SEEDS)
def test_income_of_a_group_adds_up_to_the_final_output_of_its_products(seed):
    table = uneven(seed)
    made = table.final.sum(axis=(1, 2)).reshape(len(table.regions), -1)
    earned = gvc.wide_indicators(table, GROUPS)["gvc_income"].groupby("industry").sum()
    assert_allclose(earned[["TOTAL", "PART"]], [made.sum(), made[:, [0, 2]].sum()], rtol=1e-9)


@given(SEEDS)
def test_identities_hold_on_groups_of_uneven_tables(seed):
    check_sums(gvc.wide_indicators(uneven(seed), GROUPS), 1e-9)


@pytest.mark.parametrize("group", ["TOTAL", "MANUF"])
def test_identities_hold_on_every_stored_total(group):
    stored = gvc.read_indicators().query("industry == @group")
    assert len(stored) == len(codes.TABLE_YEARS) * len(codes.REGIONS)
    check_sums(stored, 1e-5)
    assert stored.query("exports > 0").notna().all(axis=None)


def test_a_wrong_stored_total_is_noticed():
    stored = gvc.read_indicators().query("industry == 'TOTAL'").reset_index(drop=True)
    stored.loc[40, "dva_share"] += 1e-4
    with pytest.raises(AssertionError, match="dva_share"):
        check_sums(stored, 1e-5)


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ({"PART": ("i0", "c4")}, r"PART\] expected industries of the table \(i0, i1, i2\) .* got c4; take codes"),
        ({"PART": ()}, r"PART\] expected industries in the group 'PART', got \(\)"),
        ({"PART": "i0"}, r"expected industries in the group 'PART', got 'i0'; list their codes"),
        (["i0"], r"totals\] expected names with their industries, got \['i0'\]; use a dict"),
        ({"i1": ("i0", "i2")}, r"totals\] expected a name that no industry has, got 'i1'"),
        ({"MANUF": codes.MANUFACTURES}, r"group 'MANUF', got c3"),
    ],
)
def test_a_group_that_the_table_does_not_have_is_refused(group, message):
    with pytest.raises(GumError, match=message):
        gvc.indicators(uneven(0), group)


def test_groups_are_those_of_the_classification():
    assert list(groups_of(gvc.toy())) == list(groups_of(uneven(1))) == ["TOTAL"]
    assert groups_of(gvc.condensed(2005)) == {"TOTAL": None, "MANUF": codes.CONDENSED_MANUFACTURES}
    small = gvc.wide_indicators(gvc.condensed(2005))["exports"].xs("MANUF", level="industry")
    full = gvc.read_indicators().query("year == 2005 and industry == 'MANUF'").set_index("region")["exports"]
    assert_allclose(small[["CHN", "DEU", "ITA"]], full[["CHN", "DEU", "ITA"]], rtol=5e-6)


def cancelling(seed: int, rest: float) -> gvc.IOTable:
    """A table with a row whose flows cancel but for a rest, as 0.1 + 0.2 - 0.3 does."""
    table = uneven(seed)
    rows = len(table.index)
    row = seed % rows
    flows, final = table.intermediates.copy(), table.final[:, :, 0].copy()
    flows[row], final[row] = 0.0, 0.0
    flows[row, [(row + 1) % rows, (row + 2) % rows]] = 0.1, 0.2
    final[row, seed % len(table.regions)] = -0.3 + rest
    return gvc.IOTable.from_arrays(flows, final, table.regions, table.industries)


def check_nought(seed: int, scale: float) -> None:
    """What is left of a cancelled row is nought: the measures are those of the row without it."""
    table, exact = cancelling(seed, 0.0), cancelling(seed, -(0.1 + 0.2 - 0.3))
    if table.output[seed % len(table.index)] == 0:
        return
    larger = gvc.IOTable(scale * table.intermediates, scale * table.final, *exact_codes(exact))
    wide, expected = gvc.wide_indicators(larger), gvc.wide_indicators(exact)
    row = exact.index[seed % len(exact.index)]
    assert wide.loc[row, ["va_go", "upstreamness", "downstreamness"]].isna().all()
    money = ["exports", "vax", "gvc_income", *NINE_TERMS]
    assert_allclose(wide[money] / scale, expected[money], rtol=1e-8, atol=1e-9)
    assert_allclose(wide.drop(columns=money), expected.drop(columns=money), rtol=1e-8, atol=1e-9)


def exact_codes(table: gvc.IOTable) -> tuple[tuple[str, ...], ...]:
    return table.regions, table.industries, table.categories


@given(SEEDS, st.sampled_from([1e-9, 1.0, 1e9]))
def test_a_row_that_cancels_is_no_output_in_any_currency(seed, scale):
    check_nought(seed, scale)


def test_a_comparison_with_exact_nought_is_noticed(monkeypatch):
    monkeypatch.setattr(accounts, "NOUGHT", 0.0)
    with pytest.raises((AssertionError, GumError)):
        on_many(lambda seed: check_nought(seed, 1.0))


@given(SEEDS, st.integers(1, 3), st.sampled_from([0.0, 1e-12, 1e-10]))
def test_a_loop_that_nothing_leaves_is_named(seed, length, leak):
    table = uneven(seed)
    rng = np.random.default_rng(seed)
    loop = sorted(rng.choice(len(table.index), length, replace=False))
    flows, final = table.intermediates.copy(), table.final.copy()
    flows[loop], flows[:, loop], final[loop] = 0, 0, 0
    for seller, buyer in zip(loop, [*loop[1:], loop[0]], strict=True):
        flows[seller, buyer] = 3
        final[seller, 0, 0] = leak
    shut = gvc.IOTable(flows, final, *exact_codes(table))
    with pytest.raises(GumError, match="in every loop of sales, got next to none") as told:
        gvc.leontief(shut)
    assert [str(shut.index[row]) in str(told.value) for row in range(len(flows))] == [
        row in loop for row in range(len(flows))
    ]


def test_the_inverse_holds_without_a_dominant_diagonal():
    a = np.random.default_rng(0).random((LEAF + 30, LEAF + 30))
    a *= 0.9 / a.sum(axis=0)
    half = len(a) // 2
    a[:half, :half] *= 1 / np.abs(np.linalg.eigvals(a[:half, :half])).max()
    a[half:] *= 5
    assert_allclose(inverse_of(a), np.linalg.inv(np.eye(len(a)) - a), rtol=1e-6, atol=1e-9)


def test_a_wrong_inverse_by_blocks_is_found_and_done_again(monkeypatch):
    a = np.random.default_rng(1).random((40, 40)) / 50
    right = np.linalg.inv(np.eye(40) - a)

    def wrong(m: np.ndarray) -> None:
        m[:] = right
        m[3, 5] += 1e-3

    monkeypatch.setattr(inverse, "_invert", wrong)
    assert_allclose(inverse_of(a), right, rtol=1e-12)


def test_rows_without_value_added_are_named_where_nothing_can_be_inverted(monkeypatch):
    def refuse(matrix: np.ndarray) -> None:
        raise np.linalg.LinAlgError

    monkeypatch.setattr(np.linalg, "inv", refuse)
    with pytest.raises(inverse.NearSingularError, match=r"rows \[1\] feed on themselves") as told:
        inverse_of(np.array([[0.5, 0.0], [0.0, 1.0]]))
    assert told.value.rows == [1]


def split(table: gvc.IOTable, seed: int, *, final_apart: bool) -> gvc.IOTable:
    """The table with its last region in two parts that make each good alike, in shares that differ by good.

    With `final_apart`, final users buy in the name of the whole region, which makes nothing itself.
    """
    rng = np.random.default_rng(seed)
    size, before = len(table.industries), len(table.index) - len(table.industries)
    share = rng.random(size)
    parts = [np.diag(share), np.diag(1 - share)]
    spread = np.zeros((before + (2 + final_apart) * size, before + size))
    spread[:before, :before] = np.eye(before)
    spread[before : before + 2 * size, before:] = np.vstack(parts)
    flows = spread @ table.intermediates @ spread.T
    uses = spread @ table.final[:, :, 0]
    home = uses[:, -1:]
    kept = [np.zeros_like(home), np.zeros_like(home), home] if final_apart else [0.3 * home, 0.7 * home]
    names = [*table.regions[:-1], "P1", "P2", *[table.regions[-1]] * final_apart]
    final = np.hstack([uses[:, :-1], *kept])
    order = rng.permutation(len(names))
    rows = (order[:, None] * size + np.arange(size)).ravel()
    mixed = [names[place] for place in order]
    return gvc.IOTable.from_arrays(flows[np.ix_(rows, rows)], final[rows][:, order], mixed, table.industries)


@given(SEEDS, st.booleans())
def test_a_region_split_in_two_reports_what_it_did_whole(seed, final_apart):
    table = uneven(seed)
    halves = split(table, seed, final_apart=final_apart)
    again = gvc.wide_indicators(halves.reported({"P1": "R2", "P2": "R2"}), GROUPS)
    whole = gvc.wide_indicators(table, GROUPS)
    assert_allclose(again.loc[list(table.regions)], whole, rtol=1e-8, atol=1e-9)


@given(SEEDS)
def test_parts_that_differ_export_what_their_sum_exports(seed):
    table = uneven(seed)
    homes = {"R0": "R0", "R1": "pair", "R2": "pair"}
    both, added = table.reported({"R1": "pair", "R2": "pair"}), table.aggregate(homes)
    for measure in (gvc.exports, gvc.va_go):
        assert_allclose(measure(both), measure(added), rtol=1e-9, atol=1e-12)
    check_sums(gvc.wide_indicators(both, GROUPS), 1e-9)
    assert_allclose(gvc.value_added_multipliers(both).sum(), 1)
    assert gvc.nine_terms(both).index.equals(gvc.rca_va(both).index)


def test_exports_between_parts_are_exports_where_nobody_says_that_they_are_parts():
    halves = split(uneven(4), 4, final_apart=False)
    assert gvc.exports(halves).sum() > gvc.exports(halves.reported({"P1": "R2", "P2": "R2"})).sum() + 0.1


def test_parts_of_no_region_of_the_table_are_refused():
    with pytest.raises(GumError, match=r"homes\] expected codes of the table, got CN1; mend or drop them"):
        uneven(0).reported({"CN1": "CHN"})
    table = uneven(0)
    with pytest.raises(GumError, match=r"homes\] expected a home for each region, parts of one side by side"):
        gvc.IOTable(table.intermediates, table.final, *exact_codes(table), ("A", "B", "A"))
