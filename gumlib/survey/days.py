"""Days on which answers were given, without their times.

Whether the day or the month stands first is decided for a column as a whole, and asked where nothing decides it.
"""

import re
from calendar import monthrange
from datetime import date
from itertools import pairwise

from gumlib.data.faults import Fault, one_warning

ORDERS = ("day-first", "month-first")
_FIRST = re.compile(r"(\d{4})(?:[-/.年](\d\d?)[-/.月](\d\d?)|(\d\d)(\d\d))(?!\d)")
"""Year, month and day."""
_LAST = re.compile(r"(\d\d?)([-/.]) ?(\d\d?)\2 ?(\d{4}|\d\d)(?!\d)")
"""Day and month in some order, then the year; with points between, as in German and Russian, the day is first."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"(?:(\d\d?)[-. ]?([a-z]{3,9})[-., ]*|([a-z]{3,9})\.? (\d\d?),? )(\d{4})(?!\d)", re.IGNORECASE)
"""A day with the name of its month."""
_APART = 180
"""Days without an answer between two rounds of a survey."""


def days(texts: list[str], file: str, numbers: list[int], order: str | None) -> tuple[list[str], list[Fault]]:
    """Return days as 2025-05-01, empty where there is none for sure, and what is to be said of them.

    LimeSurvey writes 1980-01-01 where it was told to keep no day.

    Parameters
    ----------
    numbers : rows of the texts
    order : ``day-first`` or ``month-first``, where the reader has said it

    Examples
    --------
    >>> days(["1/5/2024", "13/5/2024"], "a.csv", [2, 3], None)[0], days(["1/5/2024"], "a.csv", [2], None)[0]
    (['2024-05-01', '2024-05-13'], [''])
    """
    likely = order or _order(texts)
    turned = order is None and likely == ORDERS[0] and _turned(texts)
    read: list[str] = []
    strange: list[tuple[int, str]] = []
    unclear: list[tuple[int, str]] = []
    doubtful: list[tuple[int, str]] = []
    for text, number in zip(texts, numbers, strict=True):
        found = _LAST.match(text)
        parts = _parts(text, likely, short=order is not None)
        if turned and not found and parts:
            doubtful.append((number, repr(text)))
            parts = None
        elif text and not parts:
            asked = found and order is None and (not likely or len(found[4]) == 2)
            (unclear if asked else strange).append((number, repr(text)))
        read.append(f"{parts[0]}-{parts[1]:02}-{parts[2]:02}" if parts and parts != (1980, 1, 1) else "")
    write = "write days as 2025-05-01"
    say = "say which stands first: dates='day-first' or 'month-first' (--dates)"
    told = one_warning(file, "date", strange, write, "no date; left out")
    why = "a spreadsheet may have taken the day for the month, for other dates begin with the day; left out"
    for named, said, cure in (
        (unclear, "it is not clear which is the day and which the month; left out", say),
        (doubtful, why, write),
    ):
        more = f" and {len(named) - 1} other dates" if len(named) > 1 else ""
        told += [Fault(file, row, "date", f"{text}{more}: {said}", cure, "warning") for row, text in named[:1]]
    return read, [*told, *_rounds(read, file)]


def _parts(text: str, order: str | None, *, short: bool) -> tuple[int, int, int] | None:
    """Return year, month and day, if they are those of a day of our time."""
    if found := _FIRST.match(text):
        year, month, day = (int(part) for part in found.groups() if part)
    elif found := _NAMED.match(text):
        name = (found[2] or found[3])[:3].casefold()
        year, month, day = int(found[5]), _MONTHS.index(name) + 1 if name in _MONTHS else 0, int(found[1] or found[4])
    elif (found := _LAST.match(text)) and (len(found[4]) > 2 or short):
        year, month, day = _last(found, order) or (0, 0, 0)
    else:
        return None
    known = 1900 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return (year, month, day) if known else None


def _last(found: re.Match[str], order: str | None) -> tuple[int, int, int] | None:
    one, other, year = int(found[1]), int(found[3]), int(found[4]) + 2000 * (len(found[4]) == 2)
    if found[2] == "." or order == ORDERS[0] or one == other:
        return year, other, one
    return (year, one, other) if order else None


def _order(texts: list[str]) -> str | None:
    """Return which part stands first, if the numbers of the column leave one order only."""
    found = [match for text in texts if (match := _LAST.match(text)) and match[2] != "."]
    first, second = (any(int(match[place]) > 12 for match in found) for place in (1, 3))
    return None if first == second else ORDERS[second]


def _turned(texts: list[str]) -> bool:
    """Tell whether the dates that a spreadsheet knew may have day and month turned: all others begin with a day."""
    last = [match for text in texts if (match := _LAST.match(text))]
    known = [parts for text in texts if not _LAST.match(text) and (parts := _parts(text, None, short=False))]
    return bool(known) and all(day <= 12 for _, _, day in known) and all(int(match[1]) > 12 for match in last)


def _rounds(read: list[str], file: str) -> list[Fault]:
    """Say that answers were given at times far apart, as in two rounds of a survey."""
    known = sorted(date.fromisoformat(day) for day in read if day)
    gap = next((pair for pair in pairwise(known) if (pair[1] - pair[0]).days > _APART), None)
    if gap is None:
        return []
    said = f"there is no answer between {gap[0]} and {gap[1]}, as if these were two rounds of a survey"
    cure = "if they are, keep the rows of each in a file of its own, for a level is of one time"
    return [Fault(file, None, "date", said, cure, "warning")]
