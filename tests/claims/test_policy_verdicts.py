"""The verdicts on policy turn when what they rest on turns."""

from __future__ import annotations

import pandas as pd
import pytest

from gumlib.claims import policy as verdicts
from gumlib.claims.verdict import BUILT_IN, NO_STATE


def adjusting(without: float, with_: float, fitted: float) -> pd.DataFrame:
    """Shares of draws that adjust in two cases: over our ranges, and as fitted without policy."""
    rows = [
        (source, case, setting, share)
        for source, parts in {"ranges": (without, with_), "fitted": (fitted, 0.9)}.items()
        for case in ("ningbo", "wenzhou")
        for setting, share in zip(("without", "with"), parts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["source", "case", "setting", "share"])


@pytest.mark.parametrize(
    ("without", "with_", "fitted", "verdict"),
    [
        (0.1, 0.6, 0.1, "partly"),
        (0.1, 0.6, 0.9, "not testable here"),
        (0.4, 0.9, 0.1, "not testable here"),
        (0.1, 0.2, 0.1, "not testable here"),
    ],
)
def test_c37_holds_in_both_readings_or_is_left_open_by_its_second_half(without, with_, fitted, verdict):
    found = verdicts.hardly(adjusting(without, with_, fitted))
    assert found.verdict == verdict
    assert "the model has no variable" in found.finding


def test_c37_asks_for_every_case():
    table = adjusting(0.1, 0.6, 0.1)
    table.loc[0, "share"] = 0.5
    assert verdicts.hardly(table).verdict == "not testable here"


def test_c37_says_all_and_none_where_there_is_nothing_between():
    found = verdicts.hardly(adjusting(0.0, 1.0, 0.1))
    assert [str(share) for share in found.ranges.values()] == ["none (at most 1.5%)", "all (at least 98.5%)"]


def test_c16_is_built_in_and_tells_both_readings():
    found = verdicts.policy_cultivates()
    assert (found.verdict, found.notes) == ("not testable here", (BUILT_IN,))
    assert found.ranges != found.fitted != ""


@pytest.mark.parametrize(
    ("without", "fitted", "edge"), [(0.5, 0.9, False), (0.1, 0.27, True), (0.24, 0.1, True), (0.05, 0.05, False)]
)
def test_c37_is_on_the_edge_where_the_largest_share_is_near_its_bound(without, fitted, edge):
    found = verdicts.hardly(adjusting(without, 0.9, fitted))
    assert found.nearest.value == pytest.approx(max(without, fitted))
    assert found.edge == edge


def test_c17_is_advice_and_decides_nothing():
    found = verdicts.advice_at_three_levels()
    assert (found.verdict, found.notes) == ("not testable here", (NO_STATE,))
