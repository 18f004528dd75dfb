"""One answer: from the cell of an export to the code of the instrument, with a word on every change."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from gumlib.data.grid import tidy
from gumlib.survey import labels
from gumlib.survey.vocabulary import NO, NO_ANSWER, REFUSED, UNSAID, YES, says_nothing

LETTERED = "answers are written as A1, A2, ... (LimeSurvey); read as 1, 2, ..."
_WORDS = re.compile(r"(others?|其他|其它)\s*(?:[:：]\s*\S.*|〖.+〗|\[.+\]|\(.+\)|（.+）)", re.IGNORECASE | re.DOTALL)
"""The answer "other" with what was written beside it, as in Other: hats, 其他〖帽子〗."""

_NUMBERED = re.compile(r"[(（\[]?(-?\d+)[-–.:=)）、\]\s]+(.+)|(.+?)\s*[(（\[](-?\d+)[)）\]]")
"""Words behind or before a number, as 99 - Refused."""
_DECORATED = re.compile(r"^[(\[]?(\d+)(?:\s?分|[.、)\]])?$")
"""A code as people write it: 4分, (4), 4."""


class Asked(NamedTuple):
    """What an item takes: type, codes in order, English and Chinese labels."""

    item: str
    type: str
    codes: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    chinese: tuple[str, ...] = ()

    @property
    def listed(self) -> labels.Listed:
        """Codes and labels."""
        return self.codes, self.english, self.chinese

    @property
    def bounds(self) -> tuple[int, int]:
        """First and last code as numbers."""
        return int(self.codes[0]), int(self.codes[-1])


class Answer(NamedTuple):
    """An answer as read, and what was understood otherwise than it is written."""

    value: str
    note: str | None


def reading(asked: Asked, column: Iterable[str]) -> str | None:
    """Return whether a column as a whole holds ``codes`` or ``labels``; None where it may be both and they differ.

    Examples
    --------
    >>> steps = Asked("L1", "likert5", tuple("12345"), ("-2", "-1", "0", "1", "2"), ("",) * 5)
    >>> reading(steps, ["-2", "1"]), reading(steps, ["4", "1"]), reading(steps, ["1", "2"])
    ('labels', 'codes', None)
    """
    texts = {tidy(cell) for cell in column} - {""}
    readings = {values: {text: understood(asked, text, values) for text in texts} for values in ("codes", "labels")}
    codes, labels = (sum(read is not None for read in each.values()) for each in readings.values())
    if codes != labels or readings["codes"] == readings["labels"]:
        return "labels" if labels > codes else "codes"
    return None if codes else "codes"


def understood(asked: Asked, text: str, values: str) -> str | None:
    """Return the code or codes of an answer, None if it is none in this reading."""
    if asked.type != "select_multiple":
        return _code(asked, text, values)
    codes = _codes(asked, text, values)
    return None if None in codes else " ".join(map(str, codes))


def astray(asked: Asked, raw: str, values: str) -> str | None:
    """Return the code of a code in a column of labels, or of a label in one of codes; None of all other answers.

    Examples
    --------
    >>> agree = Asked("L1", "likert5", ("1", "2"), ("No", "Yes"), ("否", "是"))
    >>> astray(agree, "2", "labels"), astray(agree, "Yes", "codes"), astray(agree, "Yes", "labels")
    ('2', '2', None)
    """
    text = tidy(raw)
    other = "codes" if values == "labels" else "labels"
    fixed = not text or not asked.codes or asked.type == "integer"
    return None if fixed or understood(asked, text, values) else understood(asked, text, other)


def read_answer(asked: Asked, raw: str, values: str = "codes") -> Answer:
    """Return an answer as a code of the instrument; what is not understood is returned as it is.

    Parameters
    ----------
    values : whether the column holds ``codes`` or ``labels``

    Examples
    --------
    >>> agree = Asked("L1", "likert5", tuple("12345"), ("a", "b", "c", "d", "Agree"), ("", "", "", "", "同意"))
    >>> [read_answer(agree, raw).value for raw in ("4", "A4", "99", "7", "4.0")]
    ['4', '4', '', '7', '4']
    >>> [read_answer(agree, raw, "labels").value for raw in ("Agree", "同意", "4")]
    ['5', '5', '4']
    """
    text = tidy(raw)
    if not text or (asked.type == "text" and text not in UNSAID):
        return Answer(text, None)
    code = _code(asked, text, values)
    if asked.type == "integer" and code is None and not re.search(r"\d", text):
        code = _code(asked, text, "labels")
    if asked.item == "consent" and "no" in asked.codes and text.casefold() in REFUSED:
        return Answer("no", f"{raw!r} is read as no")
    if code is None and (text in UNSAID or _coded_missing(asked, text) or _worded_missing(asked, text)):
        return Answer("", f"{raw!r} means no answer; read as missing")
    if asked.type == "integer" and code in (None, text):
        whole = text if _thousands(asked, text) else re.sub(r"^(-?\d+)(\.0+|,00?)$", r"\1", text)
        return Answer(whole, None if whole == text else f"{raw!r} is read as {whole}")
    if asked.type == "select_multiple":
        return _several(asked, text, raw, values)
    if code is not None and re.fullmatch(r"[Aa][Oo]?\d+", text):
        return Answer(code, LETTERED)
    return Answer(text if code is None else code, None if code in (None, text) else f"{raw!r} is read as {code}")


def _coded_missing(asked: Asked, text: str) -> bool:
    """Tell whether a number stands for no answer: in a count, one below nought, which nobody can mean."""
    number = re.sub(r"[.,]0+$", "", text)
    return number in NO_ANSWER and (asked.type != "integer" or (number.startswith("-") and asked.bounds[0] >= 0))


def _worded_missing(asked: Asked, text: str) -> bool:
    """Tell whether words say that there is no answer, alone or beside a number that is no code of the item."""
    found = _NUMBERED.fullmatch(text)
    number, words = (found[1] or found[4], found[2] or found[3]) if found else ("", text)
    return number not in asked.codes and says_nothing(words)


def _several(asked: Asked, text: str, raw: str, values: str) -> Answer:
    codes = _codes(asked, text, values)
    if None in codes:
        return Answer(text, None)
    value = " ".join(sorted({code for code in codes if code}, key=asked.codes.index))
    return Answer(value, None if value == text else f"{raw!r} is read as {value!r}")


def _codes(asked: Asked, text: str, values: str) -> list[str | None]:
    """Return the codes of several answers in one cell, parted by blanks or signs; a label may hold both."""
    ways = [
        [text],
        *(text.split(sign) for sign in "┋;；|"),
        re.split(r"[;|、；┋]#?\s*", text),
        re.split(r"[;,|/+&、；，┋#·•]\s*|\s+", text),
    ]
    attempts = [[_code(asked, part, values) for part in parts if part] for parts in ways]
    if (known := next((codes for codes in attempts if None not in codes), None)) is not None:
        return known
    together = labels.several(asked.listed, text) if values == "labels" else None
    return list(together) if together else attempts[-1]


def _code(asked: Asked, text: str, values: str) -> str | None:
    """Return the code that a text stands for: the code, LimeSurvey's A1 and -oth-, or the label."""
    small = text.casefold()
    for names in (asked.codes,) if values == "codes" else (asked.english, asked.chinese):
        same = [code for code, name in zip(asked.codes, names, strict=True) if name and tidy(name).casefold() == small]
        if len(same) == 1:
            return same[0]
    if small in ("-oth-", "other", "其他") and "oth" in asked.codes:
        return "oth"
    if values == "labels":
        return labels.code_of(asked.listed, text) or other(asked, text)
    if {*asked.codes} == {"yes", "no"} and small in YES | NO:
        return "yes" if small in YES else "no"
    number = re.sub(r"^(-?\d+)[.,]0+$", r"\1", text)
    if asked.type != "integer":
        number = _DECORATED.sub(r"\1", unicodedata.normalize("NFKC", number))
    if number in asked.codes:
        return number
    at = re.fullmatch(r"ao?0*(\d+)", small)
    return at[1] if at and at[1] in asked.codes else labels.beside(asked.listed, text)


