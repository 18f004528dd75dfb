"""A pulse on the map: it agrees with the experiment of page 2.3, and shares add up to one or to nothing."""

from __future__ import annotations

import numpy as np
import pytest

from gumlib import model
from gumlib.dynamics import Parameters
from gumlib.dynamics.experiments import pulse
from gumlib.dynamics.experiments.pulse_map import moments
from gumlib.errors import GumError
from gumlib.terms import BASIC, FACTORS

ONE = Parameters.uniform(0.7, decay=0.15)
MODELS = ("gum", "independent", "linear", "no governance", "basic only")


def kinds() -> dict[str, list[str]]:
    """Return the edges of each kind: interactions, and the three steps of the route."""
    graph = model.gum()
    found: dict[str, list[str]] = {}
    for source, _, edge in graph.edges(data=True):
        kind = graph.nodes[source]["group"] if edge["group"] == "route" else "interaction"
        found.setdefault(kind, []).append(edge["code"])
    return found


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("factor", ["L", "P"])
def test_levels_are_those_of_the_experiment(factor, name):
    batch = Parameters(**{key: value[None] for key, value in vars(ONE).items()})
    own, others, _, mechanisms, ways, index = pulse.responses([factor], batch, model=name)[:, 0, 0]
    found = moments(factor, ONE, model=name)
    several = {factor: own, "others": others, "mechanisms": mechanisms, "ways": ways, "U": index}
    means = found.assign(
        others=found[[code for code in FACTORS if code != factor]].mean(axis=1),
        mechanisms=found[["mT", "mN", "mX", "mK"]].mean(axis=1),
        ways=found[["T", "N", "X", "K"]].mean(axis=1),
    )
    for column, series in several.items():
        assert np.allclose(means[column], series[: len(found)], rtol=0, atol=1e-12), column


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("factor", FACTORS)
def test_shares_of_a_kind_add_up_to_one_or_to_nothing(factor, name):
    found = moments(factor, ONE, model=name)
    assert (found[model.interactions()["code"]].iloc[0] == 0).all(), "before the push nothing flows"
    for kind, codes in kinds().items():
        total = found[codes].sum(axis=1).iloc[1:]
        moves = factor in BASIC or name not in ("independent", "basic only")
        flows = moves and (name != "independent" or kind != "interaction")
        assert np.allclose(total, float(flows), atol=1e-12), kind


def test_what_a_factor_lacks_is_not_shared():
    found = moments("L", ONE)
    from_pushed = found.loc[3.0, [f"L→{code}" for code in "IESPD"]]
    assert from_pushed.sum() > 0.5, "at first most of what flows comes from the factor pushed"
    assert found.loc[3.0, "L→mT"] > found.loc[3.0, ["I→mN", "E→mX", "S→mK"]].max()


def test_an_unknown_factor_is_refused():
    with pytest.raises(GumError, match="one of L, I, E, S, P, D"):
        moments("T", ONE)
