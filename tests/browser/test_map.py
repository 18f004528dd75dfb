"""The live map on the first page: it computes what gumlib does, tells what the register does, and all can work it."""

from __future__ import annotations

import contextlib
import io
import itertools
import re

import pandas as pd
import pytest
from visits import HTML, PHONE, Visit, faultless, in_sight

from gumlib import claims, evidence, model
from gumlib.claims.running import RIVALS
from gumlib.dynamics.experiments.pulse_map import moments
from gumlib.policy import desk
from gumlib.terms import FACTORS, TERMS, sentence

NAME = "chapters/index.html"
CLOSE = 1e-9
MOST = 40_000
"""Bytes that the page may take on for the map: scripts, style sheet, data and markup."""
SCRIPTS = ("desk-facts.js", "desk-model.js", "map.js")
SHEET = "map.css"
ELEMENTS = len(model.gum()) + model.gum().number_of_edges() + 1
"""Nodes, arrows, and governance."""
FIRST = {"push": "L", "rival": "independent", "read": "fitted", "year": "3", "show": "L"}
MOVED = {"push": "P", "rival": "linear", "read": "ranges", "year": "7.25", "show": "E-mX"}

SMALL = """() => [...document.querySelectorAll("#gum-map :is(button, select, input, summary, .map-main g[data-code])")]
    .map(node => [node.dataset.code ?? node.textContent, node.getBoundingClientRect()])
    .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24).map(([name]) => name)"""
NAMELESS = """() => [...document.querySelectorAll("#gum-map :is(button, select, input, [role=button])")]
    .filter(node => !(node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent).trim())
    .map(node => node.outerHTML)"""
FAINT = """() => {
    const pixel = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const light = colour => {
        pixel.fillStyle = colour;
        pixel.fillRect(0, 0, 1, 1);
        const [r, g, b] = Array.from(pixel.getImageData(0, 0, 1, 1).data).map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const against = (one, two) => (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const ground = light(getComputedStyle(document.body).backgroundColor);
    const on = node => node.matches(".map-code") ? light(getComputedStyle(node.previousElementSibling).fill) : ground;
    const ink = node => light(getComputedStyle(node)[node.namespaceURI.endsWith("svg") ? "fill" : "color"]);
    const words = "text, p, b, i, a, li, h3, label, button, select, summary, figcaption, .gum-verdict";
    return [...document.querySelectorAll(`#gum-map :is(${words})`)]
        .filter(node => node.checkVisibility() && against(ink(node), on(node)) < 4.5).map(node => node.outerHTML);
}"""

SEEN = """() => [
    ...[...document.querySelectorAll("#gum-map svg :is(path, circle, rect)")].map(part => part.style.strokeWidth),
    ...["chart", "words", "rival", "said", "python", "controls"]
        .map(name => document.querySelector(`.map-${name}`).innerText),
]"""

TURNED = """new Promise(done => {
    addEventListener("hashchange", () => setTimeout(done), {once: true});
    location.hash = hash;
})"""
WIDTH = "node => parseFloat(node.style.strokeWidth)"

pytestmark = pytest.mark.browser


def address(state: dict[str, str]) -> str:
    """Return what stands behind the page's address for a state of the map."""
    return "#" + "&".join(f"{key}={value}" for key, value in state.items())


def ready(page):
    """Wait until the map has told what it shows."""
    page.wait_for_function("window.gumMap && document.querySelector('.map-title').textContent")
    return page


def title(page) -> str:
    """Return the name of the element that is told of."""
    return page.locator(".map-title b").inner_text()


@pytest.fixture
def opened(visit):
    """Return the page, and look for faults when the test is over."""
    yield from faultless(visit(), NAME, ready)


@pytest.fixture(scope="module")
def shared(browser, site):
    """Return a page for tests that only look."""
    with contextlib.closing(Visit(browser, site)) as start:
        yield from faultless(start, NAME, ready)


def numbers(page, state: dict[str, str]) -> pd.DataFrame:
    """Return the numbers of a state of the map as the page saves them."""
    text = page.evaluate(f"hash => {TURNED}.then(() => gumMap.csv())", address(state))
    return pd.read_csv(io.StringIO(text)).set_index(["model", "year"])


def expected(push: str, read: str, models: tuple[str, ...]) -> pd.DataFrame:
    """Return what gumlib computes for them."""
    one = desk.parameter_set(desk.read_as(read))
    return pd.concat({name: moments(push, one, model=name) for name in models}, names=["model"])


def apart(found: pd.DataFrame, told: pd.DataFrame) -> float:
    """Return the largest difference; both must have the same rows and columns."""
    assert sorted(found) == sorted(told)
    assert found.index.equals(told.index)
    return float((found - told[found.columns]).abs().to_numpy().max())


def test_the_numbers_are_those_of_gumlib(shared):
    worst = 0.0
    for push, read, rival in itertools.product(FACTORS, desk.READINGS, RIVALS):
        state = {**FIRST, "push": push, "read": read, "rival": rival, "year": "4"}
        worst = max(worst, apart(numbers(shared, state), expected(push, read, ("gum", rival))))
    assert worst < CLOSE


