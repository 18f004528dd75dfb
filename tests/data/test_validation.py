"""A fault planted in a copy of the data is named by file, row, column and remedy."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import pytest

from gumlib.data import check
from gumlib.errors import GumError

Rows: TypeAlias = list[list[str]]
Edit: TypeAlias = Callable[[Rows], None]


def cell(row: int, column: str, value: str) -> Edit:
    """Write one cell; rows are counted as a spreadsheet does."""

    def edit(rows: Rows) -> None:
        rows[row - 1][rows[0].index(column)] = value

    return edit


def drop_row(row: int) -> Edit:
    return lambda rows: rows.pop(row - 1) and None


def drop_column(column: str) -> Edit:
    def edit(rows: Rows) -> None:
        place = rows[0].index(column)
        for row in rows:
            del row[place]

    return edit


def drop_label(column: str) -> Edit:
    return lambda rows: rows[0].remove(column)


def swap(rows: Rows) -> None:
    rows[0][0], rows[0][1] = rows[0][1], rows[0][0]


FAULTS = {
    "a text for a number": ("evidence/scores_a.csv", cell(2, "score", "two"), 2, "score"),
    "a score above five": ("evidence/scores_a.csv", cell(9, "score", "6"), 9, "score"),
    "a score below nought": ("evidence/scores_b.csv", cell(9, "score", "-1"), 9, "score"),
    "a half score": ("evidence/scores_b.csv", cell(2, "score", "2.5"), 2, "score"),
    "a year that is no epoch": ("evidence/scores_a.csv", cell(2, "year", "1986"), 2, "year"),
    "an unknown cluster": ("evidence/ledger.csv", cell(40, "cluster", "hangzhou"), 40, "cluster"),
    "an id given twice": ("evidence/ledger.csv", cell(3, "id", "NB001"), 3, "id"),
    "a cell scored twice": ("evidence/scores_a.csv", cell(3, "variable", "L"), 3, "variable"),
    "a fact without a source": ("evidence/ledger.csv", cell(7, "source_key", ""), 7, "source_key"),
    "a fact with an unknown source": ("evidence/ledger.csv", cell(3, "source_key", "nowhere"), 3, "source_key"),
    "a source removed": ("evidence/sources.csv", drop_row(2), 2, "source_key"),
    "an empty statement": ("evidence/ledger.csv", cell(3, "statement", ""), 3, "statement"),
    "an unknown fact in a list": ("evidence/scores_a.csv", cell(2, "evidence_ids", "NB001;NB999"), 2, "evidence_ids"),
    "an unknown fact in conflict": ("evidence/ledger.csv", cell(2, "conflict_with", "ZZ999"), 2, "conflict_with"),
    "another word": ("evidence/ledger.csv", cell(5, "statement", "It was so."), 5, "statement"),
    "another valid score": ("evidence/scores_a.csv", cell(2, "score", "3"), 2, "score"),
    "a column renamed": ("evidence/ledger.csv", cell(1, "cluster", "klaster"), 1, "cluster"),
    "a column removed": ("evidence/ledger.csv", drop_column("conflict_with"), 1, "conflict_with"),
    "a label removed": ("evidence/codebook.csv", drop_label("anchor"), 1, "anchor"),
    "two labels swapped": ("evidence/codebook.csv", swap, 1, "variable"),
    "a surplus cell": ("evidence/ledger.csv", lambda rows: rows[4].append("more"), 5, None),
    "a short row": ("evidence/ledger.csv", lambda rows: rows[4].pop() and None, 5, "conflict_with"),
    "an empty row": ("evidence/ledger.csv", lambda rows: rows.insert(4, [""] * len(rows[0])), 5, "id"),
}


@pytest.fixture
def package(package: Path) -> Path:
    """Keep the evidence and the files that are no tables: faults are planted there; the others are long to check."""
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    kept = [one for one in descriptor["resources"] if one["path"].startswith(("evidence/", "geo/", "references"))]
    file.write_text(json.dumps({**descriptor, "resources": kept}), encoding="utf-8")
    return package


def rewrite(file: Path, edit: Edit) -> None:
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    edit(rows)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def named(faults: pd.DataFrame, file: str, row: int | None, column: str | None) -> pd.DataFrame:
    """Pick the faults that name this place."""
    at_row = faults["row"].isna() if row is None else faults["row"].eq(row).fillna(False)
    at_column = faults["column"].isna() if column is None else faults["column"].eq(column)
    return faults[faults["file"].eq(Path(file).name) & at_row & at_column]


def require(package: Path, file: str, row: int | None, column: str | None) -> None:
    """Require that the place is named, in words and with a remedy, by `check` and by `verify`, which is told of it."""
    faults = check.check(package)
    found = named(faults, file, row, column)
    assert not found.empty, faults.head().to_string()
    assert faults[["fault", "remedy"]].map(lambda text: bool(text and text.strip())).all(axis=None), faults.to_string()
    said = f"{Path(file).name}, row {'-' if row is None else row}, column {column or '-'}: "
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "check", {package: faults}.__getitem__)
        with pytest.raises(GumError) as raised:
            check.verify(package)
    assert said in str(raised.value)
    assert found["remedy"].iloc[0] in str(raised.value)


def test_the_shipped_data_have_no_fault():
    check.verify()


def test_a_copy_saved_anew_has_no_fault(package):
    rewrite(package / "evidence/ledger.csv", lambda rows: None)
    faults = check.check(package)
    assert set(faults["file"]) <= {"ledger.csv"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_named(package, fault):
    file, edit, row, column = FAULTS[fault]
    rewrite(package / file, edit)
    require(package, file, row, column)


@pytest.mark.parametrize("fault", ["a text for a number", "another word", "a fact with an unknown source"])
def test_a_fault_in_one_cell_is_blamed_on_no_other(package, fault):
    file, edit, row, column = FAULTS[fault]
    rewrite(package / file, edit)
    faults = check.check(package)
    assert len(named(faults, file, row, column)) == len(faults)


def test_a_removed_source_is_also_missed_where_it_is_cited(package):
    rewrite(package / "evidence/sources.csv", drop_row(2))
    assert "ledger.csv" in set(check.check(package)["file"])


def test_another_encoding_is_named_with_its_place(package):
    file = package / "evidence/codebook.csv"
    text = file.read_text(encoding="utf-8")
    chinese = "集群学习"
    file.write_bytes(file.read_bytes().replace(chinese.encode(), chinese.encode("gbk"), 1))
    assert chinese in text
    require(package, "evidence/codebook.csv", 2, "name_zh")


def test_a_changed_byte_outside_tables_is_named_by_file(package):
    file = package / "references.bib"
    file.write_bytes(file.read_bytes().replace(b"a", b"b", 1))
    require(package, "references.bib", None, None)


@pytest.mark.parametrize(
    "file",
    [
        "evidence/codebook.csv",
        "evidence/ledger.csv",
        "evidence/sources.csv",
        "references.bib",
        "geo/clusters.geojson",
    ],
)
def test_a_missing_file_is_named(package, file):
    (package / file).unlink()
    faults = check.check(package)
    found = faults[faults["file"].eq(Path(file).name) & faults["row"].isna()]
    assert not found.empty, faults.to_string()
    assert "restore the missing file" in set(found["remedy"])
    with pytest.raises(GumError, match=f"{Path(file).name}, row -, column .*; restore the missing file"):
        check.verify(package)


def test_fingerprint_tells_row_and_column():
    table = [["id", "value"], ["a", "1"], ["b", "2"]]
    changed = [["id", "value"], ["a", "1"], ["b", "3"]]
    before, after = check.fingerprint(table), check.fingerprint(changed)
    for axis, place in (("rows", 2), ("columns", 1)):
        differing = [n for n in range(0, len(before[axis]), 4) if before[axis][n : n + 4] != after[axis][n : n + 4]]
        assert differing == [4 * place]
