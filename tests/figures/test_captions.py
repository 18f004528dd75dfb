"""Captions and alternative texts hold no typed number: what a figure says of its data, it composes from them."""

from __future__ import annotations

import ast

import pytest

from book import house


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ('Figure(alt=f"Lines from 1995 to {last}, with 95 % intervals")', False),
        ('Figure(alt=f"{table.size:d} rows on a scale from 0 to 1")', False),
        ('Figure(alt="Rates fall from 13 to 11")', True),
        ('Figure(caption=f"All {count} lie above 0.8")', True),
        ('Figure(alt="Shares: " + "; ".join(f"{name} {share:.2f}" for name in names) + " of 64")', True),
        ('caption = f"The {count} facts of 4 clusters."', True),
        ('title = "The first 4"', False),
    ],
)
def test_a_typed_number_is_refused(said, refused):
    assert bool(list(house.typed(ast.parse(said)))) == refused
