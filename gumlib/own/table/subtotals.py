"""Sums of some regions, industries or uses that are written beside them: in one region alone, or of final uses only."""

import numpy as np

from gumlib.errors import GumError
from gumlib.gvc.table import Array, IOTable
from gumlib.own.table.aggregates import sum_of
from gumlib.own.table.numerals import few
from gumlib.own.table.rounding import ROUNDED_OFF, adds_up, rounding_step


def refuse_subtotals(table: IOTable, file: str) -> None:
    """Refuse a region that only uses what others use, an industry of one region and a use that add up others.

    Raises
    ------
    GumError : names it, and what it adds up
    """
    used = table.final.transpose(1, 2, 0)
    if parts := _union(table, used):
        whole, shown = _named(parts)
        said = f"expected each region once, but {whole} buys what {shown} buy together"
        raise GumError(f"{said}; delete its rows and columns, or those of its parts", "table", file)
    sold = _industry(table) or _world(table, table.sales)
    if parts := sold or _world(table, table.intermediates.T):
        whole, shown = _named(parts)
        sells = f"expected each industry once, but {whole} sells what {shown} sell together"
        said = sells if sold else f"expected each industry once, but {whole} buys what {shown} buy together"
        raise GumError(f"{said}; delete its rows and columns, or those of its parts", "table", file)
    if parts := _use(table, used):
        whole, shown = _named(parts)
        said = f"expected each final use once, but {whole} holds what {shown} hold together"
        raise GumError(f"{said}; delete its columns, or those of its parts", "table", file)


def oddities(table: IOTable) -> list[str]:
    """Name a final use that adds up others in so few rows that this may be chance."""
    if not (parts := _use(table, table.final.transpose(1, 2, 0), few=True)):
        return []
    whole, shown = _named(parts)
    return [f"{whole} holds what {shown} hold together: is it their sum?"]


def _named(parts: list[str]) -> tuple[str, str]:
    whole, *members = parts
    return whole, few(members[:4], len(members))


def _world(table: IOTable, flows: Array) -> list[str]:
    """Return the industry whose flows add up those of all others, if one does, and a word for these."""
    total, step = flows.sum(axis=0), rounding_step(flows)
    half = np.abs(2 * flows.sum(axis=1) - total.sum()) <= ROUNDED_OFF * np.abs(total).sum()
    for place in np.flatnonzero(half).tolist() if np.count_nonzero(flows.any(axis=1)) > 2 else ():
        if adds_up(flows[place], total - flows[place], len(flows) - 1, step):
            return [" ".join(table.index[place]), "all others"]
    return []


def _union(table: IOTable, used: Array) -> list[str]:
    """Return a region that sells nothing and uses what others use, in any use or all, and their names."""
    made = np.count_nonzero(table.output.reshape(len(table.regions), -1), axis=1)
    silent = [table.regions[place] for place in np.flatnonzero(made == 0)]
    if not silent:
        return []
    for flows in (*(used[:, [place]] for place in range(used.shape[1])), used.sum(axis=1, keepdims=True)):
        if (parts := sum_of(table.regions, flows)) and parts[0] in silent:
            return parts
    return []


def _industry(table: IOTable) -> list[str]:
    """Return an industry that sells what others of its region sell, and their names."""
    blocks = table.sales.reshape(len(table.regions), len(table.industries), 1, -1)
    for region, flows in zip(table.regions, blocks, strict=True):
        if parts := sum_of(table.industries, flows):
            return [f"{region} {industry}" for industry in parts]
    return []


def _use(table: IOTable, used: Array, few: bool = False) -> list[str]:
    """Return a final use that is the sum of others, in all regions or in one, and their names."""
    if parts := sum_of(table.categories, used.swapaxes(0, 1), few):
        return parts
    for region, flows in zip(table.regions, used, strict=True):
        if parts := sum_of(table.categories, flows[:, None], few):
            return [f"{region} {use}" for use in parts]
    return []
