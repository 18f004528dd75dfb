"""Stages by the rule, types by the first coded epoch, and a sorting that finds what is planted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from gumlib import evidence
from gumlib.cases.compare import stages
from gumlib.terms import CLUSTERS, EPOCHS, FACTORS


def course(*means: float) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([["ningbo"], EPOCHS[: len(means)]], names=["cluster", "year"])
    return pd.DataFrame(np.outer(means, np.ones(6)), index=index, columns=list(FACTORS))


@pytest.mark.parametrize(
    ("means", "stage"),
    [
        ((0.7,), "emergence"),
        ((0.1, 0.28), "emergence"),
        ((0.4, 0.5), "growth"),
        ((0.4, 0.45), "stall"),
        ((0.6, 0.65), "sustainment"),
        ((0.6, 0.5), "decline"),
        ((0.9, 0.7), "decline"),
    ],
)
def test_the_rule(means, stage):
    assert stages.assign(course(*means))["stage"].iloc[-1] == stage


def test_change_counts_only_factors_coded_in_both_epochs():
    table = course(0.4, 0.4)
    table.iloc[1, :2] = np.nan
    assert stages.assign(table)["change"].iloc[1] == 0
    table.iloc[1, :3] = np.nan
    assert stages.assign(table)["stage"].isna().iloc[1]


@pytest.mark.parametrize(("social", "insertion", "kind"), [(0.6, 0.4, "native"), (0.2, 0.4, "embedded")])
def test_types_follow_the_first_coded_epoch(social, insertion, kind):
    table = evidence.wide()[list(FACTORS)]
    table["S"] = table["S"].where(table["S"].isna(), social)
    table["E"] = insertion
    assert (stages.types(table) == kind).all()


def planted(label: str) -> pd.DataFrame:
    """Give every cluster the profile that goes with its stage, or with its year, and noise."""
    rng = np.random.default_rng(1)
    courses = ([0.2, 0.25, 0.4, 0.55, 0.6, 0.65], [0.2, 0.4, 0.55, 0.6, 0.75, 0.7])
    index = pd.MultiIndex.from_product([list(CLUSTERS), EPOCHS], names=["cluster", "year"])
    means = np.concatenate([courses[n % 2] for n in range(4)])
    table = pd.DataFrame(np.outer(means, np.ones(6)), index=index, columns=list(FACTORS))
    marks = pd.factorize(stages.assign(table)[label])[0]
    profiles = rng.choice([-0.1, 0.1], (6, 6))
    profiles -= profiles.mean(axis=1, keepdims=True)
    return table + profiles[marks] + rng.normal(0, 0.005, (24, 6))


@pytest.mark.parametrize("label", ["stage", "year"])
def test_sorting_finds_what_is_planted(label):
    found = stages.likeness(planted(label), draws=200)
    other = {"stage": "year", "year": "stage"}[label]
    assert found.loc[label, "p"] < 0.05
    assert found.loc[label, "gap"] > found.loc[other, "gap"]


def test_sorting_is_the_same_on_every_run():
    pd.testing.assert_frame_equal(stages.likeness(draws=50), stages.likeness(draws=50))
