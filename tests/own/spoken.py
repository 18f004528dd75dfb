"""Every text of a module of gumlib that a reader may be shown, as patterns with `{}` for what varies."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

_MANY = 64
_WORDS = re.compile(r"[A-Za-z]{2}.*\s|\s.*[A-Za-z]{2}", re.DOTALL)
_CLAUSES = re.compile(r"(?<=[.?!]) (?=[A-Z\d{“])|; |\n")


def clauses(text: str) -> Iterator[str]:
    """Yield the clauses of a text as the catalogue holds them: a line, a sentence, a part before a semicolon."""
    for part in _CLAUSES.split(text):
        clause = re.sub(r"(\{\})+", "{}", re.sub(r"[ \n]+", " ", part).strip()).rstrip(".")
        clause = re.sub(r"^\{\} (?=[A-Z])", "", clause)  # a sentence before it, which is held by itself
        if re.search("[A-Za-z]{2}", clause.replace("{}", "")):
            yield clause


def texts(file: Path) -> dict[str, int]:
    """Return every pattern of a module with its line; docstrings and code in strings are left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    _visit(tree, {}, set(_docstrings(tree)), found)
    return found


def errors(file: Path) -> dict[str, int]:
    """Return every pattern that a `GumError` of a module may come to, with its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        names = _assigned(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "GumError":
                found |= dict.fromkeys(_expanded(node.args[0], names, ()), node.lineno)
    return found


def _visit(node: ast.AST, names: dict[str, list[ast.expr]], skip: set[int], found: dict[str, int]) -> None:
    if id(node) in skip or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    if isinstance(node, ast.FunctionDef):
        names = names | _assigned(node)
    if isinstance(node, ast.expr) and _stringy(node, names):
        for pattern in _expanded(node, names, ()):
            if _WORDS.search(pattern):
                found.setdefault(pattern, node.lineno)
        for inner in ast.walk(node):  # calls within a text may hold texts of their own
            if isinstance(inner, ast.Call) and inner is not node:
                _visit(inner, names, skip, found)
        return
    for child in ast.iter_child_nodes(node):
        if not _kept(node, child, names):
            _visit(child, names, skip, found)


def _kept(node: ast.AST, child: ast.AST, names: dict[str, list[ast.expr]]) -> bool:
    """Whether a text is only given a name: it is found where the name is used."""
    if not isinstance(node, ast.Assign | ast.AugAssign) or child is not node.value:
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    parts = targets[0].elts if isinstance(targets[0], ast.Tuple) else targets
    return all(isinstance(part, ast.Name) and part.id in names for part in parts)


def _docstrings(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        for statement in getattr(node, "body", []) if isinstance(getattr(node, "body", None), list) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield id(statement.value)


def _assigned(function: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    """Return what each local name of a function is given, where that is text alone."""
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=False))
            else:
                pairs = [(target, node.value)]
        elif isinstance(node, ast.AugAssign):
            pairs = [(node.target, node.value)]
        for name, value in pairs:
            if isinstance(name, ast.Name):
                given.setdefault(name.id, []).append(value)
    return {name: values for name, values in given.items() if all(_stringy(value, {}) for value in values)}


def _stringy(node: ast.expr, names: dict[str, list[ast.expr]]) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _stringy(left, names) or _stringy(right, names)
        case ast.BinOp(op=ast.Mult(), left=left):
            return _stringy(left, names)
        case ast.IfExp(body=body, orelse=orelse):
            return _stringy(body, names) and _stringy(orelse, names)
        case ast.Name(id=name):
            return name in names
    return False


def _expanded(node: ast.expr, names: dict[str, list[ast.expr]], within: tuple[str, ...]) -> list[str]:
    """Return every pattern that an expression may come to."""
    match node:
        case ast.Constant(value=str() as text):
            found = [text.replace("{", "").replace("}", "")] if within else [text]
        case ast.JoinedStr(values=parts):
            options = [_expanded(part, names, (*within, "")) for part in parts]
            found = ["".join(one) for one in product(*options)]
        case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
            found = _expanded(value, names, (*within, "")) if _stringy(value, names) else ["{}"]
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            found = ["".join(one) for one in product(_expanded(left, names, within), _expanded(right, names, within))]
        case ast.BinOp(op=ast.Mult(), left=left) if _stringy(left, names):
            found = ["", *_expanded(left, names, within)]
        case ast.IfExp(body=body, orelse=orelse):
            found = [*_expanded(body, names, within), *_expanded(orelse, names, within)]
        case ast.Name(id=name) if name in names and name not in within:
            found = [one for value in names[name] for one in _expanded(value, names, (*within, name))]
        case _:
            found = ["{}"]
    return list(dict.fromkeys(found))[:_MANY]
