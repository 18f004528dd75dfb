"""The policy desk in a browser: it computes what gumlib computes, and everyone can work it."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Iterator

import numpy as np
import pytest
from visits import HTML, PHONE, WIDE, Visit, begun, faultless, settled

from gumlib.dynamics import Parameters, Path, ensemble, extremes, scalar, simulate
from gumlib.errors import GumError
from gumlib.figures import style
from gumlib.policy import desk
from gumlib.policy.desk import outcome

NAME = "chapters/05/policy-desk.html"
CLOSE = 1e-6
GROUPS, EACH = 30, 100
"""Timings, and settings for each of them: 3000 settings in all."""

CONTRAST = """() => {
    const pixel = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const light = colour => {
        pixel.clearRect(0, 0, 1, 1);
        pixel.fillStyle = colour;
        pixel.fillRect(0, 0, 1, 1);
        const [r, g, b] = Array.from(pixel.getImageData(0, 0, 1, 1).data).map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = light(getComputedStyle(document.body).backgroundColor);
    const against = value => (Math.max(value, ground) + 0.05) / (Math.min(value, ground) + 0.05);
    const texts = [...document.querySelectorAll("#gum-desk svg text")]
        .map(t => against(light(getComputedStyle(t).fill)));
    const words = [...document.querySelectorAll("#gum-desk :is(label, dt, dd, legend, summary, figcaption, button)")]
        .map(t => against(light(getComputedStyle(t).color)));
    const ink = against(light(getComputedStyle(document.querySelector("#gum-desk")).getPropertyValue("--desk-ink")));
    return {text: Math.min(...texts, ...words), ink};
}"""
NAMELESS = """() => [...document.querySelectorAll("#gum-desk :is(input, select, button, summary, svg[role=img])")]
    .filter(node => !(node.getAttribute("aria-label") || node.labels?.[0]?.textContent || node.textContent).trim())
    .map(node => node.outerHTML)"""
INKS = """["ink", "paper"].map(name =>
    getComputedStyle(document.querySelector("#gum-desk")).getPropertyValue(`--desk-${name}`))"""
TWICE = """() => {
    const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
    return ids.filter((id, k) => ids.indexOf(id) !== k);
}"""

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(visit):
    """Return the desk, and look for faults when the test is over."""
    yield from faultless(visit(), NAME, settled)


@pytest.fixture(scope="module")
def untouched(browser, site) -> Iterator[Visit]:
    """Return a visit to the desk in which no slider is moved."""
    with contextlib.closing(Visit(browser, site)) as start:
        settled(start.open(NAME))
        yield start
        assert start.faults == []


@pytest.fixture
def ask(untouched):
    """Return a function that hands the page's scripts something and returns their answer, what is not finite as None.

    As one text: the browser's driver takes far longer over each of many numbers.
    """
    return lambda script, given: json.loads(
        untouched.page.evaluate(f"given => JSON.stringify(({script})(JSON.parse(given)))", json.dumps(given))
    )


def random_settings(rng: np.random.Generator) -> list[dict]:
    """Return settings that share their timing, so that gumlib can run them as one batch."""

    def values(key: str) -> list[float]:
        return [slider.snap(rng.uniform(slider.low, slider.high)) for slider in desk.SLIDERS[key]]

    shared, aims, settings = {key: values(key) for key in desk.SLIDERS}, list(desk.PUSH_TARGETS), []
    shared["y"] = [min(shared["y"][0], 40.0)]
    if rng.random() < 0.2:
        shared["g"][3] = 0.0
    for _ in range(EACH):
        one = {key: values(key) for key in desk.SLIDERS} | {"y": shared["y"]}
        one["g"][2:] = shared["g"][2:]
        for key in (*desk.PUSH_KEYS, "s"):
            size = one[key][0] if rng.random() < 0.7 else 0.0
            one[key] = [aims[rng.integers(len(aims))], size, *shared[key][1:]]
        one["e"][1:] = shared["e"][1:]
        one["r"] = [["fitted", "ranges"][rng.integers(2)]]
        settings.append({key: tuple(value) for key, value in one.items()})
    return settings


def together(settings: list[dict]) -> tuple[Parameters, Path, Path, Path]:
    """Return parameters, governance, policy and shocks of settings that share their timing, as a batch."""
    columns = np.array([desk.numbers(one, "p") for one in settings]).T
    named = dict(zip(desk.PARAMETERS, columns, strict=True))
    for name in ("baseline", "decay"):
        named[name] = np.repeat(named[name][:, None], 6, axis=1)

    def stack(paths: list[Path]) -> Path:
        return Path(paths[0].times, np.stack([path.values for path in paths], axis=1))

    governance = stack([desk.governance_over_time(one) for one in settings])
    forces = [stack([desk.forces(one, keys) for one in settings]) for keys in (desk.PUSH_KEYS, ("s", "e"))]
    return Parameters.uniform(**named), governance, *forces


def gap(found, expected) -> float:
    """Return the largest difference; a missing value must be missing on both sides."""
    one, two = np.array(found, dtype=float), np.array(expected, dtype=float)
    assert (np.isfinite(one) == np.isfinite(two)).all()
    return float(np.nanmax(np.abs(np.where(np.isfinite(one), one - two, 0.0)), initial=0.0))


COMPUTE = """settings => settings.map(one => {
    const {sys, path, pushes, eased} = gumDesk.parts(one);
    const run = gumDesk.simulate(sys, one.x, one.y[0], path, pushes, eased, 0.5, 0.05);
    return {...run, ends: gumDesk.extremes(sys, one.g[1]), folds: gumDesk.folds(sys).map(fold => fold.governance),
        roots: gumDesk.roots(sys, one.g[1])};
})"""


@pytest.mark.slow
def test_the_numbers_are_those_of_gumlib_over_thousands_of_settings(ask):
    rng, worst = np.random.default_rng(2010), {"run": 0.0, "equilibria": 0.0, "folds": 0.0, "roots": 0.0}
    for _ in range(GROUPS):
        settings = random_settings(rng)
        found = ask(COMPUTE, settings)
        parameters, governance, policy, shocks = together(settings)
        start = np.array([one["x"] for one in settings])
        expected = simulate(
            parameters, start, settings[0]["y"][0], governance, policy, shocks, every=outcome.KEPT_EVERY
        )
        assert gap(found[0]["times"], expected.times) == 0.0
        for name in ("levels", "ways", "index"):
            worst["run"] = max(worst["run"], gap([one[name] for one in found], getattr(expected, name)))
        ends = np.stack(extremes(parameters, [one["g"][1] for one in settings]), axis=1)
        worst["equilibria"] = max(worst["equilibria"], gap([one["ends"] for one in found], ends))
        for one, setting in zip(found, settings, strict=True):
            equation = scalar.diagonal(desk.parameter_set(setting))
            worst["folds"] = max(worst["folds"], gap(one["folds"], equation.folds()["governance"]))
            worst["roots"] = max(worst["roots"], gap(one["roots"], equation.roots(setting["g"][1])))
    assert max(worst.values()) < CLOSE, worst


def test_unequal_factors_agree_too(ask):
    parameters, start = ensemble.sample(1024, seed=3), np.random.default_rng(3).random((1024, 6))
    found = ask(
        """([all, starts, height]) => starts.map((start, k) => {
            const one = Object.fromEntries(Object.entries(all).map(([name, v]) => [name, Array.isArray(v) ? v[k] : v]));
            const sys = gumDesk.system(one), push = {mask: height, size: 1, start: 2, end: 5};
            const run = gumDesk.simulate(sys, start, 20, {now: .3, later: .8, start: 4, takes: 3}, [push], [], 5, .05);
            return {...run, ends: gumDesk.extremes(sys, .7)};
        })""",
        [{name: value.tolist() for name, value in vars(parameters).items()}, start.tolist(), [0.1, 0, 0.05, 0, 0.2, 0]],
    )
    policy = Path.pulse([0.1, 0, 0.05, 0, 0.2, 0], 2, 3)
    expected = simulate(parameters, start, 20, Path(np.array([4.0, 7.0]), np.array([0.3, 0.8])), policy, every=5)
    for name in ("levels", "ways", "index"):
        assert gap([one[name] for one in found], getattr(expected, name)) < CLOSE
    assert gap([one["ends"] for one in found], np.stack(extremes(parameters, 0.7), axis=1)) < CLOSE


def test_a_wrong_number_would_be_caught(ask):
    found = ask(COMPUTE, [desk.first()])[0]
    assert gap(found["levels"], desk.run_setting(desk.first()).levels) < CLOSE
    assert gap(found["levels"], desk.run_setting({**desk.first(), "g": (0.6, 0.81, 5, 5)}).levels) > CLOSE


def test_the_summary_is_that_of_gumlib(ask):
    rng = np.random.default_rng(7)
    starts = [one for reading in desk.READINGS for one in desk.examples(reading).values()]
    settings = [*starts, *(random_settings(rng)[0] for _ in range(12))]
    for setting, found in zip(settings, ask("settings => settings.map(gumDesk.evaluate)", settings), strict=True):
        expected = desk.summary(setting)
        for name, value in expected.items():
            if isinstance(value, str | int):
                assert found[name] == value, (name, desk.address(setting))
            elif not math.isfinite(value):
                assert found[name] is None, (name, desk.address(setting))
            else:
                assert abs(found[name] - value) < CLOSE, (name, desk.address(setting))


def test_a_key_moves_slider_curve_words_and_address(opened):
    assert "#" not in opened.url
    before = {name: opened.locator(f".desk-{name} svg").inner_html() for name in ("index", "folds", "levels", "ways")}
    said = opened.locator(".desk-said").inner_text()
    slider = opened.get_by_label("Governance: later")
    slider.focus()
    for _ in range(15):
        opened.keyboard.press("ArrowRight")
    settled(opened)
    assert slider.input_value() == "0.95"
    assert opened.locator('output[for="desk-g-1"]').inner_text() == "0.95"
    assert "#g=0.6,0.95,5,5&" in opened.url
    for name, drawing in before.items():
        assert opened.locator(f".desk-{name} svg").inner_html() != drawing, name
    assert opened.locator(".desk-said").inner_text() != said
    assert desk.read_setting(opened.url)["g"] == (0.6, 0.95, 5.0, 5.0)


def test_reload_and_a_new_visit_restore_the_setting(opened, visit):
    opened.get_by_label("First push acts on").select_option("LIES")
    opened.get_by_label("First push: size").fill("0.123")
    opened.get_by_label("I cluster innovation").fill("0.55")
    settled(opened)
    told = opened.locator(".desk-said").inner_text()
    state, address = opened.evaluate("gumDesk.collect()"), opened.url
    drawn = opened.locator(".desk-index svg").inner_html()
    assert state["a"] == ["LIES", 0.123, 10, 5]
    settled(opened.reload() and opened)
    assert opened.evaluate("gumDesk.collect()") == state
    other = visit()
    page = settled(other.open(address.removeprefix(other.site)))
    assert page.evaluate("gumDesk.collect()") == state
    assert page.locator(".desk-said").inner_text() == told
    assert page.locator(".desk-index svg").inner_html() == drawn
    assert page.locator("#desk-cite").input_value() == address
    assert other.faults == []


def test_examples_and_choices_set_the_sliders(opened):
    for reading, words in desk.READINGS.items():
        for title, setting in desk.examples(reading).items():
            row = opened.get_by_role("group", name=f"Starts, {words}")
            assert row.get_by_role("link", name=title, exact=True).get_attribute("href") == desk.address(setting)
            begun(opened, desk.address(setting))
            assert desk.read_setting(opened.evaluate("gumDesk.address(gumDesk.collect())")) == setting
    opened.get_by_label("Coded levels and governance").select_option(label="Yongkang 1995")
    assert opened.evaluate("gumDesk.collect().x") == [0.4, 0.0, 0.2, 0.2, 0.6, 0.2]
    assert opened.get_by_label("Governance: now").input_value() == "0"
    opened.get_by_role("button", name="Reset").click()
    settled(opened)
    assert desk.read_setting(opened.evaluate("gumDesk.address(gumDesk.collect())")) == desk.first()
    assert "#g=" not in opened.url


@pytest.mark.parametrize(
    ("tail", "note"), [("#g=oops", "not understood"), ("#y=30&v=0.0.0", "was cited with gumlib 0.0.0")]
)
def test_an_address_that_does_not_fit_is_told(visit, tail, note):
    start = visit()
    page = settled(start.open(NAME + tail))
    assert note in page.locator(".desk-note").inner_text()
    assert page.evaluate("gumDesk.collect().g") == list(desk.first()["g"])
    assert start.faults == []


@pytest.mark.parametrize("tail", ["#g=0.6,0.8,99,5", "#a=LIESPD,0.9,10,5", "#p=0.299,0.042,0.085,3,0.58,0.74,0.99,0.2"])
def test_an_address_out_of_range_is_told(visit, tail):
    start = visit()
    note = settled(start.open(NAME + tail)).locator(".desk-note").inner_text()
    given = {"#g": "99 became 40", "#a": "0.9 became 0.25", "#p": "0.2 became 0.25"}[tail[:2]]
    assert given in note
    assert start.faults == []


@pytest.mark.parametrize(
    ("tail", "note"),
    [
        ("#zz=3", "name no slider and were left out: zz."),
        ("#y=30&zz=3&q=1", "name no slider and were left out: zz q."),
        ("#y=30&y=40", "stand more than once, and the first was taken: y."),
    ],
)
def test_a_key_that_no_slider_has_or_that_recurs_is_told(visit, tail, note):
    page = settled(visit().open(NAME + tail))
    assert note in page.locator(".desk-note").inner_text()
    assert page.evaluate("gumDesk.collect().y") == ([30] if "y=" in tail else list(desk.first()["y"]))


def test_an_address_within_range_draws_no_hint(visit):
    page = settled(visit().open(NAME + desk.address(desk.first())))
    assert not page.locator(".desk-note").is_visible()


def test_it_opens_as_fitted_and_says_which_reading_is_on(opened):
    fitted, ranges = (
        opened.get_by_role("button", name=name) for name in ("As fitted to the four clusters", "Our ranges")
    )
    line = opened.locator(".desk-reading")
    assert [one.get_attribute("aria-pressed") for one in (fitted, ranges)] == ["true", "false"]
    assert "On: as fitted to the four clusters." in line.inner_text()
    assert "holds no lock-in" in line.inner_text()
    ranges.click()
    settled(opened)
    assert [one.get_attribute("aria-pressed") for one in (fitted, ranges)] == ["false", "true"]
    assert "On: our ranges." in line.inner_text()
    assert desk.read_setting(opened.url)["p"] == desk.read_as("ranges")["p"]
    opened.evaluate("for (const box of document.querySelectorAll('#gum-desk details')) box.open = true")
    opened.get_by_label("b, growth by itself").press("ArrowRight")
    settled(opened)
    assert "moved by hand" in line.inner_text()
    assert [one.get_attribute("aria-pressed") for one in (fitted, ranges)] == ["false", "false"]
    fitted.click()
    assert opened.evaluate("gumDesk.collect().p") == list(desk.first()["p"])


def test_a_choice_is_named_only_while_it_stands(opened):
    coded = opened.get_by_label("Coded levels and governance")
    coded.select_option(label="Wenzhou 1995")
    settled(opened)
    begun(opened, desk.address(desk.examples("fitted")["Shock from a high level"]))
    assert coded.evaluate("node => node.selectedOptions[0].textContent") == "none: own numbers"
    lever = opened.get_by_label("Lever of page 5.2 as first push")
    lever.select_option(label="Trade fair (government, insertion in the GVC)")
    settled(opened)
    assert desk.read_setting(opened.url)["a"] == ("E", 0.032, 1.0, 10.0)
    opened.get_by_label("First push: size").press("ArrowRight")
    assert lever.input_value() == ""
    opened.get_by_label("First push: size").press("ArrowLeft")
    assert lever.evaluate("node => node.selectedOptions[0].textContent").startswith("Trade fair")


def test_levers_of_governance_and_relief_go_where_they_work(opened):
    opened.evaluate("for (const box of document.querySelectorAll('#gum-desk details')) box.open = true")
    opened.get_by_label("Lever of page 5.2 as governance").select_option(index=1)
    opened.get_by_label("Lever of page 5.2 as relief").select_option(label="Joint trade defence (cluster)")
    settled(opened)
    assert desk.read_setting(opened.url)["g"] == (0.6, 0.72, 1.0, 0.0)
    assert desk.read_setting(opened.url)["e"] == (0.24, 0.0, 10.0)


@pytest.mark.parametrize(
    ("reading", "governance", "rise", "push"),
    [
        ("fitted", 0.3, "none needed", "none needed"),
        ("ranges", 0.3, "0.98", "none suffices"),
        ("ranges", 0.9, "0.98", "0.0"),
    ],
)
def test_none_needed_and_none_suffices_are_told_apart(visit, reading, governance, rise, push):
    setting = {**desk.first(), **desk.read_as(reading), "g": (governance, governance, 5, 5)}
    page = settled(visit().open(NAME + desk.address(setting)))
    assert page.locator("[data-tile=rise]").inner_text() == rise
    assert page.locator("[data-tile=push]").inner_text().startswith(push)


def swipe(page, slider, across: float, down: float) -> None:
    """Draw a finger over the screen, from the middle of a slider."""
    box, wire = slider.bounding_box(), page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2
    wire.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 13):
        point = {"x": x + across * part / 12, "y": y + down * part / 12}
        wire.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)


def test_a_finger_that_scrolls_sets_nothing(browser, site):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(site + NAME)
    slider = settled(page).get_by_label("Governance: now")
    slider.scroll_into_view_if_needed()
    before, top = page.evaluate("gumDesk.collect()"), page.evaluate("scrollY")
    swipe(page, slider, 6, -160)
    assert page.evaluate("scrollY") > top + 50
    assert page.evaluate("gumDesk.collect()") == before
    slider.scroll_into_view_if_needed()
    swipe(page, slider, -90, 4)
    assert page.evaluate("gumDesk.collect().g[0]") < before["g"][0]
    swipe(page, slider, 0, 0)
    assert page.evaluate("gumDesk.collect().g[0]") == pytest.approx(0.7, abs=0.06)
    context.close()


def test_every_control_has_a_name_and_is_reached_by_the_tabulator(opened):
    assert opened.evaluate(NAMELESS) == []
    assert opened.evaluate(TWICE) == []
    opened.evaluate("for (const box of document.querySelectorAll('#gum-desk details')) box.open = true")
    opened.locator("#gum-desk a").first.focus()
    seen = set()
    for _ in range(90):
        seen.add(opened.evaluate("document.activeElement.id"))
        opened.keyboard.press("Tab")
    wanted = opened.evaluate(
        "[...document.querySelectorAll('#gum-desk :is(input[type=range], select)')].map(n => n.id)"
    )
    assert set(wanted) <= seen
    assert opened.locator(".desk-said[aria-live=polite]").count() == 1


def test_it_fits_a_phone_and_the_index_stays_in_sight(visit):
    start = visit(size=PHONE)
    page = settled(start.open(NAME))
    page.evaluate("for (const box of document.querySelectorAll('#gum-desk details')) box.open = true")
    said = page.evaluate(WIDE)
    assert said["over"] <= 0, said["wide"]
    slider = page.get_by_label("First push: size")
    slider.scroll_into_view_if_needed()
    slider.press("ArrowRight")
    top, below = page.locator(".desk-index svg").bounding_box(), slider.bounding_box()
    assert top["y"] >= 0
    assert top["y"] + top["height"] <= below["y"]
    assert below["height"] >= 24
    assert start.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_legible(untouched, scheme):
    found = untouched.look(scheme).evaluate(CONTRAST)
    assert found["text"] >= 4.5
    assert found["ink"] >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_prints_dark_on_pale_from_either_theme(untouched, scheme):
    page = untouched.look(scheme)
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    page.emulate_media(media="print")
    assert page.evaluate(INKS) == [style.INK, style.PAPER]
    page.emulate_media(media="screen")


def test_it_prints(opened):
    opened.emulate_media(media="print")
    assert not opened.locator(".desk-controls").is_visible()
    for name in ("index", "folds", "levels", "ways"):
        assert opened.locator(f".desk-{name} svg").is_visible()
    assert opened.locator(".desk-printed").inner_text().startswith("http")
    assert "governance 0.6" in opened.locator(".desk-setting").inner_text()


def test_without_script_it_says_so(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + NAME)
    assert "needs JavaScript" in page.locator("article").inner_text()
    assert not page.locator("#gum-desk").is_visible()
    context.close()


def test_it_needs_no_server(browser):
    context = browser.new_context()
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((HTML / NAME).as_uri())
    settled(page).get_by_label("Governance: now").press("ArrowRight")
    assert "#g=0.61," in page.url
    assert faults == []
    context.close()


def test_no_other_page_carries_it():
    holding = [page for page in (HTML / "chapters").rglob("*.html") if "desk.js" in page.read_text(encoding="utf-8")]
    assert holding == [HTML / NAME]


def test_a_setting_outside_is_refused_by_gumlib():
    with pytest.raises(GumError):
        desk.read_setting("#a=Q,1,1,1")
