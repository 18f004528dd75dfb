"""Advice: which lever of each level to pull, whatever we assume of duration and reading, and what goes with it."""

from functools import cache

import pandas as pd

from gumlib import cases, data, evidence
from gumlib.cases import Case
from gumlib.cases.fitting import projection
from gumlib.data import sorting
from gumlib.errors import GumError, one_of
from gumlib.evidence.wording import by_kind, listed, share_of
from gumlib.policy import results
from gumlib.policy.catalogue import LEVELS, documented, instruments
from gumlib.terms import FACTORS, name

RANKINGS = {
    ("fitted", "assumed"): "as fitted, lasting as assumed",
    ("fitted", "equal"): "as fitted, all end alike",
    ("ranges", "assumed"): "our ranges, lasting as assumed",
    ("ranges", "equal"): "our ranges, all end alike",
}
"""By reading and duration: the four rankings of the levers."""


@cache
def _table() -> pd.DataFrame:
    return checked_practice(data.read("policy-advice").set_index("name"))


def practice() -> pd.DataFrame:
    """Return what goes with each lever in practice: our reading, no result of the model.

    Returns
    -------
    Frame indexed by name: convener, needs, watch (what to measure), watch_ids (ledger rows that show how it has been
    measured), stop (when to end it), law (what may limit it), assumption (which carries the advice).

    Source: our judgement; the ledger.
    """
    return _table().copy()


def checked_practice(table: pd.DataFrame) -> pd.DataFrame:
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
    table = results.read_study("levers")
    if case is not None:
        table = table[table["case"] == one_of(case, cases.names(), "policy", "case")]
    wide = table.pivot_table(index="name", columns=["source", "duration"], values="rank")
    named = pd.DataFrame({words: wide[which] for which, words in RANKINGS.items()})
    return instruments()[["level"]].join(named)


def lead() -> pd.Series:
    """Return in what share of draws an instrument of governance is among the first three levers: mean over cases.

    Returns
    -------
    Series indexed by reading and duration, as `RANKINGS`.

    Source: our formalisation; C17.
    """
    table = results.read_study("levers")
    governing = instruments().query("acts_on == 'G'").index
    return table[table["name"].isin(governing)].groupby(["source", "duration"])["top"].mean()


def first(source: str, duration: str, count: int) -> list[str]:
    """Return the titles of the first levers in one of the `RANKINGS`, over all cases.

    Source: our formalisation; C17.
    """
    places = sorting.ranked(rankings()[RANKINGS[source, duration]])
    return list(instruments().loc[places.index[:count], "title"])


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


def sheet(case: str | None = None) -> pd.DataFrame:
    """Return what an official needs of the sturdy lever of each level: a row a question, a column a level.

    Of one case; over all cases by default.

    Raises
    ------
    GumError : unknown case

    Source: our formalisation and judgement; C17.
    """
    first, catalogue = sturdy(case).set_index("level"), instruments()
    columns = {}
    for level, row in first.iterrows():
        lever, how = catalogue.loc[row["name"]], practice().loc[row["name"]]
        columns[level] = {
            "Lever": lever["title"],
            "What it is": lever["statement"],
            f"Place among {len(catalogue)}, as fitted": _places(row, "fitted"),
            f"Place among {len(catalogue)}, our ranges": _places(row, "ranges"),
            "Cost (one unit: a plan)": f"{lever['cost']:g} ({lever['cost_low']:g} to {lever['cost_high']:g}), assumed",
            "Who convenes": how["convener"],
            "What it needs": how["needs"],
            "What to watch": how["watch"],
            "On record, for instance": how["watch_ids"],
            "When to stop": how["stop"],
            "What law may limit it": how["law"],
            "When the advice holds": how["assumption"],
        }
    return pd.DataFrame(columns)


def _places(row: pd.Series, source: str) -> str:
    assumed, equal = (row[RANKINGS[source, duration]] for duration in ("assumed", "equal"))
    return f"{assumed:.1f}; if all end alike {equal:.1f}"


def tried(case: str) -> pd.DataFrame:
    """Return the levers that the ledger documents in a cluster, and those it does not.

    Returns
    -------
    Frame in the order of the catalogue: title, level, facts (ids joined, empty where there is none).

    Raises
    ------
    GumError : unknown case

    Source: the ledger.
    """
    facts = documented()
    own = facts[facts["cluster"] == one_of(case, cases.names(), "policy", "case")]
    return instruments()[["title", "level"]].assign(facts=own.groupby("name")["fact"].agg(" ".join)).fillna("")


def brief_facts(case: str) -> dict[str, str | int]:
    """Return what a brief says of a cluster in its sentences: levers, levels, outlook, what was tried.

    Returns
    -------
    By key: the title of the sturdy lever of each level; alike; year, high, high_at, low, low_at, g (last coded
    levels); falls (share of draws in which the index falls); gain, gain_ended, first_ended (of the best lever, as
    fitted, and which it is if all end alike); reports (facts after that year, by direction); done, all, never.

    Raises
    ------
    GumError : unknown case

    Source: our formalisation; the ledger.
    """
    first = {one: tuple(sturdy(one)["name"]) for one in cases.names()}
    told: dict[str, str | int] = {
        level: str(instruments().loc[name, "title"]).lower() for level, name in zip(LEVELS, first[case], strict=True)
    }
    same = len(set(first.values())) == 1
    told["alike"] = "it gives all four the same three levers" if same else "it does not give all four the same levers"
    ahead = projection.onward(cases.load(case)).loc["U"]
    told |= {
        "falls": share_of(ahead["falls"], "the draws"),
        "reports": by_kind(ahead[["up", "level", "down"]].astype(int)),
    }
    own = results.read_study("levers").query("case == @case and source == 'fitted'").set_index(["duration", "name"])
    gains = own["value"]
    told |= {"gain": f"{gains['assumed'].max():.3f}", "gain_ended": f"{gains['equal'].max():.3f}"}
    told["first_ended"] = str(instruments().loc[sorting.largest(gains["equal"]), "title"]).lower()
    facts = tried(case).set_index("title")["facts"]
    told |= {"done": int((facts != "").sum()), "all": len(facts)}
    told["never"] = listed(facts.index[facts == ""].str.lower()) if (facts == "").any() else "none"
    return told | _levels(cases.load(case))


def _levels(case: Case) -> dict[str, str | int]:
    """Return the last coded levels in words: the highest and the lowest factors, and governance."""
    last = case.table.iloc[-1]
    factors = last[list(FACTORS)]
    high, low = (listed(map(name, factors.index[factors == end])) for end in (factors.max(), factors.min()))
    ends = {"high_at": f"{factors.max():.1f}", "low_at": f"{factors.min():.1f}", "g": f"{last['G']:.1f}"}
    return {"year": case.years[-1], "high": high, "low": low, **ends}
