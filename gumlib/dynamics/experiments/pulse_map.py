"""A pulse on the map of the model: what a push adds to every node, and what share of it each edge carries."""

import numpy as np
import pandas as pd

from gumlib.dynamics import Parameters, Path, extremes, simulate
from gumlib.dynamics.equations import System
from gumlib.dynamics.experiments.pulse import EVERY, GOVERNANCE, HEIGHT, LENGTH
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.rivals import rival
from gumlib.dynamics.rk4 import start_of_ways
from gumlib.errors import one_of
from gumlib.model import gum
from gumlib.terms import FACTORS, WAYS

WATCHED_YEARS = 20.0
"""Years shown: by then most of a pulse has passed."""
TRACE = 1e-9
"""Less than this, added to all edges of a kind together, is nothing to share."""


def moments(factor: str, parameters: Parameters, *, model: str = "gum") -> pd.DataFrame:
    """Return what a push of a factor adds to every node of the model's graph, and the share that each edge carries.

    Parameters
    ----------
    factor : code of the factor pushed, by `HEIGHT` 1/year for `LENGTH` years
    parameters : one set; the cluster rests at its least equilibrium when the push begins

    Returns
    -------
    Frame indexed by year. A column a node, by its code: the level added. A mechanism counts as the level of its way
    that it sustains. A column an edge, by its code such as ``L→I``: its share of the moment, which is its part of
    what the push has added so far to all edges of its kind. The 28 interactions are one kind and count by their pull
    on growth; each step of the route is a kind and counts by the level added at its source.

    Raises
    ------
    GumError : an unknown factor, or a model that is not co-operative

    Source: our formalisation of C07.

    Examples
    --------
    >>> moments("L", Parameters.uniform(), model="independent").loc[3.0, ["L", "I", "L→I", "L→mT"]].round(3).tolist()
    [0.222, 0.0, 0.0, 1.0]
    """
    rest, _ = extremes(parameters, GOVERNANCE, model=model)
    pushed = np.array(FACTORS) == one_of(factor, FACTORS, "dynamics", "factor")
    pulse = Path.pulse(HEIGHT * pushed, 0.0, LENGTH)
    run = simulate(parameters, rest, WATCHED_YEARS, GOVERNANCE, pulse, model=model, every=EVERY, dt=EVERY)
    system, at, levels = System.of(parameters, rival(model)), np.full(1, GOVERNANCE), run.levels.T
    nodes = (*FACTORS, *(f"m{way}" for way in WAYS), *WAYS, "U")
    reached = np.vstack([levels, start_of_ways(system, levels, at), run.ways.T, run.index])
    pulls = system.strength(at) * system.weights * system.effect(levels)
    added = dict(zip(nodes, reached - reached[:, :1], strict=True))
    carried = dict(zip(FACTORS, np.moveaxis(pulls - pulls[..., :1], 1, 0), strict=True))
    kinds: dict[str, dict[str, Floats]] = {}
    for source, target, edge in gum().edges(data=True):
        route = edge["group"] == "route"
        flow = added[source] if route else carried[source][FACTORS.index(target)]
        kinds.setdefault(gum().nodes[source]["group"] if route else "interaction", {})[edge["code"]] = np.abs(flow)
    shares = {code: part for flows in kinds.values() for code, part in _shared(flows).items()}
    return pd.DataFrame({**added, **shares}, index=pd.Index(run.times, name="year"))


def _shared(flows: dict[str, Floats]) -> dict[str, Floats]:
    """Return each flow as a share of all of them, 0 where they are next to nothing."""
    total = np.sum(list(flows.values()), axis=0)
    some = total > TRACE
    return {code: np.where(some, flow / np.where(some, total, 1.0), 0.0) for code, flow in flows.items()}