def test_a_wrong_number_would_be_caught(shared):
    found = numbers(shared, {**FIRST, "rival": "", "year": "5"})
    assert apart(found, expected("L", "fitted", ("gum",))) < CLOSE
    wrong = desk.parameter_set(desk.read_as("fitted")).replace(own_share=0.79 + 1e-6)
    assert apart(found, pd.concat({"gum": moments("L", wrong)}, names=["model"])) > CLOSE


def test_the_line_of_python_gives_the_file_that_is_saved(opened, tmp_path, monkeypatch):
    opened.locator(".map-take summary").click()
    with opened.expect_download() as waiting:
        opened.get_by_role("button", name="Save the numbers").click()
    saved = pd.read_csv(waiting.value.path()).set_index(["model", "year"])
    monkeypatch.chdir(tmp_path)
    exec(opened.locator(".map-python").inner_text(), {})
    computed = pd.read_csv(tmp_path / "gum-map.csv").set_index(["model", "year"])
    assert apart(saved, computed) < CLOSE
    assert f"url = {{{opened.url.split('#')[0]}#push=L" in opened.locator(".map-bibtex").inner_text()


def test_what_is_drawn_is_the_moment(opened):
    told = expected("L", "fitted", ("gum", "independent"))
    for place, name in ((".map-main", "gum"), (".map-rival", "independent")):
        now = told.loc[(name, 3.0)]
        for code in ("L→I", "I→L", "L→mT", "T→U"):
            width = opened.locator(f'{place} .map-arrows path[data-code="{code}"]').evaluate(WIDTH)
            assert width == pytest.approx(1 + 8 * now[code], abs=1e-5)
        halos = [opened.locator(f'{place} [data-code="{code}"] > .map-halo') for code in ("I", "U", "T", "L")]
        rings = [halo.evaluate(WIDTH) for halo in halos]
        assert rings == sorted(rings)
    assert f"{told.loc[('gum', 3.0), 'U']:.3f}" in opened.locator(".map-said").inner_text()


def test_every_element_has_its_name_claims_and_verdicts(shared):
    graph, table = model.gum(), claims.claims()
    names = {code: (node["name"], node["chinese"]) for code, node in graph.nodes(data=True)}
    names |= {edge["code"]: (edge["name"], edge["chinese"]) for _, _, edge in graph.edges(data=True)}
    needed = {edge["code"]: edge["claims"] for _, _, edge in graph.edges(data=True)}
    needed |= {code: node["claims"] for code, node in graph.nodes(data=True)}
    for code, (name, chinese) in names.items():
        numbers(shared, {**FIRST, "show": code.replace("→", "-"), "year": "6"})
        assert title(shared).casefold() == name.casefold().replace("enterprises acts", "enterprises act")
        assert shared.locator(".map-title [lang=zh]").inner_text() == chinese
        rows = shared.locator(".map-claims li:visible")
        shown = {text[:3]: text for text in rows.all_inner_texts()}
        assert set(needed[code]) <= set(shown)
        for claim, text in shown.items():
            notes = table.loc[claim, "notes"]
            assert text.endswith(" ".join(filter(None, (table.loc[claim, "verdict"], "" if pd.isna(notes) else notes))))
        assert rows.locator("a").first.get_attribute("href") == f"back/claims.html#{min(shown).lower()}"


def test_the_facts_of_an_element_are_those_the_ledger_then_shows(opened):
    opened.locator('.map-main g[data-code="S"] .map-code').click()
    count = int(re.search(r"\d+", opened.locator(".map-facts a").inner_text())[0])
    assert count == (evidence.ledger()["factor"] == "S").sum()
    opened.locator(".map-facts a").click()
    opened.wait_for_load_state()
    assert opened.url.endswith("ledger.html#show-factor-S")
    assert len(in_sight(opened, ".gum-fact")) == count


def test_a_mouse_that_rests_shows_and_one_that_passes_does_not(opened):
    disc = opened.locator('.map-main g[data-code="D"] .map-code')
    disc.scroll_into_view_if_needed()
    box = disc.bounding_box()
    opened.mouse.move(box["x"] + 5, box["y"] + 5)
    opened.mouse.move(5, 5)
    opened.wait_for_timeout(300)
    assert title(opened) == sentence("L")
    opened.mouse.move(box["x"] + 5, box["y"] + 5)
    opened.wait_for_function(f"document.querySelector('.map-title b').textContent === '{sentence('D')}'")


def test_a_finger_shows_what_it_touches(browser, site):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site + NAME)
    ready(page).locator('.map-main g[data-code="mX"]').tap()
    assert title(page) == sentence("mX")
    page.get_by_role("button", name="Show Insertion in the GVC acts on outside-linkage mechanism").tap()
    assert "acts on" in title(page)
    assert "our reading" in page.locator(".map-meaning").inner_text()
    assert page.evaluate(SMALL) == []
    context.close()


