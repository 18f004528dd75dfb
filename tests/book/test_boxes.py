"""The box that opens a page says which reading to believe wherever the page gives two, and what coded the cases."""

import re

import pytest

from book.paths import CHAPTERS

BOX = re.compile(r":::\{admonition\} In short.*?\n:::\n", re.DOTALL)
PAGES = [page for page in sorted(CHAPTERS.glob("0*/*.md")) if BOX.search(page.read_text(encoding="utf-8"))]


def prose(text: str) -> str:
    """Return a page without its code."""
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def silent(text: str) -> bool:
    """Whether a page gives both readings and its box does not say which one to believe."""
    both = re.search("as fitted", text, re.IGNORECASE) and "our ranges" in text
    return bool(both) and not re.search("[Bb]elieve", BOX.findall(text)[0])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_box_says_which_reading_to_believe(page):
    assert not silent(prose(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", sorted(CHAPTERS.glob("05/brief-*.md")), ids=lambda page: page.stem)
def test_a_brief_says_which_reading_to_believe(page):
    assert re.search("[Bb]elieve", BOX.findall(page.read_text(encoding="utf-8"))[0])


@pytest.mark.parametrize("name", ["5-1-conclusions", "5-2-recommendations", "3-2-formulation"])
def test_the_fitted_reading_comes_first(name):
    box = BOX.findall(next(CHAPTERS.glob(f"0*/{name}.md")).read_text(encoding="utf-8"))[0]
    assert re.search(r"\*\*Answer\.\*\* (As fitted|Fitted) to the four", box)


def test_a_box_without_a_word_on_it_is_caught():
    assert silent(":::{admonition} In short\nA.\n:::\nOver our ranges 1, as fitted 2.")


@pytest.mark.parametrize("name", ["4-5-summary", "5-1-conclusions", "5-3-limits"])
def test_who_coded_stands_where_the_coding_is_weighed(name):
    assert "person has coded" in next(CHAPTERS.glob(f"0*/{name}.md")).read_text(encoding="utf-8")
