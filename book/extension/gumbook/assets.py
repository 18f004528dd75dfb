"""Scripts and a style sheet for the one page that needs them; a Chinese page says in Chinese what they write."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from book.chinese.phrases import FOLDER, site, table
from gumbook import edition

_CHINESE = "chinese.js"


def bring(app: Sphinx, mark: str, style: str, scripts: tuple[str, ...]) -> None:
    """Give a page that holds a raw node of a class a style sheet and, in the order given, its scripts."""

    def add(app: Sphinx, page: str, _template: str, _context: dict[str, Any], tree: nodes.document | None) -> None:
        if tree is None or not any(mark in raw["classes"] for raw in tree.findall(nodes.raw)):
            return
        app.add_css_file(style)
        if edition.chinese(app):
            app.add_js_file(None, body=_patterns(PurePosixPath(page).name))
        for name in (*[_CHINESE] * edition.chinese(app), *scripts):
            app.add_js_file(name, defer="defer")

    app.connect("html-page-context", add)


def _patterns(page: str) -> str:
    """Return a script that tells the patterns of a page: the rows of `locale/zh/phrases/scripts.csv` that name it."""
    told = [row["english"] for row in table(FOLDER / "scripts.csv") if row["page"] == page]
    known = {english: site(page).patterns[english] for english in told}
    return f"window.gumChinese={json.dumps(known, ensure_ascii=False)};".replace("<", "\\u003c")
