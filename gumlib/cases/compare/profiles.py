"""Profiles of factors and of ways, how far they lie apart, and which way led in each case.

A profile is the levels less their mean: which elements lead, whatever the height. The rule for each name
here is ours.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise, permutations

import numpy as np
import pandas as pd

from gumlib.cases.case import Case
from gumlib.cases.compare.stages import native
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError
from gumlib.evidence.coded import TOP_SCORE
from gumlib.terms import FACTORS, WAYS

NEAR = 0.05
"""Levels that differ by less, a quarter of a step of the score, lead together."""
ENOUGH = {"factors": 4, "ways": 3}
"""Elements that must be coded for an epoch to have a profile."""
_GROUPS = {"factors": FACTORS, "ways": WAYS}


def profile(
    case: Case, group: str = "factors", coder: str | None = None, enough: Mapping[str, int] = ENOUGH
) -> pd.DataFrame:
    """Return the profile by year, a column an element; missing where too little was coded.

    Parameters
    ----------
    group : ``"factors"`` or ``"ways"``
    coder : levels of one pass alone, or None for the mean
    enough : by group, how many elements must be coded
    """
    codes = list(_GROUPS[group])
    table = case.table[codes] if coder is None else _one_pass(case, coder)[codes]
    shape = table.sub(table.mean(axis=1), axis=0)
    return shape.where(table.notna().sum(axis=1) >= enough[group], axis=0)


def _one_pass(case: Case, coder: str) -> pd.DataFrame:
    own = case.scores[case.scores["coder"] == coder]
    return own.pivot(index="year", columns="variable", values="score") / TOP_SCORE


def distances(
    cases: Sequence[Case], group: str = "factors", coder: str | None = None, enough: Mapping[str, int] = ENOUGH
) -> pd.DataFrame:
    """Return how far apart the profiles of every two cases are: mean absolute difference, epoch by epoch.

    Returns
    -------
    Symmetric frame, case by case: the mean over the epochs in which both have a profile, of the mean over
    the elements coded in both.

    Raises
    ------
    GumError : two cases have no epoch in common
    """
    shapes = {case.name: profile(case, group, coder, enough) for case in cases}
    table = pd.DataFrame(0.0, index=list(shapes), columns=list(shapes))
    for one, two in combinations(shapes, 2):
        gap = (shapes[one] - shapes[two]).abs().mean(axis=1).dropna()
        if gap.empty:
            raise GumError(f"expected an epoch coded in both {one} and {two}, found none", "cases", "profiles")
        table.loc[one, two] = table.loc[two, one] = gap.mean()
    return table


def mantel(one: Floats, two: Floats) -> dict[str, float]:
    """Return the correlation of two tables of distances, and how often a shuffle of the cases does as well.

    Exact: all orders of the cases are tried, so with four cases p is never below 1/24.

    Examples
    --------
    >>> table = np.array([[0, 1, 2, 3], [1, 0, 4, 5], [2, 4, 0, 6], [3, 5, 6, 0.0]])
    >>> mantel(table, table)["p"].__round__(3)
    0.042
    """
    upper = np.triu_indices(len(one), 1)
    orders = np.array(list(permutations(range(len(two)))))
    shuffled = two[orders[:, :, None], orders[:, None, :]][:, upper[0], upper[1]]
    fits = np.array([np.corrcoef(one[upper], row)[0, 1] for row in shuffled])
    return {
        "correlation": float(fits[0]),
        "p": float((fits >= fits[0] - 1e-12).mean()),
        "orders": len(orders),
        "pairs": len(upper[0]),
    }


def paths(cases: Sequence[Case]) -> pd.DataFrame:
    """Return which ways and which factors led in each epoch of each case.

    An element leads if its level is within 0.05 of the highest of its group. Epochs in which too little
    was coded have no leader.

    Returns
    -------
    Tidy frame: case, year, ways, factors (codes joined, missing without a profile).
    """
    rows = []
    for case in cases:
        for year, row in case.table.iterrows():
            rows.append((case.name, year, *(_lead(row[list(_GROUPS[g])], ENOUGH[g]) for g in ("ways", "factors"))))
    return pd.DataFrame(rows, columns=["case", "year", "ways", "factors"])


def _lead(row: pd.Series, enough: int) -> str | None:
    known = row.dropna()
    if len(known) < enough:
        return None
    return "".join(str(code) for code in known.index[known >= known.max() - NEAR - 1e-9])


def classify(cases: Sequence[Case]) -> pd.DataFrame:
    """Return the path of each case: which way and which factor led over all epochs, and where it started.

    Led: the highest mean of the profile over the epochs that have one; two within 0.05 lead together.

    Returns
    -------
    Frame indexed by case: way, factor (codes joined), changes (epochs whose leading ways share none with
    those of the epoch before), kind (native, embedded or undecided at the first epoch with S and E coded).

    Source: C13, C14; our rule.
    """
    led = paths(cases)
    rows = {}
    for case in cases:
        means = {group: profile(case, group).mean() for group in _GROUPS}
        known = led.loc[led["case"] == case.name, "ways"].dropna().tolist()
        changes = sum(not set(now) & set(then) for then, now in pairwise(known))
        rows[case.name] = {
            "way": _lead(means["ways"], 1),
            "factor": _lead(means["factors"], 1),
            "changes": changes,
            "kind": native(case.table),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("case")
