"""Tables, captions and texts for those who cannot see speak to a reader: no name of code stands in them."""

from __future__ import annotations

import html
import re

import pytest

from book.execution import executable
from book.paths import CHAPTERS, HTML
from gumlib.cases.fitting import priors
from gumlib.figures import words
from gumlib.terms import CLUSTERS, TERMS

PAGES = executable()
CARD = re.compile(r'<figure class="gum-card[^"]*" id="([^"]+)">(.*?)</figure>', re.DOTALL)
LINK = re.compile(r"<a\b.*?</a>", re.DOTALL)
FILES = re.compile(r"tab-(?:own|ot|data)-|tab-1-6-trace|tab-par-sixteen")
"""Tables that show what files, other programs or other people's terms are called, as they are called."""
CODED = re.compile(
    r"(?<![\w./-])[A-Za-z\d]+(?:_[A-Za-z\d]+)+(?![\w./])|(?<![\w./-])(?:19|20)\d\d-[01]\d(?:-\d\d)?(?![\w-])"
    r"|<NA>|\bG held\b"
)
WHOLE = {"gum", "True", "False", "nan", "None", *CLUSTERS, *TERMS}
"""Names of code, where they are all that a cell or a heading says."""


def texts(page: str) -> list[tuple[str, str]]:
    """Return each text of the cards of a page with its id: cells, headings, captions, alternative texts.

    What is a link names an entry by its id, and stays out; so do codes in a table that explains them.
    """
    found = []
    for card, inside in CARD.findall(page):
        found += [(card, html.unescape(said)) for said in re.findall(r'\balt="([^"]*)"', inside)]
        found += [(card, plain(said)) for said in re.findall(r"<figcaption>\s*(<p>.*?</p>)", inside, re.DOTALL)]
        cells = [plain(cell) for cell in re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", inside, re.DOTALL)]
        if not FILES.match(card):
            explained = set(TERMS) if {"code", "代码"} & set(cells) else set()
            found += [(card, cell) for cell in cells if cell not in explained]
    return found


def plain(text: str) -> str:
    """Return a text without tags, and without what stands in a link."""
    return " ".join(html.unescape(re.sub("<[^>]+>", "", LINK.sub("", text))).split())


def faults(page: str) -> list[tuple[str, str]]:
    """Return the texts of a page that name code."""
    return [(card, text) for card, text in texts(page) if text in WHOLE or CODED.search(text)]


@pytest.mark.parametrize("edition", ["", "zh"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_name_of_code_is_shown(page, edition):
    file = (HTML / edition / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html")
    assert faults(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("gum", True),
        ("size_low", True),
        ("ningbo", True),
        ("G", True),
        ("cut on 2006-09-15", True),
        ("<NA>", True),
        ("GUM model", False),
        ("Ningbo", False),
        ("1995 to 2010", False),
        ('<a href="#x">youngor_history</a>', False),
    ],
)
def test_a_name_of_code_in_a_cell_is_seen(cell, named):
    cell = cell.replace("<NA>", "&lt;NA&gt;")
    card = f'<figure class="gum-card gum-table" id="tab-0-0-x"><table><tr><td>{cell}</td></tr></table></figure>'
    assert bool(faults(card)) is named


def test_every_parameter_has_a_name():
    assert set(priors.NAMES) <= set(words.PARAMETER_NAMES)
