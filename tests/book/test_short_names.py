"""A source is called by where it was published, and not by the key under which we keep it."""

import re

import pytest
from gumbook import ids

from book.paths import HTML
from gumlib import evidence

CASES = sorted((HTML / "chapters" / "04").glob("4-[1-4]-*.html"))


def test_every_source_has_a_name_that_is_not_its_key():
    names = ids.short_names()
    assert set(evidence.sources().index) <= names.keys()
    assert [key for key, name in names.items() if not name or name == key] == []


def test_a_key_in_a_table_becomes_a_link_with_the_short_name():
    said = ids._linked("<td>exlaw2002, WZ071</td>", {"exlaw2002": "r.html#a", "WZ071": "l.html#b"})
    assert said == '<td><a href="r.html#a">exlaw.cn</a>, <a href="l.html#b">WZ071</a></td>'


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_no_page_of_a_case_shows_a_key(file):
    shown = re.findall(r'<a[^>]*href="[^"]*#source-[^"]*"[^>]*>([^<]+)</a>', file.read_text(encoding="utf-8"))
    assert shown
    assert set(shown) & set(evidence.sources().index) == set()
