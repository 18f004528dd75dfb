"""The API pages can be written where the book's own packages are installed and no others."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
MOCKED = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]["autodoc_mock_imports"]
READ = """
import sys
from importlib import import_module
from sphinx.ext.autodoc.mock import mock
modules, absent, mocked = (part.split() for part in sys.argv[1:])
sys.modules.update({name: None for name in absent if name not in mocked})
with mock(mocked):
    for module in modules:
        import_module(module)
"""


def locked(name: str) -> set[str]:
    """Return the distributions that a lock file installs."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {re.sub(r"[-_.]+", "-", found).lower() for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


def absent() -> list[str]:
    """Return what can be imported here and is not installed with the book."""
    more = locked("test") | locked("dev")
    installed = packages_distributions().items()
    ours = {name for name, by in installed if {one.lower().replace("_", "-") for one in by} & (more - locked("book"))}
    return sorted(ours)


@pytest.mark.parametrize(("mocked", "ends"), [(MOCKED, 0), ([], 1)], ids=["as built", "a fault planted"])
def test_each_module_is_read_without_the_packages_of_extras(mocked, ends):
    pages = sorted((ROOT / "chapters" / "back").glob("api-*.md"))
    modules = [found for page in pages for found in re.findall(r"automodule:: (\S+)", page.read_text(encoding="utf-8"))]
    assert modules
    assert "numba" in absent()
    command = [sys.executable, "-c", READ, " ".join(modules), " ".join(absent()), " ".join(mocked)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == ends, run.stderr


def test_each_module_stands_on_a_page():
    """Packages only name what stands in their modules, and commands speak for themselves."""
    wanted = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts)
        for file in (ROOT / "gumlib").rglob("*.py")
        if not file.name.startswith("__") and file.parent.name != "cli"
    }
    pages = (ROOT / "chapters" / "back").glob("api*.md")
    told = {found for page in pages for found in re.findall(r"automodule:: (\S+)", page.read_text(encoding="utf-8"))}
    assert wanted - told == set()
