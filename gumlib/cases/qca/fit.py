"""How well one set lies within another: consistency, coverage, PRI and relevance of necessity."""

import numpy as np
import pandas as pd

from gumlib.cases.qca.expressions import proper
from gumlib.cases.qca.names import condition_names, distinct
from gumlib.errors import GumError


def sufficiency(cause: pd.Series, outcome: pd.Series) -> dict[str, float]:
    """Return how far the cause lies within the outcome.

    With x the cause, y the outcome and sums over cases: consistency is the sum of min(x, y) over the
    sum of x; coverage the same over the sum of y; PRI (proportional reduction in inconsistency)
    takes what x, y and not-y share out of both sums of consistency. A zero sum gives a missing value.

    Raises
    ------
    GumError : a membership is missing or outside [0, 1], or the two do not name the same cases in the same order

    Source: ragin2006; PRI as in schneider2012.

    Examples
    --------
    >>> fit = sufficiency(pd.Series([0.2, 0.6]), pd.Series([0.4, 0.5]))
    >>> {name: round(value, 3) for name, value in fit.items()}
    {'consistency': 0.875, 'pri': 0.0, 'coverage': 0.778}
    """
    x, y = _aligned(cause, outcome)
    both = np.minimum(x, y)
    mixed = np.minimum(both, 1 - y).sum()
    return {
        "consistency": _share(both.sum(), x.sum()),
        "pri": _share(both.sum() - mixed, x.sum() - mixed),
        "coverage": _share(both.sum(), y.sum()),
    }


def necessity(cause: pd.Series, outcome: pd.Series) -> dict[str, float]:
    """Return how far the outcome lies within the cause, and whether that says anything.

    Relevance of necessity is the sum of 1 - x over the sum of 1 - min(x, y): near 0 for a condition
    that nearly every case has, which is trivially "necessary" for whatever happens.

    Raises
    ------
    GumError : a membership is missing or outside [0, 1], or the two do not name the same cases in the same order

    Source: ragin2006, schneider2012.

    Examples
    --------
    >>> necessity(pd.Series([1.0, 1.0]), pd.Series([0.2, 0.6]))["relevance"]
    0.0
    """
    x, y = _aligned(cause, outcome)
    both = np.minimum(x, y)
    return {
        "consistency": _share(both.sum(), y.sum()),
        "coverage": _share(both.sum(), x.sum()),
        "relevance": _share((1 - x).sum(), (1 - both).sum()),
    }


def necessary(sets: pd.DataFrame, outcome: str, conditions: tuple[str, ...]) -> pd.DataFrame:
    """Return the fit of every single condition and its absence as necessary for an outcome.

    Returns
    -------
    Frame indexed by condition (``A``, ``~A``, ...): consistency, coverage, relevance.

    Raises
    ------
    GumError : a column is missing, or a membership is; a condition twice, the outcome among them, or one whose name
        a formula cannot hold

    Examples
    --------
    >>> necessary(pd.DataFrame({"A": [0.9, 0.4], "Y": [0.8, 0.3]}), "Y", ("A",)).round(2).values.tolist()
    [[1.0, 0.85, 0.78], [0.36, 0.57, 0.81]]
    """
    conditions = condition_names(conditions)
    distinct(outcome, conditions)
    y = column(sets, outcome)
    rows = {}
    for name in conditions:
        rows[name] = necessity(column(sets, name), y)
    for name in conditions:
        rows[f"~{name}"] = necessity(1 - column(sets, name), y)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("condition")


def column(sets: pd.DataFrame, name: str) -> pd.Series:
    """Return a column of memberships by name, checked.

    Raises
    ------
    GumError : there is no such column, or a membership is missing or outside [0, 1]
    """
    if name not in sets:
        cure = "write a name as in the table; what is absent gets a column of its own, 1 less the memberships"
        raise GumError(f"expected one of {', '.join(map(str, sets.columns))}; got {name!r}; {cure}", "qca", "set")
    proper(sets[name], name)
    _numbers(sets[name])
    return sets[name]


def _aligned(cause: pd.Series, outcome: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    if not (isinstance(cause, pd.Series) and isinstance(outcome, pd.Series)):
        message = "expected two series, indexed by cases, got something else; use pd.Series(values, index=cases)"
        raise GumError(message, "qca", "cases")
    if not cause.index.equals(outcome.index):
        message = "expected the same cases in the same order in both sets, got other labels; reindex one as the other"
        raise GumError(message, "qca", "cases")
    return _numbers(cause), _numbers(outcome)


def _numbers(values: pd.Series) -> np.ndarray:
    of = str(values.name) if values.name is not None else "set"
    proper(values, of)
    numbers = np.asarray(values, dtype=float)
    if np.isnan(numbers).any():
        raise GumError("expected a membership for every case, got missing ones; leave those cases out", "qca", of)
    return numbers


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 1e-12 else float("nan")
