"""Ledger, sources, codebook, scores of two coding passes, and how far the passes agree."""

from __future__ import annotations

from typing import Literal, TypeAlias

import krippendorff
import networkx as nx
import numpy as np
import pandas as pd

from gumlib import data
from gumlib.errors import one_of
from gumlib.terms import EPOCHS

TOP_SCORE = 5
RELIABLE = 0.8
"""Customary floor of Krippendorff's alpha (krippendorff2004, hayes2007)."""
Measure: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
_CELL = ["cluster", "year", "variable"]


def ledger(cluster: str | None = None) -> pd.DataFrame:
    """Return the facts, each with its source, of one cluster or of all.

    Returns
    -------
    Frame indexed by fact id. `first` and `last` are the years the fact covers, missing when
    undated; `value` is in `unit`; `direction` is +1 (strengthens), -1 (weakens) or 0 (level).

    Raises
    ------
    GumError : unknown cluster

    Examples
    --------
    >>> ledger("wenzhou").loc["WZ001", "cluster"]
    'wenzhou'
    """
    facts = data.read("ledger").set_index("id")
    years = facts["year"].str.extract(r"^(?P<first>\d{4})(?:-(?P<last>\d{4}))?$")
    years = years.assign(last=years["last"].fillna(years["first"])).astype("Int64")
    facts = facts.join(years)
    if cluster is None:
        return facts
    one_of(cluster, tuple(facts["cluster"].unique()), "evidence", "cluster")
    return facts[facts["cluster"] == cluster]


def sources() -> pd.DataFrame:
    """Return the sources, indexed by key, with `linked`: whether we link to the address.

    Only addresses on hosts listed in `data/evidence/hosts.csv` are linked; many press pieces
    were read as reposts on unrelated hosts.

    Examples
    --------
    >>> bool(sources().loc["muse611559", "linked"])
    True
    """
    known = data.read("sources").set_index("source_key")
    hosts = known["url"].str.extract(r"^https?://([^/:]+)", expand=False)
    return known.assign(linked=hosts.isin(data.read("hosts")["host"]))


def codebook() -> pd.DataFrame:
    """Return the anchors: what each score 0-5 of each variable means.

    Examples
    --------
    >>> codebook().loc[("I", 0), "anchor"]
    'Copying only'
    """
    return data.read("codebook").set_index(["variable", "score"])


def scores() -> pd.DataFrame:
    """Return both passes in one tidy frame, with a column `coder` that is ``a`` or ``b``.

    Returns
    -------
    Frame with cluster, year, variable, coder, score (0-5, missing where the ledger gives no
    basis), confidence, evidence_ids, rationale.

    Examples
    --------
    >>> scores()["coder"].value_counts().to_dict()
    {'a': 264, 'b': 264}
    """
    passes = [data.read(f"scores_{coder}").assign(coder=coder) for coder in "ab"]
    order = [*_CELL, "coder", "score", "confidence", "evidence_ids", "rationale"]
    return pd.concat(passes, ignore_index=True)[order]


