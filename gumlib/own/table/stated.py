"""Year and unit as a file states them: in its name, above a table or beside its rows, in the name of a sheet."""

import re
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from gumlib.data.grid import tidy
from gumlib.errors import GumError
from gumlib.own.table.grid import RawSheet, column_letters
from gumlib.own.table.layouts import LAYOUTS, is_sum
from gumlib.own.table.numerals import few
from gumlib.own.table.places import Layout
from gumlib.own.table.totals import worded

if TYPE_CHECKING:
    from gumlib.own.table.listed import Columns

NONE = "not given"
_UNIT = re.compile(
    r"\b(thousand|million|billion|mio|mrd|mln|mn|bn)s?\b|(?<![\d.,])(10{0,2}[ .,]?|['’])000\b"
    r"|[万亿]元|百万|万美元|亿美元",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"(units?|单位|單位) *[:：=] *(.+)", re.IGNORECASE)
_BRACKETED = re.compile(r"[(（]([^()（）]+)[)）]")
_SIZE = r"(k|m|bn?|th|thousands?|millions?|billions?|mio|mrd|mln|mn|tsd|1[ .,'’]?000|千|万|百万|十亿|亿)\.?"
_COIN = (
    r"((us|u\.s\.)?\s?(\$|dollars?)|usd|eur(os?)?|[€£¥]|gbp|cny|rmb|yuan|jpy|yen|chf|inr|krw|brl|rub|mxn|cad|aud"
    r"|人民币|[美欧日]?元|tonnes?|kt|tj|persons?)"
)
_MONEY = re.compile(rf"({_SIZE}\s?(of\s)?(current\s)?)?{_COIN}|{_COIN},?\s?\(?{_SIZE}\)?", re.IGNORECASE)
"""A unit that stands alone in a cell."""
_HEADING = r"units?([_ ](of[_ ])?measure(ment)?)?|currency|单位|單位|einheit|unit[eé]|unidad"
_POWER = r"units?[_\s]mult(iplier)?"
_DATED = r"years?|(ref_?)?(time|period)(_period)?|年份?|时间|jahr|ann[eé]e|año"
BESIDE_FLOWS = re.compile(f"{_HEADING}|{_POWER}|{_DATED}|freq(uency)?|prices?", re.IGNORECASE)
"""Headings of columns beside a list of flows, which bear neither labels nor flows."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MEMO = re.compile(
    r"\b(?:years?|tables?|data|accounts|jahr|ann[eé]e|año|ano)(?:\s+(?:of|for|in|de|von))?[\s:=]*((?:19|20)\d\d)(?!\d)"
    r"|((?:19|20)\d\d)\s*年",
    re.IGNORECASE,
)
"""A year of which a remark says that it is the table's, and not that of a source or release."""


def year_of_name(name: str) -> str:
    """Return the year that a file is named after: the only one, or OECD's second, or WIOD's two figures."""
    years = _YEAR.findall(name)
    if name.startswith("ICIO"):
        years = years[-1:]
    short = re.match(r"WIOT(\d\d)_", name, re.IGNORECASE)
    if short:
        years = [f"{'19' if short[1] > '50' else '20'}{short[1]}"]
    return years[0] if len(years) == 1 else NONE


def year_inside(sheet: RawSheet, where: "Columns | None", layout: Layout | None = None) -> str:
    """Return the year that a sheet is called or that a column beside flows or rows bears."""
    _, workbook, title = sheet.file.rpartition("sheet ")
    called = year_of_name(title) if workbook else NONE
    headed = [sheet.head[0][where.value]] if where else []
    found = [called, *headed, *_beside(sheet, where, _DATED)]
    if layout:
        above, beside = sheet.head[: layout.top], sheet.head[layout.top][: layout.left]
        dated = [any(_headed(row[place], _DATED) for row in above) for place in range(layout.left)]
        found += compress(beside, dated)
        found += [row[layout.left] for row in above if any(_headed(text, _DATED) for text in row[: layout.left])]
    return next((text for text in found if _YEAR.fullmatch(text)), NONE)


def year_above(sheet: RawSheet, layout: Layout) -> str:
    """Return the only year in the titles above a table: rows that hold one cell or two, and cells before labels."""
    titles = [row if sum(map(bool, row)) <= 2 else row[: layout.left] for row in sheet.head[: layout.top]]
    return _only(_YEAR.findall(" ".join(cell for row in titles for cell in row)))


def year_below(remarks: Iterable[str]) -> str:
    """Return the only year that remarks below a table give as its own."""
    return _only([year for remark in remarks for pair in _MEMO.findall(remark) for year in filter(None, pair)])


def _only(years: Iterable[str]) -> str:
    found = set(years)
    return found.pop() if len(found) == 1 else NONE


