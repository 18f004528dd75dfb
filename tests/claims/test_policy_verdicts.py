"""The verdicts on policy turn when what they rest on turns."""

from __future__ import annotations

import pandas as pd
import pytest

from gumlib.claims import policy as verdicts


def _effects(shares):
    rows = [
        (model, case, what, 0.05, share)
        for model, parts in shares.items()
        for case in ("ningbo", "wenzhou")
        for what, share in parts.items()
    ]
    return pd.DataFrame(rows, columns=["model", "case", "what", "median", "share"])


def _adjusting(shares):
    rows = [
        (model, case, setting, True, share)
        for model, parts in shares.items()
        for case in ("ningbo", "wenzhou")
        for setting, share in parts.items()
    ]
    return pd.DataFrame(rows, columns=["model", "case", "setting", "pressed", "share"])


@pytest.mark.parametrize(
    ("rival", "own", "verdict"),
    [(0.2, 0.95, "partly"), (0.95, 0.95, "not distinguishable"), (0.95, 0.5, "not supported")],
)
def test_c16_follows_what_models_imply(rival, own, verdict):
    table = _effects({"gum": {"index": own, "delay": 0.1}, "linear": {"index": rival, "delay": 0.0}})
    assert verdicts.cultivating(table, table).verdict == verdict


def test_c16_asks_for_every_case():
    table = _effects({"gum": {"index": 0.95}})
    table.loc[0, "share"] = 0.1
    assert verdicts.cultivating(table, table).verdict == "not supported"


@pytest.mark.parametrize(
    ("without", "with_", "rival", "verdict"),
    [
        (0.1, 0.6, 0.6, "partly"),
        (0.1, 0.6, 0.1, "not distinguishable"),
        (0.4, 0.9, 0.9, "not supported"),
        (0.1, 0.2, 0.2, "not supported"),
    ],
)
def test_c37_asks_for_few_without_and_more_with(without, with_, rival, verdict):
    table = _adjusting({"gum": {"without": without, "with": with_}, "linear": {"without": rival, "with": 0.6}})
    found = verdicts.hardly({"mine": table})
    assert found.verdict == verdict
    assert "mine" in found.finding


@pytest.mark.parametrize(
    ("above", "verdict"), [((0.99, 0.96), "partly"), ((0.0, 0.04), "not supported"), ((0.0, 0.5), "not testable here")]
)
def test_c17_hangs_on_the_draws_of_costs(above, verdict):
    table = pd.DataFrame({"budget": [3.0, 8.0], "advantage": [0.01, 0.02], "above": above})
    levers = pd.DataFrame({"level": ["firm", "cluster"], "name": ["design", "covenant"], "rank": [8.0, 1.0]})
    assert verdicts.mixed(table, levers).verdict == verdict


def test_verdicts_on_the_evidence():
    assert verdicts.policy_cultivates().verdict == "not distinguishable"
    assert verdicts.adjusting_alone().verdict == "not supported"
    assert verdicts.advice_at_three_levels().verdict in ("not testable here", "not supported", "partly")
