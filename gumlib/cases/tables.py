"""The tables of a folder, held to their schema by the check of the shipped data.

Each table is put into the form of the shipped ones and given to `gumlib.validation.check`, the code
that checks our own data. Its faults come back at the row of the file they were found in, with words
that say what a person can do in a spreadsheet.
"""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from gumlib import validation
from gumlib.cases import cells
from gumlib.cases.fields import fields, schema
from gumlib.cases.messages import Fault
from gumlib.cases.spreadsheet import Sheet, tidy
from gumlib.extras import extra

LISTS = {"evidence_ids": ";", "conflict_with": " "}
"""Columns that list ids, with the sign that parts them; others are understood too."""
KEYS = {"ledger": "id", "sources": "source_key", "scores": "year+variable"}


def canonical(table: str, sheet: Sheet) -> tuple[pd.DataFrame, list[Fault]]:
    """Return a sheet with all columns of the schema, in order, and what was read otherwise than written.

    The index of the frame is the row in the spreadsheet. All cells are texts.

    Examples
    --------
    >>> frame, faults = canonical("sources", Sheet("sources.csv", ("source_key",), [["x"]], [2]))
    >>> frame.loc[2, "source_key"], faults
    ('x', [])
    """
    faults: list[Fault] = []
    columns = {}
    for name, field in fields(table).items():
        values = []
        for number, raw in zip(sheet.numbers, sheet.column(name), strict=True):
            value, said = cells.normalise(field, raw)
            if name in LISTS:
                value = LISTS[name].join(part for part in re.split(r"[;,、\s]+", tidy(raw)) if part)
                said = None
            if said:
                faults.append(Fault(sheet.file, number, name, *said, "warning"))
            values.append(value)
        columns[name] = values
    if table == "scores" and not any(columns["coder"]):
        del columns["coder"]
    return pd.DataFrame(columns, index=sheet.numbers, dtype=str), faults


