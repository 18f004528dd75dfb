"""Workbooks and zipped exports: a sheet as texts, as a person sees them."""

import io
import re
import warnings
import zipfile
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, TypeAlias

from gumlib.data.faults import SAVE, Fault
from gumlib.errors import extra

Rows: TypeAlias = list[tuple[int, list[str]]]
OLD = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
CURE = "open and save the workbook in the spreadsheet, or put the value itself into the cell"
"""What to do where a formula has no stored value."""
_HEAD = 20
"""Rows among which the header of a sheet is looked for."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A letter that stands as its number in a workbook, such as the carriage return _x000D_."""
_OTHERS = {
    "xl/workbook.bin": "a binary workbook (.xlsb)",
    "Index/Document.iwa": "a document of Numbers, Pages or Keynote",
    "word/document.xml": "a text document (.docx)",
    "ppt/presentation.xml": "a presentation (.pptx)",
}
"""Zipped files of programs, by a part that only they hold."""
_FORMAT = re.compile(r'"([^"]*)"|[\\!](.)|\[[^\]]*\]|[_*].|(.)')
"""A number format by its parts: words to be shown, colours and currencies, blanks, signs."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def workbook(
    content: bytes, name: str, sheet: str | None, known: Collection[str] = ()
) -> tuple[Rows | None, list[Fault]]:
    """Return the rows of a sheet with their numbers, and what is wrong.

    Without the name of a sheet, the one that holds most of the columns `known`, else the first that is not hidden.
    """
    openpyxl = extra("openpyxl", "survey")
    try:
        formulas = has_formulas(content)
        with warnings.catch_warnings(action="ignore"):  # what is lost in looks
            book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
            written = openpyxl.load_workbook(io.BytesIO(content)) if formulas else book
    except Exception:  # openpyxl raises whatever a damaged file makes it stumble over
        return None, [Fault(name, None, None, "the file is damaged, or no workbook that can be opened", SAVE)]
    titles = [one.title for one in book.worksheets]
    if not titles:
        return None, [Fault(name, None, None, "no sheet of the workbook can be read", SAVE)]
    if sheet is not None and sheet not in titles:
        return None, [Fault(name, None, None, f"there is no sheet {sheet!r}", f"name one of {', '.join(titles)}")]
    best = [sheet] if sheet else _likeliest(book, known)
    if len(best) > 1:
        said = f"the sheets {' and '.join(map(repr, best))} hold the same columns; it is not clear which to read"
        return None, [Fault(name, None, None, said, "put all rows into one sheet, and other sheets into another file")]
    chosen = book[best[0]]
    faults = _unseen(name, chosen, written[chosen.title], _held(chosen, known))
    if len(titles) > 1 and sheet is None:
        said = f"the workbook has {len(titles)} sheets; {chosen.title!r} is read"
        cure = (
            "nothing to do, if it is meant; else keep this table alone in the file; of answers, --sheet names another"
        )
        faults.append(Fault(name, None, None, said, cure, "warning"))
    return _rows(chosen), faults


def _likeliest(book: Any, known: Collection[str]) -> list[str]:
    """Return the sheets whose first filled row holds most of the columns known; the first shown one if none does."""
    shown = [one for one in book.worksheets if one.sheet_state == "visible"] or book.worksheets
    held = {one.title: max(_held(one, known)) for one in shown}
    most = max(held.values())
    return [title for title, number in held.items() if number == most] if most else [shown[0].title]


def _rows(sheet: Any) -> Rows:
    """Return the rows down to the last that holds something, as wide as the first that does or wider where filled."""
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    while rows and not any(rows[-1]):
        rows.pop()
    width = next((_filled(row) for row in rows if any(row)), 0)
    return [(number, row[: max(width, _filled(row))]) for number, row in enumerate(rows, start=1)]


def _filled(row: list[str]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if cell), default=0)


def _held(sheet: Any, known: Collection[str]) -> list[int]:
    """Return how many of the columns known stand in each of the first rows."""
    rows = ({_text(cell).strip().casefold() for cell in row} for row in sheet.iter_rows(max_row=_HEAD))
    return [0, *(len(row & set(known)) for row in rows)]


def _unseen(name: str, seen: Any, written: Any, held: list[int]) -> list[Fault]:
    """Return what a person sees otherwise: hidden rows, cells merged below its top, formulas without a value."""
    faults = [
        Fault(name, area.min_row, None, f"the cells {area.coord} are merged", "unmerge them and fill in every cell")
        for area in seen.merged_cells.ranges
        if area.max_row >= held.index(max(held))
    ]
    hidden = [row for row, look in seen.row_dimensions.items() if look.hidden and row <= seen.max_row]
    if hidden:
        said = f"{len(hidden)} hidden row(s), such as by a filter, read like the others; the first is row {hidden[0]}"
        cure = "nothing to do; if they should not be read, delete them"
        faults.append(Fault(name, hidden[0], None, said, cure, "warning"))
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
    """A cell as a person sees it: 4 for 4.0, 0.3 for 0.1 + 0.2, 40% for a stored 0.4, days as 2025-05-01."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime | date | time) else _ESCAPED.sub(_letter, str(value))


def _number(value: float, shown: str) -> str:
    """Return a number with the percent sign or the words that its format shows, such as 40万; signs of money are none.

    Where the format shows thousands or millions of what is stored, the number is what is stored.

    Examples
    --------
    >>> _number(0.4, "0.0%"), _number(40, '0"%"'), _number(40, '#,##0"万"'), _number(40000, '0.0,"k"')
    ('40%', '40%', '40万', '40000')
    """
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', shown)
    which = 1 if value < 0 else 0 if value else 2
    parts = _FORMAT.findall(sections[which if which < len(sections) else 0])
    signs = "".join(sign for _, _, sign in parts)
    words = "".join(text or one or (sign if sign > "\u2e7f" else "") for text, one, sign in parts)
    if "%" in signs:
        return f"{value * 100:.12g}%"
    scaled = re.search(r"[0#?],+(?![0#?,])", signs)
    number = str(int(value)) if float(value).is_integer() else f"{value:.15g}"
    return number if scaled or not re.search(r"[^\W\d]|[%‰]", words) else number + words.strip()


def _letter(found: re.Match[str]) -> str:
    """Return the letter that stands as its number in a workbook; a carriage return before a line feed is none."""
    letter = chr(int(found[1], 16))
    return "" if letter == "\r" and found.string[found.end() :][:1] in ("\n", "") else letter


def _sheets(parts: zipfile.ZipFile) -> list[str]:
    return [part for part in parts.namelist() if _SHEET.fullmatch(part)]


def unzipped(content: bytes, name: str) -> tuple[bytes | None, list[Fault]]:
    """Return a workbook as it is, and of a zipped export (ODK Central) the table in it; else say what the file is."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            if "xl/workbook.xml" in names and b"purl.oclc.org/ooxml" in parts.read("xl/workbook.xml"):
                cure = f"save it as Excel Workbook (.xlsx), not as Strict, or {SAVE}"
                return None, [Fault(name, None, None, "this is a Strict Open XML workbook, which is not read", cure)]
            if "xl/workbook.xml" in names:
                return content, []
            if "mimetype" in names and b"opendocument" in parts.read("mimetype"):
                return None, [Fault(name, None, None, "this is an OpenDocument file (.ods)", f"{SAVE}, or as .xlsx")]
            if kind := next((what for part, what in _OTHERS.items() if part in names), None):
                return None, [Fault(name, None, None, f"this is {kind}", f"{SAVE}, or as .xlsx")]
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
