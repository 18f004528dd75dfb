"""Ledger, sources, codebook, and the scores of two coding passes."""

import networkx as nx
import pandas as pd

from gumlib import data
from gumlib.errors import one_of
from gumlib.terms import VARIABLES

TOP_SCORE = 5
CELL = ["cluster", "year", "variable"]
"""What one score is given to."""


def ledger(cluster: str | None = None) -> pd.DataFrame:
    """Return the facts, each with its source, of one cluster or of all.

    Returns
    -------
    Frame indexed by fact id. `first` and `last` are the years the fact covers, missing when
    undated; `value` is in `unit`; `direction` is +1 (strengthens), -1 (weakens) or 0 (level).

    Raises
    ------
    GumError : unknown cluster
    """
    facts = dated(data.read("ledger"))
    if cluster is None:
        return facts
    one_of(cluster, tuple(facts["cluster"].unique()), "evidence", "cluster")
    return facts[facts["cluster"] == cluster]


def dated(facts: pd.DataFrame) -> pd.DataFrame:
    """Index facts by id and add the first and the last year each covers.

    Examples
    --------
    >>> dated(pd.DataFrame({"id": ["X1"], "year": ["1990-1995"]})).loc["X1", ["first", "last"]].tolist()
    [1990, 1995]
    """
    years = facts["year"].astype("string").str.extract(r"^(?P<first>\d{4})(?:-(?P<last>\d{4}))?$")
    years = years.assign(last=years["last"].fillna(years["first"])).astype("Int64")
    return facts.drop(columns=["first", "last"], errors="ignore").join(years).set_index("id")


def sources() -> pd.DataFrame:
    """Return the sources as `linked` does."""
    return linked(data.read("sources"))


def linked(known: pd.DataFrame) -> pd.DataFrame:
    """Index sources by key and add `linked`: whether we link to the address.

    Only addresses on hosts listed in `data/evidence/hosts.csv` are linked; many press pieces
    were read as reposts on unrelated hosts.
    """
    hosts = known["url"].astype("string").str.extract(r"^https?://([^/:]+)", expand=False)
    return known.assign(linked=hosts.isin(data.read("hosts")["host"])).set_index("source_key")


def codebook() -> pd.DataFrame:
    """Return the anchors: what each score 0-5 of each variable means."""
    return data.read("codebook").set_index(["variable", "score"])


def scores() -> pd.DataFrame:
    """Return both passes in one tidy frame, with a column `coder` that is ``a`` or ``b``.

    Returns
    -------
    Frame with cluster, year, variable, coder, score (0-5, missing where the ledger gives no
    basis), confidence, evidence_ids, rationale.
    """
    passes = [data.read(f"scores_{coder}").assign(coder=coder) for coder in "ab"]
    order = [*CELL, "coder", "score", "confidence", "evidence_ids", "rationale"]
    return pd.concat(passes, ignore_index=True)[order]


def paired(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return scores with one row a cell and one column a pass, missing scores kept; by default all of `scores`."""
    table = scores() if table is None else table
    wide = table.set_index([*CELL, "coder"])["score"].astype(float).unstack("coder", sort=False)
    return wide.rename_axis(columns=None)


def levels(table: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the model's levels: the mean of the passes over five, with their spread; by default of all `scores`.

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
    cells = paired(table)
    shares = cells / TOP_SCORE
    frame = shares.agg(["mean", "min", "max"], axis=1).set_axis(["level", "low", "high"], axis=1)
    frame["spread"] = frame["high"] - frame["low"]
    frame["passes"] = cells.notna().sum(axis=1)
    return frame.reset_index()


def wide(coder: str | None = None) -> pd.DataFrame:
    """Return the levels of `levels` as a table: a row a cluster and year, a column a variable.

    Parameters
    ----------
    coder : ``a`` or ``b`` for the levels of one pass alone, or None for their mean
    """
    if coder is None:
        tidy = levels().set_index(CELL)["level"]
    else:
        tidy = paired()[one_of(coder, ("a", "b"), "evidence", "coder")] / TOP_SCORE
    return tidy.unstack("variable").sort_index()[list(VARIABLES)].rename_axis(columns=None)


def conflicts(cluster: str | pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the facts that contradict each other, numbered by the set they belong to.

    Parameters
    ----------
    cluster : its name, or a ledger as `ledger` returns it; by default all clusters

    Returns
    -------
    The ledger rows that name a conflict or are named by one, with a column `dispute`: facts
    that are linked directly or through others carry the same number.
    """
    facts = cluster if isinstance(cluster, pd.DataFrame) else ledger(cluster)
    named = facts["conflict_with"].dropna().str.split().explode()
    network = nx.Graph(zip(named.index, named, strict=True))
    sets = sorted(sorted(component) for component in nx.connected_components(network))
    number = {fact: n for n, members in enumerate(sets, start=1) for fact in members}
    rows = facts.loc[facts.index.isin(number)]
    return rows.assign(dispute=rows.index.map(number).astype("int64"))