def other(asked: Asked, text: str) -> str | None:
    """Return the code of "other" where words of one's own stand behind it in the cell."""
    words = _WORDS.fullmatch(text)
    return labels.code_of(asked.listed, words[1]) if words else None


def explain(asked: Asked, text: str) -> tuple[str, str]:
    """Say what is wrong with an answer that the schema refuses, and what to do.

    Examples
    --------
    >>> explain(Asked("L1", "likert5", tuple("12345")), "7")
    ("'7' is no answer from 1 to 5", 'look it up in the original and write 1 to 5, or empty the cell')
    """
    if text.startswith("="):
        return f"{text!r} is a formula or an error of the spreadsheet", "put the answer itself into the cell"
    both = labels.beside_label(asked.listed, text) if asked.type != "integer" else None
    if both and (both[0] in asked.codes or len(both[0]) < 3):
        said = f"{text!r} holds {both[0]!r} beside the label of the answer {both[1]}, as if they were two answers"
        return said, "look it up in the original and write one of them, or empty the cell"
    if asked.type == "integer":
        return _number(asked, text)
    if asked.type == "likert5":
        low, high = asked.bounds
        if re.fullmatch(r"-?\d+[.,]\d*[1-9]\d*", text):
            return f"{text!r} is no whole answer", f"write one of {low} to {high}; do not average answers in the table"
        return f"{text!r} is no answer from {low} to {high}", (
            f"look it up in the original and write {low} to {high}, or empty the cell"
        )
    listed = ", ".join(asked.codes)
    alone = "; in a column of one answer, 1 or 0" if asked.type == "select_multiple" else ""
    return f"{text!r} is no answer of {asked.item}", f"write one of {listed}{alone}, or empty the cell"


def _thousands(asked: Asked, text: str) -> bool:
    """Tell whether the point of a number may part thousands, as in 1.000 for a count."""
    return re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) is not None and int(text.replace(".", "")) <= asked.bounds[1]


def _number(asked: Asked, text: str) -> tuple[str, str]:
    if not text.isascii() and text.isdecimal():
        return f"{text!r} is written in figures of another script", f"write {int(text)}"
    if re.fullmatch(r"-?\d+", text):
        low, high = asked.bounds
        return (
            f"{text} lies outside {low} to {high}",
            "correct it, or empty the cell; 88 or 99 for no answer is a number here",
        )
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return f"{text!r} holds separators of thousands", f"write {text.replace(',', '')}"
    if re.fullmatch(r"\d+([.,]\d+)?\s*[%％]", text):
        return f"{text!r} holds a percent sign", f"write {text.rstrip('%％ ')} as a whole number"
    if _thousands(asked, text):
        whole, rounded = text.replace(".", ""), round(float(text))
        return f"{text!r} can be read in two ways", f"write {whole} if the point parts thousands, else {rounded}"
    if re.fullmatch(r"0?[.,]\d+", text) and asked.bounds == (0, 100):
        share = round(float(text.replace(",", ".")) * 100)
        remedy = f"write {share} if it is a share of 1, and the others of the column alike; else round it"
        return f"{text!r} is no whole number", remedy
    if re.fullmatch(r"-?\d+[.,]\d+", text):
        return f"{text!r} is no whole number", "round it to a whole number"
    return f"{text!r} is no number", "write a whole number in figures, or empty the cell"
