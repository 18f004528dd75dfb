"""What may be read in two ways is asked about: marks in numbers, labels that look alike, columns in another order."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
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
