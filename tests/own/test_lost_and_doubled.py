"""Industries whose rows were lost, and what is written beside its parts: refused, for measures would be wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import own_tables as layouts
import pytest

from gumlib import gvc
from gumlib.errors import GumError
from gumlib.own.table import read_table, totals

Rows: TypeAlias = list[list[Any]]
REGIONS, INDUSTRIES, USES = ("CHN", "USA", "ITA"), ("A01", "C13", "D"), ("HFCE", "GFCF", "INVNT")
TABLE = layouts.invented(5, REGIONS, INDUSTRIES, USES)
SIZE = len(TABLE.index)


def read(rows: Rows, place: Path) -> gvc.IOTable:
    return read_table(layouts.save(rows, place / "a.csv")).table


def of_industry(row: list[Any], industry: str) -> bool:
    """Tell whether a row of any layout is one of sales of an industry."""
    texts = [*map(str, row[:4])]
    return any(texts[:1] == [f"{region}_{industry}"] or {region, industry} <= set(texts) for region in REGIONS)


@pytest.mark.parametrize("layout", layouts.LAYOUTS)
@pytest.mark.parametrize("lost", ["c1", "c2", "c3"])
def test_an_industry_that_lost_its_rows_is_no_final_use(tmp_path, layout, lost):
    rows = layouts.LAYOUTS[layout](layouts.invented(5, REGIONS, ("c1", "c2", "c3"), ("c37", "c42")))
    kept = [row for row in rows if not of_industry(row, lost)]
    assert len(kept) == len(rows) - len(REGIONS)
    said = "expected" if lost == "c1" else f"CHN {lost} .column .*add the rows of {lost} if it is an industry"
    with pytest.raises(GumError, match=said):  # without its first row a layout may not be known again
        read(kept, tmp_path)


@pytest.mark.parametrize("name", ["Value added", "VA", "Compensation of employees", "增加值", "Total output"])
def test_what_earns_is_an_industry_wherever_its_columns_stand(tmp_path, name):
    columns = [*range(2, 2 + SIZE), *range(2 + SIZE, len(layouts.plain(TABLE)[0]))]
    ends = [n for n in columns if n < 2 + SIZE and (n - 2) % 3 != 2]
    lost = [n for n in columns if n < 2 + SIZE and (n - 2) % 3 == 2]
    rows = layouts.plain(TABLE)
    earned = TABLE.output if "output" in name else TABLE.value_added
    rows.append(["", name, *earned, *[0.0] * (len(rows[0]) - 2 - SIZE)])
    order = [0, 1, *ends, *columns[SIZE:], *lost]
    rows = [[row[n] for n in order] for row in rows if row[1] != "D"]
    with pytest.raises(GumError, match=r"CHN D .column \w+. has some value added or output in row 9 and none"):
        read(rows, tmp_path)


@pytest.mark.parametrize("name", ["Taxes less subsidies", "Value added tax", "净税", "VAT", "Import duties"])
def test_taxes_are_due_on_final_uses_too(tmp_path, name):
    assert not totals.VALUE_ADDED.fullmatch(name)
    rows = layouts.plain(TABLE)
    taxes = [0.2 * abs(sum(column)) for column in zip(*(row[2:] for row in rows[2:]), strict=True)]
    total = [1.2 * abs(sum(column)) for column in zip(*(row[2:] for row in rows[2:]), strict=True)]
    total[:SIZE] = TABLE.output.tolist()
    found = read([*rows, ["", name, *taxes], ["", "Total output", *total]], tmp_path)
    assert found.categories == USES


def interleaved(rows: Rows) -> Rows:
    """Return final uses of each region behind its industries."""
    where = [n for region in REGIONS for n, name in enumerate(rows[0]) if name == region]
    return [[*row[:2], *(row[n] for n in where)] for row in rows]


def by_industry(rows: Rows) -> Rows:
    """Return columns in the order of their codes, whatever they are."""
    where = sorted(range(2, len(rows[0])), key=lambda n: (rows[1][n], rows[0][n]))
    return [[*row[:2], *(row[n] for n in where)] for row in rows]


@pytest.mark.parametrize("order", [interleaved, by_industry])
@pytest.mark.parametrize("codes", [("A", "C", "P"), ("A", "B", "C")])
def test_final_uses_among_industries_are_read_where_all_stand_there_or_letters_say_so(tmp_path, order, codes):
    table = layouts.invented(5, REGIONS, codes, ("HFCE", "GFCF", "VSTOCK"))
    assert set(read(order(layouts.plain(table)), tmp_path).categories) == {"HFCE", "GFCF", "VSTOCK"}


def test_a_list_without_noughts_says_nothing_by_its_order(tmp_path):
    for seed in range(8):
        table = layouts.invented(seed, REGIONS, INDUSTRIES, USES)
        table.to_frame().to_csv(tmp_path / "a.csv", index=False)
        assert set(read_table(tmp_path / "a.csv").table.categories) == set(USES)


@pytest.mark.parametrize("earning", [True, False])
def test_an_industry_of_a_list_that_lost_its_sales_is_named(tmp_path, earning):
    flows = [[*seller, *buyer, value] for seller, row in zip(TABLE.index, layouts.numbers(TABLE), strict=True)
             for buyer, value in zip(layouts.labels(TABLE), row[:-1], strict=True) if seller[1] != "D"]  # fmt: skip
    if earning:
        flows = [row for row in flows if row[4]]
        flows += [["VA", "VA", *label, value] for label, value in zip(TABLE.index, TABLE.value_added, strict=True)]
    with pytest.raises(GumError, match="add the rows of D if it is an industry"):
        read([["region", "industry", "to_region", "to", "value"], *flows], tmp_path)


def with_columns(*columns: tuple[tuple[str, str], np.ndarray], table: gvc.IOTable = TABLE) -> Rows:
    rows = [[*row] for row in layouts.plain(table)]
    for label, values in columns:
        for row, cell in zip(rows, [*label, *np.asarray(values).tolist()], strict=True):
            row.append(cell)
    return rows


ABROAD = np.kron(1 - np.eye(len(REGIONS)), np.ones((len(INDUSTRIES), 1)))
TRADE = {
    "all": gvc.accounts.exports(TABLE),
    "to industries": (TABLE.intermediates.reshape(SIZE, len(REGIONS), -1).sum(axis=2) * ABROAD).sum(axis=1),
    "to final uses": (TABLE.final.sum(axis=2) * ABROAD).sum(axis=1),
}


@pytest.mark.parametrize("kind", TRADE)
@pytest.mark.parametrize("digits", [9, 0])
def test_total_exports_beside_their_buyers_are_named(tmp_path, kind, digits):
    rows = with_columns((("ROW", "Exports"), TRADE[kind]))
    rows = [[round(cell, digits) if isinstance(cell, float) else cell for cell in row] for row in rows]
    with pytest.raises(GumError, match=r"expected each sale once, but column U .ROW Exports. holds what others add up"):
        read(rows, tmp_path)


def test_exports_to_the_rest_of_the_world_are_read(tmp_path):
    rest = np.random.default_rng(1).random(SIZE) * 100
    assert read(with_columns((("ROW", "Exports"), rest)), tmp_path).final.sum() == pytest.approx(
        TABLE.final.sum() + rest.sum()
    )


def shared(regions: tuple[str, ...], uses: dict[str, float]) -> gvc.IOTable:
    """Return a table whose final uses are one flow in shares."""
    table = layouts.invented(3, regions, INDUSTRIES, tuple(uses))
    final = table.final[:, :, :1].clip(1) * np.array([*uses.values()])
    return gvc.IOTable(table.intermediates, final, table.regions, table.industries, table.categories)


def test_one_flow_in_shares_adds_up_to_nothing(tmp_path):
    table = shared(REGIONS, {"HFCE": 0.4, "GFCF": 0.3, "NPISH": 0.17, "INVNT": 0.13})
    assert read(layouts.plain(table), tmp_path).categories == table.categories
    home = layouts.invented(3, ("CHN",), ("A", "B", "C", "D"), ("HFCE", "GFCF"))
    flow = np.array([13.1, 47.2, 21.9, 8.4])
    rows = with_columns(*(((to, "Exports"), flow * part) for to, part in zip(
        ("USA", "ITA", "ROW"), (0.5, 0.3, 0.2), strict=True)), table=home)  # fmt: skip
    assert len(read(rows, tmp_path).regions) == 4


@pytest.mark.parametrize("uses", [["HFCE"], ["HFCE", "GFCF", "INVNT"]])
def test_a_world_that_only_uses_is_named(tmp_path, uses):
    world = [(("WLD", use), TABLE.final[:, :, USES.index(use)].sum(axis=1)) for use in uses]
    pair = [(("EU2", use), TABLE.final[:, 1:, USES.index(use)].sum(axis=1)) for use in uses]
    for name, columns, members in (("WLD", world, "CHN, USA, ITA"), ("EU2", pair, "USA, ITA")):
        with pytest.raises(GumError, match=f"expected each region once, but {name} buys what {members} buy together"):
            read(with_columns(*columns), tmp_path)


def test_a_region_that_only_uses_is_read(tmp_path):
    uses = np.random.default_rng(2).random((2, SIZE))
    found = read(with_columns((("ROW", "HFCE"), uses[0]), (("ROW", "GFCF"), uses[1])), tmp_path)
    assert found.regions == (*REGIONS, "ROW")


def test_a_sum_of_industries_in_one_region_is_named(tmp_path):
    rows = with_columns((("CHN", "Manufacturing"), TABLE.intermediates[:, 1:3].sum(axis=1)))
    rows.append(["CHN", "Manufacturing", *(one + two for one, two in zip(rows[3][2:], rows[4][2:], strict=True))])
    with pytest.raises(GumError, match="but CHN Manufacturing sells what CHN C13, CHN D sell together"):
        read(rows, tmp_path)


PARTS: dict[str, list[Any]] = {
    "everywhere": [REGIONS, "HFCE", "Rural", "Urban"],
    "in one region": [("CHN",), "CHN HFCE", "CHN Rural", "CHN Urban"],
}


@pytest.mark.parametrize("kind", PARTS)
@pytest.mark.parametrize("shift", [0.0, -300.0, -3000.0])
def test_a_use_beside_its_parts_is_named(tmp_path, kind, shift):
    regions, whole, *members = PARTS[kind]
    columns = []
    for region in regions:
        all_of_it = TABLE.final[:, REGIONS.index(region), 0]
        rural = all_of_it * np.random.default_rng(len(columns)).random(SIZE) + shift
        columns += [((region, "Rural"), rural), ((region, "Urban"), all_of_it - rural)]
    with pytest.raises(
        GumError, match=f"but {whole} holds what {', '.join(members)} hold together; delete its columns"
    ):
        read(with_columns(*columns), tmp_path)


@pytest.mark.parametrize("make", [lambda: gvc.condensed(1995), lambda: gvc.condensed(2009), gvc.toy])
def test_tables_of_the_project_double_nothing(tmp_path, make):
    table = make()
    found = read(layouts.plain(table), tmp_path)
    np.testing.assert_allclose(found.output, table.output)
