"""Counts that English tells in words stand in Chinese sentences, not behind a colon as in a list."""

from __future__ import annotations

import re

import pytest

from book.chinese.blocks import rendered, translated
from book.chinese.phrases import site
from book.execution import executable
from book.notebooks import stored
from book.readable import told

COUNT = re.compile(
    r"\b(?:none|neither|one|\d+) of the \w+ |^(?:all|both) \d* ?\w+|\bof the (?:fitted )?(?:draws|pulses)$"
)
_GLUE = re.compile(r"：\{glue:text\}`([^`:]+)")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("none of the 4 clusters", "0个（共4个）"),
        ("3 of the 4 industries", "3个（共4个）"),
        ("all 4 industries", "4个（即全部）"),
        ("41% of the draws", "41%"),
        ("none of the draws", "0%"),
        ("all (at least 98.5%)", "100%（至少98.5%）"),
    ],
)
def test_a_count_is_a_number_that_a_sentence_can_hold(english, chinese):
    assert site().chinese(english) == chinese


@pytest.mark.parametrize("page", sorted(set(executable()) & set(translated())), ids=lambda page: page.stem)
def test_no_count_stands_behind_a_colon(page):
    values = {key: str(value).strip("'\"") for key, value in told(stored(page)).items()}
    listed = [key for block in rendered(page).values() for key in _GLUE.findall(block)]
    assert [key for key in listed if COUNT.search(values.get(key, "")) and ";" not in values[key]] == []
