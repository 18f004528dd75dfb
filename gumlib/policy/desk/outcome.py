"""What the model makes of a setting of the policy desk.

The page runs a port of the equations in the browser. Whatever it shows can be had here from its address, and
a browser test compares the two.
"""

from functools import cache

import numpy as np
import pandas as pd

from gumlib.dynamics import (
    Parameters,
    Path,
    Run,
    equilibria,
    extremes,
    regime,
    scalar,
    settling,
    simulate,
    simulation,
    smallest_push,
)
from gumlib.dynamics.equilibrium import HIGH_LEVEL, split
from gumlib.dynamics.experiments import push
from gumlib.policy.desk.settings import PARAMETERS, PUSH_KEYS, Setting, numbers
from gumlib.policy.uncertainty import worlds
from gumlib.terms import FACTORS

KEPT_EVERY = 0.5
"""Years between the times kept."""
DRAWS, SEED, DIGITS = 64, 5, 4
"""Draws of parameters shown beside the one set of the sliders; rounded, since the page carries them."""
DESK_STEP = 0.25
"""Time step of the draws and of what follows the run, years."""
MOST_PUSH = 2.0
"""Largest push tried in the search for the smallest that is enough, 1/year."""


def parameter_set(setting: Setting) -> Parameters:
    """Return the parameter set of a setting: equal factors."""
    return Parameters.uniform(**dict(zip(PARAMETERS, numbers(setting, "p"), strict=True)))


@cache
def draws(reading: str = "ranges") -> Parameters:
    """Return the draws of parameters that stand beside the one set of the sliders, from the fit or from our ranges."""
    drawn = worlds(DRAWS, seed=SEED, source=reading).parameters
    return Parameters(**{name: np.round(value, DIGITS) for name, value in vars(drawn).items()})


def governance_over_time(setting: Setting) -> Path:
    """Return governance over time: as now, then in a straight line, then as later.

    Examples
    --------
    >>> from gumlib.policy.desk import first
    >>> governance_over_time(first()).at(np.array([0.0, 7.5, 20.0])).round(2).tolist()
    [0.6, 0.7, 0.8]
    """
    now, later, onset, takes = numbers(setting, "g")
    return Path(np.array([onset, onset + takes]), np.array([now, later]))


def forces(setting: Setting, keys: tuple[str, ...]) -> Path:
    """Return the sum of some pushes, or the shock, or the shock and its relief, over time, one column a factor."""
    spells = [_spell(setting, key) for key in keys]
    nodes = np.unique([0.0, *(time for spell in spells for time in spell[2:])])
    middles = np.concatenate([nodes[:1] - 1, (nodes[:-1] + nodes[1:]) / 2, nodes[-1:] + 1])
    values = np.zeros((len(middles), len(FACTORS)))
    for aim, size, onset, end in spells:
        on = (middles > onset) & (middles < end)
        values += np.outer(on, [size * (code in aim) for code in FACTORS])
    return Path(np.repeat(nodes, 2), np.repeat(values, 2, axis=0)[1:-1])


def _spell(setting: Setting, key: str) -> tuple[str, float, float, float]:
    """Return aim, size, first and last year of a push, of the shock, or of what relief takes off the shock on E."""
    size, onset, lasts = numbers(setting, key)
    if key != "e":
        return str(setting[key][0]), size, onset, onset + lasts
    aim, shock, begins, ends = _spell(setting, "s")
    start = max(onset, begins)
    return "E" if "E" in aim else "", -size * shock, start, max(start, min(onset + lasts, ends))


def run_setting(setting: Setting, *, acted: bool = True, drawn: bool = False) -> Run:
    """Run a setting, or the same without policy: no push, no relief, and governance as it is now.

    Parameters
    ----------
    acted : with policy; a shock comes either way
    drawn : for the draws of parameters, of which only start and end are kept

    Examples
    --------
    >>> from gumlib.policy.desk import examples
    >>> both = examples("ranges")["Reform and push"]
    >>> [round(float(run_setting(both, acted=acted).index[-1]), 2) for acted in (True, False)]
    [0.44, 0.03]
    """
    years = numbers(setting, "y")[0]
    return simulate(
        draws(str(setting["r"][0])) if drawn else parameter_set(setting),
        numbers(setting, "x"),
        years,
        governance_over_time(setting) if acted else numbers(setting, "g")[0],
        forces(setting, PUSH_KEYS) if acted else None,
        forces(setting, ("s", "e") if acted else ("s",)),
        every=years if drawn else KEPT_EVERY,
        dt=DESK_STEP if drawn else simulation.TIME_STEP,
    )


def summary(setting: Setting) -> pd.Series:
    """Return what the desk says in words: levels, index, equilibria, thresholds, smallest push, draws.

    Returns
    -------
    Series: index, level (mean of factors), the same without policy, settled (mean level `settling.SETTLE` years
    after the run, governance kept), least and greatest equilibrium (mean level) at the first and last governance,
    regime at the last, rise and fall (governance at the folds, can lie outside 0 to 1; missing without folds), push
    (1/year on all six for `push.LENGTH` years, from the least to the greatest equilibrium; 0 where the one resting
    level is high and none is needed, inf where none suffices), and the numbers of draws of the setting's reading
    whose mean level is at least `HIGH_LEVEL` at the end, with and without policy.

    Source: our formalisation; C20, C21, C23.
    """
    own, last = parameter_set(setting), governance_over_time(setting).at(np.array([numbers(setting, "y")[0]]))
    with_, without = run_setting(setting), run_setting(setting, acted=False)
    end = np.clip(with_.levels[-1], 0, 1)
    settled = simulate(own, end, settling.SETTLE, last[0], every=settling.SETTLE, dt=DESK_STEP).levels[-1]
    ends = extremes(own, [numbers(setting, "g")[0], last[0]])
    means = [part.mean(axis=1) for part in ends]
    folds = scalar.diagonal(own).folds()["governance"].reindex(["rise", "fall"])
    high = [run_setting(setting, acted=acted, drawn=True).levels[:, -1].mean(axis=1) for acted in (True, False)]
    two, kind = bool(split(*ends)[1]), str(regime(own, last[0]))
    alone = 0.0 if kind == "rising" else np.inf
    return pd.Series(
        {
            "index": with_.index[-1],
            "index_without": without.index[-1],
            "level": end.mean(),
            "level_without": without.levels[-1].mean(),
            "settled": settled.mean(),
            "least_first": means[0][0],
            "greatest_first": means[1][0],
            "least": means[0][1],
            "greatest": means[1][1],
            "watershed": equilibria(own, last[0]).loc["unstable", "L"] if two else np.nan,
            "regime": kind,
            **folds,
            "push": smallest_push(own, last[0], length=push.LENGTH, most=MOST_PUSH)["height"] if two else alone,
            "draws_high": int((high[0] >= HIGH_LEVEL).sum()),
            "draws_high_without": int((high[1] >= HIGH_LEVEL).sum()),
        },
        dtype=object,
    )
