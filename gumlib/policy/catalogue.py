"""The instruments: what the ledger documents, and what we assume of it."""

from functools import cache

import pandas as pd

from gumlib import data, evidence
from gumlib.errors import GumError
from gumlib.terms import FACTORS

LEVELS = ("government", "cluster", "firm")
_KINDS = ("input", "governance", "relief")
"""Growth added to a factor, 1/year; a step of governance; a share of the outside pressure taken off."""
_RANGED = ("size", "leakage", "cost")


@cache
def _table() -> pd.DataFrame:
    return checked_instruments(data.read("policy-instruments").set_index("name"))


def instruments() -> pd.DataFrame:
    """Return the instruments, in the order of the levels.

    Documented by the ledger rows named: that the instrument was used. All else is our assumption.

    Returns
    -------
    Frame indexed by name: title, level (government, cluster, firm), kind (`_KINDS`), acts_on (factor or G), size
    with size_low and size_high (1/year, step of governance, or share of the pressure), onset (years until it
    works), duration (years; missing for a lasting one), leakage with range (share lost), cost with range (one
    unit: a plan or a covenant), ledger_ids, statement, basis.

    Source: the ledger; our assumptions.
    """
    return _table().copy()


def checked_instruments(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of instruments after refusing what would make results wrong.

    Raises
    ------
    GumError : an unknown level, kind or factor, a range that does not hold its value, an unknown ledger row
    """
    for column, allowed in (("level", LEVELS), ("kind", _KINDS), ("acts_on", (*FACTORS, "G"))):
        wrong = sorted(set(table[column]) - set(allowed))
        if wrong:
            raise GumError(f"expected {column} among {', '.join(allowed)}, got {wrong[0]!r}", "policy", column)
    for column in _RANGED:
        low, middle, high = (table[name] for name in (f"{column}_low", column, f"{column}_high"))
        if not ((low >= 0) & (low <= middle) & (middle <= high)).all():
            raise GumError(f"expected 0 <= low <= {column} <= high; correct the range", "policy", column)
    governs = table["kind"] == "governance"
    if not ((table["acts_on"] == "G") == governs).all():
        raise GumError(
            "expected governance to act on G, and nothing else to; correct kind or acts_on", "policy", "kind"
        )
    unknown = sorted({fact for ids in table["ledger_ids"] for fact in ids.split()} - set(evidence.ledger().index))
    if unknown:
        raise GumError(f"expected rows of the ledger, got {unknown[0]!r}; cite known ids", "policy", "ledger_ids")
    return table


def documented() -> pd.DataFrame:
    """Return the ledger rows behind the instruments, one row for each instrument and fact.

    Returns
    -------
    Tidy frame: name, level, acts_on, fact, cluster, first (year, missing where undated), statement.

    Source: the ledger.
    """
    table = instruments().reset_index()[["name", "title", "level", "acts_on", "ledger_ids"]]
    long = table.assign(fact=table["ledger_ids"].str.split()).explode("fact").drop(columns="ledger_ids")
    facts = evidence.ledger()[["cluster", "first", "statement"]]
    return long.merge(facts, left_on="fact", right_index=True).reset_index(drop=True)
