"""Stages and types of the coded cases, by a rule stated beforehand, and whether they sort what differs.

The rule is ours; the names follow the life cycle of clusters (menzel2010). The excerpt gives no stages.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from gumlib import evidence
from gumlib.terms import CLUSTERS, FACTORS

LOW, TOP, STEP = 0.3, 0.6, 0.1
"""Bounds of the mean level and of its change over an epoch of five years."""
ENOUGH = 4
"""Factors that must be coded for an epoch to have a stage, and for two profiles to be compared."""
_ROUND = 9


def _levels() -> pd.DataFrame:
    return evidence.wide()[list(FACTORS)]


def assign(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the stage of each cluster and epoch.

    Emergence: the first epoch, or a mean level below 0.3. Else decline or growth if the mean of
    the factors coded in both epochs fell or rose by 0.1 or more in five years. Else sustainment
    if the mean level is at least 0.6. Else stall. Without four coded factors there is no stage.

    Returns
    -------
    Frame with cluster, year, coded (factors), level (mean), change (missing in a first epoch), stage.

    Source: C15; our rule.
    """
    table = _levels() if table is None else table
    rows = []
    for cluster, part in table.groupby(level="cluster", sort=False):
        before = None
        for (_, year), row in part.iterrows():
            change = np.nan if before is None else (row - before).mean()
            rows.append((cluster, year, int(row.notna().sum()), row.mean(), change))
            before = row
    frame = pd.DataFrame(rows, columns=["cluster", "year", "coded", "level", "change"]).round(_ROUND)
    frame["stage"] = [_stage(row.coded, row.level, row.change) for row in frame.itertuples()]
    return frame


def _stage(coded: int, level: float, change: float) -> str | None:
    if coded < ENOUGH:
        return None
    if np.isnan(change) or level < LOW:
        return "emergence"
    if abs(change) >= STEP:
        return "growth" if change > 0 else "decline"
    return "sustainment" if level >= TOP else "stall"


def types(table: pd.DataFrame | None = None) -> pd.Series:
    """Return the type of each cluster, as `native` tells it."""
    table = _levels() if table is None else table
    return pd.Series({cluster: native(table.loc[cluster]) for cluster in CLUSTERS}, name="type")


def native(course: pd.DataFrame) -> str:
    """Return the type of a cluster at the first epoch in which insertion and social capital are coded.

    Native if social capital stands above insertion, embedded if below, else undecided (our reading).

    Parameters
    ----------
    course : levels, a row a year, a column a factor

    Source: C13, C15.
    """
    both = course[["S", "E"]].dropna()
    if both.empty:
        return "undecided"
    gap = round(float(both.iloc[0]["S"] - both.iloc[0]["E"]), _ROUND)
    return "native" if gap > 0 else "embedded" if gap < 0 else "undecided"


def profile_pairs(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return how far apart the profiles of two clusters are, for every pair of epochs that have a stage.

    A profile is the levels less their mean: which factors lead, whatever the height. The distance
    is the mean absolute difference over the factors coded in both.

    Returns
    -------
    Frame with first and second (positions in `assign`), distance, same_stage, same_year.
    """
    table = _levels() if table is None else table
    stages = assign(table)
    profiles = table.sub(table.mean(axis=1), axis=0).to_numpy()
    rows = []
    for i, j in combinations(np.flatnonzero(stages["stage"].notna()), 2):
        one, two = stages.iloc[i], stages.iloc[j]
        gap = np.abs(profiles[i] - profiles[j])
        if one["cluster"] != two["cluster"] and np.isfinite(gap).sum() >= ENOUGH:
            rows.append((i, j, np.nanmean(gap), one["stage"] == two["stage"], one["year"] == two["year"]))
    return pd.DataFrame(rows, columns=["first", "second", "distance", "same_stage", "same_year"])


def likeness(table: pd.DataFrame | None = None, *, seed: int = 25, draws: int = 2000) -> pd.DataFrame:
    """Return whether clusters of one stage, or of one year, have profiles more alike than others.

    The gap is the mean distance of pairs that differ less that of pairs that agree. p is the share
    of draws, stages or years shuffled within each cluster, with a gap at least as large.

    Returns
    -------
    Frame indexed by ``stage`` and ``year``: agreeing (pairs), alike and others (mean distances), gap, p.

    Source: C15.
    """
    stages, found = assign(table), profile_pairs(table)
    ends = [found[end].to_numpy() for end in ("first", "second")]
    distance = found["distance"].to_numpy()
    rows = {}
    for label, stream in zip(("stage", "year"), np.random.SeedSequence(seed).spawn(2), strict=True):
        marks = _shuffles(stages, pd.factorize(stages[label])[0], draws, np.random.default_rng(stream))
        same = marks[:, ends[0]] == marks[:, ends[1]]
        gaps = np.array([_gap(distance, each) for each in same])
        rows[label] = {
            "agreeing": int(same[0].sum()),
            "alike": distance[same[0]].mean() if same[0].any() else np.nan,
            "others": distance[~same[0]].mean(),
            "gap": gaps[0],
            "p": (1 + (gaps[1:] >= gaps[0] - 1e-12).sum()) / (1 + draws),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("sorted by")


def _shuffles(stages: pd.DataFrame, marks: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Return the marks, and below them `draws` shuffles of them within each cluster."""
    many = np.tile(marks, (draws + 1, 1))
    for cluster in CLUSTERS:
        at = np.flatnonzero((stages["cluster"] == cluster) & stages["stage"].notna())
        many[1:, at] = rng.permuted(many[1:, at], axis=1)
    return many


def _gap(distance: np.ndarray, same: np.ndarray) -> float:
    return float(distance[~same].mean() - distance[same].mean()) if 0 < same.sum() < len(same) else 0.0
