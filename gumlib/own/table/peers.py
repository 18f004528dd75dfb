"""Tables that come as folders or archives of many files: pymrio has parsers for them, and we use those."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from gumlib.errors import GumError, extra
from gumlib.gvc.table import IOTable
from gumlib.own.table.numerals import few

_LOST = re.compile(r"\((\w+)\) (?:row|column) from [ZY] - loosing ([\d.e+]+)")
"""What pymrio notes on rows and columns that it takes off."""


@dataclass(frozen=True)
class Peer:
    """A source that pymrio reads: its parser, whether that takes a year, and a sign by which files are told."""

    title: str
    parser: str
    dated: bool
    sign: str


_PARTS = {"Z", "Y", "A", "L", "T", "FD"}
"""Files that hold a part of a table each."""
PARSERS = {
    "exiobase3": Peer("EXIOBASE 3", "parse_exiobase3", False, r"IOT_\d{4}_(ixi|pxp)(\.zip)?|file_parameters\.json"),
    "eora26": Peer("Eora26", "parse_eora26", True, r"Eora26_\d{4}_(bp|pp)(_T\.txt|\.zip)"),
    "gloria": Peer("GLORIA", "parse_gloria", True, r"GLORIA_MRIOs_.*"),
}
CITE = {
    "exiobase3": "Stadler, K. and others (2018). EXIOBASE 3. Journal of Industrial Ecology 22, 502-515.",
    "eora26": "Lenzen, M. and others (2013). Building Eora. Economic Systems Research 25, 20-49.",
    "gloria": "Lenzen, M. and others (2022). Implementing the material footprint to measure progress towards the "
    "Sustainable Development Goals 8 and 12. Nature Sustainability 5, 157-166.",
}


def source_of(path: Path, year: str) -> tuple[str, Path]:
    """Return which source a folder or archive holds, by the names of its files, and the path that its parser takes.

    Raises
    ------
    GumError : by none or by several
    """
    names = [path, *(sorted(path.iterdir()) if path.is_dir() else ())]
    found = {
        key: signs for key, peer in PARSERS.items() if (signs := [one for one in names if _signed(peer, one.name)])
    }
    if len(found) != 1:
        kind = "a folder" if path.is_dir() else "an archive"
        said = f"expected {kind} of {', '.join(peer.title for peer in PARSERS.values())}, named as its publisher does"
        cure = "name it by --format, or unpack the archive and give the .csv or .xlsx in it"
        raise GumError(f"{said}, got {path.name} ({'or '.join(found) or 'none of them'}); {cure}", "table", "format")
    ((name, signs),) = found.items()
    inside = [one for one in signs if one.name.startswith("IOT_") and (one == path or year in one.name)]
    inside = inside or [one for one in signs if one.name.startswith("IOT_")]
    if len(inside) > 1:
        said = f"expected one table, got {', '.join(one.name for one in inside[:4])}"
        raise GumError(f"{said}; give its year by --year, or the folder or archive itself", "table", "year")
    return name, inside[0] if inside else path


def _signed(peer: Peer, name: str) -> bool:
    return re.fullmatch(peer.sign, name) is not None


def refuse_part(file: Path) -> None:
    """Refuse one file of a folder of flows and final uses.

    Raises
    ------
    GumError : names the folder
    """
    if file.stem in _PARTS and any((file.parent / f"{part}{file.suffix}").exists() for part in _PARTS - {file.stem}):
        said = f"expected the folder that holds flows and final uses, got {file.name}, which is one file of it"
        raise GumError(f"{said}; give the folder", "table", file.name)


def years(path: Path, name: str) -> set[str]:
    """Return the years that the files of a folder are named after."""
    files = [file.name for file in path.iterdir()] if path.is_dir() else []
    return {year for file in files if _signed(PARSERS[name], file) for year in re.findall(r"_((?:19|20)\d\d)", file)}


def parsed(path: Path, name: str, year: str) -> tuple[IOTable, str, list[str]]:
    """Return the table that a parser of pymrio finds, its unit, and what is to be said of it.

    Raises
    ------
    GumError : pymrio is not installed, the year is needed and not known, or pymrio does not find what it needs
    """
    peer = PARSERS[name]
    if peer.dated and not year.isdigit():
        said = f"expected the year of the {peer.title} table, which its parser looks for, got {year}"
        raise GumError(f"{said}; give it by --year", "table", "year")
    pymrio = extra("pymrio", "mrio")
    options: dict[str, Any] = {"year": int(year)} if peer.dated else {}
    if name == "gloria" and (version := re.search(r"GLORIA_MRIOs_(\d+)", " ".join(map(str, path.glob("*"))))):
        options["version"] = int(version[1])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            system = getattr(pymrio, peer.parser)(path, **options)
            if getattr(system, "Z", None) is None:  # of supply and use tables it has made coefficients only
                system.calc_system()
    except Exception as fault:  # a parser fails as the file that is absent or changed makes it fail
        said = f"expected files as {peer.title} publishes them, but pymrio's {peer.parser} says: {fault!r}"
        raise GumError(
            f"{said}; keep their names, and give the folder or archive that holds them", "table", "path"
        ) from fault
    return (
        IOTable.from_pymrio(system),
        _unit(system, path.name),
        [f"read by pymrio's {peer.parser}", *_left_out(system)],
    )


def _unit(system: Any, file: str) -> str:
    """Return the unit that all rows have, as pymrio says."""
    unit = getattr(system, "unit", None)
    kinds = [] if unit is None else sorted(set(map(str, unit.iloc[:, 0])))
    if len(kinds) > 1:
        said = f"expected one unit throughout, got {few(kinds[:4], len(kinds))}"
        raise GumError(f"{said}; bring all numbers to one unit", "table", file)
    return kinds[0] if kinds else "not given"


def _left_out(system: Any) -> list[str]:
    """Say what a parser has left out, and which industries the files do not hold."""
    history = getattr(getattr(system, "meta", None), "history", ())
    found = [match for line in history if (match := _LOST.search(line)) and float(match[2])]
    lost = {name: sum(float(match[2]) for match in found if match[1] == name) for name in {m[1] for m in found}}
    regions, codes = (system.Z.index.get_level_values(level).unique() for level in (0, 1))
    absent = pd.MultiIndex.from_product([regions, codes]).difference(system.Z.index)
    named = few([" ".join(label) for label in absent[:4]], len(absent))
    return [
        *(
            f"left out by pymrio: {name}, whose sales and purchases are {size:,.6g} in all"
            for name, size in lost.items()
        ),
        *([f"industries not in the file, taken as nought: {named}"] if len(absent) else []),
    ]
