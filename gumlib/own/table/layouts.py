"""Where the publishers of input-output tables put labels and numbers, and how to tell one layout from another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from reprlib import repr as shortened
from typing import TypeAlias

from gumlib.errors import GumError, one_of
from gumlib.gvc.checks import TOTALS
from gumlib.own.table.grid import RawSheet

Label: TypeAlias = tuple[str, str]
"""Region and industry of a row; region and industry or final use of a column."""


@dataclass(frozen=True)
class Layout:
    """Where a sheet holds what: `top` rows of labels over `left` columns of labels, and the numbers beside them.

    Parameters
    ----------
    region, code : row within the top and column within the left that hold them; where both are the same, they stand
        in one text with an underscore between
    mark, numbered : where codes tell layouts of one shape apart: those of columns are c1, c2, ..., the first row's so
    """

    title: str
    top: int
    left: int
    region: tuple[int, int]
    code: tuple[int, int]
    unit: str = "not given"
    mark: tuple[int, int] | None = None
    numbered: str = ""


USD = "million US dollars"
CITE = {
    "oecd": "OECD, Inter-Country Input-Output tables, name the edition.",
    "wiod2013": "Timmer, M. P. and others (2015). An illustrated user guide to the World Input-Output Database. Review "
    "of International Economics 23, 575-605.",
    "wiod2016": "Timmer, M. P. and others (2016). An anatomy of the global trade slowdown based on WIOD 2016. "
    "GGDC Research Memorandum 162.",
    "adb": "Asian Development Bank, Multiregional Input-Output Tables, name year and edition.",
    "plain": "Name the source of your table.",
}
LAYOUTS = {
    "oecd": Layout("OECD ICIO", top=1, left=1, region=(0, 0), code=(0, 0), unit=USD),
    "wiod2013": Layout("WIOD, release of 2013", 6, 4, (4, 2), (5, 3), USD, (5, 3), r"c\d+"),
    "wiod2016": Layout("WIOD, release of 2016", 6, 4, (4, 2), (2, 0), USD, (5, 3), r"r\d+"),
    "adb": Layout("ADB MRIO", 7, 4, (5, 2), (6, 3), USD, (6, 3), r"c\d+"),
    "plain": Layout("plain labelled table", top=2, left=2, region=(0, 0), code=(1, 1)),
}
_NUMBER = re.compile(r"[-+]?[\d.,]+(e[-+]?\d+)?", re.IGNORECASE)
_SUMS = re.compile(r"[rc][6-9]\d", re.IGNORECASE)
"""Rows r60 to r99 and columns c60 to c99 of WIOD and ADB: totals, taxes, margins, value added."""


def fits(layout: Layout, sheet: RawSheet) -> bool:
    """Tell whether the first row of numbers bears the label of the first column of numbers, as the layout says."""
    if len(sheet.head) <= layout.top or len(sheet.head[0]) <= layout.left:
        return False
    first_row, first_column = sheet.head[layout.top], [row[layout.left] for row in sheet.head]
    pairs = [(first_row[place[1]], first_column[place[0]]) for place in (layout.region, layout.code)]
    alike = all(row and not _NUMBER.fullmatch(row) and row == column for row, column in pairs)
    if layout.region == layout.code:
        alike = alike and "_" in pairs[0][0] and not sheet.head[0][0].startswith("region")
    elif layout.mark is None:
        alike = alike and not any(_NUMBER.fullmatch(cell) for row in sheet.head[: layout.top] for cell in row)
    if alike and layout.mark is not None:
        row, column = first_row[layout.mark[1]], first_column[layout.mark[0]]
        alike = bool(re.fullmatch(layout.numbered, row) and re.fullmatch(r"c\d+", column))
    return alike


def choose(sheets: Sequence[RawSheet], name: str | None = None) -> tuple[RawSheet, str]:
    """Return the sheet that holds a table and the name of its layout; refuse to guess.

    Raises
    ------
    GumError : no layout fits, several do, or the one that is named does not
    """
    wanted = LAYOUTS if name is None else {one_of(name, tuple(LAYOUTS), "table", "format"): LAYOUTS[name]}
    if name is not None and len(sheets) == 1 and LAYOUTS[name].mark is None:
        return sheets[0], name
    found = [(sheet, key) for sheet in sheets for key, layout in wanted.items() if fits(layout, sheet)]
    if len(found) == 1:
        return found[0]
    file = sheets[0].file if sheets else "file"
    if found:
        names = "; ".join(f"{key} ({sheet.file})" for sheet, key in found)
        raise GumError(f"expected one layout that fits, got several: {names}; name one by --sheet", "table", file)
    corner = [cell for row in sheets[0].head[:2] for cell in row[:4]] if sheets else []
    said = f"expected labels as in {' or '.join(wanted)}, the first row named as the first column; the first cells are"
    cure = "name the layout by --format, or lay the table out as plain: regions in row 1 and column A, codes in row 2 "
    raise GumError(f"{said} {', '.join(map(shortened, corner))}; {cure}and column B", "table", file)


def joined(label: str, regions: set[str]) -> Label:
    """Split a label such as AUS_01T02 or, in OECD's tables of 2016, HFCE_AUS; one without a region stands for itself.

    Examples
    --------
    >>> joined("AUS_A01_02", {"AUS"}), joined("HFCE_AUS", {"AUS"}), joined("DISC", {"AUS"})
    (('AUS', 'A01_02'), ('AUS', 'HFCE'), ('DISC', 'DISC'))
    """
    first, _, rest = label.partition("_")
    before, _, last = label.rpartition("_")
    if first not in regions and last in regions:
        return last, before
    return (first, rest) if rest else (label, label)


def is_sum(label: Label, layout: Layout) -> bool:
    """Tell whether a row or column holds sums, taxes or value added, and no sales.

    Examples
    --------
    >>> is_sum(("AUS", "TAXSUB"), LAYOUTS["oecd"]), is_sum(("", "r60"), LAYOUTS["adb"])
    (True, True)
    """
    numbered = layout.mark is not None and _SUMS.fullmatch(label[1])
    return bool(numbered) or any(TOTALS.fullmatch(part) for part in label)
