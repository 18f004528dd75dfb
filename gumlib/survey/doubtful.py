"""Numbers that may mean something else: a code for no answer among counts, shares where percentages were asked for."""

import re
from collections.abc import Mapping

import pandas as pd

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey.cells import Asked, read_answer
from gumlib.survey.labels import code_of
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
        read = table[item.item].to_dict()
        given = [text for text in read.values() if text]
        raws = {number: _bare(row[place.column]) for number, row in zip(grid.numbers, grid.rows, strict=True)}
        rows = [number for number, text in read.items() if text and raws[number] in said]
        above = _usual(given)
        far = [number for number, text in read.items() if text in NO_ANSWER and int(text) > above]
        for found, apart in ((rows, False), (far, True)):
            if codes := sorted({raws[number] for number in found}):
                named = ", ".join(code if re.fullmatch(r"-?\d+", code) else repr(code) for code in codes)
                at, cure = ", ".join(map(str, found[:4])), "empty the cells that hold no answer"
                problem = f"{named} is a number here (row {at}), and no answer in {said.get(codes[0])}"
                if apart:
                    problem = f"{named} is a number here (row {at}), far above all others, as codes for no answer are"
                faults.append(Fault(grid.file, None, grid.header[place.column], problem, cure, "warning"))
        if item.bounds == _PERCENT and len(given) >= _FEWEST and set(given) <= {"0", "1"} and "1" in given:
            problem = "all answers are 0 or 1, and a percentage was asked for"
            cure = "if 1 stands for all, write 100"
            faults.append(Fault(grid.file, None, grid.header[place.column], problem, cure, "warning"))
    return faults


def _no_answers(grid: Grid, where: list[Content], items: Mapping[str, Asked]) -> dict[str, str]:
    """Return codes and words for no answer in items with listed answers, each with the first column that holds it."""
    said: dict[str, str] = {}
    for place in where:
        item = items.get(place.item) if place.kind == "item" else None
        if item is None or item.type in ("integer", "text"):
            continue
        for text in {_bare(row[place.column]) for row in grid.rows} - {""}:
            if not read_answer(item, text).value and code_of(item.listed, text) is None:
                said.setdefault(text, grid.header[place.column])
    return said


def _bare(cell: str) -> str:
    return re.sub(r"[.,]0+$", "", tidy(cell))


def _usual(given: list[str]) -> float:
    """Return ten times the largest answer that is no code for no answer; no bound where there are few."""
    others = [int(text) for text in given if re.fullmatch(r"\d+", text) and text not in NO_ANSWER]
    return 10 * max(others) if len(others) >= _FEWEST else float("inf")
