"""Where the labels of a plain table stand: in two rows and two columns, or joined in one, below titles or not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, permutations, product

from gumlib.data.grid import tidy
from gumlib.own.table.grid import RawSheet
from gumlib.own.table.numerals import DASHES, NUMERAL
from gumlib.own.table.places import Layout

SEARCHED_ROWS, SEARCHED_COLUMNS = 9, 6
"""Rows and columns of labels and titles that are looked through."""
_BETWEEN = ("_", "|", ":", "/", "', '", ", ", " - ", "-", ".", " ")
"""What may stand between the codes of a joined label."""
_CLEAR = ("_", "|", ":", "', '")
"""What stands in no name, so that a table of one region may have it."""
_MOST = 0.8
"""Share of labels that hold what stands between codes, and of pairs of codes that are there; sums are left out."""
_Pair = tuple[int, int]


def found(sheet: RawSheet, plain: Layout) -> Layout | None:
    """Return the layout of a plain table, or none: the first row of numbers bears the label of the first column.

    Where rows and columns stand in another order, all labels beside the first rows stand above columns.

    Parameters
    ----------
    plain : title and unit of what is found
    """
    deep = range(1, min(SEARCHED_ROWS, len(sheet.head) - 1) + 1)
    for top, left in product(deep, range(1, SEARCHED_COLUMNS + 1)):
        layout = _labelled(sheet.head, top, left, plain) if _begins(sheet.head, top, left) else None
        if layout and not _passes_over(sheet.head, layout):
            return layout
    for top, left in product(deep, range(2, SEARCHED_COLUMNS + 1)):
        if _begins(sheet.head, top, left) and (layout := _otherwise_ordered(sheet, top, left, plain)):
            return layout
    corner = [row[:3] for row in sheet.head[:3]]  # with a label that stands twice, which is told later
    where = len(corner) > 2 and len(corner[0]) > 2 and _begins(sheet.head, 2, 2)
    regions = list(filter(None, sheet.head[0][2:]))
    return (
        plain
        if where
        and len(set(regions)) < len(regions)
        and "" != corner[0][2] == corner[2][0]
        and "" != corner[1][2] == corner[2][1]
        else None
    )


def _otherwise_ordered(sheet: RawSheet, top: int, left: int, plain: Layout) -> Layout | None:
    """Return the layout in which labels of two rows and two columns are the same pairs, in any order."""
    for above, beside in product(permutations(range(top), 2), permutations(range(left), 2)):
        columns = [label for label in zip(*(sheet.head[place][left:] for place in above), strict=True) if all(label)]
        first = _whole_labels(sheet.head[top:], beside)
        regions = {region for region, _ in columns}
        if len(first) < 2 or not set(first) <= set(columns) or len(set(columns)) < len(columns):
            continue
        rows = _whole_labels(sheet.rows(top, left).iloc[:, :left].fillna("").map(tidy).to_numpy().tolist(), beside)
        sellers, sold = ({pair[side] for pair in rows} for side in (0, 1))
        bought = {pair for pair in columns if pair[1] in sold}
        layout = replace(plain, top=top, left=left, region=(above[0], beside[0]), code=(above[1], beside[1]))
        if len(regions) < len(columns) and regions <= sellers and bought <= set(rows):
            return None if _passes_over(sheet.head, layout) or any(map(NUMERAL.fullmatch, regions)) else layout
    return None


def _whole_labels(rows: Sequence[Sequence[str]], beside: _Pair) -> list[tuple[str, str]]:
    """Return the pairs of codes in two columns where both are there."""
    return [(row[beside[0]], row[beside[1]]) for row in rows if row[beside[0]] and row[beside[1]]]


def _begins(head: Sequence[Sequence[str]], top: int, left: int) -> bool:
    """Tell whether numbers begin in a row and column."""
    cells = [cell for cell in head[top][left:] if cell and cell not in DASHES]
    return sum(map(bool, map(NUMERAL.match, cells))) > len(cells) / 2


def _passes_over(head: Sequence[Sequence[str]], layout: Layout) -> bool:
    """Tell whether rows above or columns before the numbers bear labels of the table, and so are part of it."""
    top, left = layout.top, layout.left
    for above, beside in dict.fromkeys([layout.region, layout.code]):
        names = head[above][left:]
        known = {name.partition(layout.between)[0] for name in names} if layout.region == layout.code else set(names)
        outside = [row[beside] for row in head[:top] if sum(map(bool, row)) > 1], head[above][:left]  # one heads others
        for cell in (cell for cells in outside for cell in cells if cell):
            if (cell.partition(layout.between)[0] if layout.region == layout.code else cell) in known:
                return True
    return False


def _labelled(head: Sequence[Sequence[str]], top: int, left: int, plain: Layout) -> Layout | None:
    names, beside = [row[left] for row in head[:top]], list(head[top][:left])
    alike = [(row, column) for row, column in product(range(top), range(left)) if names[row] == beside[column] != ""]
    at = replace(plain, top=top, left=left)
    parted = [pair for pair in _parted(alike) if _pairs(head, at, pair[0][0], pair[1])]
    for first, second in sorted(parted, key=lambda pair: _many(head, left, pair)):
        if not NUMERAL.fullmatch(names[first[0]]):
            return replace(at, region=first, code=second)
    for place in alike:
        if not NUMERAL.fullmatch(names[place[0]]) and (joint := separator(head[place[0]][left:])):
            return replace(at, region=place, code=place, between=joint)
    found = {(row, *pair): _around(head, at, row, *pair) for row in range(top) for pair in permutations(range(left), 2)}
    row, region, code = max(found, key=lambda one: found[one][0], default=(0, 0, 0))
    many, prefix, joint = found.get((row, region, code), (0, "", ""))
    return replace(at, region=(row, region), code=(row, code), prefix=prefix, between=joint) if many else None


def _parted(alike: Sequence[_Pair]) -> Iterator[tuple[_Pair, _Pair]]:
    return ((one, two) for one, two in permutations(alike, 2) if one[0] != two[0] and one[1] != two[1])


def _pairs(head: Sequence[Sequence[str]], at: Layout, above: int, code: _Pair) -> bool:
    """Tell whether two rows make labels: each pair once, regions shared, and numbers only where they are codes."""
    codes = head[code[0]][at.left :]
    whole = zip(filled_down(head[above][at.left :], codes), codes, strict=True)
    labels = [label for label in whole if all(label)]
    beside = [row[code[1]] for row in head[at.top :] if NUMERAL.fullmatch(row[code[1]])]
    shared = len({region for region, _ in labels}) < len(labels) == len(set(labels))
    return shared and set(beside) <= set(codes)


def _many(head: Sequence[Sequence[str]], left: int, pair: tuple[_Pair, _Pair]) -> int:
    """Return how many codes two rows hold: numbers that count columns are more than those of industries."""
    return sum(len(set(head[row][left:])) for row, _ in pair)


def separator(labels: Sequence[str]) -> str | None:
    """Return what stands between the two codes of labels: what most hold, where all regions have the same codes.

    Examples
    --------
    >>> separator(["CHN.c1", "CHN.c2", "USA.c1", "USA.c2", "TOTAL"])
    '.'
    """
    sizes = {}
    for mark in _BETWEEN:
        parts = {label.partition(mark)[::2] for label in labels if mark in label}
        first, second = (len({pair[side] for pair in parts}) for side in (0, 1))
        whole = len(parts) >= _MOST * max(first * second, len(labels))
        if whole and min(first, second) > 1 - (mark in _CLEAR) and len(parts) > first:
            sizes[mark] = (-len(parts), first + second)
    return min(sizes, key=lambda one: sizes[one]) if sizes else None


def _around(head: Sequence[Sequence[str]], at: Layout, row: int, region: int, code: int) -> tuple[int, str, str]:
    """Return in how many rows a column bears the codes beside them, and what stands before and between them there.

    So it is in WIOD's tables for R and Stata, whose columns are AUS1 and vAUS1.
    """
    names = head[row][at.left :]
    beside = [(line[region], line[code]) for line in head[at.top :] if line[region] and line[code]]
    counts = []
    for prefix, between in product(("", "v"), ("", "_", ".", " ", "-")):
        made = [f"{prefix}{first}{between}{second}" for first, second in beside]
        counts.append((len(set(made).intersection(names)) * (made[:1] == names[:1]), prefix, between))
    return max(counts, key=lambda one: one[0])


def filled_down(regions: Sequence[str], codes: Sequence[str]) -> list[str]:
    """Write a region over all its codes where it stands over the first only, as in merged cells.

    A code that comes once among all may be a sum of no region, and stays without one.

    Examples
    --------
    >>> filled_down(["A", "", "B", "", ""], ["c1", "c2", "c1", "c2", "sum"])
    ['A', 'A', 'B', 'B', '']
    """
    if sum(one == two != "" for one, two in pairwise(regions)) > regions.count(""):
        return list(regions)
    whole, last = [], ""
    for region, code in zip(regions, codes, strict=True):
        last = region or last
        whole.append(last if region or (code and codes.count(code) > 1) else "")
    return whole
