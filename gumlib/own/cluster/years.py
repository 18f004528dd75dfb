"""Dates, spans and decades where a year should stand: what came, and what to write instead."""

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import Any, TypeAlias

from gumlib.own.cluster import reckoning
from gumlib.own.cluster.schema import FIRST_YEAR

Said: TypeAlias = tuple[str, str]
"""What came, and what to do."""

_MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATES = (
    r"((?:1[5-9]|20)\d\d)[-/.]\d{1,2}([-/.]\d{1,2})?([T ].*)?",
    r"\d{1,2}[-/.]\d{1,2}[-/.]((?:1[5-9]|20)\d\d|\d\d)",
    r"\d{1,2}[-/.]((?:1[5-9]|20)\d\d)",
    rf"(?:\d{{1,2}}[-. ])?{_MONTH}[-. ]?(?:\d{{1,2}},? )?'?(?:(?:1[5-9]|20)?\d\d)?",
    r"((?:1[5-9]|20)\d\d)年.*",
)
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_FISCAL = r"(?:fy|fiscal[- ]year|financial[- ]year|academic[- ]year|ay|season|财政年度|会计年度|财年)"
_PART = (
    r"(?:[1-4]?q[1-4]?|[12]?h[12]?|spring|summer|autumn|fall|winter|early|mid|late|end|start|上半年|下半年|[上中下]旬"
    "|第?[1-4]季度?|年?[初底末中]|年?前后)"
)
"""Parts of a year, in letters and words."""
_TENS = ("twen", "thir", "for", "fif", "six", "seven", "eigh", "nine")
_DECADE = re.compile(
    r"(?:(?P<century>上|\d\d)世纪)?(?P<digit>\d)0年代(?P<after>.*)"
    r"|(?:the )?(?P<before>early|mid|late)?[- ]?(?:the )?['’]?(?P<tens>\d)0['’]?s",
    re.IGNORECASE,
)
"""A decade by its tens alone."""


def explain_year(field: dict[str, Any], text: str) -> Said | None:
    """Return what is wrong with a year, and what to write; None in a column of other things.

    Examples
    --------
    >>> explain_year({"name": "year", "type": "integer"}, "May 1985")
    ("'May 1985' is a date", 'write the year alone: 1985')
    """
    if field["name"] != "year":
        return None
    span = field["type"] == "string"
    form = "write a year such as 1985" + (", or a span such as 1985-1990" if span else "")
    bare = re.sub(r"年(?=[\W至]|$)", "", text)
    if bare != text and re.fullmatch(r"(1[89]|20)\d\d", bare):
        return f"{text!r} is a year with a character", f"write {bare}"
    if (
        said := _span(text, bare, span)
        or _part_of_year(text, span)
        or _century(text, span)
        or _decades(text, span)
        or _decade(text, span)
        or _typed_into_dates(text)
        or reckoning.explain_era(text, span)
    ):
        return said
    for pattern in _DATES:
        found = re.fullmatch(pattern, text, flags=re.IGNORECASE)
        if found:
            year = re.search(r"(1[5-9]|20)\d\d", text)
            return f"{text!r} is a date", f"write the year alone: {year[0]}" if year else form
    if re.fullmatch(r"0\d{4}|(1[5-9]|20)\d{3}", text):
        return f"{text!r} is no year: it has five figures", "look it up, and write four figures"
    if re.fullmatch(r"\d{5}", text):
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return (
            f"{text!r} is no year; as Excel counts days it is {day}",
            f"write {day.year}, with the cells formatted as text or number, not as date",
        )
    if re.fullmatch(r"'?\d\d", text):
        return f"{text!r} is a year of two figures", "write all four figures"
    if re.fullmatch(r"\d{3,4}", text):
        return f"the year {text} is out of range", f"years run from {1000 if span else FIRST_YEAR} to 2099; correct it"
    return f"{text!r} is no year", form + "; leave the cell empty if the year is not known" * span


def _part_of_year(text: str, span: bool) -> Said | None:
    """Fiscal years, seasons, halves and quarters of a year, and years spelt in Chinese.

    Examples
    --------
    >>> _part_of_year("FY1995", True)[0], _part_of_year("Q1 2010", True)[0], _part_of_year("FY2010/11", True)[1]
    ("'FY1995' is a fiscal year", "'Q1 2010' is a part of a year", 'write 2010-2011')
    """
    plain = text.translate(_FIGURES)
    fiscal = re.fullmatch(rf"{_FISCAL}\W*(.+)|(.+?)\W*{_FISCAL}\)?", plain, re.IGNORECASE)
    if fiscal:
        first, end, *_ = [*re.findall(r"\d+", fiscal[1] or fiscal[2]), "", ""]
        if not re.fullmatch(r"(1\d|20)\d\d", first):
            return f"{text!r} is a fiscal year", "write the year in which most of it lies, with all four figures"
        last = first[: 4 - len(end)] + end if end.strip("0") else str(int(first) + 1)
        if span and end:
            return f"{text!r} is a fiscal year", f"write {first}-{last}"
        return f"{text!r} is a fiscal year", f"write the year in which most of it lies, such as {first}"
    part = re.fullmatch(rf"{_PART}\W*(?:of )?(\d{{4}})|(\d{{4}})年?\W*{_PART}", plain, re.IGNORECASE)
    if part:
        return f"{text!r} is a part of a year", f"write the year alone: {part[1] or part[2]}"
    if plain != text and re.fullmatch(r"(1[89]|20)\d\d年?", plain):
        return f"{text!r} is a year in Chinese figures", f"write {plain[:4]}"
    return None


