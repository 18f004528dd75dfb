"""What is cited is read alike by people, BibTeX, CSL, RIS and readers of a page's head; unset, no address is named."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from types import SimpleNamespace

import nbformat
import pytest
from docutils import nodes
from gumbook import cards, cite, rerun
from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from book import readable
from book.chinese.finish import Finish
from book.citation import Work
from book.execution import executable
from book.paths import CHAPTERS, HTML, ROOT
from book.publication import CHINESE_TITLE, Author, book

BOOK = replace(book(), address="", repository="", doi="")
PUBLISHED = replace(BOOK, address="https://example.org/gum/", doi="10.1234/gum")
PAGE = Work("2-9-r-and-d", "2.9 R&D: 100 % of 浙江_cost #1", "page", "chapters/02/2-9-r-and-d.html")
FIGURE = Work("fig-0-0-line", "Did {growth} break?", "figure", "chapters/02/2-9-r-and-d.html#fig-0-0-line")
WHOLE = Work("index", BOOK.title, "book", "chapters/index.html")
WORKS = (PAGE, FIGURE, WHOLE)
PAGES = [page for page in sorted(HTML.glob("chapters/**/*.html")) if "<article" in page.read_text(encoding="utf-8")]
FIGURES = sorted(HTML.glob("figures/*.json"))


class Head(HTMLParser):
    """The meta tags of a page by name, its JSON-LD, and its links by relation."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta, self.links, self.linked, self.inside = {}, {}, "", False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Keep meta tags and links."""
        given = dict(attrs)
        if tag == "meta" and "name" in given:
            again = ("viewport", "citation_author", "DC.creator")
            assert given["name"] not in self.meta or given["name"] in again, given
            self.meta[given["name"]] = given["content"]
        if tag == "link":
            self.links[given["rel"]] = given["href"]
        self.inside = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, words):
        """Keep JSON-LD."""
        self.linked += words if self.inside else ""

    def handle_endtag(self, tag):
        """Leave JSON-LD."""
        self.inside = False


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.kind)
@pytest.mark.parametrize("publication", [BOOK, PUBLISHED], ids=["nowhere", "published"])
def test_a_bibtex_entry_is_parsed_and_typeset_with_its_capitals(work, publication):
    entries = parse_string(work.bibtex(publication), "bibtex").entries
    (entry,) = entries.values()
    assert list(entries) == [f"gum-{work.id}"]
    assert entry.fields["title"].startswith("{")
    assert (entry.fields["year"], entry.fields["version"]) == (BOOK.date[:4], BOOK.version)
    assert entry.fields.get("url", "") == publication.at(work.path)
    assert entry.fields.get("doi", "") == publication.doi
    style = find_plugin("pybtex.style.formatting", "plain")()
    (set_in_type,) = style.format_entries([entry])
    printed = set_in_type.text.render_as("text")
    assert re.sub(r"[{}]", "", work.title).rstrip("?") in printed
    assert BOOK.author in printed


@pytest.mark.parametrize("sign", list("&%#_~\\"))
def test_a_sign_that_means_something_to_latex_is_printed_as_it_is(sign):
    (entry,) = parse_string(replace(PAGE, title=f"a {sign} b").bibtex(BOOK), "bibtex").entries.values()
    (set_in_type,) = find_plugin("pybtex.style.formatting", "plain")().format_entries([entry])
    assert f"a {sign} b" in set_in_type.text.render_as("text")


def test_a_caret_and_a_dollar_are_written_as_latex_wants_them():
    """Pybtex typesets neither."""
    assert r"a \textasciicircum{} \$ b" in replace(PAGE, title="a ^ $ b").bibtex(BOOK)


