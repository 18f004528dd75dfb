"""What stands on every page: the section it mirrors, a description, sound HTML."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform


class MirrorLine(SphinxTransform):
    """Print the front matter's `mirrors` under the title: section and pages of the printed book."""

    default_priority = 205

    def apply(self, **_: Any) -> None:
        """Insert one line after the title of the page."""
        mirrors = self.env.metadata[self.env.docname].get("mirrors") or self._front_matter()
        title = next(iter(self.document.findall(nodes.title)), None)
        if mirrors and title is not None:
            line = nodes.paragraph("", f"Mirrors {mirrors} of Wang (2010).", classes=["gum-mirrors"])
            title.parent.insert(title.parent.index(title) + 1, line)

    def _front_matter(self) -> str:
        for field in self.document.findall(nodes.field):
            if field[0].astext() == "mirrors":
                return field[1].astext()
        return ""


_THEME = (
    "<script>{const page=document.documentElement.dataset;if(page.theme!=='light'&&page.theme!=='dark')"
    "page.theme=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'}</script>"
)
"""Settles the theme before the first picture is met, so that only one of its two versions is loaded."""

_MISUSED = re.compile(r' role="(?:doc-biblioentry|list)"| (?:halign|valign|border)="\w+"(?=[^<>]*>)')
"""Roles whose parts are missing, and what pandas says of tables that is left to style sheets today."""

_MODULE = re.compile(r"(<h\d>(?:<code[^>]*>(?:<span[^>]*>)?)?)(gumlib\.[\w.]+)")
"""A heading that names a module: it may break behind its points and low lines."""


def setup(app: Sphinx) -> None:
    """Register the transform and the last touch on each page."""
    app.add_transform(MirrorLine)
    app.connect("html-page-context", _finish)


def _finish(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give the page a description; mend what assistive technology stumbles over."""
    if doctree is None:
        return
    body = context["body"].replace("<th></th>", "<td></td>").replace("<th>&nbsp;</th>", "<td></td>")
    body = _MODULE.sub(lambda head: head[1] + re.sub(r"(?<=[._])", "<wbr>", head[2]), _MISUSED.sub("", body))
    context["body"] = _THEME + body
    first = next((p.astext() for p in doctree.findall(nodes.paragraph) if "gum-mirrors" not in p["classes"]), "")
    text = " ".join(first.split())[:200].replace('"', "&quot;")
    context["metatags"] = context.get("metatags", "") + f'<meta name="description" content="{text}">'
