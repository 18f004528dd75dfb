"""Why a sheet is in no layout, where that can be told: labels written in two ways, no region, cells without numbers."""

import re
from collections.abc import Sequence
from itertools import product

from gumlib.data.grid import tidy
from gumlib.data.twins import cure, normalised
from gumlib.own.table import respelt
from gumlib.own.table.finding import SEARCHED_COLUMNS, SEARCHED_ROWS
from gumlib.own.table.grid import RawSheet, column_letters
from gumlib.own.table.numerals import DASHES, NUMERAL, YEAR

_ORIGIN = re.compile(r"Dom|Imp|(?i:domestic|import(s|ed)?|inland|nacional|importad[oa]s?)|国内|进口|(TTL|DOM|IMP)_\w+")
"""What stands beside the rows of a table of one country."""


def why(sheet: RawSheet) -> str:
    """Return what keeps a sheet from being read and what to do, or nothing."""
    if sheet.width == 1:
        return "all cells of a row stand in one; part them by commas, semicolons or tabs, or save the table as .xlsx"
    if reason := _national(sheet):
        return reason
    begun = _beginning(sheet)
    told = [one(sheet, *begun) for one in (_dated, _written_twice, _without_region, _unlike)] if begun else []
    if begun and min(len(sheet.head) - begun[0], sheet.width - begun[1]) > 1:  # codes may be numbers
        told[2:2] = [
            _written_twice(sheet, begun[0] + down, begun[1] + along) for down, along in ((1, 0), (0, 1), (1, 1))
        ]
    return next(filter(None, told), "") or _no_numbers(sheet) or _wide_list(sheet)


def _national(sheet: RawSheet) -> str:
    """Tell of a table of one country, whose rows are of domestic goods and of imports, as those that WIOD has too."""
    for place in range(min(SEARCHED_COLUMNS, sheet.width)):
        kinds = [row[place] for row in sheet.head if _ORIGIN.fullmatch(row[place])]
        if len(kinds) > 1:
            said = f"column {column_letters(place)} holds {kinds[0]!r} beside rows, as tables of one country do"
            cure = "bring the table of all countries of that year, such as WIOT2014_Nov16_ROW of WIOD, saved as .xlsx"
            return f"{said}; {cure}; or write the country beside domestic rows, and ROW beside imported ones"
    return ""


def _corners(sheet: RawSheet) -> list[tuple[int, int]]:
    """Return the rows and columns where numbers may begin, the nearest first."""
    deep, wide = min(SEARCHED_ROWS, len(sheet.head) - 1), min(SEARCHED_COLUMNS, sheet.width - 1)
    return sorted(product(range(1, deep + 1), range(1, wide + 1)), key=sum)


def _numeric(cells: Sequence[str]) -> bool:
    held = [cell for cell in cells if cell and cell not in DASHES]
    return bool(held) and all(map(NUMERAL.fullmatch, held))


def _beginning(sheet: RawSheet) -> tuple[int, int] | None:
    """Return the row and column from which on there are numbers only."""
    for top, left in _corners(sheet):
        if all(_numeric(row[left:]) for row in sheet.head[top : top + 2] if any(row)) and any(sheet.head[top]):
            return top, left
    return None


def _dated(sheet: RawSheet, top: int, left: int) -> str:
    """Tell of a label that is a date."""
    beside = [(place, row[:left]) for place, row in enumerate(sheet.head) if place >= top]
    for place, cells in [*beside, *((place, [""] * left + row[left:]) for place, row in enumerate(sheet.head[:top]))]:
        if dates := [column for column, cell in enumerate(cells) if respelt.is_date(cell)]:
            return f"{column_letters(dates[0])}{place + 1} holds the date {cells[dates[0]]}; {respelt.AS_TEXT}"
    return ""


def _written_twice(sheet: RawSheet, top: int, left: int) -> str:
    """Tell of labels of the first row and first column of numbers that are alike but for case, blanks or marks."""
    for beside, above in product(sheet.head[top][:left], [row[left] for row in sheet.head[:top]]):
        numbers = beside.isdecimal() and above.isdecimal() and int(beside) == int(above)  # 1 was 01
        spelt = any(map(str.isalpha, beside + above)) and _bare(beside) == _bare(above)
        if beside != above and beside and (numbers or spelt):
            both = f"row {top + 1} is labelled {beside!r} and column {column_letters(left)} {above!r}"
            return f"{both}; {cure(beside, above)}"
    return ""


