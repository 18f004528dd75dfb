"""The verdict on paths and ways changes when distances or leading ways change."""

from __future__ import annotations

import pandas as pd
import pytest

from gumlib.cases.compare import profiles
from gumlib.claims import cases as verdicts
from gumlib.terms import CLUSTERS


@pytest.fixture
def planted(monkeypatch):
    """Make the ways of each case stand where its factors stand: L as T, I as N, E as X, S as K."""
    whole = profiles.profile

    def same(case, group="factors", coder=None, enough=None):
        shape = whole(case, "factors", None)
        return shape[["L", "I", "E", "S"]] if group == "factors" else shape[["L", "I", "E", "S"]] * 0.8

    monkeypatch.setattr(profiles, "profile", same)


def test_c14_on_the_evidence():
    found = verdicts.paths_differ()
    assert found.verdict == "not distinguishable"
    assert "leading ways (3 different): Ningbo technical capability" in found.finding
    assert "other bounds" in found.finding


def test_c14_hangs_on_no_bound_where_all_bounds_agree(monkeypatch):
    one = pd.DataFrame({"correlation": [0.5, 0.4, 0.3], "p": [0.04, 0.2, 0.3]}, index=["mean", "A, B", "B, A"])
    monkeypatch.setattr(verdicts, "readings", lambda chosen, bound=None: one)
    assert verdicts.paths_differ().verdict == "partly"


def test_c14_is_not_told_where_another_bound_says_otherwise(monkeypatch):
    one = pd.DataFrame({"correlation": [0.5, 0.4, 0.3], "p": [0.04, 0.2, 0.3]}, index=["mean", "A, B", "B, A"])
    other = one.assign(correlation=-0.1)
    odd = verdicts.BOUNDS[1]
    monkeypatch.setattr(verdicts, "readings", lambda chosen, bound=None: other if bound == odd else one)
    found = verdicts.paths_differ()
    assert found.verdict == "not distinguishable"
    assert found.finding.endswith("not supported by one of the 4 bounds")


def test_c14_holds_where_ways_follow_factors(planted, monkeypatch):
    led = pd.DataFrame({"way": ["T", "X", "K", "T"], "factor": ["L", "E", "S", "L"]}, index=list(CLUSTERS))
    monkeypatch.setattr(profiles, "classify", lambda cases: led)
    assert verdicts.paths_differ().verdict == "supported"


def test_c14_fails_where_one_way_led_everywhere(planted, monkeypatch):
    led = pd.DataFrame({"way": ["T"] * 4, "factor": ["L", "E", "S", "L"]}, index=list(CLUSTERS))
    monkeypatch.setattr(profiles, "classify", lambda cases: led)
    assert verdicts.paths_differ().verdict == "not supported"


def test_c14_fails_where_the_unlike_have_like_ways():
    readings = pd.DataFrame({"correlation": [-0.5, -0.4, -0.3], "p": [0.9, 0.8, 0.7]}, index=["mean", "A, B", "B, A"])
    led = pd.DataFrame({"way": ["T", "X"], "factor": ["L", "E"]}, index=["ningbo", "wenzhou"])
    assert verdicts.differing(readings, led).verdict == "not supported"


def test_c14_is_partly_met_where_one_reading_is_sure():
    readings = pd.DataFrame({"correlation": [0.5, 0.4, 0.3], "p": [0.04, 0.2, 0.3]}, index=["mean", "A, B", "B, A"])
    led = pd.DataFrame({"way": ["T", "X"], "factor": ["L", "E"]}, index=["ningbo", "wenzhou"])
    assert verdicts.differing(readings, led).verdict == "partly"
