"""What a case is built from: three tables, brought into one form; what would make levels wrong is refused."""

import pandas as pd

from gumlib import evidence
from gumlib.errors import GumError
from gumlib.terms import VARIABLES

CONFIDENCE = ("low", "medium", "high")
SCORES = ("coder", "year", "variable", "score", "confidence", "evidence_ids", "rationale")
"""Columns of the scores of a case."""


def having(table: pd.DataFrame, columns: tuple[str, ...], which: str) -> pd.DataFrame:
    """Return a table without `cluster`, after making sure that it has these columns."""
    absent = [column for column in columns if column not in table]
    if absent:
        raise GumError(f"expected the column {absent[0]} in the {which}; add it", "cases", which)
    return table.drop(columns="cluster", errors="ignore").reset_index(drop=True)


def checked(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the scores with the columns `SCORES`, after refusing what would make levels wrong."""
    table = scores if "coder" in scores else scores.assign(coder="a")
    table = table.reindex(columns=list(SCORES)).assign(year=table["year"].astype(int))
    try:
        table["score"] = pd.to_numeric(table["score"]).astype(float)
    except (TypeError, ValueError) as wrong:
        raise GumError("expected scores as numbers; write 3, not words", "cases", "score") from wrong
    bad = sorted(set(table["variable"]) - set(VARIABLES))
    if bad:
        raise GumError(f"expected variables among {' '.join(VARIABLES)}, got {bad[0]!r}", "cases", "variable")
    given = table["score"].dropna()
    if not given.isin(range(evidence.TOP_SCORE + 1)).all():
        worst = given[~given.isin(range(evidence.TOP_SCORE + 1))].iloc[0]
        raise GumError(f"expected whole scores from 0 to {evidence.TOP_SCORE}, got {worst:g}", "cases", "score")
    word = sorted(set(table["confidence"].dropna()) - set(CONFIDENCE))
    if word:
        raise GumError(f"expected confidence low, medium or high, got {word[0]!r}", "cases", "confidence")
    key = ["coder", "year", "variable"]
    if table.duplicated(key).any():
        twice = table.loc[table.duplicated(key), key].iloc[0].tolist()
        raise GumError(f"expected one score for a cell and coder, got two for {twice}; drop one", "cases", "scores")
    return table
