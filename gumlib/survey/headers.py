"""Headings that stand in two rows: SurveyMonkey's questions above their answers, names above the wordings."""

import re
from dataclasses import replace

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey import columns
from gumlib.survey.left_out import asked_again, without_rows
from gumlib.survey.questionnaire import Instrument

_ANSWERED = re.compile(r"\s*(open-ended\s)?response", re.IGNORECASE)
"""What SurveyMonkey writes below a question that has one column."""
_HALF = 0.5
"""Share of the items whose wordings make a row one of headings."""


def headed(grid: Grid, instrument: Instrument) -> tuple[Grid, list[Fault]]:
    """Return a grid whose headings stand in one row, and what was made of those in two.

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> rows = [["Response", "Europe", "Asia"], ["3", "1", ""]]
    >>> headed(Grid("a.csv", ["B1", "Markets", ""], rows, [2, 3]), instrument("ningbo-firms"))[0].header
    ['B1', 'Markets - Europe', 'Markets - Asia']
    """
    if not grid.rows:
        return grid, []
    below = [tidy(cell) for cell in grid.rows[0]]
    nameless = any(cell and not tidy(head) for cell, head in zip(below, grid.header, strict=True))
    if nameless and any(map(_ANSWERED.fullmatch, below)):
        said, cure = "the headings stand in two rows; read together", "nothing to do"
        told = Fault(grid.file, grid.numbers[0], None, said, cure, "warning")
        return replace(without_rows(grid, [0]), header=_joined(grid.header, below)), [told]
    return _worded(grid, below, instrument)


def _joined(header: list[str], below: list[str]) -> list[str]:
    """Put each question, which stands above the first of its columns only, before what stands below it."""
    heads, question = [], ""
    for head, cell in zip(map(tidy, header), below, strict=True):
        question = head or question
        heads.append(f"{question} - {cell}" if cell and not _ANSWERED.fullmatch(cell) else head)
    return heads


def _worded(grid: Grid, below: list[str], instrument: Instrument) -> tuple[Grid, list[Fault]]:
    """Take the wordings below the header for columns whose headings are no item, as Q7 or QID7; name contradictions."""
    above, under = columns.by_heading(grid.header, instrument), columns.by_heading(below, instrument)
    if len({place.item for place in under} - {""}) < _HALF * len(instrument.items):
        return grid, []
    faults = []
    for head, place, word in zip(grid.header, above, under, strict=True):
        if place.item and word.item and place.item != word.item:
            problem = f"the column is headed {place.item}, and the question below is that of {word.item}"
            cure = "find out which it is, and rename the heading as in items.csv"
            faults.append(Fault(grid.file, grid.numbers[0], head, problem, cure))
    faults.append(asked_again(grid, 0))
    taken = [not place.item and bool(word.item) for place, word in zip(above, under, strict=True)]
    if any(taken):
        said = "columns without a name of the instrument are known by the question below"
        faults.append(Fault(grid.file, grid.numbers[0], None, said, "nothing to do", "warning"))
    heads = [cell if take else head for head, cell, take in zip(grid.header, below, taken, strict=True)]
    return replace(without_rows(grid, [0]), header=heads), faults
