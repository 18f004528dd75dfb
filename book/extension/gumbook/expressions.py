"""The expression that computed a told number, as a reader is shown it: names and comprehensions are resolved.

A cell may tell a name, `tell(n=count)`, or many values at once, `tell(**{f"n_{k}": v for k, v in rows.items()})`.
The first is followed to what was assigned to it; of the second the one value is shown that the key asks for.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from copy import deepcopy

_STEPS = 4
"""How many assignments of names to names are followed."""


def shown(expression: str, key: str, code: list[str]) -> str:
    """Return what computed the value of a key, given the expression in the call of `tell` and the cells up to it.

    Examples
    --------
    >>> shown("low", "p0_low", ["[(low, high)] = found('C20')"])
    "found('C20')[0][0]"
    >>> shown("{f'p0_{k}': v for k, v in facts.items()}", "p0_size", [])
    "facts['size']"
    >>> shown("{f'p0_{c.lower()}': table.loc[c, 'verdict'] for c in ('C08', 'C12')}", "p0_c12", [])
    "table.loc['C12', 'verdict']"
    """
    node = ast.parse(expression, mode="eval").body
    statements = [part for cell in code for part in ast.parse(cell).body]
    for _ in range(_STEPS):
        if isinstance(node, ast.Name):
            found = next(_assigned(node.id, statements), None)
            if found is None:
                break
            node, statements = found
        elif isinstance(node, ast.DictComp):
            node = _one(node, key)
        else:
            break
    return ast.unparse(node).removeprefix("(").removesuffix(")") if _is_loop(node) else ast.unparse(node)


def _is_loop(node: ast.expr) -> bool:
    return isinstance(node, ast.GeneratorExp)


def _assigned(name: str, statements: list[ast.stmt]) -> Iterator[tuple[ast.expr, list[ast.stmt]]]:
    """Give what was last assigned to a name, with the statements before it; then what was before that."""
    for place in range(len(statements) - 1, -1, -1):
        for part in reversed(list(ast.walk(statements[place]))):
            if (value := _value(name, part)) is not None:
                yield value, statements[:place]


def _value(name: str, part: ast.AST) -> ast.expr | None:
    """Return what a statement gives to a name, if it does."""
    if isinstance(part, ast.ImportFrom):
        return next((_dotted(part.module, one.name) for one in part.names if (one.asname or one.name) == name), None)
    if isinstance(part, ast.Assign):
        return next((value for aim in part.targets if (value := _part(name, aim, part.value)) is not None), None)
    if isinstance(part, ast.For) and name in {one.id for one in ast.walk(part.target) if isinstance(one, ast.Name)}:
        loop = ast.comprehension(part.target, part.iter, [], 0)
        return ast.GeneratorExp(ast.Name(name), [loop])
    return None


def _dotted(module: str | None, name: str) -> ast.expr:
    return ast.parse(f"{module}.{name}", mode="eval").body


def _part(name: str, target: ast.expr, value: ast.expr) -> ast.expr | None:
    """Return the part of an assigned value that goes to a name."""
    if isinstance(target, ast.Name):
        return value if target.id == name else None
    if isinstance(target, ast.Tuple | ast.List):
        for place, one in enumerate(target.elts):
            if (found := _part(name, one, _at(value, place))) is not None:
                return found
    return None


def _at(value: ast.expr, place: int) -> ast.expr:
    """Return an element of a value: of a written list that element, of a loop over one its turn."""
    if isinstance(value, ast.Tuple | ast.List):
        return value.elts[place]
    if isinstance(value, ast.GeneratorExp) and len(value.generators) == 1:
        loop = value.generators[0]
        if isinstance(loop.iter, ast.Tuple | ast.List) and isinstance(loop.target, ast.Name):
            return _with(value.elt, {loop.target.id: loop.iter.elts[place]})
    return ast.Subscript(value, ast.Constant(place), ast.Load())


def _one(node: ast.DictComp, key: str) -> ast.expr:
    """Return the value that a comprehension gives to a key; where that is not plain, its values as a loop."""
    loop = node.generators[0]
    whole = ast.GeneratorExp(node.value, node.generators)
    asked = _asked(node.key, key)
    if len(node.generators) > 1 or asked is None:
        return whole
    name, text, lowered = asked
    written = [part.value for part in ast.walk(loop.iter) if isinstance(part, ast.Constant)]
    meant = [one for one in written if text == (str(one).lower() if lowered else str(one))]
    if not meant and (lowered or isinstance(loop.iter, ast.Tuple | ast.List | ast.Constant)):
        return whole
    value = ast.Constant(meant[0] if meant else text)
    known: dict[str, ast.expr] = {name: value}
    if isinstance(loop.target, ast.Tuple):
        rest = [one.id for one in loop.target.elts if isinstance(one, ast.Name)]
        called = loop.iter.func if isinstance(loop.iter, ast.Call) else None
        if rest[:1] != [name] or len(rest) != 2 or not (isinstance(called, ast.Attribute) and called.attr == "items"):
            return whole
        known[rest[1]] = ast.Subscript(called.value, value, ast.Load())
    elif not (isinstance(loop.target, ast.Name) and loop.target.id == name):
        return whole
    return _with(node.value, known)


def _asked(form: ast.expr | None, key: str) -> tuple[str, str, bool] | None:
    """Return the one name in the form of a key, the text that stands for it, and whether it is written small there."""
    if not isinstance(form, ast.JoinedStr):
        return None
    places = [part for part in form.values if isinstance(part, ast.FormattedValue)]
    pattern = "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "(.+)" for p in form.values)
    found = re.fullmatch(pattern, key)
    if len(places) != 1 or found is None:
        return None
    name, lowered = places[0].value, False
    if isinstance(name, ast.Call) and isinstance(name.func, ast.Attribute) and name.func.attr == "lower":
        name, lowered = name.func.value, True
    return (name.id, found[1], lowered) if isinstance(name, ast.Name) else None


def _with(node: ast.expr, known: dict[str, ast.expr]) -> ast.expr:
    """Return an expression with some names replaced."""

    class Known(ast.NodeTransformer):
        def visit_Name(self, name: ast.Name) -> ast.AST:
            return deepcopy(known.get(name.id, name))

    done: ast.expr = Known().visit(deepcopy(node))
    return done
