"""Case-epochs as configurations of factors: which combinations go with upgrading (fuzzy sets).

A case-epoch is one cluster in one epoch. Coded levels become memberships by three anchors on the
codebook's scale, and `gumlib.cases.qca` does the rest.
"""

from dataclasses import dataclass

import pandas as pd

from gumlib import evidence
from gumlib.cases import qca
from gumlib.cases.qca import Anchors, Solutions
from gumlib.errors import GumError, one_of
from gumlib.model.definitions import upgrading
from gumlib.terms import AUXILIARY, BASIC, CLUSTERS, EPOCHS, FACTORS, WAYS

_OUTCOMES = ("U", *WAYS)
"""The upgrading index, and each way."""
CODEBOOK = Anchors(out=0.2, cross=0.5, full=0.8)
"""Levels of scores 1, 2.5 and 4. At 1 the codebook speaks of single workshops and single firms, at 2 of a
beginning, at 3 of something regular or organised, at 4 of something that works across the cluster."""
_CALENDAR = Anchors(out=EPOCHS[0], cross=(EPOCHS[0] + EPOCHS[-1]) / 2, full=EPOCHS[-1])
"""A set that knows nothing but the date: *late*. Its anchors are the ends and the middle of the span."""


@dataclass(frozen=True)
class Choices:
    """What the analyst chooses.

    Parameters
    ----------
    anchors : of every condition and of the outcome, in levels
    frequency, consistency, pri : cuts of the truth table
    conditions : codes of factors, with or without governance
    """

    anchors: Anchors = CODEBOOK
    frequency: int = 1
    consistency: float = 0.8
    pri: float = 0.5
    conditions: tuple[str, ...] = FACTORS


BASE = Choices()


def case_epochs(levels: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the coded levels with one row a case-epoch, and the upgrading index U beside them.

    Parameters
    ----------
    levels : as `evidence.wide` returns them, which is the default
    """
    table = evidence.wide() if levels is None else levels
    known = [code for code in CLUSTERS if code in table.index.get_level_values("cluster")]
    others = sorted(set(table.index.get_level_values("cluster")) - set(known))
    table = table.loc[[*known, *others]]
    return table.assign(U=upgrading(table[list(WAYS)])["upgrading"])


def missing() -> pd.DataFrame:
    """Return the case-epochs left out for the index because a level is missing, with the codes of what is missing."""
    table = _needed(case_epochs(), "U", BASE)
    gaps = table.isna()
    named = gaps.apply(lambda row: " ".join(code for code in table if row[code]), axis=1)
    return named[gaps.any(axis=1)].rename("lacking").reset_index()


def sets(outcome: str = "U", setting: Choices = BASE, levels: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the memberships of every complete case-epoch in the conditions and the outcome.

    Raises
    ------
    GumError : unknown outcome or condition, or no complete case-epoch
    """
    complete = _needed(case_epochs(levels), outcome, setting).dropna()
    if complete.empty:
        raise GumError("expected a case-epoch without missing levels, got none", "configurations", outcome)
    return qca.direct(complete, setting.anchors)


def solve(outcome: str = "U") -> Solutions:
    """Return the three solutions for an outcome; every factor's presence is expected to further it (C03, C04).

    Examples
    --------
    >>> solve("X").formulas("parsimonious")
    ('E',)
    """
    return solve_sets(sets(outcome), outcome, BASE)


def solve_sets(memberships: pd.DataFrame, outcome: str, setting: Choices) -> Solutions:
    """Return the three solutions of memberships that one has made otherwise."""
    return qca.solve(
        memberships,
        outcome,
        setting.conditions,
        frequency=setting.frequency,
        consistency=setting.consistency,
        pri=setting.pri,
    )


def necessity() -> pd.DataFrame:
    """Return every condition, governance among them, its absence and the bare calendar as necessary for the index.

    Returns
    -------
    Frame with condition (``L``, ``~L``, ... ``late``), consistency, coverage, relevance. The row ``late`` says how
    well the date alone does: a condition that does no better has not shown more than that it came with time.
    """
    setting = Choices(conditions=(*FACTORS, "G"))
    memberships = sets("U", setting)
    fits = qca.necessary(memberships, "U", setting.conditions)
    years = pd.Series(memberships.index.get_level_values("year"), index=memberships.index, dtype=float)
    fits.loc["late"] = qca.necessity(qca.direct(years, _CALENDAR), memberships["U"])
    return fits.reset_index()


def diversity(solutions: Solutions) -> pd.Series:
    """Return what was observed of what could be: rows, cases, and on how many rows each solution leans.

    Returns
    -------
    Series with rows, observed, positive, negative, contradicting (cases), cases, placed, undecided, and the rows
    assumed without a case by the conservative, intermediate and parsimonious solutions.
    """
    table = solutions.table
    against = sum(len(names.split("; ")) for names in table["contradicting"] if names)
    found = {
        "rows": len(table),
        "observed": int((table["cases"] > 0).sum()),
        "positive": int((table["code"] == "1").sum()),
        "negative": int((table["code"] == "0").sum()),
        "contradicting": against,
        "cases": len(solutions.sets),
        "placed": int(table["cases"].sum()),
        "undecided": len(qca.undecided(solutions.sets, solutions.conditions)),
        **{f"{kind} assumes": len(solutions.assumed[kind]) for kind in qca.SOLUTION_KINDS},
    }
    return pd.Series(found)


def chart() -> pd.DataFrame:
    """Return the intermediate solution of each outcome, condition by condition, for a configuration chart.

    Returns
    -------
    Frame with outcome, path (1, 2, ... within an outcome), term, condition, state (``present``, ``absent`` or
    ``either``), models and held (of the tied parsimonious models, how many there are and how many ask for that
    state), consistency, pri, coverage, unique and cases of the path. A condition held by all parsimonious
    models is core in the sense of fiss2011. Where intermediate models tie, the first is given.
    """
    found = []
    for outcome in _OUTCOMES:
        solved = solve(outcome)
        paths = solved.terms().query("solution == 'intermediate' and model == 1")
        short = [model.split(" + ") for model in solved.formulas("parsimonious")]
        for number, path in enumerate(paths.to_dict("records"), start=1):
            wanted = dict(qca.literals(path["term"]))
            for code in BASE.conditions:
                state = {1: "present", 0: "absent"}.get(wanted.get(code, -1), "either")
                held = sum(any(_asks(term, code, wanted) for term in terms) for terms in short)
                row = {"outcome": outcome, "path": number, "condition": code, "state": state, "models": len(short)}
                found.append({**row, "held": held, **{key: path[key] for key in _PATH}})
    return pd.DataFrame(found)


_PATH = ("term", "consistency", "pri", "coverage", "unique", "cases")


def _asks(term: str, code: str, wanted: dict[str, int]) -> bool:
    """Whether a parsimonious term lies above the path and asks for the same state of a condition."""
    own = dict(qca.literals(term))
    return code in own and all(wanted.get(name) == state for name, state in own.items())


def _needed(table: pd.DataFrame, outcome: str, setting: Choices) -> pd.DataFrame:
    one_of(outcome, _OUTCOMES, "configurations", "outcome")
    for code in setting.conditions:
        one_of(code, (*BASIC, *AUXILIARY, "G"), "configurations", "condition")
    return table[[*setting.conditions, outcome]]
