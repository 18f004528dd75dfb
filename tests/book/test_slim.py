"""Style sheets keep what some page can use."""

import html
import re
from pathlib import Path

import pytest
import tinycss2
from gumbook import minify
from gumbook.slim import quick, used

from book import fonts
from book.paths import HTML


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        (".a b{x:y}", ".a b{x:y}"),
        (".a .c,#d{x:y}", "#d{x:y}"),
        ("@media print{.c{x:y}}", ""),
        ("@media print{.c{x:y}.a{x:y}}", "@media print{.a{x:y}}"),
        (":is(.c) .a:not(.e){x:y}", ":is(.c) .a:not(.e){x:y}"),
        ("@font-face{a:b}", "@font-face{a:b}"),
    ],
)
def test_rules_for_names_that_do_not_occur_go(sheet, kept):
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    assert tinycss2.serialize(used(rules, {"a", "d"})) == kept


def test_a_page_loads_no_more_than_half_a_megabyte():
    weights = sorted(weight(page) for page in (HTML / "chapters").rglob("*.html"))
    assert weights[len(weights) // 2] <= 500_000


def test_few_english_pages_load_the_large_font():
    pages = list((HTML / "chapters").rglob("*.html"))
    large = [page.stem for page in pages if fonts.PAGES["rest"] in faces(page)]
    assert len(large) <= len(pages) / 4, large


def weight(page):
    """Return the bytes of a page with the sheets, scripts and Chinese fonts that it needs; figures come by and by."""
    text = page.read_text(encoding="utf-8")
    named = {page.parent / name for name in re.findall(r'(?:href|src)="([^"?]+\.(?:css|js))(?=[?"])', text)}
    return len(text.encode()) + sum(file.stat().st_size for file in [*filter(Path.exists, named), *faces(page)])


def faces(page):
    """Return the fonts in which some Chinese text of a page is set."""
    body = page.read_text(encoding="utf-8").partition("</head>")[2]
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>|<[^>]+>", "", body)
    shown = fonts.chinese(html.unescape(text))
    return [fonts.PAGES[part] for part, letters in fonts.in_pages().items() if shown & letters]


@pytest.mark.parametrize("file", sorted(fonts.ASSETS.glob("*.js")), ids=lambda file: file.name)
def test_a_script_that_is_shipped_says_what_its_source_says(file):
    source = re.sub(r"(?m)^[ \t]*//.*$", "", file.read_text(encoding="utf-8"))
    assert re.sub(r"\s+", "", minify.script(source)) == re.sub(r"\s+", "", source)


def test_only_around_the_article_a_page_is_not_indented():
    article = "<article>\n  <pre>\n  <b>x</b></pre></article>"
    assert quick(f"<div>\n    <p>\n</p>{article}\n  </div>") == f"<div>\n<p>\n</p>{article}\n</div>"
    assert quick("<div>\n  <p>") == "<div>\n  <p>"


def test_blanks_that_mean_something_stay():
    assert minify.sheet("a :is(b) {width: calc(1px + 2px)}") == "a :is(b){width:calc(1px + 2px)}"
    assert minify.sheet("a {b: url( x;y )} @media (c: d) {e{f: g}}") == "a{b:url( x;y )}@media (c: d){e{f:g}}"
    assert minify.script("a = b / c;  // so\nd = 'x , y'\ne = f + +g") == "a = b / c;  // so\nd = 'x , y'\ne=f + +g\n"


@pytest.mark.parametrize("page", sorted((HTML / "chapters").rglob("*.html")), ids=lambda page: page.stem)
def test_no_script_and_no_idle_file_holds_up_a_page(page):
    head = page.read_text(encoding="utf-8").partition("</head>")[0]
    loads = re.findall(r"<script [^>]*src=[^>]*>", head)
    assert loads or 'http-equiv="refresh"' in head
    assert [one for one in loads if not re.search("defer|async", one)] == []
    named = re.findall(r'(?:src|href)="([^"?]+[.](?:css|js))(?=[?"])', head)
    assert [name for name in named if not (page.parent / name).read_text(encoding="utf-8").strip()] == []
    assert "@import" not in "".join(
        (page.parent / name).read_text(encoding="utf-8") for name in named if name[-3:] == "css"
    )
