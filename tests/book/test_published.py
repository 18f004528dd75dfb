"""The book at hand shows what the stored notebooks hold: compared by meaning, cell by cell, figure by figure."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import nbformat
import pytest

from book import compare, digest
from book.execution import executable, executed
from book.notebooks import twin
from book.paths import HTML, ROOT

PAGES = executable()
FIGURES = sorted((HTML / "figures").glob("*.pdf"))
FACES = {"NotoSansSC-Regular", "NotoSansSC-Bold"}


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
        assert (HTML / "figures" / f"{name}.svg").read_text(encoding="utf-8") == drawing


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
