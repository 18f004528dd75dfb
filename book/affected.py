"""Which tests a change is likely to break: those that speak of what was changed, or of what calls it.

    python -m book.affected    the test files for what differs from the last commit, nearest first

Nothing is run: tests, pages and gumlib are parsed, and definitions followed by `gumlib.data.lineage.imports`.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import networkx as nx

from book.paths import ROOT
from gumlib import data
from gumlib.data.lineage import imports, pages
from gumlib.data.lineage.syntax import modules, resolve

Definition: TypeAlias = tuple[str, str]
"""Module and name in it; no module for a file of the registry."""
NEAR = 3
"""Calls between what was changed and what a test speaks of, at most."""


def reaching(*places: Definition, steps: float = float("inf")) -> tuple[list[str], list[str]]:
    """Return the test files and the pages that reach one of some definitions, or files of data; tests nearest first.

    Parameters
    ----------
    places : module and name each; no module for a file of the registry
    steps : calls between the two, at most
    """
    far: dict[Definition, int] = {}
    for place in places:
        for one, distance in _callers(place).items():
            far[one] = min(distance, far.get(one, distance))
    reached = {name: [far[one] for one in named if one in far] for name, named in _tests().items()}
    near = {name: min(distances) for name, distances in reached.items() if distances}
    tests = sorted((name for name, distance in near.items() if distance <= steps), key=lambda name: (near[name], name))
    used = pages.uses(ROOT / "chapters")
    named = zip(used["page"], used["module"], used["name"], strict=True)
    return tests, sorted({page.split("/")[-1] for page, *place in named if tuple(place) in far})


def _callers(place: Definition) -> dict[Definition, int]:
    """Return how many calls part a definition from each that reaches it."""
    net = imports.graph().reverse(copy=False)
    return dict(nx.single_source_shortest_path_length(net, place)) if place in net else {place: 0}


@cache
def _tests() -> dict[str, set[Definition]]:
    """Return the definitions of gumlib that each test file speaks of."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return {file.relative_to(ROOT).as_posix(): set(_spoken(file.read_text(encoding="utf-8"))) for file in files}


def _spoken(text: str) -> Iterable[Definition]:
    names: dict[str, str] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gumlib"):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or "gumlib": alias.name for alias in node.names if alias.name.startswith("gumlib")}
    chains = re.findall(r"\b([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)", text)
    dotted = {names[head] + part for head, tail in chains if head in names for part in ("", tail)}
    return filter(None, (resolve(name, modules()) for name in dotted))


def changed() -> list[str]:
    """Return the files that differ from the last commit, or are new."""
    command = ["git", "status", "--porcelain", "-z", "--no-renames"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        raise SystemExit(
            f"expected a git checkout, got {listed.stderr.strip()}; run `make test`, which asks no history"
        )
    return sorted(entry[3:] for entry in listed.stdout.split("\0") if entry and (ROOT / entry[3:]).is_file())


def affected(files: Iterable[str]) -> list[str]:
    """Return the test files that a change of some files is likely to break, nearest first."""
    places, own = [], []
    resources = {f"data/{path}": name for name, path in data.registry()["path"].items()}
    for file in files:
        if file.startswith("tests/"):
            own.append(file if Path(file).name.startswith("test_") else str(Path(file).parent))
        elif file.startswith("gumlib/") and file.endswith(".py"):
            module = ".".join(Path(file).with_suffix("").parts).removesuffix(".__init__")
            own += ["tests/figures"] * file.startswith("gumlib/figures/")
            places += [(module, name) for name in ("", *modules()[module].own)]
        elif file in resources:
            places.append(("", resources[file]))
            own += [name for name in _tests() if f'"{resources[file]}"' in (ROOT / name).read_text(encoding="utf-8")]
        elif file.startswith(("book/", "chapters/", "notebooks/")):
            own.append("tests/book")
    return list(dict.fromkeys([*own, *reaching(*places, steps=NEAR)[0]]))


if __name__ == "__main__":
    print(" ".join(affected(changed())))
