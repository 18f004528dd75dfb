"""Checking tables against a data package, with a message for each wrong cell.

Types, keys and ranges are checked by the Frictionless library against the schemas in
`datapackage.json`; encoding, bytes and cells that list several ids are checked here. Each fault
names file, row, column and remedy. Rows are numbered as a spreadsheet shows them: the header is
row 1. Nothing is ever repaired silently.
"""

import csv
import hashlib
import io
import json
import re
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd

from gumlib import data
from gumlib.errors import GumError, extra

_Fault: TypeAlias = dict[str, Any]

_COLUMNS = ["file", "row", "column", "fault", "remedy"]
_HEADER = "restore the header: its columns must be those of the schema, in order"
_REMEDIES = {
    "bytes": data.remedy(),
    "encoding": "save the file as UTF-8 (in a spreadsheet: CSV UTF-8)",
    "type-error": "write a value of the type the schema states, or leave the cell empty",
    "constraint-error": "write a value within the range or list the schema states",
    "primary-key": "give each row a key of its own",
    "unique-error": "give each row a value of its own",
    "foreign-key": "add the missing row to the table referred to, or correct the key here",
    "missing-cell": "fill the row up to the number of columns in the header",
    "extra-cell": "remove the surplus cell, or quote a text that holds a comma",
    "missing-label": _HEADER,
    "extra-label": _HEADER,
    "incorrect-label": _HEADER,
    "blank-row": "delete the empty row",
    "scheme-error": "restore the missing file",
}


def check(folder: Path | None = None) -> pd.DataFrame:
    """Check every file of a data package and list its faults, without raising.

    Parameters
    ----------
    folder : folder that holds `datapackage.json`; the shipped data by default

    Returns
    -------
    Frame with one row a fault: file, row, column, fault, remedy. Empty when all is well.
    """
    base = data.folder() if folder is None else folder
    package = json.loads((base / "datapackage.json").read_text(encoding="utf-8"))
    faults = list(_encoding_faults(base, package))
    if not faults:
        faults = [*_schema_faults(base, package), *_list_faults(base, package), *_byte_faults(base, package)]
    return pd.DataFrame(faults, columns=_COLUMNS).astype({"row": "Int64"})


def check_frames(tables: Mapping[str, tuple[pd.DataFrame, Mapping[str, Any]]]) -> pd.DataFrame:
    """Check frames of texts by file name, each with its schema, as `check` does the files of a folder."""
    with tempfile.TemporaryDirectory() as place:
        resources = []
        for number, (file, (frame, schema)) in enumerate(tables.items()):
            with (Path(place) / file).open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows([list(frame), *frame.to_numpy().tolist()])
            stem = file.removesuffix(".csv")
            plain = stem if re.fullmatch("[-a-z0-9._]+", stem) else f"table{number}"
            named = {"name": plain, "path": file, "type": "table", "format": "csv"}
            resources.append({**named, "encoding": "utf-8", "schema": schema})
        package = json.dumps({"name": "tables", "resources": resources})
        (Path(place) / "datapackage.json").write_text(package, encoding="utf-8")
        return check(Path(place)) if resources else pd.DataFrame(columns=_COLUMNS)


def verify(folder: Path | None = None) -> None:
    """Raise a `GumError` that lists every fault `check` finds."""
    faults = check(folder).astype(object).fillna("-")
    if not faults.empty:
        lines = ["{}, row {}, column {}: {}; {}".format(*fault) for fault in faults.to_numpy()]
        raise GumError("\n".join([f"{len(lines)} fault(s) in the data", *lines]), "data", "datapackage")


