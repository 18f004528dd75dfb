"""Accounts on an inter-country input-output table: known answers, identities, hard cases."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose

from gumlib import data, gvc
from gumlib.errors import GumError
from gumlib.gvc import accounts, codes, release
from gumlib.gvc.fetch import raw_name
from gumlib.gvc.inverse import LEAF, inverse_of
from gumlib.gvc.koopman import NINE_TERMS


def invented(seed: int, regions: int = 4, industries: int = 3) -> gvc.IOTable:
    rng = np.random.default_rng(seed)
    rows = regions * industries
    final = 5 * rng.random((rows, regions))
    final[rng.integers(rows), rng.integers(regions)] = -0.5
    names = [f"R{number}" for number in range(regions)]
    return gvc.IOTable.from_arrays(rng.random((rows, rows)), final, names, [f"i{n}" for n in range(industries)])


@pytest.fixture(params=codes.TABLE_YEARS)
def year(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture(params=(1995, 2002, 2011))
def full(request: pytest.FixtureRequest) -> gvc.IOTable:
    try:
        return gvc.wiod(request.param)
    except GumError as fault:
        pytest.skip(f"needs {raw_name(request.param)}: {fault}")


def by_equation_36(table: gvc.IOTable) -> np.ndarray:
    """The nine terms region by region, as the article sums them."""
    y, size, count = accounts.final(table), len(table.industries), len(table.regions)
    x = table.output
    a = table.intermediates / x
    v, eye = 1 - a.sum(axis=0), np.eye(size)
    rows = [slice(s * size, (s + 1) * size) for s in range(count)]
    b = np.linalg.inv(np.eye(count * size) - a)

    def block(matrix: np.ndarray, s: int, r: int) -> np.ndarray:
        return matrix[rows[s], rows[r]]

    def use(s: int, r: int) -> np.ndarray:
        return y[rows[s], r]

    local = [np.linalg.inv(eye - block(a, s, s)) for s in range(count)]
    e = [sum(block(a, s, r) @ x[rows[r]] + use(s, r) for r in range(count) if r != s) for s in range(count)]
    result = np.zeros((count, 9))
    for s in range(count):
        others = [r for r in range(count) if r != s]
        for r in others:
            sent = v[rows[s]] @ block(b, s, r)
            result[s, 0] += v[rows[s]] @ block(b, s, s) @ use(s, r)
            result[s, 1] += sent @ use(r, r)
            result[s, 2] += sum(sent @ use(r, t) for t in others if t != r)
            result[s, 3] += sent @ use(r, s)
            result[s, 4] += sent @ block(a, r, s) @ local[s] @ use(s, s)
            result[s, 5] += sent @ block(a, r, s) @ local[s] @ e[s]
        for t, r in product(others, others):
            foreign = v[rows[t]] @ block(b, t, s)
            result[s, 6] += foreign @ use(s, r)
            result[s, 7] += foreign @ block(a, s, r) @ local[r] @ use(r, r)
            result[s, 8] += foreign @ block(a, s, r) @ local[r] @ e[r]
    return result


@pytest.mark.parametrize("seed", range(5))
def test_nine_terms_are_those_of_equation_36(seed):
    table = invented(seed)
    ours = gvc.nine_terms(table).groupby("region", sort=False).sum()
    assert_allclose(ours, by_equation_36(table), rtol=1e-11, atol=1e-11)


def test_toy_is_solved_on_paper():
    toy = gvc.toy()
    assert_allclose(gvc.leontief(toy), [[1.25, 0.625, 0.5], [0.625, 1.5625, 1.25], [0.625, 0.3125, 1.25]], atol=1e-15)
    assert_allclose(gvc.exports(toy), [52, 70, 65], atol=1e-12)
    assert_allclose(gvc.vax(toy), [16.875, 26.75, 11.75], atol=1e-12)
    terms = [
        [7.5, 5.625, 3.75, 8.125, 1.0, 6.5, 4.5, 1.875, 13.125],
        [6.25, 7.0, 13.5, 7.0, 1.25, 8.75, 3.75, 3.0, 19.5],
        [8.75, 1.625, 1.375, 0.75, 0.5, 3.25, 26.25, 3.0, 19.5],
    ]
    assert_allclose(gvc.nine_terms(toy), terms, atol=1e-12)


def check_identities(table: gvc.IOTable, tolerance: float = 1e-12) -> None:
    """Whatever the table, these hold: to a share of the flow, or of the world's where flows cancel."""
    e = gvc.exports(table)
    terms, world = gvc.nine_terms(table), table.value_added.sum()
    assert_allclose(terms.sum(axis=1), e, rtol=tolerance, atol=tolerance * world)
    by_region = terms.groupby("region", sort=False).sum().sum(axis=1)
    assert_allclose(by_region, e.groupby("region", sort=False).sum(), rtol=tolerance)
    assert_allclose(gvc.dc_share(table) + gvc.fc_share(table), e.where(e > 0) / e, atol=tolerance)
    assert_allclose(gvc.vs_share(table) + gvc.dva_share(table), e.where(e > 0) / e, atol=tolerance)
    assert_allclose(gvc.gvc_backward(table), gvc.vs_share(table), atol=tolerance)
    assert_allclose(gvc.gvc_share(table), gvc.gvc_backward(table) + gvc.gvc_forward(table), atol=1e-10)
    assert_allclose(gvc.value_added_multipliers(table).sum(), 1, atol=tolerance)
    final = accounts.final(table).sum(axis=1).reshape(len(table.regions), -1).sum(axis=0)
    assert_allclose(gvc.gvc_income(table).sum(), final, rtol=tolerance, atol=tolerance * world)
    assert_allclose(accounts.inverse(table) @ accounts.final(table).sum(axis=1), table.output, atol=tolerance * world)
    steps = pd.concat([gvc.upstreamness(table), gvc.downstreamness(table)]).dropna()
    assert (steps >= 1 - 1e-9).mean() > 0.99


