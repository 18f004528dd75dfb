"""A catalogue of messages by their shape: what varies in one may be words in turn, and is rendered by the same table.

A message is a pattern: `{}` stands for whatever varies, such as a variable, a count or a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_BLANK = r"((?:(?!; |\n|[.?!] (?=[A-Z]))[\s\S])+?)"
"""What varies never reaches over the end of a clause."""
_PLACE = r"((?:(?!; |: |, |\n)[\s\S])+?)"
"""Nor, in what only labels the rest, over a comma."""
_CLAUSES = (
    (re.compile(r"(?<=[.?!]) (?=[A-Z\d“]|[a-z]\d)"), 0, ""),
    (re.compile("; "), 0, "；"),
    (re.compile(": "), 1, "："),
)
_LISTS = re.compile(r"(?:, and |, or |, | and | or )(?!(?:\d+|, | and | more)*\))")
"""Between names of a list; not between the numbers of rows in brackets."""
_LABEL = re.compile(r": \{\}$")
_WHERE = re.compile(r"\[[^]:]+: [^]]*\] ")
"""The part of gumlib and the name at fault that an error begins with: codes."""
_AT = re.compile(r"(Error: |Warning: )?([^:\n]+?)(?=, row |, column )(?:, row (\d+))?(?:, column ((?:(?!: ).)+))?: ")
"""Where a fault is, as `faults.line` writes it."""
_WORD = re.compile(r"[A-Za-z]{2}")
_QUOTED = re.compile(r"(?<!\w)'[^']*'(?!\w)")
_SENTENCE = re.compile(r"(?<!['\w])[a-z]{2,} +[a-z(]|: ")
_CODES = re.compile(r"(?:'[^',]*'|[a-z\d][\w.-]*)(?:(?:, | or )(?:'[^',]*'|[a-z\d][\w.-]*))+")
"""Codes, file names or quoted cells in a list."""
_FEW = 10


@dataclass(frozen=True)
class _Pattern:
    """One message: what it looks like in English, and how it is said in Chinese."""

    shape: re.Pattern[str]
    chinese: str
    pieces: tuple[str, ...]
    label: bool
    """Whether it only says what or where the rest is: that may be known in part, and what names it stays."""
    loose: bool
    """Whether it has so few words of its own that it fits what it is not meant for."""

    def find(self, text: str) -> re.Match[str] | None:
        """Return what varies in a text that this message fits whole, or none."""
        written = text if self.shape.pattern.startswith("(") else _lowered(text)
        return self.shape.fullmatch(written) if all(piece in written for piece in self.pieces) else None


class Messages:
    """A catalogue of messages; of several that fit, the one with most words of its own is taken.

    Examples
    --------
    >>> say = Messages({"{} is no year": "{}不是年份", "expected {}, got {}": "应为{0}，得到{1}", "a year": "年份"})
    >>> say.chinese("'x' is no year"), say.chinese("Expected a year, got 12; 'y' is no year."), say.chinese("unknown")
    ("'x'不是年份", "应为年份，得到12；'y'不是年份。", None)
    """

    def __init__(self, messages: Mapping[str, str]) -> None:
        self._plain = {_lowered(english): chinese for english, chinese in messages.items() if "{}" not in english}
        open_ = sorted((one for one in messages if "{}" in one), key=lambda one: (not _LABEL.search(one), -len(one)))
        self._open = [_pattern(one, messages[one]) for one in open_]
        self._known: dict[tuple[str, bool], str | None] = {}

    def chinese(self, text: str, whole: bool = False) -> str | None:
        """Return the Chinese of a text, by its clauses if need be; none where the catalogue lacks all of it.

        Parameters
        ----------
        whole : rather none than a text of which some clauses stay English
        """
        if (text, whole) not in self._known:
            self._known[text, whole] = self._found(text, whole)
        return self._known[text, whole]

    def _found(self, text: str, whole: bool) -> str | None:
        if not _WORD.search(text):
            return None
        if "\n" in text:
            return self._joined(text.split("\n"), "\n", whole)
        if (bare := text.strip()) != text:
            said = self.chinese(bare, whole)
            return None if said is None else text.replace(bare, said, 1)
        if _lowered(text) in self._plain:
            return self._plain[_lowered(text)]
        if where := _WHERE.match(text):
            said = self.chinese(text[where.end() :], whole)
            return said and f"{where[0]}{said}"
        if (at := _AT.match(text)) and (said := self.chinese(text[at.end() :], whole)):
            return _at(at, said)
        if text.endswith(".") and not text.endswith("..") and (said := self.chinese(text[:-1], whole)):
            return f"{said}。"
        return self._varied(text) or self._parted(text, whole)

    def _varied(self, text: str) -> str | None:
        """Return the Chinese of a text that a pattern fits, with what varies rendered where it is words."""
        for pattern in self._open:
            if found := pattern.find(text):
                *blanks, last = found.groups()
                said = [None if pattern.label else self.chinese(blank, True) for blank in blanks]
                said.append(self.chinese(last, not pattern.label))
                if not (pattern.loose and _prose(found.groups(), said)):
                    listed = self._listed(text) if pattern.loose and not pattern.label else None
                    return listed or pattern.chinese.format(*map(_either, said, found.groups()))
        return None

    def _parted(self, text: str, whole: bool) -> str | None:
        """Return the Chinese of a text clause by clause, or name by name."""
        for sign, most, joint in _CLAUSES:
            if said := self._joined(_split(sign, text, most), joint, whole):
                return said
        return self._listed(text)

    def _listed(self, text: str) -> str | None:
        """Return the Chinese of a list of names, of which some hold a comma or an "and" of their own."""
        for sign in _LISTS.finditer(text):
            first, rest = text[: sign.start()], text[sign.end() :]
            said = self._plain.get(_lowered(first)) or self._varied(first) or (None if _WORD.search(first) else first)
            others = said and (self._plain.get(_lowered(rest)) or self._varied(rest) or self._listed(rest))
            if said and (others or not _WORD.search(rest)):
                return f"{said}、{others or rest}"
        return None

    def _joined(self, parts: list[str], joint: str, whole: bool) -> str | None:
        """Return parts as one text; none if none of them is known, or, for a `whole`, if one is not."""
        if len(parts) == 1:
            return None
        said = [self.chinese(part, whole) for part in parts]
        lacking = [part for part, one in zip(parts, said, strict=True) if one is None and _WORD.search(part)]
        if not any(said) or (whole and lacking):
            return None
        return joint.join(map(_either, said, parts))


def _split(sign: re.Pattern[str], text: str, most: int) -> list[str]:
    """Split a text where a sign stands outside quotation marks, `most` times or wherever it does for 0."""
    quoted = [range(*found.span()) for found in _QUOTED.finditer(text)]
    cuts = [found.span() for found in sign.finditer(text) if not any(found.start() in one for one in quoted)]
    cuts = cuts[:most] if most else cuts
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _at(place: re.Match[str], said: str) -> str:
    """Return a fault in Chinese with the place where it is; file and column stay as they are."""
    severity, file, row, column = place.groups()
    named = {"Error: ": "错误：", "Warning: ": "警告："}.get(severity, "")
    return f"{named}{file}{f'，第{row}行' if row else ''}{f'，{column}列' if column else ''}：{said}"


def _either(chinese: str | None, text: str) -> str:
    """Return the Chinese of a text, or the text as it stands; a list of codes is set as Chinese sets lists."""
    return chinese or (re.sub(", | or ", "、", text) if _CODES.fullmatch(text) else text)


def _prose(texts: Iterable[str], chinese: Iterable[str | None]) -> bool:
    """Whether one of some texts is a piece of a sentence that nothing is known of."""
    return any(said is None and _SENTENCE.search(text) for text, said in zip(texts, chinese, strict=True))


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _pattern(english: str, chinese: str) -> _Pattern:
    pieces = _lowered(english).split("{}")
    label = bool(_LABEL.search(english))
    blanks = [_PLACE if label else _BLANK] * (len(pieces) - 2) + [_BLANK, ""]
    shape = "".join(f"{re.escape(piece)}{blank}" for piece, blank in zip(pieces, blanks, strict=True))
    loose = sum(map(str.isalpha, "".join(pieces))) < _FEW
    return _Pattern(re.compile(shape), chinese, tuple(filter(None, pieces)), label, loose)
