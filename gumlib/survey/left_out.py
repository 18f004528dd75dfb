"""Rows of an export that are no answers: rejected, not finished, not decrypted, trials, and the questions once more."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey import tools
from gumlib.survey.labels import plain

_LEFT = (
    ("_?_validation_status", r".*not[ _]approved.*|未批准|不批准", "rejected"),
    ("reviewstate", "rejected", "rejected"),
    ("status", "not ?decrypted|missing ?encrypted.*", "not decrypted"),
    ("submitdate", "(N/A)?", "not finished"),
    ("finished|completed?|q_finished", "0|false|no|n|否|未完成", "not finished"),
    (r"\w+_complete", "0|1|incomplete|unverified", "not finished"),
    ("status|(response|survey|答卷)[ _]?(type|status|状态)", r"(survey )?(preview|test)|(in|not ) ?complete|partial"
     r"|(survey )?spam.*|draft|测试|未完成", "a trial or not finished"),
)  # fmt: skip
"""Columns of KoBoToolbox, ODK Central, LimeSurvey, Qualtrics, REDCap, ... that tell what is no answer, and how."""
_FIRST = 2
"""Rows below the header that may say once more what was asked."""
_TOLD = re.compile(r'\{"importid".*|(open-ended )?response', re.IGNORECASE)
"""What Qualtrics and SurveyMonkey write below the questions."""


def finished(grid: Grid, asked: Collection[int]) -> tuple[Grid, list[Fault]]:
    """Return a grid without rows that were rejected, not finished or not decrypted, and what was left out.

    Parameters
    ----------
    asked : columns that hold answers of the form; they tell nothing of the row, whatever they are called
    """
    left: dict[int, str] = {}
    for place, heading in enumerate(grid.header):
        for names, words, reason in _LEFT if place not in asked else ():
            if re.fullmatch(names, tools.tool_name(heading), re.IGNORECASE):
                cells = [tidy(row[place]) for row in grid.rows]
                left |= {n: reason for n, cell in enumerate(cells) if re.fullmatch(words, cell, re.IGNORECASE)}
    faults = []
    for reason in dict.fromkeys(left.values()):
        rows = [grid.numbers[n] for n, why in left.items() if why == reason]
        problem = f"{len(rows)} row(s) {reason}, left out: {', '.join(map(str, rows))}"
        remedy = "nothing to do, or keep them (unfinished=True, --unfinished)"
        faults.append(Fault(grid.file, None, None, problem, remedy, "warning"))
    return _without(grid, left), faults


def without_questions(grid: Grid, asked: Mapping[int, set[str]]) -> tuple[Grid, list[Fault]]:
    """Return a grid without rows that hold the questions, where a tool writes them below the header, and name these.

    Parameters
    ----------
    asked : wordings of the question by column, as `columns.questions` returns them
    """
    again = [n for n, row in enumerate(grid.rows[:_FIRST]) if _restates(row, asked)]
    said, cure = "the row holds what was asked, no answers; passed over", "nothing to do, or delete the row"
    faults = [Fault(grid.file, grid.numbers[n], None, said, cure, "warning") for n in again]
    return _without(grid, again), faults


def _restates(row: list[str], asked: Mapping[int, set[str]]) -> bool:
    """Tell whether most filled cells of a row are wordings of their columns."""
    filled = [column for column in asked if tidy(row[column])]
    same = [
        column for column in filled if plain(tidy(row[column])) in asked[column] or _TOLD.fullmatch(tidy(row[column]))
    ]
    return len(same) > len(filled) / 2


def _without(grid: Grid, left: Iterable[int]) -> Grid:
    kept = sorted(set(range(len(grid.rows))) - set(left))
    return replace(grid, rows=[grid.rows[n] for n in kept], numbers=[grid.numbers[n] for n in kept])
