"""Bytes that a browser loads to show each page, not compressed; other hosts are not reached."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from book import chromium
from book.serve import served

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def weights(html: Path) -> dict[str, int]:
    """Return bytes by page, each opened in a fresh browser profile and read to its end."""
    pages = [str(file.relative_to(html)) for file in sorted(html.rglob("*.html")) if file.parent.name != "_static"]
    pages = [page for page in pages if page not in ("index.html", "genindex.html", "search.html", "py-modindex.html")]
    with served(html) as base, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium.installed(), args=ARGUMENTS)
        found = {name: _weigh(browser, base, name) for name in pages}
        browser.close()
    return found


def _weigh(browser: object, base: str, name: str) -> int:
    context = browser.new_context()
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith(base) else route.abort())
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(base + name)
    page.wait_for_load_state("networkidle")
    for step in range(1, 21):
        page.evaluate(f"window.scrollTo(0, document.body.scrollHeight * {step} / 20)")
        page.wait_for_timeout(40)
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes)
