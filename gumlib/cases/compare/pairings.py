"""The 24 one-to-one pairings of basic factors with ways, ranked by fit to the coded cases.

Claim C08 says that four sub-mechanisms match four ways of upgrading one to one. Which with which
is our reading: three pairs by their names, learning with technical capability by elimination.
Choices written down before these ranks were computed (a first trial with other code had put the
book's pairing first, so they were not made in ignorance):

* Fit is the mean, over the four pairs, of the Pearson correlation of factor with way. It is
  signed, since a mechanism that feeds a way should raise it: a square would reward the
  opposite. It ignores the scale, since anchors of two variables need not be equally far apart.
* Cells are the cluster-years in which all eight variables are scored, so that all pairings are
  compared on the same cells. Nothing is filled in. Pairwise complete cells are a check.
* A version with year means removed drops what all clusters share in an epoch. Years with one
  cluster tell nothing then and are left out.
* A tie counts against a pairing: its rank is the number of pairings that fit at least as well.
"""

from itertools import permutations
from typing import Literal, TypeAlias, get_args

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from gumlib import evidence
from gumlib.data import sorting
from gumlib.errors import GumError, one_of
from gumlib.terms import BASIC, WAY_OF, WAYS

Version: TypeAlias = Literal["raw", "year means removed"]
Statistic: TypeAlias = Literal["pearson", "squared", "spearman", "nearness"]
Cells: TypeAlias = Literal["common", "pairwise"]
Source: TypeAlias = Literal["mean", "a", "b"]

VERSIONS: tuple[Version, ...] = get_args(Version)
STATISTICS: tuple[Statistic, ...] = get_args(Statistic)
_FEWEST = 4
"""Cells below which no fit is computed."""


def pairings() -> pd.DataFrame:
    """Return the 24 pairings: the way of each factor, and how many pairs are the book's.

    Source: C08; the book's pairing is `terms.WAY_OF`.
    """
    table = pd.DataFrame(list(permutations(WAYS)), columns=list(BASIC))
    table.index = pd.Index([_label(ways) for ways in permutations(WAYS)], name="pairing")
    table["shared"] = (table[list(BASIC)] == pd.Series(WAY_OF)).sum(axis=1)
    return table.assign(book=table["shared"] == len(BASIC))


def _label(ways: tuple[str, ...]) -> str:
    return " ".join(f"{factor}-{way}" for factor, way in zip(BASIC, ways, strict=True))


def coded(factors: Source = "mean", ways: Source = "mean") -> pd.DataFrame:
    """Return levels in [0, 1] by cluster and year, factors and ways from the pass asked for.

    Parameters
    ----------
    factors, ways : ``"mean"`` of the passes, or one pass, ``"a"`` or ``"b"``

    Raises
    ------
    GumError : unknown pass
    """
    for value, variable in ((factors, "factors"), (ways, "ways")):
        one_of(value, get_args(Source), "pairings", variable)
    tables = {source: evidence.wide(None if source == "mean" else source) for source in (factors, ways)}
    return pd.concat([tables[factors][list(BASIC)], tables[ways][list(WAYS)]], axis=1)


def association(
    levels: pd.DataFrame, version: Version = "raw", statistic: Statistic = "pearson", cells: Cells = "common"
) -> pd.DataFrame:
    """Return how each factor goes with each way, a frame of four factors by four ways.

    Parameters
    ----------
    levels : one row a cluster-year, indexed by cluster and year, a column for each factor and way
    version : levels as they are, or with the mean of each year's cells removed
    statistic : correlation, its square, rank correlation, or 1 - mean absolute difference
    cells : cluster-years complete in all eight variables, or in the two at hand

    Raises
    ------
    GumError : a column is missing, a cell is doubled, cells are too few, a level does not vary
    """
    one_of(version, VERSIONS, "pairings", "version")
    one_of(statistic, STATISTICS, "pairings", "statistic")
    one_of(cells, get_args(Cells), "pairings", "cells")
    common = used_cells(levels, version) if cells == "common" else None
    table = pd.DataFrame(index=pd.Index(BASIC, name="factor"), columns=pd.Index(WAYS, name="way"), dtype=float)
    for factor in BASIC:
        for way in WAYS:
            pair = used_cells(levels, version, (factor, way)) if common is None else common[[factor, way]]
            table.loc[factor, way] = _statistic(pair, version, statistic)
    return table.round(12)


