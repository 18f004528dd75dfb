"""Every table of the pages is a card: with id, number, a caption that holds no typed number, files and a citation."""

from __future__ import annotations

import ast
import html
import json
import re
from collections import Counter
from types import SimpleNamespace

import nbformat
import pytest
from docutils import nodes
from gumbook import cards as cards_of
from gumbook import numbering, writtentables
from lxml import html as html5
from sphinx.errors import ExtensionError

from book.chinese.blocks import is_translated
from book.execution import executable
from book.notebooks import load, twin
from book.paths import CHAPTERS, HTML
from gumlib.figures import s4_tables, s5_2_levers

PAGES = executable()
CARD = re.compile(
    r'<figure class="gum-card gum-table" id="(tab-[a-z0-9-]+)">\s*<figcaption><p><span class="caption-number">'
    r"(?:Table |表)([\dAB]+\.\d+) </span><strong>(.*?)</strong>(.*?)</p></figcaption>(.*?)</figure>",
    re.DOTALL,
)
FORMS = "gum-form"
"""What the printed questionnaires are made of: tables to be filled in, which show no result."""
NO_CARDS = ("gum-table", FORMS, "desk-table")
"""What holds a table that need not become a card: a card, a form to be filled in, the desk as a reader sets it."""
DEFINED = re.compile(r"\b(?:19|20)\d\d\b|\bfrom 0 to 1\b|\((?:0|1)\)")
"""What may stand as typed: a year, the scale of levels, the two marks of a truth table."""


def captions(code: str) -> list[ast.AST]:
    """Return the titles and captions in a piece of code: what `Table` is given, and what is called a caption."""
    found: list[ast.AST] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Table":
            found += node.args[1:3]
        if isinstance(node, ast.Assign) and "caption" in ast.unparse(node.targets[0]):
            found.append(node.value)
    return found


def written(page) -> list[str]:
    """Return the ids of the tables that the prose of a chapter holds."""
    return re.findall(r"^:::\{table\} .+\n:name: (tab-[a-z0-9-]+)$", page.read_text(encoding="utf-8"), re.MULTILINE)


def bare(file) -> list[str]:
    """Return the beginnings of the tables of a built page that are no cards, though they hold what could be cited."""
    page = html5.parse(str(file), html5.HTMLParser(encoding="utf-8")).getroot()
    found = page.xpath(f"//article//table[not(ancestor::*[{' or '.join(map(_has, NO_CARDS))}])]")
    return [" ".join(table.text_content().split())[:60] for table in found if "gum-list" not in table.get("class", "")]


def _has(name: str) -> str:
    return f"contains(concat(' ', @class, ' '), ' {name} ')"


def typed(code: str) -> list[str]:
    """Return the pieces of captions that hold a digit outside braces."""
    bare = []
    for text in captions(code):
        inside = [value for value in ast.walk(text) if isinstance(value, ast.FormattedValue)]
        composed = {id(part) for value in inside for part in ast.walk(value)}
        plain = [part.value for part in ast.walk(text) if isinstance(part, ast.Constant) and id(part) not in composed]
        bare += [words for words in plain if isinstance(words, str) and re.search(r"\d", DEFINED.sub("", words))]
    return bare


