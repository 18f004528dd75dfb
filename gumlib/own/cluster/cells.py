"""What is wrong with one cell, in words for the person who filled it in, and what to write instead."""

import re
import unicodedata
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from gumlib.data.grid import tidy
from gumlib.own.cluster import years
from gumlib.own.cluster.amounts import is_date, meant_amount, other_script, percent_as_share, plain_hedge
from gumlib.own.cluster.years import Said
from gumlib.terms import TERMS, VARIABLES

MISSING_WORDS = {*("na", "n/a", "n.a.", "nan", "null", "none", "<na>", "nil", "?", ".", "..", "...", "…"),
           *("-", "--", "–", "—", "——", "未知", "不详", "缺失", "n.d.", "s.d.")}  # fmt: skip
"""Words for nothing known. (无 is none of them: it may be nought.)"""
_DITTO = {
    *('"', "''", "”", "“", "″", "〃", "々", "ditto", "do.", "idem", "id.", "ibid", "ibid.", "dito", "同上", "同前")
}
"""Words for what stands above."""
_WORDS = ("nought", "one", "two", "three", "four", "five")
_NUMBERS = {word: n for n, word in enumerate(_WORDS)} | {"zero": 0} | {c: n for n, c in enumerate("〇一二三四五")}
_DIRECTIONS = {"up": "+1", "positive": "+1", "+": "+1", "strengthens": "+1", "down": "-1", "negative": "-1",
               "-": "-1", "weakens": "-1", "level": "0", "neutral": "0"}  # fmt: skip
_FILL = "fill it in, or delete the row"
"""What to do with a cell that may not be empty."""
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_QUOTES = re.compile("[“”‘’«»„\"']")


def normalise(field: dict[str, Any], raw: str) -> tuple[str, Said | None]:
    """Return a cell as it is read, and what to tell if that is not the way it was written.

    Texts stay as they are. Codes and numbers lose blanks around them and full-width forms; capital
    or small letters, ``3.0`` for 3 and ``NA`` for an empty cell are understood.

    Examples
    --------
    >>> normalise({"name": "score", "type": "integer"}, "3 ")
    ('3', ("'3 ' has blanks around it; read as '3'", 'delete them'))
    """
    kind, allowed = field["type"], field.get("constraints", {}).get("enum")
    if field["name"] == "unit" and (plain := plain_hedge(raw)):
        return plain, (f"{raw!r} is read as {plain!r}", "write (over), (under), (about), (nearly) or (target)")
    if field.get("free"):
        return (raw if tidy(raw) else ""), None
    text = unicodedata.normalize("NFC", tidy(raw)) if field["name"] == "coder" else tidy(raw)
    if field["name"] == "direction" and not text.strip(_DASHES):
        return text, None
    if text.casefold() in MISSING_WORDS and (kind != "string" or allowed):
        return "", (f"{raw!r} is read as an empty cell", _FILL if _required(field) else "leave the cell empty")
    if text != raw:
        what = (
            "blanks around it"
            if raw.strip(" ") == text
            else "hidden or full-width signs (such as a non-breaking space)"
        )
        said: Said | None = (f"{raw!r} has {what}; read as {text!r}", "delete them")
    else:
        said = None
    if allowed and text not in map(str, allowed):
        same = [code for code in allowed if str(code).casefold() == text.casefold()]
        if same:
            return same[0], (f"{raw!r} is read as {same[0]!r}", "write codes as README.md lists them")
    about = re.fullmatch(r"(?:c\.?|ca\.?|circa|about|around|约)\s*(\d{4})年?", text, re.IGNORECASE)
    if about and field.get("whole") and field.get("constraints"):
        return about[1], (f"{raw!r} is read as {about[1]!r}", "say in the statement that the year is not sure")
    if kind == "integer" or field.get("whole"):
        plain = text.replace("\u2212", "-")
        plain = re.sub(r"^([+-]?\d+)(\.0+|,00?)$", r"\1", plain)
        if plain != text:
            return plain, (
                f"{raw!r} is read as {plain!r}",
                "write whole numbers with a hyphen for minus and without a point",
            )
    return text, said


def explain_cell(field: dict[str, Any], text: str, above: str = "") -> Said | None:
    """Return what is wrong with a cell and what to do, or None if nothing special is known of it.

    Parameters
    ----------
    field : name, type and constraints of the column
    text : the cell as read by `normalise`
    above : the cell above it

    Examples
    --------
    >>> explain_cell({"name": "score", "type": "integer"}, "three")
    ("'three' is a word", 'write 3')
    """
    if not text:
        return _blank(field, above)
    if text.startswith("="):
        return f"{text!r} is a formula of the spreadsheet", "put the value itself into the cell"
    if said := ditto(text, above):
        return said
    if (field["type"] in ("integer", "number") or field["name"] == "year") and (said := other_script(text)):
        return said
    bare = _QUOTES.sub("", text)
    if bare != text and (field["name"] != "unit"):
        return f"{text!r} holds quotation marks", f"write {bare} without them"
    rules: tuple[Callable[[dict[str, Any], str], Said | None], ...] = (years.explain_year, _code, _number)
    return next((said for rule in rules if (said := rule(field, text)) is not None), None)


