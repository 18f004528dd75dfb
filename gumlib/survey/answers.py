"""Answers as they stand in an export: mapped to the items, checked cell by cell, and typed.

Frictionless checks them, through `gumlib.data.check.check`, the code that checks our own data: one way of checking
for all tables of the project, and no second library (pandera would do it as well). Here its faults are put at the cell
of the reader's file, in words for a person. Missing answers stay missing.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import numpy as np
import pandas as pd

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, open_grid, tidy
from gumlib.data.spreadsheet import copies
from gumlib.errors import one_of
from gumlib.survey import cells, respondents, vocabulary
from gumlib.survey.cells import Asked
from gumlib.survey.columns import headings, places, questions
from gumlib.survey.days import ORDERS, days
from gumlib.survey.doubtful import doubtful
from gumlib.survey.headers import headed
from gumlib.survey.left_out import finished, without_questions
from gumlib.survey.parted import contradictions, joined, strays, words_for_other
from gumlib.survey.place import Content
from gumlib.survey.questionnaire import Instrument
from gumlib.survey.schema import NUMBERS, against_instrument, asked
from gumlib.survey.shifted import shifted
from gumlib.survey.tools import IN_TEXT

_DROP = "delete it from the file, or read with drop_personal=True, which leaves it out"


class How(TypedDict, total=False):
    """How an export is to be read.

    Parameters
    ----------
    drop_personal : leave out columns and texts that tell who answered; else they are refused
    sheet : of a workbook, the first by default
    encoding : of a CSV file whose encoding cannot be told, such as ``"gb18030"``
    values : whether choices are written as ``codes`` or ``labels``; told from each column as a whole by default
    unfinished : keep rows that were rejected, not finished or not decrypted
    dates : whether ``day-first`` or ``month-first``, where nothing in the column of dates decides it
    """

    drop_personal: bool
    sheet: str | None
    encoding: str | None
    values: str | None
    unfinished: bool
    dates: str | None


def examine(file: Path, instrument: Instrument, how: How) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the frame of `Responses`, empty where an error stands in the way, and all faults.

    Raises
    ------
    GumError : no such file, or `values` or `dates` is none of the words for it
    """
    drop, order = how.get("drop_personal", False), how.get("dates")
    _known(how)
    grid, faults = open_grid(file, how.get("sheet"), known=headings(instrument), encoding=how.get("encoding"))
    faults += copies(file)
    if grid is None:
        return pd.DataFrame(), faults
    grid, told = headed(grid, instrument)
    faults += told
    if any(fault.severity == "error" for fault in told):
        return pd.DataFrame(), faults
    what = questions(grid, instrument)
    grid, again = without_questions(grid, what)
    faults += again
    grid, omitted = (grid, []) if how.get("unfinished") else finished(grid, what)
    faults += omitted
    if not grid.rows:
        problem = f"there are no answers below the header{': ' + omitted[0].fault if omitted else ''}"
        remedy = "keep these rows (unfinished=True, --unfinished), or export again" if omitted else "export again"
        return pd.DataFrame(), [*faults, Fault(grid.file, None, None, problem, remedy)]
    where, more = places(grid, instrument)
    more += shifted(grid, where, {name: item for name, item in asked(instrument).items() if item.type == "likert5"})
    faults += more + list(_persons(grid, where, drop))
    if any(fault.severity == "error" for fault in more):
        return pd.DataFrame(), faults
    table = pd.DataFrame({"respondent": _column(grid, where, "respondent", grid.numbers)}, index=grid.numbers)
    faults += respondents.numbered(table, grid.file)
    table["date"], more = days(_column(grid, where, "date", [""] * len(grid.numbers)), grid.file, grid.numbers, order)
    faults += more
    heads, notes = {}, Notes()
    for name, item in asked(instrument).items():
        table[name], heads[name], more = _answers(grid, where, item, how, notes)
        faults += more
    others, more = _others(grid, where, drop)
    table, faults = table.assign(**others), [*faults, *more, *notes.faults(grid.file)]
    table = respondents.answered(respondents.consenting(table, grid.file, faults), list(heads), grid.file, faults)
    faults += respondents.alike(table, grid.file) + respondents.near_twins(table, grid.file)
    faults += respondents.answered_twice(grid, where, table)
    faults += respondents.unasked(table, heads, grid.file, instrument)
    faults += doubtful(grid, where, asked(instrument), table)
    faults += against_instrument(table, heads, grid.file, instrument)
    if any(fault.severity == "error" for fault in faults):
        return pd.DataFrame(), faults
    typed = table.replace({"": np.nan})
    numbers = [name for name, item in asked(instrument).items() if item.type in NUMBERS]
    typed[numbers] = typed[numbers].astype(float)
    return typed, faults


