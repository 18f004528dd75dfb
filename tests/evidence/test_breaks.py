"""Breaks in short series: known answers, exact p-values on toys, chance in its place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib.errors import GumError
from gumlib.evidence import breaks, series


def rates(*values: float, first: int = 2001) -> pd.Series:
    return pd.Series(values, index=range(first, first + len(values)), dtype=float)


def noisy(step: float, seed: int = 5) -> pd.Series:
    values = 0.1 + 0.01 * np.random.default_rng(seed).standard_normal(18)
    values[9:] += step
    return rates(*values, first=1995)


def test_exact_p_counts_every_way_to_choose_the_later_years():
    one = breaks.at(rates(1, 2, 3, 4, 5, 6), 2004)
    assert (one.p, one.floor, one.rise) == (1 / 20, 1 / 20, 3.0)
    assert breaks.at(rates(4, 5, 6, 1, 2, 3), 2004).p == 1.0
    assert breaks.at(rates(1, 2, 4, 3, 5, 6), 2004).p == 2 / 20


def test_equal_growth_is_no_break():
    one = breaks.at(rates(*[0.1] * 8), 2005)
    assert (one.p, one.rise) == (1.0, 0.0)
    assert breaks.peak(rates(*[0.1] * 8)).p == 1.0


def test_a_planted_break_is_found_in_its_year_and_no_other():
    planted = noisy(0.05)
    assert breaks.at(planted, 2004).p < 0.001
    assert breaks.at(planted, 2004).rank == 1
    top = breaks.peak(planted)
    assert top.year == 2004
    assert top.p < 0.001 < top.limit < top.statistic


def test_without_a_break_none_is_found():
    assert breaks.at(noisy(0), 2004).p > 0.05
    assert breaks.peak(noisy(0)).p > 0.05


def test_a_fall_is_not_a_rise():
    assert breaks.at(noisy(-0.05), 2004).p > 0.99


def test_looking_everywhere_finds_one_break_in_twenty_by_chance():
    rng = np.random.default_rng(3)
    found = [breaks.peak(rates(*rng.standard_normal(12)), draws=199).p <= 0.05 for _ in range(200)]
    assert 0.02 <= np.mean(found) <= 0.09


def test_the_seed_decides_the_rearranged_series():
    assert breaks.peak(noisy(0.01), seed=1) == breaks.peak(noisy(0.01), seed=1)
    assert breaks.peak(noisy(0.01), seed=1).limit != breaks.peak(noisy(0.01), seed=2).limit


def test_order_of_the_rows_does_not_matter():
    planted = noisy(0.05)
    assert breaks.at(planted[::-1], 2004).p == breaks.at(planted, 2004).p
    assert breaks.peak(planted[::-1]) == breaks.peak(planted)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: breaks.at(rates(1, 2, 3, 4, 5, 6), 2003), "expected 3 growth rates before 2003"),
        (lambda: breaks.scan(rates(1, 2, 3)), "expected at least 6 growth rates, got 3"),
        (lambda: breaks.at(rates(*range(40)), 2021), "ways to rearrange"),
        (lambda: series.series("tea"), "expected one of"),
        (lambda: series.pay_growth("tea"), "expected one of"),
    ],
)
def test_errors_say_what_was_expected(call, message):
    with pytest.raises(GumError, match=message):
        call()


def test_a_gap_in_the_years_gives_no_growth():
    levels = pd.Series([1.0, 2.0, 8.0], index=[2000, 2001, 2003])
    assert breaks.growth(levels).index.tolist() == [2001]


def test_windows_begin_later_and_later_and_the_first_is_the_whole_series():
    planted = noisy(0.05)
    table = breaks.windows(planted, 2004)
    assert table.index.tolist() == list(range(1995, 2002))
    assert table["p"].iloc[0] == breaks.at(planted, 2004).p
