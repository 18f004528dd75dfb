"""Spoilt copies of a cluster folder, of answers to a form, and of an input-output table: nothing changes silently.

`GUM_EXAMPLES=10000 pytest tests/own/test_spoilt.py` tries ten thousand in all.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import own_tables
import pandas as pd
import pytest
import spoilt
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gumlib.data.faults import Fault
from gumlib.errors import GumError
from gumlib.own import table as tables
from gumlib.own.cluster import folder, template
from gumlib.survey import answers as reader
from gumlib.survey import export, instrument, responses, simulation

EXAMPLES = int(os.environ.get("GUM_EXAMPLES", "300"))
QUICK = settings(
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def pipes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented cluster, with pressure of its own; only what is spoilt is written anew."""
    base = template.write(tmp_path_factory.mktemp("sound") / "pipes", example=True)
    (base / "scores_b.csv").unlink()
    (base / "context.csv").write_text("year,pressure\n1990,0.1\n2000,0.25\n", encoding="utf-8")
    for file in base.glob("*.csv"):
        (base / file.name).write_bytes(file.read_bytes().replace(b"\r\n", b"\n"))
    return base


@pytest.fixture(scope="module")
def sound(pipes: Path) -> tuple[dict[str, bytes], folder.Folder]:
    """The bytes of the sound folder, and what is read from it."""
    found = folder.examine_folder(pipes)
    assert not found.faults
    return {file.name: file.read_bytes() for file in pipes.glob("*.csv")}, found


FILES = ["ledger.csv", "scores_a.csv", "sources.csv", "cluster.csv", "context.csv"]


@pytest.mark.slow
@settings(QUICK, max_examples=EXAMPLES // 3)
@given(data=st.data())
def test_a_spoilt_cluster_folder(
    pipes: Path, sound: tuple[dict[str, bytes], folder.Folder], data: st.DataObject
) -> None:
    contents, whole = sound
    file = data.draw(st.sampled_from(FILES))
    made = spoilt.spoil(contents[file], data.draw)
    (pipes / file).write_bytes(made.content)
    try:
        found = folder.examine_folder(pipes)
        if found.blocked:
            named(found.faults, set(contents))
            return
        told = [fault[1:4] for fault in found.faults if fault.file == file]
        for name, frame in whole.frames.items():
            read = found.frames.get(name)
            assert read is not None or any(fault.file == name for fault in found.faults)
            if read is not None:
                others = told if name == file else [fault[1:4] for fault in found.faults if fault.file == name]
                assert not spoilt.silent(frame, read, made, others), made
        if file == "cluster.csv" and not told:
            values = {cell for row in spoilt._plainly(made.content) for cell in map(str.strip, row)}
            assert {
                key: text for key, text in found.about.items() if whole.about.get(key) != text and text not in values
            } == {}
        folder.assemble(found)
    finally:
        (pipes / file).write_bytes(contents[file])


def named(faults: list[Fault], files: set[str]) -> None:
    """Hold errors to the rule: the file, the row if it is about one, and what to do."""
    for fault in faults:
        if fault.severity == "error":
            assert fault.file in files
            assert fault.fault
            assert fault.remedy


FORM = instrument("yongkang-firms")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, pd.DataFrame]:
    """Twelve answers as ODK Central exports them: the file, its bytes, and what is read from it."""
    base = tmp_path_factory.mktemp("answers") / "a.csv"
    export.write_responses(simulation.respondents(FORM, 12, seed=3), base, "odk")
    content = spoilt.written(spoilt.rows_of(base.read_bytes())).encode()
    base.write_bytes(content)
    return base, content, texts(responses.read_export(base, FORM).frame)


def texts(frame: pd.DataFrame) -> pd.DataFrame:
    """Return answers as texts, without ids and days."""
    whole = frame.drop(columns=["respondent", "date"]).astype(object)
    return whole.map(lambda value: "" if pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value))


