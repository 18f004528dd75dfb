"""Chromium as a printing press: one document in, the bytes of a PDF out."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from book import chromium
from book.serve import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
_WIDTH, _HEIGHT = 624, 956
"""Of the text on a sheet, in pixels: A4 less the margins that the style sheet sets."""
_LEAST = 0.7
"""No figure is set smaller than by this."""
_SPARE = 0.08
"""Such a share of a sheet may stay blank before a figure."""
_PATIENCE = 600_000
"""How many milliseconds a busy machine may take for a step."""
_READY = "async () => { await document.fonts.ready; await Promise.all([...document.images].map(one => one.decode())) }"
_FIT = (HERE / "fit.js").read_text(encoding="utf-8")
_NUMBER = """pages => { for (const line of document.querySelectorAll(".along-contents a"))
    line.querySelector(".along-number").textContent = pages[line.hash.slice(1)] }"""
_HEADINGS = "() => Array.from(document.querySelectorAll('h1, h2, h3, h4'), one => one.textContent)"
_SETTINGS = {"prefer_css_page_size": True, "print_background": True, "tagged": True, "outline": True}


@dataclass(frozen=True)
class Printed:
    """What comes out of the press.

    Parameters
    ----------
    pdf : its bytes
    headings : in the order of the document
    """

    pdf: bytes
    headings: list[str]


def printed(file: Path) -> Printed:
    """Print a document; once more where a chapter begins on another page than was counted."""
    from playwright.sync_api import sync_playwright

    if (found := chromium.installed()) is None:
        raise SystemExit("the PDF is printed by Chromium, which this machine lacks: run `make browser` as root")
    with served(file.parent) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=chromium.ARGUMENTS)
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT}, color_scheme="light")
        page.set_default_timeout(_PATIENCE)
        page.emulate_media(media="print")
        page.goto(f"{address}{file.name}", wait_until="load")
        page.evaluate(_READY)
        counted = fit(page)
        headings = page.evaluate(_HEADINGS)
        page.evaluate(_NUMBER, counted)
        pdf = page.pdf(**_SETTINGS)
        if not counted.items() <= (found := numbers(pdf)).items():
            page.evaluate(_NUMBER, found)
            pdf = page.pdf(**_SETTINGS)
        browser.close()
    return Printed(pdf, [" ".join(heading.split()) for heading in headings])


def fit(page: Page) -> dict[str, int]:
    """Set smaller, move or part what would be cut on a sheet or leave it half empty; count where chapters begin."""
    counted: dict[str, int] = page.evaluate(_FIT, [_LEAST, _SPARE])
    return counted


def numbers(pdf: bytes) -> dict[str, int]:
    """Return the page on which each anchor lies, counted from one."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        at = {page.objgen: number for number, page in enumerate(opened.pages, start=1)}
        return {name.lstrip("/"): at[place[0].objgen] for name, place in opened.Root.Dests.items()}
