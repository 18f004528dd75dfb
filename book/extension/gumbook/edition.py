"""Two editions, English and Chinese: each page leads to the same place in the other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from book.chinese.blocks import is_translated
from book.paths import ROOT
from book.publication import book

CHINESE = "zh"
"""Folder of the Chinese edition within the English one."""
_FENCED = re.compile(r"^(`{3,}|:{3,}).*?^\1$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LANGUAGES = {"en": ("en", "English"), CHINESE: ("zh-CN", "中文")}


def chinese(app: Sphinx) -> bool:
    """Tell whether the book at hand is the Chinese edition."""
    return str(app.config.language).startswith(CHINESE)


def writes(app: Sphinx, failure: Exception | None) -> bool:
    """Tell whether a build that has ended shall write the files that both editions share."""
    return failure is None and app.builder.format == "html" and not chinese(app)


def chapter(name: str) -> Path:
    """Return the English source of a page."""
    return ROOT / f"{name}.md"


class SameAnchors(SphinxTransform):
    """Give the sections of a Chinese page the anchors of the English ones."""

    default_priority = 200

    def apply(self, **_: Any) -> None:
        """Go through sections and headings side by side."""
        if not chinese(self.app):
            return
        english = _HEADING.findall(_FENCED.sub("", chapter(self.env.docname).read_text(encoding="utf-8")))
        for section, heading in zip(self.document.findall(nodes.section), english, strict=True):
            bare = re.sub(r"\{[a-z:]+\}`([^`<]*).*?`|[`*]", r"\1", heading)
            section["ids"] = [_free(nodes.make_id(bare), self.document)]
            self.document.ids[section["ids"][0]] = section


def _free(name: str, document: nodes.document) -> str:
    """Return the anchor that docutils would give, were it the first of its name or not."""
    number, wanted = 1, name or "id1"
    while wanted in document.ids and isinstance(document.ids[wanted], nodes.section):
        wanted, number = f"id{number}", number + 1
    return wanted


def setup(app: Sphinx) -> None:
    """Register the transform, and the link on each page."""
    app.add_transform(SameAnchors)
    app.connect("html-page-context", _lead)


def _lead(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None) -> None:
    """Tell the template, readers and programs where the same page stands in the other language."""
    here, there = (CHINESE, "en") if chinese(app) else ("en", CHINESE)
    both = is_translated(chapter(page))
    target = f"{page if both else app.config.root_doc}.html"
    paths = {"en": target, CHINESE: f"{CHINESE}/{target}"}
    up = "../" * (page.count("/") + (here == CHINESE))
    lang, name = LANGUAGES[there]
    context["other_edition"] = {"url": up + paths[there], "lang": lang, "name": name}
    if both and book().address:  # programs take whole addresses alone; readers have the link on the page
        tags = (
            f'<link rel="alternate" hreflang="{LANGUAGES[one][0]}" href="{book().at(paths[one])}">' for one in paths
        )
        context["metatags"] = context.get("metatags", "") + "".join(tags)
