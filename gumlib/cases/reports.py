"""What sources report of a cluster, and where they contradict each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from gumlib import evidence
from gumlib.data import sorting
from gumlib.terms import EPOCHS

if TYPE_CHECKING:
    from gumlib.cases import Case

Place: TypeAlias = "str | Case"
"""A shipped cluster by its name, or any case: both go through the same functions."""

HEDGED = r"(?s)^(?P<unit>.*?)(?: \((?P<bound>over|under|about|nearly|target)\))?$"
"""A unit, and what makes its value no exact one."""
_MIXED = ("national_share_pct",)
"""Indicators whose facts are about different products, so that their values are no series."""
NO_INDICATOR = "fact"
"""What a fact is called that names no indicator; values so called are no series."""

_UNITS = {"pct": "%", "m2": "m²", "usd": "USD", "cny": "CNY", "eur": "EUR"}
"""Units as the names of indicators hold them, and as they are written."""


def in_words(indicator: str, *, unit: bool = True) -> str:
    """Return the name of an indicator in words, its unit in brackets; without it if `unit` is false.

    Examples
    --------
    >>> in_words("market_area_m2"), in_words("market_area_m2", unit=False)
    ('market area (m²)', 'market area')
    """
    units = rf"[_ ]({'|'.join(_UNITS)})(?=[_ ]|$)"
    return re.sub(units, lambda found: f" ({_UNITS[found[1]]})" if unit else "", indicator).replace("_", " ").strip()


def last_scored(case: Case) -> int | None:
    """Return the last year with a score, or None where there is no score."""
    scored = case.levels.dropna(subset=["level"])["year"]
    return None if scored.empty else int(scored.max())


def _ledger(cluster: Place) -> pd.DataFrame:
    return evidence.ledger(cluster) if isinstance(cluster, str) else cluster.ledger


def valued_facts(cluster: Place) -> pd.DataFrame:
    """Return the facts with a value, the unit parted from words such as "over" or "about".

    Returns
    -------
    Frame indexed by fact id: the ledger's columns, `bound` (blank if the value is meant as it
    stands) and `dispute`, the number of the fact's set in `evidence.conflicts`, if any.

    Raises
    ------
    GumError : unknown cluster
    """
    facts = _ledger(cluster).dropna(subset=["value"])
    parted = facts["unit"].str.extract(HEDGED).fillna("")
    facts = facts.assign(unit=parted["unit"], bound=parted["bound"])
    return facts.join(evidence.conflicts(_ledger(cluster))["dispute"].astype("Int64"))


def outcome_series(cluster: Place, top: int = 4) -> pd.DataFrame:
    """Return the fullest outcome series, with the values that contradict them.

    A series is an indicator in one unit with dated values of two years or more, or with two values
    in dispute; one of two values gives way to longer ones. Series are ranked by values, then values in
    dispute, then first year. An outcome in the same unit that contradicts a value of a series joins it,
    whatever its own indicator.

    Returns
    -------
    Frame: panel and unit (the series), id, indicator, first, last, value, bound, dispute,
    source_key. A row whose indicator differs from its panel is a contradicting value.

    Raises
    ------
    GumError : unknown cluster
    """
    known = valued_facts(cluster).query("factor == 'O' and bound != 'target'").dropna(subset=["first"]).reset_index()
    groups = known[~known["indicator"].isin((*_MIXED, NO_INDICATOR))].groupby(["indicator", "unit"])
    ranks = groups.agg(
        size=("value", "size"), contested=("dispute", "count"), years=("first", "nunique"), since=("first", "min")
    )
    ranks = ranks[(ranks["years"] > 1) | (ranks["contested"] > 1)].query("size > 1")
    ranks = ranks[ranks["size"] >= min(3, ranks["size"].max())] if len(ranks) else ranks
    ranks = ranks.sort_values(["size", "contested", "since"], ascending=[False, False, True], kind="stable")
    panels = [_panel(known, panel, unit) for panel, unit in ranks.index[:top]]
    order = ["panel", "unit", "id", "indicator", "first", "last", "value", "bound", "dispute", "source_key"]
    return pd.concat(panels, ignore_index=True)[order] if panels else pd.DataFrame(columns=order)


def _panel(known: pd.DataFrame, panel: str, unit: str) -> pd.DataFrame:
    """One series and the values of the same unit that contradict it."""
    same = known[known["unit"] == unit]
    own = same["indicator"] == panel
    rival = ~own & same["dispute"].isin(same.loc[own, "dispute"].dropna())
    return same[own | rival].assign(panel=panel).sort_values(["first", "last", "id"], kind="stable")


def gaps(cluster: Place) -> pd.DataFrame:
    """Return the disputes between numbers, the widest first.

    Returns
    -------
    Frame indexed by dispute: year, about (the indicators), lowest, highest, unit, times (highest
    over lowest; none where the lowest is nought or less), sources. A dispute in two units has two rows.

    Raises
    ------
    GumError : unknown cluster
    """
    contested = valued_facts(cluster).dropna(subset=["dispute"])
    groups = contested.groupby(["dispute", "unit"])
    table = groups.agg(
        year=("year", _years),
        about=("indicator", lambda names: ", ".join(map(in_words, sorted(set(names))))),
        lowest=("value", "min"),
        highest=("value", "max"),
        sources=("source_key", lambda keys: ", ".join(sorted(set(keys)))),
    )
    table = table[table["lowest"] < table["highest"]].reset_index("unit")
    table["times"] = table["highest"] / table["lowest"].where(table["lowest"] > 0)
    table = sorting.ordered(table, "times", falling=("times",))
    return table[["year", "about", "lowest", "highest", "unit", "times", "sources"]]


def beside_gaps(cluster: Place) -> pd.DataFrame:
    """Return the facts of the disputes of `gaps` that no row of it counts: of another unit, or without a number.

    Returns
    -------
    Frame indexed by dispute: year, statement, source_key.
    """
    rows, compared = evidence.conflicts(_ledger(cluster)), gaps(cluster).set_index("unit", append=True).index
    counted = [pair in compared for pair in zip(*_dispute_and_unit(cluster, rows), strict=True)]
    left = rows[rows["dispute"].isin(compared.get_level_values("dispute")) & ~pd.Series(counted, rows.index, bool)]
    return left.set_index("dispute")[["year", "statement", "source_key"]].sort_index(kind="stable")


def _dispute_and_unit(cluster: Place, rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the dispute of each fact and the unit of its value, none where it has no value."""
    return rows["dispute"], valued_facts(cluster)["unit"].reindex(rows.index)