def ditto(text: str, above: str = "") -> Said | None:
    """Return what to do with a mark for what stands above, or None if the cell is none.

    Examples
    --------
    >>> ditto("同上", "smith2004"), ditto("smith2004")
    (("'同上' stands for the cell above", 'write smith2004, for rows may be sorted'), None)
    """
    if tidy(text).casefold() not in _DITTO:
        return None
    return f"{text!r} stands for the cell above", f"write {above or 'the same words again'}, for rows may be sorted"


def _blank(field: dict[str, Any], above: str) -> Said:
    if above:
        cure = "merged cells leave only the first one filled: unmerge them and fill in every row, or fill this cell"
        return f"the cell is empty, the one above holds {above!r}", cure
    return "the cell is empty", "fill it in"


def _code(field: dict[str, Any], text: str) -> Said | None:
    """Codes that are on no list."""
    allowed = [str(code) for code in field.get("constraints", {}).get("enum", [])]
    if field["name"] == "direction":
        meant = _DIRECTIONS.get(text.casefold() if text.strip(_DASHES) else "-")
        if meant:
            return f"{text!r} is no direction", f"write {meant}"
        return f"{text!r} is no direction", "write +1 (strengthens), -1 (weakens) or 0 (states a level)"
    if not allowed:
        return None
    names = {TERMS[code].name: code for code in allowed if code in TERMS}
    names |= {TERMS[code].chinese: code for code in allowed if code in TERMS}
    plain = unicodedata.normalize("NFKC", text).casefold()
    same = [code for code in allowed if plain == code.casefold()]
    near = same or get_close_matches(plain, [*names, *allowed], n=1, cutoff=0.6)
    listed = ", ".join(f"{code} ({TERMS[code].name})" if code in TERMS else code for code in allowed)
    hint = f"did you mean {names.get(near[0], near[0])}? " if near else ""
    if text in ("Z", "O") and field["name"] == "variable":
        hint = f"{text} stands in the ledger only. "
    if field["name"] == "factor" and text in VARIABLES:
        hint = f"{text} is a way: the ledger takes factors, the scores take ways too. "
    return f"{text!r} is no {field['name']} we know", f"{hint}{'Codes' if hint else 'codes'}: {listed}"


def _number(field: dict[str, Any], text: str) -> Said | None:
    """Texts, decimal commas and units where a number should stand; scores off the scale."""
    if field["type"] not in ("integer", "number"):
        return None
    if text.casefold() in _NUMBERS:
        return f"{text!r} is a word", f"write {_NUMBERS[text.casefold()]}"
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        plain, point = text.replace(",", ""), text.replace(",", ".", 1)
        also = f" (or {point}, if the comma is a decimal one)" if text.count(",") == 1 and "." not in text else ""
        return f"{text!r} holds a comma", f"write {plain}, without separators of thousands{also}"
    if re.fullmatch(r"[+-]?\d+(\.\d{3})*,\d+", text):
        point = text.replace(".", "").replace(",", ".")
        if field["type"] == "integer":
            return f"{text!r} is no whole number (and holds a decimal comma)", _half(field)
        return f"{text!r} holds a decimal comma", f"write {point}, with a point"
    if re.fullmatch(r"[+-]?\d+\.\d+", text) and field["type"] == "integer":
        return f"{text!r} is no whole number", _half(field)
    if re.fullmatch(r"[+-]?\d+", text) and "maximum" in field.get("constraints", {}):
        low, high = (field["constraints"][end] for end in ("minimum", "maximum"))
        cure = f"write {low} to {high}, or empty the cell; the codebook says what each means"
        return f"{text} lies outside {low} to {high}", cure
    if re.fullmatch(r"[+-]?\d{1,3}(\.\d{3}){2,}", text):
        return f"{text!r} holds points between thousands", f"write {text.replace('.', '')}"
    if (field["type"] == "number" or is_date(text)) and (said := meant_amount(text, unit=field["name"] == "value")):
        return said
    if re.fullmatch(r"[0-5]\s*(?:[-–—~,]|to|或|至|到|or)\s*[0-5]", text) and field["name"] == "score":
        return f"{text!r} is two scores", _half(field)
    if field["name"] == "pressure" and (said := percent_as_share(text)):
        return said
    if re.match(r"[+-]?\d", text) and field["type"] == "number":
        rest = " and put the rest into the column unit" if field["name"] == "value" else ""
        return f"{text!r} is more than a number", f"write the number alone{rest}"
    other = "delete the row" if _required(field) else "leave the cell empty"
    return f"{text!r} is a text, not a number", f"write a number in figures, or {other}"


def _required(field: dict[str, Any]) -> bool:
    return bool(field.get("constraints", {}).get("required"))


def _half(field: dict[str, Any]) -> str:
    if field["name"] == "score":
        return "there are no half scores: take the highest anchor of the codebook that is met in full"
    return "write a whole number"
