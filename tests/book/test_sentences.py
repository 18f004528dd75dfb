"""What a page tells its prose is used, and a number set in the wrong place changes a sentence that was accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from nbformat import NotebookNode, v4

from book import sentences
from book.notebooks import executable, stored
from book.paths import CHAPTERS
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
