"""Labels of answers as survey tools and people write them: with the code beside, in both languages, several in a cell.

A spelling stands for an answer only if it stands for no other one of the item.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

_TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
_CODE = r"\s*([^\s()（）\[\]]+?)\s*"
_BESIDE = (
    re.compile(rf"{_CODE}[-–—=:：.．、)）](?P<label>.+)"),
    re.compile(rf"[(（\[]{_CODE}[)）\]](?P<label>.+)"),
    re.compile(rf"{_CODE}[(（\[](?P<label>.+)[)）\]]"),
    re.compile(rf"(?P<label>.+)[(（\[]{_CODE}[)）\]]"),
    re.compile(rf"(?P<label>.+)[-–—=:：]{_CODE}"),
    re.compile(r"\s*(\d{1,2}|[A-Za-z](?=[\u2e80-\uffff]))\s*(?P<label>\D.*)"),
    re.compile(r"(?P<label>.+)\s(\d{1,2})\s*"),
)
"""How a code stands beside its label: 5 - Agree, (5) Agree, 5 (Agree), Agree (5), Agree = 5, 5同意."""
_MARK = re.compile(r"(?:a[o]?0*(?=\d))?(\d{1,2}|[a-z])分?", re.IGNORECASE)
"""The number or letter of an answer, also as LimeSurvey writes it."""
_RANGE = re.compile(r"\s*[~～〜–—-]\s*|(?<=\d)\s*(?:to|至|到)\s*(?=\d)")
"""What stands between the ends of a range."""
_BETWEEN = re.compile(r"\s(and|und|et|y)\s|[\s,;|/+&、，；┋#·•¶]+")
"""What parts several labels in one cell."""
_QUOTES = str.maketrans(dict.fromkeys("‘’ʼ´`＇", "'") | dict.fromkeys("“”„«»＂", '"'))
"""Quotation marks of all kinds."""
_JOINT = re.compile(r"[\s/|()（）\[\]-]+")
"""What may stand between a label in one language and in the other."""

_YES = (
    r"\b(agree|approve|satisfied|true|likely|completely|fully|totally|very much|always)|[同赞认]同|赞成|符合|满意|总是"
)
_NO = (
    r"\b(dis(agree|approve|satisfied)|un(true|likely|satisfied)|not|never)|(不|并非|没有?)[^，,]{0,3}([同赞认]同|赞成|符合|满意)"
    "|从不|从未"
)
"""Words of agreement, and of its contrary."""

Listed = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Codes, and their labels in English and in Chinese."""


def plain_label(text: str) -> str:
    """Return a label without tags, underscores for blanks, blanks twice, bent quotation marks, and signs at its end.

    Examples
    --------
    >>> plain_label("<p>Strongly&nbsp; agree.</p>"), plain_label("strongly_agree"), plain_label("<20")
    ('strongly agree', 'strongly agree', '<20')
    """
    bare = html.unescape(_TAGS.sub(" ", text)).replace("_", " ").translate(_QUOTES)
    return " ".join(bare.split()).casefold().rstrip(" .。;；,，:：*")


def code_of(listed: Listed, text: str) -> str | None:
    """Return the code of a label, however it is written; None if it is no label, or one of two.

    Examples
    --------
    >>> agree = (("1", "2"), ("Disagree", "Agree"), ("不同意", "同意"))
    >>> [code_of(agree, text) for text in ("2 - Agree", "同意（2）", "Agree / 同意", "agree.", "1 - Agree")]
    ['2', '2', '2', '2', None]
    """
    spelt = _spellings(listed)
    if (known := spelt.get(plain_label(text)) or spelt.get(_joined(text)) or spelt.get(_ranged(text))) is not None:
        return known
    return beside(listed, text)


def falls(first: str, last: str) -> bool:
    """Tell whether a scale between two labels begins with agreement and ends with its contrary.

    Examples
    --------
    >>> falls("Strongly agree", "Strongly disagree"), falls("完全符合", "非常不符合"), falls("Never", "Always")
    (True, True, False)
    """
    denied = [re.search(_NO, label, re.IGNORECASE) is not None for label in (first, last)]
    return denied == [False, True] and re.search(_YES, first, re.IGNORECASE) is not None


def beside(listed: Listed, text: str) -> str | None:
    """Return the code that stands beside its own label; None if it is another, or stands alone.

    A letter counts the answers, and so does a number where the codes are words.

    Examples
    --------
    >>> agree = (("1", "2"), ("Disagree", "Agree"), ("", "同意"))
    >>> [beside(agree, text) for text in ("2 (agree)", "B. Agree", "②同意", "1 (agree)", "Agree", "2")]
    ['2', '2', '2', None, None, None]
    """
    mark, code = beside_label(listed, text) or ("", None)
    found = _MARK.fullmatch(mark)
    place = listed[0].index(code) + 1 if code else 0
    if code in (None, mark) or not found or mark in listed[0]:
        return code if code == mark else None
    number = found[1].lstrip("0")
    same = number == code if code and code.isdecimal() else number == str(place)
    return code if same or number.upper() == chr(64 + place) else None


def beside_label(listed: Listed, text: str) -> tuple[str, str] | None:
    """Return what stands beside a label, and the code of the label; None where no label stands there."""
    plain = unicodedata.normalize("NFKC", text.strip()[:1]) + text.strip()[1:]
    for pattern in _BESIDE:
        found = pattern.fullmatch(plain)
        if found and (known := code_of(listed, found["label"])) is not None:
            return next(one for one in found.groups() if one != found["label"]), known
    return None


def _ranged(text: str) -> str:
    """Return a label with a hyphen in ranges and without blanks: 20 ～ 99 人 as 20-99人."""
    return re.sub(r"\s", "", _RANGE.sub("-", plain_label(text)))


def _joined(text: str) -> str:
    return _JOINT.sub("", plain_label(text))


@cache
def _spellings(listed: Listed) -> dict[str, str]:
    """Return the code by spelling, of spellings that stand for one code only."""
    codes: dict[str, set[str]] = {}
    for code, english, chinese in zip(*listed, strict=True):
        both = (english + chinese, chinese + english) if english and chinese else ()
        own = (plain_label(english), plain_label(chinese), _ranged(english), _ranged(chinese))
        for spelling in {*own, *map(_joined, both)}:
            codes.setdefault(spelling, set()).add(code)
    return {spelling: min(found) for spelling, found in codes.items() if spelling and len(found) == 1}


@cache
def several(listed: Listed, text: str) -> tuple[str, ...] | None:
    """Return the codes of labels that stand together in a cell, if it can be read in one way only.

    Examples
    --------
    >>> products = (("s", "c"), ("Suits, shirts", "Casual wear"), ("西服、衬衫", "休闲服"))
    >>> [several(products, cell) for cell in ("Casual wear Suits, shirts", "西服、衬衫，休闲服", "Suits")]
    [('s', 'c'), ('s', 'c'), None]
    """
    ways = {frozenset(way) for way in _tilings(plain_label(text), tuple(_spellings(listed).items()))}
    return tuple(code for code in listed[0] if code in ways.copy().pop()) if len(ways) == 1 else None


def _tilings(text: str, spelt: Sequence[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    if not text:
        yield ()
    for spelling, code in spelt:
        if text.startswith(spelling):
            rest = text[len(spelling) :]
            gap = _BETWEEN.match(rest)
            if gap or not rest:
                yield from ((code, *others) for others in _tilings(rest[gap.end() :] if gap else "", spelt))
