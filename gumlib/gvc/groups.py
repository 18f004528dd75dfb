"""Groups of industries whose flows are added up: each belongs to a classification of industries."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np

from gumlib.errors import GumError
from gumlib.gvc import codes
from gumlib.gvc.table import Array, IOTable

Groups: TypeAlias = Mapping[str, Sequence[str] | None]
"""Name of each group and its industries; None for all of the table."""

CLASSIFICATIONS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    codes.INDUSTRIES: codes.MANUFACTURES,
    codes.CONDENSED: codes.CONDENSED_MANUFACTURES,
}
"""Industries of each classification that we know, and which of them are manufactures."""


def groups_of(table: IOTable) -> Groups:
    """Return the groups of the table's own classification: TOTAL, and MANUF where it is one of `CLASSIFICATIONS`."""
    known = [made for industries, made in CLASSIFICATIONS.items() if set(industries) == set(table.industries)]
    return {"TOTAL": None, **dict.fromkeys(["MANUF"] if known else [], *known)}


def selection(table: IOTable, groups: Groups) -> Array:
    """Return noughts and ones that take flows of industries to industries and groups, (industries, both).

    Raises
    ------
    GumError : a group is empty, has the name of an industry, or holds an industry that the table does not have
    """
    if not isinstance(groups, Mapping):
        raise GumError(f"expected names with their industries, got {groups!r}; use a dict", "gvc", "totals")
    columns = [np.eye(len(table.industries))]
    for name, chosen in groups.items():
        _check(table.industries, name, chosen)
        inside = table.industries if chosen is None else tuple(chosen)
        columns.append(np.isin(table.industries, inside).astype(float)[:, None])
    return np.hstack(columns)


def _check(industries: tuple[str, ...], name: str, chosen: Sequence[str] | None) -> None:
    if name in industries:
        raise GumError(f"expected a name that no industry has, got {name!r}; name the group otherwise", "gvc", "totals")
    if chosen is None:
        return
    if isinstance(chosen, str) or not len(chosen):
        raise GumError(f"expected industries in the group {name!r}, got {chosen!r}; list their codes", "gvc", name)
    unknown = [code for code in chosen if code not in industries]
    if unknown:
        had = ", ".join(industries[:5]) + (", ..." if len(industries) > 5 else "")
        said = f"expected industries of the table ({had}) in the group {name!r}, got {', '.join(map(str, unknown))}"
        raise GumError(f"{said}; take codes of the table's own classification", "gvc", name)
