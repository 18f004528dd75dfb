"""Answers on another scale than the one that was asked for, such as 0 to 4, which no cell alone can tell."""

import re
from collections.abc import Mapping

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey.cells import Asked, read_answer
from gumlib.survey.place import Content

_FEWEST = 3
"""Fewest columns with an answer off the scale that make it no slip of the pen."""
_COUNTED = {(0, 4): 1, (-2, 2): 3}
"""Scales that become 1 to 5 by adding a number."""
_LONGER = ((-3, 3), (1, 7), (1, 10), (0, 10))
"""Scales that people use too, with more steps."""


def shifted(grid: Grid, where: list[Content], scale: Mapping[str, Asked]) -> list[Fault]:
    """Say it once if the answers to the scale items of a file run on another scale than 1 to 5, or are in other words.

    Parameters
    ----------
    scale : the scale items, by name
    """
    held = {place.column: scale[place.item] for place in where if place.kind == "item" and place.item in scale}
    asked = list(held)
    given = [[tidy(row[column]) for row in grid.rows] for column in asked]
    numbers = [
        {int(cell) for cell in cells if re.fullmatch(r"-?\d{1,2}", cell)} - {88, 99, -88, -99} for cells in given
    ]
    if forced := _forced(grid, numbers):
        return forced
    off = [found for found in numbers if any(not 1 <= number <= 5 for number in found - {-1, -2, -3})]
    every = set().union(*numbers)
    if len(off) < _FEWEST:
        return _in_other_words(grid, held)
    first, last = min(every), max(every)
    fits = [(low, high) for low, high in (*_COUNTED, *_LONGER) if low <= first and last <= high]
    if not fits or (fits[0] == (0, 10) and last <= 5):
        return []
    low, high = fits[0]
    problem = f"the answers run from {first} to {last}, as on a scale of {low} to {high}, not 1 to 5"
    return [Fault(grid.file, None, None, problem, _cure(fits[0]))]


def _in_other_words(grid: Grid, held: Mapping[int, Asked]) -> list[Fault]:
    """Name answers of several columns of which not one is a code or a label."""
    texts = {column: {tidy(row[column]) for row in grid.rows} - {""} for column in held}
    known = {text for column, item in held.items() for text in texts[column] if _known(item, text)}
    strange = [found for found in texts.values() if found and not found & known]
    if len(strange) < _FEWEST:
        return []
    shown = ", ".join(map(repr, sorted(set().union(*strange))[:_FEWEST]))
    problem = f"the answers of {len(strange)} columns, such as {shown}, are neither codes nor labels of the form"
    return [Fault(grid.file, None, None, problem, "export them as codes, or as labels as they stand in choices.csv")]


def _known(item: Asked, text: str) -> bool:
    answers = [read_answer(item, text, values) for values in ("codes", "labels")]
    return any(answer.value == "" or answer.value in item.codes for answer in answers)


def _forced(grid: Grid, numbers: list[set[int]]) -> list[Fault]:
    """Ask about -1 and -2 in several columns beside 1 and 2 only: a scale without a middle, or codes for no answer."""
    every = set().union(*numbers)
    below = [found for found in numbers if min(found, default=0) < 0]
    if len(below) < _FEWEST or not every <= {-2, -1, 1, 2}:
        return []
    problem = f"the answers run from {min(every)} to {max(every)} without 0, as on a scale without a middle, not 1 to 5"
    cure = "if they are answers, export them as labels of 1 to 5; if those below 0 are no answers, empty their cells"
    return [Fault(grid.file, None, None, problem, cure)]


def _cure(scale: tuple[int, int]) -> str:
    if (step := _COUNTED.get(scale)) is None:
        return "export the answers as labels of 1 to 5; a scale of more steps has no exact place there"
    return f"add {step} to each answer of the scale, or, if 0 is no answer, empty the cells that hold it"
