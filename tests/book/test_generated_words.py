"""What code writes into the pages keeps the style sheet of CONTRIBUTING: its words, and curly quotation marks."""

import html
import re

import pytest
from gumbook.quotes import curled

from book.paths import HTML
from gumlib import claims

PAGES = sorted((HTML / "chapters").rglob("*.html"))
LITERAL = re.compile(r"(?s)<(script|style|pre|code|kbd|samp|textarea|math|svg)\b.*?</\1>|<[^>]+>")
OF_THE_HOUSE = re.compile(r"\bstands? for\b|\bis told\b|\btells?\b|\bhangs? on\b|\bgum\b|\bgives? up\b")


def texts(page) -> list[str]:
    """Return the texts of the article of a page, one a block."""
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition(">")[2].partition("</article>")[0]
    blocks = re.split(r"</?(?:p|td|th|li|h\d|div|figcaption)\b[^>]*>", LITERAL.sub(whole, article))
    return [" ".join(html.unescape(block).split()) for block in blocks]


def whole(found: re.Match[str]) -> str:
    """Keep the tags of blocks, at which a page is parted."""
    return found[0] if re.match(r"</?(?:p|td|th|li|h\d|div|figcaption)\b", found[0]) else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_quotation_mark_is_straight(page):
    assert [text[:100] for text in texts(page) if re.search("[\"']", text)] == []


def test_the_claims_page_speaks_to_a_reader():
    said = texts(HTML / "chapters" / "back" / "claims.html")
    assert sum("In the model or the data here: " in text for text in said) == len(claims.claims())
    assert [text for text in said if OF_THE_HOUSE.search(text)] == []


def test_marks_are_set_by_what_stands_before_them():
    assert curled("<p>He said &quot;<b>so</b>&quot;</p><p>'90s") == "<p>He said “<b>so</b>”</p><p>’90s"
    assert curled('<pre>"x"</pre> 3 < 4 <a title="z">z\'s</a>') == '<pre>"x"</pre> 3 < 4 <a title="z">z’s</a>'
