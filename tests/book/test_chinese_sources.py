"""Entries of sources in the Chinese edition: what is ours is Chinese, titles stay; the English edition is as it was."""

from types import SimpleNamespace

import pandas as pd
import pytest
from gumbook import sources

from book.chinese.phrases import site

_SOURCE = SimpleNamespace(
    author_or_publisher="China Daily",
    title="Lighters light up",
    year=2009,
    kind="news",
    note="Repeats the city economy bureau at a December 2020 event",
)


def test_an_entry_is_chinese_but_for_its_title():
    assert sources._about(_SOURCE, site().chinese) == (
        "《中国日报》。Lighters light up. 2009年。新闻。复述市经信局在2020年12月一次活动上的说法。"
    )


def test_an_english_entry_keeps_its_marks():
    assert sources._about(_SOURCE) == (
        "China Daily. Lighters light up. 2009. news. Repeats the city economy bureau at a December 2020 event."
    )


@pytest.mark.parametrize("source", list(sources._sources().itertuples()), ids=lambda source: source.Index)
def test_every_note_on_a_source_has_chinese(source):
    assert pd.isna(source.note) or site().chinese(" ".join(source.note.split()))