def test_two_authors_are_named_in_every_form():
    team = replace(BOOK, authors=(Author("Li", "Na", person=True), Author("The Wu group")))
    (entry,) = parse_string(PAGE.bibtex(team), "bibtex").entries.values()
    assert [str(one) for one in entry.persons["author"]] == ["Li, Na", "{The Wu group}"]
    assert PAGE.csl(team)["author"] == [{"family": "Li", "given": "Na"}, {"literal": "The Wu group"}]
    assert re.findall("AU  - (.*)", PAGE.ris(team)) == ["Li, Na", "The Wu group"]
    assert PAGE.text(team).startswith("Li, Na; The Wu group (")
    head = cite.head(PAGE, team)
    assert re.findall('"citation_author" content="(.*?)"', head) == ["Li, Na", "The Wu group"]
    assert [one["@type"] for one in json.loads(Head(cite.head(PAGE, team)).linked)["author"]] == [
        "Person",
        "Organization",
    ]


@pytest.mark.parametrize(("language", "title"), [("en", "2.6 Summary"), ("zh_CN", "2.6 本章小结")])
def test_a_page_links_to_the_entry_that_it_shows(tmp_path, language, title):
    name = "chapters/02/2-6-summary"
    app = SimpleNamespace(
        config=SimpleNamespace(language=language, root_doc="chapters/index"),
        builder=SimpleNamespace(format="html", get_target_uri=lambda name: f"{name}.html"),
        env=SimpleNamespace(found_docs={name}, titles={name: nodes.title("", title)}),
        outdir=tmp_path,
    )
    cite._write(app, None)
    context = {"body": ""}
    cite._tell(app, name, "", context, object())
    (link,) = re.findall(r'href="((?:\.\./)+(cite[\w-]*)/2-6-summary\.bib)"', context["body"])
    page = Finish()
    page.feed(f'<a href="{link[0]}">x</a>')
    seen = re.search('href="(.*?)"', page.text)[1] if language == "zh_CN" else link[0]
    assert seen == link[0]
    entry = (tmp_path / link[1] / "2-6-summary.bib").read_text(encoding="utf-8")
    assert title in entry
    assert entry.rstrip() in unescape(context["body"])
    (item,) = json.loads((tmp_path / link[1] / "2-6-summary.json").read_text(encoding="utf-8"))
    assert item["language"] == language[:2]


MAP = {"id": "fig-2-1-gum-map", "title": "The GUM model", "page": "chapters/02/2-1-model-building", "rows": 28}
MAP |= {
    "sources": {},
    "seed": None,
    "function": "gumlib.figures.s2_1_map.gum_map",
    "version": "1",
    "licence": "CC BY 4.0",
}
OFFERED = {
    "en": {"SVG": "svg", "PNG": "png", "PDF": "pdf", "CSV": "csv", "JSON": "json"},
    "zh_CN": {"SVG": "zh.svg", "英文版PNG": "png", "英文版PDF": "pdf", "CSV": "csv", "JSON": "json"},
}
"""What stands below a figure, and which file each word leads to."""


def edition(language, out):
    """Return what a card asks of Sphinx."""
    return SimpleNamespace(
        config=SimpleNamespace(language=language, root_doc="chapters/index"),
        builder=SimpleNamespace(format="html", get_target_uri=lambda name: f"{name}.html"),
        env=SimpleNamespace(found_docs=set(), titles={}, gum_figures={MAP["id"]: MAP}),
        outdir=out,
    )


@pytest.mark.parametrize("language", OFFERED)
def test_a_figure_offers_the_drawing_that_the_page_shows_and_says_which_files_are_english(tmp_path, language):
    page = Finish()
    page.feed(cards.below(edition(language, tmp_path), MAP, MAP["page"], tuple(OFFERED["en"].values())))
    links = re.findall(rf'<a href="(?:\.\./)+figures/{MAP["id"]}\.([a-z.]+)" download[^>]*>(.*?)</a>', page.text)
    assert {word: file for file, word in links} == OFFERED[language]