@pytest.mark.slow
@settings(QUICK, max_examples=EXAMPLES // 3)
@given(data=st.data())
def test_spoilt_answers(answers: tuple[Path, bytes, pd.DataFrame], data: st.DataObject) -> None:
    file, content, whole = answers
    made = spoilt.spoil(content, data.draw)
    file.write_bytes(made.content)
    frame, found = reader.examine(file, FORM, {})
    if any(fault.severity == "error" for fault in found):
        named(found, {file.name})
        return
    assert not spoilt.silent(whole, texts(frame), made, [fault[1:4] for fault in found]), made


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, tables.Reading]:
    """A small table in the layout of OECD: the file, its bytes, and what is read from it."""
    file = tmp_path_factory.mktemp("accounts") / "ICIO2021_2018.csv"
    rows = [[str(cell) for cell in row] for row in own_tables.oecd(own_tables.invented())]
    content = spoilt.written(rows).encode()
    file.write_bytes(content)
    return file, content, tables.read_table(file)


@pytest.mark.slow
@settings(QUICK, max_examples=EXAMPLES // 3)
@given(data=st.data())
def test_a_spoilt_input_output_table(accounts: tuple[Path, bytes, tables.Reading], data: st.DataObject) -> None:
    file, content, whole = accounts
    made = spoilt.spoil(content, data.draw)
    file.write_bytes(made.content)
    with suppress(GumError):
        read = tables.read_table(file)
        agrees(whole, read, made)


def agrees(whole: tables.Reading, read: tables.Reading, made: spoilt.Spoilt) -> None:
    """Hold what was read from a spoilt table to the rule."""
    told = set(read.notes + read.oddities) - set(whole.notes + whole.oddities)
    one, other = frame_of(whole), frame_of(read)
    assert set(one.index) == set(other.index) or told, made
    assert not spoilt.silent(one, other.reindex(one.index).fillna("gone"), made, [(note,) for note in told]), made


def frame_of(reading: tables.Reading) -> pd.DataFrame:
    """Return all sales as texts, by seller and buyer or use."""
    table = reading.table
    sales = pd.DataFrame(table.intermediates, index=table.index, columns=[f"{a} {b}" for a, b in table.index])
    uses = pd.DataFrame(table.final.reshape(len(table.index), -1), index=table.index)
    both = pd.concat([sales, uses], axis=1)
    both.columns, both.index = map(str, both.columns), [" ".join(label) for label in both.index]
    return both.map(repr)


def test_a_silent_change_is_caught(pipes: Path, sound: tuple[dict[str, bytes], folder.Folder]) -> None:
    """The rule itself: a cell that is nowhere in the file, a row that vanished, two rows changed."""
    frame = sound[1].frames["scores_a.csv"]
    made = spoilt.Spoilt(sound[0]["scores_a.csv"], "cells")
    assert not spoilt.silent(frame, frame, made, [])
    other = frame.copy()
    other.iloc[3, 3] = "made up"
    assert spoilt.silent(frame, other, made, [])
    assert not spoilt.silent(frame, other, made, [(5, "score", "read so")])
    assert spoilt.silent(frame, frame.iloc[1:], made, [])
    other = frame.copy()
    other.iloc[[1, 2], 3] = "1"
    assert spoilt.silent(frame, other, made, [])


def test_lone_carriage_returns_end_rows_and_an_endless_cell_is_named(
    accounts: tuple[Path, bytes, tables.Reading],
) -> None:
    file, content, whole = accounts
    file.write_bytes(content.replace(b"\n", b"\r"))
    assert frame_of(tables.read_table(file)).equals(frame_of(whole))
    file.write_bytes(content.replace(b"CHN_c1", b'"CHN_c1' + b"," * 200_000, 1))
    with pytest.raises(GumError) as refused:
        tables.read_table(file)
    assert len(str(refused.value)) < 2000


def test_a_title_stays_as_it_stands_and_a_code_read_otherwise_is_told(pipes: Path) -> None:
    file = pipes / "cluster.csv"
    content = file.read_bytes()
    try:
        file.write_bytes(content.replace(b"title_zh,", "title_zh,１２村".encode()))
        assert (folder.examine_folder(pipes).about["title_zh"], folder.examine_folder(pipes).faults) == ("１２村", [])
        file.write_bytes(content.replace(b"country,", "country,１２".encode()))
        assert [fault.severity for fault in folder.examine_folder(pipes).faults] == ["warning"]
    finally:
        file.write_bytes(content)