def cards(page, edition="") -> list[tuple[str, ...]]:
    """Return id, number, title, caption and the rest of each table of a built page."""
    file = (HTML / edition / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html")
    return CARD.findall(file.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """Return a title or caption without tags, its quotation marks as they are typed: a page sets them curly."""
    return re.sub("<[^>]+>", "", html.unescape(text)).strip().translate(str.maketrans("‘’“”", "''\"\""))


def outputs(page) -> list[str]:
    """Return the HTML of the outputs of a stored page that hold a table."""
    cells = nbformat.read(twin(page), as_version=4).cells
    shown_ = [
        output.data.get("text/html", "") for cell in cells for output in cell.get("outputs", []) if "data" in output
    ]
    return [text for text in shown_ if "<table" in text and FORMS not in text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_caption_of_a_cell_holds_a_typed_number(page):
    cells = [cell.source for cell in load(page).cells if cell.cell_type == "code"]
    assert [words for cell in cells for words in typed(cell)] == []


@pytest.mark.parametrize("module", [s4_tables, s5_2_levers], ids=lambda module: module.__name__)
def test_no_caption_of_a_function_holds_a_typed_number(module):
    with open(module.__file__, encoding="utf-8") as file:
        assert typed(file.read()) == []


def test_a_planted_number_is_found():
    assert typed('Table("tab-1-1-x", "Title", "Rates fall to 11.", frame)') == ["Rates fall to 11."]
    assert typed('caption = f"Rates fall to {low:.1f} of 64."') == [" of 64."]
    assert typed('caption = f"Since 1995 rates fall to {low:.1f}."') == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_cell_shows_a_bare_table(page):
    assert [text[:80] for text in outputs(page) if not text.startswith('<table class="dataframe" id="tab-')] == []


def test_every_record_of_the_built_book_has_its_words_in_chinese():
    records = [json.loads(file.read_text(encoding="utf-8")) for file in (HTML / "figures").glob("???-*.json")]
    assert records
    lacking = [record["id"] for record in records if set(record["zh"]) != {"title", "caption"}]
    assert lacking == []
    assert all(re.search("[\u4e00-\u9fff]", text) for record in records for text in record["zh"].values())


def test_every_drawing_in_chinese_has_title_and_description_in_chinese():
    for file in sorted((HTML / "figures").glob("fig-*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        card = record | {"page": record["page"].partition(".html")[0]}
        drawing = cards_of.named_in_chinese(file.with_suffix(".svg").read_text(encoding="utf-8"), card)
        named = [html.unescape(re.search(f"<{tag}>(.*?)</{tag}>", drawing)[1]) for tag in ("title", "desc", "dc:title")]
        assert all(re.search("[\u4e00-\u9fff]", one) for one in named), record["id"]
        assert named[0] == named[2] == record["zh"]["title"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_stored_table_is_a_card_of_the_built_page(page):
    wanted = [re.search(r'id="([^"]+)"', text)[1] for text in outputs(page)]
    built = cards(page)
    assert [card[0] for card in built if card[0] not in written(page)] == wanted
    assert {card[0] for card in built} == {*wanted, *written(page)}
    for name, number, title, caption, below in built:
        record = json.loads((HTML / "figures" / f"{name}.json").read_text(encoding="utf-8"))
        assert record["number"] == f"Table {number}"
        assert plain(title).rstrip(".") == plain(record["title"]).rstrip(".")
        assert record["caption"].endswith(".")
        assert plain(caption) == plain(record["caption"])
        assert {f"figures/{name}.csv", f"figures/{name}.json", f"cite/{name}.bib"} <= set(
            re.findall(r'href="(?:\.\./)*([^"]+)"', below)
        )
        assert "@misc{gum-tab-" in below


@pytest.mark.parametrize("page", [page for page in PAGES if is_translated(page)], ids=lambda page: page.stem)
def test_a_chinese_page_has_the_same_tables_under_the_same_numbers(page):
    english, chinese = cards(page), cards(page, "zh")
    assert [card[:2] for card in chinese] == [card[:2] for card in english]
    for (name, *_, here), (*_, title, caption, there) in zip(english, chinese, strict=True):
        assert re.search("[一-鿿]", title + caption), name
        assert not re.search(r"[a-z]{4,} [a-z]{2,} [a-z]{3,}", caption), caption
        csv = rf'href="(?:\.\./)*(figures/{name}\.csv)"'
        assert re.findall(csv, there) == re.findall(csv, here) != []


def test_every_table_is_listed_under_its_number():
    listed = (HTML / "chapters" / "back" / "figures.html").read_text(encoding="utf-8")
    found = re.findall(r'<td translate="no">(Table [^<]+)<br[^>]*><a href="[^"]+#(tab-[^"]+)">', listed)
    numbers = {name: f"Table {number}" for page in PAGES for name, number, *_ in cards(page)}
    assert len(found) > 150
    assert {name: number for number, name in found} == numbers
    assert Counter(number for number, _ in found).most_common(1)[0][1] == 1


def test_cards_are_counted_by_chapter_and_kind():
    places = {"fig-a": ("chapters/01/x", 0), "tab-b": ("chapters/01/x", 1), "tab-c": ("chapters/01/x", 2)}
    places |= {"tab-d": ("chapters/02/y", 0), "tab-e": ("chapters/back/z", 0), "fig-f": ("chapters/about", 0)}
    order = ["chapters/about", "chapters/01/x", "chapters/02/y", "chapters/back/z"]
    env = SimpleNamespace(
        gum_figures={name: {"page": page, "place": place} for name, (page, place) in reversed(places.items())},
        config=SimpleNamespace(root_doc="chapters/index"),
        toctree_includes={"chapters/index": order},
    )
    wanted = {"fig-f": "A.1", "fig-a": "1.1", "tab-b": "1.1", "tab-c": "1.2", "tab-d": "2.1", "tab-e": "B.1"}
    assert numbering.numbers(env) == wanted


def test_search_in_chinese_reads_tables_and_captions_in_chinese():
    script = (HTML / "zh" / "_static" / "searchtools.js").read_text(encoding="utf-8")
    prose = json.loads(re.match(r"const proseOf = (.*);\n", script)[1])
    page = prose["chapters/04/4-1-ningbo-garments"]
    assert "差距最大：集群式创新" in page
    assert "Widest gap" not in page


PROSE = [file for file in sorted(HTML.glob("**/chapters/**/*.html")) if not file.stem.startswith("api")]


def test_the_book_has_pages_in_both_languages():
    assert len(PROSE) > 90


@pytest.mark.parametrize("file", PROSE, ids=lambda file: "-".join(file.relative_to(HTML).parts))
def test_no_table_of_a_page_is_without_number_and_files(file):
    assert bare(file) == []


def handwritten(title: str) -> nodes.table:
    """Return a table as it is read from the prose of a page."""
    lines = [["symbol", "in words"], [nodes.math("", "w_{ij}"), "how strongly it acts, at most"]]
    rows = [nodes.row("", *(nodes.entry("", nodes.paragraph("", "", _node(cell))) for cell in line)) for line in lines]
    group = nodes.tgroup("", nodes.thead("", rows[0]), nodes.tbody("", rows[1]))
    return nodes.table("", nodes.title("", title), group, names=["tab-0-0-x"])


def _node(cell) -> nodes.Node:
    return nodes.Text(cell) if isinstance(cell, str) else cell


@pytest.mark.parametrize("title", ["The symbols. What each says.", "符号。每个的含义。"])
def test_a_table_of_the_prose_is_recorded_with_title_caption_and_rows(title):
    table = handwritten(title)
    assert writtentables.is_written(table)
    record = writtentables.record(table, "chapters/02/2-3-running")
    assert f"{record['title']}. {record['caption']}" == title or f"{record['title']}。{record['caption']}" == title
    assert record["csv"] == 'symbol,in words\nw_ij,"how strongly it acts, at most"\n'
    assert (record["rows"], record["columns"]) == (1, ["symbol", "in words"])
    assert record["function"] == "prose of 02/2-3-running"
    assert not list(table.findall(nodes.title))


def test_a_table_of_the_prose_without_a_caption_or_with_a_strange_formula_is_refused():
    with pytest.raises(
        ExtensionError, match="expected a title and a caption of tab-0-0-x on chapters/x, got 'Symbols'"
    ):
        writtentables.record(handwritten("Symbols"), "chapters/x")
    with pytest.raises(ExtensionError, match=r"expected a formula of letters .*, got .frac"):
        writtentables.plain(nodes.entry("", nodes.math("", r"\frac{1}{2}")))


def test_a_table_without_an_id_in_the_prose_is_found(tmp_path):
    file = tmp_path / "x.html"
    card = '<figure class="gum-card gum-table" id="tab-0-0-x"><table><tr><td>in a card</td></tr></table></figure>'
    file.write_text(f"<article>{card}<div><table><tr><td>bare</td></tr></table></div></article>", encoding="utf-8")
    assert bare(file) == ["bare"]
