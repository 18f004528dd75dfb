"""What the variants of the model show beside it: where no cause is named they decide nothing, and it is told."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from gumlib.claims.shares import Share
from gumlib.claims.verdict import ALL, Verdict
from gumlib.dynamics import Rival
from gumlib.dynamics.rivals import VARIANTS

_NONE = Share(0, 0)


def also(shown: Mapping[str, bool]) -> tuple[tuple[str, ...], str]:
    """Return the note that all variants show a thing, or none, and a clause that names those that do.

    Examples
    --------
    >>> also({"linear": True, "independent": False})
    ((), '; also in linear')
    """
    names = [name for name, shows in shown.items() if shows]
    if len(names) == len(shown):
        return (ALL,), "; all variants show it"
    return (), f"; also in {', '.join(names)}" if names else "; no variant shows it"


def beside(found: Verdict, finding: str, shown: Mapping[str, bool]) -> Verdict:
    """Return a verdict with its finding, and with what the variants show."""
    notes, clause = also(shown) if shown else ((), "")
    return replace(found, finding=finding + clause, notes=(*found.notes, *notes))


def others(shows: Callable[[Rival], bool]) -> dict[str, bool]:
    """Return which variants show a thing; the model itself is no variant."""
    return {name: shows(model) for name, model in VARIANTS.items() if name != "gum"}


def counted(row: pd.DataFrame, column: str) -> Share:
    """Return the share in the one row of a table that gives the number of its draws; none counted without a row."""
    return Share(float(row[column].iloc[0] * row["draws"].iloc[0]), float(row["draws"].iloc[0])) if len(row) else _NONE


def shown(table: pd.DataFrame, column: str, bound: float) -> dict[str, bool]:
    """Return which variants show a share surely above a bound; those without a row have nothing to show."""
    rest = table[table["model"] != "gum"]
    return {str(name): counted(part, column).low > bound for name, part in rest.groupby("model", sort=False)}
