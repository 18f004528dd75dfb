"""What a page tells its prose is used, and a number set in the wrong place changes a sentence that was accepted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from nbformat import NotebookNode, v4

from book import sentences
from book.notebooks import executable, stored
from book.paths import CHAPTERS
from gumlib import claims
from gumlib.figures import numbers


@pytest.mark.parametrize("page", executable(), ids=lambda page: str(page.relative_to(CHAPTERS)))
def test_a_page_uses_each_value_that_it_tells_and_no_other(page):
    notebook = stored(page)
    assert set(sentences.told(notebook)) == sentences.used(notebook)


def test_a_page_without_code_sets_no_value():
    bare = set(CHAPTERS.rglob("*.md")) - set(executable())
    assert [page.name for page in bare if "{glue" in page.read_text(encoding="utf-8")] == []


def test_every_sentence_with_a_number_was_accepted():
    changed = "\n".join(sentences.changes())
    assert not changed, f"read these; if they are meant, run `python -m book.sentences --accept`:\n{changed}"


EDGES = re.compile(
    r"(?<!rank )\b(\d+) of (?:the |these |all )?\1\b(?![.,]\d)"  # 4 of 4
    r"|(?<![\d.,])0 of (?:the |these )?\w"  # 0 of the 4
    r"|\b\d+ of the (?:two|three|four|six)\b"  # 4 of the four
    r"|(?<![\d.,])(?:0|100)%(?! ?to)(?![)\d])"  # 100% of draws
    r"|\b(?:number [^.]*is|and|alone:) 0(?! to)(?![\d.,%:/]\d|\d|%)"  # the number is 0
)
"""A number at an edge that a person would not write: none, one, both, all are words (`gumlib.evidence.wording`)."""


def awkward(said: str) -> list[str]:
    """Return the places of a text at which a number stands for none or all; a verdict's finding is left aside."""
    for finding in claims.claims()["finding"]:
        said = said.replace(finding, "")
    return [found[0] for found in EDGES.finditer(said)]


def test_no_sentence_of_a_chapter_gives_none_or_all_as_a_number():
    pages = [page for page in executable() if not page.is_relative_to(CHAPTERS / "back")]
    lines = [line for page in pages for line in sentences.sentences(stored(page))]
    faults = [f"{found}: {line}" for line in lines for found in awkward(line)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "said",
    [
        "It lies above in 4 of the four industries.",
        "First in 8 of 8.",
        "It covers 41 of the 41 claims.",
        "Ties harm 0% of clusters.",
        "The number is 0.",
        "In 100% of draws.",
        "3 began as native and 0 as embedded.",
    ],
)
def test_a_number_at_an_edge_is_caught(said):
    assert awkward(said)


@pytest.mark.parametrize("said", ["From 0 to 1, 10 of 101, none (0% to 1.8%), all (98.5% to 100%), a p of 0.05: 0.4."])
def test_a_number_within_its_bounds_passes(said):
    assert awkward(said) == []


@pytest.fixture
def page(monkeypatch) -> Callable[[str], NotebookNode]:
    """Return a function that makes an executed page: a cell that tells two values, and prose."""
    shown = []

    def display(data, *, raw, metadata):
        shown.append(v4.new_output("display_data", data, metadata=metadata))

    monkeypatch.setattr("IPython.display.display", display)
    numbers.tell(toy_low="0.40", toy_high=0.6543)
    return lambda prose: v4.new_notebook(cells=[v4.new_code_cell(outputs=shown), v4.new_markdown_cell(prose)])


def test_a_sentence_is_read_with_its_numbers_however_its_lines_are_broken(page):
    prose = "Not this. From\n{glue:text}`toy_low` to\n{glue:text}`toy_high:.2f`.\n\n- Up:\n  {glue:text}`toy_high`"
    assert sentences.sentences(page(prose)) == ["From 0.40 to 0.65.", "- Up: 0.6543"]


def test_two_swapped_keys_are_seen(page, monkeypatch, tmp_path):
    right = page("It rose from {glue:text}`toy_low` to {glue:text}`toy_high:.2f`.")
    wrong = page("It rose from {glue:text}`toy_high:.2f` to {glue:text}`toy_low`.")
    monkeypatch.setattr(sentences, "ACCEPTED", tmp_path / "sentences.txt")
    sentences.ACCEPTED.write_text("\n".join(sentences.sentences(right)), encoding="utf-8")
    found = []
    for one in (right, wrong):
        monkeypatch.setattr(sentences, "present", lambda one=one: "\n".join(sentences.sentences(one)))
        found.append(sentences.changes())
    assert found == [[], ["-It rose from 0.40 to 0.65.", "+It rose from 0.65 to 0.40."]]


def test_a_key_never_told_and_a_key_never_used_are_seen(page):
    one = page("{glue:text}`toy_low` and {glue:text}`toy_mean`")
    assert set(sentences.told(one)) == {"toy_low", "toy_high"}
    assert sentences.used(one) == {"toy_low", "toy_mean"}
    assert sentences.sentences(one) == ["0.40 and {glue:text}`toy_mean`"]
