"""What a label is and what it is not: a unit, a publisher's mark, value added, output or the sum of others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import own_tables as layouts
import pytest

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.own.table import read_table

Rows = list[list[object]]


def invented(
    regions: tuple[str, ...] = ("CHN", "USA"),
    industries: tuple[str, ...] = ("A", "B"),
    uses: tuple[str, ...] = ("HH", "INV"),
) -> gvc.IOTable:
    """Return a table of any labels, those that name totals elsewhere included."""
    table = layouts.invented(3, [f"R{n}" for n, _ in enumerate(regions)], [f"c{n}" for n, _ in enumerate(industries)])
    return gvc.IOTable(table.intermediates, table.final, regions, industries, uses)


def joined(rows: Rows) -> Rows:
    above = [f"{region}_{code}" for region, code in zip(rows[0][2:], rows[1][2:], strict=True)]
    return [["", *above], *([f"{row[0]}_{row[1]}", *row[2:]] for row in rows[2:])]


def saved(rows: Rows, place: Path) -> Path:
    return layouts.save(rows, place / "a.csv")


def added(rows: Rows, label: tuple[str, str], values: np.ndarray, place: int | None = None) -> Rows:
    """Return rows with one more column, at the end or elsewhere."""
    made = [[*row] for row in rows]
    for row, cell in zip(made, [*label, *values.tolist()], strict=True):
        row.insert(len(row) if place is None else place, cell)
    return made


def same(file: Path, table: gvc.IOTable) -> None:
    found = read_table(file).table
    assert (found.regions, found.industries, found.categories) == (table.regions, table.industries, table.categories)
    np.testing.assert_allclose(found.intermediates, table.intermediates)
    np.testing.assert_allclose(found.final, table.final)


LABELS = {
    "a region": invented(regions=("MN", "WI")),
    "an industry": invented(industries=("Oil (million t)", "B")),
    "a use": invented(uses=("Households (million)", "INV")),
}


@pytest.mark.parametrize("kind", LABELS)
def test_a_label_is_no_unit(tmp_path, kind):
    assert read_table(saved(layouts.plain(LABELS[kind]), tmp_path)).unit == "not given"
    named = layouts.plain(LABELS[kind])
    titled = [["Table 1", "2012", "Unit: million EUR", "basic prices"], named[0], named[1], *named[2:]]
    assert read_table(saved(titled, tmp_path)).unit == "million EUR"
    named[0][0] = "million EUR"
    assert read_table(saved(named, tmp_path)).unit == "million EUR"


def test_a_name_over_columns_is_no_unit(tmp_path):
    rows = layouts.wiod2013(layouts.invented())
    rows[3][4] = "Oil in million tonnes"
    assert read_table(saved(rows, tmp_path)).unit == "millions of US$"
    rows[3][0] = ""
    assert read_table(saved(rows, tmp_path)).unit == "million US dollars"


@pytest.mark.parametrize("regions", [("CHN", "USA"), ("CN1", "CN2", "CN10")])
def test_a_use_alone_does_not_make_a_table_the_oecd_s(tmp_path, regions):
    table = invented(regions, uses=("HFCE", "INV"))
    file = saved(joined(layouts.plain(table)), tmp_path)
    found = read_table(file)
    assert (found.format, found.unit, found.table.reporters) == ("plain", "not given", regions)
    same(file, table)


def test_industries_and_uses_together_make_a_table_the_oecd_s(tmp_path):
    table = invented(("CN1", "CN2", "USA"), ("A01_02", "C13T15"), ("HFCE", "GFCF"))
    found = read_table(saved(joined(layouts.plain(table)), tmp_path))
    assert (found.format, found.table.reporters) == ("oecd", ("CHN", "USA"))


INVESTED = ["Capital", "Capital formation", "Capital investment", "Capital goods", "Capital formation (gross)"]


@pytest.mark.parametrize("name", INVESTED)
def test_capital_above_a_column_is_invested(tmp_path, name):
    table = invented(uses=("HH", name))
    same(saved(layouts.plain(table), tmp_path), table)


@pytest.mark.parametrize("name", ["Capital", "Capital income", "Capital compensation"])
def test_capital_beside_a_row_is_earned(tmp_path, name):
    table = invented()
    rows = [*layouts.plain(table), ["", name, *table.value_added.tolist(), *[""] * 4]]
    same(saved(rows, tmp_path), table)


@pytest.mark.parametrize("name", ["Capital income", "Capital compensation"])
def test_what_capital_earns_is_no_final_use(tmp_path, name):
    with pytest.raises(GumError, match=f"got taxes or value added: CHN {name}"):
        read_table(saved(layouts.plain(invented(uses=("HH", name))), tmp_path))


TABLE = invented()
MADE = layouts.plain(TABLE, output=True)
BOUGHT = TABLE.intermediates.sum(axis=1)


def test_a_total_of_what_industries_buy_is_no_output(tmp_path):
    rows = added(MADE, ("", "Total"), BOUGHT, 2 + len(TABLE.index))
    same(saved(rows, tmp_path), TABLE)
    notes = read_table(saved(rows, tmp_path)).notes
    assert "the total in column G is what rows sell to industries" in notes
    assert any("output in column L is what rows add up to" in note for note in notes)


def test_a_total_of_each_region_s_uses_is_no_output(tmp_path):
    rows = layouts.plain(TABLE)
    for place, region in enumerate(TABLE.regions):
        rows = added(rows, (region, "Total"), TABLE.final[:, place].sum(axis=1))
    same(saved(rows, tmp_path), TABLE)
    assert "the total in column L is what rows sell to final users of USA" in read_table(saved(rows, tmp_path)).notes


def test_output_that_is_a_part_of_sales_is_refused_with_the_reason(tmp_path):
    file = saved(added(layouts.plain(TABLE), ("", "Output"), BOUGHT), tmp_path)
    with pytest.raises(GumError, match="expected output in column K, got what rows sell to industries alone"):
        read_table(file)


@pytest.mark.parametrize("digits", [3, 9])
def test_it_is_said_how_many_rows_print_output(tmp_path, digits):
    rows = [[round(cell, digits) if isinstance(cell, float) else cell for cell in row] for row in MADE]
    assert sum("is what rows add up to" in note for note in read_table(saved(rows, tmp_path)).notes) == 1
    for row in rows[3:]:
        row[-1] = "n.a."
    notes = read_table(saved(rows, tmp_path)).notes
    assert any("output in column K is what the 1 of 4 rows with a number there add up to" in note for note in notes)
    assert "output without a number: K4 (n.a.), K5 (n.a.), K6 (n.a.)" in notes


def test_output_beside_a_text_is_compared(tmp_path):
    rows = [[*row] for row in MADE]
    rows[3][-1], rows[4][-1] = "n.a.", 1.0
    with pytest.raises(GumError, match=r"while 1 is printed there \(1 of 3 rows are off\)"):
        read_table(saved(rows, tmp_path))


@pytest.mark.parametrize("name", ["Output per worker", "Output tax", "Output multipliers", "Output of previous year"])
def test_what_only_bears_the_word_is_no_output(tmp_path, name):
    same(saved(added(layouts.plain(TABLE), ("", name), np.arange(4.0)), tmp_path), TABLE)
    same(saved([*layouts.plain(TABLE), ["", name, 1.5, 1.6, 1.7, 1.8, *[""] * 4]], tmp_path), TABLE)


@pytest.mark.parametrize("name", ["Output", "Total output", "Gross output (basic prices)", "Output at basic prices"])
def test_output_in_other_words_is_compared(tmp_path, name):
    with pytest.raises(GumError, match="expected rows that add up to the output"):
        read_table(saved(added(layouts.plain(TABLE), ("", name), np.arange(1.0, 5.0)), tmp_path))


def test_output_for_own_final_use_is_not_left_out(tmp_path):
    with pytest.raises(GumError, match="expected a region beside each number, column K has none"):
        read_table(saved(added(layouts.plain(TABLE), ("", "Output for own final use"), np.arange(4.0)), tmp_path))


def listed(rows: Rows) -> Rows:
    made: Rows = [["region", "industry", "to_region", "to", "value"]]
    for row in rows[2:]:
        made += [[*row[:2], *pair, cell] for *pair, cell in zip(rows[0][2:], rows[1][2:], row[2:], strict=True)]
    return made


FORMS = {"plain": lambda rows: rows, "joined": joined, "listed": listed}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["VA", "GO", "TLS", "OUT"])
@pytest.mark.parametrize("part", ["region", "industry"])
def test_a_code_that_names_a_total_elsewhere_is_a_region_or_an_industry(tmp_path, form, name, part):
    table = invented((name, "CHN", "USA")) if part == "region" else invented(industries=("A", name, "B"))
    file = saved(FORMS[form](layouts.plain(table)), tmp_path)
    same(file, table)
    assert f"read as regions or industries, not as totals: {name}" in read_table(file).notes


def test_uses_of_a_region_named_like_a_total_may_stand_first_in_their_labels(tmp_path):
    table = invented(("VA", "CHN"), ("A01", "C13"), ("HFCE", "GFCF"))
    rows = joined(layouts.plain(table))
    rows[0] = ["_".join(reversed(str(label).split("_"))) if "CF" in str(label) else label for label in rows[0]]
    same(saved(rows, tmp_path), table)


@pytest.mark.parametrize("layout", layouts.LAYOUTS)
@pytest.mark.parametrize("name", ["VA", "TLS"])
def test_every_layout_may_have_a_region_named_like_a_total(tmp_path, layout, name):
    table = invented((name, "USA", "ITA"), ("c1", "c2"), ("c37", "c42"))
    same(saved(layouts.LAYOUTS[layout](table), tmp_path), table)


def test_a_row_of_taxes_beside_a_region_of_its_name_is_no_region(tmp_path):
    table = invented(("AUS", "TLS"), ("A01", "C13"), ("HFCE", "GFCF"))
    rows = joined(layouts.plain(table))
    same(saved([*rows, ["TLS", *[0.0] * 4, *[""] * 4]], tmp_path), table)


def test_a_region_named_like_a_total_has_output_compared(tmp_path):
    rows = layouts.plain(invented(("VA", "CHN")), output=True)
    notes = read_table(saved(rows, tmp_path)).notes
    assert any("output in column K is what rows add up to" in note for note in notes)


def test_a_name_of_totals_that_adds_up_nothing_is_refused(tmp_path):
    for table in (invented(("Total", "CHN")), invented(industries=("A", "Total")), invented(("CHN", "TOT", "USA"))):
        with pytest.raises(GumError, match=r"got T(OT|otal) \(row \d\), which adds up no others; rename it"):
            read_table(saved(layouts.plain(table), tmp_path))


def summed(part: int, name: str) -> Rows:
    """Return the table with one more region (0) or industry (1) that sells and buys what all others do."""
    shape = (len(TABLE.regions), len(TABLE.industries))
    flows, final = TABLE.intermediates.reshape(*shape, *shape), TABLE.final.reshape(*shape, shape[0], -1)
    for axis in (part, part + 2):
        flows = np.concatenate([flows, flows.sum(axis=axis, keepdims=True)], axis)
    for axis in (part, part + 2)[: 2 - part]:
        final = np.concatenate([final, final.sum(axis=axis, keepdims=True)], axis)
    names = [[*TABLE.regions], [*TABLE.industries]]
    names[part].append(name)
    size = len(names[0]) * len(names[1])
    uses = final.reshape(size, len(names[0]), -1)
    return layouts.plain(gvc.IOTable(flows.reshape(size, size), uses, *map(tuple, names), TABLE.categories))


def test_an_industry_without_column_beside_a_code_of_totals_is_named(tmp_path):
    rows = [[*row[:2], *row[3:]] for row in layouts.plain(invented(("CHN", "VA", "USA")))]
    rows[2:] = [rows[3], rows[2], *rows[4:]]  # the first row and column bear one label
    with pytest.raises(GumError, match=r"expected a column for each industry, CHN A \(row 4\) has none"):
        read_table(saved(rows, tmp_path))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["TOTAL", "VA", "GO"])
@pytest.mark.parametrize("part", [0, 1])
def test_what_adds_up_all_others_in_rows_and_columns_is_left_out(tmp_path, form, name, part):
    file = saved(FORMS[form](summed(part, name)), tmp_path)
    same(file, TABLE)
    assert any("rows of sums, taxes or value added left out" in note for note in read_table(file).notes)


def test_value_added_in_rows_beside_columns_of_noughts_is_left_out(tmp_path):
    rows = layouts.plain(invented(industries=("A", "VA")))
    for row in rows[2:]:
        row[3] = row[5] = 0.0
    found = read_table(saved(rows, tmp_path)).table
    assert found.industries == ("A",)
