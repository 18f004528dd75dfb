"""The wheel: what those have who install gumlib and hold no copy of the book."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "chapters" / "01" / "1-6-route.md"
SHOW = f"from book.noise import show; said = show(__import__('pathlib').Path({str(PAGE)!r}))"
REMEDY = "from gumlib import data; said = data.remedy()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and unpack it as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (packed,) = folder.glob("*.whl")
    with zipfile.ZipFile(packed) as files:
        files.extractall(folder / "site")
    return folder / "site"


def said(code: str, place: Path) -> Any:
    """Run code with the gumlib of a place and return what it says."""
    ending = f"; import gumlib, json; assert gumlib.__file__.startswith({str(place)!r}); print(json.dumps(said))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (place, ROOT)))}
    command = [sys.executable, "-c", code + ending]
    result = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_registry_and_no_script(wheel):
    inside = wheel / "gumlib" / "_data"
    assert not list(inside.rglob("*.py"))
    for resource in json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        assert (inside / resource["path"]).read_bytes() == (ROOT / "data" / resource["path"]).read_bytes()
    checkout = {file.relative_to(ROOT / "gumlib") for file in (ROOT / "gumlib").rglob("*.py")}
    assert {file.relative_to(wheel / "gumlib") for file in (wheel / "gumlib").rglob("*.py")} == checkout


@pytest.mark.slow
def test_the_page_on_the_package_shows_the_same_from_the_wheel(wheel):
    assert said(SHOW, wheel) == said(SHOW, ROOT)


@pytest.mark.slow
def test_a_remedy_is_one_that_the_reader_can_follow(wheel):
    assert said(REMEDY, wheel) == "install gumlib anew"
    assert "refresh.py" in said(REMEDY, ROOT)


def repository(text: str) -> list[str]:
    """Return the strings of a module, docstrings left out, that name a folder or a command of the repository."""
    tree = ast.parse(text)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told]
    named = r"(?<![/\w])(data|chapters|notebooks|book|tests)/|\bmake (data|book|test|notebooks)\b|\bwith git\b"
    return [word for word in words if isinstance(word, str) and re.search(named, word)]


def test_no_message_sends_a_reader_to_a_folder_that_only_the_repository_has():
    files = {file.relative_to(ROOT / "gumlib").as_posix(): file for file in (ROOT / "gumlib").rglob("*.py")}
    found = {name for name, file in files.items() if repository(file.read_text(encoding="utf-8"))}
    address = {"own/cluster/advice.py"}  # of a page of the book, wherever that was built
    assert found == {"data/package.py"} | address
