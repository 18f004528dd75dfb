"""Where the publishers of input-output tables put labels and numbers, and how to tell one layout from another."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from reprlib import repr as shortened
from typing import TypeAlias

from gumlib.errors import GumError, one_of
from gumlib.gvc.checks import TOTALS
from gumlib.own.table import finding
from gumlib.own.table.grid import RawSheet
from gumlib.own.table.numerals import NUMERAL
from gumlib.own.table.places import Layout
from gumlib.own.table.unfit import why

Label: TypeAlias = tuple[str, str]
"""Region and industry of a row; region and industry or final use of a column."""


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
_SUMS = re.compile(r"[rc][6-9]\d", re.IGNORECASE)
"""Rows r60 to r99 and columns c60 to c99 of WIOD and ADB: totals, taxes, margins, value added."""


_OECD_USE = r"HFCE|NPISH|GGFC|GFCF|INVNT|DIRP|DPABR|CONS_ABR|NONRES|P33|FD"
_OECD = re.compile(rf"\w+_({_OECD_USE})|({_OECD_USE})_\w+|DISC")
"""Final uses in all editions of OECD's tables."""
_OECD_CORNER, _OECD_OUTPUT = "V1", {"OUT", "OUTPUT", "TOTAL"}
_ISIC = re.compile(r"[^\W_]+_([A-U]|[A-U]?\d\d([T_.]\d\d)*[A-Z]{0,5})")
"""Industries in all of them."""
_ADB = re.compile(r"\bADB\b.*|Asian Development.*|F[1-5]", re.IGNORECASE)
"""What titles and final uses of its tables are called, and those of WIOD's are not."""
_MOVES = range(-4, 4)
"""Rows by which titles may be more or fewer than the publisher wrote."""


def _bears_labels(layout: Layout, sheet: RawSheet) -> bool:
    """Tell whether the first row of numbers bears the label of the first column of numbers, as the layout says."""
    if len(sheet.head) <= layout.top or len(sheet.head[0]) <= layout.left:
        return False
    first_row, first_column = sheet.head[layout.top], [row[layout.left] for row in sheet.head]
    pairs = [(first_row[place[1]], first_column[place[0]]) for place in (layout.region, layout.code)]
    alike = all(row and not NUMERAL.fullmatch(row) and row == column for row, column in pairs)
    if layout.mark is None:
        return alike and "_" in pairs[0][0] and _of_oecd(sheet.head[0])
    row, column = first_row[layout.mark[1]], first_column[layout.mark[0]]
    return alike and bool(re.fullmatch(layout.numbered, row) and re.fullmatch(r"c\d+", column))


def _of_oecd(labels: Sequence[str]) -> bool:
    """Tell whether labels of columns are those of OECD's tables by more than one sign.

    Examples
    --------
    >>> _of_oecd(["", "CHN_A01", "CHN_HFCE", "CHN_GFCF"]), _of_oecd(["", "CHN_A", "CHN_HFCE", "CHN_INV"])
    (True, False)
    """
    corner, *above = labels
    if corner == _OECD_CORNER and _OECD_OUTPUT.intersection(above):
        return True
    joined = [label for label in above if "_" in label]
    uses = {label for label in joined if _OECD.fullmatch(label)}
    industries = [label for label in joined if label not in uses]
    numbered = any(map(str.isdigit, "".join(label.partition("_")[2] for label in industries)))
    return any("HFCE" in label for label in uses) and numbered and all(map(_ISIC.fullmatch, industries))


def _published(sheet: RawSheet, wanted: dict[str, Layout]) -> Iterator[tuple[str, Layout]]:
    """Yield the publishers' layouts that fit; where titles were cut or added, the one that the titles name."""
    marked = {key: layout for key, layout in wanted.items() if key != "plain"}
    exact = [(key, layout) for key, layout in marked.items() if _bears_labels(layout, sheet)]
    titled = any(_ADB.match(cell) for row in sheet.head for cell in row)
    if exact and not titled:
        yield from exact
        return
    moved = {
        key: _moved(layout, rows, columns)
        for key, layout in marked.items()
        if layout.mark
        for rows in _MOVES
        for columns in (0, 1)
        if layout.code[0] + rows >= 0 and _bears_labels(_moved(layout, rows, columns), sheet)
    }
    rival = "wiod2013" if titled else "adb"
    yield from ((key, layout) for key, layout in moved.items() if len(moved) == 1 or key != rival)