def fingerprint(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return 16-bit checksums of each row and each column, four hexadecimal digits each.

    They tell where a table changed; that it changed is told by its sha256.

    Examples
    --------
    >>> fingerprint([["a", "b"], ["c", "d"]])
    {'rows': '76ef07b4', 'columns': '46796d83'}
    """
    columns = list(zip_longest(*rows, fillvalue=""))
    return {"rows": "".join(map(_checksum, rows)), "columns": "".join(map(_checksum, columns))}


def _checksum(cells: Sequence[str]) -> str:
    return f"{zlib.crc32(chr(31).join(cells).encode()) & 0xFFFF:04x}"


def _fault(file: str, row: int | None, column: str | None, fault: str, kind: str) -> _Fault:
    remedy = _REMEDIES.get(kind, "compare the file with its schema in datapackage.json")
    return dict(zip(_COLUMNS, (Path(file).name, row, column, fault, remedy), strict=True))


def _texts(package: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the resources that are text; a packed file is checked by its bytes alone."""
    return [resource for resource in package["resources"] if "encoding" in resource]


def _encoding_faults(base: Path, package: dict[str, Any]) -> Iterator[_Fault]:
    for resource in _texts(package):
        content = (base / resource["path"]).read_bytes() if (base / resource["path"]).exists() else b""
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            before = list(csv.reader(io.StringIO(content[: error.start].decode("utf-8"))))
            header, cells = before[0], before[-1]
            column = header[len(cells) - 1] if len(before) > 1 and len(cells) <= len(header) else None
            said = f"byte {content[error.start]:#04x} is not UTF-8"
            yield _fault(resource["path"], len(before), column, said, "encoding")


def _schema_faults(base: Path, package: dict[str, Any]) -> Iterator[_Fault]:
    frictionless = extra("frictionless", "check")
    tables = [resource for resource in package["resources"] if "schema" in resource]
    keys = {Path(table["path"]).name: _key(table["schema"]) for table in tables}
    with frictionless.system.use_context(trusted=True):
        described = frictionless.Package.from_descriptor({**package, "resources": _texts(package)}, basepath=str(base))
        report = described.validate(frictionless.Checklist(skip_errors=["hash-count", "byte-count"]))
    for file, errors in [("datapackage.json", report.errors), *((t.place, t.errors) for t in report.tasks)]:
        for error in errors:
            known = error.to_dict()
            column = known.get("fieldName") or known.get("label") or "+".join(known.get("fieldNames") or [])
            column = column or keys.get(Path(file).name)
            row = 1 if error.type.endswith("-label") else known.get("rowNumber")
            said = known["note"] or known["message"]
            said = f"{said} (got {known['cell']!r})" if "cell" in known else said
            yield _fault(file, row, column, said, error.type)


def _key(schema: dict[str, Any]) -> str | None:
    key = schema.get("primaryKey")
    return "+".join(key) if isinstance(key, list) else key


def _list_faults(base: Path, package: dict[str, Any]) -> Iterator[_Fault]:
    """Check cells that list several ids (`listOf` in the schema, ours) against the table named."""
    resources = {resource["name"]: resource for resource in package["resources"]}
    records = cache(_records)
    for resource in resources.values():
        for field in resource.get("schema", {}).get("fields", []):
            if "listOf" not in field:
                continue
            target = field["listOf"]
            known = {row.get(target["field"]) for row in records(base / resources[target["resource"]]["path"])}
            for number, row in enumerate(records(base / resource["path"]), start=2):
                listed = (row.get(field["name"]) or "").split(target["separator"])
                if unknown := [item for item in listed if item and item not in known]:
                    said = f"{', '.join(unknown)} stands in no row of {target['resource']}"
                    yield _fault(resource["path"], number, field["name"], said, "foreign-key")


def _byte_faults(base: Path, package: dict[str, Any]) -> Iterator[_Fault]:
    for resource in package["resources"]:
        file = base / resource["path"]
        if not file.exists() or "hash" not in resource:
            if "encoding" not in resource:
                yield _fault(resource["path"], None, None, "the file is missing", "scheme-error")
            continue
        if f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}" != resource["hash"]:
            row, column = _first_change(file, resource.get("fingerprint"))
            yield _fault(resource["path"], row, column, "the file differs from its sha256", "bytes")


def _first_change(file: Path, known: dict[str, str] | None) -> tuple[int | None, str | None]:
    """Return the first row and the first column whose checksum differs from the known one."""
    if known is None:
        return None, None
    rows = _cells(file)
    found = fingerprint(rows)
    row, column = (_first_difference(found[axis], known[axis]) for axis in ("rows", "columns"))
    header = dict(enumerate(rows[0]))
    return (None if row is None else row + 1), (None if column is None else header.get(column))


def _first_difference(found: str, known: str) -> int | None:
    parts = ([text[n : n + 4] for n in range(0, len(text), 4)] for text in (found, known))
    return next((n for n, (a, b) in enumerate(zip(*parts, strict=False)) if a != b), None)


def _cells(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def _records(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
