"""What the page of the policy desk holds equals what gumlib holds."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from gumlib.dynamics import Parameters, ensemble
from gumlib.errors import GumError
from gumlib.figures import style
from gumlib.policy import desk
from gumlib.policy.desk import outcome, page
from gumlib.terms import FACTORS, TERMS, WAYS

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "extension"))

from gumbook import desk as written


@pytest.fixture(scope="module")
def html() -> str:
    return written.html()


@pytest.fixture(scope="module")
def facts(html) -> dict:
    return json.loads(re.search(r'id="gum-desk-facts">(.*?)</script>', html, re.S)[1])


def test_the_script_reads_the_facts_of_gumlib(facts):
    assert facts == json.loads(json.dumps(page.facts()))
    assert facts["factors"] == list(FACTORS)
    assert facts["ways"] == list(WAYS)
    usual = desk.numbers(desk.read(facts["first"]), "p")
    assert Parameters.uniform(**dict(zip(desk.PARAMETERS, usual, strict=True))) == Parameters.uniform()
    assert np.array_equal(np.array(facts["shares"]), Parameters.uniform(total=1.0).weights)


def test_the_draws_are_those_of_the_ensemble_but_for_rounding(facts):
    drawn = ensemble.sample(outcome.DRAWS, seed=outcome.SEED)
    for name, value in vars(drawn).items():
        assert np.abs(np.array(facts["draws"][name]) - value).max() <= 0.51 * 10**-outcome.DIGITS
        assert np.array_equal(np.array(facts["draws"][name]), getattr(desk.draws(), name))


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
            numbers = parts[1:] if key in desk.PUSHES else parts[:-1]
            assert not (key in desk.PUSHES and parts[0] not in desk.AIMS)
            for slider, number in zip(desk.SLIDERS[key], numbers, strict=True):
                assert slider.snap(float(number)) == float(number), value


@pytest.mark.parametrize("setting", desk.examples().values(), ids=desk.examples())
def test_an_address_gives_its_setting_back(setting):
    assert desk.read(desk.address(setting)) == setting
    assert desk.read("https://example.org/page.html" + desk.address(setting) + "&v=0.1.0") == setting


def test_what_lies_outside_is_moved_inside():
    assert desk.read("#x=2,-1,0.5,0.5,0.5,0.5")["x"] == (1, 0, 0.5, 0.5, 0.5, 0.5)
    assert desk.read("") == desk.first()


@pytest.mark.parametrize("wrong", ["#a=Q,0.1,5,5", "#g=0.5", "#g=a,b,c,d", "#y=nan", "#a=L,0.1,5"])
def test_a_wrong_address_is_refused(wrong):
    with pytest.raises(GumError, match="desk"):
        desk.read(wrong)


def test_without_policy_nothing_is_pushed():
    idle = {**desk.first(), "g": (0.6, 0.6, 5, 5), "a": ("L", 0.0, 10, 5)}
    assert np.array_equal(desk.run(idle).levels, desk.run(idle, acted=False).levels)


def test_a_jump_of_governance_and_adjoining_pushes():
    setting = {**desk.first(), "g": (0.2, 0.9, 7, 0), "a": ("L", 0.1, 0, 5), "b": ("LIES", 0.02, 5, 5)}
    assert desk.governance(setting).at(np.array([6.9, 7.0])).tolist() == [0.2, 0.9]
    pushed = desk.forces(setting, desk.PUSHES).at(np.array([0.0, 4.9, 5.0, 9.9, 10.0]))
    assert pushed[:, 0].tolist() == [0.1, 0.1, 0.02, 0.02, 0.0]
    assert pushed[:, 1].tolist() == [0.0, 0.0, 0.02, 0.02, 0.0]
