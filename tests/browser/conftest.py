"""The built book (`make book`) served to Debian's Chromium (`make browser`), which reaches no other host."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import pytest
from visits import HTML, Visit

from book import chromium
from book.serve import served


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the built book on this machine."""
    with served(HTML) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """Start Chromium; only a private machine may do without."""
    wanted = os.environ.get("CI") == "true"
    if not wanted and chromium.installed() is None:
        pytest.skip("no Chromium on this machine: run `make browser` as root")
    assert chromium.installed() is not None, "CI must have Chromium: run `make browser`"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium.installed(), args=chromium.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(browser, site):
    """Return a function that starts a visit."""
    with contextlib.ExitStack() as stack:

        def start(*given, **named) -> Visit:
            return stack.enter_context(contextlib.closing(Visit(browser, site, *given, **named)))

        yield start
