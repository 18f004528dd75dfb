"""A reader's own cluster: a folder of tables, checked cell by cell, read as a `Case`.

ledger.csv, sources.csv and scores_a.csv, with scores_b.csv if there was a second pass; or one
scores.csv. cluster.csv names the cluster. Errors block, warnings do not, and nothing is mended
silently: what was read otherwise than it is written is told.
"""

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

import pandas as pd

from gumlib.cases.case import build
from gumlib.cases.reports import NO_INDICATOR
from gumlib.data.faults import Fault, as_frame, refuse
from gumlib.data.spreadsheet import table_file
from gumlib.errors import GumError
from gumlib.own.cluster import oddities, tables
from gumlib.own.cluster.case import Own, pressure_by_year
from gumlib.own.cluster.files import empty, passes_in, sheets_of
from gumlib.own.cluster.identity import identity, several_clusters
from gumlib.own.cluster.schema import fields
from gumlib.terms import CLUSTERS

_NUMBERS = {"score": float, "value": float, "pressure": float}


@dataclass(frozen=True)
class Folder:
    """What was found in a folder: tables as texts, what cluster.csv says, and all faults."""

    name: str
    frames: dict[str, pd.DataFrame]
    about: dict[str, str]
    faults: list[Fault]

    @property
    def blocked(self) -> bool:
        """Whether an error was found."""
        return any(fault.severity == "error" for fault in self.faults)


def faults(folder: str | PathLike[str], *, encoding: str | None = None) -> pd.DataFrame:
    """List what is wrong with a folder, without raising.

    Parameters
    ----------
    encoding : of tables whose encoding cannot be told

    Returns
    -------
    Frame with file, row (as a spreadsheet shows it), column, fault, remedy, severity (``error`` or
    ``warning``), errors first. Empty when all is well.

    Raises
    ------
    GumError : there is no such folder
    """
    return as_frame(examine_folder(folder, encoding).faults)


def read_cluster(folder: str | PathLike[str], *, encoding: str | None = None) -> Own:
    """Read a folder as a case; `encoding` as for `faults`.

    Raises
    ------
    GumError : there is no such folder, or it holds errors; all of them are listed
    """
    found = examine_folder(folder, encoding)
    refuse(found.faults, str(folder), "cases")
    return assemble(found)


def assemble(found: Folder) -> Own:
    """Return the case of a folder without errors; one named like a cluster of the book is called its ``-own``."""
    typed = {file: _typed(frame) for file, frame in found.frames.items()}
    scores = [
        frame if "coder" in frame else frame.assign(coder=tables.coder_of(file))
        for file, frame in typed.items()
        if tables.table_of(file) == "scores"
    ]
    about = found.about
    ledger = typed["ledger.csv"]
    ledger["direction"] = ledger["direction"].fillna("0").astype(int)
    ledger["indicator"] = ledger["indicator"].fillna(NO_INDICATOR)
    sources = typed.get("sources.csv")
    if sources is None:
        keys = sorted(set(ledger["source_key"]))
        sources = pd.DataFrame(
            {name: keys if name == "source_key" else None for name in fields("sources")}, dtype="str"
        )
    sources["title"] = sources["title"].fillna(sources["source_key"])
    years = sources["year"].where(sources["year"].str.fullmatch(oddities.YEAR, na=False))
    sources["year"] = pd.to_numeric(years).astype("Int64")
    place = (float(about["longitude"]), float(about["latitude"])) if "longitude" in about else None
    chinese = about.get("title_zh", "")
    context = typed.get("context.csv", pd.DataFrame())
    case = build(
        f"{found.name}-own" if found.name in CLUSTERS else found.name,
        ledger,
        sources,
        pd.concat(scores, ignore_index=True).assign(year=lambda table: table["year"].astype(int)),
        title=about.get("title_en", found.name.replace("-", " ").capitalize()),
        title_chinese="" if chinese in (about.get("title_en"), found.name) else chinese,
        industry=about.get("industry"),
        place=place,
    )
    outside = None if context.empty else pressure_by_year(context)
    return Own(**vars(case), country=about.get("country", ""), outside=outside)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    blank = frame.reset_index(drop=True).astype("str").mask(lambda table: table == "")
    return blank.assign(**{name: blank[name].astype(kind) for name, kind in _NUMBERS.items() if name in blank})


def existing(folder: str | PathLike[str]) -> Path:
    """Return the path of a folder that is there.

    Raises
    ------
    GumError : there is no such folder, or its tables lie in a folder within it
    """
    base = Path(folder)
    if not base.is_dir():
        what = f"a file: {base} is none" if base.exists() else f"nothing: the folder {base} is missing"
        raise GumError(f"expected a folder, got {what}; `gum case new NAME` makes one", "cases", "folder")
    inner = sorted(file.parent for ending in ("csv", "xlsx") for file in base.glob(f"*/ledger.{ending}"))
    if inner and not table_file(base, "ledger.csv").exists() and not passes_in(base):
        raise GumError(f"expected the folder of ledger.csv, got one around it; write {inner[0]}", "cases", "folder")
    return base


def examine_folder(folder: str | PathLike[str], encoding: str | None = None) -> Folder:
    """Read every table of a folder and list all faults; `encoding` as for `faults`.

    Raises
    ------
    GumError : there is no such folder
    """
    base = existing(folder)
    sheets, found = sheets_of(base, encoding)
    frames = {}
    for file, sheet in sheets.items():
        frames[file], told = tables.canonical(tables.table_of(file), sheet)
        found += told + empty(sheet, frames[file])
    if mixed := several_clusters(frames):
        return Folder(base.resolve().name, frames, {}, mixed)
    found += tables.against_schema(frames) if frames else []
    found += tables.odd_numbers(frames) + tables.shared_cells(frames)
    found += oddities.content(frames)
    about, name, told = identity(base, frames, encoding)
    read = {file: sheet.file for file, sheet in sheets.items()}
    named = [fault._replace(file=read.get(fault.file, fault.file)) for fault in found + told]
    return Folder(name, frames, about, named)
