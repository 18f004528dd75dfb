"""Ways in: the page at the root of the site, and old addresses that lead on to where their matter now stands."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from gumbook import edition

MOVED = {
    "chapters/back/api-experiments": "chapters/back/api-dynamics",
    "chapters/back/api-fuzzy": "chapters/back/api-cases",
}
"""Pages that are gone, and the pages that took them in."""
SPLIT = {
    "chapters/01/1-1-purpose": "chapters/01/1-1-place-in-the-chain",
    "chapters/04/4-5-summary": "chapters/04/4-5-combinations",
}
"""Pages of which a part became a page of its own: an anchor that the first lacks is looked for on the second."""

_DOOR = (
    '<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
    '<meta name="description" content="{words}">\n<meta http-equiv="refresh" content="0; url={target}">\n'
    '<link rel="canonical" href="{target}">\n</head>\n<body>\n'
    '<h1>{title}</h1>\n<p>{words}</p>\n<p><a href="{target}">Read on</a></p>\n</body>\n</html>\n'
)
_REMEMBERED = (
    "<script>try{if(localStorage.getItem('gum-language')==='zh-CN')location.replace('zh/chapters/index.html')}"
    "catch{}</script>\n</head>"
)
"""Leads a reader who last chose Chinese to that edition."""
_KEPT = "<script>if(location.hash)location.replace('{target}'+location.hash)</script>\n<title>"
"""Leads on with the anchor that was asked for, which a page that refreshes itself would lose."""
_SEARCH = (
    "<script>addEventListener('DOMContentLoaded',()=>{{const at=location.hash;"
    "if(at&&!document.getElementById(decodeURIComponent(at.slice(1))))location.replace('{target}'+at)}})</script>"
)


def door(title: str, words: str, target: str, language: str = "en") -> str:
    """Return a page that leads to another at once, and by a link where pages may not refresh themselves."""
    return _DOOR.format(title=escape(title), words=escape(words), target=target, language=language)


def setup(app: Sphinx) -> None:
    """Look on split pages for what has moved; write the doors when all pages are written."""
    app.connect("html-page-context", _look)
    app.connect("build-finished", _write, priority=900)


def _look(_: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is not None and page in SPLIT:
        context["body"] += _SEARCH.format(target=f"{SPLIT[page].rsplit('/', 1)[1]}.html")


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    words = "An executable book on the upgrading of industrial clusters."
    root = door(app.config.project, words, "chapters/index.html", "zh-CN" if edition.chinese(app) else "en")
    if not edition.chinese(app):
        root = root.replace("</head>", _REMEMBERED)
    (folder / "index.html").write_text(root, encoding="utf-8")
    for old, new in MOVED.items():
        if new not in app.env.titles:
            continue  # a book of a few pages, as tests build it
        title = app.env.titles[new].astext()
        target = f"{new.rsplit('/', 1)[1]}.html"
        text = door(title, f"This page has moved: {title}.", target).replace("<title>", _KEPT.format(target=target))
        (folder / f"{old}.html").write_text(text, encoding="utf-8")