@pytest.mark.parametrize(
    ("language", "folder", "title", "part", "host"),
    [
        ("en", "cite", "The GUM model", "Figure fig-2-1-gum-map", book().title),
        ("zh_CN", "cite-zh", "GUM模型", "图 fig-2-1-gum-map", CHINESE_TITLE),
    ],
)
def test_a_card_is_cited_in_the_language_of_its_page(tmp_path, language, folder, title, part, host):
    app = edition(language, tmp_path)
    cite._write(app, None)
    below = unescape(cards.below(app, MAP, MAP["page"], ()))
    (item,) = json.loads((tmp_path / folder / f"{MAP['id']}.json").read_text(encoding="utf-8"))
    assert (item["title"], item["container-title"], item["language"]) == (title, host, language[:2])
    entry = (tmp_path / folder / f"{MAP['id']}.bib").read_text(encoding="utf-8")
    assert entry.rstrip() in below
    assert all(word in entry for word in (f"{{{{{title}}}}}", part, host))
    assert all(
        f"{word}\n" in (tmp_path / folder / f"{MAP['id']}.ris").read_text(encoding="utf-8") for word in (title, host)
    )
    assert f"{title} [{part}]" in below
    assert re.findall(r'href="(?:\.\./)+([^"]+)"', below) == [
        f"{folder}/{MAP['id']}.{form}" for form in ("bib", "json", "ris")
    ]


def test_a_book_with_a_doi_alone_is_not_called_published_nowhere():
    assert cite.told_nowhere(BOOK)
    assert not cite.told_nowhere(replace(BOOK, doi="10.1234/gum"))
    assert not cite.told_nowhere(PUBLISHED)


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.kind)
@pytest.mark.parametrize("publication", [BOOK, PUBLISHED], ids=["nowhere", "published"])
def test_csl_and_ris_say_the_same(work, publication):
    item, lines = work.csl(publication), work.ris(publication).splitlines()
    tags = dict(re.fullmatch(r"([A-Z0-9]{2})  - (.*)", line).groups() for line in lines)
    assert (lines[0][:6], lines[-1]) == ("TY  - ", "ER  - ")
    assert tags["TI"] == item["title"] == work.title
    assert tags["AU"] == item["author"][0]["literal"] == BOOK.author
    assert tags["DA"] == "/".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    assert tags.get("UR") == item.get("URL") == (publication.at(work.path) or None)
    assert tags.get("DO") == item.get("DOI") == (publication.doi or None)
    assert tags.get("T2") == item.get("container-title") == (None if work is WHOLE else BOOK.title)


def test_a_reader_sees_what_it_is_part_of_and_where():
    said = f"Did {{growth}} break? [Figure fig-0-0-line]. In: {BOOK.title} (version {BOOK.version})."
    assert FIGURE.text(BOOK) == f"{BOOK.author} ({BOOK.date[:4]}). {said}"
    assert FIGURE.text(PUBLISHED).endswith(f" https://example.org/gum/{FIGURE.path}")
    assert WHOLE.text(replace(BOOK, doi="10.1234/gum")).endswith(" https://doi.org/10.1234/gum")


