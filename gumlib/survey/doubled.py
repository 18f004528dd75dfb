"""Rows that would count as one respondent more: those of a second coder, and sums or means below the answers."""

import re
from collections.abc import Iterator

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.data.spreadsheet import CODER
from gumlib.survey import tools
from gumlib.survey.place import Content

_SUMMED = re.compile(
    r"((grand )?totals?|sums?|means?|averages?|medians?|std\.?( ?dev\.?)?|s\.?d\.?|min|max|count"
    r"|合计|总计|小计|平均(值|数|分)?|均值|中位数|标准差|最(大|小)值)\W*",
    re.IGNORECASE,
)
"""What stands before a row that sums up others."""


def doubled(grid: Grid, held: list[Content]) -> Iterator[Fault]:
    """Name rows that are no respondent of their own."""
    yield from _coders(grid, held)
    yield from _events(grid, held)
    answers = [place.column for place in held if place.kind in ("item", "part")]
    beside = [place.column for place in held if place.kind not in ("item", "part", "other")]
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        for column in beside if any(tidy(row[answer]) for answer in answers) else ():
            if _SUMMED.fullmatch(tidy(row[column])):
                problem = f"{row[column]!r} stands beside the answers, as if the row summed up others"
                cure = "delete the row; if it is a firm, name it otherwise"
                yield Fault(grid.file, number, grid.header[column], problem, cure)


def _coders(grid: Grid, held: list[Content]) -> Iterator[Fault]:
    """Name columns that tell of several coders, whose rows would stand for as many interviews."""
    for place in held:
        if place.kind in ("unknown", "own", "personal") and CODER.fullmatch(tidy(grid.header[place.column])):
            names = list(dict.fromkeys(name for row in grid.rows if (name := tidy(row[place.column]))))
            if len(names) > 1:
                problem = (
                    f"the rows are of {len(names)} coders ({', '.join(names[:3])}), each would count as an interview"
                )
                cure = "keep the rows of one coder, and put those of each other into a file of its own"
                yield Fault(grid.file, None, grid.header[place.column], problem, cure)


def _events(grid: Grid, held: list[Content]) -> Iterator[Fault]:
    """Name columns of several events of REDCap, in which the same firms stand."""
    ids = [tidy(row[place.column]) for place in held if place.kind == "respondent" for row in grid.rows]
    for place in held if len(set(ids)) < len(ids) else ():
        names = list(dict.fromkeys(tidy(row[place.column]) for row in grid.rows))
        if tools.EVENT.fullmatch(tidy(grid.header[place.column])) and len(names) > 1:
            problem = f"the same firms stand in {len(names)} events ({', '.join(names[:3])})"
            cure = "keep the rows of one event, and put those of each other into a file of its own"
            yield Fault(grid.file, None, grid.header[place.column], problem, cure)
