"""From portfolios to what drives the model: policy input, governance and outside pressure over time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gumlib.dynamics.parameters import Floats
from gumlib.policy.catalogue import instruments
from gumlib.policy.portfolios import Portfolio
from gumlib.policy.uncertainty import Worlds, squeeze
from gumlib.terms import FACTORS

EASED = FACTORS.index("E")
"""What outside pressure acts on, as in `gumlib.cases.squeeze`."""


@dataclass(frozen=True, eq=False)
class Drive:
    """What drives a batch; steps, so that each time but the first and last stands twice.

    Parameters
    ----------
    times : (points,), years since the start
    governance : (points, runs)
    policy, shocks : (points, runs, 6), 1/year
    """

    times: Floats
    governance: Floats
    policy: Floats
    shocks: Floats


def _spells(one: Portfolio, years: float) -> list[tuple[int, float, float]]:
    """Return when each instrument of a portfolio works: number, first and last year.

    Examples
    --------
    >>> from gumlib.policy import portfolio
    >>> _spells(portfolio("plan", delay=2, stop_go=4), 35)
    [(4, 3.0, 7.0), (4, 11.0, 12.0)]
    """
    table = instruments()
    order = {name: number for number, name in enumerate(table.index)}
    end = years if one.until is None else min(one.until, years)
    found = []
    for name, late in zip(one.names, one.delay, strict=True):
        first = float(table.loc[name, "onset"]) + late
        left = float(table.loc[name, "duration"])
        left = np.inf if np.isnan(left) else left
        while first < end and left > 1e-9:
            length = min(left, one.stop_go or np.inf, end - first)
            found.append((order[name], first, first + length))
            left -= length
            first += length + one.stop_go
            if not one.stop_go:
                break
    return found


def forcing(portfolios: Sequence[Portfolio], ensemble: Worlds, start: int, years: int, governance: float) -> Drive:
    """Return what drives the runs of some portfolios in all draws; runs count draws of the first portfolio first.

    Instruments on one factor add up, less what overlap loses; governance stops at 1; reliefs work in turn on
    what pressure is left.

    Parameters
    ----------
    start : calendar year in which policy begins
    years : length of the run
    governance : level without instruments
    """
    lists = [_spells(one, float(years)) for one in portfolios]
    bends = {edge for spell in lists for _, first, last in spell for edge in (first, last)}
    nodes = np.unique(np.concatenate([np.arange(years + 1.0), sorted(bends) or [0.0]]))
    nodes = nodes[nodes <= years]
    middles = (nodes[:-1] + nodes[1:]) / 2
    active = np.zeros((len(middles), len(portfolios), len(instruments())))
    for number, spell in enumerate(lists):
        for which, first, last in spell:
            active[(middles > first) & (middles < last), number, which] = 1.0
    overlap = np.array([one.overlap for one in portfolios])
    kinds, acts = instruments()["kind"].to_numpy(), instruments()["acts_on"].to_numpy()
    draws = ensemble.draws
    policy = np.zeros((len(middles), len(portfolios), draws, len(FACTORS)))
    for at, code in enumerate(FACTORS):
        policy[..., at] = _joined(active, ensemble.size, (kinds == "input") & (acts == code), overlap)
    level = np.minimum(1.0, governance + _joined(active, ensemble.size, kinds == "governance", overlap))
    shocks = np.zeros_like(policy)
    pressure = squeeze(start, years)[np.floor(middles).astype(int)]
    left = np.ones(policy.shape[:-1])
    for easing in np.flatnonzero(kinds == "relief"):
        left *= 1 - np.minimum(1.0, active[:, :, None, easing] * ensemble.size[None, None, :, easing])
    shocks[..., EASED] = pressure[:, None, None] * ensemble.theta * left
    runs = len(portfolios) * draws
    twice = np.repeat(np.arange(len(middles)), 2)
    return Drive(
        np.repeat(nodes, 2)[1:-1],
        level.reshape(len(middles), runs)[twice],
        policy.reshape(len(middles), runs, len(FACTORS))[twice],
        shocks.reshape(len(middles), runs, len(FACTORS))[twice],
    )


def _joined(active: Floats, size: Floats, chosen: np.ndarray, overlap: Floats) -> Floats:
    """Return the joint size of the chosen instruments, (steps, portfolios, draws)."""
    at = np.flatnonzero(chosen)
    if len(at) == 0:
        return np.zeros((*active.shape[:2], len(size)))
    total: Floats = active[:, :, at] @ size[:, at].T
    if len(at) > 1 and overlap.any():
        largest = (active[:, :, None, at] * size[None, None][..., at]).max(axis=-1)
        total = largest + (1 - overlap[None, :, None]) * (total - largest)
    return total
