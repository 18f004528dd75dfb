"""Which tables a folder holds, and what lies there in their stead."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from gumlib.cases import tables
from gumlib.cases.fields import fields, needed
from gumlib.cases.messages import FILES, SAVE, Fault
from gumlib.cases.spreadsheet import Sheet, open_sheet

SCORES = FILES[2:5]


def sheets_of(base: Path) -> tuple[dict[str, Sheet], list[Fault]]:
    """Open the tables; say what is missing, and what lies there under another name.

    Examples
    --------
    >>> import tempfile
    >>> len(sheets_of(Path(tempfile.mkdtemp()))[1])
    3
    """
    there = sorted(file.name for file in base.iterdir() if file.is_file() and not file.name.startswith(("~$", ".")))
    chosen = [file for file in SCORES if file in there]
    faults = []
    if "scores.csv" in chosen and len(chosen) > 1:
        said = f"the scores stand in {' and '.join(chosen)}"
        faults.append(
            Fault("scores.csv", None, None, said, "keep scores.csv, or scores_a.csv and scores_b.csv, not both")
        )
    sheets = {}
    for file in ("ledger.csv", "sources.csv", *(chosen or ["scores_a.csv"])):
        if file not in there:
            faults.append(_absent(file, there))
            continue
        table = tables.table_of(file)
        sheet, told = open_sheet(base / file, tuple(fields(table)), needed(table))
        faults += told
        if sheet is not None:
            sheets[file] = sheet
    return sheets, faults


def _absent(file: str, there: list[str]) -> Fault:
    stem = file.removesuffix(".csv")
    free = [name for name in there if name not in FILES]
    books = [
        name
        for name in free
        if name.lower().startswith(stem.split("_")[0]) and name.lower().endswith(("xlsx", "xls", "ods"))
    ]
    if books:
        return Fault(
            file, None, None, f"the file is missing; {books[0]} is a workbook", f"open it and {SAVE}, as {file}"
        )
    lower = {name.lower(): name for name in free}
    near = get_close_matches(file, lower, n=1, cutoff=0.7)
    hint = f"{lower[near[0]]} looks like it: rename it to {file}" if near else "`gum case new NAME` writes a template"
    if file == "sources.csv":
        said = "the file is missing; sources are shown by their keys"
        return Fault(file, None, None, said, "add it, with a row for each source_key", "error" if near else "warning")
    return Fault(file, None, None, "the file is missing", hint)


def empty(sheet: Sheet, frame: pd.DataFrame) -> list[Fault]:
    """Say of a table that it holds nothing yet.

    Examples
    --------
    >>> empty(Sheet("ledger.csv", ("id",), [], []), pd.DataFrame())[0].fault
    'the table has no rows'
    """
    if frame.empty:
        hard = sheet.file == "ledger.csv" or sheet.file.startswith("scores")
        severity = "error" if hard else "warning"
        return [
            Fault(
                sheet.file,
                None,
                None,
                "the table has no rows",
                "fill in a row for each fact, source or score",
                severity,
            )
        ]
    if sheet.file.startswith("scores") and not any(frame["score"]):
        said = "no score is filled in"
        return [
            Fault(
                sheet.file,
                None,
                "score",
                said,
                "give the scores the ledger has a basis for" + " or delete the file" * (sheet.file == "scores_b.csv"),
                "warning",
            )
        ]
    return []