def _century(text: str, span: bool) -> Said | None:
    """Decades whose century is told otherwise than in figures, as 20世纪八十年代, or not at all, as 90s and 90年代."""
    plain = re.sub(
        rf"\b({'|'.join(_TENS)})ties\b", lambda word: f"{_TENS.index(word[1].casefold()) + 2}0s", text, flags=re.I
    )
    found = _DECADE.fullmatch(plain.translate(_FIGURES).replace("十", "0"))
    if found is None:
        return None
    century = found["century"]
    told = int(century) - 1 if century and century.isdecimal() else 19
    said = _decade(f"{found['before'] or ''}{told}{found['tens'] or found['digit']}0s{found['after'] or ''}", span)
    if said is None:
        return None
    if century:
        return f"{text!r} is {'a part of ' * bool(found['after'])}a decade", said[1]
    return f"{text!r} is a decade without its century", f"{said[1]} if the twentieth century is meant"


def _decade(text: str, span: bool) -> Said | None:
    decade = re.search(r"((?:1[0-9]|20)\d)0(s|'s|年代)", text)
    if decade is None:
        return None
    first = f"{decade[1]}0"
    if decade[0] != text:
        cure = f"write the years that are meant, within {first} to {decade[1]}9"
        return f"{text!r} is a part of a decade", cure if span else f"write one year, such as {first}"
    return f"{text!r} is a decade", f"write {first}-{decade[1]}9" if span else f"write one year, such as {first}"


def _decades(text: str, span: bool) -> Said | None:
    """Decades of which a later one may be shortened, as 1950s/60s.

    Examples
    --------
    >>> _decades("1980s-1990s", True)[1], _decades("1990s/00s", True)[1], _decades("1990s", True)
    ('write the years that are meant, within 1980 to 1999', 'write the years that are meant, within 1990 to 2009', None)
    """
    begun = re.search(r"((?:1[0-9]|20)\d)0", text)
    ends = re.findall(r"(?<!\d)((?:1[0-9]|20)?\d)0(?:s|'s|年代)", text[begun.end() :]) if begun else []
    if begun is None or not ends:
        return None
    first = int(begun[1])
    last = int(ends[-1]) if len(ends[-1]) > 1 else first // 10 * 10 + int(ends[-1])
    last += 10 * (len(ends[-1]) == 1 and last < first)
    if last <= first:
        return None
    cure = (
        f"write the years that are meant, within {first}0 to {last}9" if span else f"write one year, such as {first}0"
    )
    return f"{text!r} names several decades", cure


def _typed_into_dates(text: str) -> Said | None:
    """Days that Excel shows for a year where it was typed into a cell formatted as a date.

    Examples
    --------
    >>> _typed_into_dates("1905-06-10")[1][:60], _typed_into_dates("1985-06-10")
    ('write 1988 if a year was typed into a cell formatted as date', None)
    """
    found = re.fullmatch(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})([T ]0?0:00(:00)?)?", text)
    if not found or len(found[1]) + len(found[4]) < 5:
        return None
    one, month, other = int(found[1]), int(found[3]), int(found[4])
    orders = [(one, month, other)] if one > 99 else [(other, month, one), (other, one, month)]
    counted = []
    for order in orders:
        with suppress(ValueError):
            counted.append((date(*order) - date(1899, 12, 30)).days)
    meant = [str(days) for days in dict.fromkeys(counted) if FIRST_YEAR <= days <= 2099]
    if not meant:
        return None
    typed = f"write {' / '.join(meant)} if a year was typed into a cell formatted as date"
    cure = f"{typed}, {orders[0][0]} if the day is meant; format the cells as text or number"
    return f"{text!r} is a date", cure


def _span(text: str, bare: str, allowed: bool) -> Said | None:
    """Spans of years, written otherwise than we read them or where there can be none."""
    between = re.fullmatch(r"(\d{4})\s*(?:[-–—/~～至－]|to|bis)\s*(\d{4}|\d{1,2})", bare)
    if not between:
        return None
    first, end = between.groups()
    last = first[: 4 - len(end)] + end
    short = len(end) < 4
    last = str(int(last) + 100) if end == "00" else last
    if not all("1000" <= year <= "2099" for year in (first, last)) or (short and last <= first):
        return None
    if short and 1 <= int(end) <= 12:
        cure = f"write {first}, or {first}-{last} if it is a span" if allowed else f"write one year, such as {first}"
        return f"{text!r} is a date or a span of years", cure
    if not allowed:
        return f"{text!r} is a span of years", f"write one year, such as {last}"
    return f"{text!r} is no span as we read it", f"write {first}-{last}: four figures each, a hyphen, no blanks"