@pytest.mark.parametrize("seed", range(3))
def test_identities_hold_on_invented_tables(seed):
    check_identities(invented(seed))


def test_identities_hold_on_the_aggregated_tables(year):
    check_identities(gvc.condensed(year))


@pytest.mark.slow
def test_identities_hold_on_full_tables(full):
    check_identities(full)


def test_a_wrong_inverse_breaks_the_identities(monkeypatch):
    monkeypatch.setattr(accounts, "inverse_of", lambda a: np.linalg.inv(np.eye(len(a)) - 1.000001 * a))
    with pytest.raises(AssertionError):
        check_identities(invented(0))


def test_domestic_value_is_what_extraction_of_exports_takes_away():
    table = invented(7)
    for region, rows in enumerate(accounts.blocks(table)):
        a = accounts.coefficients(table)[rows, rows]
        v, y = accounts.value_share(table)[rows], accounts.final(table)[rows, region]
        without = v @ np.linalg.solve(np.eye(len(a)) - a, y)
        lost = v @ table.output[rows] - without
        earned = (gvc.dva_share(table) * gvc.exports(table))[table.regions[region]].sum()
        assert_allclose(earned, lost)


def test_upstreamness_counts_sales_one_by_one():
    table = invented(3)
    a, x, flow = accounts.coefficients(table), table.output, accounts.final(table).sum(axis=1)
    steps = np.zeros_like(x)
    for count in range(1, 400):
        steps += count * flow
        flow = a @ flow
    assert_allclose(gvc.upstreamness(table), steps / x)


def test_downstreamness_counts_purchases_one_by_one():
    table = invented(4)
    a, content, steps = accounts.coefficients(table), accounts.value_share(table), 0.0
    for count in range(1, 400):
        steps, content = steps + count * content, content @ a
    assert_allclose(gvc.downstreamness(table), steps)


def test_value_added_exports_of_the_world_and_forward_share_by_definition():
    table = invented(5)
    v, b, y = accounts.value_share(table), np.asarray(gvc.leontief(table)), accounts.final(table)
    absorbed = v[:, None] * (b @ y)
    abroad = [
        sum(absorbed[i, r] for r in range(len(table.regions)) if table.regions[r] != region)
        for i, (region, _) in enumerate(table.index)
    ]
    assert_allclose(gvc.vax(table), abroad)


def test_vs1_is_own_value_in_the_exports_of_others():
    table = invented(6)
    v, b, e = accounts.value_share(table), np.asarray(gvc.leontief(table)), gvc.exports(table)
    home = table.index.get_level_values("region").to_numpy()
    inside = [v[i] * sum(b[i, j] * e.iloc[j] for j in range(len(e)) if home[j] != home[i]) for i in range(len(e))]
    assert_allclose(gvc.vs1_share(table), inside / e)


def test_inverse_by_blocks_is_the_inverse():
    a = np.random.default_rng(0).random((2 * LEAF + 37, 2 * LEAF + 37))
    a *= 0.95 / a.sum(axis=0)
    assert_allclose(inverse_of(a), np.linalg.inv(np.eye(len(a)) - a), rtol=1e-10)


