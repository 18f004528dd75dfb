"""What is left of a name once all is taken off that may differ by accident."""

import unicodedata


def bare(name: str) -> str:
    """Return a name without what may differ by accident: case, blanks, accents, width, noughts before a number.

    Examples
    --------
    >>> bare("Méxi co") == bare("MEXICO"), bare("01") == bare("1"), bare("c1") == bare("c2")
    (True, True, False)
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter) and not letter.isspace())
    return kept.lstrip("0") or "0" if kept.isdigit() else kept
