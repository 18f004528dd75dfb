"""The fingerprint of a function: its code as parsed, all the code it reaches, and the data files that code reads.

Nothing is run. Comments, docstrings, type hints of functions and what an error says do not count. Nor do the
place and the name of a definition: what leads to it stands for it, wherever it is and whatever it is called.
What cannot be followed counts whole: a module handed on, or one that is asked for what it does not define.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from gumlib.data.lineage.imports import UNNAMED, files_in
from gumlib.data.lineage.syntax import (
    FUNCTIONS,
    PACKAGE,
    Module,
    bound,
    imported,
    meant,
    modules,
    name_of,
    resolve,
    whole,
)
from gumlib.errors import GumError

_Place: TypeAlias = tuple[str, str]
"""Module and definition; the definition "" is what else runs when the module is imported."""

_BLIND = ("eval", "exec", "globals", "vars", "__import__")
"""What can reach any name of the module that calls it."""
_UNSAID = ("ctx", "kind", "type_comment", "type_params", "returns")
_GAP = "§"


def fingerprint(function: str, package: Path = PACKAGE) -> str:
    """Return the sha256 of a function and of all the code it reaches, in hexadecimal digits.

    Parameters
    ----------
    function : dotted name, such as ``"gumlib.claims.decide"``

    Raises
    ------
    GumError : the package has no such function
    """
    found = _reached(function, package)
    marks = dict.fromkeys(found, "")
    finer = _refined(found, marks)
    while len(set(finer.values())) > len(set(marks.values())):
        marks, finer = finer, _refined(found, finer)
    return _digest(*sorted(finer[place] for place, code in found.items() if code.text))


def _refined(found: Mapping[_Place, _Code], marks: Mapping[_Place, str]) -> dict[_Place, str]:
    """Return a mark of each definition that also tells apart those alike but for the marks of what they lead to."""
    return {
        place: _digest(code.text, *("".join(sorted(marks[target] for target in lead)) for lead in code.leads))
        for place, code in found.items()
    }


def inputs(function: str, package: Path = PACKAGE) -> list[str]:
    """Return the files of the registry that a function reads, or code it reaches, sorted.

    Raises
    ------
    GumError : the package has no such function, or the name of a file is not written out where it is read

    Examples
    --------
    >>> inputs("gumlib.evidence.agreement")
    ['scores_a', 'scores_b']
    """
    found = _reached(function, package)
    blind = sorted(".".join(place) for place, code in found.items() if UNNAMED in code.files)
    if blind:
        said = f"expected the name of each file where it is read, got another in {blind[0]}; write the name out there"
        raise GumError(said, "makers", function)
    return sorted(set().union(*(code.files for code in found.values())))


@dataclass(frozen=True)
class _Code:
    """A definition in normal form, gaps for its name and references, what stands in these, and the files it reads."""

    text: str
    leads: tuple[tuple[_Place, ...], ...]
    files: frozenset[str]


def _reached(function: str, package: Path) -> dict[_Place, _Code]:
    start = resolve(function, modules(package))
    if start is None or not start[1]:
        raise GumError(f"expected a function such as gumlib.model.loops, got {function!r}", "makers", "function")
    found: dict[_Place, _Code] = {}
    waiting = [start]
    while waiting:
        place = waiting.pop()
        if place not in found:
            found[place] = _code(place, package)
            waiting += [(place[0], ""), *(target for lead in found[place].leads for target in lead)]
    return found


@cache
def _code(place: _Place, package: Path) -> _Code:
    known = modules(package)
    module = known[place[0]]
    leads: list[tuple[_Place, ...]] = []
    texts, files = [], set()
    for statement in module.own[place[1]] if place[1] else module.rest:
        here = replace(module, names={**module.names, **imported(statement)})
        texts.append("".join(_Writer(place[1], here, known, leads).write(statement, frozenset())))
        files |= files_in(statement, here, known)
    return _Code("\n".join(texts), tuple(leads), frozenset(files))


@dataclass(frozen=True)
class _Writer:
    """Writes a definition, or code of a module, in normal form and notes what its references lead to."""

    name: str
    module: Module
    known: Mapping[str, Module]
    leads: list[tuple[_Place, ...]]

    def write(self, node: Any, hidden: frozenset[str]) -> Iterator[str]:
        """Yield the normal form of a piece of code, in which some names are local."""
        name = name_of(node) if isinstance(node, ast.AST) else None
        if isinstance(node, list):
            yield f"[{','.join(filter(None, (''.join(self.write(item, hidden)) for item in node)))}]"
        elif not isinstance(node, ast.AST):
            yield repr(node)
        elif name is not None and not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)):
            yield name if name.split(".")[0] in hidden else self.lead(name)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in self.known:
            yield self.gap(self.all_of(node.value))
        elif isinstance(node, ast.Raise):
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            yield f"Raise({name_of(raised) if raised else ''})"
        elif not _says_nothing(node):
            yield from self.inner(node, hidden)

    def inner(self, node: ast.AST, hidden: frozenset[str]) -> Iterator[str]:
        """Yield type and fields; defaults and decorators of a function stand outside its scope."""
        yield f"{type(node).__name__}("
        if isinstance(node, FUNCTIONS):
            outside = [*getattr(node, "decorator_list", []), *node.args.defaults, *filter(None, node.args.kw_defaults)]
            yield from self.write(outside, hidden)
            hidden = hidden | bound(node)
        unsaid = (*_UNSAID, "annotation") if isinstance(node, ast.arg) else _UNSAID
        for key, value in ast.iter_fields(node):
            if value not in (None, []) and key not in unsaid:
                yield f",{key}="
                yield from _GAP if key in ("name", "id") and value == self.name else self.write(value, hidden)
        yield ")"

    def lead(self, name: str) -> str:
        """Return what stands for a dotted name: a gap and what is asked of it, or the name spelled out."""
        words = name.split(".")
        starts = [meant(".".join(words[:count]), self.module, self.known) for count in range(1, len(words) + 1)]
        for count, target in enumerate(starts, start=1):
            if target and target[1]:
                return ".".join([self.gap((target,)), *words[count:]])
        if words[0] in _BLIND:
            return f"{self.gap(self.all_of(self.module.name))}.{name}"
        full = ".".join([self.module.names.get(words[0], words[0]), *words[1:]]).split(".")
        for count in range(len(full), 0, -1):
            if (home := ".".join(full[:count])) in self.known:
                return ".".join([self.gap(self.all_of(home)), *full[count:]])
        return ".".join(full)

    def gap(self, lead: tuple[_Place, ...]) -> str:
        """Note what a reference leads to and return what stands for it."""
        self.leads.append(lead)
        return _GAP

    def all_of(self, home: str) -> tuple[_Place, ...]:
        """Return all of a module, and what it hands on from others if it is a package."""
        module = self.known[home]
        package = any(name.startswith(f"{home}.") for name in self.known)
        onward = [resolve(dotted, self.known) for dotted in module.names.values()] if package else []
        return ((home, ""), *whole((home, ""), self.known), *(target for target in onward if target and target[1]))


def _says_nothing(node: ast.AST) -> bool:
    """Whether a statement is an import or a text, such as a docstring."""
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return text or isinstance(node, ast.Import | ast.ImportFrom)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
