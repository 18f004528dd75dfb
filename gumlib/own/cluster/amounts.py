"""What was meant by a cell that holds more than a number: thousands parted by blanks, ranges, hedges, 5万, (40)."""

import re
import unicodedata

_BIG = {"万": 4, "萬": 4, "亿": 8, "億": 8, "千": 3, "百": 2, "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6}
_BIG |= {"bn": 9, "billion": 9, "lakh": 5, "crore": 7}
"""Words for many, by the noughts they stand for."""
_HEDGES = {">": "over", "≥": "over", ">=": "over", "over": "over", "more than": "over", "+": "over", "<": "under"}
_HEDGES |= {"≤": "under", "<=": "under", "under": "under", "less than": "under", "~": "about", "≈": "about"}
_HEDGES |= {"about": "about", "around": "about", "c.": "about", "ca.": "about", "circa": "about", "约": "about"}
_HEDGES |= {"nearly": "nearly", "almost": "nearly", "近": "nearly", "超过": "over", "余": "over", "多": "over"}
_HEDGES |= dict.fromkeys(("approx", "approx.", "approximately", "est", "est.", "大约", "左右", "估计"), "about") | {
    "以上": "over",
    "不到": "under",
}
_PLAIN = r"\d+(?:\.\d+)?"
_DATE = r"\d{4}-\d\d?-\d\d?|\d\d?[-/.]\d\d?[-/.](?:\d\d){1,2}|\d\d?[- ][a-z]{3}|[a-z]{3}[- ]\d\d?|\d\d?月\d\d?日?"


def meant_amount(text: str, *, unit: bool = True) -> tuple[str, str] | None:
    """Return what a cell is and what to write, or None if that is not known.

    Parameters
    ----------
    unit : whether the table has a column for the unit

    Examples
    --------
    >>> meant_amount("1 200"), meant_amount("5万")
    (("'1 200' holds blanks", 'write 1200'), ("'5万' holds a word for many", 'write 50000'))
    >>> meant_amount("about 40")[1]
    'write 40, and (about) into the column unit'
    >>> meant_amount("40-50")[0], meant_amount("2-Jan")[0], meant_amount("40 firms")
    ("'40-50' is a range", "'2-Jan' is a date", None)
    """
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    if is_date(text):
        return (
            f"{text!r} is a date",
            "a spreadsheet may have made it of another number: look it up, and type it as text",
        )
    if re.fullmatch(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?", plain):
        return f"{text!r} holds blanks", f"write {plain.replace(' ', '').replace(',', '.')}"
    if re.fullmatch(r"\d{1,3}(,\d\d)*,\d{3}", plain):
        return f"{text!r} holds commas", f"write {plain.replace(',', '')}"
    if (found := re.fullmatch(rf"({_PLAIN})\s*([^\W\d]+)", plain)) and found[2] in _BIG:
        return f"{text!r} holds a word for many", f"write {_times(found[1], _BIG[found[2]])}"
    if found := re.fullmatch(rf"({_PLAIN})\s*(?:[-–—~/]|to|至|到)\s*({_PLAIN})", plain):
        cure = "write one number, such as the middle, and what the source says into the statement"
        return (f"{text!r} is a fraction or two numbers" if "/" in plain else f"{text!r} is a range"), cure
    if found := re.fullmatch(rf"\(({_PLAIN})\)|[–—]({_PLAIN})", plain):
        return f"{text!r} is a negative number in words of accounts", f"write -{found[1] or found[2]} if it is meant"
    return _hedged(text, plain, unit)


def plain_hedge(unit: str) -> str | None:
    """Return a unit whose hedge is written in our words, or None if it is so already or has none.

    Examples
    --------
    >>> plain_hedge("firms（约）"), plain_hedge("firms(About)"), plain_hedge("firms (about)"), plain_hedge("m (wide)")
    ('firms (about)', 'firms (about)', None, None)
    """
    found = re.fullmatch(r"(.*?\S)\s*[(（]([^()（）]+)[)）]\s*", unit)
    word = unicodedata.normalize("NFKC", found[2]).casefold().strip() if found else ""
    hedge = {**_HEDGES, "target": "target", "目标": "target"}.get(word)
    plain = f"{found[1]} ({hedge})" if found and hedge else unit
    return plain if plain != unit else None


def other_script(text: str) -> tuple[str, str] | None:
    """Return what to write for a number, a year or a span in figures of another script.

    Examples
    --------
    >>> other_script("١٩٩٥")[1], other_script("1995")
    ('write 1995', None)
    """
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    if plain == text or not re.fullmatch(r"[+-]?\d+([-.]\d+)?", plain):
        return None
    return f"{text!r} is written in figures of another script", f"write {plain}"


def percent_as_share(text: str) -> tuple[str, str] | None:
    """Return what to write for a percentage where a share should stand, in a table without a column for the unit.

    Examples
    --------
    >>> percent_as_share("2.5 %")
    ("'2.5 %' holds a percent sign", 'write 0.025, a share of 1')
    """
    found = re.fullmatch(rf"([+-]?{_PLAIN})%", re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace(",", "."))
    if found is None:
        return None
    return f"{text!r} holds a percent sign", f"write {float(found[1]) / 100:.6g}, a share of 1"


def is_date(text: str) -> bool:
    """Tell whether a cell looks like a day."""
    return re.fullmatch(_DATE, unicodedata.normalize("NFKC", text).casefold().strip()) is not None


def _hedged(text: str, plain: str, unit: bool) -> tuple[str, str] | None:
    found = re.fullmatch(rf"(\D*?)\s*({_PLAIN})\s*(\D*)", plain)
    words = {(found[1] or found[3]).strip()} if found and not (found[1] and found[3]) else set()
    for word in words & set(_HEDGES):
        assert found is not None
        hedge = f", and ({_HEDGES[word]}) into the column unit" if unit else ""
        return f"{text!r} is more than a number", f"write {found[2]}{hedge}"
    return None


def _times(number: str, noughts: int) -> str:
    """Return a number with so many noughts more, without rounding.

    Examples
    --------
    >>> _times("1.25", 4), _times("0.5", 8)
    ('12500', '50000000')
    """
    whole, _, part = number.partition(".")
    digits = whole + part.ljust(noughts, "0")
    end = len(whole) + noughts
    return f"{digits[:end].lstrip('0') or '0'}{'.' + digits[end:] if digits[end:] else ''}"
