"""The search knows the prose of the finished pages: all of it, and nothing else."""

import json
import re

import pytest

from book import search
from book.paths import HTML

PAGE = """<nav>Menu</nav><article><h1>Ways<a class="headerlink" href="#x">#</a></h1>
<p>Firms <b>le</b>arn &amp; it&#x27;s told.
<fieldset class="gum-filter"><legend>Show</legend><label>all (50)</label></fieldset>
<details class="gum-code"><summary>Code</summary><pre>x = 1</pre></details>
<p class="gum-links"><a>fig-1</a> CSV</p><details class='gum-cite'><summary>Cite</summary><ul><li>sha256</ul></details>
<td>one</td><td>two</td></article><footer>Foot</footer>"""


@pytest.fixture(scope="module", params=["", "zh"])
def edition(request):
    """Return folder, index and prose of an edition."""
    folder = HTML / request.param
    index = json.loads((folder / "searchindex.js").read_text(encoding="utf-8").partition("(")[2][:-1])
    script = (folder / "_static" / "searchtools.js").read_text(encoding="utf-8")
    return folder, index, json.loads(re.match(r"const proseOf = (.*);\n", script)[1])


def test_the_prose_of_a_page_is_what_a_reader_reads():
    assert search.prose(PAGE) == "Ways Firms learn & it's told. one two"


def test_no_excerpt_shows_code_citations_or_marks_of_html(edition):
    beside = re.compile(r"sha256 [0-9a-f]{12}|@misc\{|&#?\w+;|\d+ rows CC BY|行CC BY")
    assert [(page, beside.search(text)[0]) for page, text in edition[2].items() if beside.search(text)] == []


def test_no_chinese_prose_was_left_in_english():
    script = (HTML / "zh" / "_static" / "searchtools.js").read_text(encoding="utf-8")
    assert "oint conference of public bodies" not in script.partition("\n")[0]


def test_the_index_names_only_pages_whose_prose_has_the_word(edition):
    _, index, texts = edition
    bare = [text.lower() for text in map(texts.get, index["docnames"])]
    named = [(word, [pages] if isinstance(pages, int) else pages) for word, pages in index["terms"].items()]
    assert len(named) > 1000
    wrong = [(word, page) for word, pages in named for page in pages if word[:4].rstrip("iey") not in bare[page]]
    assert wrong == []


def test_a_sphinx_with_another_search_is_noticed():
    with pytest.raises(ValueError, match=r"mend book\.search"):
        search.mended("const other = 1;")
