"""Membership in combinations of sets, written ``A*~B + C``: minimum for ``*``, 1 - x for ``~``, maximum for ``+``."""

import numpy as np
import pandas as pd

from gumlib.errors import GumError

Cube = tuple[int, ...]
"""A combination of conditions, one place each: 1 present, 0 absent, -1 either."""
_SIGNS = str.maketrans("＊∗⋅·•×＋～∼˜¬", "******+~~~~")
"""Signs that keyboards and word processors put for ours."""
ANYTHING = "1"
"""The combination that asks for nothing."""
HALF = 0.5 + 1e-9
"""A case is in a set if its membership exceeds this: one half, but for errors of rounding."""


def expression(cube: Cube, conditions: tuple[str, ...]) -> str:
    """Return a combination in words of the field: ``A*~B``.

    Examples
    --------
    >>> expression((1, -1, 0), ("A", "B", "C"))
    'A*~C'
    """
    parts = [("~" if bit == 0 else "") + name for bit, name in zip(cube, conditions, strict=True) if bit >= 0]
    return "*".join(parts) or ANYTHING


def literals(term: str) -> list[tuple[str, int]]:
    """Return the conditions of one combination in order, with 1 for present and 0 for absent.

    Examples
    --------
    >>> literals("A*~C"), literals("A * ~ A")
    ([('A', 1), ('C', 0)], [('A', 1), ('A', 0)])
    """
    if term == ANYTHING:
        return []
    parts = [part.strip() for part in term.split("*")]
    return [(part.removeprefix("~").lstrip(), int(not part.startswith("~"))) for part in parts]


def membership(formula: str, sets: pd.DataFrame) -> pd.Series:
    """Return the membership of every case in a formula; missing where a set it names is missing.

    Parameters
    ----------
    formula : such as ``A*~B + C``; ``A*~A`` is the lower of the two, as nothing is more than half in both
    sets : memberships in [0, 1], one column a set

    Raises
    ------
    GumError : the formula names a set that is no column, or no combination at all, or asks for nothing where a set is
        named so; a membership outside [0, 1]

    Examples
    --------
    >>> membership("A*~B + C", pd.DataFrame({"A": [0.9], "B": [0.3], "C": [0.6]})).tolist()
    [0.7]
    """
    if not (isinstance(formula, str) and isinstance(sets, pd.DataFrame)):
        message = "expected a formula as a text and sets as a frame, got something else; see the example of membership"
        raise GumError(message, "qca", "formula")
    if not any(ord(sign) in _SIGNS for name in sets.columns for sign in str(name)):
        formula = formula.translate(_SIGNS)
    terms = [literals(term.strip()) for term in formula.split("+")]
    names = sorted({name for term in terms for name, _ in term})
    if [] in terms and ANYTHING in map(str, sets.columns):
        raise GumError(f"expected no set named {ANYTHING}, for it is any case, got one; rename it", "qca", "formula")
    if unknown := [name for name in names if name not in sets]:
        known = ", ".join(map(str, sets.columns))
        signs = "write names as in the table, * for and, + for or, ~ before what is absent, and no brackets"
        came = ", ".join(repr(name) for name in unknown if name) or repr(formula)
        raise GumError(f"expected sets among {known}, got {came}; {signs}", "qca", "formula")
    for name in names:
        proper(sets[name], name)
    numbers = pd.DataFrame({name: sets[name].to_numpy(float, na_value=np.nan) for name in names}, sets.index)
    each = [_product(term, numbers) for term in terms]
    return pd.concat(each, axis=1).max(axis=1, skipna=False)


def proper(values: pd.Series, name: str) -> None:
    """Refuse several columns of one name, and memberships that are no real numbers from 0 to 1; missing ones pass.

    Raises
    ------
    GumError : such a membership, with the case that has it

    Examples
    --------
    >>> proper(pd.Series([0.2, 1.0, None]), "A")
    """
    if isinstance(values, pd.DataFrame):
        raise GumError(f"expected one column {name!r}, got several; rename or delete one", "qca", name)
    if not real(values):
        message = "expected memberships as numbers, got texts or others; convert them, as by pd.to_numeric(sets[name])"
        raise GumError(message, "qca", name)
    if (outside := (values < 0) | (values > 1)).any():
        cure = "calibrate first, or make a set of 0 and 1 of each value"
        value, case = values[outside].iloc[0], values.index[outside.to_numpy(bool)][0]
        raise GumError(f"expected memberships from 0 to 1, got {value} for {case}; {cure}", "qca", name)


def real(values: object) -> bool:
    """Tell whether a column, or its type, is of real numbers."""
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_complex_dtype(values)


def _product(term: list[tuple[str, int]], sets: pd.DataFrame) -> pd.Series:
    if not term:
        return pd.Series(1.0, index=sets.index)
    parts = [sets[name] if present else 1 - sets[name] for name, present in term]
    return pd.concat(parts, axis=1).min(axis=1, skipna=False)
