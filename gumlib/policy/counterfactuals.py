"""Policy as a factor of the model: each case with it, without it, and with it ten years late."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from gumlib.cases import Case
from gumlib.dynamics import MODELS, Parameters, Path, Run, simulate
from gumlib.dynamics.parameters import Floats
from gumlib.dynamics.settling import step
from gumlib.policy.drive import EASED
from gumlib.policy.uncertainty import UNSEEN, Worlds, squeeze
from gumlib.terms import BASIC, FACTORS

_FIRST, _LAST, _LATE, _PRESSED = 1990, 2010, 10, 1995
"""With, without, delayed: 1990 to 2010, delayed to 2000. Adjusting: from 1995, when pressure is first measured."""
_SETTINGS = ("with", "delayed", "without")
_LEAST = 0.01
"""What counts as an effect on a level."""
_POLICY = FACTORS.index("P")


def _inert(parameters: Parameters) -> Parameters:
    """Return parameters under which policy, once nil, stays nil and so acts on nothing."""
    baseline, weights = parameters.baseline.copy(), parameters.weights.copy()
    baseline[..., _POLICY] = 0.0
    weights[..., _POLICY, :] = 0.0
    return parameters.replace(baseline=baseline, weights=weights)


def simulate_case(
    case: Case,
    ensemble: Worlds,
    setting: str,
    *,
    model: str = "gum",
    start: int = _FIRST,
    pressed: bool = True,
    held: bool = False,
) -> Run:
    """Return runs of one case from a coded year to 2010: governance as coded, outside pressure as measured.

    Parameters
    ----------
    setting : ``with`` (policy starts at its coded level and moves with the others), ``without`` (it is nil
        throughout), ``delayed`` (nil for `_LATE` years; then it starts where it started, or where it would stand by
        then had it not been put off, whichever is less)
    pressed : False for no outside pressure
    held : keep governance where it stood at the start
    """
    opening = case.start(start, ensemble.start, UNSEEN)
    coded = Path(case.governance.times - start, case.governance.values)
    governance = Path.constant(coded.at(np.zeros(1))[0]) if held else coded
    shocks = _pressure(start, _LAST - start, ensemble.theta if pressed else np.zeros(ensemble.draws))
    added = float(shocks.values.max())

    def run(parameters: Parameters, levels: Floats, when: tuple[float, float], ways: Floats | None) -> Run:
        dt = step(ensemble.parameters, added)
        return simulate(parameters, levels, when, governance, None, shocks, model=model, ways=ways, dt=dt)

    end = float(_LAST - start)
    if setting == "with":
        return run(ensemble.parameters, opening, (0.0, end), None)
    if setting == "delayed":
        ahead = run(ensemble.parameters, opening, (0.0, float(_LATE)), None).levels[:, -1, _POLICY]
    nil = _with_policy(opening, 0.0)
    if setting == "without":
        return run(_inert(ensemble.parameters), nil, (0.0, end), None)
    before = run(_inert(ensemble.parameters), nil, (0.0, float(_LATE)), None)
    levels = _with_policy(np.clip(before.levels[:, -1], 0, 1), np.minimum(opening[:, _POLICY], ahead))
    after = run(ensemble.parameters, levels, (float(_LATE), end), np.clip(before.ways[:, -1], 0, 1))
    return _joined(before, after)


def _with_policy(levels: Floats, policy: Floats | float) -> Floats:
    """Return the levels with another level of policy."""
    changed = levels.copy()
    changed[:, _POLICY] = policy
    return changed


def _joined(before: Run, after: Run) -> Run:
    """Return two runs as one; the second begins where the first ends."""
    return Run(
        np.concatenate([before.times, after.times[1:]]),
        np.concatenate([before.levels, after.levels[:, 1:]], axis=1),
        np.concatenate([before.ways, after.ways[:, 1:]], axis=1),
    )


def _pressure(start: int, years: int, theta: Floats) -> Path:
    """Return the decay of E that outside pressure adds, held for each year."""
    level = squeeze(start, years, before=0.0)
    values = np.zeros((2 * years, len(theta), len(FACTORS)))
    values[..., EASED] = np.repeat(level, 2)[:, None] * theta
    return Path(np.repeat(np.arange(years + 1.0), 2)[1:-1], values)


def counterfactual_index(
    cases: Sequence[Case], ensemble: Worlds, models: Iterable[str] = tuple(MODELS)
) -> pd.DataFrame:
    """Return the index by year with, without and delayed, for the model and its rivals.

    Returns
    -------
    Tidy frame: model, case, setting, year, low, median, high (5, 50, 95 % of draws of the index U).

    Source: our formalisation; C16.
    """
    parts = []
    for model in models:
        for case in cases:
            for setting in _SETTINGS:
                index = simulate_case(case, ensemble, setting, model=model).index
                low, median, high = np.quantile(index, [0.05, 0.5, 0.95], axis=0)
                head = {"model": model, "case": case.name, "setting": setting}
                years = _FIRST + np.arange(index.shape[1])
                parts.append(pd.DataFrame({**head, "year": years, "low": low, "median": median, "high": high}))
    return pd.concat(parts, ignore_index=True)


def policy_effects(cases: Sequence[Case], ensemble: Worlds, models: Iterable[str] = tuple(MODELS)) -> pd.DataFrame:
    """Return what policy adds by 2010, and what ten years of delay take away.

    Returns
    -------
    Tidy frame: model, case, what (``factors``: mean of the basic factors with less without; ``index``: the same for U;
    ``delay``: U with less U delayed), median, low, high (5 and 95 % of draws), share (of draws above 0.01).

    Source: our formalisation; C16.
    """
    rows = []
    for model in models:
        for case in cases:
            runs = {setting: simulate_case(case, ensemble, setting, model=model) for setting in _SETTINGS}
            basic = {setting: run.levels[:, -1, : len(BASIC)].mean(axis=1) for setting, run in runs.items()}
            index = {setting: run.index[:, -1] for setting, run in runs.items()}
            gaps = {
                "factors": basic["with"] - basic["without"],
                "index": index["with"] - index["without"],
                "delay": index["with"] - index["delayed"],
            }
            for what, gap in gaps.items():
                low, median, high = np.quantile(gap, [0.05, 0.5, 0.95])
                rows.append((model, case.name, what, median, low, high, (gap > _LEAST).mean()))
    return pd.DataFrame(rows, columns=["model", "case", "what", "median", "low", "high", "share"])


def adjusting(cases: Sequence[Case], ensemble: Worlds, models: Iterable[str] = tuple(MODELS)) -> pd.DataFrame:
    """Return how often a cluster adjusts to the measured outside pressure of 1995-2010, with policy and without.

    It adjusts if the mean level of its four basic factors in 2010 is not below that of 1995.

    Returns
    -------
    Tidy frame: model, case, setting (``with``; ``without``; ``without, G held``: governance stays where it stood in
    1995 as well), pressed (outside pressure as measured, or none), share of draws that adjust, change (median), low,
    high (5 and 95 % of draws).

    Source: our formalisation; C37.
    """
    rows = []
    for model in models:
        for case in cases:
            for setting in ("with", "without", "without, G held"):
                for pressed in (True, False):
                    plain, held = setting.split(",")[0], "held" in setting
                    run = simulate_case(case, ensemble, plain, model=model, start=_PRESSED, pressed=pressed, held=held)
                    basic = run.levels[:, :, : len(BASIC)].mean(axis=2)
                    change = basic[:, -1] - basic[:, 0]
                    low, median, high = np.quantile(change, [0.05, 0.5, 0.95])
                    rows.append((model, case.name, setting, pressed, (change >= 0).mean(), median, low, high))
    return pd.DataFrame(rows, columns=["model", "case", "setting", "pressed", "share", "change", "low", "high"])
