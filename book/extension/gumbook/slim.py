"""Lighten the pages: drop what the theme ships and this book never uses."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import tinycss2
from fontTools import subset
from sphinx.application import Sphinx
from tinycss2.ast import Node

from book.fonts import ASSETS
from book.kept import Shelf
from gumbook import minify

_UNUSED = (
    *("_static/scripts/fontawesome.js", "_static/design-tabs.js", "_static/sphinx-design.min.css"),
    *("_static/togglebutton.js", "_static/togglebutton.css"),
)
"""Emptied, not removed, since the page that searches names them: icons come from the web font; no tabs, no toggles."""

_NEEDLESS = (
    *("_static/**/*.map", "_static/*macros.html", "_static/**/fontawesome/webfonts/*.ttf"),
    *(".buildinfo", ".buildinfo.bak"),
)
"""Removed: what maps scripts to their sources, templates, the same icons in another form, marks of the build."""

_GROUPS = ("media", "supports")

logging.getLogger("fontTools").setLevel(logging.WARNING)

_SEARCH = re.compile(r'<script[^>]*src="[^"]*(?:searchindex|searchtools|language_data)\.js[^"]*"[^>]*></script>')
"""Only the page of search results needs the index; the search field of other pages leads there."""
_IDLE = re.compile(
    rf'<(?:script|link)[^>]*(?:src|href)="[^"]*(?:{"|".join(map(re.escape, _UNUSED))})[^"]*"[^>]*>(?:</script>)?\s*'
    r"|<script>(?:let toggle|var togglebutton)[^<]*</script>\s*"
)
"""What loads an emptied file, and what speaks to it."""
_BLOCKING = re.compile(r"<script (?![^>]*\b(?:defer|async)\b)(?=[^>]*\bsrc=)")
_INDENTED = re.compile(r"\n\s+(?=<)")
_OPTIONS = re.compile(r"<script>(?=DOCUMENTATION_OPTIONS)")
_IMPORTING = re.compile(r'(href="[^"]*_static/)styles/theme\.css[^"]*"')
_ICON = re.compile(r'((?:\.fa-[a-z0-9-]+:+before,?)+)\{content:"\\([0-9a-f]+)"\}')


_THEIRS = ("doctools.js", "sphinx_highlight.js", "copybutton.js")
"""Scripts of Sphinx and its extensions that every page loads; their notices of copyright stay."""


def setup(app: Sphinx) -> None:
    """Act when all pages are written."""
    app.connect("build-finished", _slim, priority=900)


def _slim(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for pattern in _NEEDLESS:
        for file in out.glob(pattern):
            file.unlink()
    for name in _UNUSED:
        if (out / name).exists():
            (out / name).write_text("", encoding="utf-8")
    pages = "".join(map(_lightened, sorted(out.rglob("*.html"))))
    _cut_icons(out, pages)
    _cut_rules(out, pages)
    theirs, ours = (out / "_static" / name for name in _THEIRS), ASSETS.glob("*.js")
    for file in (*theirs, *ours):
        if (shipped := out / "_static" / file.name).exists():
            shipped.write_text(minify.script(file.read_text(encoding="utf-8")), encoding="utf-8")


def _lightened(page: Path) -> str:
    """Let a page that does not search load what it needs alone, and no script before it is shown; return its text."""
    text = page.read_text(encoding="utf-8")
    if page.name == "search.html":
        return text
    lighter = quick(text)
    if lighter != text:
        page.write_text(lighter, encoding="utf-8")
    return lighter


def quick(page: str) -> str:
    """Return a page without the search index and idle files, its scripts deferred, its first sheet loaded at once.

    Examples
    --------
    >>> quick('<script src="_static/togglebutton.js?v=1"></script><script src="_static/doctools.js?v=9"></script>')
    '<script defer src="_static/doctools.js?v=9"></script>'
    >>> quick('<script>DOCUMENTATION_OPTIONS.pagename = 1;</script><link href="_static/styles/theme.css?digest=5" />')
    '<script type="module">DOCUMENTATION_OPTIONS.pagename = 1;</script><link href="_static/basic.css" />'
    """
    needed = _IDLE.sub("", _SEARCH.sub("", page))
    deferred = _OPTIONS.sub('<script type="module">', _BLOCKING.sub("<script defer ", needed))
    return _unindented(_IMPORTING.sub(r'\1basic.css"', deferred))


def _unindented(page: str) -> str:
    """Return a page without the indentation around its article; within it a blank may mean something."""
    head, opening, rest = page.partition("<article")
    article, closing, foot = rest.rpartition("</article>")
    if not closing:
        return page
    head, foot = (_INDENTED.sub("\n", part) for part in (head, foot))
    return f"{head}{opening}{article}{closing}{foot}"


def _cut_icons(out: Path, pages: str) -> None:
    """Keep, of the icon fonts and their style rules, only the icons that a page or a sheet names."""
    sheets = "".join(file.read_text(encoding="utf-8") for file in sorted(out.glob("_static/**/*.css")))
    scripts = "".join(file.read_text(encoding="utf-8") for file in sorted(out.glob("_static/scripts/*.js")))
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


def _cut_rules(out: Path, pages: str) -> None:
    """Keep, of every style sheet, the rules for classes and ids that a page or a script names."""
    scripts = "".join(file.read_text(encoding="utf-8") for file in out.glob("_static/**/*.js"))
    named = set(re.findall(r"[\w-]+", f"{pages} {scripts}"))
    with Shelf(f"sheets-{out.parent.name}", __file__, minify.__file__) as shelf:
        for sheet in sorted(out.glob("_static/**/*.css")):
            text = sheet.read_text(encoding="utf-8")
            there = named & set(re.findall(r"[\w-]+", text))
            cut = shelf.get(f"{sorted(there)} {text}", lambda text=text, there=there: _cut(text, there))
            sheet.write_text(cut, encoding="utf-8")


def _cut(sheet: str, named: set[str]) -> str:
    """Return a sheet as short as it can be where only some names occur."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return minify.sheet(tinycss2.serialize(used(rules, named)))


def used(rules: list[Node], named: set[str]) -> list[Node]:
    """Return the rules of a sheet that can apply where only some names occur; groups of rules are looked into.

    Examples
    --------
    >>> sheet = tinycss2.parse_stylesheet(".a b{x:y}.a .c,#d{x:y}@media print{.c{x:y}}")
    >>> tinycss2.serialize(used(sheet, {"a", "d"}))
    '.a b{x:y}#d{x:y}'
    """
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            rule.prelude = _selectors(rule.prelude, named)
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            rule.content = used(inner, named)
            rule.prelude = rule.prelude if rule.content else []
        if rule.type != "qualified-rule" or rule.prelude:
            kept += [] if rule.type == "at-rule" and rule.content == [] else [rule]
    return kept


def _selectors(prelude: list[Node], named: set[str]) -> list[Node]:
    """Return the selectors of a rule, without those that ask for a class or an id that nothing has."""
    groups: list[list[Node]] = [[]]
    for token in prelude:
        if token == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    found = [group for group in groups if all(name in named for name in _asked(group))]
    comma = tinycss2.ast.LiteralToken(1, 1, ",")
    return [token for at, group in enumerate(found) for token in ([comma] if at else []) + group]


def _asked(selector: list[Node]) -> list[str]:
    """Return the classes and ids that a selector asks for; what stands in brackets may go either way."""
    pairs = zip([None, *selector], selector, strict=False)
    classes = [token.value for dot, token in pairs if dot == "." and token.type == "ident"]
    return classes + [token.value for token in selector if token.type == "hash"]
