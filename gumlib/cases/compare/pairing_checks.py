"""What else could put the book's pairing first: a cluster, an epoch, the coder, shared facts."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pandas as pd

from gumlib import evidence
from gumlib.cases.compare.pairings import (
    VERSIONS,
    Cells,
    Statistic,
    Version,
    association,
    coded,
    permutation_test,
    rank,
    ranking,
    used_cells,
)
from gumlib.errors import GumError
from gumlib.terms import BASIC, EPOCHS, WAY_OF, WAYS, name


def checks() -> pd.DataFrame:
    """Return the book's rank when cells are left out, the coder changes, or the choice of method.

    Returns
    -------
    Frame with kind, check, version, cells (the fewest behind any of the 16 correlations), and the
    columns of `permutation_test`. In kind ``across passes`` one pass scores the factors and the
    other the ways: no coder's habit can then join a pair, though both passes read one ledger by
    one codebook. In kind ``shared facts`` the overlap of the facts cited is regressed out; that kind
    was added after the other ranks were seen.

    Source: C08.
    """
    parts = []
    for kind, check, levels, statistic, cells in _variants():
        tested = permutation_test(ranking(levels, statistic, cells)).reset_index()
        counts = [_fewest(levels, version, cells) for version in VERSIONS]
        parts.append(tested.assign(kind=kind, check=check, cells=counts))
    adjusted = pd.concat([rank(less_overlap(version)).assign(version=version) for version in VERSIONS])
    tested = permutation_test(adjusted.reset_index()).reset_index()
    counts = [_fewest(coded(), version, "common") for version in VERSIONS]
    parts.append(tested.assign(kind="shared facts", check="shared facts regressed out", cells=counts))
    frame = pd.concat(parts, ignore_index=True)
    first = ["kind", "check", "version", "cells"]
    return frame[[*first, *frame.columns.difference(first, sort=False)]]


def _fewest(levels: pd.DataFrame, version: Version, cells: Cells) -> int:
    if cells == "common":
        return len(used_cells(levels, version))
    return min(len(used_cells(levels, version, pair)) for pair in product(BASIC, WAYS))


def _variants() -> Iterator[tuple[str, str, pd.DataFrame, Statistic, Cells]]:
    levels = coded()
    places, years = (levels.index.get_level_values(key) for key in ("cluster", "year"))
    yield "all cells", "all cells", levels, "pearson", "common"
    for cluster in sorted(set(places)):
        yield "without a cluster", f"without {name(cluster)}", levels[places != cluster], "pearson", "common"
    yield "across passes", "factors pass a, ways pass b", coded("a", "b"), "pearson", "common"
    yield "across passes", "factors pass b, ways pass a", coded("b", "a"), "pearson", "common"
    yield "one pass", "pass a alone", coded("a", "a"), "pearson", "common"
    yield "one pass", "pass b alone", coded("b", "b"), "pearson", "common"
    for year in EPOCHS:
        yield "without an epoch", f"without {year}", levels[years != year], "pearson", "common"
    yield "other method", "each pair's own cells", levels, "pearson", "pairwise"
    yield "other method", "squared correlation", levels, "squared", "common"
    yield "other method", "rank correlation", levels, "spearman", "common"
    yield "other method", "absolute difference", levels, "nearness", "common"


def overlap(scores: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return how far the scores of a factor and of a way rest on the same facts.

    Overlap is the number of facts cited for both over the number cited for either (Jaccard), in
    one cluster and year, averaged over the cells where both are cited.

    Parameters
    ----------
    scores : as `evidence.scores` returns; ours if none are given

    Returns
    -------
    Frame with factor, way, book, within (both scores from one pass), across (one from each pass),
    cells (cluster-years by pass behind `within`), apart (of as many across passes, those in which
    the two scores have no fact in common).

    Raises
    ------
    GumError : some factor and way are never both cited
    """
    given = evidence.scores() if scores is None else scores
    cited = given.dropna(subset=["evidence_ids", "score"])
    facts = {
        (row.coder, row.variable, row.cluster, row.year): frozenset(row.evidence_ids.split(";"))
        for row in cited.itertuples()
    }
    places = sorted({(cluster, year) for _, _, cluster, year in facts})
    rows = []
    for factor, way in product(BASIC, WAYS):
        shares: dict[bool, list[float]] = {True: [], False: []}
        for place, one, other in product(places, "ab", "ab"):
            left, right = facts.get((one, factor, *place)), facts.get((other, way, *place))
            if left and right:
                shares[one == other].append(len(left & right) / len(left | right))
        if not all(shares.values()):
            message = f"expected cells where {factor} and {way} both cite facts, got none; see the scores"
            raise GumError(message, "cases", "evidence_ids")
        within, across = (float(np.mean(shares[same])) for same in (True, False))
        apart = sum(share == 0 for share in shares[False])
        rows.append((factor, way, WAY_OF[factor] == way, within, across, len(shares[True]), apart))
    return pd.DataFrame(rows, columns=["factor", "way", "book", "within", "across", "cells", "apart"])


def halo() -> pd.DataFrame:
    """Return, for each factor with each way, the correlations beside the overlap of facts.

    Returns
    -------
    The frame of `overlap` with, for each version, ``raw`` and ``year means removed``, the
    correlation of the mean levels, and ``across passes, ...``, the mean of the two correlations
    that take the factor from one pass and the way from the other.
    """
    table = overlap().set_index(["factor", "way"])
    for version in VERSIONS:
        table[version] = association(coded(), version).stack()
        both = association(coded("a", "b"), version) + association(coded("b", "a"), version)
        table[f"across passes, {version}"] = both.stack() / 2
    return table.reset_index()


def halo_summary() -> pd.DataFrame:
    """Return the halo in short: the book's four pairs against the twelve others.

    Returns
    -------
    Frame indexed by measure: book and others (means), rank (of the book's pairing among the 24 by
    this measure), with_overlap (correlation of the measure over the 16 pairs with overlap within
    a pass), with_overlap_others (the same over the twelve pairs that are not the book's).
    """
    table = halo()
    rows = {}
    for measure in table.columns.difference(["factor", "way", "book", "cells", "apart"], sort=False):
        means = table.groupby("book")[measure].mean()
        place = rank(table.pivot(index="factor", columns="way", values=measure)).query("book")["rank"].iloc[0]
        others = table[~table["book"]]
        links = (part[measure].corr(part["within"]) for part in (table, others))
        rows[measure] = (means[True], means[False], place, *links)
    columns = ["book", "others", "rank", "with_overlap", "with_overlap_others"]
    summary = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("measure")
    summary.loc["within", ["with_overlap", "with_overlap_others"]] = np.nan
    return summary


def less_overlap(version: Version = "raw") -> pd.DataFrame:
    """Return `association` of the coded cases, less what overlap of facts predicts linearly.

    The line is fitted over all 16 pairs. The book's pairs pull it towards themselves, so this
    takes away too much from them rather than too little.
    """
    table = association(coded(), version)
    shared = overlap().pivot(index="factor", columns="way", values="within").loc[list(BASIC), list(WAYS)]
    slope, level = np.polyfit(shared.to_numpy().ravel(), table.to_numpy().ravel(), 1)
    return table - (level + slope * shared)
