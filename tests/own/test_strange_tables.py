"""Tables as publishers and programs leave them: taxes on trade, rounded sums, twins, units without heading, orders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import own_tables as layouts
import pandas as pd
import pytest

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.own.table import read_table
from gumlib.own.table.trade import is_trade

Rows: TypeAlias = list[list[Any]]
TABLE = layouts.invented(5, industries=("A01", "C13", "D"), categories=("HFCE", "GFCF", "INVNT"))
OUTPUT, EARNED = TABLE.output.tolist(), TABLE.value_added.tolist()
SIZE = len(TABLE.index)


def plain(columns: Any = (), rows: Any = ()) -> Rows:
    """Return the plain layout, with more columns and rows of a label and numbers."""
    made = [[*row] for row in layouts.plain(TABLE)]
    for label, values in columns:
        for row, cell in zip(made, [*label, *values], strict=True):
            row.append(cell)
    return [*made, *([*label, *values, *[""] * (len(made[0]) - 2 - SIZE)] for label, values in rows)]


def same(file: Path, table: gvc.IOTable = TABLE, tolerance: float = 1e-9) -> None:
    ours, right = (
        gvc.wide_indicators(one, {"ALL": None}).sort_values("exports") for one in (read_table(file).table, table)
    )
    assert len(ours) == len(right)
    np.testing.assert_allclose(ours, right, rtol=tolerance, atol=tolerance * 1e3)


TAXES = [
    *("Import duties", "Customs duties", "Taxes less subsidies on imported products", "Net taxes on imports", "VAT"),
    *("Less: import tariffs", "Steuern auf Einfuhren", "Droits de douane", "进口税", "进口关税", "輸入品商品税"),
    *("Impuestos sobre las importaciones", "Налоги на импорт", "Taxes on production and imports", "Export taxes"),
]


@pytest.mark.parametrize("name", TAXES)
@pytest.mark.parametrize("region", ["", "CHN"])
def test_taxes_on_trade_are_no_trade(tmp_path, name, region):
    same(layouts.save(plain(rows=[((region, name), EARNED)]), tmp_path / "a.csv"))
    assert not is_trade(name)


@pytest.mark.parametrize("name", ["Imports and import duties", "Imports incl. duties", "Imported inputs", "Re-exports"])
def test_trade_with_its_taxes_is_trade(tmp_path, name):
    assert is_trade(name)
    with pytest.raises(GumError, match=f"got trade with others: CHN {name}"):
        read_table(layouts.save(plain(rows=[(("CHN", name), EARNED)]), tmp_path / "a.csv"))


@pytest.mark.parametrize("name", ["Households (excl. imports)", "Final demand without exports", "家庭消费（不含进口）"])
def test_what_leaves_trade_out_is_no_trade(name):
    assert not is_trade(name)


@pytest.mark.parametrize("name", ["Gross operating surplus", "Taxes less subsidies", "增加值", "Import duties"])
def test_taxes_and_value_added_are_no_final_uses(tmp_path, name):
    with pytest.raises(GumError, match=f"got taxes or value added: CHN {name} .column U.; delete it"):
        read_table(
            layouts.save(plain(columns=[(("CHN", name), [float(n * n + 1) for n in range(SIZE)])]), tmp_path / "a.csv")
        )


def rounded(rows: Rows) -> Rows:
    return [[round(cell) if isinstance(cell, float) else cell for cell in row] for row in rows]


SUMS = {
    "output": [(("WLD", "all"), OUTPUT)],
    "output of a region": [(("CHN", "x"), OUTPUT)],
    "uses": [((region, "FD"), TABLE.final[:, place].sum(axis=1)) for place, region in enumerate(TABLE.regions)],
}


@pytest.mark.parametrize("kind", SUMS)
def test_sums_of_rounded_numbers_are_sums(tmp_path, kind):
    whole = rounded(plain())
    exact = gvc.IOTable(np.rint(TABLE.intermediates), np.rint(TABLE.final), *(
        TABLE.regions, TABLE.industries, TABLE.categories))  # fmt: skip
    file = layouts.save(rounded(plain(columns=[(label, list(map(float, sums))) for label, sums in SUMS[kind]])),
                        tmp_path / "a.csv")  # fmt: skip
    assert len(whole) == SIZE + 2
    same(file, exact)
    assert any("columns that add up others left out: U" in note for note in read_table(file).notes)


def repeated(axis: int, members: list[str], name: str) -> Rows:
    """Return the table with one more region (0) or industry (1) that sells and buys what its members do."""
    regions, industries = len(TABLE.regions), len(TABLE.industries)
    flows = TABLE.intermediates.reshape(regions, industries, regions, industries)
    final = TABLE.final.reshape(regions, industries, regions, -1)
    inside = np.isin((TABLE.regions, TABLE.industries)[axis], members)
    for block in (axis, axis + 2):
        flows = np.concatenate([flows, flows.compress(inside, block).sum(axis=block, keepdims=True)], axis=block)
    for block in (axis, axis + 2)[: 2 - axis]:
        final = np.concatenate([final, final.compress(inside, block).sum(axis=block, keepdims=True)], axis=block)
    labels = [list(TABLE.regions), list(TABLE.industries)]
    labels[axis].append(name)
    rows = len(labels[0]) * len(labels[1])
    return layouts.plain(
        gvc.IOTable.from_arrays(flows.reshape(rows, rows), final.reshape(rows, -1), *labels, TABLE.categories)
    )


@pytest.mark.parametrize(("axis", "members"), [(0, ["CHN", "USA", "ITA"]), (1, ["A01", "D"])])
def test_a_sum_of_regions_or_industries_in_whole_numbers_is_named(tmp_path, axis, members):
    with pytest.raises(GumError, match=f"but WLD sells what {', '.join(members)} sell together"):
        read_table(layouts.save(rounded(repeated(axis, members, "WLD")), tmp_path / "a.csv"))


@pytest.mark.parametrize(("axis", "member", "name"), [(0, "CHN", "China"), (1, "C13", "Textiles")])
def test_one_region_or_industry_under_two_names_is_named(tmp_path, axis, member, name):
    with pytest.raises(GumError, match=f"but {member} and {name} sell the same; delete the rows and columns of one"):
        read_table(layouts.save(repeated(axis, [member], name), tmp_path / "a.csv"))


def test_one_use_under_two_names_is_named(tmp_path):
    again = [((region, "Households"), TABLE.final[:, n, 0].tolist()) for n, region in enumerate(TABLE.regions)]
    with pytest.raises(GumError, match="CHN HFCE and CHN Households hold the same numbers; delete one"):
        read_table(layouts.save(plain(columns=again), tmp_path / "a.csv"))


def test_a_buyer_that_adds_up_others_is_named(tmp_path):
    frame = TABLE.to_frame()
    world = frame.groupby(["region", "industry", "to"], as_index=False)["value"].sum().assign(to_region="W")
    pd.concat([frame, world[[*frame]]]).to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(GumError, match="but W buys what CHN, USA, ITA buy together"):
        read_table(tmp_path / "a.csv")


@pytest.mark.parametrize("name", ["of which: government", "davon Staat", "其中：政府", "Memo: exports to EU"])
def test_parts_of_what_stands_beside_are_not_counted_again(tmp_path, name):
    parts = [((region, name), (0.3 * TABLE.final[:, n, 1]).tolist()) for n, region in enumerate(TABLE.regions)]
    same(layouts.save(plain(columns=parts), tmp_path / "a.csv"))
    same(layouts.save(plain(rows=[(("CHN", name), EARNED)]), tmp_path / "b.csv"))


def units(one: str, other: str) -> dict[str, Callable[[Rows], Rows]]:
    def above(rows: Rows) -> Rows:
        return [*rows[:2], ["", "", *[one] * 5, *[other] * (len(rows[0]) - 7)], *rows[2:]]

    def beside(rows: Rows) -> Rows:
        return [[*row[:2], "" if n < 2 else other if n == 6 else one, *row[2:]] for n, row in enumerate(rows)]

    return {"row 3": above, "column C": beside}


@pytest.mark.parametrize("place", ["row 3", "column C"])
@pytest.mark.parametrize(("one", "other"), [("mUSD", "kUSD"), ("million US dollars", "US$"), ("万元", "亿元")])
def test_units_without_a_heading_are_units(tmp_path, place, one, other):
    with pytest.raises(GumError, match=f"expected one unit throughout, got {one}, .* in {place}".replace("$", r"\$")):
        read_table(layouts.save(units(one, other)[place](plain()), tmp_path / "a.csv"))
    assert read_table(layouts.save(units(one, one)[place](plain()), tmp_path / "b.csv")).unit == one


@pytest.mark.parametrize("seed", range(5))
def test_rows_and_columns_in_another_order_are_read_without_a_format(tmp_path, seed):
    rng = np.random.default_rng(seed)
    head, codes, *rows = plain()
    order = [0, 1, *(2 + rng.permutation(len(head) - 2))]
    mixed = [[line[place] for place in order] for line in (head, codes, *[rows[n] for n in rng.permutation(len(rows))])]
    same(layouts.save(mixed, tmp_path / "a.csv"))


@pytest.mark.parametrize("seed", range(5))
def test_output_beside_rows_in_another_order_keeps_no_table_from_being_read(tmp_path, seed):
    head, codes, *rows = plain(columns=[(("", "OUTPUT"), OUTPUT)])
    mixed = [rows[place] for place in np.random.default_rng(seed).permutation(len(rows))]
    same(layouts.save([head, codes, *mixed], tmp_path / "a.csv"))


def test_rows_in_another_order_of_which_one_is_lost_are_to_be_ordered(tmp_path):
    head, codes, *rows = plain()
    mixed = [next(row for row in rows if row[:2] == ["USA", "A01"]), *rows[2:]]
    with pytest.raises(GumError, match="and of USA and CHN, which both have rows and columns; bring"):
        read_table(layouts.save([head, codes, *mixed], tmp_path / "a.csv"))


def test_merged_regions_may_stand_beside_one_that_is_written_twice(tmp_path):
    more = [(("ROW", "出口"), range(1, SIZE + 1)), (("ROW", "误差"), [0.5] * SIZE)]
    (head, *rows), ends = plain(columns=more), -len(more)
    written = read_table(layouts.save([head, *rows], tmp_path / "a.csv"))
    merged = [cell if cell != last else "" for last, cell in zip(["", *head], head[:ends], strict=False)]
    found = read_table(layouts.save([[*merged, *head[ends:]], *rows], tmp_path / "b.csv"))
    assert found.table.regions == (*TABLE.regions, "ROW")
    np.testing.assert_array_equal(found.table.final, written.table.final)


@pytest.mark.parametrize("cell", [0.0, ""])
def test_imports_in_a_row_and_a_column_of_noughts_have_no_output_to_compare(tmp_path, cell):
    imports = np.linspace(1, 2, SIZE)
    (head, codes, *rows), place = plain(), 2 + SIZE
    rows.append(["ROW", "进口", *imports, *[0.0] * (len(head) - place)])
    wide = [[*row[:place], 0.0, *row[place:]] for row in rows]
    spare = [cell] * (len(head) - place + 1)
    sums = [["", "总投入", *OUTPUT, *spare], ["", "增加值", *(TABLE.value_added - imports), *spare]]
    names = [[*head[:place], "ROW", *head[place:]], [*codes[:place], "进口", *codes[place:]]]
    found = read_table(layouts.save([*names, *wide, *sums], tmp_path / "a.csv"))
    assert gvc.exports(found.table)["ROW"].sum() == pytest.approx(imports.sum())
    assert any("9 of 10 rows with a number there" in note for note in found.notes)


def test_a_country_that_exports_and_imports_nothing_is_asked_about(tmp_path):
    domestic = [["", "", *["CHN"] * 3, "ROW"], ["", "", "A", "B", "HFCE", "出口"]]
    domestic += [["CHN", "A", 10, 23, 145, 31], ["CHN", "B", 41, 15, 72, 27]]
    asked = "regions buy and sell nothing: ROW: were imports from there left out?"
    assert any(asked in text for text in read_table(layouts.save(domestic, tmp_path / "a.csv")).oddities)
    whole = [[*row[:4], "" if n < 1 else 0, *row[4:]] for n, row in enumerate(domestic)]
    whole[0][4], whole[1][4] = "ROW", "进口"
    whole.append(["ROW", "进口", 7, 5, 0, 3, 0])
    assert not any(asked in text for text in read_table(layouts.save(whole, tmp_path / "b.csv")).oddities)


@pytest.mark.parametrize("kind", ["shares", "inverse"])
def test_coefficients_are_odd(tmp_path, kind):
    shares = TABLE.intermediates / TABLE.output
    cells = shares if kind == "shares" else np.linalg.inv(np.eye(SIZE) - shares)
    head, codes, *rows = plain()
    mixed = [[*row[:2], *line, *row[2 + SIZE :]] for row, line in zip(rows, cells.tolist(), strict=True)]
    odd = read_table(layouts.save([head, codes, *mixed], tmp_path / "a.csv")).oddities
    assert any("are these coefficients, and no flows?" in text for text in odd)


def test_flows_headed_by_a_year_are_of_that_year(tmp_path):
    frame = TABLE.to_frame().rename(columns={"value": "2005"})
    frame.to_csv(tmp_path / "a.csv", index=False)
    same(tmp_path / "a.csv")
    assert read_table(tmp_path / "a.csv").year == "2005"
    frame.assign(**{"2006": frame["2005"]}).to_csv(tmp_path / "b.csv", index=False)
    with pytest.raises(GumError, match="the columns 2005, 2006 are of several years; keep one"):
        read_table(tmp_path / "b.csv")


def test_numbers_for_regions_and_rows_in_one_cell_get_a_cure(tmp_path):
    names = dict(zip(TABLE.regions, ("156", "840", "380"), strict=True))
    rows = [[names.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in plain()]
    with pytest.raises(GumError, match="if 156 is a region and A01 an industry, write regions in letters"):
        read_table(layouts.save(rows, tmp_path / "a.csv"))
    (tmp_path / "b.csv").write_text("\n".join(" ".join(map(str, row)) for row in plain()), encoding="utf-8")
    with pytest.raises(GumError, match="all cells of a row stand in one; part them by commas"):
        read_table(tmp_path / "b.csv")


@pytest.mark.parametrize(("encoding", "name"), [("hz", "HZ"), ("utf-7", "UTF-7"), ("iso2022_jp", "ISO-2022-JP")])
def test_labels_in_seven_bits_are_read_and_told(tmp_path, encoding, name):
    names = {"A01": "農業" if "jp" in encoding else "农业", "C13": "工業" if "jp" in encoding else "工业"}
    rows = [[names.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in plain()]
    file = layouts.save(rows, tmp_path / "a.csv")
    file.write_bytes(file.read_text(encoding="utf-8").encode(encoding))
    found = read_table(file)
    assert found.table.industries[:2] == tuple(names.values())
    assert any(f"the text is in {name}, not in UTF-8; read so" in note for note in found.notes)


def test_sets_have_no_order():
    with pytest.raises(GumError, match="expected a list of codes"):
        gvc.IOTable.from_arrays(np.ones((4, 4)), np.ones((4, 2)), {"A", "B"}, ["x", "y"])
    with pytest.raises(GumError, match="expected a list of codes"):
        gvc.IOTable.from_arrays(np.ones((4, 4)), np.ones((4, 2)), ["A", "B"], frozenset(["x", "y"]))
    assert gvc.IOTable.from_arrays([[1.0]], [[1.0]], {"A": 0}.keys(), ["x"]).regions == ("A",)


@pytest.mark.parametrize("lost", [0, 3, 12])
def test_a_table_that_ends_within_its_last_sale_is_refused(tmp_path, lost):
    """Only output is missing then, which may be left out: the last sale would be read as it was cut."""
    file = layouts.save(layouts.plain(TABLE, output=True), tmp_path / "a.csv")
    cut = file.read_bytes().rstrip().rpartition(b",")[0]
    file.write_bytes(cut[: len(cut) - lost])
    with pytest.raises(GumError, match="expected 21 cells in each row, as in the first rows, but row 11 has 20"):
        read_table(file)


@pytest.mark.parametrize(("printed", "told"), [("INF", "inf"), ("-inf", "-inf"), ("1e400", "inf"), ("0", "0")])
def test_output_of_nought_or_without_end_is_off(tmp_path, printed, told):
    rows = layouts.plain(TABLE, output=True)
    rows[4][-1] = printed
    with pytest.raises(
        GumError, match=rf"output in column \w+, got [\d,.]+ for \w+ \w+, while {told} is printed there"
    ):
        read_table(layouts.save(rows, tmp_path / "a.csv"))


def test_a_table_of_noughts_is_refused_in_words(tmp_path):
    rows = [[0.0 if isinstance(cell, float) else cell for cell in row] for row in layouts.plain(TABLE, output=True)]
    with pytest.raises(GumError, match="expected sales, got noughts only"):
        read_table(layouts.save(rows, tmp_path / "a.csv"))
