"""Planted faults change one place, and nothing else of the file's form."""

from __future__ import annotations

import ast
import csv
import difflib
import json
import random

import pytest

from book import mutate
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


def test_the_same_seed_plants_the_same_faults():
    one, other = ([plant(random.Random(3)) for plant in mutate.PLANTERS.values()] for _ in range(2))
    assert one == other


def test_a_check_that_fails_catches_and_one_without_tests_does_not(tmp_path):
    (tmp_path / "test_x.py").write_text("def test_x():\n    assert 0\n")
    pytest_command = ["-m", "pytest", "-q", "-p", "no:cacheprovider"]
    assert not mutate._passes([*pytest_command, "test_x.py"], tmp_path)
    assert mutate._passes([*pytest_command, "-k", "nothing", "test_x.py"], tmp_path)
    assert not mutate._passes(["-c", "raise SystemExit(1)"], tmp_path)
