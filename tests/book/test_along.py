"""The book to take along: every page, figure and link of an edition goes along whole, and an EPUB holds them."""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

import pytest
import yaml
from lxml import html

from book.along import epub, front, links, still
from book.along.edition import EDITIONS, LEFT_OUT, Page
from book.along.gather import Chapter, gather, pictures
from book.along.make import MAKERS
from book.along.trim import trim
from book.along.xhtml import written
from book.paths import ROOT

LANGUAGES = [edition.language for edition in EDITIONS]
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
STAYS = re.compile(r"(zh/)?chapters/back/api[\w-]*\.html(#.*)?|#p-[\w-]+--cell-\d+")
"""To what a link may lead that is undone: the reference of the code, and code."""


@pytest.fixture(scope="module", params=EDITIONS, ids=LANGUAGES)
def edition(request):
    """Hand over each edition."""
    return request.param


@pytest.fixture(scope="module")
def chapters(edition) -> list[Chapter]:
    """Gather every page of an edition."""
    return gather(edition)


@pytest.fixture(scope="module")
def two(edition) -> list[Chapter]:
    """Gather two pages that name each other, one with formulas."""
    return gather(edition, _two(edition))


def _two(edition) -> list[Page]:
    return [page for page in edition.pages() if page.name in ("2-3-running", "claims")]


