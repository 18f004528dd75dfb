"""Tables with known columns, from what spreadsheet programs save: headers, and the rows under them.

`gumlib.data.grid` reads the cells. Here headings are matched to the columns that a table should have.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from gumlib.data.faults import Fault
from gumlib.data.grid import Grid, label, open_grid, tidy

CODER = re.compile(
    r"((coder|rater|annotator|scorer|assessor)s?|(coded|scored|rated)[ _]by|(编码|评分|打分|标注)(员|者|人))"
    r"([ _]?(id|name|no\.?|编号|姓名))?",
    re.IGNORECASE,
)
"""How people head the column that says who coded a row."""
OPTIONAL = ("coder",)
"""Columns that most tables lack, so that their absence tells nothing of an unknown one."""

_COPY = re.compile(
    r"([\s_.-]*([(（]\d+[)）]|v(er(sion)?)?[._ ]?\d+|(?<=[\s_.-])\d\d?|copy|副本|复件|final|new|old|backup|备份"
    r"|(最终|[新旧]|已?修改|更改)版?))+|copy of |副本|复件",
    re.IGNORECASE,
)
"""What people and programs add to the name of a copy."""
_SPREAD = {"year": r"(1[5-9]|20)\d\d", "variable": "[LIESPDGTNXK]"}
"""Headings of a table that stands side by side what ours has below each other."""
_TABLES = (".csv", ".xlsx", ".xls", ".ods", ".et")


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in a file: known columns only, with the row a spreadsheet shows."""

    file: str
    header: tuple[str, ...]
    rows: list[list[str]]
    numbers: list[int]

    def column(self, name: str) -> list[str]:
        """Return the cells of a column; empty texts where the file has no such column."""
        if name not in self.header:
            return [""] * len(self.rows)
        place = self.header.index(name)
        return [row[place] for row in self.rows]


def table_file(folder: Path, name: str) -> Path:
    """Return the file of a table in a folder: NAME, or the workbook that stands there in its stead."""
    book = (folder / name).with_suffix(".xlsx")
    return book if book.is_file() and not (folder / name).exists() else folder / name


def copies(read: Path) -> list[Fault]:
    """Name the files in the folder of a table whose names are those of its copies or other versions.

    Examples
    --------
    >>> import tempfile
    >>> base = Path(tempfile.mkdtemp())
    >>> for name in ("form.csv", "form (1).csv", "form_v2.xlsx", "former.csv"):
    ...     (base / name).touch()
    >>> [fault.fault.split(" lies")[0] for fault in copies(base / "form.csv")]
    ['form (1).csv', 'form_v2.xlsx']
    """
    own, others = read.stem.casefold(), list[Path]()
    with suppress(OSError):  # a folder whose files may be read, and not listed
        others = [file for file in read.parent.iterdir() if file.suffix.casefold() in _TABLES and file.exists()]
    stems = {file.name: file.stem.casefold() for file in others if file.name != read.name}
    added = {name: stem.replace(own, "", 1) for name, stem in stems.items() if own in stem}
    return copies_beside(read, sorted(name for name, more in added.items() if not more or _COPY.fullmatch(more)))


def copies_beside(read: Path, others: Iterable[str]) -> list[Fault]:
    """Name copies that lie beside the file that is read."""
    faults = []
    for name in others:
        newer = (read.parent / name).stat().st_mtime > read.stat().st_mtime
        said = f"{name} lies beside it{' and is newer' if newer else ''}; {read.name} is read"
        cure = "keep the one that holds your work under this name, and move the other out of this folder"
        faults.append(Fault(read.name, None, None, said, cure, "warning"))
    return faults


