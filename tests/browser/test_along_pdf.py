"""Two pages of each edition printed as a PDF, and read back by a program that had no hand in it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

import pytest

from book import chromium
from book.along import bind, paper, press
from book.along.edition import EDITIONS
from book.along.gather import gather
from book.publication import book

pypdf = pytest.importorskip("pypdf")
pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = ("2-6-summary", "changed-verdicts")
"""Two short pages: one with a figure and a claims box, one with tables."""


@pytest.fixture(scope="module", params=EDITIONS, ids=[edition.language for edition in EDITIONS])
def edition(request):
    """Hand over each edition."""
    return request.param


@pytest.fixture(scope="module")
def chapters(edition):
    """Gather the two pages."""
    return gather(edition, [page for page in edition.pages() if page.name in NAMES])


@pytest.fixture(scope="module")
def made(edition, chapters, tmp_path_factory) -> bytes:
    """Print them."""
    if chromium.installed() is None:
        pytest.skip("no Chromium on this machine: run `make browser` as root")
    file = paper.lay_out(edition, chapters, tmp_path_factory.mktemp("paper") / "two")
    return bind.bound(press.printed(file), edition, chapters[0].title)


@pytest.fixture(scope="module")
def read(made):
    """Open what was printed."""
    return pypdf.PdfReader(io.BytesIO(made))


def letters(text: str) -> str:
    """Return a text without what stands between its letters, and with each of them apart."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


def flat(outline) -> Iterator:
    for item in outline:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


def test_bookmarks_are_the_headings_and_lie_on_their_pages(read, chapters):
    marks = {mark.title: read.get_destination_page_number(mark) for mark in flat(read.outline)}
    headings = [" ".join(head.text_content().split()) for one in chapters for head in one.body.xpath(".//h2 | .//h3")]
    assert set(headings) <= marks.keys()
    assert {chapter.page.part for chapter in chapters} <= marks.keys()
    for title, page in marks.items():
        words = re.sub(r"\s", "", read.pages[page].extract_text())
        assert re.sub(r"\s", "", title) in words, title


def test_the_contents_name_the_pages_on_which_chapters_begin(read, chapters):
    lines = "".join(read.pages[1].extract_text().split())
    for chapter in chapters:
        (mark,) = [mark for mark in flat(read.outline) if mark.title == chapter.title]
        assert f"{''.join(chapter.title.split())}{read.get_destination_page_number(mark) + 1}" in lines


def test_a_wrong_count_of_pages_is_put_right(edition, read, tmp_path, monkeypatch):
    fit, again = press.fit, gather(edition, [page for page in edition.pages() if page.name in NAMES])
    monkeypatch.setattr(press, "fit", lambda page: dict.fromkeys(fit(page), 77))
    printed = press.printed(paper.lay_out(edition, again, tmp_path / "two"))
    contents = pypdf.PdfReader(io.BytesIO(printed.pdf)).pages[1]
    assert contents.extract_text() == read.pages[1].extract_text()


def test_each_page_of_a_chapter_bears_its_title_and_number(read, chapters):
    heads = [read.pages[number].extract_text() for number in range(2, len(read.pages))]
    for number, words in enumerate(heads, start=3):
        assert any("".join(chapter.title.split()) in "".join(words.split()) for chapter in chapters), number
        assert re.search(rf"(?<!\d){number}(?!\d)", words), number


def test_links_lead_to_pages_or_out(read):
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    inside = [note["/Dest"] for note in notes if "/Dest" in note]
    assert inside
    assert set(inside) <= set(read.named_destinations)
    assert all("127.0.0.1" not in str(note.get("/A", "")) for note in notes)


def test_all_prose_is_printed_and_no_code_is(read, chapters):
    printed = letters("".join(page.extract_text() for page in read.pages))
    for chapter in chapters:
        for paragraph in chapter.body.xpath("./section/p[not(.//math)]"):
            assert letters(paragraph.text_content())[:30] in printed
    assert "importdata" not in printed


def test_what_the_pdf_says_of_itself(read, edition, chapters):
    assert (read.metadata.title, read.metadata.author) == (chapters[0].title, book().author)
    assert read.metadata["/CreationDate"] == f"D:{book().date.replace('-', '')}000000Z"
    root = read.trailer["/Root"]
    assert (root["/Lang"], root["/PageMode"]) == (edition.language, "/UseOutlines")
    assert root["/MarkInfo"]["/Marked"].value is True


def test_drawings_are_lines_and_no_pixels(read):
    kinds = [x.get_object()["/Subtype"] for page in read.pages for x in page["/Resources"].get("/XObject", {}).values()]
    assert "/Image" not in kinds


def test_the_same_pages_are_the_same_bytes_whatever_was_drawn_before(edition, chapters, made, tmp_path, monkeypatch):
    monkeypatch.setattr(chromium, "ARGUMENTS", [*chromium.ARGUMENTS, "--disable-threaded-compositing"])
    again = gather(edition, [page for page in edition.pages() if page.name in NAMES])
    assert bind.bound(press.printed(paper.lay_out(edition, again, tmp_path / "two")), edition, again[0].title) == made
