"""Tables as people bring them: labels, numbers and sums written in many ways are read right, or refused by name."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import own_tables as layouts
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.own.table import Reading, read_table

Rows: TypeAlias = list[list[Any]]
SEEDS = st.integers(0, 2**32 - 1)
TABLE = layouts.invented(5, industries=("A01", "C13", "D"), categories=("HFCE", "GFCF", "INVNT"))
SOLD, BOUGHT = list(TABLE.index), layouts.labels(TABLE)


def plain(table: gvc.IOTable = TABLE, columns: Any = (), rows: Any = ()) -> Rows:
    """Return the plain layout, with more columns and rows of a label and numbers."""
    made = layouts.plain(table)
    for label, values in columns:
        for row, cell in zip(made, [*label, *values], strict=True):
            row.append(cell)
    return [*made, *([*label, *values, *[""] * (len(made[0]) - 2 - len(values))] for label, values in rows)]


def joined(between: str, reverse: bool = False) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        def one(pair: Any) -> str:
            return between.join(map(str, reversed(pair) if reverse else pair))

        labels = [one(pair) for pair in zip(rows[0][2:], rows[1][2:], strict=True)]
        return [["", *labels], *([one(row[:2]), *row[2:]] for row in rows[2:])]

    return change


def merged(rows: Rows) -> Rows:
    once = [[*row] for row in rows]
    for place in range(len(rows[0]) - 1, 2, -1):
        once[0][place] = "" if rows[0][place] == rows[0][place - 1] else rows[0][place]
    for place in range(len(rows) - 1, 2, -1):
        once[place][0] = "" if rows[place][0] == rows[place - 1][0] else rows[place][0]
    return once


def wiod_for_r(rows: Rows, prefix: str = "") -> Rows:
    numbers = {code: str(place) for place, code in enumerate((*TABLE.industries, *TABLE.categories), 1)}
    labels = [f"{prefix}{region}{numbers[code]}" for region, code in zip(rows[0][2:], rows[1][2:], strict=True)]
    head = ["", "IndustryCode", "IndustryDescription", "Country", "RNr", "Year", *labels]
    lines = [[row[1], f"name of {row[1]}", row[0], numbers[row[1]], 2014, *row[2:]] for row in rows[2:]]
    return [head, *([place, *line] for place, line in enumerate(lines, 1))]


LABELS: dict[str, Callable[[Rows], Rows]] = {
    "merged cells": merged,
    "names of levels": lambda rows: [*rows[:2], ["region", "sector", *[""] * (len(rows[0]) - 2)], *rows[2:]],
    "titles above": lambda rows: [["World table, 2005"], ["Unit: million EUR"], [], *rows],
    "a column of numbers before": lambda rows: [["" if n < 2 else n, *row] for n, row in enumerate(rows)],
    "an empty column before": lambda rows: [["", *row] for row in rows],
    "code before region": lambda rows: [rows[1], rows[0], *([row[1], row[0], *row[2:]] for row in rows[2:])],
    "code before region in columns": lambda rows: [rows[1], rows[0], *rows[2:]],
    "a line on the separator": lambda rows: [["sep=,"], *rows],
    "a source below": lambda rows: [*rows, [], ["Source: national accounts"]],
    **{f"joined by {between!r}": joined(between) for between in ("_", ".", "|", "-", " - ", " ", ":", "/")},
    "joined, code first": joined("_", reverse=True),
    "for R": wiod_for_r,
    "for Stata": lambda rows: wiod_for_r(rows, "v"),
}


def check(found: Reading, table: gvc.IOTable, tolerance: float = 1e-9) -> None:
    """The measures are those of the table, whatever order and names its labels have."""
    ours, right = (gvc.wide_indicators(one, {"ALL": None}).sort_values("exports") for one in (found.table, table))
    assert len(ours) == len(right)
    np.testing.assert_allclose(ours, right, rtol=tolerance, atol=tolerance * 1e3)


@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_labels_written_in_many_ways_are_read(tmp_path, kind, suffix):
    if kind == "a line on the separator" and suffix == ".xlsx":
        pytest.skip("a sign of CSV files")
    found = read_table(layouts.save(LABELS[kind](plain()), tmp_path / f"table{suffix}"))
    check(found, TABLE)
    assert found.format == ("oecd" if "_" in kind else "plain")
    swapped = "code before" in kind or "code first" in kind
    assert swapped == any("labels read as industry and region" in note for note in found.notes)


@pytest.mark.parametrize(
    "codes", [("1", "2", "3"), ("01", "02", "03"), ("10.1", "10.2", "11"), ("纺织", "Food & drink", "x_y")]
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_codes_may_be_numbers_or_words(tmp_path, codes, suffix):
    table = gvc.IOTable(TABLE.intermediates, TABLE.final, TABLE.regions, codes, TABLE.categories)
    found = read_table(layouts.save(plain(table), tmp_path / f"table{suffix}")).table
    assert found.industries == codes
    file = tmp_path / "frame.xlsx"
    frame = pd.DataFrame(np.array([row[2:] for row in plain(table)[2:]]), table.index, layouts.labels(table))
    frame.columns = pd.MultiIndex.from_tuples(frame.columns, names=["region", "use"])
    frame.to_excel(file)
    assert read_table(file).table.industries == codes


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=SEEDS)
def test_no_row_or_column_of_sales_is_taken_for_a_title(tmp_path, seed):
    rng = np.random.default_rng(seed)
    head, codes, *rows = plain()
    order = [0, 1, *(2 + rng.permutation(len(head) - 2))]
    mixed = [[line[place] for place in order] for line in (head, codes, *[rows[n] for n in rng.permutation(len(rows))])]
    file = layouts.save(mixed, tmp_path / "mixed.csv")
    check(read_table(file, "plain"), TABLE)
    with suppress(GumError):  # a layout is not guessed
        check(read_table(file), TABLE)


def written(way: Callable[[float], str], separator: str, file: Path, rows: Rows) -> Path:
    lines = [[way(cell) if isinstance(cell, float) else cell for cell in row] for row in rows]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=separator).writerows(lines)
    return file


def continental(number: float) -> str:
    return f"{number:,.6f}".translate(str.maketrans(",.", ".,"))


WAYS: dict[str, tuple[Callable[[float], str], str]] = {
    "decimal commas": (lambda number: f"{number:.6f}".replace(".", ","), ";"),
    "commas between thousands": (lambda number: f"{number:,.6f}", ","),
    "points between thousands": (continental, ";"),
    "spaces between thousands": (lambda number: f"{number:,.6f}".replace(",", "\u202f"), "\t"),
    "spaces between thousands, decimal commas": (
        lambda number: f"{number:,.6f}".replace(",", " ").replace(".", ","),
        "|",
    ),
    "apostrophes between thousands": (lambda number: f"{number:,.6f}".replace(",", "’"), ";"),
}


@pytest.mark.parametrize("way", WAYS)
def test_numbers_written_in_one_way_are_read_so_and_it_is_said(tmp_path, way):
    rows = plain(columns=[(("", "OUTPUT"), (10 * TABLE.output).tolist())])
    for row in rows[2:]:
        row[2:-1] = [10 * cell for cell in row[2:-1]]
    found = read_table(written(*WAYS[way], tmp_path / "table.txt", rows))
    check(
        found,
        gvc.IOTable(10 * TABLE.intermediates, 10 * TABLE.final, TABLE.regions, TABLE.industries, TABLE.categories),
        1e-6,
    )
    assert f"numbers read with {way}" in found.notes
    assert any("output in column U is what rows add up to" in note for note in found.notes)


@pytest.mark.parametrize(("mark", "separator"), [(".", ";"), (",", ","), (".", "\t")])
def test_a_mark_before_three_figures_is_refused_where_it_may_mean_two_things(tmp_path, mark, separator):
    file = written(lambda number: f"{round(100 * number):,}".replace(",", mark), separator, tmp_path / "a.csv", plain())
    with pytest.raises(
        GumError, match=r"can be read in one way, got '-?\d+.\d{3}', which may be -?\d+\.\d+ or -?\d+; write"
    ):
        read_table(file)


@pytest.mark.parametrize("cell", ["n.a.", "..", "NaN", "None", "12 %", "1.2.3", "1_000", "TRUE", "#REF!", "12.5"])
def test_what_is_not_written_like_the_rest_is_named_alone(tmp_path, cell):
    rows = plain()
    rows[4][5] = cell
    for separator, way in ((",", "{:.9f}".format), (";", lambda number: f"{number:.9f}".replace(".", ","))):
        if cell == "12.5" and separator == ",":
            continue
        with pytest.raises(GumError, match=rf"got 1 cell without: F5 \({cell}\); (numbers read|write)"):
            read_table(written(way, separator, tmp_path / "a.csv", rows))


def test_how_the_others_are_written_is_said_beside_a_number_that_is_not(tmp_path):
    rows = plain()
    rows[4][5] = "1234.5"
    with pytest.raises(GumError, match=r"F5 \(1234.5\); numbers read with commas between thousands; write numbers"):
        read_table(written(lambda number: f"{1000 * number:,.3f}", ",", tmp_path / "a.csv", rows))


@pytest.mark.parametrize("dash", ["-", "–", "—", " - "])
def test_a_dash_is_nought(tmp_path, dash):
    rows = plain()
    rows[4][5] = dash
    found = read_table(layouts.save(rows, tmp_path / "a.csv"))
    assert found.table.intermediates[2, 3] == 0
    assert found.notes == ("empty cells read as nought: F5",)


X, Z, F = TABLE.output, TABLE.intermediates.sum(axis=1), TABLE.final.sum(axis=(1, 2))
SUMS = {
    "worded": [(("", "Total intermediate use"), Z), (("", "Final demand"), F), (("", "总产出"), X)],
    "of a region of its own": [(("ALL", "all"), X)],
    "in another language": [(("Summe", ""), X)],
    "uses of each region": [
        ((region, "FD"), TABLE.final[:, place].sum(axis=1)) for place, region in enumerate(TABLE.regions)
    ],
    "purchases of each region": [
        ((region, "bought"), TABLE.intermediates[:, 3 * place : 3 * place + 3].sum(axis=1))
        for place, region in enumerate(TABLE.regions)
    ],
    "called by a letter": [(("", "x"), X)],
}


@pytest.mark.parametrize("kind", SUMS)
def test_sums_are_no_final_uses_whatever_they_are_called(tmp_path, kind):
    found = read_table(
        layouts.save(plain(columns=[(label, values.tolist()) for label, values in SUMS[kind]]), tmp_path / "a.csv")
    )
    check(found, TABLE)
    assert any("left out: U" in note for note in found.notes)


@pytest.mark.parametrize(
    "name", ["Gross value added", "Compensation of employees", "增加值", "Valeur ajoutée", "Total inputs", "W2"]
)
@pytest.mark.parametrize("region", ["", "CHN"])
def test_rows_of_value_added_are_no_sellers(tmp_path, name, region):
    rows = plain(rows=[((region, name), TABLE.value_added.tolist())])
    if name == "W2":
        rows[-1][:2] = ["W2", "D1"]
    found = read_table(layouts.save(rows, tmp_path / "a.csv"))
    check(found, TABLE)
    assert any("rows of sums, taxes or value added left out: 12" in note for note in found.notes)


@pytest.mark.parametrize(
    ("columns", "rows", "said"),
    [
        ([(("", "Total exports"), (0.1 * X).tolist())], [], "expected a region beside each number, column U has none"),
        ([(("", "出口"), (0.1 * X).tolist())], [], "expected a region beside each number, column U has none"),
        ([], [(("", "Imports"), (0.1 * X).tolist())], "expected a region beside each number, row 12 has none"),
        ([], [(("", "employment"), X.tolist())], "expected a region beside each number, row 12 has none"),
    ],
)
def test_trade_with_the_rest_of_the_world_is_not_lost(tmp_path, columns, rows, said):
    with pytest.raises(GumError, match=said):
        read_table(layouts.save(plain(columns=columns, rows=rows), tmp_path / "a.csv"))


def test_a_table_whose_rows_buy_is_to_be_transposed(tmp_path):
    with pytest.raises(GumError, match="transpose the table if its rows buy, as CHN HFCE does"):
        read_table(layouts.save([list(row) for row in zip(*plain(), strict=True)], tmp_path / "a.csv"))


def listed(table: gvc.IOTable = TABLE) -> pd.DataFrame:
    return table.to_frame()


LISTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "as it is": lambda frame: frame,
    "named otherwise": lambda frame: frame.set_axis(["来源地区", "来源行业", "去向地区", "去向", "数值"], axis=1),
    "joined": lambda frame: pd.DataFrame(
        {
            "row": frame["region"] + "_" + frame["industry"],
            "col": frame["to_region"] + "_" + frame["to"],
            "obsValue": frame["value"],
        }
    ),
    "with a year": lambda frame: frame.assign(year=2005),
    "regions first": lambda frame: frame[["region", "to_region", "industry", "to", "value"]],
    "codes first": lambda frame: frame[["industry", "region", "to", "to_region", "value"]],
    "joined and apart": lambda frame: frame.assign(
        rowCode=frame["region"] + "_" + frame["industry"], colCode=frame["to_region"] + "_" + frame["to"]
    ),
    "in any order": lambda frame: frame.sample(frac=1, random_state=1),
}


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("index", [False, True])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_list_of_flows_is_read(tmp_path, kind, index, suffix):
    frame, file = LISTS[kind](listed()), tmp_path / f"flows{suffix}"
    (frame.to_csv if suffix == ".csv" else frame.to_excel)(file, index=index)
    check(read_table(file), TABLE)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=SEEDS, regions=st.integers(2, 4), industries=st.integers(1, 3))
def test_what_to_frame_writes_is_read(tmp_path, seed, regions, industries):
    table = layouts.invented(seed, ("CHN", "USA", "ITA", "ROW")[:regions], [f"c{n}" for n in range(industries)])
    listed(table).to_csv(tmp_path / "flows.csv", index=False)
    check(read_table(tmp_path / "flows.csv"), table)


WRONG: list[tuple[Callable[[pd.DataFrame], pd.DataFrame], str]] = [
    (lambda frame: pd.concat([frame, frame.iloc[[3]]]), "from CHN A01 to USA D stands in rows 5 and"),
    (lambda frame: changed(frame, 5, "value", "n.a."), r"expected numbers, got 1 cell without: E7 \(n.a.\)"),
    (lambda frame: changed(frame, 5, "industry", None), "expected a label in each row, B7 is empty; write it"),
    (
        lambda frame: changed(frame, 5, "value", -50),
        r"expected sales of nought or more to industries, got -50 \(in E7, 1 in all\)",
    ),
    (
        lambda frame: changed(frame, 2, "industry", "Q"),
        r"expected a column for each industry, CHN Q \(row 4\) has none",
    ),
    (
        lambda frame: frame.assign(year=[2005, *[2006] * (len(frame) - 1)]),
        "expected flows of one year, got 2005, 2006 in column F",
    ),
    (
        lambda frame: frame[frame["to"].isin(TABLE.industries)],
        "expected columns of final use, got industries only; add them",
    ),
    (
        lambda frame: pd.DataFrame({"row": frame["industry"], "col": frame["to"], "value": frame["value"]}),
        "expected labels of a region and a code, such as CHN_c1, got 'A01'",
    ),
]


def changed(frame: pd.DataFrame, row: int, column: str, value: Any) -> pd.DataFrame:
    other = frame.astype(object)
    other.loc[row, column] = value
    return other


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_what_is_wrong_in_a_list_of_flows_is_told_by_its_row(tmp_path, change, said):
    change(listed()).to_csv(tmp_path / "flows.csv", index=False)
    with pytest.raises(GumError, match=said):
        read_table(tmp_path / "flows.csv")


def test_industries_that_only_buy_and_rows_of_value_added_in_a_list_are_told(tmp_path):
    frame = listed()
    earned = pd.DataFrame([("CHN", "VA", "CHN", code, 5.0) for code in TABLE.industries], columns=frame.columns)
    pd.concat([frame, earned]).to_csv(tmp_path / "flows.csv", index=False)
    found = read_table(tmp_path / "flows.csv")
    check(found, TABLE)
    assert found.notes[0].startswith(f"rows of sums, taxes or value added left out: {len(frame) + 2}, ")
    frame[frame["region"] != "ITA"].to_csv(tmp_path / "flows.csv", index=False)
    assert (
        "industries not in the file, taken as nought: ITA A01, ITA C13, ITA D"
        in read_table(tmp_path / "flows.csv").notes
    )


def test_a_publisher_s_layout_is_known_without_its_titles(tmp_path):
    wiod = layouts.wiod2013(layouts.invented())
    adb = [["ADB Multi-Regional Input-Output Table, 2019"], *layouts.wiod2013(layouts.invented(), above=1)[1:]]
    for rows, name in (
        (wiod[4:], "wiod2013"),
        (wiod[2:], "wiod2013"),
        ([[], [], *wiod], "wiod2013"),
        ([adb[0], *adb[3:]], "adb"),
    ):
        assert read_table(layouts.save(rows, tmp_path / "a.csv")).format == name
    assert read_table(layouts.save(layouts.wiod2016(layouts.invented())[2:], tmp_path / "b.csv")).format == "wiod2016"


def test_a_table_of_another_publisher_is_not_said_to_be_the_oecd_s(tmp_path):
    table = gvc.IOTable(TABLE.intermediates, TABLE.final, TABLE.regions, TABLE.industries, ("P3_S13", "P3_S14", "P51G"))
    found = read_table(layouts.save(joined("_")(plain(table)), tmp_path / "matrix_ind-by-ind_2022.csv"))
    assert (found.format, found.unit) == ("plain", "not given")
    check(found, TABLE)


@pytest.mark.parametrize(
    ("title", "unit"), [("Unit: million EUR", "million EUR"), ("单位：万元", "万元"), ("(Mio. CHF)", "Mio. CHF")]
)
def test_the_unit_above_a_table_is_taken(tmp_path, title, unit):
    assert read_table(layouts.save([[title], *plain()], tmp_path / "a.csv")).unit == unit


def test_an_encoding_can_be_named(tmp_path):
    rows = [[cell if cell != "D" else "Électricité" for cell in row] for row in plain()]
    file = layouts.save(rows, tmp_path / "a.csv")
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))
    with pytest.raises(GumError, match="name the encoding"):
        read_table(file)
    assert read_table(file, encoding="cp1252").table.industries[-1] == "Électricité"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"year": 5}, "expected a year of four figures, got 5; correct --year"),
        ({"tolerance": -1.0}, "expected a share of output from 0 to 1, got -1.0; correct --tolerance"),
        ({"tolerance": float("nan")}, "got nan; correct --tolerance"),
        ({"sheet": "Sheet1"}, "expected no sheet, for a.csv is no workbook; leave out --sheet"),
    ],
)
def test_what_no_table_can_have_is_refused(tmp_path, options, said):
    file = layouts.save(plain(), tmp_path / "a.csv")
    with pytest.raises(GumError, match=said):
        read_table(file, **options)
    assert read_table(file, " Plain").format == "plain"


@pytest.mark.parametrize(
    "change", [lambda row: row.pop(5), lambda row: row.pop(), lambda row: row.__delitem__(slice(6, None))]
)
def test_a_row_with_a_cell_less_is_not_read_as_if_its_numbers_stood_elsewhere(tmp_path, change):
    rows = plain()
    change(rows[6])
    with pytest.raises(
        GumError, match=rf"expected 20 cells in each row, as in the first rows, but row 7 has {len(rows[6])}; even"
    ):
        read_table(layouts.save(rows, tmp_path / "a.csv"))


def test_a_list_without_its_end_and_one_without_a_value_are_told(tmp_path):
    text = listed().to_csv(index=False)
    (tmp_path / "a.csv").write_text(text[:-2], encoding="utf-8")
    assert any("the file may be cut off" in note for note in read_table(tmp_path / "a.csv").notes)
    changed(listed(), 7, "value", None).to_csv(tmp_path / "b.csv", index=False)
    with pytest.raises(GumError, match=r"expected numbers, got 1 cell without: E9 \(\)"):
        read_table(tmp_path / "b.csv")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_labels_may_run_over_lines_and_hold_separators(tmp_path, separator):
    names = {"A01": "Agriculture,\nhunting;\n" * 6, "C13": 'Textiles "fine"', "D": "Power; gas"}
    rows = [[names.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in plain()]
    check(read_table(written(repr, separator, tmp_path / "a.csv", rows)), TABLE)


@pytest.mark.parametrize(
    "names",
    [
        [f"Manufacture of {name}" for name in ("food", "silk", "wood")] + ["Household use", "Gross investment"],
        ["Sector 1", "Sector 2", "Sector 3", "Final demand", "Exports"],
        [*(f"C_{place}" for place in range(8)), "F_1", "F_2"],
    ],
)
def test_words_of_a_national_table_are_not_split_into_regions(tmp_path, names):
    rng = np.random.default_rng(0)
    rows = [["", *names], *([name, *rng.random(len(names))] for name in names[:-2])]
    with pytest.raises(GumError, match=r"one label each, such as .*, and no region; write the region"):
        read_table(layouts.save(rows, tmp_path / "a.csv"))


def test_final_uses_that_equal_a_sum_by_design_stay(tmp_path):
    for final in (np.tile([40.0, 30.0], (4, 1)), np.tile([40.0, 40.0], (4, 1))):
        table = gvc.IOTable.from_arrays(np.full((4, 4), 10.0), final, ["A", "B"], ["x", "y"])
        check(read_table(layouts.save(plain(table), tmp_path / "a.csv")), table)


def test_a_workbook_may_hold_a_list_beside_other_sheets_and_two_tables_are_asked_for(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    file, frame = tmp_path / "a.xlsx", listed()
    with pd.ExcelWriter(file) as book:
        pd.DataFrame(["Flows of 2005"]).to_excel(book, sheet_name="Readme", index=False, header=False)
        frame.to_excel(book, sheet_name="flows", index=False)
    check(read_table(file), TABLE)
    book = openpyxl.load_workbook(file)
    chart, bars = book.create_chartsheet("chart"), openpyxl.chart.BarChart()
    bars.add_data(openpyxl.chart.Reference(book["flows"], min_col=5, min_row=2, max_row=5))
    chart.add_chart(bars)
    for row in plain():
        (book["table"] if "table" in book.sheetnames else book.create_sheet("table")).append(
            [cell or None for cell in row]
        )
    book.save(file)
    with pytest.raises(GumError, match=r"expected one table or list of flows, got several: .*; name one by --sheet"):
        read_table(file)
    check(read_table(file, sheet="flows"), TABLE)


def test_a_table_of_noughts_is_refused(tmp_path):
    table = gvc.IOTable.from_arrays(np.zeros((4, 4)), np.zeros((4, 2)), ["A", "B"], ["x", "y"])
    with pytest.raises(GumError, match="expected sales, got noughts only; see whether formulas were saved as values"):
        read_table(layouts.save(plain(table), tmp_path / "a.csv"))
