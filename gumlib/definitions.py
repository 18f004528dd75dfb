"""What the words mean: kinds of upgrading, types of chain governance, kinds of lock-in.

Tables of the field's own definitions beside the book's, small enough to read and to run.
"""

from __future__ import annotations

import pandas as pd

from gumlib.errors import GumError
from gumlib.terms import WAYS

KINDS = ("process", "product", "functional", "chain")
"""Process, product, functional and chain upgrading (humphrey2000, humphrey2002)."""

_CROSSWALK = {
    ("T", "process"): "better equipment and methods",
    ("T", "product"): "goods of higher grade",
    ("N", "product"): "own designs and new goods",
    ("N", "functional"): "design and research taken on",
    ("X", "functional"): "own channels and brands",
}

_GOVERNANCE = {
    ("low", "high", "high"): "market",
    ("high", "high", "high"): "modular",
    ("high", "low", "high"): "relational",
    ("high", "high", "low"): "captive",
    ("high", "low", "low"): "hierarchy",
}
_LEVELS = ("low", "high")


def crosswalk() -> pd.DataFrame:
    """Return what the book's four ways share with the field's four kinds of upgrading (ours).

    Returns
    -------
    Frame of ways (T N X K) by kinds; a few words where they overlap, an empty text elsewhere.

    Source: C11; humphrey2000, humphrey2002. The pairing is our reading, not the book's.

    Examples
    --------
    >>> crosswalk().loc["K"].tolist()
    ['', '', '', '']
    """
    rows = {way: [_CROSSWALK.get((way, kind), "") for kind in KINDS] for way in WAYS}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(KINDS)).rename_axis("way")


def governance(complexity: str, codifiability: str, capability: str) -> str | None:
    """Return the type of chain governance, or None where the theory names none.

    Parameters
    ----------
    complexity : of transactions, ``"low"`` or ``"high"``
    codifiability : of transactions, ``"low"`` or ``"high"``
    capability : of suppliers, ``"low"`` or ``"high"``

    Raises
    ------
    GumError : a value is neither low nor high

    Source: gereffi2005.

    Examples
    --------
    >>> governance("high", "high", "low")
    'captive'
    >>> governance("low", "low", "low") is None
    True
    """
    triple = (complexity, codifiability, capability)
    for name, value in zip(("complexity", "codifiability", "capability"), triple, strict=True):
        if value not in _LEVELS:
            raise GumError(f"expected low or high, got {value!r}", "definitions", name)
    return _GOVERNANCE.get(triple)


def governance_table() -> pd.DataFrame:
    """Return all eight combinations of the three variables with the type named, if any.

    Source: gereffi2005.

    Examples
    --------
    >>> int(governance_table()["type"].notna().sum())
    5
    """
    rows = [(a, b, c, governance(a, b, c)) for a in _LEVELS for b in _LEVELS for c in _LEVELS]
    return pd.DataFrame(rows, columns=["complexity", "codifiability", "capability", "type"])
