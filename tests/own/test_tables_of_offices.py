"""Tables as statistical offices give them: numbered, titled, merged or national ones are read right, or asked about."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import own_tables as layouts
import pytest

from gumlib import gvc
from gumlib.data.messages import words_in
from gumlib.errors import GumError
from gumlib.own.table import Reading, read_table

Rows: TypeAlias = list[list[Any]]
TABLE = layouts.invented(8, ("CHN", "USA", "ITA"), ("A01", "C13", "D"), ("HFCE", "GFCF"))
SIZE, USES = len(TABLE.index), 6
NAMES = {"A01": "Farms", "C13": "Textiles", "D": "Power"}


def read(rows: Rows, place: Path, name: str = "a.csv") -> Reading:
    return read_table(layouts.save(rows, place / name))


def same(found: Reading, table: gvc.IOTable = TABLE) -> None:
    for name in ("regions", "industries", "categories"):
        assert sorted(getattr(found.table, name)) == sorted(getattr(table, name))
    np.testing.assert_allclose(found.table.intermediates, table.intermediates)
    np.testing.assert_allclose(found.table.final, table.final)


def plain(*columns: tuple[str, str, Any], table: gvc.IOTable = TABLE) -> Rows:
    """Return the plain layout, with more columns of region, code and numbers."""
    return [
        [*row, *cells]
        for row, *cells in zip(layouts.plain(table), *([one, two, *rest] for one, two, rest in columns), strict=True)
    ]


def scaled(region: str) -> gvc.IOTable:
    """Return the table with what a region buys times a thousand."""
    flows = np.where(TABLE.index.get_level_values(0) == region, 1000.0, 1.0)
    uses = np.where(np.array(TABLE.regions) == region, 1000.0, 1.0)[:, None]
    return gvc.IOTable(TABLE.intermediates * flows, TABLE.final * uses, *layouts_of(TABLE))


def layouts_of(table: gvc.IOTable) -> tuple[tuple[str, ...], ...]:
    return table.regions, table.industries, table.categories


@pytest.mark.parametrize("numbered", ["above", "beside", "both", "both, and codes are numbers"])
def test_numbers_of_rows_and_columns_are_no_codes(tmp_path, numbered):
    names = {code: str(place) for place, code in enumerate(NAMES, 1)} if "codes" in numbered else {}
    table = gvc.IOTable(TABLE.intermediates, TABLE.final, TABLE.regions, [names.get(one, one) for one in NAMES],
                        TABLE.categories)  # fmt: skip
    rows = layouts.plain(table)
    if numbered != "above":
        rows = [["" if place < 2 else place - 1, *row] for place, row in enumerate(rows)]
    if numbered != "beside":
        rows = [[*[""] * (len(rows[0]) - SIZE - USES), *range(1, SIZE + USES + 1)], *rows]
    same(read(rows, tmp_path), table)


@pytest.mark.parametrize("uses", [["", "", ""], ["HH", "GOV", "INV"]])
@pytest.mark.parametrize("codes", [list(NAMES), ["01", "02", "03"]])
def test_codes_over_names_are_no_regions(tmp_path, codes, uses):
    rows = [["", "", *codes, *uses], ["", "", *NAMES.values(), "Households", "Government", "Stocks"]]
    rows += [[*pair, 5, 4, 3, 2 + place, 9, 1] for place, pair in enumerate(zip(codes, NAMES.values(), strict=True))]
    with pytest.raises(GumError, match=f"two labels each, such as '{codes[0]}' and 'Farms', and no region; write the"):
        read(rows, tmp_path)


def test_a_region_may_head_its_rows(tmp_path):
    head, codes, *rows = layouts.plain(TABLE)
    blank = [""] * (SIZE + USES + 1)
    headed = [line for place, row in enumerate(rows) for line in ([row] if place % 3 else [[row[0], *blank], row])]
    same(read([head, codes, *headed], tmp_path))


def test_a_label_that_stands_twice_below_a_title_is_not_said_to_have_no_region(tmp_path):
    rows = layouts.plain(TABLE)
    rows[1][3] = rows[1][2]
    with pytest.raises(GumError) as told:
        read([["Sales of the world"], *rows], tmp_path)
    assert "no region" not in str(told.value)


@pytest.mark.parametrize("above", ["Final", "FD"])
def test_uses_that_no_seller_has_are_named(tmp_path, above):
    rows = layouts.plain(TABLE)
    codes = [f"{region}_{use}" for region, use in zip(rows[0], rows[1], strict=True)][-USES:]
    rows[0][-USES:], rows[1][-USES:] = [above] * USES, codes
    with pytest.raises(
        GumError, match=rf"uses of regions that sell, such as CHN, USA, ITA, got those of {above} alone"
    ):
        read(rows, tmp_path)


@pytest.mark.parametrize("first", ["both", "rows"])
def test_all_of_the_world_in_one_row_is_no_industry(tmp_path, first):
    total = layouts.plain(TABLE)[2:]
    sums = np.sum([row[2:] for row in total], axis=0)
    made = TABLE.output if first == "both" else np.zeros(SIZE)
    rows = [*plain(("World", "All", made)), ["World", "All", *sums, made.sum()]]
    with pytest.raises(GumError, match="World All sells what all others sell together; delete its rows and columns"):
        read(rows, tmp_path)


ORDERS = [(0, 1, 2, 3), (1, 0, 3, 2), (0, 2, 1, 3), (1, 3, 0, 2), (1, 0, 2, 3), (0, 1, 3, 2)]


@pytest.mark.parametrize("order", ORDERS)
def test_a_list_may_hold_its_labels_in_any_order_of_sellers_first(tmp_path, order):
    kinds = [("region", "refArea"), ("industry", "rowIi"), ("to_region", "counterpartArea"), ("to", "colIi")]
    names = dict([*(kinds[place] for place in order), ("value", "obsValue")])
    TABLE.to_frame()[[*names]].rename(columns=names).to_csv(tmp_path / "a.csv", index=False)
    same(read_table(tmp_path / "a.csv"))


def test_value_added_under_a_heading_over_its_parts_is_compared_as_a_whole(tmp_path):
    earned = TABLE.value_added
    parts = {"劳动者报酬": 0.5, "生产税净额": 0.2, "营业盈余": 0.3, "增加值合计": 1.0}
    blank = [""] * USES
    rows = [*layouts.plain(TABLE), *(["增加值", name, *(share * earned), *blank] for name, share in parts.items())]
    assert not read(rows, tmp_path).oddities
    alone = [*layouts.plain(TABLE), ["", "Value added", earned.sum(), *[""] * (SIZE + USES - 1)]]
    assert not read(alone, tmp_path, "b.csv").oddities


def test_imports_in_a_row_may_stand_beside_exports_of_any_name(tmp_path):
    imports = np.linspace(20, 40, SIZE)
    rows = plain(("ROW", "goods", np.zeros(SIZE)), ("ROW", "Exports", np.linspace(900, 3000, SIZE)))
    rows.append(["ROW", "goods", *imports, *[3.0] * USES, 0, 0])
    found = read(rows, tmp_path)
    assert gvc.exports(found.table)["ROW"].sum() == pytest.approx(imports.sum() + 3 * USES)
    assert not found.oddities
    (odd,) = read(rows[:-1], tmp_path, "b.csv").oddities or [""]
    assert odd.startswith("regions buy and sell nothing: ROW: were imports from there left out?")


def test_coefficients_beside_output_are_named(tmp_path):
    rows = plain(("", "Output", TABLE.output))
    for row in rows[2:]:
        row[2 : 2 + SIZE] = np.array(row[2 : 2 + SIZE]) / TABLE.output
    with pytest.raises(GumError, match="fits only with sales to industries times the output of the buyer"):
        read(rows, tmp_path)


def test_a_region_in_another_unit_is_odd(tmp_path):
    odd = read(layouts.plain(scaled("USA")), tmp_path).oddities
    assert any("are rows or columns of a region in units a thousand times apart?" in text for text in odd)
    assert not read(layouts.plain(TABLE), tmp_path, "b.csv").oddities


@pytest.mark.parametrize("lost", ["A01", "C13"])
def test_an_industry_without_sales_in_a_list_by_letters_is_asked_about(tmp_path, lost):
    keys = ["industry", "region", "to", "to_region"]
    frame = TABLE.to_frame().query("industry != @lost").sort_values(keys)
    frame.to_csv(tmp_path / "a.csv", index=False)
    asked = f"columns among those of industries have no row: {lost}: did industries lose theirs?"
    assert asked in read_table(tmp_path / "a.csv").oddities
    words = TABLE.to_frame().replace({**NAMES, "HFCE": "Households", "GFCF": "Gross formation"}).sort_values(keys)
    words.to_csv(tmp_path / "b.csv", index=False)
    assert not read_table(tmp_path / "b.csv").oddities


def test_a_year_that_stands_in_a_title_or_remark_alone_is_asked_about(tmp_path):
    titled = [["Table for 2012"], *layouts.plain(TABLE)]
    remarked = [*layouts.plain(TABLE), [], ["Reference year: 2012"]]
    for rows, where in ((titled, "titles"), (remarked, "remarks")):
        found = read(rows, tmp_path)
        assert found.year == "not given"
        assert found.oddities == (f"year in the {where} is 2012, but none is given; if it is the table's, give it by "
                                  "--year",)  # fmt: skip
        assert not read(rows, tmp_path, "io-2012.csv").oddities


UNITS = {"Unit: million yuan": "million yuan", "单位：万元": "万元", "(Unit: million yuan)": "million yuan"}


@pytest.mark.parametrize("text", UNITS)
def test_the_unit_of_a_remark_is_the_table_s(tmp_path, text):
    assert read([*layouts.plain(TABLE), [], [text]], tmp_path).unit == UNITS[text]


@pytest.mark.parametrize("unit", ["10,000 yuan", "100 000 yuan", "million EUR"])
def test_the_unit_of_a_title_may_stand_in_brackets(tmp_path, unit):
    assert read([[f"Table of sales ({unit})"], *layouts.plain(TABLE)], tmp_path).unit == unit


MARKS = {
    "thin blanks": lambda number: f"{number:,}".replace(",", "\u2009"),
    "lakhs": lambda number: f"{str(number)[:-5]},{str(number)[-5:-3]},{str(number)[-3:]}",
}


@pytest.mark.parametrize("marks", MARKS)
def test_thousands_may_be_parted_otherwise(tmp_path, marks):
    flows, final = (np.round(part * 1000) + 1e6 for part in (TABLE.intermediates, TABLE.final))
    table = gvc.IOTable(flows, final, *layouts_of(TABLE))
    rows = [[MARKS[marks](int(cell)) if isinstance(cell, float) else cell for cell in row]
            for row in layouts.plain(table)]  # fmt: skip
    same(read(rows, tmp_path), table)


def test_codes_that_lost_noughts_beside_rows_are_named(tmp_path):
    rows = layouts.plain(TABLE)
    rows[1][2:] = [{"A01": "01", "C13": "02", "D": "03"}.get(code, code) for code in rows[1][2:]]
    rows[2:] = [[row[0], {"A01": "1", "C13": "2", "D": "3"}[row[1]], *row[2:]] for row in rows[2:]]
    with pytest.raises(GumError, match="row 3 is labelled '1' and column C '01'; write both alike"):
        read(rows, tmp_path)


def test_adb_s_table_with_a_title_less_is_adb_s(tmp_path):
    rows = layouts.wiod2013(layouts.invented())
    rows[0][0] = "ADB Multiregional Input-Output Table"
    assert read(rows, tmp_path).format == "adb"


@pytest.mark.parametrize(("regions", "industries"), [(1, 1), (1, 2), (2, 1), (2, 2)])
def test_one_is_said_as_one(regions, industries):
    table = layouts.invented(0, ["R", "S"][:regions], ["a", "b"][:industries])
    said = f"{regions} region{'s' * (regions > 1)} and {industries} industr{'ies' if industries > 1 else 'y'}"
    assert repr(table) == f"IOTable of {said}"
    assert words_in("zh")(repr(table)) == f"{regions}个地区、{industries}个产业的投入产出表"
