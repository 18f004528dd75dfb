"""What uses what inside gumlib, read from its syntax trees; nothing is run.

A *definition* is a function, class or constant at the top of a module. `graph` joins each to the
definitions it names and to the data files it reads; `imports` joins module to module.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import networkx as nx
import pandas as pd

from gumlib import data
from gumlib.data.lineage.syntax import PACKAGE, Module, bound, meant, members, mentions, modules, name_of, whole
from gumlib.errors import GumError

_READERS = ("read", "path", "features")
"""The functions of `gumlib.data` that open a file of the registry by name."""
UNNAMED = "named when called"
"""Stands for files whose names are not written out where they are read."""


@cache
def graph(package: Path = PACKAGE) -> nx.DiGraph:
    """Return the graph of definitions and files: an arrow leads to what is used.

    Nodes are pairs, (module, definition) or ("", file of the registry).
    """
    known = modules(package)
    net = nx.DiGraph()
    for module in known.values():
        for name, statements in module.own.items():
            here = (module.name, name)
            net.add_node(here)
            for part in (part for statement in statements for part in members(statement)):
                targets = [meant(text, module, known) for text in mentions(part, bound(part))]
                used = {found for target in targets for found in whole(target, known)}
                net.add_edges_from((here, found) for found in sorted(used - {here}))
                net.add_edges_from((here, ("", file)) for file in sorted(files_in(part, module, known)))
    return net


def files_in(node: ast.AST, module: Module, known: Mapping[str, Module]) -> set[str]:
    """Return the files of the registry that a piece of code gives to a reader of data or to `sources=`.

    A reader that is itself handed on, as to `map`, is given what stands beside it.

    Examples
    --------
    >>> page = Module("page", {"data": "gumlib.data"}, {}, ())
    >>> files_in(ast.parse("data.read('hosts')"), page, modules())
    {'hosts'}
    """
    home = next(iter(known)).split(".")[0] + ".data.package"
    files, readers = _names(), [(home, name) for name in _READERS]
    found: set[str] = set()
    for call in (call for call in ast.walk(node) if isinstance(call, ast.Call) and module.name != home):
        called, *handed = (meant(name_of(word) or "", module, known) in readers for word in (call.func, *call.args))
        given = call.args[:1] if called else call.args if any(handed) else []
        named = [word.value for word in call.keywords if word.arg == "sources"]
        patterns = [text for value in (*given, *named) for text in _texts(value, module, known)]
        read = {file for file in files for text in patterns if re.fullmatch(text, file)}
        found |= read or ({UNNAMED} if given else set())
    return found


def imports(package: Path = PACKAGE) -> pd.DataFrame:
    """Return the imports inside a package: source, target, and when they happen.

    `when` is ``when loaded``, ``when called`` (inside a function) or ``never`` (for type checkers).
    """
    known = modules(package)
    rows = set()
    for module in known.values():
        for dotted, when in module.loads:
            target = dotted if dotted in known else dotted.rpartition(".")[0]
            if target in known:
                rows.add((module.name, target, when))
    return pd.DataFrame(sorted(rows), columns=["source", "target", "when"])


def cycles(edges: pd.DataFrame) -> list[list[str]]:
    """Return the sets of modules that import each other in a circle; none is as it should be."""
    net = _net(edges)
    circles = [sorted(found) for found in nx.strongly_connected_components(net) if len(found) > 1]
    return sorted(circles + [[module] for module in sorted(nx.nodes_with_selfloops(net))])


def layers(edges: pd.DataFrame) -> pd.Series:
    """Return the layer of each module: 0 imports nothing of the package, others one above what they import.

    Raises
    ------
    GumError : modules import each other in a circle
    """
    circles = cycles(edges)
    if circles:
        raise GumError(f"expected imports that point one way, got {circles}; cut one", "data", "imports")
    found = {m: n for n, level in enumerate(nx.topological_generations(_net(edges).reverse())) for m in sorted(level)}
    return pd.Series(found, name="layer", dtype="int64").rename_axis("module").sort_index()


def groups(package: Path = PACKAGE) -> pd.Series:
    """Return the group of each module: its room, or ``ground`` for a module that stands in none."""
    rooms = {folder.parent.name for folder in package.glob("*/__init__.py")}
    parts = {module: module.split(".")[1:2] for module in modules(package)}
    found = {module: part[0] if part and part[0] in rooms else "ground" for module, part in parts.items()}
    return pd.Series(found, name="group").rename_axis("module").sort_index()


def strata(package: Path = PACKAGE) -> list[str]:
    """Return the groups of modules from the ground up, each above those it imports from.

    Groups that import from each other stand together; no circle of modules is needed for that.
    """
    group = groups(package)
    edges = imports(package)
    between = pd.DataFrame({end: edges[end].map(group) for end in ("source", "target")} | {"when": edges["when"]})
    net = nx.condensation(_net(between[between["source"] != between["target"]]))
    levels = nx.topological_generations(net.reverse())
    found = [name for level in levels for name in sorted(m for node in level for m in net.nodes[node]["members"])]
    return found + sorted(set(group) - set(found))


def stack(package: Path = PACKAGE) -> pd.DataFrame:
    """Return the groups of modules from the ground up: number of modules, and the groups they import from."""
    group, edges, order = groups(package), imports(package), strata(package)
    below = edges["target"].map(group).groupby(edges["source"].map(group)).agg(set)
    rows = {
        name: (int((group == name).sum()), ", ".join(sorted(below.get(name, set()) - {name}, key=order.index)))
        for name in order
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=["modules", "imports from"]).rename_axis("group")


@cache
def _names() -> tuple[str, ...]:
    return tuple(data.registry().index)


def _net(edges: pd.DataFrame) -> nx.DiGraph:
    run = edges[edges["when"] != "never"]
    net = nx.DiGraph()
    net.add_nodes_from(sorted({*edges["source"], *edges["target"]}))
    net.add_edges_from(zip(run["source"], run["target"], strict=True))
    return net


def _texts(node: ast.AST, module: Module, known: Mapping[str, Module]) -> Iterator[str]:
    """Patterns of the strings in an expression, through constants; what is filled in later matches anything."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)
    elif isinstance(node, ast.Constant):
        yield re.escape(str(node.value))
    elif isinstance(node, ast.Name | ast.Attribute):
        target = meant(name_of(node) or "", module, known)
        for statement in known[target[0]].own.get(target[1], ()) if target else ():
            if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
                yield from _texts(statement.value, known[target[0]] if target else module, known)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _texts(child, module, known)