def _years(years: pd.Series) -> str:
    known = sorted(set(years.dropna().str.findall(r"\d{4}").explode()))
    return "undated" if not known else known[0] if len(known) == 1 else f"{known[0]}-{known[-1]}"


def wordings(cluster: Place, top: int = 4) -> pd.DataFrame:
    """Return the facts of the disputes that no two numbers settle, those on the earliest years first.

    Returns
    -------
    Frame indexed by dispute: year, statement, source_key, for the first `top` disputes.

    Raises
    ------
    GumError : unknown cluster
    """
    rows = evidence.conflicts(_ledger(cluster))
    rows = rows[~rows["dispute"].isin(gaps(cluster).index)]
    start = rows.groupby("dispute")["first"].min().sort_values(kind="stable")
    kept = rows[rows["dispute"].isin(start.index[:top])].assign(start=rows["dispute"].map(start))
    kept = kept.sort_values(["start", "dispute", "first"], kind="stable")
    return kept.set_index("dispute")[["year", "statement", "source_key"]]


def overview(cluster: Place) -> dict[str, int]:
    """Return counts that describe the ledger of a cluster: facts, sources, disputes, years.

    `first` and `last` year are left out where no fact is dated; `after` counts what begins after the
    last year with a score.

    Raises
    ------
    GumError : unknown cluster
    """
    facts, contested = _ledger(cluster), evidence.conflicts(_ledger(cluster))
    end = EPOCHS[-1] if isinstance(cluster, str) else last_scored(cluster)
    dated = facts.dropna(subset=["first"])
    span = {} if dated.empty else {"first": int(dated["first"].min()), "last": int(dated["last"].max())}
    return {
        "facts": len(facts),
        "sources": facts["source_key"].nunique(),
        "undated": len(facts) - len(dated),
        **span,
        "after": int((dated["first"] > end).sum()) if end else 0,
        "contested": len(contested),
        "disputes": contested["dispute"].nunique(),
    }


def firsts(cluster: Place) -> pd.DataFrame:
    """Return the earliest dated fact on each element: how far back the ledger reaches."""
    dated = _ledger(cluster).dropna(subset=["first"]).sort_values("first", kind="stable")
    return dated.groupby("factor").head(1).set_index("factor")[["year", "statement"]]


def most_used(cluster: Place, top: int = 6) -> pd.DataFrame:
    """Return the sources on which most facts of a cluster rest."""
    known = evidence.sources() if isinstance(cluster, str) else cluster.sources
    counts = _ledger(cluster)["source_key"].value_counts(sort=True).rename("facts")
    table = known.join(counts, how="inner").sort_values("facts", ascending=False, kind="stable")
    return table[["facts", "title", "author_or_publisher", "year", "kind"]].head(top)