def test_shares_do_not_depend_on_the_currency_and_flows_do():
    table = invented(1)
    dear = gvc.IOTable.from_arrays(7 * table.intermediates, 7 * table.final[:, :, 0], table.regions, table.industries)
    first, second = gvc.wide_indicators(table, {"TOTAL": None}), gvc.wide_indicators(dear, {"TOTAL": None})
    flows = ["exports", "vax", "gvc_income", *NINE_TERMS]
    assert_allclose(second[flows], 7 * first[flows])
    assert_allclose(second.drop(columns=flows), first.drop(columns=flows))


def test_totals_weigh_as_stated():
    table = invented(2)
    wide = gvc.wide_indicators(table, {"TOTAL": None, "PART": ("i0", "i2")})
    first = wide.loc["R1"]
    part, e, x = ["i0", "i2"], first["exports"], pd.Series(table.output, index=table.index)["R1"]
    made = pd.Series(accounts.final(table).sum(axis=1), index=table.index)["R1"]
    for measure, weights in (("dc_share", e), ("gvc_forward", e), ("va_go", x), ("upstreamness", x), ("fvas", made)):
        expected = (first[measure] * weights)[part].sum() / weights[part].sum()
        assert first.loc["PART", measure] == pytest.approx(expected)
    assert first.loc["TOTAL", "vax_ratio"] == pytest.approx(gvc.vax(table)["R1"].sum() / gvc.exports(table)["R1"].sum())
    assert_allclose(wide.xs("TOTAL", level="industry")[["rca_gross", "rca_va"]], 1)
    assert first.loc["PART", "rca_gross"] == pytest.approx(
        (e[part].sum() / e[list(table.industries)].sum())
        / (gvc.exports(table).unstack()[part].sum().sum() / gvc.exports(table).sum())
    )


def test_indicators_are_tidy_and_complete():
    table = gvc.condensed(2005)
    tidy = gvc.indicators(table)
    assert list(tidy) == ["region", "industry", "indicator", "value"]
    assert not tidy.duplicated(["region", "industry", "indicator"]).any()
    stated = "va_go exports vax vax_ratio vs_share dva_share dc_share fc_share gvc_share gvc_backward gvc_forward"
    stated += " vs1_share upstreamness downstreamness fvas rca_gross rca_va gvc_income"
    assert set(tidy["indicator"]) == {*stated.split(), *NINE_TERMS}
    assert {"TOTAL", "MANUF"} < set(tidy["industry"])


def test_an_industry_without_output_has_no_shares_and_harms_no_sum():
    flows = np.array([[1.0, 0, 2, 0], [0, 0, 0, 0], [3, 1, 1, 0], [1, 0, 0, 0]])
    final = np.array([[4.0, 1], [1, -1], [1, 5], [2, -1]])
    table = gvc.IOTable.from_arrays(flows, final, ["A", "B"], ["goods", "services"])
    assert table.output.tolist() == [8.0, 0.0, 11.0, 2.0]
    check_identities_without_shares(table)
    for measure in (gvc.va_go, gvc.dc_share, gvc.vax_ratio, gvc.upstreamness, gvc.downstreamness, gvc.gvc_share):
        assert np.isnan(measure(table)["A", "services"])
        assert np.isfinite(measure(table)["A", "goods"])


def check_identities_without_shares(table: gvc.IOTable) -> None:
    assert_allclose(gvc.nine_terms(table).sum(axis=1), gvc.exports(table), atol=1e-12)
    assert_allclose(gvc.value_added_multipliers(table).sum(), 1)
    assert_allclose(accounts.output_for(table).sum(axis=1), table.output, atol=1e-12)


def test_a_tidy_frame_gives_the_table_back():
    table = invented(9)
    again = gvc.IOTable.from_frame(table.to_frame().sample(frac=1, random_state=0).sort_index())
    assert (again.regions, again.industries) == (table.regions, table.industries)
    assert (again.intermediates == table.intermediates).all()
    assert (again.final == table.final).all()


def test_aggregation_keeps_every_sum_and_the_measures_of_a_lone_region():
    table = invented(8)
    world = table.aggregate(dict.fromkeys(table.regions, "world"))
    assert world.output.sum() == pytest.approx(table.output.sum())
    assert world.value_added.sum() == pytest.approx(table.value_added.sum())
    assert gvc.exports(world).abs().max() == pytest.approx(0, abs=1e-12)
    assert gvc.dc_share(world).isna().all()
    two = table.aggregate({"R0": "R0", "R1": "rest", "R2": "rest", "R3": "rest"})
    assert_allclose(gvc.exports(two)["R0"], gvc.exports(table)["R0"])
    with pytest.raises(GumError, match=r"regions.*got none for R3; add them"):
        table.aggregate({"R0": "a", "R1": "a", "R2": "a"})