def _bare(label: str) -> str:
    """Return a label without marks and what else may differ by accident."""
    return re.sub(r"[\W_]+", "", normalised(label))


def _without_region(sheet: RawSheet, top: int, left: int) -> str:
    """Tell of a first row and first column that share a code and no region: it stands nowhere, or in two ways."""
    beside, above = (
        list(filter(None, sheet.head[top][:left])),
        list(filter(None, (row[left] for row in sheet.head[:top]))),
    )
    if not beside or not above or beside[-1] != above[-1]:
        return ""
    cure = "write the region of each, such as CHN, in a row above them and a column before them"
    codes = next((row[left:] for row in sheet.head[:top] if row[left] == beside[0]), [])
    if codes.count(beside[0]) == 1 and all(codes[:2]) and beside[0] != beside[-1]:
        return f"rows and columns have two labels each, such as {beside[0]!r} and {beside[-1]!r}, and no region; {cure}"
    if len(beside) > 1 and len(above) > 1:
        where = f"row {top + 1} and column {column_letters(left)} are both of {beside[-1]!r}"
        rows = sheet.rows(top, left).iloc[:, :left].fillna("").map(tidy).to_numpy()
        if above[0] in rows and any(beside[0] in row[left:] for row in sheet.head[:top]):
            order = "bring rows and columns into one order, and see that each industry has one of both"
            return f"{where}, and of {beside[0]} and {above[0]}, which both have rows and columns; {order}"
        return f"{where}, and have the regions {beside[0]!r} and {above[0]!r}; write them alike"
    return f"rows and columns have one label each, such as {beside[-1]!r}, and no region; {cure}"


def _no_numbers(sheet: RawSheet) -> str:
    """Tell of cells that should hold numbers, below and beside labels that fit."""
    for top, left in _corners(sheet):
        row, names = sheet.head[top], {line[left] for line in sheet.head[:top]} - {""}
        alike = names.intersection(row[:left])
        odd = [place for place in range(left, sheet.width) if row[place] and not NUMERAL.fullmatch(row[place])]
        if len(alike) == 2 and odd and row[odd[0]] not in DASHES:
            where = f"{column_letters(odd[0])}{top + 1}"
            return f"labels fit, but {where} holds no number ({row[odd[0]]}); write numbers without other signs"
    return ""


def _unlike(sheet: RawSheet, top: int, left: int) -> str:
    """Tell of a table whose rows and columns share regions and not one code, as those of supply and use do."""
    beside = [{row[place] for row in sheet.head[top:]} - {""} for place in range(left)]
    above = [set(row[left:]) - {""} for row in sheet.head[:top]]
    regions = [(down, along) for down, along in product(beside, above) if down & along]
    rest = [names for names in (*beside, *above) if not any(names & down & along for down, along in regions)]
    if len(regions) != 1 or top != 2 or left != 2 or len(rest) != 2:
        return ""
    said = f"no column is of what stands in a row: rows are {min(rest[0])}, ..., columns {min(rest[1])}, ..."
    cure = "bring a table of industries by industries or of products by products, with its final uses beside it"
    return f"{said}; {cure}"


def _wide_list(sheet: RawSheet) -> str:
    """Tell of a list of flows that has too many or too few columns to know which is which."""
    header, body = sheet.head[0], [row for row in sheet.head[1:] if any(row)]
    if len(years := [name for name in header if YEAR.fullmatch(name)]) > 1 and not all(map(NUMERAL.fullmatch, header)):
        return f"the columns {', '.join(years[:4])} are of several years; keep one, and head it value"
    values = [place for place in range(sheet.width) if body and all(NUMERAL.fullmatch(row[place]) for row in body)]
    texts = [place for place in range(sheet.width) if body and all(row[place] for row in body) and place not in values]
    if not (all(header) and not any(map(NUMERAL.fullmatch, header)) and values and 2 <= len(texts) <= 12):
        return ""
    said = "a list of flows needs columns of region, industry, buying region, industry or use, value, and nothing else"
    return f"{said}; got {', '.join(header[:12])}; delete the others"
