"""The built book (`make book`) served to Debian's Chromium (`make browser`), which reaches no other host."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

import pytest
from visits import HTML, Visit

from book.serve import served

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = ["--no-sandbox", "--proxy-server=127.0.0.1:9"]
"""Behind a proxy that is not there, no host answers but this machine."""


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
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, site):
    """Return a function that starts a visit."""
    with contextlib.ExitStack() as stack:

        def start(*given, **named) -> Visit:
            return stack.enter_context(contextlib.closing(Visit(browser, site, *given, **named)))

        yield start
