"""What a report is put together from: paragraphs, lists, tables, figures. How they look, a writer decides.

Texts are English; a writer renders them in the language of the report. What the reader's own tables say stays as it
stands there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import pandas as pd

from gumlib import __version__
from gumlib.data.messages import Words
from gumlib.errors import GumError
from gumlib.figures.card import Figure


@dataclass(frozen=True)
class Paragraph:
    """Sentences; empty ones are left out. A `mark` sets it apart: ``"ours"`` is the model's, ``"mark"`` a caution."""

    sentences: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True)
class Link:
    """Words that lead to an address, or stand before a `target` that is none."""

    text: str
    target: str


@dataclass(frozen=True)
class Listing:
    """A list of sentences or links."""

    rows: tuple[str | Link, ...]


CODED = frozenset({"bound", "confidence", "kind", "measure", "part", "series"})
"""Columns that hold codes of ours in every table."""
_GIVEN = frozenset({"value", "lowest", "highest"})
"""Columns of numbers that stand as their source gives them, in tables that name it."""


@dataclass(frozen=True, eq=False)
class Captioned:
    """A frame with a caption.

    Parameters
    ----------
    index : show it as a first column
    words : whether its cells are words of ours, to be rendered, or the reader's own
    written : by column, what writes its cells as HTML
    """

    frame: pd.DataFrame
    caption: str
    index: bool = False
    words: bool = False
    written: Mapping[str, Callable[[str], str]] = field(default_factory=dict)

    def said(self, text: str, column: str, say: Words) -> str:
        """Return the text of a cell in a language; what the reader wrote stays as it is."""
        if self.words:
            return say.heading(text)
        return say.cell(column, text) if column in CODED else text

    def number(self, value: object, column: str) -> str | None:
        """Return a number of a column in figures, whole where a source gives it; None for what is no number."""
        named = {"source_key", "sources"} & set(self.frame)
        return number(value, given=bool(named) and column in _GIVEN)

    @property
    def shown(self) -> pd.DataFrame:
        """The frame with all columns that are shown."""
        return self.frame.reset_index() if self.index else self.frame


@dataclass(frozen=True)
class Folded:
    """Pieces that are shown when their summary is opened."""

    summary: str
    parts: tuple["Piece", ...]


@dataclass(frozen=True)
class Code:
    """Lines that are copied as they stand."""

    text: str


Piece: TypeAlias = Paragraph | Listing | Captioned | Folded | Code | Figure


@dataclass(frozen=True)
class Section:
    """A part of a report: its key in addresses, its title, its pieces."""

    key: str
    title: str
    parts: tuple[Piece, ...]


@dataclass(frozen=True)
class Document:
    """A whole report.

    Parameters
    ----------
    title : as it stands, with `chinese` for the same in Chinese or nothing
    lead : what stands before the sections
    made : what the report is made from, in full and in one word
    """

    title: str
    chinese: str
    lead: tuple[Piece, ...]
    sections: tuple[Section, ...]
    made: tuple[str, str]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in the order of the report."""
        return tuple(part for section in self.sections for part in section.parts if isinstance(part, Figure))

    @property
    def foot(self) -> tuple[str, str]:
        """What the report is made with and from."""
        return (
            f"Made by gumlib {__version__} from {self.made[0]} alone.",
            f"The same {self.made[1]} gives the same page, to the byte, with the same versions of gumlib and of the "
            "packages it draws with.",
        )

    def titles(self, language: str) -> tuple[str, str]:
        """Return the title in a language, and in the other one; the second is empty where there is but one."""
        if not self.chinese:
            return self.title, ""
        return (self.chinese, self.title) if language == "zh" else (self.title, self.chinese)


def paragraph(*sentences: str, mark: str = "") -> Paragraph:
    """Return sentences as a paragraph."""
    return Paragraph(sentences, mark)


def ours(*sentences: str) -> Paragraph:
    """Return a paragraph marked as the model's, not the sources'."""
    return Paragraph(sentences, "ours")


def listing(*rows: str | Link) -> Listing:
    """Return rows as a list; empty ones are left out."""
    return Listing(tuple(row for row in rows if row))


def folded(summary: str, *parts: Piece) -> Folded:
    """Return pieces that are shown when their summary is opened."""
    return Folded(summary, parts)


def reason(lacking: GumError) -> str:
    """Return what an error says as a sentence, without where it came from."""
    said = str(lacking).split("] ", 1)[-1]
    return f"{said[0].upper()}{said[1:]}."


def number(value: object, *, given: bool = False) -> str | None:
    """Return a number to four figures, a missing value as a dash, and none for what is no number.

    Parameters
    ----------
    given : whether it is shown as it was given, not rounded

    Examples
    --------
    >>> number(1234.5678), number(1234.5, given=True), number(9999.6), number(None), number("high")
    ('1235', '1234.5', '9999.6', '–', None)
    """
    if value is None or pd.isna(value):
        return "–"
    if hasattr(value, "dtype") or isinstance(value, float):
        plain = float(value)  # type: ignore[arg-type]
        short = f"{plain:.4g}"
        return f"{plain:.15g}" if given else short if abs(float(short)) < 1e4 else f"{plain:.12g}"
    return None


def column_heading(column: object) -> str:
    """Return the name of a column as a heading."""
    return str(column).replace("_", " ")
