"""What the variants of the model show beside it: where no cause is named they decide nothing, and it is told."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

import pandas as pd

from gumlib.claims.shares import Share
from gumlib.claims.verdict import ALL, Verdict
from gumlib.dynamics import Rival

Models: TypeAlias = Mapping[str, Rival]
"""The model, under the name ``"gum"``, and its variants."""
_NONE = Share(0, 0)


def also(shown: Mapping[str, bool], what: str = "") -> tuple[tuple[str, ...], str]:
    """Return the note that all variants show a thing, or none, and a clause that names those that do.

    Examples
    --------
    >>> also({"linear": True, "independent": False})
    ((), '; also in “linear”')
    """
    names, label = [name for name, shows in shown.items() if shows], f"{what} " if what else ""
    if len(names) == len(shown):
        return (ALL,), f"; all variants show {what or 'it'}"
    return (), f"; {label}also in {quoted(names)}" if names else f"; no variant shows {what or 'it'}"


def quoted(names: Iterable[str]) -> str:
    """Return names of variants in quotation marks: unmarked, “no governance” reads as a denial.

    Examples
    --------
    >>> quoted(["linear", "no governance"])
    '“linear”, “no governance”'
    """
    return ", ".join(f"“{name}”" for name in names)


def with_variants(found: Verdict, finding: str, shown: Mapping[str, Mapping[str, bool]]) -> Verdict:
    """Return a verdict with its finding, and with what the variants show of each of its parts, by their names.

    All variants show it where all of them show all of its parts.
    """
    parts = [also(by_variant, what) for what, by_variant in shown.items() if by_variant]
    notes = parts[0][0] if len({notes for notes, _ in parts}) == 1 else ()
    return replace(found, finding=finding + "".join(clause for _, clause in parts), notes=(*found.notes, *notes))


def others(models: Models) -> dict[str, Rival]:
    """Return the variants; the model itself is none."""
    return {name: model for name, model in models.items() if name != "gum"}


def counted_share(row: pd.DataFrame, column: str) -> Share:
    """Return the share in the one row of a table that gives the number of its draws; none counted without a row."""
    return Share(float(row[column].iloc[0] * row["draws"].iloc[0]), float(row["draws"].iloc[0])) if len(row) else _NONE


def surely_above(table: pd.DataFrame, column: str, bound: float, models: Models) -> dict[str, bool]:
    """Return which variants show a share surely above a bound; one without a row has nothing to show and shows none."""
    return {name: counted_share(table[table["model"] == name], column).low > bound for name in others(models)}
