"""Where the fitted model and the coded levels of a case part, cell by cell."""

import pandas as pd

from gumlib.cases.case import Case, names
from gumlib.cases.fitting import results
from gumlib.cases.fitting.likelihood import FITTED
from gumlib.data import sorting
from gumlib.errors import one_of

_RIVAL = "independent"


def misses(case: Case) -> pd.DataFrame:
    """Return every coded level after the first epoch beside what the stored fit tells, the widest gap first.

    Returns
    -------
    Frame: year, variable, coded, told (median of the posterior draws), gap (coded less told), rival
    (independent growth, fitted alike), evidence (ids of the facts behind the scores, of both passes).

    Raises
    ------
    GumError : the case is none of those that the stored fit is of

    Source: our formalisation.
    """
    bands = results.read_fit("bands")
    bands = bands.loc[
        bands["case"] == one_of(case.name, names(), "cases", "case"), ["year", "variable", "median", _RIVAL]
    ]
    bands = bands.rename(columns={"median": "told", _RIVAL: "rival"})
    levels = case.levels[case.levels["variable"].isin(FITTED) & (case.levels["year"] > bands["year"].min())]
    levels = levels[["year", "variable", "level"]].rename(columns={"level": "coded"}).dropna()
    table = levels.merge(bands, on=["year", "variable"])
    table.insert(4, "gap", table["coded"] - table["told"])
    ids = case.scores.groupby(["year", "variable"])["evidence_ids"].agg(_joined)
    table = table.join(ids.rename("evidence"), on=["year", "variable"])
    rows = sorting.ranked(table["gap"].abs(), falling=True).index
    return table.loc[rows].reset_index(drop=True)


def _joined(ids: pd.Series) -> str:
    return " ".join(sorted({one for cell in ids.dropna() for one in str(cell).replace(";", " ").split()}))
