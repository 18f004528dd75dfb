"""What would be counted twice, backwards or in two units is refused; what a file states is held against the rest."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import own_tables as layouts
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.own.table import aggregates, read_table, shape

REGIONS, INDUSTRIES = ("CHN", "USA", "ITA", "VNM"), ("A01", "C13", "D", "G")
TABLE = layouts.invented(5, REGIONS, INDUSTRIES, categories=("HFCE", "GFCF", "INVNT"))
SEEDS = st.integers(0, 2**32 - 1)
GENERATED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def with_sum(table: gvc.IOTable, axis: int, members: list[str], name: str) -> gvc.IOTable:
    """Return a table with one more region (axis 0) or industry (1) whose flows are those of its members together."""
    regions, industries = len(table.regions), len(table.industries)
    flows = table.intermediates.reshape(regions, industries, regions, industries)
    final = table.final.reshape(regions, industries, regions, -1)
    names = (table.regions, table.industries)[axis]
    inside = np.isin(names, members)
    for block in (axis, axis + 2):
        flows = np.concatenate([flows, flows.compress(inside, block).sum(axis=block, keepdims=True)], axis=block)
    for block in (axis, axis + 2)[: 2 - axis]:
        final = np.concatenate([final, final.compress(inside, block).sum(axis=block, keepdims=True)], axis=block)
    labels = [list(table.regions), list(table.industries)]
    labels[axis].append(name)
    rows = len(labels[0]) * len(labels[1])
    return gvc.IOTable.from_arrays(flows.reshape(rows, rows), final.reshape(rows, -1), *labels, table.categories)


def written(rows: list[list[Any]], place: Path) -> Path:
    with place.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return place


@GENERATED
@given(data=st.data(), axis=st.integers(0, 1), seed=SEEDS, digits=st.integers(1, 6))
def test_a_region_or_industry_that_adds_up_others_is_named(tmp_path, data, axis, seed, digits):
    table = layouts.invented(seed, REGIONS, INDUSTRIES)
    names = (REGIONS, INDUSTRIES)[axis]
    members = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=len(names), unique=True))
    rows = layouts.plain(with_sum(table, axis, members, "WLD"))
    rows = [[round(cell, digits) if isinstance(cell, float) else cell for cell in row] for row in rows]
    what = ("region", "industry")[axis]
    with pytest.raises(GumError, match=f"expected each {what} once, but WLD sells what") as refused:
        read_table(written(rows, tmp_path / "table.csv"))
    assert all(member in str(refused.value) for member in members)


@GENERATED
@given(seed=SEEDS)
def test_a_table_without_sums_is_read(tmp_path, seed):
    rng = np.random.default_rng(seed)
    table = layouts.invented(seed, REGIONS[: rng.integers(1, 5)], INDUSTRIES[: rng.integers(1, 5)])
    aggregates.refuse_aggregates(table, "table.csv")


def test_tables_that_come_with_the_project_hold_no_sums():
    for year in (1995, 2009):
        aggregates.refuse_aggregates(gvc.condensed(year), "wiod")


@GENERATED
@given(seed=SEEDS, kind=st.sampled_from(["industries", "uses", "both"]))
def test_a_total_of_few_rows_is_asked_about(tmp_path, seed, kind):
    table = layouts.invented(seed, ("CHN",), ("A01", "C13", "D"), ("HFCE", "GFCF", "NPISH"))
    rows = layouts.plain(table)
    for row in rows[2:]:  # in so few figures that sums may be chance
        row[2:] = [round(cell / 50) for cell in row[2:]]
    chosen = {"industries": (2, 5), "uses": (5, None), "both": (2, None)}[kind]
    sums = [sum(row[slice(*chosen)]) for row in rows[2:]]
    for row, cell in zip(rows, ["ALL", "absorption", *sums], strict=True):
        row.append(cell)
    with pytest.raises(GumError, match="holds what other columns add up to"):
        read_table(written(rows, tmp_path / "table.csv"))


def listed(table: gvc.IOTable) -> list[list[Any]]:
    """Return a list of flows: seller, buyer, value."""
    ends, rows = layouts.labels(table), []
    for seller, sales in zip(table.index, layouts.numbers(table), strict=True):
        rows += [[*seller, *buyer, value] for buyer, value in zip(ends, sales[:-1], strict=True)]
    return [["region", "industry", "to_region", "to_use", "value"], *rows]


def test_a_list_with_the_buyer_first_is_refused(tmp_path):
    head, *rows = listed(TABLE)
    buyer_first = [[*row[2:4], *row[:2], row[4]] for row in rows]
    with pytest.raises(GumError, match="expected final uses among the buyers, which stand last, but CHN HFCE"):
        read_table(written([head, *buyer_first], tmp_path / "list.csv"))
    found = read_table(written([head, *rows], tmp_path / "list.csv")).table
    np.testing.assert_allclose(found.output, TABLE.output)


@pytest.mark.parametrize("heading", ["unit", "Unit of measure", "UNIT_MEASURE", "单位", "Einheit"])
def test_rows_in_two_units_are_refused(tmp_path, heading):
    rows = [[*row[:2], heading if n == 1 else "", *row[2:]] for n, row in enumerate(layouts.plain(TABLE))]
    for n, row in enumerate(rows[2:]):
        row[2] = ("Mio EUR", "1000 EUR")[n == 7]
    with pytest.raises(GumError, match=r"expected one unit throughout, got Mio EUR, 1000 EUR in column C"):
        read_table(written(rows, tmp_path / "table.csv"))
    for row in rows[2:]:
        row[2] = "Mio EUR"
    assert read_table(written(rows, tmp_path / "table.csv")).unit == "Mio EUR"


@pytest.mark.parametrize(("column", "cell"), [("unit", "Mio EUR"), ("UNIT_MULT", "6")])
def test_the_unit_of_a_list_is_told(tmp_path, column, cell):
    rows = [[*row, cell] for row in listed(TABLE)]
    rows[0][-1] = column
    assert cell in read_table(written(rows, tmp_path / "list.csv")).unit


def test_a_list_and_the_name_of_its_file_speak_of_one_year(tmp_path):
    rows = [[*row, 2010] for row in listed(TABLE)]
    rows[0][-1] = "year"
    assert read_table(written(rows, tmp_path / "list.csv")).year == "2010"
    with pytest.raises(GumError, match="the name of the file says 2005 and the table 2010"):
        read_table(written(rows, tmp_path / "flows-2005.csv"))
    taken = read_table(tmp_path / "flows-2005.csv", year=2010)
    assert taken.year == "2010"
    assert "year in the name of the file is 2005, but 2010 is taken" in taken.oddities


def test_titles_of_another_year_are_odd(tmp_path):
    rows = [["Table of 2010"], [], *layouts.plain(TABLE)]
    (odd,) = [odd for odd in read_table(written(rows, tmp_path / "io-2005.csv")).oddities if "year" in odd]
    assert odd == "year in the titles is 2010, but 2005 is taken"
    same = read_table(written([["Table of 2005"], [], *layouts.plain(TABLE)], tmp_path / "io-2005.csv"))
    assert not any("year" in odd for odd in same.oddities)


def test_products_and_industries_that_sell_to_each_other_alone_are_odd():
    size = len(TABLE.index)
    made = np.isin(TABLE.index.get_level_values(1), ["A01", "C13"])
    flows = np.where(made[:, None] != made[None, :], np.ones((size, size)), 0)
    apart = gvc.IOTable(flows, TABLE.final, TABLE.regions, TABLE.industries, TABLE.categories)
    (said,) = shape.oddities(apart)
    assert "the table one of supply and use?" in said
    assert not shape.oddities(TABLE)


def test_a_region_that_uses_under_another_name_is_odd(tmp_path):
    rows = layouts.plain(TABLE)
    uses = 2 + len(TABLE.index)
    rows[0] = [*rows[0][:uses], *("China" if name == "CHN" else name for name in rows[0][uses:])]
    found = read_table(written(rows, tmp_path / "table.csv")).oddities
    assert any("CHN; others use and sell nothing: China: are they the same" in odd for odd in found)


@pytest.mark.parametrize("between", ["_", "|", "."])
def test_numbers_in_codes_are_no_regions(tmp_path, between):
    """The labels of one country's table, C_1 for an industry and F_1 for a use, hold no region."""
    table = layouts.invented(3, ("CHN",), ("A01", "C13", "D"), ("HFCE", "GFCF"))
    labels = [f"{letter}{between}{place}" for letter, many in (("C", 3), ("F", 2)) for place in range(many)]
    rows = [["", *labels], *([labels[n], *row[2:]] for n, row in enumerate(layouts.plain(table)[2:]))]
    with pytest.raises(GumError):
        read_table(written(rows, tmp_path / "table.csv"))