def paired(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return scores with one row a cell and one column a pass, missing scores kept; by default all of `scores`."""
    table = scores() if table is None else table
    wide = table.set_index([*_CELL, "coder"])["score"].astype(float).unstack("coder", sort=False)
    return wide.rename_axis(columns=None)


def levels() -> pd.DataFrame:
    """Return the model's levels: the mean of the passes over five, with their spread.

    Returns
    -------
    Frame with cluster, year, variable, level in [0, 1], low and high (the lower and the higher
    pass over five), spread (high - low), passes (how many gave a score). A cell that neither
    pass could score has a missing level; nothing is interpolated.

    Examples
    --------
    >>> levels().set_index(["cluster", "year", "variable"]).loc[("wenzhou", 1995, "G"), "level"]
    np.float64(0.0)
    """
    cells = paired()
    shares = cells / TOP_SCORE
    frame = shares.agg(["mean", "min", "max"], axis=1).set_axis(["level", "low", "high"], axis=1)
    frame["spread"] = frame["high"] - frame["low"]
    frame["passes"] = cells.notna().sum(axis=1)
    return frame.reset_index()


def agreement(
    by: Literal["variable", "cluster", "year"] = "variable",
    *,
    seed: int = 20100,
    draws: int = 2000,
    measure: Measure = "ordinal",
    table: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return Krippendorff's alpha between the passes, by group and over all cells.

    Alpha is computed by the `krippendorff` package; the interval is the 95 % percentile
    interval over `draws` resamples of the cells with replacement. Cells of one cluster are not
    independent, and the passes share a method, so the interval is a lower bound on the doubt.

    Parameters
    ----------
    by : group cells by this column
    seed : of the resamples; the same seed gives the same interval
    draws : number of resamples
    measure : level of measurement, such as ``"ordinal"`` or ``"interval"``
    table : scores of two passes, with the columns of `scores`, which is the default

    Returns
    -------
    Frame indexed by group, the last row ``all``: alpha, low, high, cells (scored by both),
    exact and within_one (shares of those cells). Alpha is missing where scores do not vary or where
    no cell is scored by both.

    Source: krippendorff2004, hayes2007.

    Examples
    --------
    >>> round(float(agreement(draws=10).loc["all", "alpha"]), 3)
    0.963
    """
    one_of(by, tuple(_CELL), "evidence", "by")
    cells = paired(table)
    groups = {str(key): group for key, group in cells.groupby(level=by, sort=False)} | {"all": cells}
    streams = np.random.SeedSequence(seed).spawn(len(groups))
    rows = {
        key: _alpha_row(group, np.random.default_rng(stream), draws, measure)
        for (key, group), stream in zip(groups.items(), streams, strict=True)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(by)


def _alpha_row(cells: pd.DataFrame, rng: np.random.Generator, draws: int, measure: Measure) -> dict[str, float]:
    both = cells.dropna()
    pairs = both.to_numpy()
    alpha, low, high = _alpha(pairs, measure), float("nan"), float("nan")
    if not np.isnan(alpha):
        rows = rng.integers(0, len(pairs), (draws, len(pairs)))
        low, high = np.nanpercentile(_resampled(pairs, rows, measure), [2.5, 97.5])
    gap = (both["a"] - both["b"]).abs()
    return {
        "alpha": alpha,
        "low": low,
        "high": high,
        "cells": len(both),
        "exact": (gap == 0).mean(),
        "within_one": (gap <= 1).mean(),
    }


def _alpha(pairs: np.ndarray, measure: Measure) -> float:
    """Alpha of units x coders; missing without a unit, or when all scores are equal, for then it is undefined."""
    if not len(pairs) or np.ptp(pairs) == 0:
        return float("nan")
    return float(krippendorff.alpha(reliability_data=pairs.T, level_of_measurement=measure))


def _resampled(pairs: np.ndarray, rows: np.ndarray, measure: Measure) -> np.ndarray:
    """Alpha of two coders in many resamples at once: what `_alpha` gives one by one, in a hundredth of the time."""
    values, codes = np.unique(pairs, return_inverse=True)
    size, kinds = len(values), codes.reshape(pairs.shape) @ [len(values), 1]
    met = np.array([np.bincount(kinds[row], minlength=size * size) for row in rows]).reshape(-1, size, size)
    met = met + met.transpose(0, 2, 1)
    given = met.sum(axis=2)
    expected, total = given[:, :, None] * given[:, None, :], given.sum(axis=1)
    apart = _apart(values, given, measure)
    with np.errstate(invalid="ignore", divide="ignore"):
        alpha: np.ndarray = 1 - (total - 1) * (met * apart).sum(axis=(1, 2)) / (expected * apart).sum(axis=(1, 2))
    return alpha


def _apart(values: np.ndarray, given: np.ndarray, measure: Measure) -> np.ndarray:
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


def conflicts(cluster: str | pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the facts that contradict each other, numbered by the set they belong to.

    Parameters
    ----------
    cluster : its name, or a ledger as `ledger` returns it; by default all clusters

    Returns
    -------
    The ledger rows that name a conflict or are named by one, with a column `dispute`: facts
    that are linked directly or through others carry the same number.

    Examples
    --------
    >>> conflicts("ningbo")["dispute"].min()
    np.int64(1)
    """
    facts = cluster if isinstance(cluster, pd.DataFrame) else ledger(cluster)
    named = facts["conflict_with"].dropna().str.split().explode()
    network = nx.Graph(zip(named.index, named, strict=True))
    sets = sorted(sorted(component) for component in nx.connected_components(network))
    number = {fact: n for n, members in enumerate(sets, start=1) for fact in members}
    rows = facts.loc[facts.index.isin(number)]
    return rows.assign(dispute=rows.index.map(number).astype("int64"))
