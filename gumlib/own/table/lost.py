"""Industries whose rows were lost in all regions: their columns would be taken for those of a final use."""

import re
from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np

from gumlib.errors import GumError
from gumlib.own.table.cells import Sales
from gumlib.own.table.layouts import Label
from gumlib.own.table.numerals import few
from gumlib.own.table.units import SMALL

_TAXED = 0.5
"""Share of what a final use buys that taxes and margins on it may add at most."""


def refuse_lost(found: Sales) -> None:
    """Refuse a column without a row that has value added or the output of an industry, or stands among industries.

    Raises
    ------
    GumError : names the column, and what to do if it is an industry or a final use
    """
    sold = {code for _, (_, code) in found.rows}
    places = {label: place for place, label in found.columns if label[1] not in sold}
    homes = {region for _, (region, _) in found.rows}
    uses = [label for label in places if label[0] in homes]
    for row, label in (*_earning(found, uses), *_made(found, uses)):
        name = f"{' '.join(label)} (column {places[label]})"
        said = f"expected a row of sales for what adds value, {name} has some value added or output in {row} and none"
        cure = f"add the rows of {label[1]} if it is an industry, empty its cell in {row} if it is a final use"
        raise GumError(f"{said}; {cure}, or rename {row} if it holds sales", "table", found.file)
    if (early := _among(found, sold)) is not None:
        _refuse_place(early, places[early], found.file)


def _refuse_place(label: Label, place: str, file: str) -> None:
    said = f"expected final uses behind industries, {' '.join(label)} (column {place}) has no row and stands among them"
    cure = f"add the rows of {label[1]} if it is an industry, or move its columns to the other final uses"
    raise GumError(f"{said}; {cure}", "table", file)


def _earning(found: Sales, uses: Collection[Label]) -> Iterator[tuple[str, Label]]:
    """Yield a row of value added and each use that has some in it."""
    for row, told in found.earned.items():
        least = SMALL * told.abs().max()
        yield from ((row, label) for label, value in told.items() if label in uses and abs(value) > least)


def _made(found: Sales, uses: Collection[Label]) -> Iterator[tuple[str, Label]]:
    """Yield a row of output, and a use of which it prints more in all regions than sales to it and taxes on them."""
    bought = dict(zip((label for _, label in found.columns), np.abs(found.values).sum(axis=0), strict=True))
    for row, told in found.printed.items():
        for code in dict.fromkeys(code for _, code in uses) if row.startswith("row") else ():
            labels = [label for label in told.index if label in uses and label[1] == code]
            if sum(told[label] for label in labels) > (1 + _TAXED) * sum(bought[label] for label in labels):
                yield row, labels[0]


def oddities(found: Sales) -> list[str]:
    """Name uses among industries whose codes are made as those of industries are, and those of other uses are not."""
    sold = {code for _, (_, code) in found.rows}
    early, _ = _early(found, sold)
    made, others = (set(map(_shape, codes)) for codes in (sold, {code for _, (_, code) in found.columns} - sold))
    alike = sorted(code for code in early if _shape(code) in made)
    if not alike or others <= made:
        return []
    return [f"columns among those of industries have no row: {few(alike[:3], len(alike))}: did industries lose theirs?"]


def _shape(code: str) -> str:
    """Return a code with a letter for each letter and a figure for each figure; a word of letters alone is itself."""
    return re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "a", code)) if len(code) == 1 or re.search(r"\d", code) else code


def _early(found: Sales, sold: set[str]) -> tuple[set[str], list[list[Label]]]:
    """Return the codes of uses that stand before an industry, and the labels in their orders."""
    sequences = found.sequences or [[label for _, label in found.columns]]
    early: set[str] = set()
    for labels in sequences:
        last = max((place for place, (_, code) in enumerate(labels) if code in sold), default=0)
        early |= {code for _, code in labels[:last]} - sold
    return early, sequences


def _among(found: Sales, sold: set[str]) -> Label | None:
    """Return a column that stands among those of industries, in each region in one place, while other uses do not.

    Labels in the order of their letters say nothing, nor do those of a list in no order.
    """
    columns = [label for _, label in found.columns]
    early, sequences = _early(found, sold)
    late = {code for _, code in columns} - sold - early
    by_name = any(all(labels == sorted(labels, key=key) for labels in sequences) for key in (tuple, _by_code))
    if not (early and late) or by_name or _crossed(sequences):
        return None
    regions = {region for region, code in columns if code in sold}
    orders = {tuple(code for one, code in columns if one == region and code not in late) for region in regions}
    apart = {region for region, code in columns if code in late}
    if (len(orders) > 1 and not found.sequences) or not regions <= apart:
        return None
    return next(label for label in columns if label[1] in early)


def _by_code(label: Label) -> Label:
    return label[::-1]


def _crossed(sequences: list[list[Label]]) -> bool:
    """Tell whether labels stand in no one order."""
    order: TopologicalSorter[Label] = TopologicalSorter()
    for labels in sequences:
        for one, two in pairwise(labels):
            order.add(two, one)
    try:
        order.prepare()
    except CycleError:
        return True
    return False