def _moved(layout: Layout, rows: int, columns: int) -> Layout:
    region, code, mark = (
        (place[0] + rows, place[1] + columns) for place in (layout.region, layout.code, layout.mark or layout.code)
    )
    left = layout.left + columns
    return replace(layout, top=layout.top + rows, left=left, region=region, code=code, mark=mark)


def fitting(sheet: RawSheet, wanted: dict[str, Layout] = LAYOUTS) -> Iterator[tuple[str, Layout]]:
    """Yield the layouts that fit a sheet, each where its labels stand."""
    published = list(_published(sheet, wanted))
    yield from published
    if not published and (layout := finding.found(sheet, LAYOUTS["plain"])):
        joined = layout.region == layout.code and layout.between == "_"
        oecd = joined and "oecd" in wanted and _of_oecd(["", *sheet.head[layout.code[0]][layout.left :]])
        name = "oecd" if oecd else "plain"
        if name in wanted:
            yield name, replace(layout, title=LAYOUTS[name].title, unit=LAYOUTS[name].unit)


def choose(sheets: Sequence[RawSheet], name: str | None = None) -> tuple[RawSheet, str, Layout]:
    """Return the sheet that holds a table, the name of its layout, and where it holds what; refuse to guess.

    Raises
    ------
    GumError : no layout fits, several do, or the one that is named does not
    """
    wanted = LAYOUTS if name is None else {one_of(name, tuple(LAYOUTS), "table", "format"): LAYOUTS[name]}
    found = [(sheet, key, layout) for sheet in sheets for key, layout in fitting(sheet, wanted)]
    if len(found) == 1:
        return found[0]
    if name is not None and len(sheets) == 1 and LAYOUTS[name].mark is None:
        return sheets[0], name, LAYOUTS[name]
    file = sheets[0].file if sheets else "file"
    if found:
        names = "; ".join(f"{key} ({sheet.file})" for sheet, key, _ in found)
        raise GumError(f"expected one layout that fits, got several: {names}; name one by --sheet", "table", file)
    if name is None and len(sheets) == 1 and (reason := why(sheets[0])):
        raise GumError(f"expected a table or a list of flows that can be read, but {reason}", "table", file)
    corner = [cell for row in sheets[0].head[:2] for cell in row[:4]] if sheets else []
    said = f"expected labels as in {' or '.join(wanted)}, the first row named as the first column; the first cells are"
    cure = (
        "name the layout by --format, or lay the table out as plain: regions in row 1 and column A, codes in row 2 and "
        "column B; delete titles above them, or above the headings of a list"
    )
    raise GumError(f"{said} {', '.join(map(shortened, corner))}; {cure}", "table", file)


def split_label(label: str, regions: set[str], between: str = "_") -> Label:
    """Split a label such as AUS_01T02 or, in OECD's tables of 2016, HFCE_AUS; one without a region stands for itself.

    Examples
    --------
    >>> split_label("AUS_A01_02", {"AUS"}), split_label("HFCE_AUS", {"AUS"}), split_label("DISC", {"AUS"})
    (('AUS', 'A01_02'), ('AUS', 'HFCE'), ('DISC', 'DISC'))
    """
    label = label.strip("('\" )") if between in ("', '", ", ") else label
    first, _, rest = (part.strip("_ ") for part in label.partition(between))
    before, _, last = (part.strip("_ ") for part in label.rpartition(between))
    if first not in regions and last in regions:
        return last, before
    return (first, rest) if rest else (label, label)


def run_together(label: str, regions: set[str], layout: Layout) -> Label:
    """Split a label such as vAUS1, whose region stands beside the rows; one without a region stands for itself.

    Examples
    --------
    >>> layout = Layout("", 1, 2, (0, 0), (0, 1), between="", prefix="v")
    >>> run_together("vAUS57", {"AU", "AUS"}, layout), run_together("TOT", {"AUS"}, layout)
    (('AUS', '57'), ('TOT', 'TOT'))
    """
    bare = label.removeprefix(layout.prefix)
    for region in sorted(regions, key=len, reverse=True):
        if bare.startswith(f"{region}{layout.between}") and bare != region:
            return region, bare.removeprefix(f"{region}{layout.between}")
    return bare, bare


def is_sum(label: Label, layout: Layout) -> bool:
    """Tell whether a row or column holds sums, taxes or value added, and no sales.

    Examples
    --------
    >>> is_sum(("AUS", "TAXSUB"), LAYOUTS["oecd"]), is_sum(("", "r60"), LAYOUTS["adb"])
    (True, True)
    """
    numbered = layout.mark is not None and _SUMS.fullmatch(label[1])
    return bool(numbered) or any(TOTALS.fullmatch(part) for part in (*label, "_".join(label)))