def test_by_keyboard_alone_all_is_reached_and_run(opened):
    opened.locator("#map-year").focus()
    opened.keyboard.press("Tab")
    seen = []
    for _ in range(ELEMENTS):
        seen.append(opened.evaluate("document.activeElement.dataset.code"))
        assert opened.locator('.map-main [aria-pressed="true"]').get_attribute("data-code") == seen[-1]
        opened.keyboard.press("ArrowRight")
    assert len(set(seen)) == ELEMENTS
    opened.keyboard.press("Home")
    assert title(opened) == TERMS["G"].name.capitalize()
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.closest('.map-words') !== null"), "one stop, then what is told"
    opened.locator("[data-do=play]").focus()
    opened.keyboard.press("Enter")
    opened.wait_for_function("gumMap.state().year >= 0.5 && gumMap.state().year < 3")
    opened.keyboard.press("Enter")
    stood = opened.evaluate("gumMap.state().year")
    opened.wait_for_timeout(400)
    assert opened.evaluate("gumMap.state().year") == stood
    assert f"year={stood}" in opened.url


def test_with_reduced_motion_nothing_moves_by_itself(browser, site):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + NAME)
    button = ready(page).get_by_role("button", name="One year on")
    button.click()
    assert page.evaluate("gumMap.state().year") == "4"
    page.wait_for_timeout(400)
    assert page.evaluate("gumMap.state().year") == "4"
    assert page.evaluate("document.getElementById('gum-map').getAnimations({subtree: true}).length") == 0
    page.locator("#map-year").press("ArrowRight")
    assert page.evaluate("gumMap.state().year") == "4.25"
    context.close()


def test_the_address_restores_the_state(opened, visit):
    assert "#" not in opened.url
    opened.get_by_label("Push").select_option("P")
    opened.get_by_label("Rival beside it").select_option("linear")
    opened.get_by_label("Parameters").select_option("ranges")
    opened.get_by_label("Year").fill("7.25")
    opened.locator('.map-hits path[data-code="E→mX"]').dispatch_event("click")
    assert opened.evaluate("gumMap.state()") == MOVED
    drawn = opened.evaluate(SEEN)
    other = visit()
    page = ready(other.open(NAME + "#" + opened.url.split("#")[1]))
    assert page.evaluate("gumMap.state()") == MOVED
    assert page.evaluate(SEEN) == drawn
    assert other.faults == []


@pytest.mark.parametrize("tail", ["#push=Q", "#year=99", "#show=L-L", "#rival=nobody&year=x", "#show=constructor"])
def test_an_address_that_does_not_fit_opens_as_at_first(visit, tail):
    start = visit()
    assert ready(start.open(NAME + tail)).evaluate("gumMap.state()") == FIRST
    assert start.faults == []


def test_it_needs_no_server(browser):
    context = browser.new_context()
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((HTML / NAME).as_uri())
    ready(page).locator('.map-main g[data-code="K"]').click()
    assert page.url.endswith("show=K")
    assert title(page) == sentence("K")
    page.get_by_label("Year").press("ArrowRight")
    assert "year=3.25" in page.url
    assert faults == []
    context.close()


def test_without_script_the_drawing_and_its_claims_stand(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + NAME)
    assert page.locator(".map-drawing").is_visible()
    rows = page.locator(".map-claims li")
    assert rows.count() > 10
    assert all(row.is_visible() for row in rows.all())
    for name in ("controls", "beside", "take", "told"):
        assert page.locator(f".map-{name}").is_hidden()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_legible_and_named(browser, site, scheme):
    with contextlib.closing(Visit(browser, site, scheme)) as start:
        page = ready(start.open(NAME))
        assert page.evaluate(FAINT) == []
        assert page.evaluate(NAMELESS) == []
        assert page.locator("#gum-map [role=status][aria-live=polite]").count() == 1


def weight(page: str) -> int:
    """Return the bytes of scripts, style sheet, data and markup that the map adds to a page."""
    begin = page.index('<script type="application/json" id="gum-desk-facts"')
    end = page.index("</details>", page.index('class="map-bibtex"'))
    files = sum((HTML / "_static" / name).stat().st_size for name in (*SCRIPTS, SHEET))
    return len(page[begin:end].encode()) + files


def test_it_is_light_and_on_the_first_page_alone():
    page = (HTML / NAME).read_text(encoding="utf-8")
    assert weight(page) <= MOST
    assert weight(page.replace('class="map-bibtex"', 'class="map-bibtex" ' + "x" * MOST)) > MOST
    loaded = re.findall(r"_static/((?:desk|map)[\w-]*\.js)", page)
    assert set(loaded) == set(SCRIPTS), "what is weighed is what is loaded"
    holding = [one for one in (HTML / "chapters").rglob("*.html") if "/map.js" in one.read_text(encoding="utf-8")]
    assert holding == [HTML / NAME]
