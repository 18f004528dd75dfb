"""What may be read in two ways is asked about: marks in numbers, labels that look alike, columns in another order."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import openpyxl
import own_tables as layouts
import pandas as pd
import pytest

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.own.table import Reading, read_table

Rows: TypeAlias = list[list[Any]]
TABLE = layouts.invented(5, industries=("A01", "C13", "D"), categories=("HFCE", "GFCF", "INVNT"))
SIZE = len(TABLE.index)


def read(rows: Rows, place: Path, name: str = "a.csv") -> Reading:
    return read_table(layouts.save(rows, place / name))


def plain(table: gvc.IOTable = TABLE) -> Rows:
    return [[*row] for row in layouts.plain(table)]


WHOLE = gvc.IOTable(
    np.rint(TABLE.intermediates), np.rint(TABLE.final), TABLE.regions, TABLE.industries, TABLE.categories
)


@pytest.mark.parametrize(("cell", "values"), [("12,345", "12.345 or 12345"), ("12.345", "12.345 or 12345")])
@pytest.mark.parametrize("form", ["table", "list"])
def test_a_mark_before_three_figures_is_asked_about_where_no_other_cell_decides(tmp_path, cell, values, form):
    whole = [[f"{value:.0f}" if isinstance(value, float) else value for value in row] for row in plain(WHOLE)]
    whole[4][6], whole[5][7] = cell, "54321"
    if form == "list":
        whole = [["region", "industry", "to_region", "to", "value"]] + [
            [*row[:2], region, to, value]
            for row in whole[2:]
            for region, to, value in zip(whole[0][2:], whole[1][2:], row[2:], strict=True)
        ]
    with pytest.raises(GumError, match=f"can be read in one way, got '{cell}', which may be {values}; write"):
        read(whole, tmp_path)
    whole[5 if form == "table" else 40][-1] = f"1{cell[2]}5"  # a fraction of one figure
    assert read(whole, tmp_path).table.output.sum() < 1e6


def test_numbers_of_a_workbook_are_numbers(tmp_path):
    frame = TABLE.to_frame().round(0)
    frame.loc[3, "value"] = 12.345
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    assert 12.345 in read_table(tmp_path / "a.xlsx").table.intermediates


LETTERS = {"cyrillic": {"USA": "U\u0405A", "C13": "\u042113"}, "fullwidth": {"USA": "\uff35SA", "C13": "\uff2313"}}


@pytest.mark.parametrize("script", LETTERS)
@pytest.mark.parametrize("label", ["USA", "C13"])
@pytest.mark.parametrize("axes", [(0,), (1,), (0, 1)])
def test_a_label_with_a_letter_of_another_script_is_named(tmp_path, script, label, axes):
    rows = plain()
    for place in range(2, len(rows[0])):
        if 0 in axes and label in (rows[0][place], rows[1][place]) and rows[0][place] == "USA":
            row = int(label == "C13")
            rows[row][place] = LETTERS[script][label]
    for row in rows[5:6] if label == "C13" else rows[5:8]:
        if 1 in axes and label == "USA":
            row[0] = LETTERS[script][label]
    if 1 in axes and label == "C13":
        rows[6][1] = LETTERS[script][label]
    if axes == (0, 1) and label == "USA":
        rows[0] = [label if place > 1 + SIZE and cell == LETTERS[script][label] else cell
                   for place, cell in enumerate(rows[0])]  # fmt: skip
    with pytest.raises(GumError, match=f"one way to write each label, .* one of them is {script}"):
        read(rows, tmp_path)


def renamed(change: dict[tuple[str, str], tuple[str, str]]) -> Rows:
    """Return the table with some labels changed, wherever they stand."""
    rows = plain()
    for place in range(2, len(rows[0])):
        rows[0][place], rows[1][place] = change.get((pair := (rows[0][place], rows[1][place])), pair)
    for row in rows[2:]:
        row[:2] = change.get((row[0], row[1]), row[:2])
    return rows


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (("USA", "C13"), ("USA", "C31"), "USA alone has C31 and no C13: are they the same, written otherwise?"),
        (("USA", "HFCE"), ("USA", "HFEC"), "USA alone has HFEC and no HFCE: are they the same, written otherwise?"),
        (("USA", "HFCE"), ("UAS", "HFCE"), "USA lacks the uses that UAS alone has: are they the same, named otherwise"),
    ],
)
def test_a_label_misspelt_in_one_region_is_odd(tmp_path, old, new, said):
    assert any(odd.startswith(said) for odd in read(renamed({old: new}), tmp_path).oddities)
    assert not read(plain(), tmp_path).oddities


SILENT = "regions buy and sell nothing: "


def test_a_region_may_lack_an_industry_and_the_rest_of_the_world_may_buy_exports(tmp_path):
    rows = renamed({("USA", "D"): ("USA", "Q9"), ("ITA", "INVNT"): ("ROW", "Exports")})
    assert all(odd.startswith(SILENT) for odd in read(rows, tmp_path).oddities)


TAKEN = -np.arange(1.0, SIZE + 1) * 20


def with_column(label: tuple[str, str], values: Any, table: gvc.IOTable = TABLE) -> Rows:
    return [[*row, cell] for row, cell in zip(plain(table), [*label, *values], strict=True)]


@pytest.mark.parametrize(
    "label",
    [
        *(
            ("ROW", name)
            for name in (
                "Less: imports",
                "Imports",
                "IM",
                "F05000",
                "国内省外流入",
                "进口",
                "Net exports",
                "净出口",
                "Importe",
            )
        ),
        *(("Imports", "all"), ("Rest of world", "Trade balance")),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_imports_are_not_exports_to_the_rest_of_the_world(tmp_path, label, sign):
    with pytest.raises(GumError, match=f"expected what {label[0]} buys, got imports, or .*: {label[1]} .column U."):
        read(with_column(label, sign * TAKEN), tmp_path)


def test_numbers_below_nought_are_no_exports_and_odd_at_home(tmp_path):
    with pytest.raises(GumError, match="expected what ROW buys, got imports, or numbers below nought: X"):
        read(with_column(("ROW", "X"), TAKEN), tmp_path)
    odd = read(with_column(("CHN", "M"), TAKEN), tmp_path).oddities
    assert "CHN M holds numbers below nought only: are these imports, taken off?" in odd


@pytest.mark.parametrize("label", [("ROW", "EX"), ("IM", "HFCE"), ("ROW", "Exports"), ("ROW", "Importers")])
def test_what_others_buy_is_read_whatever_it_is_called(tmp_path, label):
    assert all(odd.startswith(SILENT) for odd in read(with_column(label, -TAKEN), tmp_path).oddities)


ORDERS = [
    ["region", "industry", "to_region", "to"],
    ["region", "to_region", "industry", "to"],
    ["industry", "region", "to", "to_region"],
    ["industry", "to", "region", "to_region"],
]
CODES = {
    "one is both": (("IN", "CN", "US"), ("IN", "AG", "SV")),
    "many industries": (("1", "2", "3"), tuple(map(str, range(1, 30)))),
    "all regions": (("1", "2", "3"), ("1", "2", "3", "4")),
}


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize("order", ORDERS)
def test_codes_of_regions_may_be_codes_of_industries(tmp_path, kind, order):
    table = layouts.invented(3, *CODES[kind])
    frame = table.to_frame()[[*order, "value"]]
    frame.to_csv(tmp_path / "a.csv", index=False)
    found = read_table(tmp_path / "a.csv").table
    assert (found.regions, set(found.industries)) == (table.regions, set(table.industries))
    np.testing.assert_allclose(gvc.accounts.exports(found).sum(), gvc.accounts.exports(table).sum())
    frame.set_axis([*"abcd", "value"], axis=1).to_csv(tmp_path / "b.csv", index=False)
    if kind != "all regions":
        np.testing.assert_allclose(read_table(tmp_path / "b.csv").table.output.sum(), table.output.sum())
        return
    with pytest.raises(GumError, match="regions that can be told from those of industries, but both hold the same"):
        read_table(tmp_path / "b.csv")


SORTED = {
    "as written": lambda frame: frame,
    "by seller": lambda frame: frame.sort_values(["region", "industry"], kind="stable"),
    "by buyer": lambda frame: frame.sort_values(["to_region", "to"], kind="stable"),
    "by code": lambda frame: frame.sort_values(["to", "to_region"], kind="stable"),
    "by region": lambda frame: frame.sort_values("to_region", kind="stable"),
    "by value": lambda frame: frame.sort_values("value", kind="stable"),
    "in no order": lambda frame: frame.sample(frac=1, random_state=3),
}


@pytest.mark.parametrize("order", SORTED)
@pytest.mark.parametrize("seed", range(3))
def test_a_list_without_noughts_is_read_in_any_order(tmp_path, order, seed):
    table = layouts.invented(seed, industries=("A01", "C13", "Q"), categories=("HFCE", "GFCF", "INVNT"))
    SORTED[order](table.to_frame()).to_csv(tmp_path / "a.csv", index=False)
    assert set(read_table(tmp_path / "a.csv").table.categories) == set(table.categories)


@pytest.mark.parametrize("order", ["as written", "by seller"])
@pytest.mark.parametrize("lost", TABLE.industries)
@pytest.mark.parametrize("seed", range(3))
def test_an_industry_without_sales_is_found_in_a_list_without_noughts(tmp_path, order, lost, seed):
    table = layouts.invented(seed, industries=TABLE.industries, categories=TABLE.categories)
    frame = SORTED[order](table.to_frame())
    frame[frame["industry"] != lost].to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(GumError, match=f"{lost} .* has no row and stands among them; add the rows of {lost}"):
        read_table(tmp_path / "a.csv")


SMALL = {f"{regions} by {size}": layouts.invented(3, ("CHN", "USA")[:regions], ("A", "B", "C")[:size], ("HH", "INV"))
         for regions, size in ((1, 2), (1, 3), (2, 1))}  # fmt: skip
PARTS = {
    "all that is sold": lambda table: table.output,
    "what industries buy": lambda table: table.intermediates.sum(axis=1),
    "final uses": lambda table: table.final.sum(axis=(1, 2)),
}


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("part", PARTS)
def test_a_sum_in_two_or_three_rows_is_left_out(tmp_path, size, part):
    table = SMALL[size]
    found = read(with_column(("CHN", "sold"), PARTS[part](table), table), tmp_path)
    np.testing.assert_allclose(found.table.output, table.output)
    assert any("columns that add up others left out" in note for note in found.notes)


def test_a_sum_in_few_small_numbers_is_asked_about(tmp_path):
    table = gvc.IOTable.from_arrays(
        [[10, 20], [30, 10]], [[20, 10, 5], [40, 25, 7]], ["A"], ["c", "s"], ["H", "G", "I"]
    )
    assert not read(plain(table), tmp_path).oddities
    (odd,) = read(with_column(("A", "FD"), [35, 72], table), tmp_path).oddities
    assert odd == "column H (A FD) holds what other columns add up to: is it a sum of them?"
    (odd,) = read(with_column(("A", "F"), [30, 65], table), tmp_path).oddities
    assert odd == "F holds what H, G hold together: is it their sum?"


@pytest.mark.parametrize("seed", range(40))
def test_whole_numbers_of_a_small_table_add_up_to_nothing(tmp_path, seed):
    rng = np.random.default_rng(seed)
    regions, size, uses, most = 1 + seed % 3, 1 + seed % 4, 2 + seed % 2, (100, 1000)[seed % 2]
    flows, final = (rng.integers(1, most, (regions * size, n)) for n in (regions * size, regions * uses))
    table = gvc.IOTable.from_arrays(flows, final, [*"PQR"[:regions]], [*"wxyz"[:size]],
                                    [*"abc"[:uses]])  # fmt: skip
    found = read(plain(table), tmp_path)
    np.testing.assert_array_equal(found.table.final, table.final)
    assert not any("sum" in odd for odd in found.oddities)


DATED = {
    "column": lambda rows: [["" if n < 1 else "Year" if n < 2 else 2010, *row] for n, row in enumerate(rows)],
    "row": lambda rows: [*rows[:2], ["Year", "", *[2010] * (len(rows[0]) - 2)], *rows[2:]],
}
REMARKED = {
    "corner": ("titles", lambda rows: [["Table 2010", *rows[0][1:]], *rows[1:]]),
    "remark": ("remarks", lambda rows: [*rows, [], ["Reference year: 2010"]]),
    "remark in Chinese": ("remarks", lambda rows: [*rows, [], ["2010年投入产出表"]]),
}


@pytest.mark.parametrize("where", DATED)
def test_a_year_beside_rows_or_above_columns_is_the_table_s(tmp_path, where):
    assert read(DATED[where](plain()), tmp_path).year == "2010"
    with pytest.raises(GumError, match="the name of the file says 2005 and the table 2010; give it by --year"):
        read(DATED[where](plain()), tmp_path, "io-2005.csv")


@pytest.mark.parametrize("where", REMARKED)
def test_another_year_in_a_corner_or_a_remark_is_odd(tmp_path, where):
    name, change = REMARKED[where]
    odd = read(change(plain()), tmp_path, "io-2005.csv").oddities
    assert odd == (f"year in the {name} is 2010, but 2005 is taken",)
    source = [*plain(), [], ["Source: Timmer et al. (2015), release of 2016"]]
    assert not read(source, tmp_path, "io-2005.csv").oddities


@pytest.mark.parametrize("date", ["10-Dec", "2023-12-10", "Mar-01", "01-mars", "12月10日", "10. Dez", "10.12.2023"])
@pytest.mark.parametrize("code", ["A01", "C13"])
@pytest.mark.parametrize("axes", ["both", "rows", "columns"])
def test_a_code_that_became_a_date_is_named(tmp_path, date, code, axes):
    rows = plain()
    if axes != "rows":
        rows[1] = [date if cell == code else cell for cell in rows[1]]
    if axes != "columns":
        rows[2:] = [[row[0], date if row[1] == code else row[1], *row[2:]] for row in rows[2:]]
    with pytest.raises(GumError, match=rf"the date {date}.*; a spreadsheet makes dates of codes such as 10-12"):
        read(rows, tmp_path)


def test_a_code_that_lost_its_nought_is_odd(tmp_path):
    table = layouts.invented(1, ("CHN", "USA"), tuple(f"1.{n}" for n in range(8, 12)), ("HH", "INV"))
    assert not read(plain(table), tmp_path).oddities
    rows = [["1.1" if cell == "1.10" else cell for cell in row] for row in plain(table)]
    assert read(rows, tmp_path).oddities == ("the code 1.1 stands behind 1.9: was it 1.10?",)


@pytest.mark.parametrize("codes", [("Setor 01", "Setor 02"), ("01.13.12", "01.13.13"), ("SET-01", "GEN-02")])
def test_codes_that_are_no_dates_are_read(tmp_path, codes):
    assert read(plain(layouts.invented(1, ("CHN", "USA"), codes)), tmp_path).table.industries == codes


@pytest.mark.parametrize("name", ["Löhne und Gehälter", "Wynagrodzenia", "雇用者所得", "D1", "Ücretler"])
def test_value_added_by_an_unknown_name_is_named_with_its_cure(tmp_path, name):
    earned = TABLE.value_added.tolist()
    uses = len(plain()[0]) - 2 - SIZE
    with pytest.raises(GumError, match=f"row 12 has none .{name}.; write it, or delete the row if it holds sums, tax"):
        read([*plain(), ["", name, *earned, *[""] * uses]], tmp_path)
    said = rf"CHN {name} .row 12. has none; delete the row if it is value added, taxes or a note; if"
    with pytest.raises(GumError, match=said):
        read([*plain(), ["CHN", name, *earned, *[0] * uses]], tmp_path)


@pytest.mark.parametrize("kinds", [("Domestic", "Imports"), ("国内", "进口")])
def test_a_table_of_one_country_is_said_to_be_one(tmp_path, kinds):
    _, codes, *rows = plain(layouts.invented(1, ("CHN",), ("A01", "C13"), ("HFCE", "GFCF")))
    national = [["Year", "Code", "Description", "Origin", *codes[2:]]]
    national += [[2014, row[1], f"name of {row[1]}", kind, *row[2:]] for kind in kinds for row in rows]
    with pytest.raises(
        GumError, match=r"column D holds '.*' beside rows, as tables of one country do; bring the table of all"
    ):
        read(national, tmp_path)


def test_oecd_s_tables_are_known_with_a_column_more_and_their_parts_named_elsewhere(tmp_path):
    table = layouts.invented(2, ("CHN", "CN1", "CN2", "USA"), ("A01_02", "C13T15"), ("HFCE", "GFCF"))
    rows = [["" if n < 1 else n, *row] for n, row in enumerate(layouts.oecd(table))]
    for made in (rows, [["Table, 2019"], [], *rows]):
        found = read(made, tmp_path)
        assert (found.format, found.unit, found.table.reporters) == ("oecd", "million US dollars", ("CHN", "USA"))
    assert read_table(tmp_path / "a.csv", "plain").format == "plain"
    table.to_frame().to_csv(tmp_path / "b.csv", index=False)
    odd = read_table(tmp_path / "b.csv").oddities
    assert odd[0].startswith("CN1 stands beside CHN, of which it is a part in OECD's tables, and reports apart")


def test_joined_labels_of_a_list_are_parted_as_its_buyers_are(tmp_path):
    frame = TABLE.to_frame()
    frame["to"] = frame["to"].replace({"HFCE": "P3_S14", "GFCF": "P51G", "INVNT": "P5M"})
    earned = [("W2", f"D{n}", "CHN", "A01", 1.0) for n in range(9)]
    whole = pd.concat([frame, pd.DataFrame(earned, columns=frame.columns)])
    joined = pd.DataFrame({"rowLabel": whole["region"] + "_" + whole["industry"],
                           "colLabel": whole["to_region"] + "_" + whole["to"], "obsValue": whole["value"]})  # fmt: skip
    joined.to_csv(tmp_path / "a.csv", index=False)
    np.testing.assert_allclose(read_table(tmp_path / "a.csv").table.output, TABLE.output)


def test_one_file_of_a_folder_is_not_read_as_a_table(tmp_path):
    for name in ("Z.txt", "Y.txt"):
        layouts.save(plain(), tmp_path / "a.csv").rename(tmp_path / name)
    with pytest.raises(GumError, match=r"got Z\.txt, which is one file of it; give the folder"):
        read_table(tmp_path / "Z.txt")


@pytest.mark.parametrize("between", ["-", " "])
def test_labels_that_a_program_has_changed_are_named(tmp_path, between):
    rows = plain()
    joined = [["", *(f"{one}.{two}" for one, two in zip(rows[0][2:], rows[1][2:], strict=True))]]
    joined += [[f"{row[0]}{between}{row[1]}", *row[2:]] for row in rows[2:]]
    with pytest.raises(GumError, match=f"row 2 is labelled 'CHN{between}A01' and column B 'CHN.A01'; write both alike"):
        read(joined, tmp_path)


def test_shares_beside_flows_are_no_labels(tmp_path):
    frame = TABLE.to_frame()
    ends = {"row": frame["region"] + "_" + frame["industry"], "col": frame["to_region"] + "_" + frame["to"]}
    frame = pd.DataFrame(ends | {"value": frame["value"].abs(), "share": 0.125, "rank": range(len(frame))})
    frame.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(GumError, match="and nothing else; got row, col, value, share, rank; delete the others"):
        read_table(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["Population", "Employment (1000 persons)", "CO2 emissions (kt)", "就业人数", "Jobs"])
def test_what_is_no_money_is_no_final_use(tmp_path, name):
    with pytest.raises(GumError, match=r"got what is counted in other units: CHN .* .column U.; delete it"):
        read(with_column(("CHN", name), -TAKEN), tmp_path)


def test_a_use_written_twice_and_rounded_once_is_named(tmp_path):
    rows = with_column(("CHN", "Households"), np.round(TABLE.final[:, 0, 0], 1))
    with pytest.raises(GumError, match="CHN HFCE and CHN Households hold the same numbers; delete one"):
        read(rows, tmp_path)
    close = with_column(("CHN", "Households"), TABLE.final[:, 0, 0] * 1.0005)
    assert read(close, tmp_path).table.categories[-1] == "Households"


def test_an_industry_copied_over_another_is_odd(tmp_path):
    rows = plain()
    rows[5][2:] = rows[2][2:]
    assert "CHN A01 and USA A01 sell the same: was one copied over the other?" in read(rows, tmp_path).oddities
    rows = [[*row[:5], row[2] if place > 1 else row[5], *row[6:]] for place, row in enumerate(plain())]
    assert "CHN A01 and USA A01 buy the same: was one copied over the other?" in read(rows, tmp_path).oddities


@pytest.mark.parametrize("name", ["VA", "Gross value added at basic prices", "增加值"])
def test_a_table_filtered_to_some_regions_is_told_by_its_value_added(tmp_path, name):
    earned = ["", name, *TABLE.value_added.tolist(), *[0.0] * (len(plain()[0]) - 2 - SIZE)]
    rows = [*plain(), earned]
    assert not read(rows, tmp_path).oddities
    kept = [place for place, region in enumerate(rows[0]) if region != "ITA"]
    some = [[row[place] for place in kept] for row in rows if row[0] != "ITA"]
    (odd,) = read(some, tmp_path).oddities
    assert odd.startswith("value added from row 9 on is 23,676.9 in all, while sales leave 18,494.7: were rows or col")
    wages = [[cell / 2 if isinstance(cell, float) else cell for cell in earned]]
    wages[0][1] = "Compensation of employees"
    assert not read([*plain(), *wages], tmp_path).oddities


def test_the_year_of_a_sheet_is_the_table_s(tmp_path):
    file = layouts.save(plain(), tmp_path / "io.xlsx")
    book = openpyxl.load_workbook(file)
    book.active.title = "WIOT_2010"
    book.save(file)
    assert read_table(file).year == "2010"
    with pytest.raises(GumError, match="the name of the file says 2011 and the table 2010"):
        read_table(file.rename(tmp_path / "io-2011.xlsx"))


@pytest.mark.parametrize(("one", "other"), [("C10-12", "C10\u201312"), ("C13", "C13."), ("C13", "C13*"), ("D", '"D"')])
@pytest.mark.parametrize("axes", [(0,), (0, 1)])
def test_labels_that_differ_in_a_mark_are_named(tmp_path, one, other, axes):
    rows = plain(layouts.invented(5, industries=("A01", one, "Q")))
    if 0 in axes:
        rows[1][6] = other
    if 1 in axes:
        rows[6][1] = other
    with pytest.raises(GumError, match="expected one way to write each label"):
        read(rows, tmp_path)


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#NAME?", "#WERT!"])
def test_an_error_of_a_formula_is_no_code(tmp_path, error):
    rows = [[error if cell == "C13" else cell for cell in row] for row in plain()]
    with pytest.raises(GumError, match=r"expected regions and codes, got .*, the error of a formula .row 4.; write"):
        read(rows, tmp_path)


def test_uses_whose_region_and_code_changed_places_are_named(tmp_path):
    frame = TABLE.to_frame()
    used = frame["to"].isin(TABLE.categories)
    frame.loc[used, ["to_region", "to"]] = frame.loc[used, ["to", "to_region"]].to_numpy()
    frame.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(GumError, match=r"expected a region and a use, got \w+ and CHN .column of row \d+.; write the"):
        read_table(tmp_path / "a.csv")
