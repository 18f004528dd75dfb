"""Workbooks and zipped exports: a sheet as texts, as a person sees them."""

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import Any, TypeAlias

from gumlib.data.faults import SAVE, Fault
from gumlib.errors import extra

Rows: TypeAlias = list[tuple[int, list[str]]]
OLD = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
CURE = "open and save the workbook in the spreadsheet, or put the value itself into the cell"
"""What to do where a formula has no stored value."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def workbook(content: bytes, name: str, sheet: str | None) -> tuple[Rows | None, list[Fault]]:
    """Return the rows of a sheet with their numbers, and what is wrong; the first sheet by default.

    Examples
    --------
    >>> workbook(b"PK", "a.xlsx", None)[1][0].fault
    'the file is damaged, or no workbook that can be opened'
    """
    openpyxl = extra("openpyxl", "survey")
    try:
        formulas = has_formulas(content)
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        written = openpyxl.load_workbook(io.BytesIO(content)) if formulas else book
    except Exception:  # openpyxl raises whatever a damaged file makes it stumble over
        return None, [Fault(name, None, None, "the file is damaged, or no workbook that can be opened", SAVE)]
    titles = [one.title for one in book.worksheets]
    if not titles or (sheet is not None and sheet not in titles):
        said, cure = (
            f"there is no sheet {sheet!r}" if titles else "there is no sheet",
            f"name one of {', '.join(titles)}",
        )
        return None, [Fault(name, None, None, said, cure)]
    chosen = book[sheet or titles[0]]
    faults = _unseen(name, chosen, written[chosen.title])
    if len(titles) > 1 and sheet is None:
        said = f"the workbook has {len(titles)} sheets; {titles[0]!r} is read"
        faults.append(Fault(name, None, None, said, "name another (sheet=, --sheet)", "warning"))
    return _rows(chosen), faults


def _rows(sheet: Any) -> Rows:
    """Return the rows down to the last that holds something, as wide as the first that does or wider where filled."""
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    while rows and not any(rows[-1]):
        rows.pop()
    width = next((_filled(row) for row in rows if any(row)), 0)
    return [(number, row[: max(width, _filled(row))]) for number, row in enumerate(rows, start=1)]


def _filled(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)


def _unseen(name: str, seen: Any, written: Any) -> list[Fault]:
    """Return cells that hold more than can be read: formulas without a stored value, and merged ones."""
    faults = [
        Fault(name, area.min_row, None, f"the cells {area.coord} are merged", "unmerge them and fill in every cell")
        for area in seen.merged_cells.ranges
    ]
    for cell in unvalued(seen, written) if written is not seen else ():
        said = f"cell {cell.coordinate} holds a formula without a stored value"
        faults.append(Fault(name, cell.row, str(seen.cell(1, cell.column).value or "") or None, said, CURE))
    return faults


def has_formulas(content: bytes) -> bool:
    """Return whether a cell of a workbook holds a formula; BadZipFile if the content is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return any(b"<f>" in parts.read(part) or b"<f " in parts.read(part) for part in _sheets(parts))


def unvalued(seen: Any, written: Any) -> list[Any]:
    """Return the cells of a sheet whose formula has no stored value: the sheet read as values, and as written."""
    cells = (cell for row in written.iter_rows() for cell in row)
    return [cell for cell in cells if cell.data_type == "f" and seen[cell.coordinate].value is None]


def _text(cell: Any) -> str:
    """A cell as a person sees it: 4 for 4.0, 40% for a stored 0.4, days as 2025-05-01."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{value * 100:.12g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _sheets(parts: zipfile.ZipFile) -> list[str]:
    return [part for part in parts.namelist() if _SHEET.fullmatch(part)]


def unzipped(content: bytes, name: str) -> tuple[bytes | None, list[Fault]]:
    """Return a workbook as it is, and of a zipped export (ODK Central) the table in it; else say what the file is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            if "xl/workbook.xml" in names:
                return content, []
            if "mimetype" in names and b"opendocument" in parts.read("mimetype"):
                return None, [Fault(name, None, None, "this is an OpenDocument file (.ods)", f"{SAVE}, or as .xlsx")]
            tables = sorted((one for one in names if one.endswith(".csv") and "/" not in one), key=len)
            main = [one for one in tables if all(other.startswith(one[:-4] + "-") for other in tables if other != one)]
            if len(main) == 1:
                said = f"the file is a zip; {main[0]} in it is read"
                return parts.read(main[0]), [Fault(name, None, None, said, "nothing to do", "warning")]
    except Exception:
        said = "the file is damaged: it begins like a workbook or a zip, and none can be opened"
        return None, [Fault(name, None, None, said, f"export it again, or {SAVE}")]
    said = f"this is a zip of {len(names)} files, and no workbook (.xlsx)"
    return None, [Fault(name, None, None, said, "unzip it and name the table")]
