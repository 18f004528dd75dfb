"""Which column of an export holds which item.

KoBoToolbox and ODK Central put the groups of a form before an item (`learning/L1`, `learning-L1`) and
may split a question with several answers into columns of 0 and 1 (`firm/B3/suit`). LimeSurvey writes
`B3[suit]` or `B3[SQ001]`, and arrays as `learning[L1]` or `learning[SQ001]`. Headings may also be
the wording of the item.
"""

import re
from typing import NamedTuple

import pandas as pd

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey import tools, vocabulary
from gumlib.survey.doubled import doubled
from gumlib.survey.labels import code_of, plain_label
from gumlib.survey.naming import ID_AND_WORDS, TRAILING, astray, contradicted
from gumlib.survey.place import Content, amiss
from gumlib.survey.questionnaire import Instrument

_NUMBERED = re.compile(
    r"\s*(q(uestion)?|问题|第)?\s*[(（]?\d+([.-]\d+)*\s*[)）题]?\s*[、.．:：_)）-]*\s*", re.IGNORECASE
)
"""The number of a question before its wording: 3、 3. Q3_ (3)"""
_ADDED = re.compile(r"\s-\sselected choice")
"""What Qualtrics puts between a question and an answer."""
_SPECIFY = re.compile(
    r"(others?|其他|其它)\s*[(（,，:：-]\s*(please specify|specify|请注明|请说明|请填写)\W*", re.IGNORECASE
)
"""How tools head the words for "other"."""
_PLACE = re.compile(r"sq0*(\d+)")
"""LimeSurvey's own name for a line of a question, which tells its place in the tool only."""
_AFTER = re.compile(r"[:：—|]|\s[-–]\s")
"""Between the common part of a block of questions and the one."""


class _Known(NamedTuple):
    """An instrument, its items by name in small letters, and which items have a wording in small letters."""

    instrument: Instrument
    items: dict[str, pd.Series]
    wordings: dict[str, list[str]]

    @classmethod
    def of(cls, instrument: Instrument) -> "_Known":
        """Look an instrument up once for all columns."""
        wordings: dict[str, list[str]] = {}
        for item, *texts in instrument.items[["item", "text_en", "text_zh"]].itertuples(index=False, name=None):
            for text in {plain_label(tidy(str(text))) for text in texts} - {""}:
                wordings.setdefault(text, []).append(str(item))
        items = {str(name).casefold(): row for name, row in instrument.items.set_index("item").iterrows()}
        return cls(instrument, items, wordings)


def headings(instrument: Instrument) -> tuple[str, ...]:
    """Return what a column of an item may be headed, in small letters: its name or its wording."""
    columns = instrument.items[["item", "text_en", "text_zh"]]
    return tuple(sorted({str(text).casefold() for text in columns.to_numpy().ravel()} - {"", "nan"}))


def questions(grid: Grid, instrument: Instrument) -> dict[int, set[str]]:
    """Return by column what was asked in it, in both languages, written as `labels.plain_label` does."""
    known = _Known.of(instrument)
    return {
        place.column: {plain_label(str(known.items[place.item.casefold()][text])) for text in ("text_en", "text_zh")}
        for place in _held(grid.header, known)
        if place.kind in ("item", "part")
    }


def by_heading(header: list[str], instrument: Instrument) -> list[Content]:
    """Return what each column holds by its heading alone, of kinds as in `places`."""
    return _held(header, _Known.of(instrument))


def _held(header: list[str], known: _Known) -> list[Content]:
    """Return what each column holds by its heading; words behind a name are none where the name stands alone too."""
    found = [_place(number, tidy(cell), known) for number, cell in enumerate(header)]
    beside = [
        place.kind == "item" and astray(tidy(header[place.column]), place.item, known.wordings) for place in found
    ]
    alone = {place.item for place, words in zip(found, beside, strict=True) if place.kind == "item" and not words}
    return [
        _unasked(place.column, tidy(header[place.column])) if words and place.item in alone else place
        for place, words in zip(found, beside, strict=True)
    ]


