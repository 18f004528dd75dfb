"""What a first visit loads, as a browser counts it: page, style sheets, scripts, fonts, pictures in reach."""

from __future__ import annotations

import pytest
from visits import HTML

MOST = 500_000
PAGES = sorted(str(page.relative_to(HTML)) for page in (HTML / "chapters").rglob("*.html"))
LOADED = """async () => {
    await document.fonts.ready;
    const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    return all.reduce((sum, one) => sum + one.decodedBodySize, 0);
}"""

pytestmark = pytest.mark.browser


def test_half_of_the_pages_load_half_a_megabyte_or_less(visit):
    loaded = {}
    for name in PAGES:
        opened = visit()
        loaded[name] = opened.open(name).evaluate(LOADED)
        opened.close()
    ordered = sorted(loaded.values())
    assert ordered[0] > 50_000, "something is weighed"
    assert ordered[len(ordered) // 2] <= MOST, sorted(loaded.items(), key=lambda pair: -pair[1])[:10]
