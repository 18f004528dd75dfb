"""Read a table of the reader's own: any layout we know, with where it came from and what was seen on the way."""

import hashlib
import re
from dataclasses import dataclass
from numbers import Integral
from os import PathLike
from pathlib import Path
from types import NoneType

from gumlib.errors import GumError, one_of
from gumlib.gvc.table import IOTable
from gumlib.own.table import flows, listed, peers, shape, stated, units
from gumlib.own.table.cells import Sales, cells
from gumlib.own.table.checking import checked_table
from gumlib.own.table.grid import RawSheet, raw_sheets
from gumlib.own.table.layouts import LAYOUTS, choose, fitting

TABLE_FORMATS = (*LAYOUTS, *peers.PARSERS)
"""Layouts read here, and those that pymrio reads."""
_PARTS = {"CHN": r"CN\d", "MEX": r"MX\d"}
"""Regions that OECD's tables give in parts."""


@dataclass(frozen=True)
class Reading:
    """A table, where it came from, and what was seen when it was read.

    Parameters
    ----------
    file, sha256 : name and checksum; of a folder, the checksum of all names and contents in it
    format : one of `TABLE_FORMATS`
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


def read_table(
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
    format : one of `TABLE_FORMATS`; found out where it can be, and refused where several fit
    year : of the table; taken from the name of the file if it holds one
    sheet : of a workbook with several
    encoding : of a text where it cannot be told
    tolerance : by which output printed in the file may differ from what rows add up to, as a share

    Raises
    ------
    GumError : the file, a label or a number is at fault, named by row and column; the format cannot be told; what is
        printed as output does not fit; pymrio or openpyxl is needed and not installed
    """
    _sound(path, format, sheet, year, tolerance)
    file = Path(path)
    if not file.exists():
        raise GumError(f"expected a file or folder, there is no {file}; see whether it is spelt right", "table", "path")
    if format is not None:
        format = one_of(format.strip().casefold(), TABLE_FORMATS, "table", "format")
    if format in peers.PARSERS or (format is None and (file.is_dir() or file.suffix == ".zip")):
        table, name, when, unit, notes = _parsed(file, format, year)
        odd = stated.otherwise(when, file.name)
    else:
        peers.refuse_part(file)
        found = _sheet(raw_sheets(file, sheet, encoding), format)
        name, unit = found.format, found.unit
        when, dated = stated.one_year(year, file.name, found.inside)
        below = stated.year_below(found.cells.remarks)
        odd = stated.otherwise(when, file.name, found.inside, found.above, below)
        unit = (stated.unit_below(found.cells.remarks) or unit) if unit == stated.NONE else unit
        table, notes, doubts = checked_table(found.cells, file.name, tolerance)
        notes += [*dated, *found.told]
        odd += doubts
    if not (table.intermediates.any() or table.final.any()):
        raise GumError(
            "expected sales, got noughts only; see whether formulas were saved as values", "table", file.name
        )
    if name == "oecd":
        table = _gathered(table, notes)
    else:
        odd += [f"{part} stands beside {whole}, of which it is a part in OECD's tables, and reports apart: is it one?"
                for part, whole in _parts(table).items() if whole in table.regions]  # fmt: skip
    odd += [*units.oddities(table, unit), *shape.oddities(table)]
    return Reading(table, file.name, _sha256(file), name, when, unit, tuple(notes), tuple(odd))


def _sound(path: object, format: object, sheet: object, year: int | None, tolerance: float) -> None:
    """Refuse what is no text, a year that no table can be of, and a tolerance that is no share."""
    for given, option in ((path, "path"), (format, "format"), (sheet, "sheet")):
        if not isinstance(given, (str, PathLike) if option == "path" else (str, NoneType)):
            raise GumError(f"expected a text, got {given!r}; write its name", "table", option)
    whole = isinstance(year, Integral) and not isinstance(year, bool)
    if year is not None and not (whole and 1800 <= year <= 2200):
        raise GumError(f"expected a year of four figures, got {year!r}; correct --year", "table", "year")
    if not (isinstance(tolerance, int | float) and 0 <= tolerance <= 1):
        said = f"expected a share of output from 0 to 1, got {tolerance!r}"
        raise GumError(f"{said}; correct --tolerance", "table", "tolerance")


def _parsed(file: Path, format: str | None, year: int | None) -> tuple[IOTable, str, str, str, list[str]]:
    """Return what a parser of pymrio reads: table, format, year, unit, and what is to be said."""
    when, told = stated.one_year(year, file.name, stated.NONE)
    name, folder = (format, file) if format else peers.source_of(file, when)
    if not when.isdigit() and len(found_years := peers.years(file, name)) == 1:
        when = found_years.pop()
        told = [f"year {when} taken from the name of the file"]
    table, unit, notes = peers.parsed(folder, name, when)
    return table, name, when, unit, [*notes, *told]


@dataclass(frozen=True)
class _Sheet:
    """Labelled sales of a sheet, format, unit, the years that it states, as its own and in titles, and its encoding."""

    cells: Sales
    format: str
    unit: str
    inside: str
    above: str
    told: tuple[str, ...]


def _sheet(grids: list[RawSheet], format: str | None) -> _Sheet:
    """Return the sheet that holds a table or a list of flows."""
    lists = [(grid, where) for grid in grids if format in (None, "plain") and (where := listed.columns(grid))]
    tables = [grid for grid in grids if lists and grid not in [one for one, _ in lists] and any(fitting(grid))]
    if len(lists) == 1 and not tables:
        grid, where = lists[0]
        unit = stated.unit_of_list(grid, where) or LAYOUTS["plain"].unit
        year = stated.year_inside(grid, where)
        return _Sheet(flows.read_list(grid, where), "plain", unit, year, stated.NONE, grid.told)
    if lists:
        names = "; ".join(grid.file for grid in (*tables, *(grid for grid, _ in lists)))
        said = f"expected one table or list of flows, got several: {names}"
        raise GumError(f"{said}; name one by --sheet", "table", "sheet")
    grid, name, layout = choose(grids, format)
    unit = stated.unit_beside(grid, layout) or stated.unit_above(grid, layout) or layout.unit
    above = stated.year_above(grid, layout)
    return _Sheet(cells(grid, layout), name, unit, stated.year_inside(grid, None, layout), above, grid.told)


def _parts(table: IOTable) -> dict[str, str]:
    """Return the regions that are named like parts of China and Mexico, and of which."""
    return {part: whole for whole, parts in _PARTS.items() for part in table.regions if re.fullmatch(parts, part)}


def _gathered(table: IOTable, notes: list[str]) -> IOTable:
    """Let the parts of China and Mexico report as one."""
    homes = _parts(table)
    if not homes:
        return table
    notes.append(f"reported together: {', '.join(f'{part} as {whole}' for part, whole in homes.items())}")
    return table.reported(homes)


def _sha256(path: Path) -> str:
    """Return the checksum of a file; of a folder, that of the names and contents of its files."""
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256")
            whole.update(f"{file.relative_to(path)} {digest.hexdigest()}\n".encode())
    return whole.hexdigest() if path.is_dir() else digest.hexdigest()
