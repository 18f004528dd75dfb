"""Search that works from disk and in Chinese: words of Han characters match anywhere, excerpts show prose.

Sphinx looks for parts of words only if these have three letters, and a Chinese word has two. It asks the server for
each page found and shows what stands there first, be it code; a page opened from disk has no server. Here the script
is given the prose of all pages, and takes excerpts from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

from gumbook.code import folded

_HAN = r"/\p{Script=Han}/u.test"
_MENDED = {
    "if (word.length > 2) {": f"if (word.length > 2 || {_HAN}(word)) {{",
    "if (!terms.hasOwnProperty(word)) {": f"if ({_HAN}(word) || !terms.hasOwnProperty(word)) {{",
    "(term) => term.length > 2": f"(term) => term.length > 2 || {_HAN}(term)",
    ".then((responseData) => responseData.text())": "",
    "    fetch(requestUrl)\n": "    Promise.resolve(proseOf[docName])\n",
    "const text = Search.htmlToText(htmlText, anchor);": "const text = htmlText;",
}
"""What stands in the script of Sphinx, and what shall stand there."""
_BLOCKS = re.compile(r"(</(?:td|th|li|p|div|dt|dd|h\d|option|legend|label)>)(?=\S)")
_UNREAD = (nodes.literal_block, nodes.comment, folded)


class PartCells(SphinxPostTransform):
    """Put a blank behind each cell of a table, so that the index does not join it with the next to one word."""

    default_priority = 900
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Look at all raw HTML of the page."""
        for node in self.document.findall(nodes.raw):
            if node["format"] == "html":
                node[:] = [nodes.Text(_BLOCKS.sub(r"\1 ", node.astext()))]


def prose(node: nodes.Node) -> Iterator[str]:
    """Give the texts of a page in their order, without code, scripts and tags."""
    if isinstance(node, _UNREAD):
        return
    if isinstance(node, nodes.raw):
        if node["format"] == "html":
            yield re.sub(r"(?s)<(style|script|button).*?</\1>|<[^<]+?>", " ", node.astext())
    elif isinstance(node, nodes.Text):
        yield str(node)
    else:
        for child in node.children:
            yield from prose(child)
        if isinstance(node, nodes.TextElement | nodes.Structural | nodes.Body) and not isinstance(node, nodes.Inline):
            yield " "


def setup(app: Sphinx) -> None:
    """Keep the prose of each page that is written, and mend the script when all are."""
    app.add_post_transform(PartCells)
    app.connect("html-page-context", _keep)
    app.connect("build-finished", _mend)


def _texts(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "prose"


def _keep(app: Sphinx, page: str, _template: str, _context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is not None and app.builder.format == "html":
        file = _texts(app) / f"{page}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(" ".join("".join(prose(doctree)).split()), encoding="utf-8")


def _mend(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    file = Path(app.outdir) / "_static" / "searchtools.js"
    script = file.read_text(encoding="utf-8")
    for before, after in _MENDED.items():
        if before not in script:
            raise ExtensionError(f"the search of this Sphinx has no {before!r}; mend gumbook.search")
        script = script.replace(before, after)
    kept = {page: (_texts(app) / f"{page}.txt").read_text(encoding="utf-8") for page in sorted(app.env.found_docs)}
    file.write_text(f"const proseOf = {json.dumps(kept, ensure_ascii=False)};\n{script}", encoding="utf-8")
