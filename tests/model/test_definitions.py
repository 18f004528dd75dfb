"""Definitions of the field are stated as the field states them."""

from __future__ import annotations

import pytest

from gumlib.errors import GumError
from gumlib.model import definitions
from gumlib.terms import WAYS

GEREFFI = {
    "market": ("low", "high", "high"),
    "modular": ("high", "high", "high"),
    "relational": ("high", "low", "high"),
    "captive": ("high", "high", "low"),
    "hierarchy": ("high", "low", "low"),
}
"""Complexity, codifiability, capability: Gereffi, Humphrey and Sturgeon (2005), table 1."""


@pytest.mark.parametrize("kind", GEREFFI)
def test_five_types_of_governance(kind):
    assert definitions.governance(*GEREFFI[kind]) == kind


def test_the_other_three_combinations_are_not_named():
    table = definitions.governance_table()
    assert len(table) == 8
    assert not table.duplicated(["complexity", "codifiability", "capability"]).any()
    assert set(table["type"].dropna()) == set(GEREFFI)
    assert table["type"].isna().sum() == 3


@pytest.mark.parametrize("place", range(3))
def test_a_value_that_is_neither_low_nor_high_is_refused(place):
    variables = ("complexity", "codifiability", "capability")
    values = ["high"] * 3
    values[place] = "middling"
    with pytest.raises(GumError, match=rf"definitions: {variables[place]}\] expected low or high, got 'middling'"):
        definitions.governance(*values)


def test_the_crosswalk_sets_every_way_beside_every_kind():
    table = definitions.crosswalk()
    assert list(table.index) == list(WAYS)
    assert list(table.columns) == ["process", "product", "functional", "chain"]
    assert table.notna().all(axis=None)
    assert table.loc["K"].eq("").all()
    assert table["chain"].eq("").all()
