"""Labels written in two ways, and trade written as a region's own: refused, for each would change every measure."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import own_tables as layouts
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumlib.data.twins import normalised
from gumlib.errors import GumError
from gumlib.own.table import read_table
from gumlib.own.table.trade import is_trade

TABLE = layouts.invented(5, industries=("A01", "C13", "D"), categories=("HFCE", "GFCF", "INVNT"))
COUNTRY = layouts.invented(regions=("CHN",), industries=("A01", "C13"), categories=("HFCE", "GFCF"))
HOME = COUNTRY.regions[0]


def written(place: Path, rows: list[list[object]]) -> Path:
    with (place / "table.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return place / "table.csv"


def country(*columns: tuple[str, str]) -> list[list[object]]:
    """Return the plain table of one country, with more columns of sales: 1, 2, ..."""
    rows = [[*row] for row in layouts.plain(COUNTRY)]
    for label in columns:
        for row, cell in zip(rows, [*label, *range(1, len(rows) - 1)], strict=True):
            row.append(cell)
    return rows


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), change=st.sampled_from([str.lower, lambda text: f"{text[0]} {text[1:]}"]))
def test_a_label_written_in_two_ways_is_named(tmp_path, place, change):
    rows = layouts.plain(TABLE)
    labels = [(0, n) for n in range(3, len(rows[0]))] + [(n, 0) for n in range(3, len(rows))]  # the first tell layouts
    down, along = labels[place % len(labels)]
    plain = str(rows[down][along])
    rows[down][along] = change(plain)
    with pytest.raises(GumError, match="one way to write each label") as refused:
        read_table(written(tmp_path, rows))
    assert repr(plain) in str(refused.value)
    assert repr(change(plain)) in str(refused.value)


@pytest.mark.parametrize("name", ["Exports", "Exports of goods", "EXP", "出口", "Less: imports", "P6"])
def test_trade_as_a_use_of_the_country_itself_is_refused(tmp_path, name):
    with pytest.raises(GumError, match=f"expected uses inside {HOME}, got its trade with others: {name}"):
        read_table(written(tmp_path, country((HOME, name))))


def test_exports_to_another_region_are_what_they_say(tmp_path):
    table = read_table(written(tmp_path, country(("ROW", "Exports")))).table
    abroad = table.final[:, [region != HOME for region in table.reporters]].sum(axis=(1, 2))
    np.testing.assert_array_equal(abroad[: len(COUNTRY.industries)], [1, 2])


def test_imports_as_an_industry_of_the_country_are_refused(tmp_path):
    rows = country()
    rows.append([HOME, "Imports", *range(1, len(rows[0]) - 1)])
    with pytest.raises(GumError, match=f"expected industries in rows, got trade with others: {HOME} Imports"):
        read_table(written(tmp_path, rows))


@pytest.mark.parametrize("name", ["Important goods", "P3", "HFCE", "Expert services", "INVNT", "C13"])
def test_other_names_are_no_trade(name):
    assert not is_trade(name)


def test_names_are_told_apart_by_what_is_meant():
    assert normalised("Viet Nam") == normalised("VIET NAM") == normalised("ＶＩＥＴ　ＮＡＭ")
    assert normalised("c1") != normalised("c2")
    assert normalised("C10T12") != normalised("C10T11")
