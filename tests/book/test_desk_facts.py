"""What the page of the policy desk holds equals what gumlib holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from gumbook import desk as written
from gumbook import deskfacts

from gumlib import data, evidence, policy
from gumlib.cases.fitting import priors
from gumlib.dynamics import Parameters, ensemble, extremes
from gumlib.dynamics.equilibrium import split
from gumlib.errors import GumError
from gumlib.figures import style
from gumlib.model import definitions
from gumlib.policy import desk
from gumlib.policy.desk import outcome
from gumlib.terms import FACTORS, TERMS, WAYS


@pytest.fixture(scope="module")
def html() -> str:
    return written.html()


@pytest.fixture(scope="module")
def facts(html) -> dict:
    return json.loads(re.search(r'id="gum-desk-facts">(.*?)</script>', html, re.S)[1])


def test_the_script_reads_the_facts_of_gumlib(facts):
    assert facts == json.loads(json.dumps(deskfacts.facts()))
    assert facts["factors"] == list(FACTORS)
    assert facts["ways"] == list(WAYS)
    ours = dict(zip(desk.PARAMETERS, facts["presets"]["ranges"], strict=True))
    assert Parameters.uniform(**ours) == Parameters.uniform()
    assert np.array_equal(np.array(facts["shares"]), Parameters.uniform(total=1.0).weights)


@pytest.mark.parametrize("reading", desk.READINGS)
def test_the_draws_are_those_of_their_reading_but_for_rounding(facts, reading):
    kept = data.read("case-draws").iloc[np.linspace(0, 399, outcome.DRAWS).round().astype(int)]
    drawn = ensemble.sample(outcome.DRAWS, seed=outcome.SEED) if reading == "ranges" else priors.fitted_parameters(kept)
    for name, value in vars(drawn).items():
        told = np.array(facts["draws"][reading][name])
        assert np.abs(told - value).max() <= 0.51 * 10**-outcome.DIGITS
        assert np.array_equal(told, getattr(desk.draws(reading), name))


def test_the_desk_opens_on_the_medians_of_the_fit(facts):
    fit = data.read("case-fits").query("model == 'gum'").set_index("parameter")["q50"]
    opened = dict(zip(desk.PARAMETERS, desk.first()["p"], strict=True))
    assert desk.first()["r"] == ("fitted",)
    assert list(desk.first()["p"]) == facts["presets"]["fitted"]
    for name, slider in zip(desk.PARAMETERS, desk.SLIDERS["p"], strict=True):
        if name in fit.index:
            assert abs(opened[name] - fit[name]) <= slider.step / 2 + 1e-9, name
    assert opened["exponent"] == priors.fitted_parameters(data.read("case-draws")).exponent


def test_every_slider_holds_our_range_and_the_fit_from_5_to_95_percent():
    fit = data.read("case-fits").query("model == 'gum'").set_index("parameter")
    ours = {"baseline": "baseline_L", "decay": "decay_L"}
    for name, slider in zip(desk.PARAMETERS, desk.SLIDERS["p"], strict=True):
        low, high = ensemble.RANGES.get(ours.get(name, name), (slider.value, slider.value))
        if name in fit.index:
            low, high = min(low, fit.loc[name, "q05"]), max(high, fit.loc[name, "q95"])
        assert slider.low <= low + 1e-9, name
        assert slider.high >= high - 1e-9, name


def test_the_fit_is_said_to_hold_no_lock_in_as_it_does(facts):
    low, high = extremes(priors.fitted_parameters(data.read("case-draws")), 0.5)
    assert not split(low, high).any()
    assert facts["fit"].startswith("The fit holds no lock-in: none of its 400 draws")


def test_one_meaning_of_lock_in_for_the_desk_and_page_3_2(html):
    page = (Path(__file__).parents[2] / "chapters/03/3-2-formulation.md").read_text(encoding="utf-8")
    assert html.count(definitions.LOCKED_IN) == 1
    assert "{glue:text}`p32_locked_in`" in page
    assert "leav" not in " ".join(line for line in page.splitlines() if "lock-in" in line)


def test_the_levers_of_page_5_2_are_all_in_the_lists(html):
    for title in policy.instruments()["title"]:
        assert title in html
    assert deskfacts.levers()["push"][
        "Trade fair (government, insertion in the GVC)"
    ] == ("E", 0.032, 1.0, 10.0)  # fmt: skip


def test_relief_takes_its_share_off_the_shock_on_outside_links_alone():
    struck = {**desk.first(), "s": ("LE", 0.2, 10, 10), "e": (0.25, 15, 10)}
    at = np.array([9.0, 12.0, 17.0, 22.0])
    eased, bare = (desk.forces(struck, keys).at(at) for keys in (("s", "e"), ("s",)))
    assert eased[:, FACTORS.index("E")].round(12).tolist() == [0, 0.2, 0.15, 0]
    assert np.allclose(np.delete(eased, FACTORS.index("E"), 1), np.delete(bare, FACTORS.index("E"), 1), atol=1e-12)
    assert desk.run_setting(struck).index[-1] > desk.run_setting({**struck, "e": (0, 15, 10)}).index[-1]
    assert np.array_equal(
        desk.run_setting(struck, acted=False).index, desk.run_setting({**struck, "e": (0, 15, 10)}, acted=False).index
    )


def test_none_needed_is_not_none_suffices():
    idle = {**desk.first(), "g": (0.3, 0.3, 5, 5)}
    assert desk.summary(idle)[["regime", "push"]].tolist() == ["rising", 0.0]
    assert desk.summary({**idle, **desk.read_as("ranges")})[["regime", "push"]].tolist() == ["stuck", np.inf]


def test_as_fitted_wenzhou_rises_from_1995_to_where_it_was_coded():
    levels = deskfacts.starts()["Wenzhou 1995"]
    start = {"x": tuple(levels[code] for code in FACTORS), "g": (levels["G"], levels["G"], 0, 0), "y": (15,)}
    ends = {
        one: desk.run_setting({**desk.first(), **desk.read_as(one), **start}).levels[-1].mean() for one in desk.READINGS
    }
    coded = evidence.levels().query("cluster == 'wenzhou' and year == 2010").set_index("variable")["level"]
    assert abs(ends["fitted"] - coded[list(FACTORS)].mean()) < abs(ends["ranges"] - coded[list(FACTORS)].mean())


def test_the_sliders_stand_as_at_first(html):
    found = re.findall(r'data-key="(\w)" data-unit="[^"]*" min="(\S+)" max="(\S+)" step="(\S+)" value="(\S+)"', html)
    told = [(key, s.low, s.high, s.step, s.value) for key, sliders in desk.SLIDERS.items() for s in sliders]
    assert sorted((key, *map(float, rest)) for key, *rest in found) == sorted(told)


def test_names_and_colours_are_those_of_the_terms(html):
    for code in FACTORS:
        assert TERMS[code].chinese in html
    for code in (*FACTORS, *WAYS):
        assert f"--desk-{code}:{TERMS[code].colour}" in html
    assert f"--desk-ink:{style.INK}" in html
    assert f"--desk-ink:{style.dark(style.INK)}" in html


def test_every_choice_can_be_set(html):
    for key, values in re.findall(r'data-fill="(\w)".*?</option>(.*?)</select>', html, re.S):
        for value in re.findall(r'value="([^"]+)"', values):
            parts = value.split(",")
            numbers = parts[1:] if key in desk.PUSH_KEYS else parts[:-1] if key == "x" else parts
            assert not (key in desk.PUSH_KEYS and parts[0] not in desk.PUSH_TARGETS)
            sliders = [desk.SLIDERS["g"][at] for at in (1, 2)] if key == "g" else desk.SLIDERS[key]
            for slider, number in zip(sliders, numbers, strict=True):
                assert slider.snap(float(number)) == float(number), value


@pytest.mark.parametrize("setting", [one for reading in desk.READINGS for one in desk.examples(reading).values()])
def test_an_address_gives_its_setting_back(setting):
    assert desk.read_setting(desk.address(setting)) == setting
    assert desk.read_setting("https://example.org/page.html" + desk.address(setting) + "&v=0.1.0") == setting


def test_what_lies_outside_is_moved_inside():
    assert desk.read_setting("#x=2,-1,0.5,0.5,0.5,0.5")["x"] == (1, 0, 0.5, 0.5, 0.5, 0.5)
    assert desk.read_setting("") == desk.first()


@pytest.mark.parametrize("wrong", ["#a=Q,0.1,5,5", "#g=0.5", "#g=a,b,c,d", "#y=nan", "#a=L,0.1,5", "#r=guess"])
def test_a_wrong_address_is_refused(wrong):
    with pytest.raises(GumError, match="desk"):
        desk.read_setting(wrong)


def test_without_policy_nothing_is_pushed():
    idle = {**desk.first(), "g": (0.6, 0.6, 5, 5), "a": ("L", 0.0, 10, 5)}
    assert np.array_equal(desk.run_setting(idle).levels, desk.run_setting(idle, acted=False).levels)


def test_a_jump_of_governance_and_adjoining_pushes():
    setting = {**desk.first(), "g": (0.2, 0.9, 7, 0), "a": ("L", 0.1, 0, 5), "b": ("LIES", 0.02, 5, 5)}
    assert desk.governance_over_time(setting).at(np.array([6.9, 7.0])).tolist() == [0.2, 0.9]
    pushed = desk.forces(setting, desk.PUSH_KEYS).at(np.array([0.0, 4.9, 5.0, 9.9, 10.0]))
    assert pushed[:, 0].tolist() == [0.1, 0.1, 0.02, 0.02, 0.0]
    assert pushed[:, 1].tolist() == [0.0, 0.0, 0.02, 0.02, 0.0]
