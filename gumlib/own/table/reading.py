"""Read a table of the reader's own: any layout we know, with where it came from and what was seen on the way."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from gumlib.errors import GumError, one_of
from gumlib.gvc.table import IOTable
from gumlib.own.table import peers, units
from gumlib.own.table.assembly import assembled
from gumlib.own.table.cells import cells
from gumlib.own.table.grid import sheets
from gumlib.own.table.layouts import LAYOUTS, choose

FORMATS = (*LAYOUTS, *peers.PARSERS)
"""Layouts read here, and those that pymrio reads."""
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
    tolerance: float = units.TOLERANCE,
) -> Reading:
    """Read an input-output table of many regions from a file or folder, and check balance and units.

    Parameters
    ----------
    format : one of `FORMATS`; found out where it can be, and refused where several fit
    year : of the table; taken from the name of the file if it holds one
    sheet : of a workbook with several
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
        one_of(format, FORMATS, "table", "format")
    when = str(year) if year is not None else _year(file.name)
    if format in peers.PARSERS or (format is None and (file.is_dir() or file.suffix == ".zip")):
        name = format or peers.source_of(file)
        table, unit = peers.parsed(file, name, when)
        notes: list[str] = [f"read by pymrio's {peers.PARSERS[name].parser}"]
    else:
        grid, name = choose(sheets(file, sheet), format)
        found = cells(grid, LAYOUTS[name])
        table, more = assembled(found)
        unit = _unit(grid.head[: LAYOUTS[name].top]) or LAYOUTS[name].unit
        notes = [*found.notes, *more]
        for place, printed in found.printed.items():
            notes.append(units.against_printed(table, printed, place, file.name, tolerance))
    if year is None and when.isdigit():
        notes.append(f"year {when} taken from the name of the file")
    if name == "oecd":
        table = _gathered(table, notes)
    return Reading(table, file.name, _sha256(file), name, when, unit, tuple(notes), tuple(units.oddities(table, unit)))


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
    texts = (text.strip("() ") for row in head for text in row)
    return next((text for text in texts if re.search(r"\b(thousand|million|billion)s?\b", text, re.IGNORECASE)), "")


def _sha256(path: Path) -> str:
    """Return the checksum of a file; of a folder, that of the names and contents of its files."""
    whole = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256")
            whole.update(f"{file.relative_to(path)} {digest.hexdigest()}\n".encode())
    return whole.hexdigest() if path.is_dir() else digest.hexdigest()
