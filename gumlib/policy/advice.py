"""Advice: which lever of each level to pull, whatever we assume of duration and reading, and what goes with it."""

from __future__ import annotations

from functools import cache

import pandas as pd

from gumlib import data, evidence
from gumlib.data import sorting
from gumlib.errors import GumError, one_of
from gumlib.policy import results
from gumlib.policy.catalogue import LEVELS, instruments
from gumlib.terms import CLUSTERS

RANKINGS = {
    ("fitted", "assumed"): "as fitted, lasting as assumed",
    ("fitted", "equal"): "as fitted, all end alike",
    ("ranges", "assumed"): "our ranges, lasting as assumed",
    ("ranges", "equal"): "our ranges, all end alike",
}
"""By reading and duration: the four rankings of the levers."""


@cache
def _table() -> pd.DataFrame:
    return checked(data.read("policy-advice").set_index("name"))


def practice() -> pd.DataFrame:
    """Return what goes with each lever in practice: our reading, no result of the model.

    Returns
    -------
    Frame indexed by name: convener, needs, watch (what to measure), watch_ids (ledger rows that show how it has been
    measured), stop (when to end it), law (what may limit it), assumption (which carries the advice).

    Source: our judgement; the ledger.
    """
    return _table().copy()


def checked(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of practice after refusing what would make advice wrong.

    Raises
    ------
    GumError : a lever without a row, a row without a lever, an unknown ledger row
    """
    if list(table.index) != list(instruments().index):
        odd = sorted(set(table.index) ^ set(instruments().index)) or ["another order"]
        raise GumError(f"expected one row a lever in the order of the catalogue, got {odd[0]!r}", "policy", "advice")
    unknown = sorted({fact for ids in table["watch_ids"] for fact in ids.split()} - set(evidence.ledger().index))
    if unknown:
        raise GumError(f"expected rows of the ledger, got {unknown[0]!r}; cite known ids", "policy", "watch_ids")
    return table


def rankings(case: str | None = None) -> pd.DataFrame:
    """Return the median rank of each lever in the four rankings: of a case, or the mean over all cases.

    Returns
    -------
    Frame in the order of the catalogue: level, then a column for each of `RANKINGS`; ranks from 1 (best).

    Raises
    ------
    GumError : unknown case

    Source: our formalisation; C17.
    """
    table = results.read("levers")
    if case is not None:
        table = table[table["case"] == one_of(case, CLUSTERS, "policy", "case")]
    wide = table.pivot_table(index="name", columns=["source", "duration"], values="rank")
    named = pd.DataFrame({words: wide[which] for which, words in RANKINGS.items()})
    return instruments()[["level"]].join(named)


def sturdy(case: str | None = None) -> pd.DataFrame:
    """Return the lever of each level whose worst place in the four rankings is best.

    A tie goes to the better mean place, then to the order of the alphabet.

    Returns
    -------
    Frame of one row a level: name, level, a column for each of `RANKINGS`, worst.

    Source: our formalisation; C17.
    """
    table = rankings(case)
    places = table[list(RANKINGS.values())]
    table = table.assign(worst=places.max(axis=1), mean=places.mean(axis=1)).reset_index()
    first = sorting.ordered(table, "worst", "mean", "name").groupby("level").head(1).set_index("level")
    return first.loc[list(LEVELS)].drop(columns="mean").reset_index()
