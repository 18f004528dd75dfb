"""Words of commands and reports in the reader's language: English stands in the code, Chinese in the table `messages`.

What varies in a message is rendered by the same table and by the names of `gumlib.terms`. A text without Chinese stays
English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from gumlib.data.catalogue import Messages
from gumlib.data.package import read
from gumlib.errors import one_of
from gumlib.terms import CLUSTERS, TERMS

LANGUAGES = ("en", "zh")
_CITED = re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|(?<!\w)\"[^\"\n]*\"(?!\w)")
"""What a message cites of a reader's file."""
_ROWS = re.compile(r" ?[(（]rows? ((?:\d+|,? and |, | more)+)[)）]")
_NAMED = ("{1}", "{0} {1}", "{0} ({1})")
"""How a term is named beside its code."""


@dataclass(frozen=True)
class Words:
    """How a report or a command speaks: its language, and a text in it.

    Examples
    --------
    >>> words_in("zh")("No cluster governance"), words_in("en").joined(["One.", "", "Two."])
    ('No cluster governance', 'One. Two.')
    """

    language: str
    render: Callable[[str], str | None]

    def __call__(self, text: str) -> str:
        """Return a text in the language, or as it stands where the catalogue lacks it."""
        return self.render(text) or text

    def heading(self, text: str) -> str:
        """Return the name of a column as a heading: in messages it stays as it stands in the reader's file."""
        return self.render(text) or self.render(f"{text} (heading)") or text

    def cell(self, column: str, text: str) -> str:
        """Return the word for one of our codes in a column of a table, such as ``low`` below ``confidence``."""
        return text if self.language == "en" else self.render(f"{text} ({column})") or text

    @property
    def gap(self) -> str:
        """What stands between sentences."""
        return "" if self.language == "zh" else " "

    @property
    def colon(self) -> str:
        """What stands between a label and what it labels."""
        return "：" if self.language == "zh" else ": "

    def joined(self, sentences: Iterable[str]) -> str:
        """Return sentences as one text in the language; empty ones are left out."""
        return self.gap.join(self(sentence) for sentence in sentences if sentence)


def _rendered(text: str) -> str | None:
    """Return a text in Chinese; what it quotes of a reader's file is kept whole, for it may look like words of ours."""
    quoted = [found[0] for found in _CITED.finditer(text) if " " in found[0]]
    masked = text
    for place, one in enumerate(quoted):
        masked = masked.replace(one, f"'{chr(0xE000 + place)}'", 1)
    said = messages().chinese(masked)
    for place, one in enumerate(quoted):
        mark = chr(0xE000 + place)
        said = said and said.replace(f"'{mark}'", one, 1).replace(mark, one[1:-1])
    return said and _ROWS.sub(_numbered, said)


def _numbered(rows: re.Match[str]) -> str:
    numbers = re.sub("、(?=[0-9]+ more)", "行及另外", re.sub(", | and ", "、", rows[1])).removesuffix(" more")
    return f"（第{numbers}行）"


@cache
def messages() -> Messages:
    """Return the messages of the table `messages`, with the names of terms and clusters."""
    table = read("messages")
    terms = TERMS.items()
    names = {said.format(key, term.name): said.format(key, term.chinese) for key, term in terms for said in _NAMED}
    places = {cluster.name: cluster.chinese for cluster in CLUSTERS.values()}
    return Messages({**names, **places, **dict(zip(table["english"], table["chinese"], strict=True))})


def words_in(language: str) -> Words:
    """Return how to speak in a language, ``"en"`` or ``"zh"``.

    Raises
    ------
    GumError : another language
    """
    one_of(language, LANGUAGES, "data", "language")
    return ENGLISH if language == "en" else Words(language, _rendered)


ENGLISH = Words("en", lambda text: text)