def places(grid: Grid, instrument: Instrument) -> tuple[list[Content], list[Fault]]:
    """Return what each column of a grid holds, and what is wrong with the header.

    `kind` is item, part (one answer of a question with several), other (words for "other"), respondent,
    date, own (added by the tool), personal, or unknown.

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> grid = Grid("a.csv", ["learning/L1", "firm/B3/suit", "_uuid", "phone"], [["4", "1", "x", "1"]], [2])
    >>> [place.kind for place in places(grid, instrument("ningbo-firms"))[0]]
    ['item', 'part', 'respondent', 'personal']
    """
    known = _Known.of(instrument)
    bare = _held(grid.header, known)
    found = [place._replace(kind="part", part="oth") if _ticked(grid, place, bare, known) else place for place in bare]
    lower = {tools.tool_name(cell): number for number, cell in enumerate(grid.header)}
    for names, others, kind in ((tools.RESPONDENT, tools.ID, "respondent"), (tools.DATE, tools.DATED, "date")):
        named = [name for name in (*names, *filter(others.fullmatch, lower)) if name in lower]
        first = next((lower[name] for name in named if not grid.empty(lower[name])), None)
        if first is not None and found[first].kind in ("own", "unknown", "personal"):
            found[first] = Content(first, kind)
    return found, [
        *amiss(grid, found, instrument),
        *contradicted(grid, found, instrument, known.wordings),
        *doubled(grid, found),
    ]


def _ticked(grid: Grid, place: Content, held: list[Content], known: _Known) -> bool:
    """Tell whether a column for "other" holds whether it was chosen, not the words given for it.

    It does if it holds yes and no, the label itself, or the mark that stands in the columns of the other answers.
    """
    texts = (
        {text for text in _texts(grid, place) if not vocabulary.says_nothing(text)} if place.kind == "other" else set()
    )
    beside = [one for one in held if one.kind == "part" and one.item == place.item]
    if not texts or any(one.part == "oth" for one in beside):
        return False
    row = known.items[place.item.casefold()]
    options = known.instrument.options(str(row["choices"])).set_index("code")
    named = (
        {plain_label(str(label)) for label in options.loc[["oth"], ["label_en", "label_zh"]].stack()}
        if "oth" in options.index
        else set()
    )
    marks = vocabulary.MARKS & set().union(*(_texts(grid, one) for one in beside))
    return texts <= vocabulary.YES | vocabulary.NO | marks | named


def _texts(grid: Grid, place: Content) -> set[str]:
    return {tidy(row[place.column]).casefold() for row in grid.rows} - {""}


def _place(number: int, heading: str, known: _Known) -> Content:
    asked = _item(number, heading, known) or _worded(number, heading, known)
    if asked is not None:
        note = known.items[asked.item.casefold()]["type"] == "note"
        return Content(number, "own") if note else asked
    return _unasked(number, heading)


def _unasked(number: int, heading: str) -> Content:
    """Return what a column holds that is none of the form."""
    if tools.EVENT.fullmatch(heading):
        return Content(number, "own")
    if tools.PERSONAL.search(heading) or tools.PERSONAL.search(tools.tool_name(heading)):
        return Content(number, "personal")
    return Content(number, "own" if tools.OWN.fullmatch(tools.tool_name(heading)) else "unknown")


