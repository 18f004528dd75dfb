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
from book import house

PACKAGE = Path(gumlib.__file__).parent
ROOT = PACKAGE.parent
PACKAGES = sorted(
    found.name for found in pkgutil.walk_packages(gumlib.__path__, "gumlib.") if found.ispkg and found.name != "gumlib"
)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Copy the package, so that a fault can be planted in it."""
    return shutil.copytree(PACKAGE, tmp_path / "gumlib", ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))


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


def test_an_import_upwards_is_refused(copied, tmp_path):
    pytest.importorskip("importlinter")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    planted = copied / "model" / "dematel.py"
    for line, ends in (("", 0), ("\nfrom gumlib import figures\n", 1)):
        planted.write_text(planted.read_text(encoding="utf-8") + line, encoding="utf-8")
        ended = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
        assert ended.returncode == ends, ended.stdout


def test_no_caption_holds_a_typed_number_and_no_public_name_means_two_things():
    assert house.faults() == []


@pytest.mark.parametrize(
    ("file", "line", "named"),
    [
        ("figures/s2_1_map.py", 'CAPTIONS = [dict(alt="a line up to 12")]', "typed number"),
        ("survey/levels.py", "def loops() -> int: ...", "loops is defined in model and survey"),
        ("survey/levels.py", "class Case: ...", "Case is defined in cases and survey"),
        ("figures/s2_1_map.py", "FACTORS, SHADES = 1, 2", "FACTORS is defined in figures and terms"),
        ("figures/s2_1_map.py", "def loops() -> int: ...", "loops is defined in figures and model"),
        ("cli/models.py", "def loops() -> None: ...", "loops is defined in cli and model"),
        ("survey/levels.py", "from gumlib.model import loops", None),
        ("survey/levels.py", "def _loops() -> int: ...", None),
        ("figures/s2_1_map.py", "def necessity() -> Figure: ...", None),
        ("cli/models.py", "@model.command()\ndef loops() -> None: ...", None),
    ],
)
def test_a_planted_fault_is_found_and_what_shows_a_thing_may_bear_its_name(copied, file, line, named):
    planted = copied / file
    planted.write_text(planted.read_text(encoding="utf-8") + f"\n\n{line}\n", encoding="utf-8")
    found = house.faults(copied)
    assert bool(found) == (named is not None)
    if named:
        assert named in found[0].remedy
        assert planted in {fault.file for fault in found}


def test_a_fault_ends_the_command_and_is_named_by_file_and_line(monkeypatch, capsys):
    fault = house.Fault(PACKAGE / "terms.py", 7, "name it otherwise")
    monkeypatch.setattr(house, "faults", lambda: [fault])
    with pytest.raises(SystemExit) as ended:
        house.main()
    assert ended.value.code
    assert capsys.readouterr().out == "gumlib/terms.py:7: name it otherwise\n"


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
