"""The technical route: which page calls which function, in which module, and which files lie behind it.

Pages are MyST notebooks in the folder `chapters`; their code cells are parsed, not run. What lies
behind a function is followed definition by definition in `imports.graph`.
"""

import ast
import hashlib
import re
from functools import cache
from pathlib import Path

import networkx as nx
import pandas as pd

from gumlib import data
from gumlib.data.lineage.imports import UNNAMED, files_in, graph, groups
from gumlib.data.lineage.syntax import PACKAGE, Module, imported, meant, mentions, modules, resolve, whole
from gumlib.errors import GumError

_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?P<code>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
_OPTIONS = re.compile(r"\A(?:---\n.*?^---\n|(?::[^\n]*\n)+)", re.MULTILINE | re.DOTALL)


def home() -> Path:
    """Return the nearest folder `chapters` at or above the working directory.

    Raises
    ------
    GumError : there is none, as in an installed package without the book
    """
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "chapters" / "index.md").exists():
            return folder / "chapters"
    remedy = "run this inside a copy of the book's repository"
    raise GumError(f"expected pages in a folder chapters at or above {here}, got none; {remedy}", "data", "folder")


def code(page: Path) -> str:
    """Return the code of a page: all cells, without their options."""
    cells = [cell["code"] for cell in _CELL.finditer(page.read_text(encoding="utf-8"))]
    return "\n".join(_OPTIONS.sub("", cell, count=1) for cell in cells)


def uses(folder: Path, package: Path = PACKAGE) -> pd.DataFrame:
    """Return what the code cells of each page name of the package: page, module, name, times.

    A name re-exported by a sub-package counts where it is defined. Modules named as such are left out.

    Raises
    ------
    GumError : no page of the folder has a code cell
    """
    rows = [(page, *used) for page, text in _pages(folder).items() for used in _named(text, modules(package))]
    if not rows:
        raise GumError(f"expected pages with code cells below {folder}, got none", "data", "folder")
    frame = pd.DataFrame(rows, columns=["page", "module", "name"])
    return frame.groupby(["page", "module", "name"]).size().rename("times").reset_index()


def rests_on(folder: Path, package: Path = PACKAGE) -> pd.DataFrame:
    """Return all that each page rests on, directly or through other functions.

    Returns
    -------
    Frame with page, kind (``module`` or ``file``), name, group (of modules, or folder of data),
    definitions (functions, classes and constants of the module that are reached; 1 for a file) and
    named (how many of them the page itself names).
    """
    net, places = graph(package), _places(package)
    rows = []
    opened = {page: _opened(text, modules(package)) for page, text in _pages(folder).items()}
    for page, used in uses(folder, package).groupby("page"):
        roots = set(zip(used["module"], used["name"], strict=True)) & set(net) | opened[page]
        reached = roots.union(*(_behind(root, package) for root in sorted(roots) if root in net))
        for place in sorted({(module, "" if module else name) for module, name in reached} - {("", UNNAMED)}):
            inside = [node for node in reached if node == ("", place[1]) or node[0] == place[0] != ""]
            kind, name = ("module", place[0]) if place[0] else ("file", place[1])
            rows.append((page, kind, name, places[name], len(inside), len(roots.intersection(inside))))
    return pd.DataFrame(rows, columns=["page", "kind", "name", "group", "definitions", "named"])


def trace(function: str, package: Path = PACKAGE) -> pd.DataFrame:
    """Return what lies behind one function: every definition and file, with place and sha256.

    Parameters
    ----------
    function : dotted name, such as ``"gumlib.evidence.agreement"``

    Returns
    -------
    Frame with kind (``function`` for any definition, or ``file``), name, place (in the package or in
    the data folder) and sha256, of the source file or of the data file. The function comes first.

    Raises
    ------
    GumError : the package has no such function

    Examples
    --------
    >>> trace("gumlib.evidence.codebook").query("kind == 'file'")["place"].tolist()
    ['evidence/codebook.csv']
    """
    start = resolve(function, modules(package))
    if start is None or not start[1]:
        raise GumError(f"expected a function such as gumlib.model.loops, got {function!r}", "data", "function")
    registry = data.registry()
    rows = []
    for module, name in (
        start,
        *sorted(_behind(start, package) - {("", UNNAMED)}, key=lambda node: (not node[0], node)),
    ):
        if module:
            file = _file(module, package)
            rows.append(("function", f"{module}.{name}", str(file.relative_to(package.parent)), _sha256(file)))
        else:
            rows.append(("file", name, registry.loc[name, "path"], registry.loc[name, "sha256"]))
    return pd.DataFrame(rows, columns=["kind", "name", "place", "sha256"])


def unread(folder: Path, package: Path = PACKAGE) -> list[str]:
    """Return the files of the registry that no page reaches by name."""
    return sorted(set(data.registry().index) - set(rests_on(folder, package).query("kind == 'file'")["name"]))


def _pages(folder: Path) -> dict[str, str]:
    files = sorted(folder.rglob("*.md"))
    found = {file.relative_to(folder).with_suffix("").as_posix(): code(file) for file in files}
    return {page: text for page, text in found.items() if text}


def _named(text: str, known: dict[str, Module]) -> list[tuple[str, str]]:
    tree = ast.parse(text)
    page = Module("page", imported(tree), {}, ())
    targets = [meant(name, page, known) for name in mentions(tree)]
    return [found for target in targets if target and target[1] for found in whole(target, known)]


def _opened(text: str, known: dict[str, Module]) -> set[tuple[str, str]]:
    """Files that a page opens by itself, as nodes of the graph."""
    tree = ast.parse(text)
    return {("", file) for file in files_in(tree, Module("page", imported(tree), {}, ()), known)}


@cache
def _behind(node: tuple[str, str], package: Path) -> frozenset[tuple[str, str]]:
    return frozenset(nx.descendants(graph(package), node))


def _places(package: Path) -> dict[str, str]:
    """Group of each module and folder of each file."""
    folders = {name: path.rpartition("/")[0] or "top level" for name, path in data.registry()["path"].items()}
    return {**folders, **groups(package)}


def _file(module: str, package: Path) -> Path:
    stem = package.parent.joinpath(*module.split("."))
    return stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
