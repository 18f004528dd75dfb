"""Headings that name an item and say something behind the name: its wording, that of another, or neither.

`L4. reversed` may be anything made of L4; `L1.` before the wording of L2 is one of the two, nobody knows which.
"""

import re
from collections.abc import Iterator, Mapping

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey import tools
from gumlib.survey.labels import plain_label
from gumlib.survey.place import Content
from gumlib.survey.questionnaire import Instrument

TRAILING = re.compile(r"\s*([\[【(（](单选|多选|填空|量表|必填|选填|矩阵)[^\])】）]*[\])】）]|\*)$")
"""What tools put behind a wording: a kind of question in brackets, or an asterisk."""
_BEHIND = re.compile(r"[^\s.]*[\w\])]\.\s+(?P<words>.+)")
"""A name, a point, and words."""
ID_AND_WORDS = re.compile(
    r"[\[(（【]?(?P<name>[a-z][a-z0-9]*\d[a-z0-9]*)"
    r"(?:[\])）】]?[.:：、]\s*|[\])）】|]\s*|\s+(?:[-–—]\s+)?|_+|\s?(?=[(（\u4e00-\u9fff]))(?P<words>[^\W\d_][^\[/]*|[(（].*)",
    re.IGNORECASE,
)
"""A name that holds a figure, a sign or blank, and words: B1: Size, B1_size, B1规模."""
_BRACKET = re.compile(r".*\[([^\[\]]+)\]")
"""The wording of one line, behind what was asked of all, as LimeSurvey writes it."""
_SHOWN = 3
"""Headings that a message lists."""
_FEWEST = 12
"""Fewest bytes that tell a part of a wording from a word that happens to stand in it: 12 letters or 4 characters."""


_DERIVED = re.compile(
    r"revers|recod|flip|invert|transform|z.?scor|standardi|normali|imput|dummy|comment|remark|score|average|\bmean\b|rank"
    r"|反向|反转|编码|转换|均值|平均|得分|标准化|备注",
    re.IGNORECASE,
)
"""Words for what is made of answers, or said of them."""
_VAGUE = re.compile(
    "new|old|copy|time|text|note|order|log|sum|total|rev|rec|neg|inv|pos|pre|post|std|adj|raw|alt|dup|tmp|before|after"
    "|baseline|other|why|reason|change|diff|count"
)
"""Words that, alone, may stand for that too."""


def contradicted(
    grid: Grid, held: list[Content], instrument: Instrument, wordings: Mapping[str, list[str]]
) -> Iterator[Fault]:
    """Name headings whose words are not those of the item they name, and tell of those that are short names for it.

    Parameters
    ----------
    wordings : items by wording, written as `labels.plain_label` does
    """
    own = instrument.items.set_index("item")[["text_en", "text_zh", "construct", "section"]].astype(str)
    short = []
    for place in held:
        heading = grid.header[place.column]
        words = _words(tidy(heading)) if place.kind == "item" else ""
        about = ": ".join(own.loc[place.item, ["construct", "section"]]).casefold() if words else ""
        if words in about.split(": ") or any(_same(words, plain_label(tidy(text))) for text in own.loc[place.item]):
            continue
        meant = [str(item) for item, construct in own["construct"].items() if construct.casefold() == words]
        if other := [item for item in [*wordings.get(words, []), *meant] if item != place.item]:
            problem = f"the column is named {place.item}, and its words are those of {other[0]}"
            cure = "find out which it is, and rename the heading as in items.csv"
        elif not _names(words) or place.item.casefold() not in heading.casefold():
            problem = f"it is not clear whether this is the item {place.item}"
            cure = "if it holds the answers as they were given, rename it as in items.csv; if not, delete it"
        else:
            short.append(heading)
            continue
        yield Fault(grid.file, grid.top, heading, problem, cure)
    if short:
        shown = ", ".join(map(repr, short[:_SHOWN])) + (f" and {len(short) - _SHOWN} more" if short[_SHOWN:] else "")
        said = f"{shown}: the name of an item, and words that are not its wording; read as that item"
        yield Fault(
            grid.file, grid.top, None, said, "nothing to do, if they hold the answers as they were given", "warning"
        )


def astray(heading: str, item: str, wordings: Mapping[str, list[str]]) -> bool:
    """Tell whether a heading holds words behind the name of an item that are not its wording."""
    words = _words(heading)
    return bool(words) and item not in wordings.get(words, [])


def _names(words: str) -> bool:
    """Tell whether words may be a short name of an item, not one for what was made of it, or for who answered.

    Examples
    --------
    >>> [_names(words) for words in ("size", "new products", "规模", "reversed", "new", "6-x", "反")]
    [True, True, True, False, False, False, False]
    """
    parts = re.findall(r"[a-z]{3,}|[^\W\d_a-z]{2,}", words)
    if _DERIVED.search(words) or tools.PERSONAL.search(words):
        return False
    return any(not _VAGUE.fullmatch(part) for part in parts)


def _words(heading: str) -> str:
    """Return what stands behind a name and a sign, written plainly; nothing if there is no such.

    Examples
    --------
    >>> _words("L4. reversed"), _words("learning[SQ002]. How far? [We use it.]"), _words("We use it. Often.")
    ('reversed', 'we use it', '')
    >>> _words("B1: Size"), _words("B1_size"), _words("B1 (规模)"), _words("learning/L1"), _words("L1")
    ('size', 'size', '规模', '', '')
    """
    found = _BEHIND.fullmatch(heading) or ID_AND_WORDS.fullmatch(heading)
    words = found["words"] if found else ""
    line = _BRACKET.fullmatch(TRAILING.sub("", words))
    return plain_label(TRAILING.sub("", plain_label(line[1] if line else words))).strip("()（）")


def _same(words: str, wording: str) -> bool:
    """Tell whether words are a wording or a part of it.

    Examples
    --------
    >>> _same("we", "we"), _same("courses every year", "we hold courses every year"), _same("we", "we use")
    (True, True, False)
    """
    return words == wording or (len(words.encode()) >= _FEWEST and words in wording)
