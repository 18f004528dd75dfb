"""How numbers are written: with a point or a comma, with or without marks between thousands; told by all of them."""

import re
from collections.abc import Collection, Iterable, Sequence
from numbers import Real

import numpy as np

from gumlib.errors import GumError

NUMERAL = re.compile(r"[-+]?[\d.,]*\d[\d., '’]*(e[-+]?\d+)?$", re.IGNORECASE)
"""What looks like a number in some way of writing."""
YEAR = re.compile(r"(19|20)\d\d")
"""What heads flows of a year."""
DASHES = ("-", "–", "—", "\u2212")
"""What accountants write for nought."""
_SIGN, _POWER = r"[-+]?", r"([eE][-+]?\d+)?"
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""What may be a fraction, or thousands."""
USUAL = "decimal points"
_WAYS = {
    USUAL: ("", ".", rf"{_SIGN}(\d+\.?\d*|\.\d+){_POWER}"),
    "decimal commas": ("", ",", rf"{_SIGN}(\d+,?\d*|,\d+){_POWER}"),
    "commas between thousands": (",", ".", rf"{_SIGN}\d{{1,3}}(,\d{{3}})*(\.\d+)?"),
    "commas between lakhs": (",", ".", rf"{_SIGN}(\d{{1,2}}(,\d\d)*,\d{{3}}|\d{{1,3}})(\.\d+)?"),
    "points between thousands": (".", ",", rf"{_SIGN}\d{{1,3}}(\.\d{{3}})*(,\d+)?"),
    "spaces between thousands": (" ", ".", rf"{_SIGN}\d{{1,3}}( \d{{3}})*(\.\d+)?"),
    "spaces between thousands, decimal commas": (" ", ",", rf"{_SIGN}\d{{1,3}}( \d{{3}})*(,\d+)?"),
    "apostrophes between thousands": ("'", ".", rf"{_SIGN}\d{{1,3}}('\d{{3}})*(\.\d+)?"),
}
"""Mark between thousands, decimal mark, and the shape of each way of writing."""


def number(text: str, way: str) -> float:
    """Return the number that a text stands for.

    Examples
    --------
    >>> number("1.234,5", "points between thousands")
    1234.5
    """
    thousands, decimal, _ = _WAYS[way]
    return float(_plain(text).replace(thousands, "").replace(decimal, "."))


def ways(texts: Iterable[str]) -> list[str]:
    """Return the ways in which all texts can be read as numbers, one for each outcome.

    Examples
    --------
    >>> ways(["1,5", "12"]), ways(["1,234", "12"]), ways(["1,234", "0.5"]), ways(["1", "x"])
    (['decimal commas'], ['decimal commas', 'commas between thousands'], ['commas between thousands'], [])
    """
    all_texts = set(map(_plain, texts))
    outcomes: dict[tuple[float, ...], str] = {}
    for way, (_, _, shape) in _WAYS.items():
        if all(map(re.compile(shape).fullmatch, all_texts)):
            outcomes.setdefault(tuple(number(text, way) for text in sorted(all_texts)), way)
    return list(outcomes.values())


def way(texts: Collection[str], file: str) -> str:
    """Return the way in which all texts that look like numbers can be read; where there is none, that of most.

    Raises
    ------
    GumError : they can be read in two ways
    """
    numerals = [text for text in texts if NUMERAL.fullmatch(text)]
    found = ways(numerals)
    if readings := _doubtful(sorted(numerals), found):
        one, *values = readings
        read_so = " or ".join(f"{value:.12g}" for value in values)
        said = f"expected numbers that can be read in one way, got {one!r}, which may be {read_so}"
        raise GumError(f"{said}; write numbers with a point and no spaces or commas", "table", file)
    return found[0] if found else max(_WAYS, key=lambda way: sum(_fits(text, way) for text in numerals))


def _doubtful(numerals: Sequence[str], found: Sequence[str]) -> tuple[str, float, float] | None:
    """Return a text and two numbers that it may be: all ways fit, or every mark stands before three figures."""
    if len(found) > 1:
        readings = ((text, number(text, found[0]), number(text, found[1])) for text in numerals)
        return next(one for one in readings if one[1] != one[2])
    if len(found) != 1 or _WAYS[found[0]][0]:  # a mark between thousands tells that the other is no such mark
        return None
    marked = [text for text in numerals if _WAYS[found[0]][1] in text]
    if not marked or not all(map(_GROUPED.fullmatch, marked)):
        return None
    return marked[0], number(marked[0], found[0]), float(re.sub("[.,]", "", marked[0]))


def _fits(text: str, way: str) -> bool:
    return re.fullmatch(_WAYS[way][2], _plain(text)) is not None


def parse_number(cell: object, way: str) -> object:
    """Return the number of a cell that holds a text in a way of writing; any other cell as it is."""
    return number(cell, way) if isinstance(cell, str) and _fits(cell, way) else cell


def is_number(cell: object) -> bool:
    """Tell whether a cell holds a number, and no text, date, or true or false."""
    return isinstance(cell, Real) and not isinstance(cell, bool | np.bool_)


def no_number(cells: Sequence[str], among: int, file: str, read: Sequence[str]) -> GumError:
    """Return the error of a table in which so many cells, of which some are named, hold none as others are read."""
    said = f"expected numbers, got {among} cell{'s' * (among > 1)} without: {few(cells, among)}"
    cure = (
        "write numbers with a point and no spaces or commas, and a minus before those below nought; "
        "leave a cell empty where nothing is sold"
    )
    return GumError("; ".join([said, *read, cure]), "table", file)


def told(way: str) -> list[str]:
    """Return what is to be said of a way of writing that is not the usual one."""
    return [] if way == USUAL else [f"numbers read with {way}"]


def _plain(text: str) -> str:
    return text.replace("’", "'")


def few(names: Sequence[str], among: int) -> str:
    """List names, and how many more there are.

    Examples
    --------
    >>> few(["A", "B"], 5)
    'A, B and 3 more'
    """
    return ", ".join(names) + (f" and {among - len(names)} more" if among > len(names) else "")
