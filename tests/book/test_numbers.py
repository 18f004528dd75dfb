"""Birth certificates: each number of the prose leads to the one cell that computes it."""

import re

import pytest
from gumbook import numbers

from book.execution import executable
from book.notebooks import load
from book.paths import CHAPTERS, HTML

GLUED = re.compile(r"\{glue:text\}`([^`:]+)")


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_each_key_of_the_prose_is_born_in_a_cell(page):
    sources = {f"cell-{number}": cell.source for number, cell in enumerate(load(page).cells)}
    cells = {name: source for name, source in sources.items() if "tell(" in source}
    assert [key for key in GLUED.findall(page.read_text(encoding="utf-8")) if not numbers.born(key, cells)] == []


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_each_number_of_a_page_is_a_link_to_a_cell_that_is_there(page):
    text = (HTML / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html").read_text(encoding="utf-8")
    aims = re.findall(r'<a class="gum-number[^>]*href="#([^"]+)"', text)
    assert {aim for aim in aims if f'id="{aim}"' not in text} == set()
    assert 'class="pasted-text"' not in text


def test_a_key_that_no_cell_tells_has_no_certificate():
    assert numbers.born("p1_other", {"cell-1": "tell(p1_n=1)"}) is None


def test_the_cell_that_names_a_key_comes_before_one_that_could_tell_it():
    cells = {"cell-1": "tell(p1_n=1)", "cell-2": "tell(**{f'p1_{key}': 2 for key in keys})"}
    assert numbers.born("p1_n", cells) == ("cell-1", "1")
