"""The plan of the house: few rooms, nothing loose, imports downwards, no module named like what its package exports."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gumlib

PACKAGE = Path(gumlib.__file__).parent
ROOT = PACKAGE.parent
PACKAGES = sorted(
    found.name for found in pkgutil.walk_packages(gumlib.__path__, "gumlib.") if found.ispkg and found.name != "gumlib"
)


def test_nothing_is_loose_but_words_and_the_exception():
    entries = {entry.name for entry in PACKAGE.iterdir() if not entry.name.startswith("_")} - {"py.typed"}
    assert {entry for entry in entries if entry.endswith(".py")} == {"errors.py", "terms.py"}
    assert len(entries) <= 16


@pytest.mark.parametrize("package", PACKAGES)
def test_a_module_shares_no_name_with_what_its_package_exports(package):
    module = importlib.import_module(package)
    inside = {found.name for found in pkgutil.iter_modules(module.__path__)}
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    exported = {one.asname or one.name for node in tree.body if isinstance(node, ast.ImportFrom) for one in node.names}
    assert not inside & exported


def test_an_import_upwards_is_refused(tmp_path):
    pytest.importorskip("importlinter")
    shutil.copytree(PACKAGE, tmp_path / "gumlib", ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    planted = tmp_path / "gumlib" / "model" / "dematel.py"
    for line, ends in (("", 0), ("\nfrom gumlib import figures\n", 1)):
        planted.write_text(planted.read_text(encoding="utf-8") + line, encoding="utf-8")
        ended = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
        assert ended.returncode == ends, ended.stdout


def steps(file: Path) -> set[str]:
    """Return the parts of gumlib that errors raised in a module name, as they are written there."""
    place = {"GumError": 1, "one_of": 2}
    calls = [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    named = [call.args[place[name]] for call in calls if (name := ast.unparse(call.func)) in place]
    return {step.value for step in named if isinstance(step, ast.Constant)}


@pytest.mark.parametrize(
    "room", ["data", "model", "dynamics", "evidence", "gvc", "cases", "policy", "survey", "claims"]
)
def test_an_error_names_the_part_of_gumlib_that_stopped(room):
    files = {file.relative_to(PACKAGE).with_suffix(""): steps(file) for file in (PACKAGE / room).rglob("*.py")}
    assert any(files.values())
    assert not {str(file): named for file, named in files.items() if not named <= set(file.parts)}
