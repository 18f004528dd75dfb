"""What is said of none, one, both and all is what a person would say; a bound is off by no more than its rounding."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumlib.errors import GumError
from gumlib.evidence.wording import at_least, at_most, by_kind, how_many, of_all, share_of


@given(st.integers(1, 40).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_no_count_says_nought_or_counts_all_as_some(numbers):
    count, total = numbers
    said = of_all(count, total, "cluster")
    assert not re.search(r"\b0\b", said)
    assert ("of the" in said) == (total > 1 and count < total)
    assert count in (0, 1, total) or said.startswith(f"{count} of the ")


@given(st.floats(0, 1))
def test_a_bound_in_words_holds(share):
    for said, bound in ((at_most(share, "it"), 1), (at_least(share, "it"), -1)):
        number = re.search(r"([\d.]+)%", said)
        assert "at most 0%" not in said
        assert "at least 0%" not in said
        assert "100%" not in said
        if number:
            assert bound * (float(number[1]) / 100 - share) >= -0.00501


@pytest.mark.parametrize(("count", "total"), [(-1, 4), (5, 4), (0, 0)])
def test_more_than_all_and_nothing_are_refused(count, total):
    with pytest.raises(GumError, match="expected a count"):
        of_all(count, total, "cluster")


@given(st.floats(0, 1))
def test_a_share_in_words_is_all_or_none_only_where_it_is(share):
    said = share_of(share, "the draws")
    assert said.startswith("none") == (share == 0)
    assert said.startswith("all") == (share == 1)
    assert not re.match(r"(0|100)%", said)


@given(st.dictionaries(st.sampled_from(["up", "level", "down"]), st.integers(0, 9)))
def test_counts_by_kind_leave_out_what_has_none(counts):
    said = by_kind(counts)
    assert not re.search(r"\b[01]\b", said)
    assert {kind for kind in counts if kind in said} == {kind for kind, count in counts.items() if count}


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(share):
    for said in (at_least, at_most, share_of):
        with pytest.raises(GumError, match="expected a share"):
            said(share, "the draws")


def test_one_is_said_in_the_singular():
    assert (how_many(1, "fact"), how_many(2, "fact")) == ("one fact", "2 facts")
