"""Numbers that may mean something else: a code for no answer among counts, shares where percentages were asked for."""

import re
from collections.abc import Mapping

import pandas as pd

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey.cells import Asked
from gumlib.survey.place import Content
from gumlib.survey.vocabulary import NO_ANSWER

_PERCENT = (0, 100)
_FEWEST = 3
"""Answers from which on noughts and ones alone are odd."""


def doubtful(grid: Grid, where: list[Content], items: Mapping[str, Asked], table: pd.DataFrame) -> list[Fault]:
    """Name answers in numbers that the rest of the file puts in doubt.

    Parameters
    ----------
    items : what each item takes, by name
    table : answers as read, a column an item
    """
    said = _no_answers(grid, where, items)
    faults = []
    for place in where:
        item = items.get(place.item) if place.kind == "item" else None
        if item is None or item.type != "integer":
            continue
        given = [text for text in table[item.item] if text]
        if codes := sorted(set(given) & set(said)):
            rows = [str(row) for row in table.index[table[item.item].isin(codes)]]
            problem = (
                f"{', '.join(codes)} is a number here (row {', '.join(rows[:4])}), and no answer in {said[codes[0]]}"
            )
            cure = "empty the cells that hold no answer"
            faults.append(Fault(grid.file, None, grid.header[place.column], problem, cure, "warning"))
        if item.bounds == _PERCENT and len(given) >= _FEWEST and set(given) <= {"0", "1"} and "1" in given:
            problem = "all answers are 0 or 1, and a percentage was asked for"
            cure = "if 1 stands for all, write 100"
            faults.append(Fault(grid.file, None, grid.header[place.column], problem, cure, "warning"))
    return faults


def _no_answers(grid: Grid, where: list[Content], items: Mapping[str, Asked]) -> dict[str, str]:
    """Return the codes for no answer in items with listed answers, each with the first column that holds it."""
    said: dict[str, str] = {}
    for place in where:
        item = items.get(place.item) if place.kind == "item" else None
        if item is None or item.type in ("integer", "text"):
            continue
        for row in grid.rows:
            text = re.sub(r"[.,]0+$", "", tidy(row[place.column]))
            if text in NO_ANSWER and text not in item.codes:
                said.setdefault(text, grid.header[place.column])
    return said
