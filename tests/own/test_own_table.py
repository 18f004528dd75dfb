"""A table of the reader's own: each layout is read as it was written, and what is spoilt is told or done right."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import numpy as np
import own_tables as layouts
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumlib import gvc
from gumlib.cli import main
from gumlib.errors import GumError
from gumlib.figures import own_table as figures
from gumlib.gvc import comparators
from gumlib.own.table import TABLE_FORMATS, read_table, report, units
from gumlib.own.table.grid import column_letters

KINDS = [(name, kind) for name in layouts.LAYOUTS for kind in (".csv", ".xlsx")]


@pytest.mark.parametrize(("name", "kind"), KINDS)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1), regions=st.integers(2, 5), industries=st.integers(1, 4))
def test_a_table_written_in_a_layout_is_read_back(tmp_path, name, kind, seed, regions, industries):
    codes = ("CHN", "USA", "ITA", "MEX", "ROW")[:regions]
    table = layouts.invented(seed, codes, [f"c{number + 1}" for number in range(industries)])
    found = read_table(layouts.save(layouts.LAYOUTS[name](table), tmp_path / f"table{kind}"))
    assert found.format == name.split()[0]
    assert (found.table.regions, found.table.industries) == (table.regions, table.industries)
    assert set(found.table.categories) == set(table.categories)
    assert not found.oddities
    pd.testing.assert_frame_equal(gvc.wide_indicators(found.table), gvc.wide_indicators(table), rtol=1e-9, atol=1e-9)
    assert len([note for note in found.notes if "is what rows add up to" in note]) == (
        0 if name == "plain" else 1 if name.startswith("plain") else 2
    )


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32 - 1))
def test_rows_and_columns_may_stand_in_any_order(tmp_path, seed):
    table, rng = layouts.invented(1), np.random.default_rng(seed)
    head, codes, *rows = layouts.plain(table)
    order = [0, 1, *(2 + rng.permutation(len(head) - 2))]
    mixed = [[line[place] for place in order] for line in (head, codes, *[rows[n] for n in rng.permutation(len(rows))])]
    found = read_table(layouts.save(mixed, tmp_path / "mixed.csv"), "plain").table
    ours = gvc.wide_indicators(found).reindex(gvc.wide_indicators(table).index)
    pd.testing.assert_frame_equal(ours, gvc.wide_indicators(table), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("reverse", [False, True])
def test_parts_of_china_and_mexico_report_as_one(tmp_path, reverse):
    table = layouts.invented(
        2, ("CHN", "CN1", "CN2", "MEX", "MX1", "MX2", "USA"), ("A01_02", "C13T15"), ("HFCE", "INVNT")
    )
    found = read_table(layouts.save(layouts.oecd(table, reverse), tmp_path / "ICIO2023_2019.csv"))
    assert found.table.reporters == ("CHN", "MEX", "USA")
    assert found.year == "2019"
    homes = {"CN1": "CHN", "CN2": "CHN", "MX1": "MEX", "MX2": "MEX"}
    expected = gvc.wide_indicators(table.reported(homes))
    pd.testing.assert_frame_equal(gvc.wide_indicators(found.table), expected, rtol=1e-9, atol=1e-9)


def test_a_discrepancy_is_a_use_of_no_region(tmp_path):
    rows = layouts.oecd(layouts.invented(), reverse=True)
    rows = [[*row[:-1], "DISC" if place == 0 else 1.0, row[-1]] for place, row in enumerate(rows)]
    rows = [[*row[:-1], row[-1] + 1.0] if 0 < place < 7 else row for place, row in enumerate(rows)]
    rows[-1] = [rows[-1][0], *(number + 1.0 for number in rows[-1][1:7]), *rows[-1][7:]]
    table = read_table(layouts.save(rows, tmp_path / "a.csv")).table
    assert table.regions[-1] == "DISC"
    assert table.final[:6, -1, -1].tolist() == [1.0] * 6


def text(rows):
    rows[4][5] = "n.a."


def comma(rows):
    rows[4][5] = "1,5"


def missing(rows):
    del rows[4]


def doubled(rows):
    rows[5][1] = rows[4][1]


def unnamed(rows):
    rows[4][1] = ""


def negative(rows):
    rows[4][5] = -3.0


def longer(rows):
    rows[4].append(7.0)


def half(rows):
    for row in rows[3:]:
        row[3:-1] = [""] * (len(row) - 4)


def thousand_final(rows):
    for row in rows[2:]:
        row[8:-1] = [number / 1000 for number in row[8:-1]]


def thousand_output(rows):
    for row in rows[2:]:
        row[-1] *= 1000


def swapped(rows):
    for row in rows[2:]:
        row[2:4], row[4:6] = row[4:6], row[2:4]
    rows[2:4], rows[4:6] = (
        [[*rows[n][:2], *rows[n + 2][2:]] for n in (2, 3)],
        [[*rows[n + 2][:2], *rows[n][2:]] for n in (2, 3)],
    )
    for number in (2, 4):
        rows[number][-1] += 400


SPOILT = {
    text: r"expected numbers, got 1 cell without: F5 \(n.a.\)",
    comma: r"got 1 cell without: F5 \(1,5\); write numbers with a point",
    missing: r"expected a row for each industry, USA c1 \(column E\) has none",
    doubled: r"expected each label once, USA c1 stands in rows 5 and [46]|USA c2|stands in rows",
    unnamed: r"expected a code beside each number, row 5 has none",
    negative: r"expected sales of nought or more to industries, got -3 \(in F5, 1 in all\); book them as a final use",
    longer: "expected a region and code beside each number, column P has none",
    half: r"expected numbers, got .* empty cells of .*; write 0 where nothing is sold",
    thousand_final: "the output in column O fits only with final use times 1,000; bring all numbers to one unit",
    thousand_output: "the output in column O fits only with all of the table times 1,000",
    swapped: r"expected rows that add up to the output in column O, got .* \(\d of 6 rows are off\); mend the rows",
}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_copy_gives_one_readable_error(tmp_path, spoil):
    rows = layouts.plain(layouts.invented(), output=True)
    read_table(layouts.save(rows, tmp_path / "sound.csv"))
    spoil(rows)
    with pytest.raises(GumError, match=SPOILT[spoil]):
        read_table(layouts.save(rows, tmp_path / "spoilt.csv"))


def test_a_longer_row_far_down_is_told(tmp_path):
    rows = layouts.plain(layouts.invented(0, ("A", "B", "C", "D", "E"), ("c1", "c2", "c3")))
    rows[15].append(7.0)
    with pytest.raises(GumError, match=r"expected 27 cells in each row.*even the rows out"):
        read_table(layouts.save(rows, tmp_path / "a.csv"))


def test_a_doubled_label_is_named_with_both_rows(tmp_path):
    rows = layouts.plain(layouts.invented())
    rows[3][1] = rows[2][1]
    with pytest.raises(GumError, match="CHN c1 stands in rows 3 and 4; rename or delete one"):
        read_table(layouts.save(rows, tmp_path / "a.csv"))


def blank_row(rows):
    rows.insert(4, [])


def blank_column(rows):
    for row in rows:
        row.insert(6, "")


def total_row(rows):
    rows.append(["", "TOTAL", *np.sum([row[2:] for row in rows[2:]], axis=0)])


def total_among(rows):
    rows.insert(4, ["CHN", "TOTAL", *np.sum([row[2:] for row in rows[2:4]], axis=0)])


def minus_nought(rows):
    rows[2][2] = "-0"


def empty_cell(rows):
    rows[2][2] = ""


RIGHT = {
    blank_row: "rows without any cell passed over: 5",
    blank_column: "columns without any cell passed over: G",
    total_row: r"rows of sums, taxes or value added left out: 9 \(TOTAL\)",
    total_among: r"left out: 5 \(CHN TOTAL\)",
    minus_nought: "",
    empty_cell: "empty cells read as nought: C3",
}


@pytest.mark.parametrize("change", RIGHT)
@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
def test_what_can_be_read_in_one_way_is_read_and_told(tmp_path, change, kind):
    table = layouts.invented()
    flows = table.intermediates.copy()
    if change in (minus_nought, empty_cell):
        flows[0, 0] = 0.0
    table = gvc.IOTable(flows, table.final, table.regions, table.industries, table.categories)
    rows = layouts.plain(table)
    change(rows)
    found = read_table(layouts.save(rows, tmp_path / f"a{kind}"))
    np.testing.assert_allclose(found.table.intermediates, flows, rtol=1e-14)
    np.testing.assert_allclose(found.table.final, table.final, rtol=1e-14)
    assert not np.signbit(found.table.intermediates).any()
    notes = pd.Series([*found.notes, ""])
    assert notes.str.contains(RIGHT[change]).any()


@pytest.mark.parametrize(
    ("block", "said"), [("final", "final use is 0.00"), ("abroad", "world exports is .* thousand times apart")]
)
def test_units_a_thousand_times_apart_are_named_without_printed_output(tmp_path, block, said):
    table = layouts.invented()
    flows, final = table.intermediates.copy(), table.final.copy()
    if block == "final":
        final /= 1000
    else:
        home = np.kron(np.eye(3), np.ones((2, 2))) == 0
        flows[home] *= 1e-4
        final[np.arange(6)[:, None] // 2 != np.arange(3)] *= 1e-4
    rows = layouts.plain(gvc.IOTable(flows, final, table.regions, table.industries, table.categories))
    assert pd.Series(read_table(layouts.save(rows, tmp_path / "a.csv")).oddities).str.contains(said).any()


def test_a_world_in_thousands_and_value_added_below_nought_are_named():
    regions = [f"R{number:02}" for number in range(units.WHOLE)]
    table = layouts.invented(0, regions, ("c1",))
    size = 1e8 / table.output.sum()
    for factor, said in ((1.0, None), (1e3, "as if the table were in thousands"), (1e-3, "in billions")):
        scaled = gvc.IOTable(
            table.intermediates * size * factor, table.final * size * factor, table.regions, ("c1",), table.categories
        )
        found = units.oddities(scaled, "million US dollars")
        assert [said in text for text in found] == ([True] if said else [])
    below = gvc.IOTable.from_arrays([[0, 5], [1, 0]], [[4, 1], [1, 1]], ["A", "B"], ["goods"])
    assert units.oddities(below, "")[-1] == "value added is below nought in 1 of 2 columns, as in B goods"


def test_what_is_no_table_is_refused(tmp_path):
    for name, content, said in (
        ("a.csv", b"a,b,c\n1,2,3\n", "name the layout by --format"),
        ("b.csv", "区,集群\n".encode("gbk"), "GBK"),
        ("c.xlsx", b"no workbook", "expected a workbook"),
        ("d.xlsb", b"", "save it as one of them"),
        ("e.csv", b"", "the file is empty"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(GumError, match=said):
            read_table(tmp_path / name)
    with pytest.raises(GumError, match="there is no"):
        read_table(tmp_path / "absent.csv")
    with pytest.raises(GumError, match="expected one of oecd"):
        read_table(tmp_path / "a.csv", "xml")
    with pytest.raises(GumError, match="labels as in wiod2013"):
        read_table(layouts.save(layouts.plain(layouts.invented()), tmp_path / "f.csv"), "wiod2013")


def test_a_workbook_with_two_tables_asks_which(tmp_path):
    import openpyxl

    file = layouts.save(layouts.plain(layouts.invented()), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(file)
    book.copy_worksheet(book.active).title = "again"
    book.create_sheet("legend").append(["what", "is what"])
    book.save(file)
    with pytest.raises(GumError, match=r"got several: plain \(a.xlsx, sheet Sheet\); plain \(a.xlsx, sheet again\)"):
        read_table(file)
    assert read_table(file, sheet="again").format == "plain"
    book["again"].cell(30, 40).value = 1.0
    book.save(file)
    with pytest.raises(GumError, match="expected a label above each column, AN30 stands under none"):
        read_table(file, sheet="again")


def test_a_formula_without_a_stored_value_is_not_read_as_nought(tmp_path):
    file = layouts.save(layouts.plain(layouts.invented()), tmp_path / "a.xlsx")
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(file)
    book.active["D4"] = "=1+1"
    book.save(file)
    with pytest.raises(GumError, match="cell D4 of sheet Sheet holds a formula without a stored value"):
        read_table(file)


def as_system(table: gvc.IOTable) -> SimpleNamespace:
    sold = pd.MultiIndex.from_tuples(list(table.index))
    used = pd.MultiIndex.from_product([table.regions, table.categories])
    final = pd.DataFrame(table.final.reshape(len(sold), -1), sold, used)
    unit = pd.DataFrame({"unit": "M.EUR"}, sold)
    return SimpleNamespace(Z=pd.DataFrame(table.intermediates, sold, sold), Y=final, unit=unit)


@pytest.mark.parametrize(
    ("name", "file"),
    [("exiobase3", "IOT_2011_ixi"), ("eora26", "Eora26_2011_bp_T.txt"), ("gloria", "GLORIA_MRIOs_59_2011")],
)
def test_folders_go_to_the_parser_of_pymrio_that_is_theirs(tmp_path, monkeypatch, name, file):
    table, asked = layouts.invented(), []

    def parser(path, **options):
        asked.append(options)
        return as_system(table)

    names = ("parse_exiobase3", "parse_eora26", "parse_gloria")
    fake = SimpleNamespace(**{known: parser for known in names if known.endswith(name)})
    monkeypatch.setitem(sys.modules, "pymrio", fake)
    (tmp_path / file).write_text("", encoding="utf-8")
    found = read_table(tmp_path, year=2011)
    assert (found.format, found.unit, found.year) == (name, "M.EUR", "2011")
    assert asked == [{"exiobase3": {}, "eora26": {"year": 2011}, "gloria": {"year": 2011, "version": 59}}[name]]
    assert np.array_equal(found.table.intermediates, table.intermediates)
    assert read_table(tmp_path).year == "2011"
    if name != "exiobase3":
        (tmp_path / file.replace("2011", "2012")).write_text("", encoding="utf-8")
        with pytest.raises(GumError, match="give it by --year"):
            read_table(tmp_path)


def test_a_folder_of_many_years_gives_the_one_that_is_asked_for(tmp_path, monkeypatch):
    asked = []
    fake = SimpleNamespace(parse_exiobase3=lambda path: asked.append(path.name) or as_system(layouts.invented()))
    monkeypatch.setitem(sys.modules, "pymrio", fake)
    for year in (2011, 2012):
        (tmp_path / f"IOT_{year}_ixi").mkdir()
    with pytest.raises(GumError, match="expected one table, got IOT_2011_ixi, IOT_2012_ixi; give its year by --year"):
        read_table(tmp_path)
    assert read_table(tmp_path, year=2012).year == "2012"
    (tmp_path / "IOT_2011_ixi").rmdir()
    assert read_table(tmp_path).year == "2012"
    assert asked == ["IOT_2012_ixi"] * 2


def test_pymrio_that_is_absent_or_fails_is_told(tmp_path, monkeypatch):
    (tmp_path / "file_parameters.json").write_text("{}", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "pymrio", None)
    with pytest.raises(GumError, match=r'pip install "gumlib\[mrio\]"'):
        read_table(tmp_path)
    monkeypatch.setitem(sys.modules, "pymrio", SimpleNamespace(parse_exiobase3=lambda path: 1 / 0))
    with pytest.raises(GumError, match="pymrio's parse_exiobase3 says: ZeroDivisionError"):
        read_table(tmp_path)
    (tmp_path / "file_parameters.json").unlink()
    with pytest.raises(GumError, match="expected a folder of EXIOBASE 3, Eora26, GLORIA"):
        read_table(tmp_path)


def test_a_system_is_made_complete_and_needs_flows_and_two_levels():
    system = as_system(layouts.invented())
    system.Z = system.Z.drop(index=("ITA", "c2"), columns=("ITA", "c2"))
    table = gvc.IOTable.from_pymrio(system)
    assert table.intermediates[-1].sum() == 0
    with pytest.raises(GumError, match=r"run its calc_all\(\) first"):
        gvc.IOTable.from_pymrio(SimpleNamespace(Z=None, Y=system.Y))
    system.Y = system.Y.droplevel(0, axis=1)
    with pytest.raises(GumError, match="two levels of labels on Y"):
        gvc.IOTable.from_pymrio(system)


def test_pymrio_reads_its_own_table_and_imitations_of_eora_and_exiobase(tmp_path):
    pymrio = pytest.importorskip("pymrio", reason="needs pymrio")
    system = pymrio.load_test()
    table = gvc.IOTable.from_pymrio(system)
    np.testing.assert_allclose(gvc.leontief(table), system.calc_all().L.to_numpy(), atol=1e-12)
    system.save_all(tmp_path / "IOT_2011_ixi", table_format="txt")
    exio = read_table(tmp_path / "IOT_2011_ixi")
    assert exio.format == "exiobase3"
    np.testing.assert_allclose(exio.table.final, table.final)
    ours = layouts.invented()
    assert read_table(layouts.eora(ours, tmp_path / "eora"), year=2011).format == "eora26"
    np.testing.assert_allclose(read_table(tmp_path / "eora", year=2011).table.final, ours.final)
    gloria = read_table(layouts.gloria(ours, tmp_path / "gloria"), year=2011)
    assert gloria.format == "gloria"
    np.testing.assert_allclose(gloria.table.output, ours.output, rtol=1e-9)


def test_the_command_writes_a_page_and_all_measures(tmp_path):
    table = layouts.invented(3, ("CHN", "USA", "ITA"), ("A$", "c2", "c3"))
    file = layouts.save(layouts.oecd(table), tmp_path / "ICIO2021_2015.csv")
    command = ["gvc", "report", str(file), "--region", "CHN", "--industry", "A$", "--out", str(tmp_path / "r.html")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert "read as oecd, year 2015, million US dollars" in result.output
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert page.count("<svg ") == 4
    assert "http" not in page.replace("http://www.w3.org", "")
    measures = pd.read_csv(tmp_path / "r-measures.csv")
    assert list(measures) == ["region", "industry", "indicator", "value"]
    expected = gvc.indicators(read_table(file).table)
    pd.testing.assert_frame_equal(measures, expected, check_dtype=False, rtol=1e-12)
    again = CliRunner().invoke(main, [*command[:-1], str(tmp_path / "s.html")])
    assert again.exit_code == 0
    assert (tmp_path / "s.html").read_text(encoding="utf-8").replace("s-measures", "r-measures") == page


@pytest.mark.parametrize("name", layouts.LAYOUTS)
def test_a_table_in_each_layout_is_told_on_one_page(tmp_path, name):
    file = layouts.save(layouts.LAYOUTS[name](layouts.invented()), tmp_path / "table.csv")
    command = ["gvc", "report", str(file), "--region", "CHN", "--industry", "c1", "--out", str(tmp_path / "r.html")]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert f"read as {name.split()[0]}, " in result.output
    assert (tmp_path / "r.html").read_text(encoding="utf-8").count("<svg ") == 4


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--region", "CN"], r"expected a code of the table \(CHN, USA, ITA\), got CN; correct --region"),
        (["--industry", "c9"], "got c9; correct --industry"),
        (["--out", "/no/such/folder/r.html"], "correct --out"),
        ([f"--industry=c{number}" for number in range(1, 10)], "expected at most 8 codes to show, got 9"),
    ],
)
def test_a_wrong_choice_is_named(tmp_path, options, said):
    table = layouts.invented(0, industries=[f"c{number}" for number in range(1, 10 if len(options) > 2 else 3)])
    file = layouts.save(layouts.plain(table), tmp_path / "a.csv")
    result = CliRunner().invoke(main, ["gvc", "report", str(file), "--out", str(tmp_path / "r.html"), *options])
    assert result.exit_code == 1
    assert pd.Series([result.output.replace("\n", " ")]).str.contains(said).all()


def test_oddities_stand_at_the_head_of_the_page(tmp_path):
    table = layouts.invented()
    file = layouts.save(
        layouts.plain(
            gvc.IOTable.from_arrays(
                table.intermediates,
                table.final.reshape(6, -1) / 1000,
                table.regions,
                table.industries,
                table.categories,
            )
        ),
        tmp_path / "a.csv",
    )
    made, _ = report.write(read_table(file), tmp_path / "r.html")
    assert "Look at this first: final use is" in made.read_text(encoding="utf-8")


def test_sentences_pass_over_what_has_no_value():
    uses = np.array([[9, 0, 1, 0], [8, 1, 3, 0], [-2, 0, 9, 0], [0, 0, 0, 0]])  # x: exports of the world below nought
    flows = np.diag([2.0, 3, 0, 0])
    table = gvc.IOTable.from_arrays(flows, uses, ["A", "B"], ["x", "y"], ["HFCE", "INVNT"])
    figure = figures.shares(gvc.wide_indicators(table, {}), ["A", "B"], ["x", "y"])
    assert figure.data.query("industry == 'x' and series == 'gross exports'")["share"].isna().all()
    for one in (figure, figures.paid(table, ["A", "B"], ["x", "y"])):
        assert one.data.isna().any(axis=None)
        assert "nan" not in one.alt


def test_parts_paid_add_up_for_regions_that_report_for_others():
    table = layouts.invented(4, ("CN1", "CN2", "USA")).reported({"CN1": "CHN", "CN2": "CHN"})
    parts = comparators.output_split_of(table, "c2")
    assert parts.drop(columns="netted").sum(axis=1).round(12).tolist() == [1.0, 1.0]
    whole = comparators.output_split_of(
        layouts.invented(4, ("CN1", "CN2", "USA")).aggregate({"CN1": "CHN", "CN2": "CHN", "USA": "USA"}), "c2"
    )
    pd.testing.assert_frame_equal(parts, whole)


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert TABLE_FORMATS[-3:] == ("exiobase3", "eora26", "gloria")


SPOILT_SYSTEMS = {
    "a row twice": (
        lambda system: pd.concat([system.Z, system.Z.iloc[:1]]),
        "Z",
        "each label once, got CHN c1 twice; drop a row",
    ),
    "a row lost": (
        lambda system: system.Z.iloc[:-1],
        "Z",
        "in Z what stands in the columns of Z, ITA c2 is not there; add",
    ),
    "uses lost": (
        lambda system: system.Y.iloc[:-1],
        "Y",
        "in Y what stands in the rows of Z, ITA c2 is not there; add it",
    ),
}


@pytest.mark.parametrize("kind", SPOILT_SYSTEMS)
def test_a_system_with_a_row_lost_or_doubled_is_refused(kind):
    system, (spoil, name, said) = as_system(layouts.invented()), SPOILT_SYSTEMS[kind]
    setattr(system, name, spoil(system))
    with pytest.raises(GumError, match=said):
        gvc.IOTable.from_pymrio(system)


def test_what_pymrio_leaves_out_and_mixes_is_told(tmp_path, monkeypatch):
    system = as_system(layouts.invented(5, ("CHN", "USA"), ("c1", "c2")))
    notes = [f"20260101 - MODIFICATION -  Remove Rest of the World (ROW) {part} - loosing 2.5e+03"
             for part in ("row from Z", "column from Y", "row from VA")]  # fmt: skip
    system.meta = SimpleNamespace(history=notes)
    monkeypatch.setitem(sys.modules, "pymrio", SimpleNamespace(parse_eora26=lambda path, year: system))
    (tmp_path / "Eora26_2011_bp_T.txt").write_text("", encoding="utf-8")
    found = read_table(tmp_path)
    assert "left out by pymrio: ROW, whose sales and purchases are 5,000 in all" in found.notes
    system.unit.iloc[0, 0] = "tonnes"
    with pytest.raises(GumError, match=r"expected one unit throughout, got M.EUR, tonnes; bring all numbers to one"):
        read_table(tmp_path)


@pytest.mark.parametrize("unit", ["million US dollars", "Mill USD", "M.EUR", "mUSD", "Mio. EUR"])
def test_a_world_in_thousands_is_odd_however_millions_are_written(unit):
    table = layouts.invented(0, [f"R{number:02}" for number in range(units.WHOLE)], ("c1",))
    scaled = gvc.IOTable(*(array * 1e11 / table.output.sum() for array in (table.intermediates, table.final)),
                         table.regions, ("c1",), table.categories)  # fmt: skip
    assert any("as if the table were in thousands" in odd for odd in units.oddities(scaled, unit))