def fragment(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(f"<section>{text}</section>")


def test_all_pages_go_along_in_the_order_of_the_contents(chapters):
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    listed = [contents["root"], *(entry["file"] for part in contents["parts"] for entry in part["chapters"])]
    wanted = [path for path in listed if not posixpath.basename(path).startswith(LEFT_OUT)]
    assert [chapter.page.path for chapter in chapters] == wanted
    assert len({chapter.page.name for chapter in chapters}) == len(wanted)


def test_an_id_is_given_once_and_no_link_leads_into_nothing(chapters):
    ids = [name for chapter in chapters for name in chapter.body.xpath(".//@id | ./@id")]
    assert len(ids) == len(set(ids))
    targets = {link.get("href") for chapter in chapters for link in chapter.body.iter("a") if link.get("href")}
    inside = {target for target in targets if not re.match(r"https?://|mailto:", target)}
    assert len(inside) > 1000
    assert {target.removeprefix("#") for target in inside} - set(ids) == set()


def test_only_links_to_what_stays_behind_are_undone(edition, monkeypatch):
    undone, settle = [], links.settle
    monkeypatch.setattr(links, "settle", lambda *given: undone.extend(settle(*given)))
    gather(edition)
    assert undone
    assert [link for link in undone if not STAYS.fullmatch(link)] == []


def test_every_figure_of_a_page_goes_along_with_its_number_and_name(edition, chapters):
    for chapter in chapters:
        built = edition.file(chapter.page.path).read_text(encoding="utf-8")
        wanted = re.findall(r'<figure class="gum-card[^"]*" id="([^"]+)"', built)
        figures = chapter.body.xpath(".//figure[@id]")
        assert [links.home(one.get("id")) for one in figures] == [chapter.page.name] * len(wanted)
        assert [one.xpath("string(.//span[@class='along-name'])") for one in figures] == wanted
        assert [len(one.xpath(".//figcaption//span[@class='caption-number']")) for one in figures] == [1] * len(wanted)
        held = [".//img" if name.startswith("fig-") else ".//table" for name in wanted]
        assert [len(one.xpath(path)) for one, path in zip(figures, held, strict=True)] == [1] * len(wanted)
        assert [name for name in pictures(chapter) if "-dark" in name or not (edition.html / name).exists()] == []


def test_tables_formulas_and_claims_go_along(edition, chapters):
    for chapter in chapters:
        page = html.parse(str(edition.file(chapter.page.path)), html.HTMLParser(encoding="utf-8")).find(".//article")
        for kept in (".//math", ".//tbody[not(@class)]/tr", ".//div[@class='gum-claims admonition']", ".//h2"):
            seen = [one for one in page.xpath(kept) if not one.xpath("ancestor-or-self::*[@hidden]")]
            bare = chapter.page.name == "ledger" and kept == ".//h2"  # the heading over the filters
            assert len(chapter.body.xpath(kept)) == len(seen) - bare, (chapter.title, kept)


def test_nothing_goes_along_that_only_a_browser_can_do(chapters):
    for chapter in chapters:
        for gone in ("script", "button", "input", "select", "details", "form", "fieldset"):
            assert chapter.body.find(f".//{gone}") is None, (chapter.title, gone)
        assert chapter.body.xpath(".//*[@hidden] | .//a[@download] | .//a[@class='headerlink']") == []


def test_a_page_says_where_its_code_is(edition, chapters):
    for chapter in chapters:
        said = edition.said(still.CODE)
        coded = "gum-code" in edition.file(chapter.page.path).read_text(encoding="utf-8")
        assert (said in chapter.body.text_content()) == coded
        assert all((ROOT / file).exists() for file in chapter.body.xpath("./p[@class='along-note']/code/text()"))


def test_what_moves_leaves_a_picture_or_its_place(edition, chapters):
    held = {chapter.page.name: chapter.body for chapter in chapters}
    assert held["index"].xpath(".//svg[@class='map-drawing']")
    assert edition.said(still.MAP) in held["index"].text_content()
    assert edition.said(still.DESK) in held["policy-desk"].text_content()


def test_every_phrase_of_ours_has_its_chinese():
    ours = (front.CONTENTS, front.VERSION, front.LICENCE, front.MADE, still.CODE, still.MAP, still.DESK)
    assert [english for english in ours if EDITIONS[1].said(english) == english] == []


def test_a_link_leads_where_the_book_is_published_or_is_undone():
    for address, wanted in (("https://e.org/", 'see <a href="https://e.org/a/api.html">it</a>'), ("", "see it")):
        body = fragment('<p>see <a href="a/api.html">it</a></p><p id="p-x--a"><a href="#p-x--a">a</a></p>')
        assert links.settle([body], address) == ["a/api.html"]
        assert written(body) == f'<section><p>{wanted}</p><p id="p-x--a"><a href="#p-x--a">a</a></p></section>'


def test_what_a_frame_writes_is_set_as_a_table():
    body = fragment(
        '<table class="dataframe" border="1"><thead>'
        '<tr style="text-align: right;"><td></td><th>words</th><th>n</th></tr>'
        "<tr><th>row</th><td></td><td></td></tr></thead>"
        "<tbody><tr><th>a</th><td>two words and some more</td><td>-1.5</td></tr></tbody></table>"
    )
    trim(body)
    (head,) = body.xpath(".//thead/tr")
    assert [cell.text_content() for cell in head] == ["row", "words", "n"]
    marks = [cell.get("class") for cell in body.xpath(".//tr/*")]
    short, figure = "along-short", "along-figure along-short"
    assert marks == [short, short, figure, short, None, figure]


def test_a_chinese_character_counts_as_two_in_a_cell_that_is_not_parted():
    body = fragment("<table><tr><td>fourteen chars</td><td>七个汉字不拆开</td><td>八个汉字就可拆开</td></tr></table>")
    trim(body)
    assert [cell.get("class") for cell in body.iter("td")] == ["along-short", "along-short", None]


@pytest.fixture(scope="module")
def packed(edition, two) -> zipfile.ZipFile:
    """Bind two pages as an EPUB."""
    return zipfile.ZipFile(io.BytesIO(epub.bound(edition, two)))


def test_an_epub_says_first_and_plainly_what_it_is(packed):
    first = packed.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert packed.read("mimetype") == b"application/epub+zip"
    assert b'full-path="EPUB/package.opf"' in packed.read("META-INF/container.xml")


def test_the_manifest_lists_every_file_and_the_spine_every_page(edition, packed):
    package = ElementTree.fromstring(packed.read("EPUB/package.opf"))
    items = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    assert {f"EPUB/{item.get('href')}" for item in items.values()} == set(packed.namelist()) - {
        "mimetype", "META-INF/container.xml", "EPUB/package.opf",
    }  # fmt: skip
    read = [items[ref.get("idref")].get("href") for ref in package.iter(f"{OPF}itemref")]
    assert read == ["title.xhtml", "nav.xhtml", "2-3-running.xhtml", "claims.xhtml"]
    flags = {item.get("href"): item.get("properties") for item in items.values() if item.get("properties")}
    assert flags == {"nav.xhtml": "nav", "2-3-running.xhtml": "mathml"}
    assert package.findtext(f".//{DC}language") == edition.language


def test_every_link_of_an_epub_leads_to_an_element_in_it(packed):
    names = [name for name in packed.namelist() if name.endswith(".xhtml")]
    pages = {posixpath.basename(name): ElementTree.fromstring(packed.read(name)) for name in names}
    ids = {name: {element.get("id") for element in page.iter()} for name, page in pages.items()}
    across = set()
    for name, page in pages.items():
        for link in page.iter(f"{XHTML}a"):
            file, _, anchor = link.get("href", "").partition("#")
            if not file.startswith("http"):
                assert anchor in ids[file or name], (name, link.get("href"))
                across |= {(name, file)} if file else set()
        assert {image.get("src") for image in page.iter(f"{XHTML}img")} <= {n[5:] for n in packed.namelist()}
    assert {("2-3-running.xhtml", "claims.xhtml"), ("nav.xhtml", "claims.xhtml")} <= across


def test_an_epub_is_the_same_bytes_again(edition):
    once, again = (epub.bound(edition, gather(edition, _two(edition))) for _ in range(2))
    assert once == again


@pytest.mark.slow
def test_a_whole_epub_is_valid(edition, tmp_path):
    command = shutil.which("epubcheck")
    if command is None or shutil.which("java") is None:
        pytest.skip("no epubcheck on this machine: Debian's package of that name brings it")
    file = tmp_path / "book.epub"
    file.write_bytes(MAKERS["epub"](edition))
    ended = subprocess.run(["java", "-jar", command, str(file)], capture_output=True, text=True, check=False)
    assert "0 fatals / 0 errors / 0 warnings" in ended.stdout + ended.stderr, ended.stderr[-3000:]
