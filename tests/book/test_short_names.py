"""A source is called by where it was published, and not by the key under which we keep it."""

import re
from types import SimpleNamespace

import pytest
from gumbook import ids, previews, seriesnames, sources

from book.paths import HTML
from gumlib import data, evidence

CASES = sorted((HTML / "chapters" / "04").glob("4-[1-4]-*.html"))


def test_every_source_has_a_name_that_is_not_its_key():
    names = ids.short_names()
    assert set(evidence.sources().index) <= names.keys()
    assert [key for key, name in names.items() if not name or name == key] == []


def test_a_key_in_a_table_becomes_a_link_with_the_short_name():
    said = ids._linked("<td>exlaw2002, WZ071</td>", {"exlaw2002": "r.html#a", "WZ071": "l.html#b"})
    assert said == '<td><a href="r.html#a">exlaw.cn</a>, <a href="l.html#b">WZ071</a></td>'


def test_an_address_that_a_key_is_named_after_is_no_key():
    places = {"yuantrends": "r.html#a"}
    assert ids._linked("<p>yuantrends.com, 2025</p>", places) == "<p>yuantrends.com, 2025</p>"
    assert ids._linked("<p>By yuantrends.</p>", places) == '<p>By <a href="r.html#a">yuantrends.com 2025</a>.</p>'


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_no_page_of_a_case_shows_a_key(file):
    shown = re.findall(r'<a[^>]*href="[^"]*#source-[^"]*"[^>]*>([^<]+)</a>', file.read_text(encoding="utf-8"))
    assert shown
    assert set(shown) & set(evidence.sources().index) == set()


KEYS = {*ids.short_names(), *data.read("china-series")["series"]}
"""What no reader should meet but as the label of an entry."""


def edition(language):
    return SimpleNamespace(
        config=SimpleNamespace(language=language, root_doc="chapters/index"),
        env=SimpleNamespace(
            gum_figures={},
            titles={},
            gum_shorts={},
            gum_mentions={},
            toctree_includes={},
            config=SimpleNamespace(root_doc="chapters/index"),
        ),
        builder=None,
    )


def keys_in(text: str) -> set[str]:
    return {word for word in re.findall("[A-Za-z0-9_]+", text) if word in KEYS and not word.isalpha()}


def test_every_series_has_a_name_in_both_languages():
    assert set(seriesnames.NAMES) == set(data.read("china-series")["series"])
    assert [name for name in seriesnames.NAMES.values() if sources._in(edition("zh_CN"), name) == name] == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_preview_says_a_key(language):
    said = previews.words(edition(language))
    assert len(said) > 1000
    assert {place: keys_in(text) for place, text in said.items() if keys_in(text)} == {}


@pytest.mark.parametrize(("language", "ours"), [("en", "Facts: |Series: |Named on "), ("zh_CN", "事实：|序列：")])
def test_an_entry_of_a_source_says_no_key_but_its_own_and_speaks_the_language_of_the_page(language, ours):
    app = edition(language)
    places = dict.fromkeys(ids.short_names(), "x.html")
    entries = [sources._entry(app, ids.REFERENCES, source) for source in sources._sources().itertuples()]
    said = [re.sub("<[^>]+>|https?:[^<]+", " ", ids._linked(entry, places)) for entry in entries]
    own = sources._sources().index
    assert {key: keys_in(text) - {key} for key, text in zip(own, said, strict=True) if keys_in(text) - {key}} == {}
    assert all(re.search(ours, text) for text in said if re.search(r"[A-Z]{2}\d{3}", text))
    if language != "en":
        assert [text for text in said if re.search("Facts: |Series: |Named on |trade press", text)] == []
