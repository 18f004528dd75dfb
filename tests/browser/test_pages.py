"""Every built page in a browser: no fault, no request to another host, no overflow on a phone.

Needs the built book (`make book`) and Debian's Chromium (`make browser`).
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from book.serve import served
from gumlib import claims

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
PAGES = sorted(str(page.relative_to(HTML)) for page in (HTML / "chapters").rglob("*.html"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
HASH = re.compile(r"(\.?/?_images/)?[0-9a-f]{16,}(\.\w+)?")

IMAGES = """async () => Promise.all(Array.from(document.images).map(async image => {
    image.loading = "eager";
    await image.decode().catch(() => null);
    return {
        src: image.getAttribute("src"), alt: image.getAttribute("alt"), width: image.naturalWidth,
        hidden: image.closest("[aria-hidden=true], [role=presentation]") !== null
    };
}))"""
WIDE = """() => {
    const room = document.documentElement.clientWidth;
    const clipped = node => {
        for (let up = node.parentElement; up; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== "visible") return true;
        return false;
    };
    const wide = Array.from(document.body.querySelectorAll("*"))
        .filter(node => node.getBoundingClientRect().right > room + 1 && !clipped(node))
        .map(node => `${node.tagName}.${node.className}`);
    return {over: document.documentElement.scrollWidth - innerWidth, wide: wide.slice(0, 5)};
}"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the built book on this machine."""
    with served(HTML) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Start Chromium; only a private machine may do without."""
    wanted = os.environ.get("CI") == "true"
    if not wanted and CHROMIUM is None:
        pytest.skip("no Chromium on this machine: run `make browser` as root")
    assert CHROMIUM is not None, "CI must have Chromium: run `make browser`"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


class Visit:
    """A page opened once, with all that went wrong on the way."""

    def __init__(self, browser, site: str, scheme: str, size: dict[str, int]) -> None:
        self.site, self.faults, self.answers = site, [], []
        self.context = browser.new_context(color_scheme=scheme, viewport=size)
        self.context.route("**/*", self._local_only)
        self.page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url} {request.failure}"))
        self.page.on("response", lambda answer: self.answers.append(answer))

    def _local_only(self, route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            self.faults.append(f"asks another host: {route.request.url}")
            route.abort()

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def open(self, name: str):
        """Open a page of the book and wait until it asks for nothing more."""
        self.page.goto(self.site + name, wait_until="networkidle")
        self.faults += [f"{answer.status}: {answer.url}" for answer in self.answers if answer.status >= 400]
        return self.page

    def bytes(self) -> int:
        """Count the bytes of all answers so far."""
        total = 0
        for answer in self.answers:
            if answer.url.startswith(self.site) and answer.ok:
                total += len(answer.body())
        return total


@pytest.fixture
def visit(browser, site):
    """Return a function that opens a page with nothing cached."""
    with contextlib.ExitStack() as stack:

        def start(scheme: str = "light", size: dict[str, int] = DESK) -> Visit:
            new = Visit(browser, site, scheme, size)
            stack.callback(new.context.close)
            return new

        yield start


def test_the_book_is_built():
    assert PAGES, "no page under _build/html/chapters: run `make book`"


def test_no_page_names_a_folder_of_this_machine():
    files = [file for file in HTML.rglob("*") if file.suffix in {".html", ".js", ".csv", ".svg", ".bib"}]
    assert [file.name for file in files if str(ROOT) in file.read_text(encoding="utf-8")] == []


def test_the_list_of_claims_is_filtered_by_verdict(visit):
    page = visit().open("/chapters/back/claims.html")
    table = claims.claims()
    shown = page.locator(".gum-claim:visible")
    assert shown.count() == len(table)
    for verdict, count in table["verdict"].value_counts().items():
        page.get_by_label(f"{verdict} ({count})", exact=True).check()
        assert shown.count() == count
        assert set(shown.locator(".gum-verdict").all_inner_texts()) == {verdict}


@pytest.fixture(scope="module")
def sizes() -> Iterator[dict[str, int]]:
    """Collect the bytes of each page with all it asks for, and leave them in a table."""
    found: dict[str, int] = {}
    yield found
    lines = [f"{name},{size}" for name, size in sorted(found.items())]
    (ROOT / "_build" / "bytes.csv").write_text("\n".join(["page,bytes", *lines, ""]), encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_without_fault(visit, name, scheme, sizes):
    opened = visit(scheme)
    page = opened.open(name)
    sizes[name] = opened.bytes()
    images = page.evaluate(IMAGES)
    page.wait_for_load_state("networkidle")
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


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone(visit, name):
    opened = visit(size=PHONE)
    said = opened.open(name).evaluate(WIDE)
    assert opened.faults == []
    assert said["over"] <= 0, f"{said['over']} pixels too wide: {said['wide']}"


def test_only_the_drawing_of_the_scheme_is_seen(visit):
    for scheme, hidden in (("light", "only-dark"), ("dark", "only-light")):
        page = visit(scheme).open("chapters/02/2-1-model-building.html")
        assert page.locator(f"img.{hidden}").count() > 0
        assert page.locator(f"img.{hidden}:visible").count() == 0
