"""What must be alike in both languages of a block, and how Chinese is set."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt

from book.chinese.blocks import Block
from book.paths import ROOT

TERMBASE = ROOT / "data" / "book" / "termbase.csv"
_ROLE = re.compile(r"\{([a-z:]+)\}`([^`]*)`")
_TARGET = re.compile(r"<([^<>]+)>\s*$")
_CODE = re.compile(r"(?<![`}])`[^`\n]+`")
_MATHS = re.compile(r"\$\$?[^$]+\$\$?")
_ADDRESS = re.compile(r"\]\(([^)\s]+)\)|<(https?:[^>]+)>")
_DIRECTIVE = re.compile(r"^\s*(?:`{3,}|:{3,})(\{[a-z-]+\})?", re.MULTILINE)
_OPTION = re.compile(r"^:[a-z-]+:.*$", re.MULTILINE)
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.) ", re.MULTILINE)
_HEADING = re.compile(r"^#+ ", re.MULTILINE)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
_MONTH = re.compile(rf"\b(?:(?!May\b)(?:{'|'.join(_MONTHS)}|December)|(?<=\d )May|May(?= \d))\b")
_FILE = re.compile(r"\b[\w/]+\.(?:csv|md|py)\b")
_ID = re.compile(r"(?<![A-Za-z\d])[A-Z]{1,3}\d+(?![A-Za-z\d])")
_SENTENCE = 6
"""Words from which a phrase is no label."""
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_HAN = "\u3400-\u9fff"
_WIDE = "，。；：？！、（）《》“”"
_SETTING = {
    "a space between Han and Han": re.compile(rf"[{_HAN}{_WIDE}] +[{_HAN}]|[{_HAN}] +[{_WIDE}]"),
    "a line broken between Han and Han": re.compile(rf"[{_HAN}{_WIDE}]\n[ ]*[{_HAN}]"),
    "a narrow mark after Han": re.compile(rf"[{_HAN}][,;:?!]"),
}


def faults(english: str, chinese: str) -> list[str]:
    """Say in what a block and its Chinese differ beyond language, and what of the Chinese is ill set.

    Examples
    --------
    >>> faults("It takes 3 draws ({claim}`C01`).", "取3次抽样（{claim}`C02`）。")
    ["roles: english {'claim C01': 1}, chinese {'claim C02': 1}"]
    """
    silent = (
        []
        if re.search(f"[{_HAN}]", chinese) or not re.search("[A-Za-z]{4}", _MATHS.sub("", _ROLE.sub("", english)))
        else ["no Han"]
    )
    loose = [f"emphasis that is not read as such: {text!r}" for text in _unread(chinese)]
    return [*silent, *loose, *_differences(english, chinese), *_ill_set(chinese), *_terms(english, chinese)]


def _differences(english: str, chinese: str) -> Iterator[str]:
    shared = (_parts(english), _parts(chinese))
    for what in shared[0]:
        left, right = shared[0][what] - shared[1][what], shared[1][what] - shared[0][what]
        if left or right:
            yield f"{what}: english {dict(left)}, chinese {dict(right)}"


def _parts(text: str) -> dict[str, Counter[str]]:
    """Return what both languages must hold alike."""
    roles = [f"{name} {(_TARGET.search(said) or [said, said])[1]}" for name, said in _ROLE.findall(text)]
    rest = _ROLE.sub(" ", text)
    code, maths = _CODE.findall(rest), _MATHS.findall(_CODE.sub(" ", rest))
    rest = _MATHS.sub(" ", _CODE.sub(" ", rest))
    addresses = ["".join(found) for found in _ADDRESS.findall(rest)]
    rest = _MONTH.sub(_as_number, _ADDRESS.sub(" ", rest))
    return {
        "roles": Counter(roles),
        "code": Counter(code),
        "maths": Counter(maths),
        "addresses": Counter(addresses),
        "directives": Counter(_DIRECTIVE.findall(text)),
        "options": Counter(_OPTION.findall(text)),
        "list items": Counter(item=len(_ITEM.findall(text))),
        "headings": Counter(_HEADING.findall(text)),
        "numbers": Counter(_NUMBER.findall(_ITEM.sub(" ", rest))),
    }


def _as_number(month: re.Match[str]) -> str:
    """Return the number of a month, which Chinese writes."""
    return str(_MONTHS.index(month[0]) + 1 if month[0] in _MONTHS else 12)


def _ill_set(chinese: str) -> Iterator[str]:
    bare = _MATHS.sub("", _CODE.sub("", _ROLE.sub("", chinese)))
    for fault, sign in _SETTING.items():
        if found := sign.search(bare):
            yield f"{fault}: {bare[max(0, found.start() - 8) : found.end() + 8]!r}"


def _unread(chinese: str) -> Iterator[str]:
    """Give each text in which asterisks stand for themselves, since a mark beside them is on the wrong side."""
    inner = re.sub(r"^(?:`{3,}|:{3,}).*$", "", _MATHS.sub("", chinese), flags=re.MULTILINE)
    for token in MarkdownIt().parse(inner):
        yield from (part.content[:60] for part in token.children or [] if part.type == "text" and "*" in part.content)


class Term(NamedTuple):
    """A term as English text has it, its name, and the Chinese that is accepted and that is refused for it."""

    sign: re.Pattern[str]
    english: str
    accepted: list[str]
    refused: list[str]


@cache
def termbase() -> list[Term]:
    """Return every term, longest first."""
    with TERMBASE.open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: -len(row["english"]))
    return [
        Term(
            re.compile(rf"\b{re.escape(row['english'])}s?\b", re.IGNORECASE),
            row["english"],
            [*row["chinese"].split("/"), *filter(None, row["short"].split("/"))],
            [*filter(None, row["never"].split("/"))],
        )
        for row in rows
    ]


def _terms(english: str, chinese: str) -> Iterator[str]:
    left = _FILE.sub(" ", _CODE.sub(" ", _ROLE.sub(" ", " ".join(english.split()))))
    for term in termbase():
        left, count = term.sign.subn(" ", left)
        wrong = [one for one in term.refused if one in chinese]
        if count and (wrong or not any(one in chinese for one in term.accepted)):
            yield f"{term.english} is {' or '.join(term.accepted)}" + f", not {' or '.join(wrong)}" * bool(wrong)


def phrase_faults(english: str, chinese: str) -> list[str]:
    """Say in what a phrase and its Chinese differ: blanks, ids of claims and facts, and terms where it is a sentence.

    Labels may shorten the names of terms; what is refused for a term they may not hold either.

    Examples
    --------
    >>> phrase_faults("C25 holds in {} of {} draws of lock-in", "C24在{}次中的{}次抽样成立，卡死")
    ["ids: english {'C25': 1}, chinese {'C24': 1}", 'lock-in is 锁定, not 卡死']
    """
    blanks = [int(place) if place else number for number, place in enumerate(re.findall(r"\{(\d*)\}", chinese))]
    wanted = english.count("{}")
    found = [] if sorted(blanks) == list(range(wanted)) else [f"blanks: english {wanted}, chinese {len(blanks)}"]
    ids = Counter(_ID.findall(english)), Counter(_ID.findall(chinese))
    if ids[0] != ids[1]:
        found.append(f"ids: english {dict(ids[0] - ids[1])}, chinese {dict(ids[1] - ids[0])}")
    terms = (fault for fault in _terms(english, chinese) if len(english.split()) >= _SENTENCE or ", not " in fault)
    return [*found, *_ill_set(chinese), *terms]


def compare(block: Block, chinese: str) -> list[str]:
    """Return the faults of a block's Chinese, each with the words it begins with."""
    return [f"{block.key} {chinese[:24]!r}: {fault}" for fault in faults(block.text, chinese)]
