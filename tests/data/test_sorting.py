"""Orders that are shown do not hang on the last bit of a number, and no sort is left to chance."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gumlib.data import sorting
from gumlib.data.lineage.pages import code

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "gumlib").rglob("*.py")), *sorted((ROOT / "chapters").rglob("*.md"))]
UNSETTLED = ("nlargest", "nsmallest", "idxmax", "idxmin")
"""Methods that let the last bit decide which name is shown."""


def loose(text: str) -> Iterator[str]:
    """Yield the sorts in a piece of source that let chance or the last bit decide."""
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", "")
        kinds = [ast.unparse(word.value) for word in call.keywords if word.arg == "kind"]
        if name == "sort_values" and kinds != ["'stable'"]:
            yield f"line {call.lineno}: sort_values without kind='stable'; use that, or gumlib.data.sorting.ordered"
        elif name in UNSETTLED:
            yield f"line {call.lineno}: {name}; use gumlib.data.sorting, which lets names decide between equals"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sort_is_left_to_chance(file):
    assert not list(loose(code(file) if file.suffix == ".md" else file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    ["t.sort_values('a')", "t.sort_values(\n 'a', kind='quicksort')", "t['a'].idxmax()", "t.nlargest(3, 'a').index"],
)
def test_a_sort_that_is_left_to_chance_is_found(text):
    assert len(list(loose(text))) == 1
    assert not list(loose("t.sort_values('a', kind='stable'); sorting.ranked(t['a']); sorted(t)"))


def test_noise_in_the_last_bits_changes_no_order():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"name": list("dbca"), "level": ["x", "y", "x", "y"], "rank": [9.0, 9.0, 2.0, 9.0]})
    for _ in range(20):
        noisy = frame.assign(rank=frame["rank"] * (1 + 1e-12 * rng.standard_normal(4)))
        assert sorting.ordered(noisy, "rank", "name")["name"].tolist() == list("cabd")
        assert sorting.ordered(noisy, "level", "rank", "name", falling=("rank",))["name"].tolist() == list("dcab")
        values = noisy.set_index("name")["rank"]
        assert sorting.ranked(values).index.tolist() == list("cabd")
        assert sorting.ranked(values, falling=True).index.tolist() == list("abdc")
        assert (sorting.largest(values), sorting.smallest(values)) == ("a", "c")


def test_numbers_that_differ_stay_apart_and_missing_ones_come_last():
    values = pd.Series({"b": 1.0, "a": 1.0 + 1e-6, "d": np.nan, "c": -1e-20, "e": 0.0})
    assert sorting.ranked(values).index.tolist() == ["c", "e", "b", "a", "d"]
    assert sorting.ranked(values, falling=True).index.tolist() == ["a", "b", "e", "c", "d"]
    assert sorting.ranked(pd.Series({"b": 2, "a": 2, "c": 1})).index.tolist() == ["c", "a", "b"]
