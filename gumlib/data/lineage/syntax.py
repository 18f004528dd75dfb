"""The source of gumlib as syntax trees: which module imports, defines and names what; nothing is run."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Module:
    """One source file.

    Parameters
    ----------
    name : dotted name
    names : what each imported name stands for
    own : the statements that define each name at the top of the module
    loads : dotted name and time of each import, as in `imports.imports`
    rest : the other statements at the top, which run when the module is imported
    """

    name: str
    names: Mapping[str, str]
    own: Mapping[str, tuple[ast.stmt, ...]]
    loads: tuple[tuple[str, str], ...]
    rest: tuple[ast.stmt, ...] = ()


@cache
def modules(package: Path = PACKAGE) -> dict[str, Module]:
    """Return every module of a package by its dotted name."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = (package.name, *file.relative_to(package).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        tree.body = [node for node in tree.body if not _tells_version(node)]
        rest = tuple(node for node in tree.body if not (_defined(node) or _idle(node)))
        found[name] = Module(name, imported(tree), _own(tree), tuple(_loads(tree, "when loaded")), rest)
    return found


def imported(tree: ast.AST) -> dict[str, str]:
    """Return the names that import statements bind, each with what it stands for; the outermost import counts.

    Examples
    --------
    >>> imported(ast.parse("from gumlib import model as m"))
    {'m': 'gumlib.model'}
    """
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                head = alias.name.split(".")[0]
                found.setdefault(alias.asname or head, alias.name if alias.asname else head)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                found.setdefault(alias.asname or alias.name, f"{node.module}.{alias.name}")
    return found


def resolve(dotted: str, known: Mapping[str, Module]) -> tuple[str, str] | None:
    """Return module and definition that a dotted name leads to, through re-exports; "" for a whole module."""
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        module = known.get(".".join(parts[:cut]))
        if module is None:
            continue
        if cut == len(parts):
            return module.name, ""
        if parts[cut] in module.own:
            return module.name, parts[cut]
        onward = module.names.get(parts[cut])
        return None if onward is None else resolve(".".join([onward, *parts[cut + 1 :]]), known)
    return None


def meant(text: str, module: Module, known: Mapping[str, Module]) -> tuple[str, str] | None:
    """Return module and definition that a dotted name written in a module leads to."""
    head, *rest = text.split(".")
    return resolve(".".join([module.names.get(head, f"{module.name}.{head}"), *rest]), known)


def whole(target: tuple[str, str] | None, known: Mapping[str, Module]) -> list[tuple[str, str]]:
    """Return a target as a list; a module handed on as a whole counts with all its definitions."""
    if target is None:
        return []
    return [target] if target[1] else [(target[0], name) for name in known[target[0]].own]


def mentions(node: ast.AST, hidden: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the dotted names in a piece of code whose first part is not hidden.

    Examples
    --------
    >>> list(mentions(ast.parse("model.loops().head(n)")))
    ['model.loops', 'n']
    """
    text = name_of(node)
    if text is not None:
        if text.split(".")[0] not in hidden:
            yield text
        return
    for child in ast.iter_child_nodes(node):
        yield from mentions(child, hidden)


def name_of(node: ast.AST) -> str | None:
    """Return the dotted name that a node is, or None if it is something else.

    Examples
    --------
    >>> name_of(ast.parse("data.read", mode="eval").body)
    'data.read'
    """
    if isinstance(node, ast.Attribute):
        base = name_of(node.value)
        return None if base is None else f"{base}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else None


def _own(tree: ast.Module) -> dict[str, tuple[ast.stmt, ...]]:
    found: dict[str, tuple[ast.stmt, ...]] = {}
    for node in tree.body:
        for name in _defined(node):
            found[name] = (*found.get(name, ()), node)
    return found


def _defined(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign():
            return sorted({name for target in node.targets for name in stored(target)})
        case ast.AnnAssign():
            return sorted(stored(node.target))
    return []


def _tells_version(node: ast.stmt) -> bool:
    """Whether a statement only says which version this is, on which no result rests."""
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__version__"]


def _idle(node: ast.stmt) -> bool:
    """Whether a statement at the top of a module only imports or says something."""
    said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return said or isinstance(node, ast.Import | ast.ImportFrom) or _for_checkers(node)


def _for_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and (name_of(node.test) or "").endswith("TYPE_CHECKING")


def stored(node: ast.AST) -> set[str]:
    """Return the names that a piece of code assigns to.

    Examples
    --------
    >>> sorted(stored(ast.parse("a = b = c")))
    ['a', 'b']
    """
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def bound(node: ast.AST) -> frozenset[str]:
    r"""Return the names that a function binds in its own scope, where they hide what the module calls so.

    Examples
    --------
    >>> sorted(bound(ast.parse("def f(a):\n    b = [c for c in a]").body[0]))
    ['a', 'b']
    """
    given = ast.walk(node.args) if isinstance(node, FUNCTIONS) else ()
    found = {name.arg for name in given if isinstance(name, ast.arg)}
    shared: set[str] = set()
    inside = list(ast.iter_child_nodes(node))
    while inside:
        child = inside.pop()
        if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store):
            found.add(child.id)
        elif isinstance(child, ast.Global):
            shared.update(child.names)
        elif isinstance(child, _DEFINITIONS):
            found.add(child.name)
        elif not isinstance(child, _SCOPES):
            inside += ast.iter_child_nodes(child)
    return frozenset(found - shared)


def members(node: ast.stmt) -> list[ast.stmt]:
    """Return a class as its members, since a field does not hide a name from a method; else the statement itself."""
    if not isinstance(node, ast.ClassDef):
        return [node]
    return [*node.body, *map(ast.Expr, (*node.bases, *node.decorator_list))]


def _loads(node: ast.AST, when: str) -> Iterator[tuple[str, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, when) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield from ((f"{child.module}.{alias.name}", when) for alias in child.names)
        elif isinstance(child, ast.FunctionDef):
            yield from _loads(child, "when called")
        elif _for_checkers(child):
            yield from _loads(child, "never")
        else:
            yield from _loads(child, when)
