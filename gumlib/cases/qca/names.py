"""Names of cases, conditions and outcome that can be told apart."""

from collections.abc import Hashable, Iterable, Sequence, Set

import pandas as pd

from gumlib.cases.qca.expressions import ANYTHING
from gumlib.errors import GumError


def condition_names(conditions: Sequence[str]) -> tuple[str, ...]:
    """Return conditions as a tuple.

    Raises
    ------
    GumError : they are one text, of which each letter would be a condition, or have no order

    Examples
    --------
    >>> condition_names(["A", "B"])
    ('A', 'B')
    """
    if isinstance(conditions, str | Set) or not isinstance(conditions, Iterable):
        message = f"expected a list of conditions, got {conditions!r}; write it as ('A', 'B')"
        raise GumError(message, "qca", "conditions")
    return tuple(conditions)


def distinct(outcome: str, conditions: tuple[str, ...]) -> None:
    """Refuse the outcome among the conditions, or its presence, one twice, and names that a formula cannot hold."""
    if not isinstance(outcome, Hashable):
        raise GumError(f"expected the name of one column, got {outcome!r}; write it as 'Y'", "qca", "outcome")
    if outcome in conditions or str(outcome).lstrip("~ ") in conditions:
        raise GumError(f"expected conditions other than the outcome, got {outcome!r}; leave it out", "qca", "outcome")
    if twice := [name for name in conditions if conditions.count(name) > 1]:
        raise GumError(f"expected each condition once, got {twice[0]!r} twice; name it once", "qca", "conditions")
    for name in conditions:
        if not isinstance(name, str) or name == ANYTHING or not name or name != name.strip() or set("*+~") & set(name):
            message = f"expected names that a formula can hold, got {name!r}; use a text without * + ~, not {ANYTHING}"
            raise GumError(message, "qca", "conditions")


def unrepeated(sets: pd.DataFrame) -> None:
    """Refuse a table without cases, or in which two have one name, for rows and solutions name their cases.

    Raises
    ------
    GumError : no table, no case, or a case twice, blanks around its name aside

    Examples
    --------
    >>> unrepeated(pd.DataFrame({"A": [0.9, 0.2]}, index=["x", "y"]))
    """
    if not isinstance(sets, pd.DataFrame):
        raise GumError("expected sets as a frame, one row a case, got something else; use pd.DataFrame", "qca", "sets")
    if sets.empty:
        raise GumError("expected sets with a row for each case, got no row; read the table anew", "qca", "cases")
    if (again := sets.index.map(str).str.strip().duplicated()).any():
        twice = sets.index[again][0]
        cure = "tell them apart, as by year, or delete the row entered twice"
        raise GumError(f"expected each case once, got {twice!r} twice; {cure}", "qca", "cases")
