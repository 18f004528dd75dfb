"""What axe-core finds on one page of each kind, in both languages: nothing, on a phone and wider, in light and dark.

Contrast takes most of axe's time. It is measured once for each text that no page before has shown: the first of all
whose element and whose parents are of the same classes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from visits import PHONE, Visit

WIDE = ["index", "02/2-3-running", "04/4-2-wenzhou-lighters", "05/policy-desk", "back/claims", "back/api-model"]
"""Pages seen at every width: the map, formulas, figures and tables, the desk, a filtered list, code."""
KINDS = [
    *(f"chapters/{name}.html" for name in WIDE),
    *(f"zh/chapters/{name}.html" for name in WIDE if "api" not in name),
    *(f"chapters/{name}.html" for name in ("01/1-2-core-concepts", "05/brief-ningbo", "back/own-cluster")),
    *("chapters/back/appendix-2-ningbo-questionnaire.html", "forms/interview.html", "search.html"),
]
WIDTHS = (320, 768, 1280)
FITTING = ["target-size", "scrollable-region-focusable", "label-content-name-mismatch"]
"""Rules that axe leaves out by itself, or whose answer depends on the width."""
RUN = """async ([within, options]) => {
    const found = await axe.run(within === "texts" ? {include: window.texts} : document, options);
    return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 150)}`));
}"""
TEXTS = """seen => {
    const kind = node => node ? `${kind(node.parentElement)}>${node.tagName}.${node.getAttribute("class")}` : "";
    const known = new Set(seen), isText = part => part.nodeType === 3 && part.data.trim();
    window.texts = [...document.body.querySelectorAll("*")].filter(node => {
        const fresh = [...node.childNodes].some(isText) && node.checkVisibility() && !known.has(kind(node));
        if (fresh) known.add(kind(node));
        return fresh;
    });
    return [...known];
}"""
HIGHLIGHTED = """() => [...document.querySelectorAll("span.highlighted")].map(getComputedStyle)
    .map(look => `${look.color} on ${look.backgroundColor}`)"""
UNMARKED = """() => Array.from(document.querySelectorAll("a[href], button, input, select, summary, [tabindex]"))
    .filter(node => {
        node.focus({focusVisible: true, preventScroll: true});
        const look = getComputedStyle(node);
        return node.matches(":focus-visible") && look.outlineStyle === "none" && look.boxShadow === "none";
    }).map(node => `${node.tagName}.${node.getAttribute("class")}`)"""

pytestmark = pytest.mark.browser


class Audit:
    """A tab in which axe looks at pages, and the kinds of text whose contrast it has measured."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.known = visit, []

    def open(self, name: str, width: int = PHONE["width"]) -> None:
        """Open a page at a width, in light, with axe at hand."""
        self.visit.leave()
        self.visit.look("light", {**PHONE, "width": width})
        self.visit.open(name)
        self.visit.look("light", {**PHONE, "width": width}).evaluate(AXE_SCRIPT)

    def faults(self, rules: list[str] | None = None) -> list[str]:
        """Return what breaks some rules, or any but that of contrast."""
        chosen = {"runOnly": rules} if rules else {"rules": {"color-contrast": {"enabled": False}}}
        return self._run("page", chosen)

    def faint(self) -> list[str]:
        """Return the texts of kinds not met before that are too faint, in light or dark."""
        self.known = self.visit.page.evaluate(TEXTS, self.known)
        if not self.visit.page.evaluate("texts.length"):
            return []
        found = []
        for scheme in ("light", "dark"):
            self.visit.look(scheme, PHONE)
            found += [f"{scheme}, {fault}" for fault in self._run("texts", {"runOnly": ["color-contrast"]})]
        return found

    def _run(self, within: str, options: dict) -> list[str]:
        quick = {"resultTypes": ["violations"], "preload": False}
        return self.visit.page.evaluate(RUN, [within, {**quick, **options}])


@pytest.fixture(scope="module")
def audit(browser, site) -> Iterator[Audit]:
    """Return a tab with axe."""
    with contextlib.closing(Visit(browser, site)) as visit:
        yield Audit(visit)


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_on_a_phone(audit, name):
    audit.open(name)
    assert audit.faults() + audit.faults(FITTING) + audit.faint() == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", WIDE)
def test_axe_finds_nothing_at_other_widths(audit, name, width):
    audit.open(f"chapters/{name}.html", width)
    assert audit.faults(FITTING) == []


@pytest.mark.parametrize("name", ["search.html?q=rival", "chapters/03/3-1-theory.html?highlight=rival"])
def test_a_word_that_was_looked_for_can_be_read(audit, name):
    audit.known = []
    audit.open(name, 320)
    audit.visit.page.locator("span.highlighted").first.wait_for()
    for scheme in ("light", "dark"):
        audit.visit.look(scheme, {**PHONE, "width": 320})
        inks = audit.visit.page.evaluate(HIGHLIGHTED)
        assert inks
        assert set(inks) == {"rgb(27, 27, 27) on rgb(255, 226, 122)"}
        assert audit.faults(["color-contrast"]) == []


@pytest.mark.parametrize("name", ["index", "05/policy-desk"])
def test_the_focus_of_the_keyboard_is_seen(visit, name):
    assert visit().open(f"chapters/{name}.html").evaluate(UNMARKED) == []


def test_a_dark_page_is_printed_in_light(visit):
    page = visit("dark").open("chapters/03/3-5-summary.html")
    page.evaluate("addEventListener('beforeprint', () => { window.printed = document.documentElement.dataset.theme; })")
    page.pdf()
    assert page.evaluate("[printed, document.documentElement.dataset.theme]") == ["light", "dark"]


def test_axe_sees_what_is_planted(audit):
    audit.open("chapters/back/api-model.html")
    audit.visit.page.evaluate(
        """() => document.querySelector("article h1").insertAdjacentHTML("afterend",
            `<style>.planted {color: #bbb; background: #fff} .small {display: block; height: 9px}</style>
            <img src="data:,"><p class="planted">faint</p><button aria-label="other">said</button>
            <a href="#a" class="small">a</a><a href="#b" class="small">b</a>`)"""
    )
    found = [fault.split(":")[0] for fault in audit.faults() + audit.faults(FITTING) + audit.faint()]
    assert {"image-alt", "label-content-name-mismatch", "target-size", "light, color-contrast"} <= set(found)
