"""Orders that are shown: numbers that differ by rounding noise alone are equal, and names decide.

Two sums of the same terms differ in their last bits from one processor to the next. Whoever sorts
by them, or names the largest, shows another order there.
"""

from typing import Any

import pandas as pd

_DIGITS = 8
"""Significant digits in which two numbers must differ to stand in an order."""


def rounded(value: float) -> float:
    """Return a number rounded to `_DIGITS` significant digits.

    Examples
    --------
    >>> rounded(0.1 + 0.2) == rounded(0.3)
    True
    """
    return float(f"{value:.{_DIGITS}g}")


def ordered(frame: pd.DataFrame, *by: str, falling: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the rows in order, those that tie in every column of `by` in the order they had.

    Parameters
    ----------
    by : columns or levels of the index, the first of most weight; those that name the row come last
    falling : those of `by` in which the largest comes first

    Examples
    --------
    >>> levers = pd.DataFrame({"name": ["licence", "awards"], "rank": [0.3, 0.1 + 0.2]})
    >>> ordered(levers, "rank", "name")["name"].tolist()
    ['awards', 'licence']
    """
    ascending = [column not in falling for column in by]
    return frame.sort_values(list(by), ascending=ascending, key=_settled, kind="stable")


def ranked(values: pd.Series, *, falling: bool = False) -> pd.Series:
    """Return the numbers of a Series in order, those that tie by their labels; missing ones come last."""
    return values.sort_index(kind="stable").sort_values(ascending=not falling, key=_settled, kind="stable")


def largest(values: pd.Series) -> Any:
    """Return the label of the largest number, the first by name where several tie.

    Examples
    --------
    >>> largest(pd.Series({"licence": 0.3, "awards": 0.1 + 0.2}))
    'awards'
    """
    return ranked(values, falling=True).index[0]


def smallest(values: pd.Series) -> Any:
    """Return the label of the smallest number, the first by name where several tie."""
    return ranked(values).index[0]


def _settled(column: pd.Series) -> pd.Series:
    return column.map(rounded) if pd.api.types.is_float_dtype(column) else column
