"""How far coding passes agree: Krippendorff's alpha, with an interval from resampled cells."""

from itertools import combinations
from typing import Literal, TypeAlias

import krippendorff
import numpy as np
import pandas as pd

from gumlib.errors import one_of
from gumlib.evidence.coded import CELL, paired
from gumlib.terms import EPOCHS

RELIABLE = 0.8
"""Customary floor of Krippendorff's alpha (krippendorff2004, hayes2007)."""
_Measure: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]


def agreement(
    by: Literal["variable", "cluster", "year"] = "variable",
    *,
    seed: int = 20100,
    draws: int = 2000,
    measure: _Measure = "ordinal",
    table: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return Krippendorff's alpha between all passes, by group and over all cells.

    Alpha is computed by the `krippendorff` package; the interval is the 95 % percentile
    interval over `draws` resamples of the cells with replacement. Cells of one cluster are not
    independent, and the passes share a method, so the interval is a lower bound on the doubt.

    Parameters
    ----------
    by : group cells by this column
    seed : of the resamples; the same seed gives the same interval
    draws : number of resamples
    measure : level of measurement, such as ``"ordinal"`` or ``"interval"``
    table : scores of two passes or more, with the columns of `scores`, which is the default

    Returns
    -------
    Frame indexed by group, the last row ``all``: alpha, low, high, cells (scored by two passes or more),
    exact and within_one (shares of those cells in which all scores lie so close). Alpha is missing where
    scores do not vary or where no cell is scored twice.

    Source: krippendorff2004, hayes2007.

    Examples
    --------
    >>> round(float(agreement(draws=10).loc["all", "alpha"]), 3)
    0.963
    """
    one_of(by, tuple(CELL), "evidence", "by")
    cells = paired(table)
    groups = {str(key): group for key, group in cells.groupby(level=by, sort=False)} | {"all": cells}
    streams = np.random.SeedSequence(seed).spawn(len(groups))
    rows = {
        key: _alpha_row(group, np.random.default_rng(stream), draws, measure)
        for (key, group), stream in zip(groups.items(), streams, strict=True)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(by)


def between(table: pd.DataFrame, *, draws: int = 2000) -> pd.DataFrame:
    """Return `agreement` by variable between each two passes and, with more than two, between all of them.

    Returns
    -------
    The rows of `agreement`, indexed by passes (such as ``a and b``, or ``all``) and variable.
    """
    coders = sorted(table["coder"].unique())
    sets = {f"{one} and {other}": (one, other) for one, other in combinations(coders, 2)}
    if len(coders) > 2:
        sets["all"] = tuple(coders)
    parts = {words: agreement(draws=draws, table=table[table["coder"].isin(own)]) for words, own in sets.items()}
    return pd.concat(parts, names=["passes"])


def _alpha_row(cells: pd.DataFrame, rng: np.random.Generator, draws: int, measure: _Measure) -> dict[str, float]:
    shared = cells[cells.notna().sum(axis=1) > 1]
    scores = shared.to_numpy(float)
    value, low, high = alpha(scores, measure), float("nan"), float("nan")
    if draws and not np.isnan(value):
        rows = rng.integers(0, len(scores), (draws, len(scores)))
        low, high = np.nanpercentile(_resampled(scores, rows, measure), [2.5, 97.5])
    gap = shared.max(axis=1) - shared.min(axis=1)
    return {
        "alpha": value,
        "low": low,
        "high": high,
        "cells": len(shared),
        "exact": (gap == 0).mean(),
        "within_one": (gap <= 1).mean(),
    }


def alpha(scores: np.ndarray, measure: _Measure = "ordinal") -> float:
    """Return alpha of units x coders; missing without a score, or when all are equal, for then it is undefined."""
    if np.isnan(scores).all() or np.nanmax(scores) == np.nanmin(scores):
        return float("nan")
    return float(krippendorff.alpha(reliability_data=scores.T, level_of_measurement=measure))


def _resampled(scores: np.ndarray, rows: np.ndarray, measure: _Measure) -> np.ndarray:
    """Alpha in many resamples at once: what `alpha` gives one by one, in a hundredth of the time.

    Each unit adds its pairs of scores, over one less than the number of its scores.
    """
    values = np.unique(scores[~np.isnan(scores)])
    size, held = len(values), (scores[:, :, None] == values).sum(axis=1)
    pairs = held[:, :, None] * held[:, None, :] - held[:, :, None] * np.eye(size)
    pairs /= held.sum(axis=1)[:, None, None] - 1
    times = np.array([np.bincount(row, minlength=len(scores)) for row in rows])
    met = (times @ pairs.reshape(len(scores), -1)).reshape(-1, size, size)
    given = met.sum(axis=2)
    expected, total = given[:, :, None] * given[:, None, :], given.sum(axis=1)
    apart = _apart(values, given, measure)
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha: np.ndarray = 1 - (total - 1) * (met * apart).sum(axis=(1, 2)) / (expected * apart).sum(axis=(1, 2))
    return alpha


def _apart(values: np.ndarray, given: np.ndarray, measure: _Measure) -> np.ndarray:
    """Return how far values lie apart, squared, as Krippendorff has it: (resamples, values, values)."""
    one, other = values[:, None], values[None, :]
    middle = np.cumsum(given, axis=1) - given / 2
    apart: dict[str, np.ndarray] = {
        "nominal": (one != other)[None],
        "ordinal": middle[:, :, None] - middle[:, None, :],
        "interval": (one - other)[None],
        "ratio": np.divide(one - other, one + other, out=np.zeros((len(values),) * 2), where=one + other != 0)[None],
    }
    return apart[measure].astype(float) ** 2


def coverage() -> pd.DataFrame:
    """Return the share of cells that at least one pass could score, cluster by epoch."""
    scored = paired().notna().any(axis=1)
    return scored.groupby(["cluster", "year"]).mean().unstack("year")[list(EPOCHS)]
