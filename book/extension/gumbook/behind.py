"""Which data files stand behind a number or a table: those read by the code it depends on, and by no other code.

The cells of a page are parsed, not run. From an expression the names are followed back through the statements that
set or change them; what these call is looked up in `gumlib.data.lineage`. The answers are kept beside the outputs.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

import pandas as pd

from book.digest import cache as store
from gumlib import data
from gumlib.data.lineage.imports import UNNAMED, files_in
from gumlib.data.lineage.syntax import (
    Module,
    bound,
    imported,
    meant,
    members,
    mentions,
    modules,
    name_of,
    stored,
    whole,
)

_Definition: TypeAlias = tuple[str, str]
"""Module, and name in it."""
_Words: TypeAlias = frozenset[str]
_NO_DATA = {UNNAMED, "phrases", "termbase", "units"}
"""What is read for the words of drawings and the units of columns, and what is named when called."""


def cell(code: list[str]) -> list[str]:
    """Return the files behind what the last of some cells shows."""
    return files(code, code[-1])


def files(code: list[str], expression: str) -> list[str]:
    """Return the registered files behind an expression of the last of some cells, sorted by name.

    Parameters
    ----------
    code : the cells of a page up to the one that holds the expression
    expression : as it stands there
    """
    mark = hashlib.sha256(repr((code, expression)).encode()).hexdigest()[:20]
    kept = store() / "behind" / mark
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")  # two editions are laid out at once
        fresh.write_text(json.dumps(_files(code, expression)), encoding="utf-8")
        fresh.replace(kept)
    found: list[str] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def hashes(names: list[str]) -> dict[str, str]:
    """Return the sha256 of registered files by name."""
    return dict(_registered("sha256").loc[names])


def paths(names: list[str]) -> list[str]:
    """Return where registered files lie in the folder of data."""
    return list(_registered("path").loc[names])


@cache
def _registered(fact: str) -> pd.Series:
    """One fact on each registered file: slow to list, and the same while pages are laid out."""
    return data.registry()[fact]


def _files(code: list[str], expression: str) -> list[str]:
    page = Module("page", imported(ast.parse("\n".join(code))), {}, ())
    before = [part for one in code for part in _parsed(one).body]
    found: set[str] = set()
    for part in needed(before, ast.parse(expression), page.names):
        found |= files_in(part, page, modules()) | set(_called(part, page))
    return sorted(found - _NO_DATA)


@cache
def _parsed(code: str) -> ast.Module:
    return ast.parse(code)


def needed(statements: list[ast.stmt], wanted: ast.AST, imports: dict[str, str]) -> list[ast.AST]:
    """Return a piece of code and those of the statements before it that it depends on.

    Examples
    --------
    >>> code = ast.parse("b = 0; a = f(1); b = g(a); b.sort(); c = h(2)").body
    >>> [ast.unparse(part) for part in needed(code, ast.parse("max(b)"), {})]
    ['max(b)', 'b.sort()', 'b = g(a)', 'a = f(1)']
    """
    kept, names = [wanted], _read(wanted)
    for statement in reversed(statements):
        if names & (_changed(statement) - imports.keys()):
            kept.append(statement)
            names = names - _set_anew(statement) | _read(statement)
    return kept


def _set_anew(statement: ast.stmt) -> set[str]:
    """Return the names whose former value a statement does away with."""
    if isinstance(statement, ast.FunctionDef):
        return {statement.name}
    if not isinstance(statement, ast.Assign):
        return set()
    plain = [part for target in statement.targets for part in getattr(target, "elts", [target])]
    return {name.id for name in plain if isinstance(name, ast.Name)}


def _read(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)}


def _changed(statement: ast.stmt) -> set[str]:
    """Return the names that a statement sets, or whose objects it may change."""
    if isinstance(statement, ast.FunctionDef):
        return {statement.name}
    found = stored(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= _read(node.value)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found.add((name_of(node.value.func) or "").split(".")[0])
    return found


def _called(part: ast.AST, page: Module) -> Iterator[str]:
    """Give the files behind every definition of gumlib that a piece of code names, however deep."""
    waiting, seen = list(_named(part, page)), set()
    while waiting:
        definition, words = waiting.pop()
        if (definition, words) not in seen:
            seen.add((definition, words))
            files, used = _inside(definition)
            asked = {file for file in files if any(file.endswith(f"-{word}") for word in words)}
            yield from asked or files
            waiting += used


def _named(part: ast.AST, module: Module, hidden: frozenset[str] = frozenset()) -> set[tuple[_Definition, _Words]]:
    """Return the definitions that a piece of code names, each with the words that it is called with."""
    known = modules()
    words: dict[str, set[str]] = {}
    for call in ast.walk(part):
        if isinstance(call, ast.Call) and (called := name_of(call.func)):
            words.setdefault(called, set()).update(str(one.value) for one in call.args if isinstance(one, ast.Constant))
    return {
        (definition, frozenset(words.get(text, ())))
        for text in mentions(part, hidden)
        for definition in whole(meant(text, module, known), known)
    }


@cache
def _inside(definition: _Definition) -> tuple[frozenset[str], frozenset[tuple[_Definition, _Words]]]:
    """Return the files that a definition reads itself, and the definitions that it names; no types among them."""
    module = modules()[definition[0]]
    files: set[str] = set()
    used: set[tuple[_Definition, _Words]] = set()
    for part in [part for statement in module.own[definition[1]] for part in members(statement)]:
        bare = _Untyped().visit(copy.deepcopy(part))
        files |= files_in(bare, module, modules())
        used |= _named(bare, module, bound(part))
    return frozenset(files), frozenset(used)


class _Untyped(ast.NodeTransformer):
    """Takes the types from a definition: to name one is no use of it."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)
