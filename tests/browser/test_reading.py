"""What a reader does with a page: folds code, finds a word in either language, follows a link to a told number."""

from __future__ import annotations

import re

import pytest
from visits import HTML

from book.search import prose

PAGE = "chapters/back/parity.html"
FOUND = {
    "": {
        "升级": "1.2 Core concepts",
        "集群": "1.2 Core concepts",
        "绍兴": "4.4 Shaoxing textiles",
        "温州": "4.2 Wenzhou lighters",
        "浙江": "4.1 Ningbo garments",
        "宁波": "4.1 Ningbo garments",
        "永康": "4.3 Yongkang hardware",
        "治理": "1.2 Core concepts",
        "社会资本": "1.2 Core concepts",
        "路径锁定": "2.5 Dynamic path",
        "lock-in": "2.5 Dynamic path",
        "governance": "2.3 Running of the mechanism",
        "questionnaire": "Appendix 4. Interview guide",
        "upstreamness": "1.1 Place in the chain",
        "social capital": "1.2 Core concepts",
        "Wenzhou": "4.2 Wenzhou lighters",
        "Porter": "2.1 Model building",
        "rebates": "1.1 Purpose and significance",
        "joint conference": "5.2 Recommendations",
        "Hong Kong": "Ledger of facts",
    },
    "zh/": {
        "lock-in": "参考文献",
        "Porter": "参考文献",
        "GVC": "核心概念",
        "DEMATEL": "模型构建",
        "Python": "投入产出表",
        "gumlib": "政策模拟台",
        "Gereffi": "核心概念",
        "upgrading": "参考文献",
        "LimeSurvey": "附录2",
        "OEM": "数据目录",
    },
}
"""A word, and a page that must be among those found."""


def seen(page, kind: str) -> int:
    """Return how many cells of a kind are in sight."""
    return page.locator(f".cell.{kind}").evaluate_all("cells => cells.filter(cell => cell.checkVisibility()).length")


def test_code_is_folded_below_what_it_shows_and_one_switch_opens_it(visit):
    page = visit().open(PAGE)
    opened = ".cell > .gum-code[open]"
    assert (page.locator(opened).count(), seen(page, "gum-silent"), seen(page, "gum-tells")) == (0, 0, 0)
    first = page.locator(".cell:has(> .cell_output):has(> .gum-code)").first
    assert first.evaluate("cell => cell.lastElementChild.matches('.gum-code')")
    page.get_by_role("button", name="Show the code").click()
    assert page.locator(opened).count() > 5
    assert seen(page, "gum-silent") > 0
    assert seen(page, "gum-tells") == 0
    page.reload()
    assert page.locator(opened).count() > 5
    page.get_by_role("button", name="Show the code").click()
    assert page.locator(opened).count() == 0


def test_without_a_script_all_code_can_be_read(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}{PAGE}")
    assert page.locator(".cell.gum-tells > .gum-code > summary").first.is_visible()
    assert page.locator(".gum-switch").is_hidden()
    context.close()


