"""What code writes says none, one, both and all in words: verdicts, values set in prose, captions, texts of figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from book import sentences
from book.notebooks import executable, stored, twin
from book.paths import CHAPTERS
from gumlib import claims

EDGE = re.compile(
    r"(?<![\d.,-])([-+]?\d[\d.,]*%?) to \1(?![\d.%])"  # 85% to 85%
    r"|(?<!rank )(?<!rank in \d{4} )(?<![\d.,])\b(\d+) of (?:the |these |all )?\2\b(?![.,]\d)"  # 11 of the 11
    r"|(?<![\d.,])0 of (?:the |these )?\w"  # 0 of the 4
    r"|\bat least 0(?:\.0+)? ?%|\bat most 100(?:\.0+)? ?%"
    r"|\b[Nn]umber of [a-z ]+: [01]\b(?! of)"  # number of claims: 0
    r"|\bin 0\b(?![.,]\d)|, 0 [a-z]|\bnan\b|\binf\b"
)
"""A number at an edge that a person would not write so (`gumlib.evidence.wording` has the words)."""
_CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)


def written(page: Path) -> Iterator[str]:
    """Yield what the code of a page writes: values for its prose, captions of figures and tables, texts of figures."""
    yield from map(str, sentences.told(stored(page)).values())
    cells = nbformat.read(twin(page), as_version=4).cells
    for output in (output for cell in cells for output in cell.get("outputs", [])):
        shown = output.get("data", {})
        yield from _CAPTION.findall(shown.get("text/html", ""))
        yield shown.get("text/markdown", "")
        yield from (kept["alt"] for kept in output.get("metadata", {}).values() if "alt" in kept)


@pytest.mark.parametrize("page", executable(), ids=lambda page: str(page.relative_to(CHAPTERS)))
def test_nothing_that_a_page_writes_gives_none_or_all_as_a_number(page):
    assert [said for said in written(page) if EDGE.search(said)] == []


@pytest.mark.parametrize("column", ["finding", "over_ranges", "as_fitted", "without", "claim", "rule", "why"])
def test_no_verdict_or_rule_gives_none_or_all_as_a_number(column):
    assert {claim: text for claim, text in claims.claims()[column].dropna().items() if EDGE.search(text)} == {}


@pytest.mark.parametrize(
    "said",
    [
        "China from 85% to 85%",
        "with: 100% to 100% by case",
        "none (0% to 0%)",
        "11 of the 11 bars",
        "in 0 of 4",
        "44 of 44 scored",
        "at least 0 % of draws",
        "Number of claims: 0",
        "negative in 0 with size held constant",
        "3 native, 0 embedded",
    ],
)
def test_a_number_at_an_edge_is_caught(said):
    assert EDGE.search(said)


@pytest.mark.parametrize(
    "said", ["1 of the 11 bars", "from 0 to 1", "rank in 2011 32 of 32", "10 of 101", "at 1.1 to 1.15"]
)
def test_a_number_within_its_bounds_passes(said):
    assert not EDGE.search(said)
