"""Style sheets keep what some page can use."""

import re

import pytest
import tinycss2
from gumbook.slim import used

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


def weight(page):
    """Return the bytes of a page with the sheets and scripts that it names."""
    text = page.read_text(encoding="utf-8")
    named = {page.parent / name for name in re.findall(r'(?:href|src)="([^"?]+\.(?:css|js))(?=[?"])', text)}
    return len(text.encode()) + sum(file.stat().st_size for file in named if file.exists())
