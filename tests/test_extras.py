"""Packages that only parts of gumlib need: whoever lacks one is told which extra brings it."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWNERS = metadata.packages_distributions()
GUARDED = ("figures",)
"""Rooms whose first line asks for matplotlib, so that their modules import it freely."""


def distribution(module: str) -> str:
    return canonicalize_name(OWNERS.get(module, [module])[0])


@cache
def brought(extra: str) -> frozenset[str]:
    """Return all distributions that an extra brings, with what they need; those of gumlib itself for ""."""
    optional = PROJECT["optional-dependencies"]
    asked, found = list(map(Requirement, optional[extra] if extra else PROJECT["dependencies"])), set()
    while asked:
        wanted = asked.pop()
        name = canonicalize_name(wanted.name)
        if name == "gumlib":
            asked += [Requirement(text) for each in wanted.extras for text in optional[each]]
        elif name not in found:
            found.add(name)
            below = map(Requirement, _needs(name))
            asked += [one for one in below if one.marker is None or one.marker.evaluate({"extra": ""})]
    return frozenset(found)


def _needs(name: str) -> list[str]:
    """Return what a distribution asks for; nothing where it is not installed, as pymrio need not be."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def foreign(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"gumlib"}


def plain(tree: ast.AST) -> set[str]:
    """Return the foreign packages that import statements name."""
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return foreign(names | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)})


def asked(tree: ast.AST) -> set[tuple[str, str]]:
    """Return package and extra of each call of `extra`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "extra"]
    return {(call.args[0].value.split(".")[0], call.args[1].value) for call in calls}


TREES = {
    file.relative_to(ROOT / "gumlib"): ast.parse(file.read_text(encoding="utf-8"))
    for file in sorted((ROOT / "gumlib").rglob("*.py"))
}
OPTIONAL = sorted({name for tree in TREES.values() for name, _ in asked(tree)})


@pytest.mark.parametrize("file", TREES, ids=str)
def test_a_module_imports_what_gumlib_brings_and_asks_for_the_rest(file):
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            node.body = []
    for name in plain(TREES[file]):
        free = name in {"matplotlib", "mpl_toolkits"} and file.parts[0] in GUARDED
        assert free or distribution(name) in brought(""), f"{file} imports {name}: use gumlib.errors.extra"
    for name, extra in asked(TREES[file]):
        assert distribution(name) in brought(extra), f"{file}: the extra {extra} does not bring {name}"


LACKING = """
    import importlib, json, pkgutil, sys
    import gumlib
    from gumlib.errors import GumError

    class Lack:
        def find_spec(self, name, path=None, target=None):
            if name.split(".")[0] == self.name:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    def forget(head):
        return {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == head}

    lack, told = Lack(), []
    lack.name = ""
    sys.meta_path.insert(0, lack)
    names = [module.name for module in pkgutil.walk_packages(gumlib.__path__, "gumlib.", onerror=lambda name: None)]
    for lack.name in sys.argv[1:]:
        hidden = forget(lack.name)
        forget("gumlib")
        for name in names:
            try:
                importlib.import_module(name)
            except Exception as found:
                told.append((lack.name, name, type(found).__name__, str(found)))
        sys.modules.update(hidden)
    print(json.dumps([names, told]))
"""


@pytest.mark.slow
def test_without_a_package_a_module_loads_or_names_the_extra_that_brings_it():
    command = [sys.executable, "-c", textwrap.dedent(LACKING), *OPTIONAL]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    names, told = json.loads(result.stdout)
    assert len(names) == len(TREES) - 1
    assert {"matplotlib", "numba"} <= {package for package, *_ in told}
    for package, module, kind, said in told:
        assert kind == "GumError", f"{module} without {package}: {kind}: {said}"
        extra = re.search(r'pip install "gumlib\[(\w+)\]"', said)
        assert extra, said
        assert distribution(package) in brought(extra[1]), said
