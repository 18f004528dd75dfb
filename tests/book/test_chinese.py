"""The Chinese edition: nothing missing, nothing stale, alike in all that is no language, in our own words."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book import digest, own_words
from book.chinese import blocks, edition, finish, pages, parity, phrases, status
from book.chinese.edition import UNKNOWN
from book.paths import CHAPTERS, HTML
from gumlib import data, terms
from gumlib.data.messages import words_in
from gumlib.data.phrases import Phrases, drawn, pattern

PAGES = blocks.translated()
NAMES = [page.stem for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_is_rendered_block_by_block(page):
    assert [block.text[:60] for block in status.missing(page)] == []
    assert status.stale(page) == []
    assert status.faults(page) == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_chinese_page_holds_the_same_code(page):
    english = page.read_text(encoding="utf-8")
    cells = re.findall(r"^```\{code-cell\}.*?^```$", english, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"^```\{code-cell\}.*?^```$", pages.text(page), flags=re.MULTILINE | re.DOTALL) == cells


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_nothing_is_copied(page):
    running = [text for text in blocks.rendered(page).values() if not text.startswith("#")]
    assert [text[:60] for text in running if own_words.copied(text)] == []


def test_no_catalogue_without_a_page():
    known = {blocks.catalogue(page) for page in PAGES}
    assert set(blocks.CATALOGUE.rglob("*.md")) == known


def test_phrases_keep_their_blanks_ids_and_terms_and_are_set_well():
    known = phrases.site().patterns
    assert [(one, fault) for one in known for fault in parity.phrase_faults(one, known[one])] == []


@pytest.mark.parametrize(
    ("english", "chinese", "fault"),
    [
        ("C25 holds in {} of {} draws of lock-in", "C24在{}次中的{}次抽样成立锁定", "ids"),
        ("C25 holds in {} of {} draws of lock-in", "C25在{}次中的{}次抽样成立，卡死", "lock-in"),
        ("social capital and governance", "社会资本与管治，治理", "not 管治"),
        ("vertical specialisation", "垂直专门化", "not 垂直专门化"),
        ("{} of {} draws", "抽样{}次", "blanks"),
    ],
)
def test_a_fault_planted_in_a_phrase_is_found(english, chinese, fault):
    assert [one for one in parity.phrase_faults(english, chinese) if fault in one]
    assert "blank" in fault or [one for one in parity.faults(english, chinese) if fault in one or fault == "ids"]


def test_what_the_termbase_takes_from_the_book_is_not_a_short_form_of_ours():
    rows = data.read("termbase")
    book = {one for said in rows.query("source == 'book'")["chinese"] for one in said.split("/")}
    short = {one for said in rows["short"].dropna() for one in said.split("/")}
    assert short == {"升级导向公共政策", "升级方式", "学习机制", "创新机制", "外向关联机制", "社会资本机制"}
    assert not book & (short | {"深度访谈"})


def test_every_text_of_the_built_pages_has_its_chinese():
    assert json.loads(UNKNOWN.read_text(encoding="utf-8")) == {}


def test_every_word_of_a_drawing_has_its_chinese():
    records = [json.loads(file.read_text(encoding="utf-8")) for file in sorted((HTML / "figures").glob("fig*.json"))]
    assert records
    said = {word for record in records for word in record["words"] if re.search("[a-z]{3}", word)}
    names = {english for english, chinese in phrases.listed().items() if english == chinese}
    assert {word for word in said - names if drawn().chinese(word) is None and not finish.is_name(word)} == set()


def test_a_planted_fault_is_found():
    english = "It takes 3 of {glue:text}`p_n` draws ({claim}`C01`)."
    assert parity.faults(english, "{glue:text}`p_n`次抽样中取3次（{claim}`C01`）。") == []
    for spoilt in (
        "{glue:text}`p_n`次抽样中取4次（{claim}`C01`）。",
        "{glue:text}`p_m`次抽样中取3次（{claim}`C01`）。",
        "{glue:text}`p_n`次抽样中取3次。",
        "{glue:text}`p_n`次尝试中取3次（{claim}`C01`）。",
        "{glue:text}`p_n`次抽样 中取3次（{claim}`C01`）。",
        "**{glue:text}`p_n`次抽样（{claim}`C01`）。**中取3次",
    ):
        assert parity.faults(english, spoilt), spoilt


@pytest.mark.parametrize("code", sorted(terms.TERMS))
def test_the_termbase_has_the_names_of_the_terms(code):
    term = terms.TERMS[code]
    accepted = {known.english: known.accepted for known in parity.termbase()}
    if term.name in accepted:
        assert any(one in term.chinese for one in accepted[term.name])


@given(st.text(alphabet="ab 12.,%{}-+", max_size=30))
def test_a_pattern_gives_back_its_text(text):
    key, numbers = pattern(text)
    assert key.format(*numbers) == " ".join(text.split()).replace("{", "").replace("}", "")


@given(st.lists(st.integers(0, 999), min_size=1, max_size=4))
def test_the_chinese_holds_the_numbers_of_the_english(numbers):
    english = " of ".join(map(str, numbers))
    blanks = " of ".join(["{}"] * len(numbers))
    turned = "之".join(f"{{{place}}}" for place in reversed(range(len(numbers))))
    chinese = Phrases({blanks: turned}).chinese(english)
    assert chinese is not None
    assert sorted(pattern(chinese)[1]) == sorted(map(str, numbers))


@pytest.mark.parametrize(
    ("said", "unknown"),
    [
        ("a word in this row is '集群' in one encoding", True),
        ("the text is not in Chinese", True),
        ("按Mac Roman读作'集群'", False),
        ("见gumlib.own与upper-middle", False),
    ],
)
def test_a_run_of_english_is_unknown_though_chinese_stands_in_it(said, unknown):
    page = finish.Finish()
    page.feed(f"<td>{said}</td>")
    assert (sum(page.unknown.values()) > 0) == unknown


def test_words_beside_names_codes_and_numbers_are_chinese():
    page = finish.Finish()
    page.feed(
        '<a class="reference internal" href="../back/references.html#id52" title="李气虹. Cited in the book for '
        'Guangdong shoe-firm relocation shares. 2007.">李气虹, 2007</a><p>出口的<span>89 %</span>走的是一般贸易</p>'
        "<ul><li>made by cell 5 of <code>01/1-1-purpose</code></li></ul><th>id</th>"
    )
    page.close()
    assert 'title="李气虹. 原书就广东鞋企外迁比例所引，题名未见. 2007."' in page.text
    assert "<span>89%</span>走的" in page.text
    assert "<li>制作：第5个单元，页面 <code>" in page.text
    assert page.text.endswith("<th>编号</th>")
    assert drawn().chinese("100 km") == "100公里"


def test_a_questionnaire_in_both_languages_begins_with_chinese():
    page = finish.Finish()
    page.feed('<p><span lang="en">Before you start</span> / <span lang="zh-Hans">填写之前</span></p>')
    assert page.text == '<p><span lang="zh-Hans">填写之前</span> / <span lang="en">Before you start</span></p>'


def test_what_is_no_language_is_left_alone():
    page = finish.Finish()
    whole = (
        '<!DOCTYPE html>\n<html><head><script>if (a < b && "low") {}</script></head>\n'
        "<body><!-- low --><p>x &lt; y <code>low</code></p><br/><pre>low</pre></body></html>"
    )
    page.feed(whole)
    page.close()
    assert page.text == whole


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            '<div class="output stream"><pre>year 2005 taken from the name of the file</pre></div><pre>low</pre>',
            '<div class="output stream"><pre>年份2005取自文件名</pre></div><pre>low</pre>',
        ),
        (
            '<a href="references.html#">Standing Committee of the National People\'s Congress, Commercial Bank Law</a>',
            '<a href="references.html#">全国人民代表大会常务委员会《商业银行法》</a>',
        ),
        (
            '<p class="citation">刘志彪 and 张杰. Trade and Growth. PhD thesis</p>',
            '<p class="citation">刘志彪、张杰. Trade and Growth. 博士学位论文</p>',
        ),
        (
            '<p class="gum-work">Ningbo Daily via cnnb.com.cn</p>',
            '<p class="gum-work">宁波日报，转载于cnnb.com.cn</p>',
        ),
        ('<a title="列印成 PDF">1</a>', '<a title="打印为PDF">1</a>'),
    ],
)
def test_what_commands_print_and_what_we_say_of_works_is_chinese(written, said):
    assert finish.finish("", written)[0] == said


def test_a_file_before_a_message_leaves_the_message_whole():
    read = "a.csv: IOTable of 8 regions and 14 industries, read as plain, year 2005, not given"
    assert words_in("zh")(read) == "a.csv：8个地区、14个产业的投入产出表，格式plain，年份2005，单位未注明"


def test_a_column_headed_english_stays_english():
    page = finish.Finish()
    page.feed(
        "<table><thead><tr><th>code</th><th>English</th></tr></thead>"
        "<tbody><tr><th>L</th><td>cluster learning</td></tr></tbody></table><p>cluster learning</p>"
    )
    page.close()
    assert page.text.endswith('<th>L</th><td lang="en">cluster learning</td></tr></tbody></table><p>集群学习</p>')


def test_a_bracket_before_a_link_is_closed_as_it_was_opened():
    page = finish.Finish()
    page.feed('<td>unified company tax in force 2008 (<a href="#x">clp2007_eit</a>)</td><p>a_b(<a>c_d</a>)</p>')
    page.close()
    assert page.text.endswith('2008年施行（<a href="#x">clp2007_eit</a>）</td><p>a_b(<a>c_d</a>)</p>')


def test_a_key_does_not_depend_on_where_lines_break():
    assert blocks.Block("One\ntwo.").key == blocks.Block("One two.").key
    assert blocks.Block("One two.").key != blocks.Block("One too.").key


def test_every_english_page_but_the_reference_of_the_code_is_translated():
    left = {page.stem for page in CHAPTERS.rglob("*.md")} - set(NAMES)
    assert all(name.startswith("api") for name in left)


def test_a_page_is_finished_once_and_again_when_it_or_what_we_say_changes(tmp_path, monkeypatch):
    finished = []
    monkeypatch.setattr(edition, "_KNOWN", tmp_path)
    monkeypatch.setattr(edition, "finish", lambda name, raw: (finished.append((name, raw)), "", {})[1:])
    for name, raw, words in (("a", "x", "1"), ("a", "x", "1"), ("a", "y", "1"), ("b", "y", "1"), ("b", "y", "2")):
        assert edition._finished(name, raw, words).exists()
    assert finished == [("a", "x"), ("a", "y"), ("b", "y"), ("b", "y")]


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("locale/zh/phrases/a.csv", True),
        ("data/book/messages.csv", True),
        ("book/chinese/finish.py", True),
        ("gumlib/data/a.py", True),
        ("locale/zh/01/a.md", False),
    ],
)
def test_chinese_pages_are_finished_anew_when_words_change_that_they_share(name, shared, tmp_path, monkeypatch):
    """Messages and the code that sets them count; the words of a page stand in its source."""
    monkeypatch.setattr(digest, "ROOT", tmp_path)
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_text("one", encoding="utf-8")
    before = digest.words()
    (tmp_path / name).write_text("two", encoding="utf-8")
    assert (digest.words() != before) == shared
