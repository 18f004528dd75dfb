"""What a column of an export holds, and what is wrong with a header: items twice, missing or in half, and strangers."""

import re
from collections import Counter
from typing import NamedTuple

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey.labels import plain_label
from gumlib.survey.questionnaire import Instrument

_NAMELESS = re.compile(r"(unnamed: ?\d+|\.\.\.\d+|x\.\d+|(column|列)\s?\d+)?", re.IGNORECASE)
"""The heading of a column that has none, or that a program gave it for want of one."""
_JOIN = "no row holds an answer in both, as after a change of the form: put the answers together into one of them"
_KINDS = 6
"""Most kinds of rows that a column is taken to tell apart."""


class Content(NamedTuple):
    """What a column holds: an item, one answer of an item, or something that is no answer."""

    column: int
    kind: str
    item: str = ""
    part: str | None = None


def amiss(grid: Grid, held: list[Content], instrument: Instrument) -> list[Fault]:
    """Return what is wrong with a header of which it is known what each column holds."""
    return [
        *_twice(grid, held),
        *_apart(grid, held, instrument),
        *_absent(grid, held, instrument),
        *_strange(grid, held),
    ]


def _apart(grid: Grid, held: list[Content], instrument: Instrument) -> list[Fault]:
    """Ask about a column with something before the name of its item that its neighbours lack, such as mean.L1.

    The name of a group stands before all items of a section; so may numbers, and the name of the section itself.
    """
    items = instrument.items.set_index("item")[["section", "variable", "text_en", "text_zh"]].astype(str)
    before: dict[str, dict[str, Content]] = {}
    for place in held:
        heading = tidy(grid.header[place.column])
        if place.kind == "item" and (found := _before(heading, place.item)) is not None:
            section, variable, *wordings = items.loc[place.item]
            own = re.split(r"[/.:]|^sec_", found)[-1] in (section.casefold(), variable.casefold(), "")
            if not any(text and plain_label(text) in plain_label(heading) for text in wordings):
                before.setdefault(section, {}).setdefault("" if own else re.sub(r"\d+", "#", found), place)
    doubtful = [place for found in before.values() if len(found) > 1 for name, place in found.items() if name]
    return [_doubtful(grid, grid.header[place.column], place.item) for place in doubtful]


def _doubtful(grid: Grid, heading: str, item: object) -> Fault:
    remedy = "if it holds the answers as they were given, rename it as in items.csv; if not, delete it"
    return Fault(grid.file, grid.top, heading, f"it is not clear whether this is the item {item}", remedy)


def _resembles(heading: str, item: str) -> bool:
    """Tell whether a heading holds the name of an item, with no more than a letter at its ends.

    Examples
    --------
    >>> [_resembles(heading, "L4") for heading in ("L4R", "rl4", "L4.1", "L41", "level4")]
    [True, True, True, False, False]
    """
    return re.search(rf"(?<![^\W_]{{2}}){re.escape(item)}(?!\d|[^\W_]{{2}})", heading, re.IGNORECASE) is not None


def _before(heading: str, item: str) -> str | None:
    """Return what stands before the name of an item in a heading, in small letters; None if the name is not in it.

    Examples
    --------
    >>> _before("mean.L1", "L1"), _before("learning[L1]", "L1"), _before("L1", "L1"), _before("How?", "L1")
    ('mean', 'learning', '', None)
    """
    name = rf"(?<![A-Za-z0-9]){re.escape(item)}(?![A-Za-z0-9])"
    found = re.match(rf"()\W*{name}|(.*){name}", heading, re.IGNORECASE)
    return re.sub(r"[\W_]+$", "", found[2] or "").casefold() if found else None


