"""The units of the columns of figures and tables: one small vocabulary, by the name of the column."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

import pandas as pd

from gumlib.data.package import read


def units(card: str, frame: pd.DataFrame) -> dict[str, str]:
    """Return the unit of each numeric column of a figure's or table's data, as far as the vocabulary has it.

    Examples
    --------
    >>> frame = pd.DataFrame({"year": [1995, 2010], "who": ["a", "b"], "value": ["0.31", "0.42"]})
    >>> units("fig-1-1-value-added", frame)
    {'year': 'year', 'value': 'share'}
    >>> units("fig-4-1-outcomes", frame)["value"]
    'of the fact in the row'
    """
    found = ((name, unit_of(card, name)) for name in numeric(frame))
    return {name: said for name, said in found if said}


def unit_of(card: str, column: str) -> str | None:
    """Return the unit of a column: that said for the card, else that said for all; none if it is in no list."""
    return next((said for pattern, said in _vocabulary().get(column, ()) if fnmatchcase(card, pattern)), None)


def numeric(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the names of the columns that hold numbers and nothing else, also where they are kept as text."""
    for name, column in frame.items():
        known = column.dropna()
        yes_or_no = pd.api.types.is_bool_dtype(known) or known.map(lambda value: isinstance(value, bool)).any()
        if len(known) and not yes_or_no and pd.to_numeric(known, errors="coerce").notna().all():
            yield str(name)


@cache
def _vocabulary() -> dict[str, list[tuple[str, str]]]:
    """Return patterns of cards and units by column, in the order of the file: what is special stands first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in read("units").itertuples():
        found.setdefault(row.column, []).append((row.card, row.unit))
    return found
