"""The registry lists every file, and no byte passes unread."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from gumlib import data
from gumlib.errors import GumError

UNLISTED = {"datapackage.json", "refresh.py", "results.py"}


def test_registry_lists_every_file_in_order():
    files = {
        str(file.relative_to(data.folder()))
        for file in data.folder().rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    listed = data.registry()["path"]
    assert set(listed) == files - UNLISTED
    assert listed.index.is_monotonic_increasing
    assert listed.is_unique


def test_registry_states_size_hash_licence_and_source():
    for _, row in data.registry().iterrows():
        content = (data.folder() / row["path"]).read_bytes()
        assert row["sha256"] == hashlib.sha256(content).hexdigest()
        assert row["bytes"] == len(content)
        assert row["licence"]
        assert row["source"]


def test_a_changed_byte_is_refused(planted):
    file = planted / "references.bib"
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(content)
    with pytest.raises(GumError, match=r"references\.bib has changed: expected sha256:.* got sha256:.*refresh") as said:
        data.path("references")
    assert (said.value.step, said.value.variable) == ("data", "references")


def test_a_missing_file_is_named(planted):
    (planted / "evidence" / "ledger.csv").unlink()
    with pytest.raises(GumError, match=r"ledger\.csv, got none; restore the file"):
        data.read("ledger")


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(GumError, match=r"expected one of .*codebook.*got 'codebok'"):
        data.path("codebok")


def test_what_is_no_table_is_not_read_as_one():
    with pytest.raises(GumError, match=r"expected a table, got references\.bib; use data\.path"):
        data.read("references")


def test_types_are_those_of_the_schema_and_only_blanks_are_missing(planted):
    scores = data.read("scores_a")
    assert scores["score"].dtype == pd.Int64Dtype()
    assert scores["score"].isna().sum() == (scores["evidence_ids"].isna()).sum() > 0
    assert data.read("china-series")["value"].dtype == "float64"


def test_two_readings_do_not_share_memory():
    first = data.read("codebook")
    first["anchor"] = ""
    assert data.read("codebook")["anchor"].ne("").all()


def test_an_installed_package_reads_its_own_data(tmp_path, monkeypatch):
    monkeypatch.setattr(data.package, "__file__", str(tmp_path / "gumlib" / "data" / "package.py"))
    assert data.folder() == tmp_path / "data"
    (tmp_path / "gumlib" / "_data").mkdir(parents=True)
    assert data.folder() == tmp_path / "gumlib" / "_data"


def test_map_coordinates_lie_in_the_province():
    for feature in data.features("clusters"):
        longitude, latitude = feature["geometry"]["coordinates"]
        assert 118 < longitude < 123
        assert 27 < latitude < 32
