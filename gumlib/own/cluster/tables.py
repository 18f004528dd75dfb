"""The tables of a folder, held to their schema by the check of the shipped data.

Each table is put into the form of the shipped ones and given to `gumlib.data.check.check`, the code
that checks our own data. Its faults come back at the row of the file they were found in, with words
that say what a person can do in a spreadsheet.
"""

import re
import unicodedata
from difflib import get_close_matches
from typing import Any

import pandas as pd

from gumlib.data import check, sorting
from gumlib.data.faults import Fault, one_warning
from gumlib.data.spreadsheet import Sheet
from gumlib.data.twins import normalised
from gumlib.errors import extra
from gumlib.own.cluster import cells, ids
from gumlib.own.cluster.schema import fields, required_columns, schema

_PLAIN = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
_LARGEST = 1e300
"""Beyond it nothing can be drawn."""
_KEYS = {"ledger": "id", "sources": "source_key", "scores": "year+variable", "context": "year"}


def canonical(table: str, sheet: Sheet) -> tuple[pd.DataFrame, list[Fault]]:
    """Return a sheet with all columns of the schema, in order, and what was read otherwise than written.

    The index of the frame is the row in the spreadsheet. All cells are texts.
    """
    faults: list[Fault] = []
    columns: dict[str, list[str]] = {}
    for name, field in fields(table).items():
        told: dict[str, list[tuple[int, str]]] = {}
        columns[name] = []
        raws = sheet.column(name)
        read = {
            raw: ids.id_list(ids.LISTS[name], raw) if name in ids.LISTS else cells.normalise(field, raw)
            for raw in set(raws)
        }
        for number, raw in zip(sheet.numbers, raws, strict=True):
            value, said = read[raw]
            if said:
                told.setdefault(said[1], []).append((number, said[0]))
            columns[name].append(value)
        for remedy, places in told.items():
            faults += one_warning(sheet.file, name, places, remedy)
    frame, alone = _without_notes(table, sheet.file, pd.DataFrame(columns, index=sheet.numbers, dtype=str))
    faults += alone
    if table == "scores" and not any(frame["coder"]):
        del frame["coder"]
    elif table == "scores":
        cure = f"write the coder, or empty the whole column: they are then of the coder {coder_of(sheet.file)}"
        for number in frame.index[frame["coder"] == ""]:
            faults.append(Fault(sheet.file, number, "coder", "the cell is empty, others are not", cure))
    return frame, faults


def _without_notes(table: str, file: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Fault]]:
    """Return a table without rows that hold one cell and need more, such as a note below it, and name these."""
    filled = frame != ""
    alone = (filled.sum(axis=1) == 1) & ~filled[list(required_columns(table))].all(axis=1) & (len(filled.columns) > 2)
    cure = "delete it if it is a note or a heading; else fill in the row"
    return frame[~alone], [
        Fault(file, int(str(row)), str(column), f"{frame.loc[row, column]!r} stands alone in its row", cure)
        for row, column in filled[alone].apply(sorting.largest, axis=1).items()
    ]


