"""The truth table of fuzzy sets: one row a corner of the space of conditions."""

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd

from gumlib.cases.qca.expressions import HALF
from gumlib.cases.qca.fit import column, sufficiency
from gumlib.cases.qca.names import condition_names, distinct, unrepeated
from gumlib.errors import GumError

_MOST = 10
"""Conditions at most: a table has two to that power of rows."""
_TINY = HALF - 0.5
RESULTS = ("cases", "consistency", "pri", "code", "members", "contradicting")
"""Columns that a table adds to its conditions."""


def undecided(sets: pd.DataFrame, conditions: tuple[str, ...]) -> pd.Series:
    """Return the cases that stand in no corner, with the conditions in which membership is exactly 0.5.

    Such a case is neither in nor out, so it counts for no row; it still counts in the consistency of every row.

    Examples
    --------
    >>> undecided(pd.DataFrame({"A": [0.5, 0.9], "B": [0.2, 0.7]}, index=["x", "y"]), ("A", "B")).to_dict()
    {'x': 'A'}
    """
    conditions = condition_names(conditions)
    half = (pd.DataFrame({name: column(sets, name) for name in conditions}).astype(float) - 0.5).abs() < _TINY
    named = half.apply(lambda row: " ".join(name for name in conditions if row[name]), axis=1)
    named = pd.Series(named, index=sets.index, dtype=object)
    return named[half.any(axis=1)]


def truth_table(
    sets: pd.DataFrame,
    outcome: str,
    conditions: tuple[str, ...],
    *,
    frequency: int = 1,
    consistency: float = 0.8,
    pri: float = 0.0,
) -> pd.DataFrame:
    """Return all combinations of the conditions, with the cases in each and the outcome coded.

    A case belongs to the one row in which its membership exceeds 0.5. A row with fewer cases than `frequency`
    is a remainder, ``?``. Another row is ``1`` if both cuts are met, else ``0``. A case *contradicts* a row
    if it belongs to it but its own outcome lies on the other side of 0.5.

    Parameters
    ----------
    sets : memberships in [0, 1], one row a case, nothing missing
    outcome, conditions : names of columns
    frequency : cases that a row needs
    consistency, pri : that a row coded ``1`` needs

    Returns
    -------
    Frame indexed by row, 1 for all absent, in binary order: the conditions (0 or 1), cases, consistency and pri
    (missing without cases), code, members and contradicting (names of cases, parted by semicolons).

    Raises
    ------
    GumError : a column is missing, a membership is missing or outside [0, 1], too many conditions, one twice or with
        a name that a formula cannot hold or the table needs, the outcome among them, a cut outside [0, 1], a case twice

    Source: ragin2008.

    Examples
    --------
    >>> sets = pd.DataFrame({"A": [0.9, 0.2, 0.7], "Y": [0.8, 0.1, 0.3]}, index=["x", "y", "z"])
    >>> truth_table(sets, "Y", ("A",), consistency=0.6)[["A", "cases", "code", "contradicting"]].values.tolist()
    [[0, 1, '0', ''], [1, 2, '1', 'z']]
    """
    conditions = condition_names(conditions)
    _sensible(outcome, conditions, frequency, {"consistency": consistency, "pri": pri})
    unrepeated(sets)
    x = np.column_stack([column(sets, name) for name in conditions]).astype(float)
    y = column(sets, outcome)
    names = np.array([_name(case) for case in sets.index], dtype=object)
    rows = []
    for corner in product((0, 1), repeat=len(conditions)):
        inside = np.where(np.array(corner) == 1, x, 1 - x).min(axis=1)
        found = _row(inside, y, names, (max(frequency, 1), consistency, pri))
        rows.append(dict(zip(conditions, corner, strict=True)) | found)
    return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="row"))


def _sensible(outcome: str, conditions: tuple[str, ...], frequency: int, cuts: Mapping[str, float]) -> None:
    if not 1 <= len(conditions) <= _MOST:
        raise GumError(f"expected 1 to {_MOST} conditions, got {len(conditions)}", "qca", "conditions")
    distinct(outcome, conditions)
    if taken := [name for name in conditions if name in RESULTS]:
        raise GumError(f"expected names that the table does not add, got {taken[0]!r}; rename it", "qca", "conditions")
    if not (isinstance(frequency, int | float | np.integer) and 0 <= frequency < np.inf and frequency % 1 == 0):
        raise GumError(f"expected a whole number of cases, got {frequency!r}; take 1 or more", "qca", "frequency")
    for name, cut in cuts.items():
        if isinstance(cut, bool) or not (isinstance(cut, int | float | np.number) and 0 <= cut <= 1):
            raise GumError(f"expected a cut from 0 to 1, got {cut!r}; take a number such as 0.8", "qca", name)


def _row(inside: np.ndarray, y: pd.Series, names: np.ndarray, cuts: tuple[int, float, float]) -> dict[str, object]:
    """Return the row of a corner from membership in it; the cuts are frequency, consistency and PRI."""
    here = inside > HALF
    fit = sufficiency(pd.Series(inside, index=y.index), y) if here.any() else {"consistency": np.nan, "pri": np.nan}
    code = _code(int(here.sum()), fit, *cuts)
    other = (y < 0.5 - _TINY) if code == "1" else (y > HALF)
    return {
        "cases": int(here.sum()),
        "consistency": fit["consistency"],
        "pri": fit["pri"],
        "code": code,
        "members": "; ".join(names[here]),
        "contradicting": "" if code == "?" else "; ".join(names[here & other.to_numpy()]),
    }


def _code(cases: int, fit: dict[str, float], frequency: int, consistency: float, pri: float) -> str:
    if cases < frequency:
        return "?"
    met = fit["consistency"] >= consistency - _TINY and (pri <= 0 or fit["pri"] >= pri - _TINY)
    return "1" if met else "0"


def _name(case: object) -> str:
    return " ".join(map(str, case)) if isinstance(case, tuple) else str(case)