def test_the_setting_is_read_however_it_is_written(tmp_path):
    text = (ROOT / "_config.yml").read_text(encoding="utf-8")
    for key, said in {
        "address": "https://a.org/b/",
        "repository": "https://github.com/a/b/",
        "doi": "https://doi.org/10.1/x",
    }.items():
        text, count = re.subn(rf'(gum_site:(?:.*\n)*?\s+{key}: )"[^"]*"', rf'\g<1>"{said}"', text)
        assert count == 1
    (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
    (tmp_path / "CITATION.cff").write_bytes((ROOT / "CITATION.cff").read_bytes())
    read = book(tmp_path)
    assert (read.at("x.html"), read.repository, read.doi) == (
        "https://a.org/b/x.html",
        "https://github.com/a/b",
        "10.1/x",
    )


@pytest.mark.parametrize("publication", [BOOK, PUBLISHED], ids=["nowhere", "published"])
@pytest.mark.parametrize("work", [replace(PAGE, title='A "b" <c></script>'), WHOLE], ids=["page", "book"])
def test_the_head_tells_highwire_dublin_core_and_json_ld(work, publication):
    read = Head(cite.head(work, publication))
    linked = json.loads(read.linked)
    assert read.meta["citation_title"] == read.meta["DC.title"] == linked["name"] == work.title
    assert read.meta["citation_author"] == read.meta["DC.creator"] == linked["author"]["name"] == BOOK.author
    assert read.meta["citation_publication_date"].replace("/", "-") == read.meta["DC.date"] == linked["datePublished"]
    assert read.meta.get("citation_inbook_title") == (None if work is WHOLE else linked["isPartOf"]["name"])
    where = publication.at(work.path) or None
    assert (
        read.meta.get("citation_public_url") == read.meta.get("DC.identifier") == read.links.get("canonical") == where
    )
    assert linked.get("url") == (publication.at("" if work is WHOLE else work.path) or None)
    assert read.links["schema.DC"] == "http://purl.org/dc/terms/"


def test_places_to_run_a_notebook_are_those_of_github():
    assert (
        rerun.hosts("notebooks/about.ipynb", "") == rerun.hosts("notebooks/about.ipynb", "https://gitlab.com/a/b") == {}
    )
    places = rerun.hosts("notebooks/about.ipynb", "https://github.com/a/b")
    assert places["Binder"] == "https://mybinder.org/v2/gh/a/b/HEAD?labpath=notebooks/about.ipynb"


def test_the_book_has_pages_and_figures():
    assert len(PAGES) > 40
    assert len(FIGURES) > 100


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_page_says_how_to_cite_it(file):
    text = file.read_text(encoding="utf-8")
    read = Head(text)
    linked = json.loads(read.linked)
    assert read.meta["citation_title"] == linked["name"]
    assert read.meta["docsearch:version"] == linked["version"] == book().version
    assert text.count("<summary>How to cite this page</summary>") == 1
    assert text.count("<p>This copy is published nowhere yet") == (not book().address)
    entry = parse_string((HTML / "cite" / f"{file.stem}.bib").read_text(encoding="utf-8"), "bibtex").entries
    assert list(entry) == [f"gum-{file.stem}"]
    (item,) = json.loads((HTML / "cite" / f"{file.stem}.json").read_text(encoding="utf-8"))
    assert item["title"] == linked["name"]


@pytest.mark.parametrize("file", FIGURES, ids=lambda file: file.stem)
def test_a_figure_or_table_says_how_to_cite_it_and_what_it_rests_on(file):
    record = json.loads(file.read_text(encoding="utf-8"))
    page, anchor = record["page"].split("#")
    assert anchor == file.stem
    assert f'id="{anchor}"' in (HTML / page).read_text(encoding="utf-8")
    assert record["permalink"] == (book().at(record["page"]) or None)
    kind, type_ = ("Figure", "figure") if file.stem.startswith("fig-") else ("Table", "dataset")
    assert f"[{kind} {file.stem}]" in record["citation"]
    (item,) = json.loads((HTML / "cite" / file.name).read_text(encoding="utf-8"))
    assert (item["type"], item["title"]) == (type_, record["title"])
    table = file.with_suffix(".csv").read_text(encoding="utf-8")
    assert len(table.splitlines()) > record["rows"]
    assert not re.search(r"\\[a-zA-Z`'\"^~]|\$[^$\n]+\$|[_^]\{", table), "a table holds LaTeX"


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_a_page_with_code_offers_its_stored_notebook(page):
    name = f"notebooks/{page.relative_to(CHAPTERS).with_suffix('.ipynb').as_posix()}"
    offered, stored = (nbformat.read(root / name, as_version=4) for root in (HTML, ROOT))
    readable.link_to_built_pages(stored)
    assert [cell.source for cell in offered.cells] == [cell.source for cell in stored.cells]
    targets = re.findall(r"\]\(([^()\s:#]+)\)", "".join(c.source for c in offered.cells if c.cell_type == "markdown"))
    assert [target for target in targets if not (HTML / name).parent.joinpath(target).exists()] == []
    assert all(cell.execution_count for cell in offered.cells if cell.cell_type == "code")
    text = (HTML / "chapters" / page.relative_to(CHAPTERS).with_suffix(".html")).read_text(encoding="utf-8")
    assert len(re.findall(rf'href="(?:\.\./)+{name}"', text)) == 2
