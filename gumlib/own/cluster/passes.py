"""Coding passes compared: those of a folder, or a filled coding sheet beside the passes that ship."""

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

import pandas as pd

from gumlib import evidence
from gumlib.data.faults import Fault, as_frame, refuse
from gumlib.data.spreadsheet import open_sheet, table_file
from gumlib.errors import GumError
from gumlib.own.cluster import tables
from gumlib.own.cluster.files import passes_in
from gumlib.own.cluster.folder import existing, faults, read_cluster
from gumlib.own.cluster.schema import fields, required_columns
from gumlib.terms import CLUSTERS, VARIABLES, name


def passes(folder: str | PathLike[str], *, encoding: str | None = None) -> pd.DataFrame:
    """Return the scores of all passes, with the columns of `evidence.scores`.

    A folder with ledger.csv holds a cluster and its passes. One without holds coding sheets of the four clusters,
    such as ``scores_c.csv``; the two passes that ship stand beside them.

    Parameters
    ----------
    encoding : of tables whose encoding cannot be told

    Raises
    ------
    GumError : no such folder, no sheet in it, or errors, all of which are listed
    """
    base = existing(folder)
    if table_file(base, "ledger.csv").is_file():
        case = read_cluster(base, encoding=encoding)
        return case.scores.assign(cluster=case.name)
    files = passes_in(base)
    if not files:
        said = f"expected ledger.csv and scores, or a filled coding sheet named scores_c.csv, got neither in {base}"
        raise GumError(f"{said}; add it", "cases", "scores")
    frames, told = zip(*(_sheet(base, file, encoding) for file in files), strict=True)
    refuse([fault for faults in told for fault in faults], str(folder), "cases")
    return pd.concat([evidence.scores(), *frames], ignore_index=True)


def doubts(folder: str | PathLike[str], *, encoding: str | None = None) -> pd.DataFrame:
    """List what is odd in the scores of a folder, such as a pass that is the copy of another; as `folder.faults`."""
    base = existing(folder)
    if not table_file(base, "ledger.csv").is_file():
        return as_frame([])
    found = faults(base, encoding=encoding)
    return found[found["file"].str.startswith("scores") & (found["severity"] == "warning")]


def _sheet(base: Path, file: str, encoding: str | None) -> tuple[pd.DataFrame, list[Fault]]:
    """Open a coding sheet and check it cluster by cluster, as the scores of a folder are checked."""
    wanted = (*required_columns("scores"), "cluster")
    sheet, found = open_sheet(table_file(base, file), tuple(fields("scores")), wanted, encoding=encoding)
    if sheet is None:
        return pd.DataFrame(), found
    frame, told = tables.canonical("scores", sheet)
    found += told
    for _, part in frame.groupby("cluster", sort=False):
        found += tables.against_schema({file: part}) + tables.odd_numbers({file: part})
    frame = frame if "coder" in frame else frame.assign(coder=tables.coder_of(file))
    typed = {column: pd.to_numeric(frame[column], errors="coerce") for column in ("score", "year")}
    return frame.assign(**typed), [*found, *_strangers(file, frame)]


def _strangers(file: str, frame: pd.DataFrame) -> Iterator[Fault]:
    """Yield what does not fit beside the passes that ship: other clusters, and their own coders."""
    shipped = set(evidence.scores()["coder"])
    for row, cluster, coder in frame[["cluster", "coder"]].itertuples():
        if cluster not in CLUSTERS:
            said = f"{cluster!r} is none of {', '.join(CLUSTERS)}"
            yield Fault(file, int(row), "cluster", said, "correct it, or add the ledger.csv of that cluster")
        if coder in shipped:
            said = f"the coder {coder} is one of the passes that ship"
            yield Fault(file, int(row), "coder", said, "name the file scores_c.csv, or the coder otherwise")


def comparison(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return Krippendorff's ordinal alpha by variable, a column each two passes, and how well these agree over all.

    Raises
    ------
    GumError : fewer than two passes hold scores

    Examples
    --------
    >>> alphas, overall = comparison(evidence.scores())
    >>> round(float(alphas.loc["all variables", "a and b"]), 3), int(overall.loc["a and b", "cells"])
    (0.963, 228)
    """
    scored = table.dropna(subset=["score"])
    coders = sorted(scored["coder"].unique())
    if len(coders) < 2:
        said = f"expected two passes with scores, got {', '.join(coders) or 'none'}"
        raise GumError(f"{said}; add the scores of another coder, such as scores_c.csv", "cases", "scores")
    found = evidence.between(scored)
    wide = found["alpha"].unstack("passes").reindex([*VARIABLES, "all"])[list(found.index.unique("passes"))]
    wide.index = pd.Index([*(f"{code} {name(code)}" for code in VARIABLES), "all variables"])
    return wide.rename_axis(columns=None), found.xs("all", level="variable").astype({"cells": int})
