"""The Chinese edition in a browser: what scripts write is Chinese, the editions lead to each other, search finds."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from playwright.sync_api import expect
from visits import HTML, begun, settled

from gumlib.claims.running import RIVALS
from gumlib.policy import desk
from gumlib.terms import FACTORS

MAP, DESK = "zh/chapters/index.html", "zh/chapters/05/policy-desk.html"
COPIED = {("clipboard-read", "clipboard-write"): "已复制", (): "地址在地址栏中"}
"""What the button of an address says where a reader allows all of this, or nothing."""
NAMES = {"gumlib", "GUM", "GVC", "CSV", "Python", "BibTeX"}
"""What a Chinese text says in Latin letters."""
SAID = """root => {
    const found = [], top = document.querySelector(root);
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.nodeType !== Node.TEXT_NODE)
            found.push(...["aria-label", "title", "alt", "placeholder"].map(name => node.getAttribute(name) ?? ""));
        else if (!node.parentElement.closest("pre, code, script, style")) found.push(node.data);
    }
    return found.filter(text => /[A-Za-z]{3}/.test(text));
}"""
ELEMENTS = "[...document.querySelectorAll('.map-main g[data-code], .map-hits path')].map(one => one.dataset.code)"
READ = """async () => {
    const heading = document.querySelectorAll("article h2")[2];
    for (const pause of [500, 0]) {
        await document.fonts.ready;
        heading.scrollIntoView();
        await new Promise(done => setTimeout(done, pause));
    }
    return heading.parentElement.id;
}"""
"""Scroll to a section, again when pictures and fonts on the way have come; return its anchor."""
TOP = 5
"""Among how many results the page must be."""
SOUGHT = {
    "增加值": "01/1-1-place-in-the-chain",
    "核心概念": "01/1-2-core-concepts",
    "文献综述": "01/1-3-literature",
    "创新点": "01/1-5-contribution",
    "社会资本": "01/1-2-core-concepts",
    "集群治理": "01/1-2-core-concepts",
    "运行机制": "02/2-4-operating-mechanisms",
    "分水岭": "02/2-5-dynamic-path",
    "演进路径": "02/2-5-dynamic-path",
    "公共政策": "03/3-1-theory",
    "协调": "03/3-4-implementation",
    "服装": "04/4-1-ningbo-garments",
    "打火机": "04/4-2-wenzhou-lighters",
    "永康": "04/4-3-yongkang-hardware",
    "纺织": "04/4-4-shaoxing-textiles",
    "对策建议": "05/5-2-recommendations",
    "政策模拟台": "05/policy-desk",
    "简报": "05/brief-ningbo",
    "访谈问题": "back/appendix-4-interview-guide",
    "台账": "back/ledger",
}
"""What a reader may look for, and the page to expect."""

pytestmark = pytest.mark.browser


def english(page, root: str) -> set[str]:
    """Return the texts of a part of the page with English words in them; addresses are none."""
    texts = [re.sub(r"\S+://\S+", "", text) for text in page.evaluate(SAID, root)]
    return {text for text in texts if set(re.findall(r"[A-Za-z]{3,}", text)) - NAMES}


def mapped(page):
    """Wait until the map has told what it shows."""
    page.wait_for_function("window.gumMap && document.querySelector('.map-title').textContent")
    return page


def test_an_english_word_would_be_seen(visit):
    page = mapped(visit().open(MAP.removeprefix("zh/")))
    assert {"Cluster learning", "Play"} <= english(page, "#gum-map")


@pytest.mark.parametrize(("allowed", "said"), COPIED.items())
@pytest.mark.parametrize(("name", "field"), [(MAP, "#gum-map"), (DESK, "#gum-desk")])
def test_a_button_says_whether_the_address_was_copied(visit, name, field, allowed, said):
    start = visit()
    start.context.grant_permissions(list(allowed))
    page = start.open(name)
    page.evaluate("document.execCommand = () => false")
    button = page.locator(f"{field} [data-do=copy]")
    button.evaluate("button => button.click()")
    expect(button).to_have_text(said)
    assert start.faults == []


def test_the_map_speaks_chinese_whatever_is_chosen(visit):
    start = visit()
    page = mapped(start.open(MAP))
    found = english(page, "#gum-map")
    for push in FACTORS:
        page.locator("#map-push").select_option(push)
        found |= english(page, "#gum-map")
    for rival in ("", *RIVALS):
        page.locator("#map-rival").select_option(rival)
        page.locator("#map-year").press("ArrowRight")
        found |= english(page, "#gum-map")
    for code in page.evaluate(ELEMENTS):
        page.locator(f'.map-main [data-code="{code}"]').last.dispatch_event("click")
        found |= english(page, "#gum-map")
    page.get_by_role("button", name="播放").click()
    page.get_by_role("button", name="暂停").click()
    assert found | english(page, "#gum-map") == set()
    assert page.locator(".map-title [lang=zh]").count() == 0
    assert start.faults == []


def test_the_numbers_of_the_map_are_those_of_the_english_page(visit):
    told = [mapped(visit().open(page)).evaluate("gumMap.csv()") for page in (MAP, MAP.removeprefix("zh/"))]
    assert told[0] == told[1]
    page = mapped(visit().open(f"{MAP}#push=P&rival=&year=7.25"))
    rows = csv.DictReader(io.StringIO(page.evaluate("gumMap.csv()")))
    added = next(float(row["U"]) for row in rows if row["year"] == "7.25")
    assert re.findall(r"\d+\.\d+", page.locator(".map-said").inner_text()) == ["7.25", f"{added:.3f}"]


def test_the_desk_speaks_chinese_whatever_is_set(visit):
    start = visit()
    page = settled(start.open(DESK))
    page.evaluate("for (const box of document.querySelectorAll('#gum-desk details')) box.open = true")
    found = english(page, "#gum-desk")
    page.locator("#desk-g-1").press("ArrowRight")
    for aim in desk.PUSH_TARGETS:
        for key in ("a", "s"):
            page.locator(f"#desk-{key}-aim").select_option(aim)
            page.locator(f"#desk-{key}-0").press("ArrowRight")
        found |= english(settled(page), "#gum-desk")
    page.locator("[data-preset=ranges]").click()
    for title, setting in desk.examples("ranges").items():
        found |= {f"{title}: {text}" for text in english(begun(page, desk.address(setting)), "#gum-desk")}
    assert found | english(page, "#gum-desk") == set()
    assert start.faults == []


@pytest.mark.parametrize("tail", ["#g=oops", "#y=30&v=0.0.1", "#g=0.6,0.8,99,5&a=LIESPD,0.9,10,5", "#zz=3&y=30&y=40"])
def test_a_hint_of_the_desk_is_chinese(visit, tail):
    page = settled(visit().open(DESK + tail))
    note = page.locator(".desk-note")
    assert note.is_visible()
    assert english(page, ".desk-note") == set()
    assert all(number in note.inner_text() for number in re.findall(r"99|0\.9|0\.0\.1", tail))


@pytest.mark.parametrize("name", ["chapters/02/2-5-dynamic-path.html", "chapters/05/5-3-limits.html"])
def test_the_other_edition_opens_at_the_same_section_and_leads_back(visit, site, name):
    page = visit().open(name)
    for expected in (f"zh/{name}", name):
        anchor = page.evaluate(READ)
        box = page.locator(".gum-language").bounding_box()
        page.mouse.click(box["x"] + 5, box["y"] + 5)  # a click of the driver would scroll the page
        page.wait_for_url(f"{site}{expected}#{anchor}")
        assert page.evaluate("document.getElementById(location.hash.slice(1)).tagName") == "SECTION"


@pytest.mark.parametrize("word", SOUGHT)
def test_a_chinese_word_finds_the_page_one_would_expect(browser, word):
    page = browser.new_page()
    page.goto(f"file://{HTML}/zh/search.html?q={word}")
    page.get_by_text("搜索完成").wait_for()
    links = page.locator("ul.search > li > a").evaluate_all("links => links.map(link => link.href)")
    pages = list(dict.fromkeys(link.split("/chapters/")[-1].split(".html")[0] for link in links))
    assert SOUGHT[word] in pages[:TOP]
    page.close()


def test_a_chinese_page_says_in_chinese_where_a_link_leads():
    files = (HTML / "zh" / "_static" / "previews").glob("*.js")
    parts = [file.read_text(encoding="utf-8").partition(",")[2].rstrip().removesuffix(");") for file in files]
    said = {place: text for part in parts for place, text in json.loads(part).items()}
    claims, facts = (
        [text for place, text in said.items() if f"{page}.html#" in place] for page in ("claims", "ledger")
    )
    assert all("。判定：" in text for text in claims)
    assert all(re.search(r"（(宁波|温州|永康|绍兴)，.+）$", text) for text in facts)
