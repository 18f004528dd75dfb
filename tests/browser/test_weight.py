"""What a first visit loads, as a browser counts it, from page to pictures; and that nothing jumps meanwhile."""

from __future__ import annotations

import time

import pytest
from visits import HTML

MOST = 500_000
PAGES = sorted(str(page.relative_to(HTML)) for page in (HTML / "chapters").rglob("*.html"))
LOADED = """async () => {
    await document.fonts.ready;
    const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    return all.reduce((sum, one) => sum + one.decodedBodySize, 0);
}"""

SHIFTS = """() => new Promise(done => {
    let sum = 0;
    const add = list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; };
    new PerformanceObserver(add).observe({type: "layout-shift", buffered: true});
    setTimeout(() => done(sum), 300);
})"""

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


@pytest.mark.parametrize("name", ["index", "02/2-5-dynamic-path", "04/4-2-wenzhou-lighters"])
def test_no_text_jumps_when_scripts_come_late(visit, name):
    def late(route):
        time.sleep(0.4)
        route.continue_()

    opened = visit(size={"width": 412, "height": 823})
    opened.page.route("**/gum.js*", late)
    assert opened.open(f"chapters/{name}.html").evaluate(SHIFTS) < 0.02
