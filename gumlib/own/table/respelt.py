"""Codes that a spreadsheet has written otherwise: 10-12 as the date 10-Dec, 1.10 as the number 1.1."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gumlib.errors import GumError

if TYPE_CHECKING:
    from gumlib.own.table.cells import Sales

_MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|mär|mrz|mai|okt|dez|janv|févr|mars|avr|juin|juil|août|déc"
    r"|ene|abr|ago|dic|gen|mag|giu|lug|set|ott)\.?"
)
_DATE = re.compile(
    rf"\d{{4}}[-/]\d\d?[-/]\d\d?( 00:00:00)?|\d\d?[-/. ]+{_MONTH}|{_MONTH}-\d\d(\d\d)?"
    r"|\d\d?[./]\d\d?[./]\d{4}|\d\d?月\d\d?日",
    re.IGNORECASE,
)
_ERROR = re.compile(r"#(REF|NAME|N/A|VALUE|DIV/0|NUM|NULL|SPILL|BEZUG|WERT|NV|ZAHL)[!?]?", re.IGNORECASE)
AS_TEXT = "a spreadsheet makes dates of codes such as 10-12; write the code, as text"


def is_date(text: str) -> bool:
    """Tell whether a label is a date.

    Examples
    --------
    >>> [is_date(text) for text in ("10-Dec", "2023-01-03 00:00:00", "3月1日", "10-12", "01.13.12", "May", "SET-01")]
    [True, True, True, False, False, False, False]
    """
    spelt = text.isupper()  # no spreadsheet writes a month in capitals
    return not spelt and _DATE.fullmatch(text) is not None


def refuse_dates(found: "Sales") -> None:
    """Refuse labels that are dates, or errors of formulas.

    Raises
    ------
    GumError : names the row or column
    """
    for name, axis in (("row", found.rows), ("column", found.columns)):
        for place, label in axis:
            if errors := [text for text in label if _ERROR.fullmatch(text)]:
                said = f"expected regions and codes, got {errors[0]}, the error of a formula ({name} {place})"
                raise GumError(f"{said}; write the code", "table", found.file)
            if any(map(is_date, label)):
                said = f"expected regions and codes, got the date {next(filter(is_date, label))} ({name} {place})"
                raise GumError(f"{said}; {AS_TEXT}", "table", found.file)


def shortened(found: "Sales") -> list[str]:
    """Name a code that may have lost a nought at its end: 1.1 behind 1.9."""
    codes = list(dict.fromkeys(code for _, (_, code) in found.rows))
    pairs = ((one.partition("."), two.partition(".")) for one, two in pairwise(codes) if "." in one and "." in two)
    return [
        f"the code {'.'.join(two[::2])} stands behind {'.'.join(one[::2])}: was it {two[0]}.{two[2]}0?"
        for one, two in pairs
        if one[0] == two[0] and one[2].isdigit() and two[2].isdigit() and int(one[2]) + 1 == 10 * int(two[2])
    ]
