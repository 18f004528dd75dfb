"""Headings that name an item and say something behind the name: its wording, that of another, or neither.

`L4. reversed` may be anything made of L4; `L1.` before the wording of L2 is one of the two, nobody knows which.
"""

import re
from collections.abc import Iterator, Mapping

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, tidy
from gumlib.survey.labels import plain_label
from gumlib.survey.place import Content
from gumlib.survey.questionnaire import Instrument

TRAILING = re.compile(r"\s*([\[【(（](单选|多选|填空|量表|必填|选填|矩阵)[^\])】）]*[\])】）]|\*)$")
"""What tools put behind a wording: a kind of question in brackets, or an asterisk."""
_BEHIND = re.compile(r"[^\s.]*[\w\])]\.\s+(?P<words>.+)")
"""A name, a point, and words."""
_BRACKET = re.compile(r".*\[([^\[\]]+)\]")
"""The wording of one line, behind what was asked of all, as LimeSurvey writes it."""
_FEWEST = 12
"""Fewest bytes that tell a part of a wording from a word that happens to stand in it: 12 letters or 4 characters."""


def contradicted(
    grid: Grid, held: list[Content], instrument: Instrument, wordings: Mapping[str, list[str]]
) -> Iterator[Fault]:
    """Name headings whose words are not those of the item they name.

    Parameters
    ----------
    wordings : items by wording, written as `labels.plain_label` does
    """
    own = instrument.items.set_index("item")[["text_en", "text_zh"]].astype(str)
    for place in held:
        heading = grid.header[place.column]
        words = _words(tidy(heading)) if place.kind == "item" else ""
        if not words or any(_same(words, plain_label(tidy(text))) for text in own.loc[place.item]):
            continue
        if other := [item for item in wordings.get(words, []) if item != place.item]:
            problem = f"the column is named {place.item}, and its words are those of {other[0]}"
            cure = "find out which it is, and rename the heading as in items.csv"
        else:
            problem = f"it is not clear whether this is the item {place.item}"
            cure = "if it holds the answers as they were given, rename it as in items.csv; if not, delete it"
        yield Fault(grid.file, grid.top, heading, problem, cure)


def _words(heading: str) -> str:
    """Return what stands behind a name and a point, written plainly; nothing if there is no such.

    Examples
    --------
    >>> _words("L4. reversed"), _words("learning[SQ002]. How far? [We use it.]"), _words("We use it. Often.")
    ('reversed', 'we use it', '')
    """
    found = _BEHIND.fullmatch(heading)
    words = found["words"] if found else ""
    line = _BRACKET.fullmatch(TRAILING.sub("", words))
    return plain_label(TRAILING.sub("", plain_label(line[1] if line else words)))


def _same(words: str, wording: str) -> bool:
    """Tell whether words are a wording or a part of it.

    Examples
    --------
    >>> _same("we", "we"), _same("courses every year", "we hold courses every year"), _same("we", "we use")
    (True, True, False)
    """
    return words == wording or (len(words.encode()) >= _FEWEST and words in wording)
