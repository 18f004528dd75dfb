"""Birth certificates: each number in the prose leads to its cell, and shows the expression and the data behind it."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import groupby
from typing import Any

from docutils import nodes
from myst_nb.ext.glue.domain import NbGlueDomain
from myst_nb.ext.glue.roles import PasteTextRole
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from book.execution import executed
from gumbook import behind, edition, expressions

CLASS = "gum-number"
LONGEST = 120
"""Letters of an expression that are shown."""


class Told(PasteTextRole):
    """``{glue:text}`key` `` as ever, with the key noted."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the value, marked with its key."""
        found, messages = super().run()
        for node in found:
            if isinstance(node, nodes.inline):
                node["told"] = self.text.split(":")[0]
        return found, messages


@cache
def told(code: str) -> list[tuple[re.Pattern[str], str]]:
    """Return what the calls of `tell` in a cell hand to the prose: patterns of keys, and the expression of each.

    Examples
    --------
    >>> [(pattern.pattern, expression) for pattern, expression in told('tell(p1_share=f"{x:.0%}")')]
    [('p1_share', "f'{x:.0%}'")]
    >>> [pattern.pattern for pattern, _ in told('tell(**{f"p1_{name}": 1 for name in names})')]
    ['p1_.+']
    """
    found: list[tuple[re.Pattern[str], str]] = []
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "tell":
            for keyword in call.keywords:
                found += _pairs(keyword)
    return found


def _pairs(keyword: ast.keyword) -> list[tuple[re.Pattern[str], str]]:
    value = keyword.value
    if keyword.arg is not None:
        return [(re.compile(re.escape(keyword.arg)), ast.unparse(value))]
    if isinstance(value, ast.Dict):
        return [(_pattern(key), ast.unparse(one)) for key, one in zip(value.keys, value.values, strict=True)]
    key = value.key if isinstance(value, ast.DictComp) else None
    return [(_pattern(key), ast.unparse(value))]


def _pattern(key: ast.expr | None) -> re.Pattern[str]:
    """Return what keys an expression can give: its fixed letters, and anything between them."""
    if isinstance(key, ast.Constant):
        return re.compile(re.escape(str(key.value)))
    if not isinstance(key, ast.JoinedStr):
        return re.compile(".+")
    return re.compile(
        "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in key.values)
    )


def born(key: str, cells: dict[str, str]) -> tuple[str, str] | None:
    """Return name of the cell that tells a key, and the expression; the most exact of several, the last of equals.

    Examples
    --------
    >>> born("p1_n", {"cell-2": "tell(**{f'p1_{k}': 0 for k in 'nm'})", "cell-3": "tell(p1_n=len(table))"})
    ('cell-3', 'len(table)')
    """
    found = [
        (len(pattern.pattern.replace(".+", "")), at, name, expression)
        for at, (name, code) in enumerate(cells.items())
        for pattern, expression in told(code)
        if pattern.fullmatch(key)
    ]
    return max(found)[2:] if found else None


class LinkNumbers(SphinxPostTransform):
    """Name the cells of a page that compute numbers, and link each number to its cell."""

    default_priority = 190
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Replace each told value by a link with its expression."""
        boxes = [box for box in self.document.findall(nodes.container) if box.get("nb_element") == "cell_code"]
        code = [box[0].astext() if box.children else "" for box in boxes]
        cells, homes = {}, _homes(self.env.docname)
        for number, (box, source) in enumerate(zip(boxes, code, strict=True), 1):
            if "tell(" in source:
                box["ids"].append(f"cell-{number}")
                cells[f"cell-{number}"] = source
        for value in [node for node in self.document.findall(nodes.inline) if "told" in node]:
            home = homes.get(value["told"])
            if birth := born(value["told"], {home: cells[home]} if home in cells else cells):
                until = int(birth[0].removeprefix("cell-"))
                said = expressions.shown(birth[1], value["told"], code[:until])
                _link(value, birth[0], said, behind.files(code[:until], birth[1]))


def _homes(page: str) -> dict[str, str]:
    """Return the cell that told each key when the page was run; nothing of a page that was not."""
    try:
        cells = [cell for cell in executed(edition.chapter(page)).cells if cell.cell_type == "code"]
    except KeyError:
        return {}
    told_in = (
        (output.get("metadata", {}).get("scrapbook"), n) for n, cell in enumerate(cells, 1) for output in cell.outputs
    )
    return {scrap["name"]: f"cell-{n}" for scrap, n in told_in if scrap}


def _link(value: nodes.inline, cell: str, expression: str, files: list[str]) -> None:
    shown = expression if len(expression) <= LONGEST else expression[:LONGEST] + " …"
    said = f"Computed: {shown} · Data: {_by_folder(behind.paths(files)) or 'none'}"
    text = value.astext()
    value.replace_self(nodes.reference(text, text, refuri=f"#{cell}", reftitle=said, classes=[CLASS]))


def _by_folder(paths: list[str]) -> str:
    """Return paths with each folder named once.

    Examples
    --------
    >>> _by_folder(["evidence/ledger.csv", "book/claims.csv", "evidence/scores_a.csv"])
    'book/claims.csv; evidence/ledger.csv,scores_a.csv'
    """
    groups = groupby(sorted(paths), key=lambda path: path.rpartition("/")[0])
    names = {folder: ",".join(path.rpartition("/")[2] for path in files) for folder, files in groups}
    return "; ".join(f"{folder}/{files}".removeprefix("/") for folder, files in names.items())


def setup(app: Sphinx) -> None:
    """Let the role note its key, and register the transform."""
    NbGlueDomain.roles["text"] = Told()
    app.add_post_transform(LinkNumbers)
