"""Frames keep their meaning: what goes in comes out, labels count, and what is no table is refused by name."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.gvc import checks, regroup

SEEDS = st.integers(0, 2**32 - 1)
CODES = st.lists(st.text("abcXYZ_. 0", min_size=1, max_size=4), min_size=1, max_size=4, unique=True)


@st.composite
def tables(draw: st.DrawFn) -> gvc.IOTable:
    """Tables of any codes, many flows of nought, rows that sell nothing, stocks drawn down."""
    regions, categories = draw(CODES), draw(CODES)
    industries = draw(CODES.filter(lambda codes: not set(codes) & set(categories)))
    rng = np.random.default_rng(draw(SEEDS))
    rows = len(regions) * len(industries)
    flows = rng.random((rows, rows)) * (rng.random((rows, rows)) < 0.3)
    final = (rng.random((rows, len(regions) * len(categories))) - 0.2) * (rng.random((rows, 1)) < 0.6)
    final[rng.random(final.shape) < 0.3] = 0
    return gvc.IOTable.from_arrays(flows, final, regions, industries, categories)


def same(one: gvc.IOTable, other: gvc.IOTable) -> bool:
    codes = ("regions", "industries", "categories")
    alike = all(getattr(one, name) == getattr(other, name) for name in codes)
    return alike and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in ("intermediates", "final")
    )


@given(tables())
def test_a_frame_gives_back_the_table_that_gave_it(table):
    frame = table.to_frame()
    assert same(gvc.IOTable.from_frame(frame, table.categories), table)
    assert frame["value"].to_numpy().sum() == pytest.approx(table.output.sum())
    again = gvc.IOTable.from_frame(frame, table.categories).to_frame()
    pd.testing.assert_frame_equal(again, frame)


@given(tables(), SEEDS)
def test_rows_of_a_frame_may_stand_in_any_order(table, seed):
    mixed = table.to_frame().sample(frac=1, random_state=seed % 2**32)
    read = gvc.IOTable.from_frame(mixed, table.categories)
    keys = list(checks.KEYS)
    one, other = (own.to_frame().query("value != 0").sort_values(keys, ignore_index=True) for own in (read, table))
    pd.testing.assert_frame_equal(one, other)


def labelled(table: gvc.IOTable) -> tuple[pd.DataFrame, pd.DataFrame]:
    uses = pd.MultiIndex.from_product([table.regions, table.categories])
    flows = pd.DataFrame(table.intermediates, table.index, table.index)
    return flows, pd.DataFrame(table.final.reshape(len(flows), -1), table.index, uses)


@given(tables(), SEEDS)
def test_labels_of_a_frame_decide_and_not_its_order(table, seed):
    rng = np.random.default_rng(seed)
    flows, final = labelled(table)
    flows = flows.iloc[rng.permutation(len(flows)), rng.permutation(len(flows))]
    final = final.iloc[rng.permutation(len(final)), rng.permutation(final.shape[1])]
    if not set(table.regions) & set(table.categories):
        final = final.swaplevel(axis=1)
    codes = table.regions, table.industries, table.categories
    assert same(gvc.IOTable.from_arrays(flows, final, *codes), table)


def test_category_major_columns_are_put_right_and_bare_numbers_taken_as_they_are():
    table = gvc.IOTable.from_arrays(
        np.eye(2), [[1.0, 2, 3, 4], [5, 6, 7, 8]], ["A", "B"], ["goods"], ["households", "stocks"]
    )
    flows, final = labelled(table)
    by_category = final.swaplevel(axis=1).sort_index(axis=1)
    assert by_category.to_numpy()[0].tolist() == [1.0, 3.0, 2.0, 4.0]
    codes = table.regions, table.industries, table.categories
    assert same(gvc.IOTable.from_arrays(flows, by_category, *codes), table)
    flat = by_category.set_axis([f"{region}_{use}" for use, region in by_category.columns], axis=1)
    assert same(gvc.IOTable.from_arrays(flows, flat, *codes), table)
    lone = flows.set_axis(["A", "B"]).set_axis(["A", "B"], axis=1)
    assert same(gvc.IOTable.from_arrays(lone.iloc[::-1], final, *codes), table)
    taken = gvc.IOTable.from_arrays(flows.to_numpy(), by_category.to_numpy(), *codes)
    assert taken.final[0].tolist() == [[1.0, 3.0], [2.0, 4.0]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda flows: flows.rename({"Parts": "Part"}), r"intermediates\] .* got \('Part', 'goods'\); mend the labels"),
        (lambda flows: flows.rename(columns={"goods": "good"}), r"intermediates\] .* got \('Design', 'good'\)"),
        (lambda flows: flows.iloc[[0, 1, 1]], r"expected each label once, got \('Parts', 'goods'\) twice"),
        (lambda flows: flows.iloc[:2], r"intermediates\] expected labels .* got \"no \('Assembly', 'goods'\)\""),
        (lambda flows: flows.astype(str), r"intermediates\] expected numbers, got '0.0' at 0, 0"),
    ],
)
def test_labels_that_do_not_fit_are_named(change, message):
    flows, final = labelled(gvc.toy())
    with pytest.raises(GumError, match=message):
        gvc.IOTable.from_arrays(change(flows), final, *codes_of(gvc.toy()))


def codes_of(table: gvc.IOTable) -> tuple[tuple[str, ...], ...]:
    return table.regions, table.industries, table.categories


TOTALS = [
    "VALU",
    "OUTPUT",
    "TAXSUB",
    "TTL",
    "TTL_01T02",
    "II_fob",
    "AUS_TAXSUB",
    "VA",
    "TLS",
    "Total",
    "total",
    "GO",
    "W2_D21X31",
    "B2A3G",
]


@pytest.mark.parametrize("name", TOTALS)
@pytest.mark.parametrize("key", checks.KEYS)
def test_rows_and_columns_of_totals_are_no_sellers_or_buyers(name, key):
    frame = gvc.toy().to_frame()
    extra = frame.iloc[:1].assign(**{key: name})
    with pytest.raises(GumError, match=rf"{key}\] expected regions and industries, got {name}, a row or column"):
        gvc.IOTable.from_frame(pd.concat([frame, extra]))
    for flows in ([[1, 0], [1, 0]], [[1, 1], [0, 0]], [[1, 1], [1, 1]]):  # it buys nothing, sells nothing, adds up
        with pytest.raises(GumError, match=f"got {name}, a row or column of totals"):
            gvc.IOTable.from_arrays(flows, np.eye(2) * flows[1][0], ["A", name], ["goods"])


@pytest.mark.parametrize("name", ["TLS", "VA", "GO", "OUT"])
@pytest.mark.parametrize("part", ["regions", "industries"])
def test_a_code_that_names_totals_elsewhere_may_be_a_region_or_an_industry(name, part):
    codes = {"regions": ["A", "B"], "industries": ["c", "d"]} | {part: ["A", name]}
    rng = np.random.default_rng(3)
    table = gvc.IOTable.from_arrays(rng.random((4, 4)), rng.random((4, 2)), *codes.values())
    assert name in getattr(table, part)
    assert same(gvc.IOTable.from_frame(table.to_frame()), table)
    sells_only = table.intermediates * (table.index.get_level_values(int(part == "industries")) != name)
    with pytest.raises(GumError, match=f"got {name}, a row or column of totals"):
        gvc.IOTable.from_arrays(sells_only, rng.random((4, 2)), *codes.values())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda frame: frame.iloc[:0], r"frame\] expected a flow a row, got no row"),
        (lambda frame: frame.to_numpy(), r"frame\] expected a frame, got ndarray"),
        (lambda frame: pd.concat([frame, frame["value"]], axis=1), r"frame\] expected each column once"),
        (lambda frame: frame.assign(to=frame["to"] + " "), r"to\] expected a code that also sells"),
        (lambda frame: frame.assign(value=-frame["value"]), r"intermediates\] expected sales of nought or more"),
    ],
)
def test_what_is_no_frame_of_flows_is_refused(change, message):
    with pytest.raises(GumError, match=message):
        gvc.IOTable.from_frame(change(gvc.toy().to_frame()))


def test_an_industry_named_like_a_final_use_is_refused_and_not_counted_twice():
    frame = gvc.toy().to_frame().replace({"industry": {"goods": "final"}, "to": {"goods": "final"}})
    with pytest.raises(GumError, match=r"to\] expected final uses that are named otherwise than industries, got final"):
        gvc.IOTable.from_frame(frame.drop_duplicates(list(checks.KEYS)))
    with pytest.raises(GumError, match=r"categories\] expected final uses .* got final; rename one"):
        gvc.IOTable.from_arrays([[1.0]], [[1.0]], ["A"], ["final"])


def test_a_region_that_only_buys_is_a_region():
    frame = gvc.toy().to_frame()
    table = gvc.IOTable.from_frame(frame[frame["region"] != "Design"])
    assert table.regions == ("Parts", "Assembly", "Design")
    assert table.output.tolist() == [100.0, 75.0, 0.0]
    assert gvc.exports(table).tolist() == [70.0, 65.0, 0.0]
    assert gvc.vax(table).sum() == pytest.approx(gvc.nine_terms(table).iloc[:, :3].to_numpy().sum())
    assert same(gvc.IOTable.from_frame(table.to_frame()), table)


@pytest.mark.parametrize("value", ["3", "1,234.5", "n/a", ""])
@pytest.mark.parametrize("row", [0, 5])
def test_a_number_that_is_a_text_is_named_with_its_row(value, row):
    frame = gvc.toy().to_frame().astype({"value": object})
    frame.loc[row, "value"] = value
    with pytest.raises(GumError, match=rf"value\] expected numbers, got '{value}' at {row} \(counted from 0\)"):
        gvc.IOTable.from_frame(frame)


@pytest.mark.parametrize("value", [np.nan, None, pd.NA, np.inf, -np.inf, pd.NaT, 1j, "x", [1.0]])
@given(where=st.integers(0, 3))
def test_what_is_no_number_is_refused_wherever_it_stands(value, where):
    flows = np.ones((2, 2), dtype=object)
    flows.flat[where] = value
    for given_flows in (flows, pd.DataFrame(flows), flows.tolist()):
        with pytest.raises(GumError, match="intermediates"):
            gvc.IOTable.from_arrays(given_flows, np.ones((2, 2)), ["A", "B"], ["goods"])
    frame = gvc.toy().to_frame().astype({"value": object})
    frame["value"] = [value if row == where else cell for row, cell in enumerate(frame["value"])]
    with pytest.raises(GumError):
        gvc.IOTable.from_frame(frame)


def test_a_masked_number_is_missing():
    hidden = np.ma.masked_array(np.eye(2), mask=[[False, True], [False, False]])
    with pytest.raises(GumError, match=r"expected numbers, got one that is not in row \('A', 'goods'\)"):
        gvc.IOTable.from_arrays(hidden, np.eye(2), ["A", "B"], ["goods"])


@pytest.mark.parametrize("key", checks.KEYS)
def test_a_missing_code_is_named_with_its_row(key):
    frame = gvc.toy().to_frame()
    frame.loc[2, key] = None
    with pytest.raises(GumError, match=rf"{key}\] expected a code in each row, row 2 has none"):
        gvc.IOTable.from_frame(frame)


@pytest.mark.parametrize(
    ("flows", "final", "message"),
    [
        (np.eye(2), np.ones((3, 2, 1)), r"final\] expected the shape \(2, 2, 1\), got \(3, 2, 1\)"),
        (np.eye(2), np.ones((2, 2)), r"final\] expected the shape \(2, 2, 1\), got \(2, 2\)"),
        (np.eye(3), np.ones((2, 2, 1)), r"intermediates\] expected the shape \(2, 2\), got \(3, 3\)"),
        ([[1, 2], [3]], np.ones((2, 2, 1)), r"intermediates\] expected rows of one length"),
        (np.eye(2), 1e308 * np.array([[[1], [1]], [[np.inf], [1]]]), r"final\] expected numbers"),
    ],
)
def test_a_table_of_a_wrong_shape_is_refused(flows, final, message):
    with pytest.raises(GumError, match=message):
        gvc.IOTable(flows, final, ("A", "B"), ("goods",), ("final",))


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        (("AB", ["goods"], ["final"]), r"regions\] expected a list of codes, got 'AB'; put it into a list"),
        ((None, ["goods"], ["final"]), r"regions\] expected a list of codes, got None"),
        ((["A", "B"], "goods", ["final"]), r"industries\] expected a list of codes"),
        ((["A", 2], ["goods"], ["final"]), r"regions\] expected codes that are texts, got '2'"),
        ((["A", ""], ["goods"], ["final"]), r"regions\] expected codes that are texts, got ''"),
        ((["A", "A"], ["goods"], ["final"]), r"regions\] expected each code once, got \['A'\]"),
        ((["A", "B"], ["goods"], ["final", "final"]), r"final\] expected the shape \(2, 4\)|categories\] .* once"),
    ],
)
def test_codes_are_texts_each_once(codes, message):
    with pytest.raises(GumError, match=message):
        gvc.IOTable.from_arrays(np.eye(2), np.eye(2), *codes)


def test_arrays_of_the_caller_stay_his_own():
    flows, final = np.eye(2), np.ones((2, 2, 1))
    table = gvc.IOTable(flows, final, ("A", "B"), ("goods",), ("final",))
    other = gvc.IOTable.from_arrays(flows, final[:, :, 0], ["A", "B"], ["goods"])
    flows[0, 0], final[0, 0, 0] = 7.0, 7.0
    for own in (table, other):
        assert own.intermediates[0, 0] == own.final[0, 0, 0] == 1.0
        assert not np.shares_memory(own.intermediates, flows)
        assert not np.shares_memory(own.final, final)


def test_a_name_of_an_aggregation_that_is_not_in_the_table_is_refused():
    table = gvc.toy()
    homes = dict.fromkeys(table.regions, "world")
    with pytest.raises(GumError, match=r"regions\] expected codes of the table, got Partts; mend or drop them"):
        table.aggregate({**homes, "Partts": "world"})
    with pytest.raises(GumError, match=r"regions\] expected a mapping from old codes to new ones, got \['world'\]"):
        table.aggregate(["world"])
    assert same(table.aggregate(pd.Series(homes)), table.aggregate(homes))
    with pytest.raises(GumError, match=r"industries\] expected a new code for goods, got nan; name a group"):
        table.aggregate(industries={"goods": float("nan")})


@given(tables(), SEEDS)
def test_an_aggregated_table_adds_up_each_flow_once(table, seed):
    rng = np.random.default_rng(seed)
    maps = [{code: f"g{rng.integers(2)}" for code in codes} for codes in (table.regions, table.industries)]
    small = table.aggregate(*maps)
    frame = table.to_frame()
    uses = dict(zip(table.categories, table.categories, strict=True))
    named = {"region": maps[0], "to_region": maps[0], "industry": maps[1], "to": maps[1] | uses}
    mapped = frame.assign(**{key: frame[key].map(new) for key, new in named.items()})
    if set(table.categories) & {"g0", "g1"}:
        return
    expected = gvc.IOTable.from_frame(
        mapped.groupby(list(checks.KEYS), sort=False).sum().reset_index(), table.categories
    )
    assert (small.regions, small.industries) == (expected.regions, expected.industries)
    np.testing.assert_allclose(small.intermediates, expected.intermediates, atol=1e-12)
    np.testing.assert_allclose(small.final, expected.final, atol=1e-12)


@pytest.mark.no_cover
def test_a_row_added_to_the_wrong_group_is_noticed(monkeypatch):
    right = regroup.add_up
    monkeypatch.setattr(regroup, "add_up", lambda array, places, axis: right(array, places[::-1], axis))
    with pytest.raises(AssertionError):
        test_an_aggregated_table_adds_up_each_flow_once()


@pytest.mark.parametrize("measure", ["output", "value_added"])
@pytest.mark.parametrize("published", [[1.0], 60.0, [60.0, 100.0], ["60", "100", "75"], [60.0, 100.0, np.nan]])
def test_published_totals_of_a_wrong_length_or_kind_are_refused(measure, published):
    toy = gvc.toy()
    totals = {"output": toy.output, "value_added": toy.value_added, measure: published}
    with pytest.raises(GumError, match=rf"{measure}\] expected"):
        gvc.check_balance(toy, **totals)


def test_a_balassa_index_needs_region_and_industry():
    with pytest.raises(GumError, match=r"flows\] expected flows indexed by region and industry, got \[None\]"):
        gvc.balassa(pd.Series([1.0, 2.0]))


@pytest.mark.no_cover
def test_large_tables_are_added_up_and_come_back():
    rng = np.random.default_rng(0)
    regions, industries = ([f"{kind}{number}" for number in range(count)] for kind, count in (("r", 77), ("i", 45)))
    rows = len(regions) * len(industries)
    table = gvc.IOTable.from_arrays(rng.random((rows, rows)), rng.random((rows, len(regions))), regions, industries)
    small = table.aggregate({code: code[:2] for code in regions}, {code: code[:2] for code in industries})
    assert small.output.sum() == pytest.approx(table.output.sum())
    some = gvc.IOTable.from_arrays(
        table.intermediates[:1435, :1435],
        rng.random((1435, 205)),
        [f"r{n}" for n in range(41)],
        industries[:35],
        [*"abcde"],
    )
    frame = some.to_frame()
    assert len(frame) == 1435 * 1640
    again = gvc.IOTable.from_frame(frame, some.categories)
    assert same(again, some)


@pytest.mark.parametrize("twin", ["design", "Design ", "D\u0435sign"])
def test_a_code_of_a_frame_in_two_ways_is_named(twin):
    frame = gvc.toy().to_frame()
    frame = frame.replace({"to_region": {"Design": twin}})
    with pytest.raises(GumError, match=f"one way to write each code, got 'Design' and '{twin}'; write both alike"):
        gvc.IOTable.from_frame(frame)


def test_true_and_false_are_no_flows():
    with pytest.raises(GumError, match="expected numbers, got True at 0, 0"):
        gvc.IOTable.from_arrays(np.eye(2) > 0, np.eye(2), ["A", "B"], ["goods"])


@pytest.mark.parametrize("bare", ["final", "intermediates"])
def test_labels_in_another_order_beside_bare_numbers_are_refused(bare):
    table = gvc.toy()
    rows = [f"{region}_{code}" for region, code in table.index]
    uses = [f"{region}_{use}" for region in table.regions for use in table.categories]
    frames = {
        "intermediates": pd.DataFrame(table.intermediates, rows, rows),
        "final": pd.DataFrame(table.final.reshape(len(rows), -1), rows, uses),
    }
    half = frames | {bare: frames[bare].to_numpy()}
    assert same(gvc.IOTable.from_arrays(*half.values(), table.regions, table.industries, table.categories), table)
    turned = {name: frame.iloc[::-1] for name, frame in frames.items()}
    assert same(gvc.IOTable.from_arrays(*turned.values(), table.regions, table.industries, table.categories), table)
    turned[bare] = turned[bare].to_numpy()
    with pytest.raises(GumError, match=rf"{bare}\] expected labels on all rows, .* pass a frame with labels here too"):
        gvc.IOTable.from_arrays(*turned.values(), table.regions, table.industries, table.categories)


def test_uses_of_a_system_under_other_names_of_regions_are_refused():
    table = gvc.toy()
    flows = pd.DataFrame(table.intermediates, table.index, table.index)
    users = pd.MultiIndex.from_product([table.regions, table.categories])
    uses = pd.DataFrame(table.final.reshape(len(flows), -1), table.index, users)
    assert same(gvc.IOTable.from_pymrio(SimpleNamespace(Z=flows, Y=uses)), table)
    renamed = uses.rename(columns={"Design": "DSG"}, level=0)
    with pytest.raises(GumError, match="got none of Design and some of DSG; write each region in one way"):
        gvc.IOTable.from_pymrio(SimpleNamespace(Z=flows, Y=renamed))
