"""Lighten the pages: drop what the theme ships and this book never uses."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

from fontTools import subset
from sphinx.application import Sphinx

_UNUSED = ("_static/scripts/fontawesome.js", "_static/design-tabs.js", "_static/sphinx-design.min.css")
"""Emptied, not removed, since every page names them: icons come from the web font, tabs are not used."""

logging.getLogger("fontTools").setLevel(logging.WARNING)

_SEARCH = re.compile(r'<script[^>]*src="[^"]*(?:searchindex|searchtools|language_data)\.js[^"]*"[^>]*></script>')
"""Only the page of search results needs the index; the search field of other pages leads there."""
_ICON = re.compile(r'((?:\.fa-[a-z0-9-]+:+before,?)+)\{content:"\\([0-9a-f]+)"\}')


def setup(app: Sphinx) -> None:
    """Act when all pages are written."""
    app.connect("build-finished", _slim, priority=900)


def _slim(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for pattern in ("_static/**/*.map", "_static/**/fontawesome/webfonts/*.ttf", ".buildinfo", ".buildinfo.bak"):
        for file in out.glob(pattern):
            file.unlink()
    for name in _UNUSED:
        if (out / name).exists():
            (out / name).write_text("", encoding="utf-8")
    for page in sorted(out.rglob("*.html")):
        if page.name != "search.html":
            page.write_text(_SEARCH.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    _forget_lost_words(out / "searchindex.js")
    _cut_icons(out)


def _forget_lost_words(file: Path) -> None:
    """Drop from the search index the words that no page holds any more, which a rebuild leaves there empty."""
    head, index = "Search.setIndex(", file.read_text(encoding="utf-8")
    parts = json.loads(index.removeprefix(head).removesuffix(")"))
    for kind in ("terms", "titleterms"):
        parts[kind] = {word: pages for word, pages in parts[kind].items() if pages != []}
    written = json.dumps(parts, separators=(",", ":"), sort_keys=True)
    file.write_text(f"{head}{written})", encoding="utf-8")


def _cut_icons(out: Path) -> None:
    """Keep, of the icon fonts and their style rules, only the icons that a page or a sheet names."""
    sheets = "".join(file.read_text(encoding="utf-8") for file in sorted(out.glob("_static/**/*.css")))
    scripts = "".join(file.read_text(encoding="utf-8") for file in sorted(out.glob("_static/scripts/*.js")))
    pages = "".join(file.read_text(encoding="utf-8") for file in sorted(out.rglob("*.html")))
    named = set(re.findall(r"\bfa-([a-z0-9-]+)", pages + scripts))
    used = [rule for rule in _ICON.finditer(sheets) if named & set(re.findall(r"fa-([a-z0-9-]+)", rule[1]))]
    kept = {rule[0] for rule in used}
    for sheet in sorted(out.glob("_static/**/*.css")):
        text = sheet.read_text(encoding="utf-8")
        sheet.write_text(_ICON.sub(lambda rule: rule[0] if rule[0] in kept else "", text), encoding="utf-8")
    codes = {rule[2] for rule in used}
    codes |= set(re.findall(r'"\\([ef][0-9a-f]{3})"', _ICON.sub("", sheets)))
    settings = subset.Options(flavor="woff2", hinting=False)
    for file in sorted(out.glob("_static/vendor/fontawesome/webfonts/*.woff2")):
        font = subset.load_font(str(file), settings)
        cutter = subset.Subsetter(settings)
        cutter.populate(unicodes=sorted(int(code, 16) for code in codes))
        cutter.subset(font)
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        subset.save_font(font, str(file), settings)
