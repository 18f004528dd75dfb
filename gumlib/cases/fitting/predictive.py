"""What fitted models say of each case, year by year: bands, checks against the coded levels, counterfactuals."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gumlib.cases.fitting import priors
from gumlib.cases.fitting.estimate import Fit
from gumlib.cases.fitting.likelihood import FITTED, SIGMA, Problem, predicted, run_cases
from gumlib.dynamics import Rival, Run
from gumlib.dynamics.parameters import Floats

_SEED, UNTIL = 44, 2020
"""The bands go on to 2020: what the model, fitted up to 2010, would have said."""
LOW, HIGH = 0.05, 0.95
_VARIABLES = (*FITTED, "U")
_SETTINGS = {"as coded": None, "governance fixed": "governance", "policy absent": "policy", "shock absent": "shocks"}


def bands(problem: Problem, draws: pd.DataFrame, fits: Mapping[str, Fit]) -> pd.DataFrame:
    """Return the levels a fitted model tells, by case, year and variable, with intervals and rivals beside it.

    Parameters
    ----------
    draws : draws from the posterior of the first of `fits`
    fits : fitted models by name; for each a column with what its most likely parameters tell

    Returns
    -------
    Tidy frame: case, year, variable (factors, ways, index U), low, median, high (5, 50, 95 % of the model's
    level), outer_low, outer_high (the same for a level coded with medium confidence; missing for U), and a
    column a model.
    """
    span = float(UNTIL - min(problem.first))
    own = next(iter(fits.values()))
    many = _levels(problem, run_cases(problem, draws, own.model, until=span), len(draws))
    extra = np.sqrt(draws["discrepancy"].to_numpy() ** 2 + SIGMA["medium"] ** 2)
    noise = extra[:, None, None, None] * np.random.default_rng(_SEED).standard_normal((*many.shape[:3], len(FITTED)))
    outer = np.clip(many[..., : len(FITTED)] + noise, 0.0, 1.0)
    columns = dict(zip(("low", "median", "high"), np.quantile(many, [LOW, 0.5, HIGH], axis=0), strict=True))
    for key, value in zip(("outer_low", "outer_high"), np.quantile(outer, [LOW, HIGH], axis=0), strict=True):
        columns[key] = np.concatenate([value, np.full((*value.shape[:2], 1), np.nan)], axis=2)
    for key, fitted in fits.items():
        values = priors.values(fitted.scores)
        columns[key] = _levels(problem, run_cases(problem, values, fitted.model, until=span), 1)[0]
    return _tidy(problem, columns)


def _levels(problem: Problem, found: Run, draws: int) -> Floats:
    """Return factors, ways and index by year, (draws, cases, years, 11)."""
    both = np.concatenate([found.levels, found.ways, found.index[:, :, None]], axis=2)
    return np.moveaxis(both.reshape(len(problem.names), draws, *both.shape[1:]), 0, 1)


def _tidy(problem: Problem, columns: Mapping[str, Floats]) -> pd.DataFrame:
    years = next(iter(columns.values())).shape[1]
    index = pd.MultiIndex.from_product([problem.names, range(years), _VARIABLES], names=["case", "year", "variable"])
    frame = pd.DataFrame({key: value.reshape(-1) for key, value in columns.items()}, index).reset_index()
    frame["year"] += frame["case"].map(dict(zip(problem.names, problem.first, strict=True)))
    return frame


def checks(problem: Problem, draws: pd.DataFrame, model: str | Rival = "gum") -> pd.DataFrame:
    """Hold the coded levels against levels drawn from the fitted model (posterior predictive checks).

    Returns
    -------
    Frame indexed by case, last ``all``: cells; inside (share of coded levels within the 90 % interval);
    error and told_error (mean absolute error, and what the model itself would lead one to expect); p (share
    of draws with an error at least as large); bias (coded less told) and p_bias (share of draws with a mean
    error at least as large in size).
    """
    clean = predicted(problem, draws, model)
    spread = np.sqrt(problem.sigma**2 + draws["discrepancy"].to_numpy()[:, None, None, None] ** 2)
    drawn = clean + spread * np.random.default_rng(_SEED).standard_normal(clean.shape)
    low, high = np.quantile(drawn, [LOW, HIGH], axis=0)
    rows = {}
    every = [*((name, [at]) for at, name in enumerate(problem.names)), ("all", list(range(len(problem.names))))]
    for name, at in every:
        levels, known = problem.levels[at], np.isfinite(problem.levels[at])
        missed, expected = levels - clean[:, at], (drawn - clean)[:, at]
        size, own = (np.abs(gap[:, known]).mean(axis=1) for gap in (missed, expected))
        shift, shifts = (gap[:, known].mean(axis=1) for gap in (missed, expected))
        rows[name] = {
            "cells": int(known.sum()),
            "inside": float(((levels >= low[at]) & (levels <= high[at]))[known].mean()),
            "error": float(size.mean()),
            "told_error": float(own.mean()),
            "p": float((own >= size).mean()),
            "bias": float(shift.mean()),
            "p_bias": float((np.abs(shifts) >= np.abs(shift)).mean()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("case")


def counterfactuals(problem: Problem, draws: pd.DataFrame) -> pd.DataFrame:
    """Return the upgrading index by case and year as coded, and with one thing changed.

    Changed: governance fixed at its level in the first epoch; policy absent (P starts at nothing, does not
    grow and does not act); shock absent (no external pressure). Statements on the model, not on history.

    Returns
    -------
    Tidy frame: case, setting, year, low, median, high (5, 50, 95 % of draws), and the same of the
    difference from the run as coded, draw by draw: gap_low, gap, gap_high.
    """
    count, draw_count = len(problem.names), len(draws)
    runs = {}
    for setting, what in _SETTINGS.items():
        found = run_cases(problem if what is None else problem.without(what), draws)
        runs[setting] = found.index.reshape(count, draw_count, -1)
    rows = []
    for setting, index in runs.items():
        three = np.quantile(index, [LOW, 0.5, HIGH], axis=1)
        gaps = np.quantile(index - runs["as coded"], [LOW, 0.5, HIGH], axis=1)
        for at, name in enumerate(problem.names):
            part = dict(zip(("low", "median", "high"), three[:, at], strict=True))
            part |= dict(zip(("gap_low", "gap", "gap_high"), gaps[:, at], strict=True))
            years = problem.first[at] + np.arange(index.shape[-1])
            rows.append(pd.DataFrame({"case": name, "setting": setting, "year": years, **part}))
    return pd.concat(rows, ignore_index=True)
