"""Names that differ in nothing a reader would mean, such as case, blanks or letters that are drawn alike."""

import unicodedata

_DRAWN_ALIKE = str.maketrans(
    "авекмнорстухѕіјԁһԛԝαβεζηικμνορτυχ\u2010\u2011\u2012\u2013\u2014\u2212",
    "abekmhopctyxsijdhqwabezhikmnoptyx------",
)
"""Letters of other scripts that are drawn as Latin ones, at least as capitals; and dashes."""
_MARKS = " .,;:*'\"’“”†‡"
"""What may be lost or added at an end."""


def cure(*names: str) -> str:
    """Say what to do with names that are meant to be one, and which letter tells them apart if they look alike.

    Examples
    --------
    >>> cure("C13", "\N{CYRILLIC CAPITAL LETTER ES}13")
    'write both alike, in the same letters: one of them is cyrillic capital letter es'
    >>> cure("C13", "c13")
    'write both alike'
    """
    letters = [letter for name in names for letter in name if normalised(letter) not in ("", letter.casefold())]
    strange = [letter for letter in letters if not all(letter in name for name in names)]
    if not strange:
        return "write both alike"
    return f"write both alike, in the same letters: one of them is {unicodedata.name(strange[0]).casefold()}"


def normalised(name: str) -> str:
    """Return a name without what may differ by accident: case, blanks, accents, script, dashes, marks, noughts before.

    Examples
    --------
    >>> normalised("Méxi co") == normalised("MEXICO"), normalised("01") == normalised("1")
    (True, True)
    >>> normalised("\N{CYRILLIC CAPITAL LETTER ES}13") == normalised("C13")
    True
    """
    letters = unicodedata.normalize("NFKD", name.casefold().strip(_MARKS)).translate(_DRAWN_ALIKE)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter) and not letter.isspace())
    return kept.lstrip("0") or "0" if kept.isdigit() else kept
