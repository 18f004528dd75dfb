"""Birth certificates: each number of the prose leads to the one cell that computes it."""

import html
import re

import pytest
from gumbook import expressions, numbers

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


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_each_number_shows_what_computed_it(page):
    text = (HTML / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html").read_text(encoding="utf-8")
    said = [html.unescape(one) for one in re.findall(r'title="Computed: (.*?) · Data', text, re.DOTALL)]
    assert [one for one in said if one.isidentifier() or one.startswith("{")] == []


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_previews_that_lie_on_a_page_weigh_little(page):
    text = (HTML / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html").read_text(encoding="utf-8")
    assert sum(len(said.encode()) for said in re.findall(r'<a [^>]*title="(Computed[^"]*)"', text)) <= 10_000


@pytest.mark.parametrize(
    ("code", "key", "wanted"),
    [
        ("a = len(x)\nb = a\ntell(p_n=b)", "p_n", "len(x)"),
        ("a = len(x)\na = len(y)\ntell(p_n=a)", "p_n", "len(y)"),
        ("a, (b, c) = f()\ntell(p_n=c)", "p_n", "f()[1][1]"),
        ("a, b = (g(x) for x in (1, 2))\ntell(p_n=b)", "p_n", "g(2)"),
        ("from gumlib.desk import HIGH\ntell(p_n=HIGH)", "p_n", "gumlib.desk.HIGH"),
        ("for a, b in rows:\n    tell(p_n=b)", "p_n", "b for a, b in rows"),
        ("tell(**{f'p_{k}': f'{v:.0%}' for k, v in d.items()})", "p_low", "f\"{d['low']:.0%}\""),
        ("tell(**{f'p_{k}': d[k] for k in (4, 8)})", "p_8", "d[8]"),
        ("tell(**{f'p_{k}': v for n, (k, v) in d.items()})", "p_8", "v for n, (k, v) in d.items()"),
        ("pairs = {f'p_{k}': d[k] for k in 'ab'}\ntell(**pairs)", "p_b", "d[k] for k in 'ab'"),
        ("tell(p_n=unknown)", "p_n", "unknown"),
    ],
)
def test_names_and_comprehensions_are_resolved(code, key, wanted):
    _, expression = numbers.born(key, {"cell-1": code})
    assert expressions.shown(expression, key, [code]) == wanted