def _item(number: int, heading: str, known: _Known) -> Content | None:
    """Match `group/item`, `group/item/answer`, `item[answer]`, `array[item]` and `item. Wording`, codes or words."""
    text, items = _ADDED.sub("", heading.casefold()), known.items
    if bracket := re.match(r"([^\[]*)\[([^\]]+)\](?!\s*\[)", text):
        outer, behind = _named(bracket[1].strip(), known), re.search(r"\[([^\[\]]+)\]\s*$", text[bracket.end() :])
        said = _inside(number, outer, behind[1], known) if behind and _PLACE.fullmatch(bracket[2]) else None
        return said or _inside(number, outer, bracket[2], known)
    tokens = [token.strip() for token in re.split(r"[/.:-]", text) if token.strip()]
    if not tokens:
        return None
    for last in (tokens[-1], re.sub(r"^\d+_+", "", tokens[-1])):
        if last in items:
            return Content(number, "item", str(items[last].name))
    grouped = re.fullmatch(r"(?:sec_)?([a-z]+)_(\w+)", tokens[-1])
    if grouped and grouped[2] in items and items[grouped[2]]["section"].casefold() == grouped[1]:
        return Content(number, "item", str(items[grouped[2]].name))
    other = re.fullmatch(r"(.+?)(?:_\d+)?_(other|oth|specify|text)", tokens[-1])
    if other and other[1] in items:
        return Content(number, "other", str(items[other[1]].name))
    for mark in re.finditer(r"[/.:：-]|_+|\s?[(（](?=.+[)）]$)", text):
        outer = _named(text[: mark.start()], known)
        if outer in items and items[outer]["type"] == "select_multiple":
            inner = text[mark.end() :]
            return _inside(number, outer, inner[:-1] if mark[0].strip() in ("(", "（") else inner, known)
    worded = re.match(r"(?P<name>\w+)\.\s", text) or ID_AND_WORDS.fullmatch(text)
    if not worded or worded["name"] not in items:
        return None
    item, words = items[worded["name"]], text[worded.end("name") :].strip(" .:：、-–—_()（）")
    part = _inside(number, worded["name"], words, known) if item["type"] == "select_multiple" else None
    return part or Content(number, "item", str(item.name))


def _named(text: str, known: _Known) -> str:
    """Return the name, in small letters, of the item that a heading begins with: by its code or its wording."""
    code = re.split(r"[/.:-]", text)[-1]
    worded = None if code in known.items else _worded(0, text, known)
    return worded.item.casefold() if worded else code


def _inside(number: int, outer: str, inner: str, known: _Known) -> Content | None:
    """Match what stands in brackets: an answer of a question, or an item of an array."""
    items, instrument = known.items, known.instrument
    inner = inner.strip().removeprefix("choice=")
    if inner in items:
        return Content(number, "item", str(items[inner].name))
    if outer not in items:
        if worded := _worded(number, inner, known):
            return worded
        block = instrument.scale()
        block = block[
            (block["section"].str.casefold() == outer.removeprefix("sec_"))
            | (block["variable"].str.casefold() == outer)
        ]
        at = _PLACE.fullmatch(inner)
        inside = at is not None and 0 < int(at[1]) <= len(block)
        return Content(number, "item", str(block["item"].iloc[int(at[1]) - 1])) if at and inside else None
    name = str(items[outer].name)
    if inner in ("other", "othertext", "comment") or _SPECIFY.fullmatch(inner):
        return Content(number, "other", name)
    if items[outer]["type"] != "select_multiple":
        return None
    options = instrument.options(str(items[outer]["choices"]))
    codes = options["code"].tolist()
    same = [code for code in codes if code.casefold() == inner]
    english, chinese = (tuple(options[one].map(str)) for one in ("label_en", "label_zh"))
    if not same and (code := code_of((tuple(codes), english, chinese), inner)):
        same = [code]
    at = _PLACE.fullmatch(inner)
    if not same and at and 0 < int(at[1]) <= len(codes):
        same = [codes[int(at[1]) - 1]]
    return Content(number, "part", name, same[0]) if same else None


def _worded(number: int, heading: str, known: _Known) -> Content | None:
    """Match a heading that is the wording of the item, and of no other; it may be numbered, or follow a common part."""
    bare = TRAILING.sub("", plain_label(_NUMBERED.sub("", heading)))
    ends = [bare[mark.end() :] for mark in _AFTER.finditer(bare)]
    for text in (heading.casefold(), bare, *ends):
        same = known.wordings.get(plain_label(text), [])
        if len(same) == 1:
            return Content(number, "item", same[0])
    return None
