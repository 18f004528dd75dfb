"""Scripts and a style sheet for the one page that needs them."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def bring(app: Sphinx, mark: str, style: str, scripts: tuple[str, ...]) -> None:
    """Give a page that holds a raw node of a class a style sheet and, in the order given, its scripts."""

    def add(app: Sphinx, _page: str, _template: str, _context: dict[str, Any], tree: nodes.document | None) -> None:
        if tree is not None and any(mark in raw["classes"] for raw in tree.findall(nodes.raw)):
            app.add_css_file(style)
            for name in scripts:
                app.add_js_file(name, defer="defer")

    app.connect("html-page-context", add)
