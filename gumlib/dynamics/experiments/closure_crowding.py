"""Links and ties: clusters whose links to outside close, and clusters whose ties inside crowd.

Both are variants of ours. They put a thought of the literature into the model and ask what follows.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from gumlib.dynamics.experiments.shock import AFTER, standing
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.rivals import Rival
from gumlib.dynamics.settling import step
from gumlib.dynamics.simulation import simulate
from gumlib.terms import FACTORS

CHANGE, HARM = 0.4, 0.02
"""Change outside, 1/year; and by how much lower a mean level must end to count as harmed."""


def closure(
    parameters: Parameters,
    start: ArrayLike,
    governance: float,
    *,
    erosion: float,
    closing: float,
    years: int = 80,
) -> Floats:
    """Return where a cluster ends that loses links to outside while learning without them erodes.

    Each year the decay of learning is raised by erosion x (1 - E), and that of insertion by
    `closing`. Both are ours. The excerpt says that growing specialisation closes a cluster; the
    model has no state for specialisation, so the closing is put in from outside.

    Parameters
    ----------
    start : levels (draws, 6)
    erosion, closing : 1/year

    Source: our formalisation; C22; the role of links to outside after menzel2010.

    Examples
    --------
    >>> even = Parameters.uniform(total=[0.6])
    >>> [closure(even, [[0.7] * 6], 0.8, erosion=e, closing=0.1)[0, 0].round(2) for e in (0.0, 0.3)]
    [np.float64(0.62), np.float64(0.47)]
    """
    levels = np.array(start, dtype=float)
    place, dt = FACTORS.index("E"), step(parameters, erosion + closing)
    for _ in range(years):
        shocks = np.zeros_like(levels)
        shocks[:, FACTORS.index("L")] = erosion * (1 - levels[:, place])
        shocks[:, place] = closing
        levels = simulate(parameters, np.clip(levels, 0, 1), 1.0, governance, shocks=shocks, dt=dt).levels[:, -1]
    return levels


def rigidity(
    parameters: Parameters, governance: float, crowdings: Sequence[float], *, ties: float = 0.2
) -> pd.DataFrame:
    """Return how often denser ties leave a cluster lower, with and without change outside.

    Two clusters differ in one thing: a lasting policy raises the social capital of the second by
    `ties` (1/year), first for 100 years in calm. Then the decay of insertion rises by `CHANGE` for
    good (change outside), or nothing happens.

    Parameters
    ----------
    crowdings : ω of x(1 - ωx), through which social capital acts; 0 is the model itself

    Returns
    -------
    Tidy frame: crowding, changed (whether there was change outside), draws, harmed (share of draws
    in which the mean of the other five factors ends lower by `HARM`), harmed_six (the mean of all six, where
    social capital, which the policy raises, makes up for part of the loss).

    Source: our formalisation; C29, uzzi1997, grabher1993, abrahamson1994.
    """
    rows = []
    for crowding in crowdings:
        model = Rival("crowded", "social capital helps up to a point and then harms", crowding=crowding)
        kept, levels = standing(parameters, governance, model=model)
        if not len(levels):
            continue
        dt = step(kept, ties + CHANGE)
        run = partial(simulate, kept, years=AFTER, governance=governance, model=model, every=AFTER, dt=dt)
        calm = {push: run(x0=levels, policy={"S": push}).levels[:, -1] for push in (0.0, ties)}
        for size in (0.0, CHANGE):
            ends = [run(x0=start, policy={"S": push}, shocks={"E": size}).levels[:, -1] for push, start in calm.items()]
            loss = ends[0] - ends[1]
            others = np.delete(loss, FACTORS.index("S"), axis=-1).mean(axis=-1)
            harmed = [(part > HARM).mean() for part in (others, loss.mean(axis=-1))]
            rows.append((crowding, size > 0, len(levels), *harmed))
    return pd.DataFrame(rows, columns=["crowding", "changed", "draws", "harmed", "harmed_six"])
