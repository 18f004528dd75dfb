"""Which columns of a list of flows hold what: seller, buyer, value, and what all rows share."""

import re
from dataclasses import dataclass

import pandas as pd

from gumlib.errors import GumError
from gumlib.own.table import numerals
from gumlib.own.table.grid import RawSheet
from gumlib.own.table.numerals import NUMERAL
from gumlib.own.table.stated import BESIDE_FLOWS

_VALUE = re.compile(
    r"(obs[ _]?)?values?|flows?|amounts?|x|z|usd|数值|值|金额|流量|wert|valeur|valor|значение", re.IGNORECASE
)
_REGION = re.compile(r"region|countr|area|partner|origin$|land\b|pays|pa[ií]s|地区|国", re.IGNORECASE)
"""What is in the heading of a column of regions."""
_FRACTION = re.compile(r"[-+]?0[.,]\d{3,}(e[-+]?\d+)?", re.IGNORECASE)
"""What is no code."""
_ORDERS = ((0, 1, 2, 3), (0, 2, 1, 3), (1, 0, 2, 3))
"""Columns of seller and buyer, one kind of code before the other; the last has one kind between the other."""
_CLEARER = 1.5
"""Times as many codes that columns of one kind share."""
_WIDEST = 10


@dataclass(frozen=True)
class Columns:
    """Places of the columns of a list: labels of seller and buyer, two each or one in which both codes are joined."""

    seller: list[int]
    buyer: list[int]
    value: int
    beside: list[int]


def columns(sheet: RawSheet) -> Columns | None:
    """Return the columns of a list of flows, or none where the sheet is no such list."""
    header, body = sheet.head[0], [row for row in sheet.head[1:] if any(row)]
    rest = [place for place, name in enumerate(header) if not BESIDE_FLOWS.fullmatch(name) and (name or place)]
    dated = [place for place in rest if numerals.YEAR.fullmatch(header[place])]
    names = [header[place] for place in rest if place not in dated]
    if not body or not 3 <= sheet.width <= _WIDEST or not all(names) or any(map(NUMERAL.fullmatch, names)):
        return None
    beside = [place for place, name in enumerate(header) if BESIDE_FLOWS.fullmatch(name)]
    named = [place for place in rest if _VALUE.fullmatch(header[place])]
    numeric = [place for place in rest if all(NUMERAL.fullmatch(row[place]) for row in body)]
    value = dated if len(dated) == 1 and not named else named if len(named) == 1 else numeric
    labels = [place for place in rest if place not in value]
    if len(labels) > 4:  # codes apart and joined, of which the joined say which belong together
        labels = [place for place in labels if all("_" in row[place] for row in body)]
    broken = any(all(_FRACTION.fullmatch(row[place]) for row in body) for place in labels)
    if len(value) != 1 or len(labels) not in (2, 4) or broken:
        return None
    half = len(labels) // 2
    return Columns(labels[:half], labels[half:], value[0], beside)


def sides(sheet: RawSheet, frame: pd.DataFrame, where: Columns) -> tuple[list[int], list[int]]:
    """Return the columns of seller and buyer; both regions may stand before both codes, after them, or between them.

    Columns of one kind share more codes than others do.

    Raises
    ------
    GumError : codes of regions are those of industries too, and headings do not tell which is which
    """
    if len(where.seller) == 1:
        return where.seller, where.buyer
    places = [*where.seller, *where.buyer]
    codes = [set(frame[place]) for place in places]
    orders = sorted(_ORDERS, key=lambda order: -_shared(codes, order))
    if _shared(codes, orders[0]) <= _CLEARER * _shared(codes, orders[1]):
        headed = [_REGION.search(sheet.head[0][place]) is not None for place in places]
        orders = [(a, b, c, d) for a, b, c, d in _ORDERS if headed[a] == headed[c] != headed[b] == headed[d]]
    if orders:
        seller, sold, buyer, use = (places[one] for one in orders[0])
        return [seller, sold], [buyer, use]
    said = "expected columns of regions that can be told from those of industries, but both hold the same codes"
    cure = "head them region, industry, to_region and to, or write the codes of regions otherwise"
    raise GumError(f"{said}; {cure}", "table", sheet.file)


def _shared(codes: list[set[str]], order: tuple[int, int, int, int]) -> float:
    """Return the share of codes that columns of one kind have in common: first and third, second and fourth."""
    one, two, three, four = (codes[place] for place in order)
    return len(one & three) / len(one | three) + len(two & four) / len(two | four)