def used_cells(levels: pd.DataFrame, version: Version = "raw", columns: tuple[str, ...] = BASIC + WAYS) -> pd.DataFrame:
    """Return the complete cells; with year means removed, only those of years with two clusters.

    Raises
    ------
    GumError : as in `association`
    """
    known = _checked(levels, columns).dropna()
    if version != "raw":
        clusters = known.groupby(level="year")[columns[0]].transform("size")
        known = known[clusters > 1]
    if len(known) < _FEWEST:
        message = f"expected at least {_FEWEST} complete cluster-years, got {len(known)}; leave fewer out"
        raise GumError(message, "pairings", "levels")
    return known


def _checked(levels: pd.DataFrame, columns: tuple[str, ...] = BASIC + WAYS) -> pd.DataFrame:
    absent = sorted(set(columns) - set(levels.columns))
    if absent or list(levels.index.names) != ["cluster", "year"]:
        got = f"no {' '.join(absent)}" if absent else f"an index of {' and '.join(map(str, levels.index.names))}"
        message = f"expected columns {' '.join(columns)} and an index of cluster and year, got {got}; see coded()"
        raise GumError(message, "pairings", "levels")
    if levels.index.has_duplicates:
        raise GumError("expected one row a cluster-year, got some twice; average them", "pairings", "levels")
    return levels[list(columns)].astype(float).sort_index()


def _statistic(pair: pd.DataFrame, version: Version, statistic: Statistic) -> float:
    """One number for one factor with one way, from complete cells."""
    if version != "raw":
        pair = pair - pair.groupby(level="year").transform("mean")
    x, y = pair.to_numpy().T.round(12)
    if statistic == "nearness":
        return float(1 - np.abs(x - y).mean())
    for values, code in zip((x, y), pair.columns, strict=True):
        if np.ptp(values) == 0:
            raise GumError(f"expected levels of {code} that vary, got one value; {version}", "pairings", str(code))
    if statistic == "spearman":
        x, y = rankdata(x), rankdata(y)
    correlation = float(np.corrcoef(x, y)[0, 1])
    return correlation**2 if statistic == "squared" else correlation


def rank(table: pd.DataFrame) -> pd.DataFrame:
    """Return fit and rank of the 24 pairings, given how each factor goes with each way.

    Returns
    -------
    Frame indexed by pairing: fit (mean over the four pairs), rank (how many pairings fit at
    least as well, itself included: a tie counts against it), tied, shared, book.
    """
    listed = pairings()
    fit = sum((listed[factor].map(table.loc[factor]) for factor in BASIC), pd.Series(0.0, listed.index)) / len(BASIC)
    fit = fit.astype(float).round(9)
    ranks = fit.rank(ascending=False, method="max").astype("int64")
    ranked = pd.DataFrame({"fit": fit, "rank": ranks, "tied": fit.duplicated(keep=False)})
    return ranked.join(listed[["shared", "book"]])


def ranking(
    levels: pd.DataFrame | None = None, statistic: Statistic = "pearson", cells: Cells = "common"
) -> pd.DataFrame:
    """Return fit and rank of the 24 pairings, raw and with year means removed, in one tidy frame.

    Parameters
    ----------
    levels : as in `association`; the coded cases if none are given

    Source: C08.
    """
    given = coded() if levels is None else levels
    parts = [rank(association(given, version, statistic, cells)).assign(version=version) for version in VERSIONS]
    frame = pd.concat(parts).reset_index()
    return frame[["version", "pairing", "fit", "rank", "tied", "shared", "book"]]


def permutation_test(table: pd.DataFrame) -> pd.DataFrame:
    """Return the book's rank among all 24 pairings as an exact p-value, by version.

    The p-value is rank / 24. It rests on one exchangeability: were no way closer to one factor
    than to another, the names of the ways could be swapped freely, all four together, so that
    each of the 24 pairings was equally likely to rank first. Only names are swapped, never
    cluster-years, so dependence between epochs and clusters does no harm. A halo that belongs to
    one factor and one way, from anchors or shared facts, breaks it. With 24 pairings p cannot
    be below 1/24, however clear the fit.

    Parameters
    ----------
    table : what `ranking` returns

    Returns
    -------
    Frame indexed by version: fit, rank, p, ties (others with the same fit), rival (the best
    other pairing), rival_fit, margin (fit less that of the rival).
    """
    rows = {}
    for version, part in table.groupby("version", sort=False):
        own, others = part[part["book"]].iloc[0], part[~part["book"]]
        rival = others.loc[sorting.largest(others["fit"])]
        ties = int((others["fit"] == own["fit"]).sum())
        margin = own["fit"] - rival["fit"]
        rows[version] = (own["fit"], own["rank"], own["rank"] / len(part), ties, rival["pairing"], rival["fit"], margin)
    columns = ["fit", "rank", "p", "ties", "rival", "rival_fit", "margin"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("version")