def open_sheet(
    file: Path, known: tuple[str, ...], needed: tuple[str, ...], *, encoding: str | None = None
) -> tuple[Sheet | None, list[Fault]]:
    r"""Read a file that should hold a table with the columns `known`, of which some are `needed`.

    Returns
    -------
    The sheet, or None if it cannot be read, and the faults found on the way.
    """
    grid, faults = open_grid(file, known=known, encoding=encoding)
    if grid is None:
        return None, faults
    places, found = _header(grid, known, needed)
    faults += found
    if any(fault.severity == "error" for fault in faults):
        return None, faults
    rows = [[row[place] for place in places.values()] for row in grid.rows]
    return Sheet(file.name, tuple(places), rows, grid.numbers), faults


def _header(grid: Grid, known: tuple[str, ...], needed: tuple[str, ...]) -> tuple[dict[str, int], list[Fault]]:
    """Return where each known column stands, and the faults of the header."""
    name, number = grid.file, grid.top
    places: dict[str, int] = {}
    faults: list[Fault] = []
    strangers = []
    for place, cell in enumerate(grid.header):
        column = label(cell)
        if column not in known:
            strangers.append(place)
        elif column in places:
            said, cure = f"the column {column} stands twice", "delete or rename one of them"
            faults.append(Fault(name, number, column, said, cure))
        else:
            places[column] = place
            if column != cell:
                said = f"the column is headed {cell!r}; read as {column}"
                faults.append(Fault(name, number, column, said, f"write {column}", "warning"))
    if not places:
        said = f"row {number} holds none of the column names; it begins with {', '.join(map(repr, grid.header[:3]))}"
        remedy = f"write the names in the first row: {', '.join(known)}"
        return {}, [Fault(name, number, None, said, remedy)]
    missing = [column for column in known if column not in places]
    for column in [one for one in _SPREAD if one in needed and one in missing]:
        spread = [tidy(grid.header[place]) for place in strangers if re.fullmatch(_SPREAD[column], grid.header[place])]
        if len(spread) > 1:
            cure = f"write a row for each {column}, with the column {column} to say which"
            return {}, [Fault(name, number, None, f"each {column} has a column: {', '.join(spread)}", cure)]
    for place in strangers:
        faults.append(_stranger(grid, place, missing, needed))
    misspelt = {fault.column for fault in faults if fault.severity == "error"}
    for column in needed:
        if column in missing and column not in misspelt:
            said, cure = f"the column {column} is missing", "add it, with this name in row 1"
            faults.append(Fault(name, number, column, said, cure))
    spare = [column for column in missing if column not in (*needed, *OPTIONAL)]
    if spare and not misspelt:
        said = f"the table has no column {' and '.join(spare)}; read as empty"
        faults.append(Fault(name, number, None, said, "nothing to do, or add it", "warning"))
    return places, faults


def _stranger(grid: Grid, place: int, missing: list[str], needed: tuple[str, ...]) -> Fault:
    """Say of an unknown column whether it may be one that is missing: an error if it holds something."""
    cell = grid.header[place]
    own = label(cell)
    if any(column in missing for column in needed) and not CODER.fullmatch(tidy(cell)):
        missing = [column for column in missing if column not in OPTIONAL]
    near = (
        [column for column in missing if column == "coder" and CODER.fullmatch(tidy(cell))]
        or [column for column in missing if column in own.replace("(", "_").split("_")]
        or get_close_matches(own, missing, n=1, cutoff=0.75)
        or get_close_matches(own, [column for column in missing if column in needed], n=1, cutoff=0.6)
    )
    if near:
        cure = f"did you mean {near[0]}? Rename it so"
        return Fault(grid.file, grid.top, near[0], f"the column {cell!r} is unknown", cure)
    what = f"the column {cell!r}" if tidy(cell) else f"column {place + 1} has no name and"
    lacking = [column for column in missing if column not in OPTIONAL]
    if lacking and not grid.empty(place):
        said = f"{what} is unknown, and the table has no column {', '.join(lacking)}"
        cure = f"is it your {lacking[0]}? Rename it; if not, delete it, or add an empty column {', '.join(lacking)}"
        return Fault(grid.file, grid.top, cell or None, said, cure)
    return Fault(grid.file, grid.top, cell or None, f"{what} is not used", "nothing to do, or delete it", "warning")
