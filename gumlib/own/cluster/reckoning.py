"""Years in another reckoning, open at one end, or not sure: what came, and what to write instead."""

import re

_ERAS = {"民国": 1911, "民國": 1911, "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""Year before the first of each."""
_YEAR = r"((?:1\d|20)\d\d)"
_BEFORE = re.compile(
    r"-\d+|公元前.*|.*\d\s*(bce?|b\.c\.(e\.)?|v\.?\s?(chr|u\. ?z)\.?|av\.?\s?j\.?-?c\.?|a\.?c\.)", re.IGNORECASE
)
_OPEN = re.compile(
    rf"(before|after|since|until|till|by|from|pre|post|vor|nach|seit|bis|avant|après|depuis)[- ]{_YEAR}"
    rf"|{_YEAR}\s?年?(以前|之前|以后|之后|以来|起|后|前|[-–+])",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    rf"(~|≈|about|around|approx\.?|um|ca|vers|env\.?|大约)\s?{_YEAR}|{_YEAR}\s?(\?|\*|\(?(est|approx|ca)\.?\)?|左右)"
    rf"|[\[(]{_YEAR}\??[\])]",
    re.IGNORECASE,
)
_TWO = re.compile(rf"{_YEAR}\s*(?:or|and|und|et|[,;&+、]|或|和)\s*{_YEAR}")


def explain_era(text: str, span: bool) -> tuple[str, str] | None:
    """Return what is wrong with a year, and what to write; None where it is none of these.

    Parameters
    ----------
    span : whether the column takes spans of years

    Examples
    --------
    >>> explain_era("300 BCE", True)[0], explain_era("民国74年", False)[1], explain_era("1985?", True)[1]
    ("'300 BCE' lies before our era", 'write 1985', 'write c. 1985')
    """
    if _BEFORE.fullmatch(text):
        return f"{text!r} lies before our era", "years run from 1000 to 2099; tell of older things in a statement"
    if found := re.fullmatch(rf"({'|'.join(_ERAS)})\s?(\d+|元)年?", text):
        year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        return f"{text!r} counts the years of an era", f"write {year}"
    if found := _TWO.fullmatch(text):
        whole = f"write {found[1]}-{found[2]}, or a row for each" if span else "write a row for each"
        return f"{text!r} are two years", whole
    if _OPEN.fullmatch(text):
        cure = "write the first and the last year that are meant, such as 1985-1990" if span else "write one year"
        return f"{text!r} is open at one end", cure
    if _UNSURE.fullmatch(text) and (sure := re.search(_YEAR, text)):
        return f"{text!r} is a year that is not sure", f"write c. {sure[0]}" if span else f"write {sure[0]}"
    return None