@pytest.mark.parametrize(
    ("flows", "final", "message"),
    [
        ([[0, 1]], [[1]], r"intermediates\] expected the shape \(2, 2\), got \(1, 2\)"),
        ([[0, 1], [1, 0]], [[1, 2]], r"final\] expected the shape \(2, 2\)"),
        ([[0, -1], [1, 0]], [[3, 0], [0, 4]], r"nought or more, got -1.0 from \('A', 'goods'\) to \('B', 'goods'\)"),
        ([[0, np.nan], [1, 0]], [[3, 0], [0, 4]], r"expected numbers, got one that is not in row \('A', 'goods'\)"),
        ([[0, 1], [1, 0]], [[3, 0], [0, np.inf]], r"final\] expected numbers.*row \('B', 'goods'\)"),
    ],
)
def test_bad_arrays_are_refused_by_name(flows, final, message):
    with pytest.raises(GumError, match=message):
        gvc.IOTable.from_arrays(flows, final, ["A", "B"], ["goods"])


def test_a_code_that_stands_twice_is_refused():
    with pytest.raises(GumError, match=r"regions\] expected each code once, got \['A'\]"):
        gvc.IOTable.from_arrays(np.zeros((2, 2)), np.ones((2, 2)), ["A", "A"], ["goods"])


def test_bad_frames_are_refused_by_name():
    frame = gvc.toy().to_frame()
    for broken, message in (
        (frame.drop(columns="to"), "missing: to"),
        (pd.concat([frame, frame.iloc[:1]]), "expected each flow once"),
        (frame.assign(value=[np.nan, *frame["value"][1:]]), "row 0 has none"),
        (frame.assign(to=["god", *frame["to"][1:]]), r"to\] expected a code that also sells .* got \['god'\]"),
    ):
        with pytest.raises(GumError, match=message):
            gvc.IOTable.from_frame(broken)


def test_published_totals_must_balance():
    toy = gvc.toy()
    gvc.check_balance(toy, toy.output, toy.value_added)
    with pytest.raises(GumError, match=r"output\] .* gap of 0.01 in \('Parts', 'goods'\) \(1 of 3"):
        gvc.check_balance(toy, [60, 101, 75], toy.value_added)
    gvc.check_balance(toy, [60, 101, 75], toy.value_added, tolerance=0.02)


def test_a_table_is_frozen():
    toy = gvc.toy()
    for array in (toy.intermediates, toy.final, accounts.inverse(toy), accounts.output(toy)):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1
    with pytest.raises(AttributeError):
        toy.regions = ()


def test_codes_are_those_of_the_data():
    assert data.read("wiod-regions")["code"].tolist() == list(codes.REGIONS)
    industries = data.read("wiod-industries")
    assert industries["code"].tolist() == list(codes.INDUSTRIES)
    assert industries.query("sector == 'manufacturing'")["code"].tolist() == list(codes.MANUFACTURES)
    assert data.read("wiod-final-demand")["code"].tolist() == list(codes.FINAL)


def test_stored_tables_are_those_of_the_full_ones(full):
    place = next(y for y in codes.TABLE_YEARS if np.array_equal(release.condense(full).output, gvc.condensed(y).output))
    assert (release.condense(full).intermediates == gvc.condensed(place).intermediates).all()
    stored = gvc.read_indicators().query("year == @place").drop(columns="year").set_index(["region", "industry"])
    assert_allclose(stored, gvc.wide_indicators(full), rtol=5e-6, atol=release.NOISE)


def test_stored_measures_cover_every_region_industry_and_year():
    frame = gvc.read_indicators()
    whole = pd.MultiIndex.from_product([codes.TABLE_YEARS, codes.REGIONS, [*codes.INDUSTRIES, "TOTAL", "MANUF"]])
    assert pd.MultiIndex.from_frame(frame[list(release.KEYS)]).equals(whole)


def test_a_closed_economy_exports_no_value_added():
    """What is left where sums cancel is no flow, and has no share of the world's."""
    flows = [[1, 2, 3], [4, 15, 6.2], [3, 2, 1]]
    table = gvc.IOTable.from_arrays(flows, [[14.5], [7], [44]], ["A"], ["x", "y", "z"])
    wide = gvc.wide_indicators(table)
    assert not wide["vax"].any()
    assert wide["rca_va"].isna().all()
