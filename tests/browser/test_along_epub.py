"""Pages of the Chinese EPUB in Chromium: each character has a glyph, even where the device has no Chinese font."""

from __future__ import annotations

import io
import zipfile

import pytest

from book.along import epub
from book.along.edition import EDITIONS
from book.along.gather import gather

pytestmark = pytest.mark.browser
OURS = "Noto Sans SC"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """Bind two pages, one with the map and one with a wide table, and take the file apart."""
    chinese, folder = EDITIONS[1], tmp_path_factory.mktemp("epub")
    chapters = gather(chinese, [page for page in chinese.pages() if page.name in ("index", "2-6-summary")])
    zipfile.ZipFile(io.BytesIO(epub.bound(chinese, chapters))).extractall(folder)
    return folder / "EPUB"


@pytest.fixture
def opened(browser, unpacked):
    """Return a function that opens a page of it on a device as wide as a phone."""
    page = browser.new_page(viewport={"width": 420, "height": 800})

    def at(name: str):
        page.goto((unpacked / f"{name}.xhtml").as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield at
    page.close()


@pytest.mark.parametrize(
    ("name", "where"),
    [("index", "h1"), ("index", ".map-drawing text"), ("2-6-summary", "h2"), ("2-6-summary", "td:nth-child(2)")],
)
def test_chinese_is_set_in_our_font(opened, name, where):
    page = opened(name)
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": where})["nodeId"]
    fonts = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    assert any(font["isCustomFont"] and OURS in font["familyName"] for font in fonts), fonts


def test_short_cells_keep_on_a_line_and_the_page_within_the_device(opened):
    page = opened("2-6-summary")
    cells = page.evaluate("""Array.from(document.querySelectorAll("tbody .along-short"), (cell) => {
        const range = document.createRange(); range.selectNodeContents(cell);
        return new Set(Array.from(range.getClientRects(), (box) => Math.round(box.bottom / 4))).size })""")
    assert cells
    assert max(cells) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
