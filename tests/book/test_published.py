"""The book at hand shows what the stored notebooks hold: compared by meaning, cell by cell, figure by figure."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pytest

from book import compare, digest
from book.execution import executable, executed
from book.notebooks import twin
from book.paths import HTML, ROOT
from gumlib import data, evidence

PAGES = executable()
FIGURES = sorted((HTML / "figures").glob("*.pdf"))
FACES = {"NotoSansSC-Regular", "NotoSansSC-Bold"}
KEYS = {*evidence.ledger().index, *evidence.sources().index, *data.read("claims")["claim_id"]}
CODE = {"a", "code", "pre", "script", "style", "dt", "title"}
REFERRING = ("for", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
"""Attributes that hold ids of the same page."""
WORD = re.compile(r"(?<![\w/.-])(?:(?:fig|tab)(?:-\w+)+|\w+)(?![\w.-]*/|\.[a-z])")
"""A word, or an id of a figure or table; no part of an address."""
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "p", "li"}


class Page(HTMLParser):
    """What a page holds: anchors, links, the ids that its parts ask for, ids that are no links, cut statements."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.open, self.anchors, self.links, self.bare, self.cut = [], [], [], [], []
        self.asked: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        """Keep anchor and link of an element, and that it is open."""
        given = dict(attrs)
        self.anchors += [given["id"]] if "id" in given else []
        self.asked |= {name for key in REFERRING if key in given for name in given[key].split()}
        self.links += [given["href"]] if tag == "a" and given.get("href") else []
        self.open += [tag] if tag not in VOID else []

    def handle_endtag(self, tag):
        """Close an element and what was left open in it."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, words):
        """Look for ids that are no links, and for cut statements."""
        if "article" in self.open and not CODE.intersection(self.open):
            self.bare += filter(_is_id, WORD.findall(words))
        if {"td", "th"}.intersection(self.open) and words.rstrip().endswith("..."):
            self.cut.append(words)


def _is_id(word: str) -> bool:
    return word in KEYS or (word.startswith(("fig-", "tab-")) and (HTML / "figures" / f"{word}.csv").exists())


@pytest.fixture(scope="module")
def read() -> dict[Path, Page]:
    """Return every page of the book at hand as parsed."""
    return {file: Page(file) for file in sorted(HTML.rglob("*.html")) if "_static" not in file.parts}


def test_the_book_is_built_from_the_sources_at_hand():
    assert digest.cache().exists(), "run `make book`: the pages at hand were computed from other sources"
    assert len(FIGURES) > 100


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_outputs_of_a_page_are_those_of_its_notebook(page):
    differing = compare.notebooks(nbformat.read(twin(page), as_version=4), executed(page))
    lines = [f"cell {cell}, {one}" for cell, found in differing.items() for one in found]
    assert not lines, "\n".join(lines) + "\nrun `make notebooks`, and read what has changed"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_published_drawing_is_the_one_compared(page):
    cells = executed(page).cells
    outputs = [output for cell in cells for output in cell.get("outputs", []) if "data" in output]
    for drawing in filter(None, (output["data"].get("image/svg+xml") for output in outputs)):
        name = re.match(r'<svg id="([^"]+)"', drawing)[1]
        published = (HTML / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        assert re.sub(r"<metadata>.*</metadata>", "", published) == drawing


def faces(file: Path) -> set[str]:
    """Return the faces that a PDF embeds."""
    content = file.read_bytes()
    parts = [content, *map(_inflated, re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL))]
    return {name.decode() for part in parts for name in re.findall(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([\w-]+)", part)}


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("file", FIGURES, ids=lambda file: file.stem)
def test_a_figure_is_set_in_the_faces_of_the_house(file):
    """A glyph they lack would be taken from elsewhere, and two folders of fonts would order a PDF by their names."""
    assert faces(file) <= FACES


def test_nothing_of_the_machine_stands_in_the_pages():
    assert not [page for page in HTML.rglob("*.html") if str(ROOT) in page.read_text(encoding="utf-8")]


def test_every_id_outside_code_is_a_link(read):
    assert {file.relative_to(HTML): page.bare for file, page in read.items() if page.bare} == {}


def test_every_fact_claim_and_source_has_one_entry(read):
    entries = ["ledger", "claims", "references"]
    anchors = set().union(*(read[HTML / "chapters" / "back" / f"{name}.html"].anchors for name in entries))
    assert {key for key in KEYS if not anchors & {key.lower(), f"source-{key.lower().replace('_', '-')}"}} == set()


def test_no_link_inside_the_book_is_dead(read):
    """A fragment with an equals sign is a state of the policy desk, not an anchor."""
    dead = []
    for file, page in read.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or "=" in parts.fragment:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            lost = target in read and parts.fragment and unquote(parts.fragment) not in read[target].anchors
            dead += [f"{file.stem}: {link}"] if lost or not target.exists() else []
    assert dead == []


def test_an_id_stands_once_on_a_page(read):
    counts = {file.relative_to(HTML): Counter(page.anchors) for file, page in read.items()}
    doubled = {name: [one for one, count in ids.items() if count > 1] for name, ids in counts.items()}
    assert {name: ids for name, ids in doubled.items() if ids} == {}


def test_every_id_that_a_part_of_a_page_asks_for_is_there(read):
    lost = {file.relative_to(HTML): page.asked.difference(page.anchors) for file, page in read.items()}
    assert {name: ids for name, ids in lost.items() if ids} == {}


def test_no_table_cuts_a_statement(read):
    assert {file.relative_to(HTML): page.cut for file, page in read.items() if page.cut} == {}


@pytest.mark.parametrize("drawn", ["reliability", "recovered", "sample-size"])
@pytest.mark.parametrize("appendix", ["a2", "a3", "a4"])
def test_figures_say_that_nobody_answered(appendix, drawn):
    record = json.loads((HTML / "figures" / f"fig-{appendix}-{drawn}.json").read_text(encoding="utf-8"))
    assert "simulated" in record["title"]
    assert "nobody was asked" in record["caption"]
    assert record["seed"] is not None


@pytest.mark.parametrize("name", ["claims", "ledger", "references"])
def test_pages_in_one_list_bear_names_of_their_own(name):
    """Two pages may share a section; a list of pages must tell them apart."""
    text = (HTML / "chapters" / "back" / f"{name}.html").read_text(encoding="utf-8")
    lists = re.findall(r'(?:<a href="\.\./[^"#]*\.html">[^<]*</a>(?:, )?){2,}', text)
    assert lists
    for listed in lists:
        pairs = set(re.findall(r'href="([^"]*)">([^<]*)<', listed))
        assert len({said for _, said in pairs}) == len(pairs), listed
