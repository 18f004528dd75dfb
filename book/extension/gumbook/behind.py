"""Which data files stand behind a number or a table: those read by the code it depends on, and by no other code.

The cells of a page are parsed, not run. From an expression the names are followed back through the statements that
set or change them; what these call is looked up in `gumlib.data.lineage`. The answers are kept beside the outputs.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from functools import cache

import networkx as nx

from book.digest import cache as store
from gumlib import data
from gumlib.data.lineage.imports import UNNAMED, files_in, graph
from gumlib.data.lineage.syntax import Module, chain, imported, meant, mentions, modules, stored, whole


def cell(code: list[str]) -> list[str]:
    """Return the files behind what the last of some cells shows."""
    return files(code, code[-1])


def files(code: list[str], expression: str, line: int | None = None) -> list[str]:
    """Return the registered files behind an expression of the last of some cells, sorted by name.

    Parameters
    ----------
    code : the cells of a page up to the one that holds the expression
    expression : as it stands there
    line : the line in the last cell behind which nothing counts
    """
    mark = hashlib.sha256(repr((code, expression, line)).encode()).hexdigest()[:20]
    kept = store() / "behind" / mark
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(_files(code, expression, line)), encoding="utf-8")
    found: list[str] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def hashes(names: list[str]) -> dict[str, str]:
    """Return the sha256 of registered files by name."""
    return {name: data.registry().loc[name, "sha256"] for name in names}


def paths(names: list[str]) -> list[str]:
    """Return where registered files lie in the folder of data."""
    return [data.registry().loc[name, "path"] for name in names]


def _files(code: list[str], expression: str, line: int | None) -> list[str]:
    page = Module("page", imported(ast.parse("\n".join(code))), {}, ())
    before = [part for one in code[:-1] for part in ast.parse(one).body]
    before += [part for part in ast.parse(code[-1]).body if line is None or part.lineno <= line]
    found: set[str] = set()
    for part in needed(before, ast.parse(expression), page.names):
        found |= files_in(part, page, modules()) | set(_called(part, page))
    return sorted(found - {UNNAMED})


def needed(statements: list[ast.stmt], wanted: ast.AST, imports: dict[str, str]) -> list[ast.AST]:
    """Return a piece of code and those of the statements before it that it depends on.

    Examples
    --------
    >>> code = ast.parse("a = f(1); b = g(a); b.sort(); c = h(2)").body
    >>> [ast.unparse(part) for part in needed(code, ast.parse("max(b)"), {})]
    ['max(b)', 'b.sort()', 'b = g(a)', 'a = f(1)']
    """
    kept, names = [wanted], _read(wanted)
    for statement in reversed(statements):
        if names & (_changed(statement) - imports.keys()):
            kept.append(statement)
            names |= _read(statement)
    return kept


def _read(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def _changed(statement: ast.stmt) -> set[str]:
    """Return the names that a statement sets, or whose objects it may change."""
    if isinstance(statement, ast.FunctionDef):
        return {statement.name}
    found = stored(statement)
    for node in ast.walk(statement):
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= _read(node.value)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            found.add((chain(node.value.func) or "").split(".")[0])
    return found


def _called(part: ast.AST, page: Module) -> Iterator[str]:
    """Give the files behind every definition of gumlib that a piece of code names."""
    known = modules()
    for text in mentions(part):
        for definition in whole(meant(text, page, known), known):
            said = {
                word.value
                for call in ast.walk(part)
                if isinstance(call, ast.Call) and chain(call.func) == text
                for word in call.args
                if isinstance(word, ast.Constant)
            }
            yield from _behind(definition, frozenset(map(str, said)))


@cache
def _behind(definition: tuple[str, str], said: frozenset[str]) -> frozenset[str]:
    """Return the files behind a definition; of several that it reads itself, those whose names end as it was told."""
    net = graph()
    if definition not in net:
        return frozenset()
    own = {file for module, file in net.successors(definition) if not module}
    asked = {file for file in own if any(file.endswith(f"-{word}") for word in said)}
    deeper = {file for module, file in nx.descendants(net, definition) if not module}
    return frozenset(deeper - own | asked if asked else deeper)
