"""The first use of each term on a page leads to the glossary, and a preview says what it means."""

from __future__ import annotations

import json
import re

import pytest
from gumbook import glossary, previews

from book.paths import HTML
from gumlib.terms import TERMS

EDITIONS = ["", "zh"]


def test_the_longer_of_two_names_is_linked():
    names = {"E": "insertion(?: in the chain)?"}
    assert glossary.first(["insertion in the chain"], names) == {0: [(0, 22, "E")]}


def test_a_part_of_a_word_is_no_use_of_a_term():
    assert glossary.first(["drawing, re-draw, withdraws"], {"draw": "draws?"}) == {}


def test_a_verb_and_the_governance_of_a_chain_are_no_terms():
    said = ["The page draws it; chain governance, and governance of the chain.", "One of draws", "Weak governance"]
    assert glossary.first(said, glossary._ENGLISH) == {1: [(7, 12, "draw")], 2: [(5, 15, "G")]}


def test_each_name_is_of_a_term_of_the_glossary():
    known = {key for key, *_ in glossary.entries()}
    assert known >= glossary._ENGLISH.keys() | glossary._CHINESE.keys()


@pytest.mark.parametrize("code", sorted(glossary._CHINESE.keys() & TERMS.keys()))
def test_a_factor_or_way_is_found_by_the_names_that_terms_give_it(code):
    assert glossary.first([TERMS[code].name], {code: glossary._ENGLISH[code]})
    assert re.search(glossary._CHINESE[code], TERMS[code].chinese)


def words(edition: str) -> dict[str, str]:
    """Return what the previews of an edition say."""
    files = (HTML / edition / "_static" / previews.FOLDER).glob("*.js")
    parts = [file.read_text(encoding="utf-8").partition(",")[2].rstrip().removesuffix(");") for file in files]
    return {place: text for part in parts for place, text in json.loads(part).items()}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_link_loads_few_bytes_for_its_preview(edition):
    files = list((HTML / edition / "_static" / previews.FOLDER).glob("*.js"))
    assert len(files) > 30
    assert max(file.stat().st_size for file in files) <= 10_000


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_linked_term_has_its_row_and_its_words(edition):
    home = (HTML / edition / f"{glossary.HOME}.html").read_text(encoding="utf-8")
    said, linked = words(edition), 0
    for file in (HTML / edition / "chapters").rglob("*.html"):
        aims = re.findall(r'<a class="gum-term[^>]*href="[^"#]*#([^"]+)"', file.read_text(encoding="utf-8"))
        assert len(aims) == len(set(aims)), f"{file.stem} links a term twice"
        assert {aim for aim in aims if f'id="{aim}"' not in home} == set()
        assert {aim for aim in aims if f"1-2-core-concepts.html#{aim}" not in said} == set()
        linked += len(aims)
    assert linked > 200


def test_a_term_is_explained_in_both_languages():
    key = "1-2-core-concepts.html#term-S"
    assert words("")[key] == "social capital (社会资本): ties, trust and shared rules that let firms act together"
    assert words("zh")[key].startswith("社会资本（social capital）：")
    assert not re.search("[a-z]{3}", words("zh")[key].partition("：")[2])


@pytest.mark.parametrize(("edition", "begins"), [("", ("Question.", "Answer.")), ("zh", ("问题", "回答"))])
def test_a_page_is_summed_up_by_title_question_and_answer(edition, begins):
    title, question, answer = words(edition)["2-3-running.html"].split("\n")
    assert title.startswith("2.3 ")
    assert (question.startswith(begins[0]), answer.startswith(begins[1])) == (True, True)
    assert not re.search(r"\{glue|p23_", answer)
