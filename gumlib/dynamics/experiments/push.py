"""Pushes: policy pulses of equal effort, spread over all factors or over some.

A push adds to the growth of the factors it is aimed at, for some years, and then ends.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from gumlib.dynamics.equilibrium import HIGH_LEVEL, split
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.paths import Path
from gumlib.dynamics.settling import reach, settled, step
from gumlib.dynamics.simulation import simulate
from gumlib.terms import AUXILIARY, BASIC, FACTORS

AIMS: dict[str, tuple[str, ...]] = {"all six": FACTORS, "basic only": BASIC, "policy and dominant only": AUXILIARY}
"""Sets of factors a push is aimed at."""
LENGTH = 5.0
"""Years a push lasts."""


def after(parameters: Parameters, start: Floats, governance: Floats | float, heights: Floats) -> Floats:
    """Return the levels at the end of a push of heights (draws, 6), 1/year, as (draws, 6)."""
    policy, dt = Path.constant(heights), step(parameters, float(heights.max()))
    run = simulate(parameters, start, LENGTH, governance, policy=policy, every=LENGTH, dt=dt)
    levels: Floats = np.clip(run.levels[:, -1], 0.0, 1.0)
    return levels


def smallest_efforts(
    parameters: Parameters, grid: Sequence[float], aims: Iterable[str] = tuple(AIMS), *, most: float = 4.0
) -> pd.DataFrame:
    """Return the smallest effort that lifts one cluster for good, by governance and aim.

    Effort is height x years x number of factors. Found by bisection for all cases at once, to one
    part in 8000 of `most`; `gumlib.dynamics.smallest_push` gives the same for one case.

    Parameters
    ----------
    grid : values of governance
    most : largest height tried, 1/year

    Returns
    -------
    Tidy frame: aim, governance, height (1/year), effort; inf if `most` is not enough, missing
    where there is no lock-in.

    Source: our formalisation; C16, C20.
    """
    cases = pd.MultiIndex.from_product([list(aims), grid], names=["aim", "governance"]).to_frame(index=False)
    governance = cases["governance"].to_numpy(dtype=float)
    mask = np.array([[code in AIMS[aim] for code in FACTORS] for aim in cases["aim"]], dtype=float)
    low, high = reach(parameters, governance)
    bottom, top = np.zeros(len(cases)), np.full(len(cases), most)
    enough = _lifts(parameters, governance, top[:, None] * mask, (low, high))
    for _ in range(13):
        middle = (bottom + top) / 2
        lifts = _lifts(parameters, governance, middle[:, None] * mask, (low, high))
        bottom, top = np.where(lifts, bottom, middle), np.where(lifts, middle, top)
    cases["height"] = np.where(split(low, high), np.where(enough, top, np.inf), np.nan)
    cases["effort"] = cases["height"] * LENGTH * mask.sum(axis=1)
    return cases


def _lifts(parameters: Parameters, governance: Floats, heights: Floats, ends: tuple[Floats, Floats]) -> np.ndarray:
    last = settled(parameters, after(parameters, ends[0], governance, heights), governance)
    far = [np.abs(last - end).max(axis=1) for end in ends]
    nearer: np.ndarray = far[1] < far[0]
    return nearer


def risen(parameters: Parameters, grid: Sequence[float], effort: float = 1.5) -> pd.DataFrame:
    """Return the share of draws that end high after pushes of one effort, by governance and aim.

    Every draw starts from where it ends without a push. High: mean level of at least 0.5 long
    after the push.

    Parameters
    ----------
    effort : height x years x number of factors, the same for every aim

    Returns
    -------
    Tidy frame: governance, aim (also ``no push``, and ``ceiling``: from all levels at 1), share, draws.

    Source: our formalisation; C16, C20.
    """
    rows = []
    for governance in grid:
        low, high = reach(parameters, governance)
        rows.append((governance, "no push", low))
        for aim, codes in AIMS.items():
            height = effort / LENGTH / len(codes)
            heights = np.array([[height * (code in codes) for code in FACTORS]])
            rows.append((governance, aim, _pushed(parameters, governance, (low, high), heights)))
        rows.append((governance, "ceiling", high))
    table = [(g, aim, (ends.mean(axis=1) >= HIGH_LEVEL).mean(), len(ends)) for g, aim, ends in rows]
    return pd.DataFrame(table, columns=["governance", "aim", "share", "draws"])


def _pushed(parameters: Parameters, governance: float, ends: tuple[Floats, Floats], heights: Floats) -> Floats:
    """Return where each draw ends after a push; only draws with two ends need a run."""
    two = np.flatnonzero(split(*ends))
    last = ends[0].copy()
    if len(two):
        kept = parameters.take(two)
        start = after(kept, ends[0][two], governance, np.repeat(heights, len(two), axis=0))
        last[two] = settled(kept, start, governance)
    return last