def against_schema(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """Return the faults of canonical tables by file name: types, codes, keys, references.

    Examples
    --------
    >>> against_schema({})
    []
    """
    extra("frictionless", "case")
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        resources = []
        for file, frame in frames.items():
            rows = [list(frame.columns), *frame.to_numpy().tolist()]
            with (base / file).open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows(rows)
            resources.append(_resource(file, frame, frames))
        package = {"name": "case", "resources": resources}
        (base / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        found = (
            validation.check(base) if resources else pd.DataFrame(columns=["file", "row", "column", "fault", "remedy"])
        )
    faults = [_placed(frames, *row) for row in found.astype(object).itertuples(index=False, name=None)]
    return list(dict.fromkeys(faults))


def table_of(file: str) -> str:
    """Return which table a file holds.

    Examples
    --------
    >>> table_of("scores_a.csv")
    'scores'
    """
    return "scores" if file.startswith("scores") else file.removesuffix(".csv")


def _resource(file: str, frame: pd.DataFrame, frames: dict[str, pd.DataFrame]) -> dict[str, object]:
    own = dict(schema(table_of(file)))
    own["fields"] = [dict(field) for field in own["fields"] if field["name"] in frame]
    if "coder" in frame:
        own["primaryKey"] = ["coder", *own["primaryKey"]]
    if "sources.csv" not in frames:
        own.pop("foreignKeys", None)
    if "ledger.csv" not in frames:
        for field in own["fields"]:
            field.pop("listOf", None)
    name = file.removesuffix(".csv")
    return {"name": name, "path": file, "type": "table", "format": "csv", "encoding": "utf-8", "schema": own}


def _placed(frames: dict[str, pd.DataFrame], file: str, row: object, column: object, said: str, cure: str) -> Fault:
    """Move a fault to the row of the reader's file, and put it in a person's words."""
    frame, table = frames[file], table_of(file)
    if not isinstance(row, int) or row < 2:
        return Fault(file, None, None if column is None or column is pd.NA else str(column), said, cure)
    place, name = row - 2, str(column)
    number = int(frame.index[place])
    if name not in frame:
        return _twice(file, frame, place, name)
    value = frame[name].iloc[place]
    if name in LISTS and value:
        return _unlisted(file, number, name, value, frames["ledger.csv"]["id"].tolist())
    if name == KEYS[table] and frame[name].tolist().count(value) > 1:
        return _twice(file, frame, place, name)
    if name == "source_key" and table == "ledger" and value:
        return _unknown_source(file, number, value, frames["sources.csv"]["source_key"].tolist())
    if name in ("id", "cluster", "source_key") and value:
        return Fault(file, number, name, f"{value!r} holds a blank, a comma or a semicolon", "write it without")
    above = frame[name].iloc[place - 1] if place else ""
    told = cells.explain(fields(table)[name], value, above if name != "statement" else "")
    return Fault(file, number, name, *(told or (said, cure)))


def _twice(file: str, frame: pd.DataFrame, place: int, key: str) -> Fault:
    """Say where the key of a row stands already."""
    names = [name for name in key.split("+") if name in frame]
    values = frame[names].apply(tuple, axis=1).tolist()
    number, before = int(frame.index[place]), int(frame.index[values.index(values[place])])
    what = " ".join(values[place])
    said = f"{what!r} stands in row {before} already"
    cure = "give each fact an id of its own" if key == "id" else "keep one of the two rows"
    return Fault(file, number, "+".join(names), said, cure)


def _unlisted(file: str, number: int, name: str, value: str, ids: list[str]) -> Fault:
    unknown = [part for part in value.split(LISTS[name]) if part not in ids]
    near = get_close_matches(unknown[0], ids, n=1, cutoff=0.7) if unknown else []
    same = [one for one in ids if unknown and _plain(one) == _plain(unknown[0])]
    hint = f"did you mean {(same or near)[0]}? " if same or near else ""
    said = f"{', '.join(unknown)} stands in no row of ledger.csv"
    return Fault(file, number, name, said, f"{hint}Correct the id, or add the fact to ledger.csv")


def _plain(key: str) -> str:
    """Return an id without what people mix up: capitals, leading noughts, hyphens, quotation marks."""
    return re.sub(r"\W|_|0+(?=\d)", "", key.casefold())


def _unknown_source(file: str, number: int, value: str, keys: list[str]) -> Fault:
    near = get_close_matches(value, keys, n=1, cutoff=0.7)
    hint = f"did you mean {near[0]}? " if near else ""
    return Fault(
        file, number, "source_key", f"{value!r} stands in no row of sources.csv", f"{hint}Correct it, or add the source"
    )


def content(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Yield what is odd but does not block, and spans that run backwards.

    Examples
    --------
    >>> list(content({}))
    []
    """
    for file, frame in frames.items():
        rule = {"ledger": _of_fact, "scores": _of_score, "sources": _of_source}[table_of(file)]
        blank = {name for name in frame if not any(map(tidy, frame[name]))}
        said = set()
        for row in frame.reset_index(names="number").to_dict("records"):
            for fault in rule(file, int(row["number"]), row):
                if fault.column not in blank or fault.severity == "error":
                    yield fault
                elif fault.column not in said:
                    said.add(fault.column)
                    yield fault._replace(row=None, fault=f"{fault.fault}, in every row")


def _of_fact(file: str, number: int, row: dict[str, str]) -> Iterator[Fault]:
    span = re.fullmatch(r"(\d{4})-(\d{4})", row["year"])
    if span and span[2] < span[1]:
        yield Fault(file, number, "year", f"{row['year']!r} ends before it begins", f"write {span[2]}-{span[1]}")
    if not row["direction"]:
        yield Fault(
            file, number, "direction", "no direction; read as 0, states a level", "write +1, -1 or 0", "warning"
        )
    if row["id"] and row["id"] in row["conflict_with"].split():
        yield Fault(file, number, "conflict_with", "the fact conflicts with itself", "name the other fact", "warning")
    if row["value"] and not tidy(row["unit"]):
        yield Fault(file, number, "unit", "a value without a unit", "say what is counted, such as firms", "warning")


def _of_score(file: str, number: int, row: dict[str, str]) -> Iterator[Fault]:
    if row["score"] and not row["evidence_ids"]:
        said = "a score without evidence"
        yield Fault(file, number, "evidence_ids", said, "name the ids of the facts it rests on, parted by ;", "warning")
    if row["score"] and not row["confidence"]:
        yield Fault(file, number, "confidence", "a score without confidence", "write high, medium or low", "warning")
    if row["confidence"] and not row["score"]:
        yield Fault(file, number, "score", "confidence without a score", "give the score or empty both", "warning")


def _of_source(file: str, number: int, row: dict[str, str]) -> Iterator[Fault]:
    if row["year"] and not re.fullmatch(r"\d{4}", row["year"]):
        said = f"{row['year']!r} is no year; it is left out"
        yield Fault(file, number, "year", said, "write four figures, and the rest into note", "warning")
    if not tidy(row["title"]):
        yield Fault(file, number, "title", "a source without a title; its key is shown", "write the title", "warning")
