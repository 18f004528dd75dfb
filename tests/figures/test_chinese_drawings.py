"""A drawing in Chinese has the words of the table, in lines that fit, and leaves nothing behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text

from gumlib.data.phrases import wrapped
from gumlib.figures import style
from gumlib.figures.chinese import in_chinese


def labelled(words: str) -> str:
    page = style.canvas(2)
    axes = page.subplots()
    axes.set_xlabel(words)
    return axes.get_xlabel()


def test_words_of_the_table_are_chinese_within_and_english_without():
    with in_chinese():
        assert labelled("Ningbo") == "宁波"
        assert labelled("no phrase of ours") == "no phrase of ours"
    assert labelled("Ningbo") == "Ningbo"


def test_a_drawing_that_fails_leaves_texts_as_they_were():
    before = Text.set_text
    with pytest.raises(ZeroDivisionError), in_chinese():
        raise ZeroDivisionError
    assert Text.set_text is before


@given(st.text(alphabet="集群治理学习，。0123456789.%ab", min_size=1, max_size=60), st.integers(4, 30))
def test_no_letter_is_lost_in_wrapping_and_no_line_begins_with_a_mark(text, width):
    lines = wrapped(text, width).split("\n")
    assert "".join(lines) == text
    assert not [line for line in lines[1:] if line[:1] in "，。"]