def against_schema(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """Return the faults of canonical tables by file name: types, codes, keys, references."""
    extra("frictionless", "case")
    found = check.check_frames({file: (frame, _schema(file, frame, frames)) for file, frame in frames.items()})
    faults = [_placed(frames, *row) for row in found.astype(object).itertuples(index=False, name=None)]
    return list(dict.fromkeys(faults))


def odd_numbers(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """Return cells that a program takes for numbers and a person does not, such as INF or 1_000."""
    faults = []
    for file, frame in frames.items():
        for name, field in fields(table_of(file)).items():
            if field["type"] not in ("integer", "number") or name not in frame:
                continue
            given = frame.loc[frame[name] != "", name]
            odd = given[~given.str.fullmatch(_PLAIN) | pd.to_numeric(given, errors="coerce").abs().gt(_LARGEST)]
            for row, text in odd.items():
                told = cells.explain_cell(field, text) or (f"{text!r} is no number", "write a number in figures")
                if re.fullmatch(_PLAIN, text):
                    told = f"{text!r} is larger than any number that can be drawn", "correct it"
                faults.append(Fault(file, int(str(row)), name, *told))
    return faults


def shared_cells(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """Return cells that one coder scored in two files, and warn of a coder who stands in another one too."""
    seen: dict[tuple[str, ...], str] = {}
    names: dict[str, tuple[str, str]] = {}
    faults: list[Fault] = []
    for file, frame in frames.items():
        if table_of(file) == "scores":
            coded = frame if "coder" in frame else frame.assign(coder=coder_of(file))
            for row, *key in coded[["coder", "year", "variable"]].itertuples():
                if seen.setdefault(tuple(key), file) != file:
                    said = f"the coder {key[0]} scored {key[2]} of {key[1]} in {seen[tuple(key)]} too"
                    faults.append(Fault(file, int(row), "coder", said, "keep one of the two, or name the other coder"))
            for coder in filter(None, coded["coder"].unique()):
                first, other = names.setdefault(normalised(coder), (file, coder))
                if first != file and not faults:
                    faults.append(_coder_again(file, coder, first, other))
    return faults


def _coder_again(file: str, coder: str, first: str, other: str) -> Fault:
    if other != coder:
        said = f"the coder {coder} stands in {first} as {other}; read as two persons"
        return Fault(file, None, "coder", said, "if they are one, write the name alike in both files", "warning")
    said = f"the coder {coder} stands in {first} too; read as one person"
    return Fault(file, None, "coder", said, "name the other coder, if they are two", "warning")


def coder_of(file: str) -> str:
    """Return whose scores a file holds by its name.

    Examples
    --------
    >>> coder_of("scores_li.csv"), coder_of("scores.csv")
    ('li', 'a')
    """
    return unicodedata.normalize("NFC", file.rpartition(".")[0].removeprefix("scores").removeprefix("_")) or "a"


def table_of(file: str) -> str:
    """Return which table a file holds."""
    return "scores" if file.startswith("scores") else file.removesuffix(".csv")


def _schema(file: str, frame: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Return the schema of a table, without columns and references that are not there."""
    own = dict(schema(table_of(file)))
    own["fields"] = [dict(field) for field in own["fields"] if field["name"] in frame]
    if "coder" in frame:
        own["primaryKey"] = ["coder", *own["primaryKey"]]
    if "sources.csv" not in frames:
        own.pop("foreignKeys", None)
    if "ledger.csv" not in frames:
        for field in own["fields"]:
            field.pop("listOf", None)
    return own


def _placed(frames: dict[str, pd.DataFrame], file: str, row: object, column: object, said: str, cure: str) -> Fault:
    """Move a fault to the row of the reader's file, and put it in a person's words."""
    frame, table = frames[file], table_of(file)
    if not isinstance(row, int) or row < 2:
        return Fault(file, None, None if column is None or column is pd.NA else str(column), said, cure)
    place, name = row - 2, str(column)
    number = int(frame.index[place])
    if name not in frame:
        blank = [one for one in name.split("+") if one in frame and not frame[one].iloc[place]]
        if not blank:
            return _twice(file, frame, place, name)
        name = blank[0]
    value, above = frame[name].iloc[place], frame[name].iloc[place - 1] if place else ""
    if said_above := cells.ditto(value, above):
        return Fault(file, number, name, *said_above)
    if name in ids.LISTS and value:
        return ids.unlisted(file, number, name, value, frames["ledger.csv"]["id"].tolist())
    if name == _KEYS[table] and frame[name].tolist().count(value) > 1:
        return _twice(file, frame, place, name)
    if name == "source_key" and table == "ledger" and value:
        return _unknown_source(file, number, value, frames["sources.csv"]["source_key"].tolist())
    if name in ("id", "source_key", "coder") and value:
        return Fault(file, number, name, f"{value!r} holds a blank, a comma or a semicolon", "write it without")
    told = cells.explain_cell(fields(table)[name], value, above if name != "statement" else "")
    return Fault(file, number, name, *(told or (said, cure)))


def _twice(file: str, frame: pd.DataFrame, place: int, key: str) -> Fault:
    """Say where the key of a row stands already."""
    names = [name for name in key.split("+") if name in frame]
    values = frame[names].apply(tuple, axis=1).tolist()
    number, before = int(frame.index[place]), int(frame.index[values.index(values[place])])
    what = " ".join(values[place])
    said = f"{what!r} stands in row {before} already"
    if frame.iloc[place].equals(frame.loc[before]):
        return Fault(file, number, "+".join(names), f"{said}, with the same in every cell", "delete one of the two")
    cure = "give each fact an id of its own" if key == "id" else "keep one of the two rows"
    return Fault(file, number, "+".join(names), said, cure)


def _unknown_source(file: str, number: int, value: str, keys: list[str]) -> Fault:
    """A key with other figures, such as another year, is another source."""
    cited = [key for key in keys if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", value)]
    if len(cited) > 1:
        cure = f"name {cited[0]} here, and the fact in a row with an id of its own for {', '.join(cited[1:])}"
        return Fault(file, number, "source_key", f"{value!r} names several sources, a row holds one", cure)
    if cited:
        cure = f"write {cited[0]}, and the rest into the statement"
        return Fault(file, number, "source_key", f"{value!r} is more than the key of a source", cure)
    alike = [key for key in keys if re.findall(r"\d", key) == re.findall(r"\d", value)]
    written = {key.casefold(): key for key in alike}
    near = [written[key] for key in get_close_matches(value.casefold(), written, n=1, cutoff=0.7)]
    said = f"{value!r} stands in no row of sources.csv"
    return Fault(file, number, "source_key", said, ids.instead(near, "it", "add the source"))
