"""Captions and alternative texts hold no typed number: what a figure says of its data, it composes from them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gumlib import figures

FILES = sorted(Path(figures.__file__).parent.glob("*.py"))
DEFINED = re.compile(
    r"\b(?:19|20)\d\d\b"  # a year
    r"|\bC\d\d\b"  # a claim
    r"|\bfrom 0 to 1\b"  # the scale of levels and of governance
    r"|\b(?:5 to 95|90|95) %"  # what an interval or a band holds
)
"""What may stand as typed: it says how a figure is made, not what it shows."""


def typed(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of each piece of a caption or alternative text that holds a digit outside braces."""
    calls = [call for call in ast.walk(tree) if isinstance(call, ast.Call)]
    for text in (word.value for call in calls for word in call.keywords if word.arg in ("caption", "alt")):
        braces = [value for value in ast.walk(text) if isinstance(value, ast.FormattedValue)]
        composed = {id(part) for value in braces for part in ast.walk(value)}
        plain = [part for part in ast.walk(text) if isinstance(part, ast.Constant) and id(part) not in composed]
        yield from (
            (p.lineno, p.value)
            for p in plain
            if isinstance(p.value, str) and re.search(r"\d", DEFINED.sub("", p.value))
        )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_number_is_typed(file):
    found = list(typed(ast.parse(file.read_text(encoding="utf-8"))))
    assert not found, "compose the number from the table or a constant, or write it in words"


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ('f"Lines from 1995 to {last}, with 95 % intervals"', False),
        ('f"{table.size:d} rows on a scale from 0 to 1"', False),
        ('"Rates fall from 13 to 11"', True),
        ('f"All {count} lie above 0.8"', True),
        ('"Shares: " + "; ".join(f"{name} {share:.2f}" for name in names) + " of 64"', True),
    ],
)
def test_a_planted_number_is_refused(said, refused):
    assert bool(list(typed(ast.parse(f"Figure(alt={said})")))) == refused