def test_a_number_leads_to_the_cell_that_computed_it(visit):
    page = visit().open("chapters/03/3-1-theory.html")
    number = page.locator("article p a.gum-number").first
    assert "Computed: " in number.get_attribute("title")
    number.focus()
    page.keyboard.press("Enter")
    cell = page.locator(number.get_attribute("href"))
    cell.locator("pre").wait_for(state="visible")
    assert "tell(" in cell.inner_text()


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("brief", ["ningbo", "wenzhou", "yongkang", "shaoxing", "zh/yongkang"])
def test_a_brief_prints_on_one_sheet(browser, brief, size):
    edition, cluster = brief.rpartition("/")[::2]
    page = browser.new_page()
    page.goto(f"file://{HTML / edition}/chapters/05/brief-{cluster}.html")
    printed = page.pdf(format=size, margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    page.close()


@pytest.mark.parametrize(("edition", "word"), [(edition, word) for edition, words in FOUND.items() for word in words])
def test_a_word_is_found_from_disk_with_an_excerpt(browser, edition, word):
    page = browser.new_page()
    page.goto(f"file://{HTML}/{edition}search.html?q={word}")
    page.get_by_text(re.compile("Search finished|搜索完成")).wait_for()
    titles = page.locator("ul.search > li > a").all_inner_texts()
    place = next(at for at, title in enumerate(titles) if FOUND[edition][word] in title)
    entry = page.locator("ul.search > li").nth(place)
    assert re.split("[- ]", word)[0].casefold() in entry.locator(".context").inner_text().casefold()
    page.close()


@pytest.mark.parametrize("word", ["路径锁定", "主导企业", "全球价值链", "社会资本", "政策", "学习", "治理"])
def test_a_chinese_word_finds_every_page_that_shows_it(browser, word):
    page = browser.new_page()
    page.goto(f"file://{HTML}/zh/search.html?q={word}")
    page.get_by_text("搜索完成").wait_for()
    links = page.locator("ul.search > li > a").evaluate_all("links => links.map(link => link.href)")
    found = {link.partition("/zh/")[2].partition("#")[0] for link in links}
    pages = sorted((HTML / "zh" / "chapters").rglob("*.html"))
    shown = {str(file.relative_to(HTML / "zh")) for file in pages if word in prose(file.read_text(encoding="utf-8"))}
    assert shown - found == set()
    page.close()


@pytest.mark.parametrize(
    ("page", "aim", "words"),
    [
        ("chapters/04/4-2-wenzhou-lighters.html", "ledger.html#wz071", "16 Wenzhou makers"),
        ("chapters/03/3-1-theory.html", "claims.html#c16", "Verdict: "),
        ("chapters/03/3-1-theory.html", "#cell-", "Computed: "),
        ("chapters/03/3-1-theory.html", "#cell-", "\nData: "),
        ("chapters/03/3-1-theory.html", "core-concepts.html#term-", "): "),
        ("chapters/04/4-1-ningbo-garments.html", "1-4-methods.html", "\nQuestion. "),
        ("zh/chapters/03/3-1-theory.html", "#cell-", "\n数据："),
        ("zh/chapters/03/3-1-theory.html", "core-concepts.html#term-", "）："),
        ("zh/chapters/04/4-1-ningbo-garments.html", "1-4-methods.html", "\n问题："),
    ],
)
def test_a_link_says_what_it_leads_to_from_disk(browser, page, aim, words):
    context = browser.new_context(has_touch=True)
    opened = context.new_page()
    opened.goto(f"file://{HTML}/{page}")
    link = opened.locator(f'article a[href*="{aim}"]').first
    box = opened.locator(".gum-preview")
    for show in (link.hover, link.focus, link.tap):
        opened.keyboard.press("Tab")
        show()
        box.wait_for(state="visible")
        assert words in box.inner_text()
        assert opened.url.endswith(page)
        opened.keyboard.press("Escape")
        box.wait_for(state="hidden")
        opened.mouse.move(1, 1)
    link.tap()
    link.tap()
    opened.wait_for_url(f"**{aim}*")
    context.close()


def test_previews_hold_no_note_of_ours(site):
    noted = re.compile(r'title="[^"]*\b(?:seen|known)\b \(')
    assert [file.name for file in HTML.rglob("*.html") if noted.search(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("fold", ["article > details.gum-cite", "figure.gum-card details.gum-cite"])
def test_a_citation_is_unfolded_and_copied(visit, fold):
    opened = visit()
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened.open("chapters/02/2-1-model-building.html")
    box = page.locator(fold).first
    assert box.locator("pre").first.is_hidden()
    box.locator("summary").click()
    box.locator(".highlight", has_text="@misc").locator("button.copybtn").click()
    page.get_by_text("Copied!").or_(box.locator("button.success")).first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == box.locator("pre", has_text="@misc").inner_text()
    assert opened.faults == []


def test_without_a_script_a_citation_can_be_read_and_taken(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}chapters/02/2-1-model-building.html")
    page.get_by_text("How to cite this page").click()
    assert page.locator("article > details.gum-cite pre", has_text="@misc").is_visible()
    with page.expect_download() as taken:
        page.locator("article > details.gum-cite").get_by_text("RIS").click()
    assert taken.value.suggested_filename == "2-1-model-building.ris"
    with page.expect_download() as taken:
        page.get_by_role("link", name="notebook", exact=True).click()
    assert taken.value.suggested_filename == "2-1-model-building.ipynb"
    context.close()
