"""Every numeric column behind a figure or table of the book has a unit, which its values bear out."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from book.paths import HTML
from gumlib import data
from gumlib.data.units import numeric, units
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.table import Table

TABLES = {
    file.stem: pd.read_csv(file)
    for file in sorted((HTML / "figures").glob("*.csv"))
    if file.stem.startswith(("fig-", "tab-"))
}
FRAME = pd.DataFrame({"year": [1995, 2010], "share": [0.25, None], "sure": [True, False], "who": ["a", "b"]})
LIMITS = {"share": (0, 1), "level 0 to 1": (0, 1), "probability": (0, 1), "score 0 to 5": (0, 5), "year": (1900, 2100)}
LIMITS |= {"coefficient, -1 to 1": (-1, 1), "1 for yes, 0 for no": (0, 1)}
"""Between which the values of a unit lie."""


def outside(name: str, frame: pd.DataFrame) -> list[str]:
    """Return the columns whose values their unit does not allow."""
    known = {column: (unit, pd.to_numeric(frame[column])) for column, unit in units(name, frame).items()}
    fractions = [column for column, (unit, values) in known.items() if unit == "count" and (values.dropna() % 1).any()]
    beyond = [
        column
        for column, (unit, values) in known.items()
        if unit in LIMITS and not values.dropna().between(*LIMITS[unit]).all()
    ]
    return fractions + beyond


def test_the_book_has_figures_and_tables():
    assert len(TABLES) > 250


@pytest.mark.parametrize("name", TABLES)
def test_every_numeric_column_has_a_unit_that_its_values_bear_out(name):
    frame = TABLES[name]
    assert [column for column in numeric(frame) if column not in units(name, frame)] == []
    assert outside(name, frame) == []


def test_every_row_of_the_vocabulary_says_the_unit_of_a_column():
    wanted = {(name, column) for name, frame in TABLES.items() for column in numeric(frame)}
    idle = []
    for row in data.read("units").itertuples():
        served = {(name, column) for name, column in wanted if column == row.column and fnmatchcase(name, row.card)}
        idle += [] if served else [(row.card, row.column)]
        wanted -= served
    assert idle == []


def test_a_column_without_a_unit_and_a_value_out_of_bounds_are_found():
    assert units("fig-0-0-x", pd.DataFrame({"nothing like it": [1.0]})) == {}
    assert outside("fig-0-0-x", pd.DataFrame({"share": [1.2], "cells": [0.5], "year": [2010]})) == ["cells", "share"]


def drawn(frame: pd.DataFrame) -> Canvas:
    page = style.canvas(2)
    page.subplots().plot(frame["year"], frame["share"])
    return page


def test_the_record_of_a_card_says_the_units_of_its_columns():
    expected = {"year": "year", "share": "share"}
    assert Table("tab-0-0-x", "A table", "It has rows.", FRAME).record()["column_units"] == expected
    figure = Figure("fig-0-0-x", "A figure", "It has rows.", "Drawn.", FRAME, drawn)
    assert figure.record()["column_units"] == expected
    indexed = Table("tab-0-0-x", "A table", "It has rows.", FRAME.set_index("year"))
    assert indexed.record()["column_units"] == expected
