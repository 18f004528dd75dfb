"""Whether a table balances, and whether all its blocks are in one unit."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from gumlib.errors import GumError
from gumlib.gvc import accounts
from gumlib.gvc.table import Array, IOTable
from gumlib.own.table import totals
from gumlib.own.table.numerals import few

TOLERANCE = 0.01
"""Share of a row's output by which what is printed may differ from what its sales add up to."""
SMALL = 1e-6
"""Rows with less than this share of the largest output are not compared: rounding weighs most on them."""
_FACTORS = (1e3, 1e-3, 1e6, 1e-6)
WORLD = (1e6, 1e10)
"""Between these the output of the world lies in millions of dollars, in any year that has tables."""
_MILLIONS = re.compile(r"mill|mio\b|\bmn\b|\bM\.? ?(USD|EUR|US\$)|(?-i:^m)(USD|EUR)|百万", re.IGNORECASE)
WHOLE = 40
"""Regions from which on a table in millions of dollars is taken to cover the world."""
_TAXES = 0.15
"""Share of value added that taxes and margins on what industries buy may be."""
_APART = 10
"""Times by which final use of a region may differ from its value added."""
_BOUNDS = {"final use": (0.02, 0.98, "the other uses"), "world exports": (0.0005, 0.98, "sales at home")}
"""Shares of output between which these lie in any table of countries that we know."""


def against_printed(table: IOTable, printed: pd.Series, name: str, file: str, tolerance: float = TOLERANCE) -> str:
    """Compare output with what the file prints as output; refuse what is off, and name a factor of a thousand.

    Parameters
    ----------
    printed : output by region and industry; its name is the word that says so
    name : row or column of the file that holds it
    tolerance : share of output

    Returns
    -------
    What was compared and how well it agrees, in words

    Raises
    ------
    GumError : a row differs by more than the tolerance; it says which block is in other units, or which part of
        sales is printed, if that explains it
    """
    place = table.index.get_indexer(pd.MultiIndex.from_tuples(printed.index))
    told, held = printed.to_numpy(float)[place >= 0], place[place >= 0]
    buys = np.repeat(table.intermediates.sum(axis=0).reshape(len(table.regions), -1).any(axis=1), len(table.industries))
    if (known := buys[held] | (told != 0)).any():  # a region that only sells, as imports do, has no output here
        told, held = told[known], held[known]
    sizes = np.abs(np.where(np.isfinite(told), told, 0.0))
    least = SMALL * (max(sizes.max(), table.output.max()) or 1.0)
    counts = np.maximum(sizes, table.output[held]) > least

    def off(output: Array) -> Array:
        gaps: Array = np.abs(output[held] - told) / np.maximum(sizes, least) * counts
        return np.where(np.isfinite(told), gaps, np.inf)

    gaps = off(table.output)
    worst = int(gaps.argmax())
    if gaps[worst] <= tolerance:
        among = len(np.union1d(held, np.flatnonzero(table.output > least)))
        rows = "rows" if len(held) == among else f"the {len(held)} of {among} rows with a number there"
        return f"output in {name} is what {rows} add up to; the largest gap is {gaps[worst]:.0e} of it"
    part = next((part for part, sales in _parts(table) if (off(sales) <= tolerance).all()), "")
    if part and printed.name == totals.TOTAL:
        return f"the total in {name} is what rows sell to {part}"
    if part:
        cure = "write Total over it, or mend it"
        raise GumError(f"expected output in {name}, got what rows sell to {part} alone; {cure}", "table", file)
    printed_of = pd.Series(told, table.index[held]).reindex(table.index).to_numpy()
    for block, factor, output in _otherwise(table, printed_of):
        if (off(output) <= tolerance).all():
            said = f"expected one unit throughout, but the output in {name} fits only with {block} times {factor}"
            raise GumError(f"{said}; bring all numbers to one unit", "table", file)
    row = table.index[held[worst]]
    said = (
        f"expected rows that add up to the output in {name}, got {table.output[held[worst]]:,.6g} for {' '.join(row)}"
    )
    many = f"{told[worst]:,.6g} is printed there ({int((gaps > tolerance).sum())} of {len(gaps)} rows are off)"
    advice = "mend the rows, see whether blocks were swapped, or raise --tolerance"
    raise GumError(f"{said}, while {many}; {advice}", "table", file)