def _twice(grid: Grid, held: list[Content]) -> list[Fault]:
    seen: dict[tuple[str, str | None], int] = {}
    faults = []
    for place in held:
        key = (place.item, place.part)
        if place.kind not in ("item", "part"):
            continue
        if key in seen:
            problem = f"the columns {grid.header[seen[key]]!r} and {grid.header[place.column]!r} both hold {place.item}"
            both = any(tidy(row[seen[key]]) and tidy(row[place.column]) for row in grid.rows)
            remedy = "delete the one that is not meant" if both or grid.empty(place.column) else _JOIN
            faults.append(Fault(grid.file, 1, grid.header[place.column], problem, remedy))
        seen.setdefault(key, place.column)
    return faults


def _absent(grid: Grid, held: list[Content], instrument: Instrument) -> list[Fault]:
    """Scale items must be there, for a level from fewer items is another level."""
    items = {place.item for place in held if place.kind != "other"}
    strange = [grid.header[one.column] for one in held if one.kind == "unknown" and not grid.empty(one.column)]
    faults = []
    for row in instrument.items.to_dict("records"):
        if row["type"] == "note" or row["item"] in items:
            continue
        if near := next((heading for heading in strange if _resembles(heading, str(row["item"]))), None):
            faults.append(_doubtful(grid, near, row["item"]))
            continue
        severity = "error" if row["type"] == "likert5" or strange else "warning"
        remedy = "export all questions, with codes or names as headings; if it was not asked, add an empty column"
        problem = f"there is no column for the item {row['item']}"
        faults.append(Fault(grid.file, 1, str(row["item"]), problem, remedy, severity))
    return faults + _halves(grid, held, instrument)


def _halves(grid: Grid, held: list[Content], instrument: Instrument) -> list[Fault]:
    """Name the answers without a column of their own, of a question whose answers stand in columns of their own."""
    faults = []
    whole = {place.item for place in held if place.kind == "item"}
    for name in dict.fromkeys(place.item for place in held if place.kind == "part" and place.item not in whole):
        item = instrument.items[instrument.items["item"] == name].iloc[0]
        there = {"oth" if place.kind == "other" else place.part for place in held if place.item == name}
        for code in instrument.options(str(item["choices"]))["code"]:
            if code not in there:
                problem = f"there is no column for the answer {code} of {name}, though others have one"
                remedy = "export all columns; if it could not be chosen, add an empty one"
                faults.append(Fault(grid.file, 1, f"{name}/{code}", problem, remedy))
    return faults


def _strange(grid: Grid, held: list[Content]) -> list[Fault]:
    problem = "the column is no item of the instrument; left out"
    remedy = "nothing to do; if it is one, rename it as in items.csv"
    strange = [place.column for place in held if place.kind == "unknown" and not grid.empty(place.column)]
    nameless = [column for column in strange if _NAMELESS.fullmatch(tidy(grid.header[column]))]
    counted = [column for column in nameless if _counts(grid, column)]
    unsaid = "give it a name: that of its question and answer, such as B3/1; or delete it"
    return [
        Fault(grid.file, grid.top, None, f"column {column + 1} has no name and holds something", unsaid)
        if column in nameless and column not in counted
        else Fault(
            grid.file, grid.top, grid.header[column], "; ".join((problem, *_kinds(grid, column))), remedy, "warning"
        )
        for column in strange
    ]


def _kinds(grid: Grid, column: int) -> list[str]:
    """Say which kinds of rows a column tells apart, as a trial from the rest; nothing where it tells none."""
    kinds = Counter(tidy(row[column]) for row in grid.rows)
    listed = ", ".join(f"{kind!r} ({number})" for kind, number in kinds.most_common(_KINDS))
    few = 1 < len(kinds) <= min(_KINDS, len(grid.rows) / 2)
    return [f"it tells rows apart that are taken together: {listed}"] if few else []


def _counts(grid: Grid, column: int) -> bool:
    """Tell whether a column only numbers the rows, as programs of statistics write it."""
    numbers = [tidy(row[column]) for row in grid.rows]
    return any(numbers == [str(n) for n in range(first, first + len(numbers))] for first in (0, 1))
