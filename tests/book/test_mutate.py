"""Planted faults change one place, and nothing else of the file's form."""

from __future__ import annotations

import ast
import csv
import difflib
import importlib.util
import json
import random

import nbformat
import pytest

from book import compare, mutate
from book.paths import ROOT

SEEDS = range(12)


@pytest.mark.parametrize("kind", mutate.PLANTERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_fault_changes_one_place_of_a_file(kind, seed):
    fault = mutate.PLANTERS[kind](random.Random(seed))
    before = (ROOT / fault.file).read_text(encoding="utf-8")
    lines = [line for line in difflib.ndiff(before.splitlines(), fault.text.splitlines()) if line[:2] in ("- ", "+ ")]
    assert fault.kind == kind
    assert fault.old != fault.new
    assert sum(line.startswith("+ ") for line in lines) == 1, f"{fault}: {lines[:6]}"


@pytest.mark.parametrize("seed", SEEDS)
def test_faulty_code_is_still_python_and_a_faulty_table_still_a_table(seed):
    code, data, stored = (mutate.PLANTERS[kind](random.Random(seed)) for kind in ("code", "data", "stored"))
    assert ast.dump(ast.parse(code.text)) != ast.dump(ast.parse((ROOT / code.file).read_text(encoding="utf-8")))
    rows = list(csv.reader(data.text.splitlines(keepends=True)))
    assert {len(row) for row in rows if row} == {len(rows[0])}
    json.loads(stored.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_misprint_is_more_than_two_machines_may_differ(seed):
    new = mutate._misprinted("0.12345", random.Random(seed))
    assert float(new) != pytest.approx(0.12345, rel=1e-5)


def test_results_counts_and_words_of_stored_outputs_are_planted_and_each_is_noticed():
    faults = [mutate.in_stored(random.Random(seed)) for seed in range(30)]
    kinds = {"result" if "." in one.old else "count" if one.old.isdigit() else "word" for one in faults}
    assert kinds == {"result", "count", "word"}
    for fault in faults:
        stored = nbformat.read(ROOT / fault.file, as_version=4)
        assert compare.notebooks(stored, nbformat.reads(fault.text, as_version=4)), fault


def test_another_key_or_claim_in_chinese_is_noticed():
    for seed in SEEDS:
        fault = mutate.in_chinese(random.Random(seed))
        assert fault.file.startswith("locale/zh/")
        (command,) = mutate.checks(fault)
        assert command[-1].startswith("tests/book/test_chinese.py::")


def test_a_stale_fingerprint_alone_catches_nothing(tmp_path, monkeypatch):
    copies = [tmp_path / name for name in ("planted", "control")]
    for copy in copies:
        (copy / "notebooks").mkdir(parents=True)
        (copy / "x.py").write_text("good = True\n")
    fault = mutate.Fault("data", "x.py", 1, "True", "False", "good = False\n")
    monkeypatch.setattr(mutate, "checks", lambda _: iter([["-c", "pass"]]))
    plain = mutate._failing

    def failing(command, copy):
        if mutate._STALE in command:
            return command if "good = False" in (copy / "x.py").read_text() else []
        return plain(command, copy)

    monkeypatch.setattr(mutate, "_failing", failing)
    assert mutate.caught(fault, copies[0], mutate.Control(copies[1])) == mutate.STALE
    assert not mutate._counts(mutate.STALE)


@pytest.mark.parametrize("kind", ["data", "code"])
def test_no_check_of_a_fault_asks_for_fingerprints(kind):
    for command in mutate.checks(mutate.PLANTERS[kind](random.Random(1))):
        assert "pytest" not in command or command[command.index("--deselect") + 1] == mutate._STALE


def test_the_same_seed_plants_the_same_faults():
    one, other = ([plant(random.Random(3)) for plant in mutate.PLANTERS.values()] for _ in range(2))
    assert one == other


def test_a_check_that_fails_catches_and_one_without_tests_does_not(tmp_path):
    (tmp_path / "test_x.py").write_text("def test_x():\n    assert 0\n")
    pytest_command = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
    assert mutate._failing([*pytest_command, "test_x.py"], tmp_path)[-1] == "test_x.py::test_x"
    assert not mutate._failing([*pytest_command, "-k", "nothing", "test_x.py"], tmp_path)
    assert mutate._failing(["-c", "raise SystemExit(1)"], tmp_path)


def test_a_test_that_fails_without_the_fault_hides_no_test_that_fails_for_it(tmp_path):
    copies = [tmp_path / name for name in ("planted", "control")]
    for copy, good in zip(copies, (False, True), strict=True):
        copy.mkdir()
        (copy / "test_x.py").write_text(
            "import pytest\n\n\ndef test_broken():\n    assert 0\n\n\n"
            f"@pytest.mark.parametrize('name', ['a - b [c]'])\ndef test_keen(name):\n    assert {good}\n"
        )
    command = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "test_x.py"]
    by = mutate._catching(command, copies[0], mutate.Control(copies[1]))
    assert by == "pytest test_x.py::test_keen[a - b [c]]"


def test_a_check_that_fails_without_the_fault_catches_nothing(tmp_path, monkeypatch):
    copies = [tmp_path / name for name in ("planted", "control")]
    for copy in copies:
        (copy / "notebooks").mkdir(parents=True)
        (copy / "x.py").write_text("good = True\n")
    fault = mutate.Fault("stored", "x.py", 1, "True", "False", "good = False\n")
    broken, keen = ["-c", "import no_such_module"], ["-c", "import x; assert x.good"]
    control = mutate.Control(copies[1])
    for checks, by in (([broken], ""), ([broken, keen], "import x; assert x.good")):
        monkeypatch.setattr(mutate, "checks", lambda _fault, checks=checks: iter(checks))
        assert mutate.caught(fault, copies[0], control) == by
    assert list(control.passed.values()) == [False, True]
    assert (copies[0] / "x.py").read_text() == "good = True\n"


@pytest.mark.parametrize("kind", mutate.PLANTERS)
def test_the_checks_name_what_there_is(kind):
    for command in mutate.checks(mutate.PLANTERS[kind](random.Random(0))):
        named = [word.partition("::") for word in command if word.endswith(".py") or "::" in word]
        assert all(function in (ROOT / file).read_text(encoding="utf-8") for file, _, function in named)
        assert command[0] != "-m" or importlib.util.find_spec(command[1])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["stored", "chinese"])
def test_what_is_to_catch_a_fault_passes_in_a_copy_without_one(kind, tmp_path):
    control = mutate.Control(mutate._copies(tmp_path, 1).get())
    assert all(control.passes(command) for command in mutate.checks(mutate.PLANTERS[kind](random.Random(0))))
