"""Leave one cluster out: what a model fitted to the others tells of it, beside rivals and naive forecasts.

Of the cluster left out every forecast knows the levels at its first epoch. The models also know its
governance at every epoch and the pressure of the years, which no naive forecast does. All are held
against the same cells: every level coded after the first epoch.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from gumlib.cases.case import Case
from gumlib.cases.fitting import priors
from gumlib.cases.fitting.estimate import fit
from gumlib.cases.fitting.forecasts import NO_CHANGE
from gumlib.cases.fitting.likelihood import FITTED, Problem, pose, predicted
from gumlib.dynamics import MODELS
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError, one_of

_NAIVE = (NO_CHANGE, "mean of the others", "linear trend")
"""It stays where it started; it is where the others were; it rises from its start as the others did."""
CONFIDENCE = 0.95


def leave_one_out(
    cases: Sequence[Case], models: Sequence[str] = tuple(MODELS), naive: Sequence[str] = _NAIVE
) -> pd.DataFrame:
    """Return the error of each forecast of each cluster left out.

    Returns
    -------
    Tidy frame: forecast, kind (model or naive), case, error (mean absolute, of levels in [0, 1]; a step of
    the score is 0.2), bias (told less coded), cells.

    Raises
    ------
    GumError : fewer than two cases, an unknown forecast

    Source: C12, C13; our formalisation.
    """
    problem = pose(cases)
    if len(problem.names) < 2:
        raise GumError("expected at least two cases, got one; nothing is left to learn from", "cases", "cases")
    openings = first_levels(cases, problem)
    rows = []
    for name, kind in [*((model, "model") for model in models), *((rule, "naive") for rule in naive)]:
        for at, case in enumerate(problem.names):
            others = [n for n in range(len(problem.names)) if n != at]
            if kind == "model":
                known = fit(problem.take(others), name, starts=1)
                forecast = predicted(problem.take([at]), priors.values(known.scores), known.model)[0, 0]
            else:
                forecast = guess(one_of(name, _NAIVE, "cases", "naive"), openings, problem, at)
            missed = forecast - problem.levels[at]
            rows.append((name, kind, case, np.nanmean(np.abs(missed)), np.nanmean(missed), np.isfinite(missed).sum()))
    return pd.DataFrame(rows, columns=["forecast", "kind", "case", "error", "bias", "cells"])


def first_levels(cases: Sequence[Case], problem: Problem) -> Floats:
    """Return the coded levels of factors and ways at the first epoch of each case, (cases, 10)."""
    pairs = zip(cases, problem.first, strict=True)
    return np.stack([case.table.loc[year, list(FITTED)].to_numpy(float) for case, year in pairs])


def guess(rule: str, openings: Floats, problem: Problem, at: int) -> Floats:
    """Return a naive forecast, (later, 10); it learns from the other cases and from this one's first epoch.

    What was not coded at the first epoch starts at the mean of the others there, or of all they had coded.
    """
    others = np.arange(len(openings)) != at
    fill = _mean(openings[others])
    fill = np.where(np.isnan(fill), np.nanmean(openings[others]), fill)
    starts = np.where(np.isnan(openings), fill, openings)
    if rule == NO_CHANGE:
        return np.tile(starts[at], (len(problem.later), 1))
    if rule == "mean of the others":
        mean = _mean(problem.levels[others])
        return np.asarray(np.where(np.isnan(mean), starts[at], mean))
    rises = problem.levels[others] - starts[others][:, None, :]
    years = problem.later[None, :, None] * np.isfinite(rises)
    slope = (np.nan_to_num(rises) * years).sum(axis=(0, 1)) / np.maximum((years**2).sum(axis=(0, 1)), 1.0)
    line: Floats = np.clip(starts[at] + problem.later[:, None] * slope, 0.0, 1.0)
    return line


def _mean(values: Floats) -> Floats:
    """Mean over the first axis of what is known; missing where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    mean: Floats = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean


def differences(errors: pd.DataFrame) -> pd.DataFrame:
    """Return how much larger the error of each other forecast is than that of the model, paired by cluster.

    Returns
    -------
    Frame indexed by forecast: mean, low and high (95 % t interval over clusters), better and worse (clusters in
    which the model is closer or farther), clusters, p (exact, over all patterns of signs: with four clusters
    never below 1/8).

    Raises
    ------
    GumError : the model is not in the table

    Examples
    --------
    >>> table = pd.DataFrame({"forecast": ["gum"] * 4 + ["x"] * 4, "case": list("abcd") * 2})
    >>> table["error"] = [0.1] * 4 + [0.2] * 4
    >>> differences(table).loc["x", ["mean", "p"]].round(3).tolist()
    [0.1, 0.125]
    """
    one_of("gum", tuple(errors["forecast"].unique()), "cases", "model")
    wide = errors.pivot(index="case", columns="forecast", values="error")
    gaps = wide.drop(columns="gum").sub(wide["gum"], axis=0)
    rows = {name: interval(gaps[name].to_numpy()) for name in errors["forecast"].unique() if name != "gum"}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("forecast")


def interval(gaps: Floats) -> dict[str, float]:
    """Return mean, t interval and exact sign-flip p of paired differences.

    Examples
    --------
    >>> interval(np.array([0.1, 0.2, 0.3, 0.4]))["p"]
    0.125
    """
    count, mean = len(gaps), float(gaps.mean())
    half = float(student.ppf((1 + CONFIDENCE) / 2, count - 1) * gaps.std(ddof=1) / np.sqrt(count))
    signs = 1 - 2 * ((np.arange(2**count)[:, None] >> np.arange(count)) & 1)
    flips = np.abs((signs * gaps).mean(axis=1))
    return {
        "mean": mean,
        "low": mean - half,
        "high": mean + half,
        "better": int((gaps > 0).sum()),
        "worse": int((gaps < 0).sum()),
        "clusters": count,
        "p": float((flips >= abs(mean) - 1e-12).mean()),
    }
