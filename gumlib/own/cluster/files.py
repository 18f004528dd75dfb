"""Which tables a folder holds, and what lies there in their stead."""

import csv
import io
import re
import unicodedata
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from gumlib import data
from gumlib.data.faults import FILES, SAVE, Fault
from gumlib.data.grid import tidy
from gumlib.data.spreadsheet import Sheet, copies_beside, open_sheet, table_file
from gumlib.own.cluster import tables
from gumlib.own.cluster.schema import fields, required_columns

_BOOKS = (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".et", ".gsheet")
_ENDINGS = re.compile(r"(\.(csv|tsv|txt|xls[xmb]?|ods|numbers|et|gsheet))+$")
_PASS = re.compile(r"scores(_([^\W_]|-)+)?\.(csv|xlsx)")
"""The scores of one coder, or of all in one file."""


def sheets_of(base: Path, encoding: str | None = None) -> tuple[dict[str, Sheet], list[Fault]]:
    """Open the tables, CSV or XLSX; say what is missing, what lies there under another name, and what beside."""
    there = _there(base)
    read = {table_file(base, f"{name.rpartition('.')[0]}.csv").name for name in there if _is_table(name)}
    chosen = passes_in(base)
    alike = _alike([name for name in there if name not in read])
    faults = _codebook(base / "codebook.csv") + _passes(chosen, alike)
    first = ["scores_a.csv"] if chosen in ([], ["scores_b.csv"]) and "scores.csv" not in alike else []
    sheets = {}
    for file in dict.fromkeys([*FILES, *chosen]):
        path = table_file(base, file)
        if path.name not in there:
            faults += _absent(file, alike.get(file, []), file in ("ledger.csv", "sources.csv", *first))
            continue
        faults += copies_beside(path, alike.get(file, []))
        if file != "cluster.csv":
            table = tables.table_of(file)
            sheet, told = open_sheet(path, tuple(fields(table)), required_columns(table), encoding=encoding)
            faults += told
            if sheet is not None:
                sheets[file] = sheet
    return sheets, faults


def passes_in(base: Path) -> list[str]:
    """Return the names, as CSV, of the files of a folder that hold scores."""
    return sorted({f"{name.rpartition('.')[0]}.csv" for name in _there(base) if _is_pass(name)})


def _is_pass(name: str) -> bool:
    """Tell whether a file holds scores by its name, in which letters may bear marks that are signs of their own."""
    return _PASS.fullmatch("".join(sign for sign in name if unicodedata.category(sign)[0] != "M")) is not None


def _there(base: Path) -> list[str]:
    return sorted(file.name for file in base.iterdir() if file.is_file() and not file.name.startswith(("~$", ".")))


def _is_table(name: str) -> bool:
    return _is_pass(name) or (name.endswith((".csv", ".xlsx")) and f"{name.rpartition('.')[0]}.csv" in FILES)


def _alike(there: list[str]) -> dict[str, list[str]]:
    """Return by table the files whose names are nearly its own."""
    found: dict[str, list[str]] = {}
    for name in there:
        if _ENDINGS.search(name.casefold()) or "." not in name:
            found.setdefault(_meant(name), []).append(name)
    return found


def _meant(name: str) -> str:
    """Return which table a name is meant for, or an empty text."""
    plain = _ENDINGS.sub("", name.casefold())
    coder = re.search(r"scores?[\W_]*([ab])(?![a-z])", plain)
    if coder:
        return f"scores_{coder[1]}.csv"
    if "score" in plain:
        return "scores.csv"
    plain = re.sub(r"[\W\d_]", "", plain)
    near = [table for table in ("ledger", "sources") if table in plain]
    near += get_close_matches(plain, ("ledger", "sources", "cluster", "context"), n=1, cutoff=0.83)
    return f"{near[0]}.csv" if near else ""


def _passes(chosen: list[str], alike: dict[str, list[str]]) -> list[Fault]:
    """Say which scores are not read; a lone second pass, and names of other passes, are put right in `alike`."""
    faults = []
    if "scores.csv" in chosen and len(chosen) > 1:
        said = f"the scores stand in {' and '.join(chosen)}"
        cure = "keep scores.csv, or one file a coder such as scores_a.csv and scores_b.csv, not both"
        faults.append(Fault("scores.csv", None, None, said, cure))
    seen: dict[str, str] = {}
    for file in chosen:
        if (first := seen.setdefault(tables.coder_of(file).casefold(), file)) != file and "scores.csv" not in chosen:
            cure = "keep one of them, or name the coders by other letters: on some computers both are one file"
            faults.append(
                Fault(file, None, None, f"its name differs from {first} in how letters are written only", cure)
            )
    if chosen == ["scores_b.csv"]:
        alike.setdefault("scores_a.csv", chosen)
    for name in alike.pop("scores.csv", []) if chosen else []:
        cure = (
            "scores are read from scores_a.csv, scores_b.csv and so on, a coder's name in letters and figures behind "
            "the one _: rename it, or move it out of this folder"
        )
        faults.append(Fault(name, None, None, "the file is not used", cure, "warning"))
    return faults


def _absent(file: str, alike: list[str], required: bool) -> list[Fault]:
    """Say that a table is missing, if it is required or another file looks like it."""
    missing = Fault(file, None, None, "the file is missing", "`gum case new NAME` writes a template")
    if not alike:
        said, cure = "the file is missing; sources are shown by their keys", "add it, with a row for each source_key"
        lenient = missing._replace(fault=said, remedy=cure, severity="warning")
        return [lenient if file == "sources.csv" else missing] if required else []
    away = "" if required else ", or move it out of this folder"
    books = [name for name in alike if name.casefold().endswith(_BOOKS)]
    if books == alike:
        cure = f"open it and {SAVE}, as {file}{away}"
        return [missing._replace(fault=f"the file is missing; {books[0]} is a workbook", remedy=cure)]
    name = next(name for name in alike if name not in books)
    right = file.replace(".csv", ".xlsx") if name.casefold().endswith(".xlsx") else file
    return [missing._replace(remedy=f"{name} looks like it: rename it to {right}{away}")]


def _codebook(file: Path) -> list[Fault]:
    """Say of a codebook that is not ours that it is not used."""
    if not file.is_file() or _cells(file.read_bytes()) == _cells(data.path("codebook").read_bytes()):
        return []
    said = "the codebook is for reading only; yours differs from it and is not used"
    return [Fault(file.name, None, None, said, "score by the anchors in README.md", "warning")]


def _cells(content: bytes) -> list[list[str]]:
    """Return the rows of a table in any order, encoding and separator; none if it cannot be read."""
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = content.decode(encoding)
            separator = max(",;\t", key=text.partition("\n")[0].count)
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            return sorted([tidy(cell) for cell in row] for row in rows if any(row))
        except (UnicodeError, csv.Error):
            continue
    return []


def empty(sheet: Sheet, frame: pd.DataFrame) -> list[Fault]:
    """Say of a table that it holds nothing yet."""
    if frame.empty:
        hard = sheet.file == "ledger.csv" or sheet.file.startswith("scores")
        severity = "error" if hard else "warning"
        cure = "fill in a row for each fact, source or score"
        return [Fault(sheet.file, None, None, "the table has no rows", cure, severity)]
    if sheet.file.startswith("scores") and not any(frame["score"]):
        cure = "give the scores the ledger has a basis for" + " or delete the file" * (sheet.file == "scores_b.csv")
        return [Fault(sheet.file, None, "score", "no score is filled in", cure, "warning")]
    return []
