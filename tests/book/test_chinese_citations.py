"""Citations in Chinese prose are set as Chinese is, and what is no citation is left alone."""

import re

import pytest
from gumbook import ledger

from book.chinese.blocks import translated
from book.chinese.finish import finish
from book.paths import CHAPTERS, HTML

_WORK = 'href="references.html#x"'


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "[<a>Banister, 2005</a>, <a>Lett and Banister, 2006</a>]",
            "（<a>Banister，2005</a>；<a>Lett和Banister，2006</a>）",
        ),
        ("[<a>Gallagher <em>et al.</em>, 2013</a>]", "（<a>Gallagher等，2013</a>）"),
        ("Uzzi [<a>1997</a>]", "Uzzi（<a>1997</a>）"),
        ("[<a>National Bureau of Statistics of China, 2012</a>]", "（<a>国家统计局，2012</a>）"),
        ("Humphrey and Schmitz [<a>2002</a>]", "Humphrey和Schmitz（<a>2002</a>）"),
    ],
)
def test_a_citation_has_wide_marks_and_chinese_words(written, said):
    before, after = '<p>见<span class="bibtex-citation" id="id1">', "</span>。</p>"
    page, wanted = (f"{before}{one}{after}".replace("<a>", f"<a {_WORK}>") for one in (written, said))
    assert finish("", page)[0] == wanted


def test_several_authors_with_chinese_names_are_joined_alike():
    page = '<p class="citation">黎继子, 刘春玲, and 蔡根女. 全球价值链. 中国工业经济, 2005.</p>'
    assert finish("", page)[0] == '<p class="citation">黎继子、刘春玲、蔡根女. 全球价值链. 中国工业经济, 2005.</p>'


@pytest.mark.parametrize(
    ("publisher", "year", "said"),
    [("trade repost", "2009", "《虎》，行业网站转载，2009年。"), ("exlaw.cn", "", "《虎》，exlaw.cn。")],
)
def test_a_source_of_the_ledger_has_wide_marks_and_a_chinese_publisher(publisher, year, said):
    assert ledger.work("《虎》", publisher, year, chinese=True) == said


def test_scores_behind_a_label_have_wide_marks():
    written = "<p>事实 <a>评分</a>: L 2005 (a, b), P 2005 (b). </p>"
    assert finish("ledger", written)[0] == "<p>事实 <a>评分</a>：L 2005（a、b），P 2005（b）。</p>"


def test_a_list_of_links_is_joined_as_chinese_joins_it_though_no_chinese_stands_before():
    assert finish("", "<td><a>gulftimes.com 2019</a>, <a>tex-asia.com 2018</a></td>")[0] == (
        "<td><a>gulftimes.com 2019</a>、<a>tex-asia.com 2018</a></td>"
    )


def test_brackets_that_cite_nothing_stay():
    page = '<p>区间<code>[0, 1]</code></p><p lang="en">Uzzi and Lee [1997]</p>'
    assert finish("", page)[0] == page


@pytest.mark.parametrize("page", translated(), ids=lambda page: page.stem)
def test_no_built_page_cites_with_narrow_marks(page):
    built = HTML / "zh" / "chapters" / page.relative_to(CHAPTERS).with_suffix(".html")
    if not built.exists():
        pytest.skip("the book is not built")
    spans = re.findall(r'<span class="bibtex-citation"[^>]*>(.*?)</span>', built.read_text(encoding="utf-8"), re.DOTALL)
    said = [re.sub("<[^>]*>", "", span) for span in spans]
    assert [one for one in said if re.search(r"[\[\]]|, | and | et al", one)] == []