def _parts(table: IOTable) -> Iterator[tuple[str, Array]]:
    """Yield parts of sales that a total may be of, and their buyers."""
    yield "industries", table.intermediates.sum(axis=1)
    yield "final users", table.final.sum(axis=(1, 2))
    bought = table.intermediates.reshape(len(table.index), len(table.regions), -1).sum(axis=2)
    used = table.final.sum(axis=2)
    for place, region in enumerate(table.regions):
        yield f"industries of {region}", bought[:, place]
        yield f"final users of {region}", used[:, place]
        yield f"industries and final users of {region}", bought[:, place] + used[:, place]


def value_added_apart(table: IOTable, earned: Mapping[str, pd.Series]) -> list[str]:
    """Tell of value added in the file of which no row, nor rows of one name, is what sales leave but for taxes.

    Parameters
    ----------
    earned : value added by region and industry, from each row that holds it; its name is the word that says so
    """
    whole = {row: told for row, told in earned.items() if totals.WHOLE.fullmatch(str(told.name))}
    names = dict.fromkeys(told.name for told in whole.values())
    together = [pd.concat([told for told in whole.values() if told.name == name]) for name in names]
    found = []
    for printed in (*(told.groupby(told.index).sum() for told in together), *whole.values()):
        place = table.index.get_indexer(pd.MultiIndex.from_tuples(printed.index))
        told, left = printed.to_numpy(float)[place >= 0], table.value_added[place[place >= 0]]
        if len(told) == 1 or np.abs(told - left).sum() <= _TAXES * np.abs(told).sum():  # one number is that of all
            return []
        found.append((told.sum(), left.sum()))
    if not found:
        return []
    said = f"value added from {next(iter(whole))} on is {found[0][0]:,.6g} in all, while sales leave {found[0][1]:,.6g}"
    return [f"{said}: were rows or columns left out?"]


def _otherwise(table: IOTable, printed: Array) -> Iterator[tuple[str, str, Array]]:
    """Yield the output that there would be if a block were in another unit, or were coefficients."""
    made, used = np.where(np.isfinite(printed), printed, 0.0), table.final.sum(axis=(1, 2))
    yield "sales to industries", "the output of the buyer", table.intermediates @ made + used
    blocks = {"all of the table": table.output, "final use": used}
    blocks |= {"sales to industries": table.intermediates.sum(axis=1), "sales abroad": accounts.exports(table)}
    for block, part in blocks.items():
        for factor in _FACTORS:
            yield block, f"{factor:,g}", table.output + (factor - 1) * part


def _regions_apart(table: IOTable) -> list[str]:
    """Tell of regions that use far more or less than they earn: one may be in another unit."""
    apart = []
    for place, (region, rows) in enumerate(zip(table.reporters, accounts.blocks(table), strict=True)):
        used, made = accounts.final(table)[:, place].sum(), table.value_added[rows].sum()
        if min(table.intermediates[:, rows].sum(), used, made) > 0 and not 1 / _APART <= used / made <= _APART:
            apart.append(f"{region} {used / made:.3g}")
    said = f"final use as a share of value added: {few(apart[:3], len(apart))}"
    return [f"{said}: are rows or columns of a region in units a thousand times apart?"] if apart else []


def oddities(table: IOTable, unit: str) -> list[str]:
    """Say what is odd in a table: shares no table has, value added below nought, a world too large for its unit."""
    output = table.output.sum()
    parts = {"final use": table.final.sum(), "world exports": accounts.exports(table).sum()}
    found = []
    for name, part in parts.items():
        low, high, rest = _BOUNDS[name]
        if len(table.reporters) > 1 and not low <= part / output <= high:
            said = f"{name} is {part / output:.3g} of output, between {low:g} and {high:g} in other tables"
            found.append(f"{said}: is it, or are {rest}, in units a thousand times apart?")
    most = table.intermediates.sum(axis=0).max()
    if parts["final use"] > _BOUNDS["final use"][1] * output:
        found.append(f"no industry buys for more than {most:.3g} in all: are these coefficients, and no flows?")
    if len(table.reporters) >= WHOLE and _MILLIONS.search(unit) and not WORLD[0] <= output <= WORLD[1]:
        size = "thousands" if output > WORLD[1] else "billions"
        found.append(f"world output is {output:.3g}, as if the table were in {size} and not in {unit}")
    found += [] if found else _regions_apart(table)
    below = np.flatnonzero(table.value_added < -accounts.nought(table))
    if len(below):
        first = ", ".join(" ".join(table.index[place]) for place in below[:3])
        found.append(f"value added is below nought in {len(below)} of {len(table.index)} columns, as in {first}")
    return found
