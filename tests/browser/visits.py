"""A tab in which pages of the built book are opened, and all that goes wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

_ARRIVED = "document.readyState === 'complete' && !document.querySelector('meta[http-equiv=refresh]')"
_DRAWN = """async () => {
    const frame = () => new Promise(resolve => new ResizeObserver(resolve).observe(document.body));
    await document.fonts.ready;
    await frame();
    for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
    await frame();
}"""
"""A new observer is told of sizes in the next frame, after all that the frame's theme and size set off."""
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


def in_sight(page, entries: str, text: str = "id") -> list[str]:
    """Return ids, or other texts, of those entries of a list that its filters leave in sight.

    Asked in one go: where hundreds are hidden, to look at each with `:visible` takes half a minute.
    """
    seen = f"found => found.filter(one => one.checkVisibility()).map(one => one.{text})"
    return page.locator(entries).evaluate_all(seen)


class Visit:
    """A tab of its own, with nothing kept from other visits."""

    def __init__(self, browser, site: str, scheme: str = "light", size: dict[str, int] = DESK) -> None:
        self.site, self.faults = site, []
        self.context = browser.new_context(color_scheme=scheme, viewport=size)
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self._note(said.type in ("error", "warning"), f"console: {said.text}"))
        self.page.on("pageerror", lambda error: self._note(True, f"error: {error}"))
        self.page.on("request", lambda asked: self._note(_is_foreign(asked.url), f"asks another host: {asked.url}"))
        self.page.on("requestfailed", lambda asked: self._note(True, f"failed: {asked.url} {asked.failure}"))
        self.page.on("response", lambda answer: self._note(answer.status >= 400, f"{answer.status}: {answer.url}"))

    def _note(self, wrong: bool, text: str) -> None:
        if wrong:
            self.faults.append(text)

    def close(self) -> None:
        """End the visit."""
        self.context.close()

    def leave(self) -> None:
        """Leave the page, and forget what went wrong there."""
        self.page.goto("about:blank")
        self.faults.clear()

    def open(self, name: str):
        """Open a page of the book with all that it asks for by itself; an old address leads on first."""
        self.page.goto(self.site + name)
        self.page.wait_for_function(_ARRIVED)
        return self.page

    def look(self, scheme: str, size: dict[str, int] = DESK):
        """Change the reader's colours and screen, and wait until the page has followed."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size(size)
        self.page.evaluate(_DRAWN)
        return self.page


def settled(page):
    """Wait until the policy desk has told all it has to tell."""
    page.wait_for_selector('#gum-desk[data-ready="true"]')
    return page


def begun(page, setting: str):
    """Follow the link to a start of the desk, by the setting in its address, and wait until the desk stands there.

    The browser tells the desk of a new address a moment after the click: until then it is still settled as before.
    """
    link = page.locator(f".desk-examples a[href='{setting}']")
    link.click()
    expect(link).to_have_attribute("aria-current", "")
    return settled(page)


def faultless(visit: Visit, name: str, ready: Callable[[Any], Any]) -> Iterator[Any]:
    """Open a page, hand it over when it is ready, and look for faults when that is over."""
    yield ready(visit.open(name))
    assert visit.faults == []


def _is_foreign(url: str) -> bool:
    return urlsplit(url).hostname not in (None, "127.0.0.1")
