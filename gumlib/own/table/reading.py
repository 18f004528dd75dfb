"""Read a table of the reader's own: any layout we know, with where it came from and what was seen on the way."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral
from os import PathLike
from pathlib import Path

from gumlib.errors import GumError, one_of
from gumlib.gvc.table import IOTable
from gumlib.own.table import alike, flows, peers, trade, units
from gumlib.own.table.assembly import assembled
from gumlib.own.table.cells import Cells, cells
from gumlib.own.table.grid import RawSheet, sheets
from gumlib.own.table.layouts import LAYOUTS, choose, fitting
from gumlib.own.table.totals import without_sums

FORMATS = (*LAYOUTS, *peers.PARSERS)
"""Layouts read here, and those that pymrio reads."""
_UNIT = re.compile(r"\b(thousand|million|billion|mio|mrd|mln|mn|bn)s?\b|[万亿]元|百万|万美元|亿美元", re.IGNORECASE)
_PARTS = {"CHN": r"CN\d", "MEX": r"MX\d"}
"""Regions that OECD's tables give in parts."""


@dataclass(frozen=True)
class Reading:
    """A table, where it came from, and what was seen when it was read.

    Parameters
    ----------
    file, sha256 : name and checksum; of a folder, the checksum of all names and contents in it
    format : one of `FORMATS`
    year, unit : as given or found, or "not given"
    notes : what was left out, filled in, found to agree; in words
    oddities : what may be wrong, such as units a thousand times apart
    """

    table: IOTable
    file: str
    sha256: str
    format: str
    year: str
    unit: str
    notes: tuple[str, ...]
    oddities: tuple[str, ...]


def read(
    path: str | PathLike[str],
    format: str | None = None,
    *,
    year: int | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    tolerance: float = units.TOLERANCE,
) -> Reading:
    """Read an input-output table of many regions from a file or folder, and check balance and units.

    Parameters
    ----------
    format : one of `FORMATS`; found out where it can be, and refused where several fit
    year : of the table; taken from the name of the file if it holds one
    sheet : of a workbook with several
    encoding : of a text where it cannot be told
    tolerance : by which output printed in the file may differ from what rows add up to, as a share

    Raises
    ------
    GumError : the file, a label or a number is at fault, named by row and column; the format cannot be told; what is
        printed as output does not fit; pymrio or openpyxl is needed and not installed
    """
    file = Path(path)
    if not file.exists():
        raise GumError(f"expected a file or folder, there is no {file}; see whether it is spelt right", "table", "path")
    if format is not None:
        format = one_of(format.strip().casefold(), FORMATS, "table", "format")
    _sound(year, tolerance)
    when = str(year) if year is not None else _year(file.name)
    if format in peers.PARSERS or (format is None and (file.is_dir() or file.suffix == ".zip")):
        name, folder = (format, file) if format else peers.source_of(file, when)
        if not when.isdigit() and len(found_years := peers.years(file, name)) == 1:
            when = found_years.pop()
        table, unit = peers.parsed(folder, name, when)
        notes: list[str] = [f"read by pymrio's {peers.PARSERS[name].parser}"]
    else:
        found, name, unit = _cells(sheets(file, sheet, encoding), format)
        alike.check(found)
        trade.check(found)
        table, more = assembled(found)
        notes = [*found.notes, *more]
        for place, printed in found.printed.items():
            notes.append(units.against_printed(table, printed, place, file.name, tolerance))
    if not (table.intermediates.any() or table.final.any()):
        raise GumError(
            "expected sales, got noughts only; see whether formulas were saved as values", "table", file.name
        )
    if year is None and when.isdigit():
        notes.append(f"year {when} taken from the name of the file")
    if name == "oecd":
        table = _gathered(table, notes)
    return Reading(table, file.name, _sha256(file), name, when, unit, tuple(notes), tuple(units.oddities(table, unit)))


def _sound(year: int | None, tolerance: float) -> None:
    """Refuse a year that no table can be of, and a tolerance that is no share."""
    whole = isinstance(year, Integral) and not isinstance(year, bool)
    if year is not None and not (whole and 1800 <= year <= 2200):
        raise GumError(f"expected a year of four figures, got {year!r}; correct --year", "table", "year")
    if not 0 <= tolerance <= 1:
        said = f"expected a share of output from 0 to 1, got {tolerance:g}"
        raise GumError(f"{said}; correct --tolerance", "table", "tolerance")


def _cells(grids: list[RawSheet], format: str | None) -> tuple[Cells, str, str]:
    """Return labelled sales of the sheet that holds a table or a list of flows, their format and their unit."""
    lists = [(grid, where) for grid in grids if format in (None, "plain") and (where := flows.columns(grid))]
    tables = [grid for grid in grids if lists and grid not in [one for one, _ in lists] and any(fitting(grid))]
    if len(lists) == 1 and not tables:
        return without_sums(flows.listed(*lists[0])), "plain", LAYOUTS["plain"].unit
    if lists:
        names = "; ".join(grid.file for grid in (*tables, *(grid for grid, _ in lists)))
        said = f"expected one table or list of flows, got several: {names}"
        raise GumError(f"{said}; name one by --sheet", "table", "sheet")
    grid, name, layout = choose(grids, format)
    return without_sums(cells(grid, layout)), name, _unit(grid.head[: layout.top]) or layout.unit


def _gathered(table: IOTable, notes: list[str]) -> IOTable:
    """Let the parts of China and Mexico report as one."""
    homes = {part: whole for whole, parts in _PARTS.items() for part in table.regions if re.fullmatch(parts, part)}
    if not homes:
        return table
    notes.append(f"reported together: {', '.join(f'{part} as {whole}' for part, whole in homes.items())}")
    return table.reported(homes)


def _year(name: str) -> str:
    """Return the year that a file is named after: the only one, or OECD's second, or WIOD's two figures."""
    years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
    if name.startswith("ICIO"):
        years = years[-1:]
    short = re.match(r"WIOT(\d\d)_", name, re.IGNORECASE)
    if short:
        years = [f"{'19' if short[1] > '50' else '20'}{short[1]}"]
    return years[0] if len(years) == 1 else "not given"


def _unit(head: Iterable[Iterable[str]]) -> str:
    """Return the unit that stands above a table, if one does."""
    texts = (
        re.sub(r"^(units?|单位|單位) *[:：=] *", "", text.strip("() "), flags=re.IGNORECASE)
        for row in head
        for text in row
    )
    return next(filter(_UNIT.search, texts), "")


def _sha256(path: Path) -> str:
    """Return the checksum of a file; of a folder, that of the names and contents of its files."""
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256")
            whole.update(f"{file.relative_to(path)} {digest.hexdigest()}\n".encode())
    return whole.hexdigest() if path.is_dir() else digest.hexdigest()
