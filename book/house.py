"""What ruff and import-linter cannot say of gumlib: two rules of the house, looked for in the code as parsed.

    python -m book.house    print each fault as file:line, with what to do

A caption or an alternative text holds no typed number: when the data change, it would stay. No public name is defined
in two rooms, the folders below gumlib: who searches for it finds one thing. Two kinds of names stand apart. What only
shows a thing may bear its name: a figure or table, a section of a report, a command. And `SEED` and `DRAWS` mean the
same in every module that draws at random.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from book.paths import ROOT

_PACKAGE = ROOT / "gumlib"
_MADE = re.compile(
    r"\b(?:19|20)\d\d\b"  # a year
    r"|\bC\d\d\b"  # a claim
    r"|\bfrom 0 to 1\b"  # the scale of levels and of governance
    r"|\b(?:5 to 95|90|95) %"  # what an interval or a band holds
)
"""What may stand as typed: it says how a figure is made, not what it shows."""
_SHOWN = {
    "figures": re.compile(r"(?:\w+\.)*(?:Figure|Table)"),
    "own": re.compile(r"list\[(?:\w+\.)*Piece\]"),
}
"""By room, what a function returns that only shows something."""
_COMMAND = re.compile(r"\w+\.(?:command|group)\b")
_GIVEN = {"caption", "alt"}
_RANDOM = {"SEED", "DRAWS"}
"""The seed of a module's random numbers, and how often it draws."""


class Fault(NamedTuple):
    """Where a rule is broken, and what to do."""

    file: Path
    line: int
    remedy: str


def faults(package: Path = _PACKAGE) -> list[Fault]:
    """Return all that breaks the two rules in a package."""
    return [*_captions(package), *_names(package)]


def typed(tree: ast.AST) -> Iterator[int]:
    """Yield the line of each piece of a caption or alternative text that holds a digit outside braces."""
    for text in _texts(tree):
        braces = [value for value in ast.walk(text) if isinstance(value, ast.FormattedValue)]
        composed = {id(part) for value in braces for part in ast.walk(value)}
        plain = [part for part in ast.walk(text) if isinstance(part, ast.Constant) and id(part) not in composed]
        yield from (p.lineno for p in plain if isinstance(p.value, str) and re.search(r"\d", _MADE.sub("", p.value)))


def _texts(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what is given as `caption` or `alt` to a call, or kept under such a name until then."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword):
            names = {node.arg}
        elif isinstance(node, ast.Assign):
            names = {one.id for one in node.targets if isinstance(one, ast.Name)}
        else:
            continue
        if _GIVEN & names:
            yield node.value


def _captions(package: Path) -> Iterator[Fault]:
    remedy = "a typed number in a caption or alternative text; compose it from the table, or write it in words"
    for file in _files(package):
        yield from (Fault(file, line, remedy) for line in typed(_parsed(file)))


def _names(package: Path) -> Iterator[Fault]:
    places: dict[str, list[tuple[str, Path, int]]] = defaultdict(list)
    for file in _files(package):
        room = file.relative_to(package).parts[0].removesuffix(".py")
        for name, node in _definitions(_parsed(file).body):
            if not name.startswith("_") and name not in _RANDOM and not _shows(node, room):
                places[name].append((room, file, node.lineno))
    for name, found in sorted(places.items()):
        rooms = sorted({room for room, *_ in found})
        if len(rooms) > 1:
            remedy = f"{name} is defined in {' and '.join(rooms)}; name one for what it is, or import it from the other"
            yield from (Fault(file, line, remedy) for _, file, line in found)


def _definitions(body: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.stmt]]:
    """Yield the names that the statements of a module define, each with its statement; imports define none."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            named = [part for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
            yield from ((part.id, node) for part in named if isinstance(part.ctx, ast.Store))
        elif isinstance(node, ast.If | ast.Try):
            yield from _definitions([*node.body, *node.orelse])


def _shows(node: ast.stmt, room: str) -> bool:
    """Tell whether a definition only shows what may bear the same name elsewhere."""
    if not isinstance(node, ast.FunctionDef):
        return False
    if room == "cli":
        return any(_COMMAND.match(ast.unparse(decorator)) for decorator in node.decorator_list)
    returned = ast.unparse(node.returns) if node.returns else ""
    return room in _SHOWN and _SHOWN[room].fullmatch(returned) is not None


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def main() -> None:
    """Print each fault and end with 1 if there are any."""
    found = faults()
    for file, line, remedy in found:
        print(f"{file.relative_to(ROOT)}:{line}: {remedy}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