class Notes:
    """What was read otherwise than written: by wording and heading, the rows."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, list[int]]] = {}

    def add(self, said: str, head: str, number: int) -> None:
        """Note a wording for a row of the column under a heading."""
        self._rows.setdefault(said, {}).setdefault(head, []).append(number)

    def faults(self, file: str) -> Iterator[Fault]:
        """Yield each wording once, at the first column in which it was met."""
        for note, held in self._rows.items():
            head, rows = next(iter(held.items()))
            cells_told = sum(map(len, held.values()))
            cure = "nothing to do" + ", if the item has no such answer" * ("means no answer" in note)
            if len(held) > 1:
                note = f"{note} (in {cells_told} cells of {len(held)} columns, of which this is the first)"
            elif cells_told > 1:
                note = f"{note} (in {cells_told} rows, the first of them {rows[0]})"
            yield Fault(file, rows[0] if cells_told == 1 else None, head, note, cure, "warning")


def _known(how: How) -> None:
    """Refuse words that say nothing of how to read."""
    for name, said, known in (("values", how.get("values"), ("codes", "labels")), ("dates", how.get("dates"), ORDERS)):
        if said is not None:
            one_of(said, known, "survey", name)


def _persons(grid: Grid, where: list[Content], drop: bool) -> Iterator[Fault]:
    for place in where:
        if place.kind == "personal" and not grid.empty(place.column):
            problem = "the column may tell who answered" + ("; left out" if drop else "")
            yield Fault(grid.file, 1, grid.header[place.column], problem, _DROP, "warning" if drop else "error")


def _column(grid: Grid, where: list[Content], kind: str, default: list[int] | list[str]) -> list[str]:
    at = [place.column for place in where if place.kind == kind]
    return [tidy(grid.rows[row][at[0]]) if at else str(default[row]) for row in range(len(grid.rows))]


def _answers(
    grid: Grid, where: list[Content], item: Asked, how: How, notes: Notes
) -> tuple[list[str], str, list[Fault]]:
    """The answers to one item, the heading they stand under, and what is wrong; what is told goes to the notes."""
    whole = next((place.column for place in where if (place.kind, place.item) == ("item", item.item)), None)
    parts = [place for place in where if (place.kind, place.item) == ("part", item.item)]
    head = grid.header[whole] if whole is not None else grid.header[parts[0].column] if parts else item.item
    all_apart = bool(parts) and {place.part for place in parts} >= set(item.codes)
    alone = whole is None or grid.empty(whole)
    split = item.type == "select_multiple" and (all_apart or (bool(parts) and alone))
    words = words_for_other(where, parts, item) if split or whole is None else None
    apart = [*contradictions(grid, whole, parts, item)] if parts and whole is not None else []
    apart += strays(grid, parts, item)
    raws = [
        joined(grid, row, parts, item, words) if split or whole is None else grid.rows[row][whole]
        for row in range(len(grid.rows))
    ]
    fixed = split or not item.codes or item.type == "integer"
    values = "codes" if fixed else how.get("values") or cells.reading(item, raws)
    if values is None:
        return [""] * len(raws), head, _two_ways(grid, head, item, raws)
    answers, faults = [], []
    understood = {raw: cells.read_answer(item, raw, values) for raw in set(raws)}
    for number, raw in zip(grid.numbers, raws, strict=True):
        value, note = understood[raw]
        if note and not (split and value):
            notes.add(note, head, number)
        if not split and (code := cells.astray(item, raw, values)):
            faults.append(_astray(grid.file, number, head, raw, values, code))
            value = code
        answers.append(value)
    if item.type == "text":
        faults += _private(answers, grid, head, how.get("drop_personal", False))
    if words is not None and not grid.empty(words):
        _words(grid, words, item, notes)
    return answers, head, [*faults, *apart]


def _two_ways(grid: Grid, head: str, item: Asked, raws: list[str]) -> list[Fault]:
    """Name the rows of codes among labels, or of labels among codes; ask, where each answer may be both."""
    kinds = {raw: [cells.understood(item, raw, values) for values in ("codes", "labels")] for raw in raws if tidy(raw)}
    lone = {raw: code is None for raw, (code, label) in kinds.items() if (code is None) != (label is None)}
    if any(code != label for raw, (code, label) in kinds.items() if raw not in lone):
        problem = "the answers are codes of the item and labels of others, so that they can be read in two ways"
        remedy = "say which they are: values='codes' or 'labels' (--values)"
        return [Fault(grid.file, None, head, problem, remedy)]
    named = [raw in lone and lone[raw] for raw in raws]
    how = "codes" if 2 * sum(named) <= sum(raw in lone for raw in raws) else "labels"
    rows = zip(grid.numbers, raws, strict=True)
    found = ((number, raw, cells.astray(item, raw, how)) for number, raw in rows)
    return [_astray(grid.file, number, head, raw, how, code) for number, raw, code in found if code]


def _astray(file: str, number: int, head: str, raw: str, values: str, code: str) -> Fault:
    """Name a label in a column of codes, or a code in one of labels."""
    if values == "codes":
        return Fault(file, number, head, f"{raw!r} is a label in a column of codes", f"write {code}")
    return Fault(file, number, head, f"{raw!r} is a code in a column of labels", "write the label")


def _words(grid: Grid, words: int, item: Asked, notes: Notes) -> None:
    """Tell that words for "other" were taken for that answer, and which of them were not."""
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        if text := tidy(row[words]):
            taken = f"the words are taken for the answer oth of {item.item}"
            said = taken if vocabulary.says(text) else f"{text!r} names no answer"
            notes.add(said, grid.header[words], number)


def _others(grid: Grid, where: list[Content], drop: bool) -> tuple[dict[str, list[str]], list[Fault]]:
    """The words given for "other", as columns such as `B3_other`, and what is to be said of them."""
    words: dict[str, list[str]] = {}
    faults: list[Fault] = []
    for place in where:
        if place.kind == "other" and not grid.empty(place.column):
            texts = words[f"{place.item}_other"] = [tidy(row[place.column]) for row in grid.rows]
            faults += _private(texts, grid, grid.header[place.column], drop)
    return words, faults


def _private(texts: list[str], grid: Grid, head: str, drop: bool) -> Iterator[Fault]:
    """Name texts that tell who answered, and empty them if that is wanted."""
    for at, text in enumerate(texts):
        if IN_TEXT.search(text):
            problem = "the text holds an address, a number or a name by which a person can be found"
            problem += "; left out" if drop else ""
            yield Fault(grid.file, grid.numbers[at], head, problem, _DROP, "warning" if drop else "error")
            texts[at] = "" if drop else text
