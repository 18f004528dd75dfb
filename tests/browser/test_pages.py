"""Every built page in a browser: no fault, no request to another host, no overflow on a phone.

One tab is led through the book. Each page is loaded once, on a phone, and then seen on a desk in light and dark.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

import pytest
from visits import HTML, PHONE, ROOT, WIDE, Visit, in_sight

from gumlib import claims, evidence

PAGES = sorted(str(page.relative_to(HTML)) for page in (HTML / "chapters").rglob("*.html"))
HASH = re.compile(r"(\.?/?_images/)?[0-9a-f]{16,}(\.\w+)?")
LATER = 1000
"""Milliseconds of the page's clock in which its scripts must have asked for all they want."""

IMAGES = """async () => Promise.all(Array.from(document.images).map(async image => {
    image.loading = "eager";
    await image.decode().catch(() => null);
    return {
        src: image.getAttribute("src"), alt: image.getAttribute("alt"), width: image.naturalWidth,
        hidden: image.closest("[aria-hidden=true], [role=presentation]") !== null
    };
}))"""

BROKEN = """() => {
    const found = [], range = document.createRange();
    for (const head of document.querySelectorAll("article :is(h1, h2, h3, h4)")) {
        const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node && head.checkVisibility(); node = walker.nextNode())
            for (const word of node.data.matchAll(/[A-Za-z]+/g)) {
                range.setStart(node, word.index);
                range.setEnd(node, word.index + word[0].length);
                const lines = new Set(Array.from(range.getClientRects(), box => Math.round(box.top)));
                if (lines.size > 1) found.push(`${word[0]} in ${head.textContent}`);
            }
    }
    return found;
}"""
CLIPPED = """() => Array.from(document.querySelectorAll("article *")).filter(node => {
    const look = getComputedStyle(node);
    return node.checkVisibility() && node.clientWidth > 5 && node.scrollWidth > node.clientWidth + 1
        && look.overflowX !== "visible" && look.clipPath === "none" && !look.backgroundImage.includes("gradient")
        && node.tagName !== "INPUT";
}).map(node => `${node.tagName}.${node.className}, ${node.textContent.trim().slice(0, 40)}`)"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab(browser, site) -> Iterator[Visit]:
    """Return a tab that meets each page as on a first visit, and whose clock can be set forward."""
    with contextlib.closing(Visit(browser, site)) as visit:
        visit.page.add_init_script("if (origin !== 'null') localStorage.clear()")
        visit.page.clock.install()
        yield visit


@pytest.fixture(scope="module", params=PAGES)
def opened(tab, request) -> Visit:
    """Open a page once for all that is asked of it."""
    tab.leave()
    tab.look("light", PHONE)
    tab.open(request.param).clock.run_for(LATER)
    return tab


def test_the_book_is_built():
    assert PAGES, "no page under _build/html/chapters: run `make book`"


def test_no_page_names_a_folder_of_this_machine():
    files = [file for file in HTML.rglob("*") if file.suffix in {".html", ".js", ".csv", ".svg", ".bib"}]
    assert [file.name for file in files if str(ROOT) in file.read_text(encoding="utf-8")] == []


def test_the_list_of_claims_is_filtered_by_verdict(visit):
    page = visit().open("chapters/back/claims.html")
    table = claims.claims()
    assert len(in_sight(page, ".gum-claim")) == len(table)
    for verdict, count in table["verdict"].value_counts().items():
        page.get_by_label(f"{verdict} ({count})", exact=True).check()
        assert len(in_sight(page, ".gum-claim")) == count
        assert set(in_sight(page, ".gum-claim .gum-verdict", "innerText")) == {verdict}


@pytest.mark.parametrize("scripts", [True, False])
def test_the_ledger_is_filtered_by_cluster_factor_and_period(browser, site, scripts):
    facts = evidence.ledger()
    wanted = facts[(facts["cluster"] == "wenzhou") & (facts["factor"] == "E") & facts["first"].between(2000, 2004)]
    with contextlib.closing(browser.new_context(java_script_enabled=scripts)) as context:
        page = context.new_page()
        page.goto(site + "chapters/back/ledger.html#nb001")
        assert len(in_sight(page, ".gum-fact")) == len(facts)
        for choice in ("cluster-wenzhou", "factor-E", "period-y2000"):
            page.check(f"#show-{choice}")
        shown = in_sight(page, ".gum-fact")
    assert shown == ["nb001", *wanted.index.str.lower()], "what is chosen, and the fact that the address names"


@pytest.mark.parametrize("width", [320, 390])
def test_no_heading_breaks_inside_a_word(opened, width):
    assert opened.look("light", {**PHONE, "width": width}).evaluate(BROKEN) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_what_goes_on_at_the_right_shows_that_it_does(opened, width):
    assert opened.look("light", {**PHONE, "width": width}).evaluate(CLIPPED) == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_page_fits_a_phone(opened, width):
    said = opened.look("light", {**PHONE, "width": width}).evaluate(WIDE)
    assert opened.faults == []
    assert said["over"] <= 0, f"{said['over']} pixels too wide: {said['wide']}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_opens_without_fault(opened, scheme):
    page = opened.look(scheme)
    images = page.evaluate(IMAGES)
    assert opened.faults == []
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert page.title().strip()
    assert page.locator("article h1").count() == 1
    for image in images:
        assert image["width"] > 0, f"{image['src']} does not show"
        assert image["alt"] is not None, f"{image['src']} has no alternative text"
        if not image["hidden"]:
            assert image["alt"].strip(), f"{image['src']} has an empty alternative text"
            assert not HASH.fullmatch(image["alt"].strip()), f"{image['src']}: {image['alt']}"


def test_only_the_drawing_of_the_scheme_is_seen(visit):
    for scheme, hidden in (("light", "only-dark"), ("dark", "only-light")):
        page = visit(scheme).open("chapters/02/2-1-model-building.html")
        assert page.locator(f"img.{hidden}").count() > 0
        assert page.locator(f"img.{hidden}:visible").count() == 0
