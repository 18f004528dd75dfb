"""The verdict on C09 turns when the model or a variant without interaction is another; C40 states an aim."""

from __future__ import annotations

import pytest

from gumlib.claims import mechanisms
from gumlib.claims.ensemble import Ensemble
from gumlib.claims.shares import Share
from gumlib.claims.verdict import NO_STATE
from gumlib.dynamics import MODELS
from gumlib.dynamics.experiments import lasting_push
from gumlib.dynamics.rivals import lacking

FEW = Ensemble(16, (1, 2))


def planted(own: dict[str, float], rival: dict[str, float]) -> dict[str, Share]:
    """Shares of a thousand draws of the model and of one variant without interaction."""
    models = {"gum": own, "independent": rival}
    return {f"{name} {part}": Share(1000 * parts[part], 1000) for name, parts in models.items() for part in parts}


@pytest.mark.parametrize(
    ("own", "rival", "verdict"),
    [
        ((0.5, 0.1), (1.0, 1.0), "not supported"),
        ((0.95, 0.1), (0.5, 0.0), "partly"),
        ((0.95, 0.1), (0.95, 0.0), "not distinguishable"),
        ((0.95, 0.95), (0.95, 0.0), "partly"),
        ((0.95, 0.95), (0.95, 0.95), "not distinguishable"),
    ],
)
def test_c09_follows_the_parts(own, rival, verdict):
    shares = planted(*(dict(zip(mechanisms.PARTS, values, strict=True)) for values in (own, rival)))
    assert mechanisms.decided_at(mechanisms.MOST)(shares, {})[0] == verdict


def test_c09_runs_the_variants_without_interaction():
    found = mechanisms.mechanisms_work_singly_and_together(FEW)
    assert all(name in found.finding for name in lacking("interaction"))
    assert not any("linear" in name for name in found.ranges)


def test_a_threshold_out_of_reach_turns_c09(monkeypatch):
    monkeypatch.setattr(mechanisms, "SEEN", 0.9)
    assert mechanisms.mechanisms_work_singly_and_together(FEW).verdict == "not supported"


def test_without_interaction_the_joint_effect_is_the_sum():
    parameters, _ = lasting_push.cases(16)
    shares = mechanisms.measured(parameters, {"independent": MODELS["independent"]})
    assert shares["independent together"].value == 0


def test_an_aim_without_a_source_is_not_testable():
    found = mechanisms.insertion_leads_to_upgrading()
    assert (found.verdict, found.notes) == ("not testable here", (NO_STATE,))
