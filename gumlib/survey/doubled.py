"""Rows that would count as one respondent more: those of a second coder or round, and sums or means of the answers."""

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
_ROUND = re.compile(
    r"((survey|panel|study|data)[ _.-]?)?(wave|round|period|phase|year)([ _.-]?(no\.?|number|id|of (the )?survey))?"
    r"|(调查|访谈|填写)?(波次|轮次|期次|期数|年份|年度)|第几[轮波期次]|期",
    re.IGNORECASE,
)
"""How people head the column that says in which round of a survey a row was answered."""
_CLUSTER = re.compile(r"(industrial[ _])?clusters?([ _.-]?(id|name|code))?|(产业)?集群(名称|编号|代码)?", re.IGNORECASE)
"""How people head the column that says of which cluster a firm is."""


def doubled(grid: Grid, held: list[Content]) -> Iterator[Fault]:
    """Name rows that are no respondent of their own."""
    yield from _parted(grid, held)
    answers = [place.column for place in held if place.kind in ("item", "part")]
    beside = [place.column for place in held if place.kind not in ("item", "part", "other")]
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        for column in beside if any(tidy(row[answer]) for answer in answers) else ():
            if _SUMMED.fullmatch(tidy(row[column])):
                problem = f"{row[column]!r} stands beside the answers, as if the row summed up others"
                cure = "delete the row; if it is a firm, name it otherwise"
                yield Fault(grid.file, number, grid.header[column], problem, cure)


def _parted(grid: Grid, held: list[Content]) -> Iterator[Fault]:
    """Name columns that part the rows into those of several coders, events of REDCap, or rounds of a survey."""
    ids = [tidy(row[place.column]) for place in held if place.kind == "respondent" for row in grid.rows]
    again = len(set(ids)) < len(ids)
    for place in (place for place in held if place.kind in ("unknown", "own", "personal")):
        heading = tidy(grid.header[place.column])
        names = list(dict.fromkeys(name for row in grid.rows if (name := tidy(row[place.column]))))
        few, listed = again or 2 * len(names) <= len(grid.rows), ", ".join(names[:3])
        if CODER.fullmatch(heading):
            problem = f"the rows are of {len(names)} coders ({listed}), each would count as an interview"
            cure = "keep the rows of one coder, and put those of each other into a file of its own"
        elif tools.EVENT.fullmatch(heading) and again:
            problem = f"the same firms stand in {len(names)} events ({listed})"
            cure = "keep the rows of one event, and put those of each other into a file of its own"
        elif _CLUSTER.fullmatch(heading) and few:
            problem = f"the rows are of {len(names)} clusters ({listed}), which would be taken together"
            cure = "keep the rows of one cluster, and put those of each other into a file of its own"
        elif _ROUND.fullmatch(heading) and few:
            problem = f"the rows are of {len(names)} rounds of a survey ({listed}), which would be taken together"
            cure = "keep the rows of one round, and put those of each other into a file of its own"
            cure += "; if they are no rounds in time, delete the column"
        else:
            continue
        if len(names) > 1:
            yield Fault(grid.file, None, grid.header[place.column], problem, cure)