CURES = {
    "label": (
        lambda rows: [[*rows[0][:2], "China", *rows[0][3:]], *rows[1:]],
        "have the regions 'CHN' and 'China'",
    ),
    "case": (lambda rows: [[*rows[0][:2], "chn", *rows[0][3:]], *rows[1:]], "is labelled 'CHN' and column C 'chn'"),
    "one label": (lambda rows: [["", *rows[1][2:]], *(row[1:] for row in rows[2:])], "and no region"),
    "no number": (
        lambda rows: [*rows[:2], [*rows[2][:2], *["n/a"] * (len(rows[2]) - 2)], *rows[3:]],
        "holds no number",
    ),
}


@pytest.mark.parametrize("kind", CURES)
def test_why_a_table_is_not_read_is_said(tmp_path, kind):
    change, said = CURES[kind]
    table = layouts.invented(5, ("CHN",) if kind == "one label" else REGIONS, INDUSTRIES)
    with pytest.raises(GumError, match=said):
        read_table(written(change(layouts.plain(table)), tmp_path / "table.csv"))


@pytest.mark.parametrize("options", [{"path": 3}, {"format": 3}, {"sheet": 1}, {"tolerance": "1"}, {"year": "2005"}])
def test_what_is_no_text_or_number_is_refused(tmp_path, options):
    file = written(layouts.plain(TABLE), tmp_path / "table.csv")
    with pytest.raises(GumError, match="expected a"):
        read_table(**{"path": file} | options)


def test_a_year_in_quotation_marks_is_refused():
    with pytest.raises(GumError, match="write it without quotes"):
        gvc.condensed("2005")  # type: ignore[arg-type]
