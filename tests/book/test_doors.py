"""Ways in: the root of the site, and addresses of pages that are gone."""

import pytest
from gumbook import doors

from book.paths import HTML


def test_a_door_has_title_language_description_and_a_link():
    page = doors.door("A & B", "What it is.", "chapters/index.html")
    for part in (
        '<html lang="en">',
        "<title>A &amp; B</title>",
        'content="What it is."',
        '<a href="chapters/index.html">',
    ):
        assert part in page


@pytest.mark.parametrize("old", ["index", *doors.MOVED])
def test_each_door_of_the_book_leads_to_a_page(old):
    page = HTML / f"{old}.html"
    target = page.read_text(encoding="utf-8").split("url=")[1].split('"')[0]
    assert (page.parent / target).exists()


@pytest.mark.parametrize("old", doors.SPLIT)
def test_a_split_page_looks_for_its_anchors_where_they_went(old):
    assert (HTML / f"{doors.SPLIT[old]}.html").exists()
    assert f"location.replace('{doors.SPLIT[old].rsplit('/', 1)[1]}.html'+at)" in (HTML / f"{old}.html").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("old", doors.MOVED)
def test_an_old_address_keeps_its_anchor(old):
    page = (HTML / f"{old}.html").read_text(encoding="utf-8")
    target = page.split("url=")[1].split('"')[0]
    assert page.index(f"location.replace('{target}'+location.hash)") < page.index('http-equiv="refresh"')