def one_year(year: int | None, name: str, inside: str) -> tuple[str, list[str]]:
    """Return the year of a table, and where it was found unless it was given.

    Raises
    ------
    GumError : no year is given, and the name of the file and what it holds say two
    """
    if year is not None:
        return str(year), []
    called = year_of_name(name)
    if NONE not in (called, inside) and called != inside:
        said = f"expected one year, but the name of the file says {called} and the table {inside}"
        raise GumError(f"{said}; give it by --year", "table", "year")
    found = [(where, said) for where, said in (("name of the file", called), ("table", inside)) if said != NONE]
    return (found[0][1], [f"year {found[0][1]} taken from the {found[0][0]}"]) if found else (NONE, [])


def otherwise(when: str, name: str, inside: str = NONE, above: str = NONE, below: str = NONE) -> list[str]:
    """Tell of a name of the file, a table, titles or remarks that speak of another year than the one taken, or none."""
    spoken = {"name of the file": year_of_name(name), "table": inside, "titles": above, "remarks": below}
    others = {where: said for where, said in spoken.items() if said not in (NONE, when)}
    taken = "none is given; if it is the table's, give it by --year" if when == NONE else f"{when} is taken"
    return [f"year in the {where} is {said}, but {taken}" for where, said in others.items()]


def unit_above(sheet: RawSheet, layout: Layout) -> str:
    """Return the unit that stands above a table, if one does; labels of columns are none."""
    texts = (
        part
        for number, row in enumerate(sheet.head[: layout.top])
        for text in row[: layout.left if _labels_columns(number, row, layout) else None]
        for part in (*_BRACKETED.findall(text), _GIVEN.sub(r"\2", text.strip("() ")))
    )
    return next(filter(_UNIT.search, texts), "")


def unit_below(remarks: Iterable[str]) -> str:
    """Return the unit that a remark below a table gives as such, if one does."""
    return next((found[2].strip("() ") for text in remarks if (found := _GIVEN.match(text.strip("() ")))), "")


def _labels_columns(number: int, row: Sequence[str], layout: Layout) -> bool:
    """Tell whether a row holds labels of columns: regions, codes, or a name over most of them."""
    above = row[layout.left :]
    return number in (layout.region[0], layout.code[0]) or (len(above) > 2 and 2 * sum(map(bool, above)) > len(above))


def unit_of_list(sheet: RawSheet, where: "Columns") -> str:
    """Return the unit that a list of flows bears in a column, if one does."""
    power = [f"10 to the power of {cell}" for cell in _beside(sheet, where, _POWER) if cell != "0"]
    return ", ".join([*_beside(sheet, where, _HEADING), *power])


def _beside(sheet: RawSheet, where: "Columns | None", heading: str) -> list[str]:
    """Return the first cells of the columns of a list that have a heading; that all are alike is seen to elsewhere."""
    places = [place for place in where.beside if _headed(sheet.head[0][place], heading)] if where else []
    return [row[place] for row in sheet.head[1:2] for place in places if row[place]]


def unit_beside(sheet: RawSheet, layout: Layout) -> str:
    """Return the unit that a column beside the rows, or a row above the columns, bears; nothing where none does.

    Raises
    ------
    GumError : it bears several, so that numbers cannot be added up
    """
    labels = [layout.region[1], layout.code[1]]
    for place in range(layout.left):
        beside = [row[place] for row in sheet.head[layout.top :]]
        if place not in labels and (_units(beside) or any(_headed(row[place]) for row in sheet.head[: layout.top])):
            rows = sheet.rows(layout.top, layout.left).fillna("").astype(str).map(tidy).to_numpy().tolist()
            sold = [row[place] for row in rows if all(row[side] for side in labels) and not _no_sales(row, labels)]
            if unit := _one(sold, f"column {column_letters(place)}", sheet.file):
                return unit
    for number, row in enumerate(sheet.head[: layout.top]):
        headed = any(map(_headed, row[: layout.left])) or _units(row[layout.left :])
        if headed and number not in (layout.region[0], layout.code[0]):
            return _one(row[layout.left :], f"row {number + 1}", sheet.file)
    return ""


def _units(texts: Sequence[str]) -> bool:
    """Tell whether texts are units, all of them that are not empty."""
    held = [text for text in texts if text]
    return len(held) > 1 and all(map(_MONEY.fullmatch, held))


def _headed(text: str, heading: str = _HEADING) -> bool:
    return re.fullmatch(heading, text, re.IGNORECASE) is not None


def _no_sales(row: Sequence[str], labels: Sequence[int]) -> bool:
    label = row[labels[0]], row[labels[1]]
    return is_sum(label, LAYOUTS["plain"]) or worded("row", ("", label[1]))


def _one(texts: Iterable[str], where: str, file: str) -> str:
    """Return the only text."""
    found = list(dict.fromkeys(filter(None, texts)))
    if len(found) > 1:
        said = f"expected one unit throughout, got {few(found[:4], len(found))} in {where}"
        raise GumError(f"{said}; bring all numbers to one unit", "table", file)
    return found[0] if found else ""
