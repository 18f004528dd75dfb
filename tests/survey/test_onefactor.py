"""One factor by maximum likelihood: closed forms, edges, an independent optimiser, and where there is none."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from gumlib.survey import reliability
from gumlib.survey.onefactor import Factor, fitted

BOUND = 1e-9
"""Smallest uniqueness of the independent optimiser, which cannot take 0."""


def implied(loadings: np.ndarray, uniqueness: np.ndarray) -> np.ndarray:
    return loadings[..., :, None] * loadings[..., None, :] + uniqueness[..., None] * np.eye(loadings.shape[-1])


def loss(correlation: np.ndarray, loadings: np.ndarray, uniqueness: np.ndarray) -> float:
    model = implied(loadings, uniqueness)
    return float(np.linalg.slogdet(model)[1] + np.trace(np.linalg.solve(model, correlation)))


def least(correlation: np.ndarray, rng: np.random.Generator, starts: int) -> float:
    """The least loss that L-BFGS-B finds over free loadings and bounded uniquenesses."""
    count = len(correlation)

    def ahead(at: np.ndarray) -> tuple[float, np.ndarray]:
        model = implied(at[:count], at[count:])
        inverse = np.linalg.inv(model)
        slope = inverse @ (model - correlation) @ inverse
        return loss(correlation, at[:count], at[count:]), np.r_[2 * slope @ at[:count], np.diag(slope)]

    bounds = [(-2, 2)] * count + [(BOUND, 2)] * count
    begin = np.c_[rng.uniform(-0.9, 0.9, (starts, count)), rng.uniform(0.1, 0.9, (starts, count))]
    return min(float(minimize(ahead, at, jac=True, method="L-BFGS-B", bounds=bounds).fun) for at in begin)


def sampled(rng: np.random.Generator, items: int, firms: int, number: int) -> np.ndarray:
    """Correlations of answers in five steps to items of one factor, so few that many are at an edge."""
    loadings = rng.uniform(0.2, 0.9, (number, 1, items))
    answers = rng.standard_normal((number, firms, 1)) * loadings
    answers += rng.standard_normal((number, firms, items)) * np.sqrt(1 - loadings**2)
    return np.array([np.corrcoef(np.clip(one, -2, 2).round(1).T) for one in answers])


@pytest.mark.parametrize("items", [3, 4, 5, 8])
def test_perfect_correlations_give_back_their_loadings(items):
    loadings = np.random.default_rng(items).uniform(0.15, 0.97, (200, items))
    found = fitted(implied(loadings, 1 - loadings**2))
    assert np.abs(found.loadings - loadings).max() < 1e-7
    assert not found.edge.any()


def test_three_items_have_a_closed_form():
    correlation = sampled(np.random.default_rng(2), 3, 25, 300)
    one, two, three = correlation[:, 0, 1], correlation[:, 0, 2], correlation[:, 1, 2]
    squares = np.c_[one * two / three, one * three / two, two * three / one]
    proper = ((squares > 0) & (squares < 1)).all(axis=1)
    found = fitted(correlation)
    assert np.abs(found.loadings[proper] ** 2 - squares[proper]).max() < 1e-7
    assert (found.edge == ~proper).all()
    assert 30 < proper.sum() < 270


def test_on_an_edge_the_item_is_the_factor():
    correlation = sampled(np.random.default_rng(3), 4, 15, 200)
    found = fitted(correlation)
    item = np.abs(found.loadings).argmax(axis=1)[found.edge]
    own = correlation[found.edge, item]
    assert np.abs(np.abs(found.loadings[found.edge]) - np.abs(own)).max() < 1e-12
    assert (found.uniqueness[found.edge].min(axis=1) == 0).all()
    assert (found.uniqueness[~found.edge].min(axis=1) > 0).all()
    assert 30 < found.edge.sum() < 170


@pytest.mark.parametrize(("items", "firms"), [(3, 12), (4, 10), (4, 30), (5, 8), (6, 20)])
def test_no_other_optimiser_finds_less(items, firms):
    rng = np.random.default_rng(items * firms)
    correlation = sampled(rng, items, firms, 8)
    found = fitted(correlation)
    for matrix, loadings, uniqueness in zip(correlation, found.loadings, found.uniqueness, strict=True):
        assert loss(matrix, loadings, uniqueness) <= least(matrix, rng, starts=8) + 1e-9


def test_the_deepest_of_two_valleys_is_found():
    """The second and fourth item belong together, and so do the first and third, a little less."""
    correlation = np.array([
        [1.00, 0.11, 0.51, 0.00, 0.21],
        [0.11, 1.00, 0.03, 0.54, 0.19],
        [0.51, 0.03, 1.00, 0.05, 0.28],
        [0.00, 0.54, 0.05, 1.00, 0.23],
        [0.21, 0.19, 0.28, 0.23, 1.00],
    ])  # fmt: skip
    found = fitted(correlation)
    other = np.array([0.663, 0.147, 0.749, 0.119, 0.373])
    assert found.loadings == pytest.approx([0.127, 0.723, 0.121, 0.732, 0.312], abs=6e-4)
    deep, shallow = (loss(correlation, one, 1 - one**2) for one in (found.loadings, other))
    assert 1e-3 < shallow - deep < 0.05


def test_order_and_company_of_the_items_and_samples_do_not_matter():
    correlation = sampled(np.random.default_rng(5), 4, 12, 60)
    found = fitted(correlation)
    for order in itertools.islice(itertools.permutations(range(4)), 1, None, 5):
        other = fitted(correlation[:, order][:, :, order])
        assert np.abs(other.loadings - found.loadings[:, order]).max() < 1e-9
    alone = [fitted(matrix).loadings for matrix in correlation]
    assert np.abs(np.array(alone) - found.loadings).max() < 1e-9


def test_turned_items_load_the_other_way():
    correlation = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    correlation[3, :3] = correlation[:3, 3] = -0.5
    assert fitted(correlation).loadings == pytest.approx(np.sqrt(0.5) * np.array([1, 1, 1, -1]))


@pytest.mark.parametrize("firms", [3, 5, 40])
def test_identical_items_have_an_omega_of_one(firms):
    answers = np.random.default_rng(firms).integers(1, 6, firms) / 7
    for items in (3, 4):
        assert reliability.omega(pd.DataFrame(dict.fromkeys(range(items), answers))) == 1
        scaled = pd.DataFrame({n: answers * (n + 1) + n for n in range(items)})
        assert reliability.omega(scaled) == pytest.approx(1, abs=1e-12)


def test_two_identical_items_are_the_factor():
    rng = np.random.default_rng(6)
    one, other = rng.standard_normal((2, 30))
    answers = pd.DataFrame({"a": one, "b": one, "c": one + other, "d": other + 0.5 * one})
    found = fitted(answers.cov().to_numpy())
    assert found.loadings == pytest.approx(answers.corr()["a"].to_numpy())
    assert found.edge


def nothing(found: Factor) -> bool:
    return bool(np.isnan(found.loadings).all() and np.isnan(found.uniqueness).all() and not found.edge.any())


NONE = {
    "two items": np.array([[1, 0.5], [0.5, 1]]),
    "an item without variance": np.diag([1.0, 1, 1, 0]) + np.pad(np.full((3, 3), 0.2), (0, 1)),
    "a missing covariance": np.where(np.eye(3, k=2) + np.eye(3, k=-2), np.nan, np.eye(3)),
    "no correlation": np.eye(4),
    "one correlation": np.pad(np.full((2, 2), 0.5), (0, 2)) + np.diag([0.5, 0.5, 1, 1]),
    "two pairs apart": np.kron(np.eye(2), np.array([[1, 0.6], [0.6, 1]])),
    "a correlation over 1": np.full((3, 3), 1.2) - 0.2 * np.eye(3),
    "correlations no answers have": np.array([[1, 0.9, 0.9], [0.9, 1, -0.9], [0.9, -0.9, 1]]),
}


@pytest.mark.parametrize("covariance", NONE.values(), ids=NONE)
def test_where_there_is_no_factor_it_is_missing(covariance):
    assert nothing(fitted(covariance))
    kept = np.full(covariance.shape, 0.25) + 0.75 * np.eye(len(covariance))
    beside = fitted(np.stack([covariance, kept]))
    assert np.isnan(beside.loadings[0]).all()
    assert len(covariance) < 3 or beside.loadings[1] == pytest.approx(0.5)


def test_omega_is_missing_with_too_few_firms_or_an_item_all_answered_alike():
    answers = pd.DataFrame(np.random.default_rng(8).integers(1, 6, (20, 4)) / 4)
    assert np.isfinite(reliability.omega(answers))
    assert np.isnan(reliability.omega(answers.iloc[:2]))
    assert np.isnan(reliability.omega(answers.assign(alike=0.3)))
    assert np.isnan(reliability.omega(answers.iloc[:0]))
    apart = answers.copy()
    apart.loc[2:, 0] = np.nan
    assert np.isnan(reliability.omega(apart))


def test_a_published_matrix_gives_the_loadings_that_factanal_prints():
    """Six ability tests of 112 people (Smith and Stanley 1983), R's data set ability.cov, with one factor."""
    covariance = np.array([
        [24.641, 5.991, 33.520, 6.023, 20.755, 29.701],
        [5.991, 6.700, 18.137, 1.782, 4.936, 7.204],
        [33.520, 18.137, 149.831, 19.424, 31.430, 50.753],
        [6.023, 1.782, 19.424, 12.711, 4.757, 9.075],
        [20.755, 4.936, 31.430, 4.757, 52.604, 66.762],
        [29.701, 7.204, 50.753, 9.075, 66.762, 135.292],
    ])  # fmt: skip
    found = fitted(covariance)
    assert found.loadings.round(3).tolist() == [0.682, 0.384, 0.502, 0.300, 0.877, 0.849]
    assert found.uniqueness.round(3).tolist() == [0.535, 0.853, 0.748, 0.910, 0.232, 0.280]


def frames(rng: np.random.Generator, number: int) -> list[pd.DataFrame]:
    """Answers of few firms to few items, with constant items, identical ones and gaps."""
    found = []
    for _ in range(number):
        firms, items = rng.integers(1, 9), rng.integers(1, 6)
        answers = pd.DataFrame(rng.integers(1, 6, (firms, items)) / 5.0, columns=list("abcde"[:items]))
        kind = rng.integers(0, 5)
        if kind == 1:
            answers["a"] = 0.7
        if kind == 2:
            answers[:] = answers[["a"]].to_numpy()
        if kind == 3:
            answers[:] = 1 / 3
        found.append(answers.mask(rng.random(answers.shape) < 0.3) if kind == 4 else answers)
    return found


def test_omega_is_there_or_it_is_said_why_and_identical_answers_give_one():
    seen = set()
    for answers in frames(np.random.default_rng(7), 400):
        value, said = reliability.omega(answers), reliability.note(answers)
        assert np.isfinite(value) == (said in ("", "each firm answers all items the same")), answers
        if said.startswith("each firm"):
            assert value == pytest.approx(1, abs=1e-12)
        assert set(reliability.heywood(answers)) <= set(answers)
        seen.add(said.replace("a alike", "item alike"))
    assert {"fewer than three items", "each firm answers all items the same"} < seen
    assert "the answers tell no single factor" in seen
    assert {"all firms answer each item alike", "fewer than three firms answer both of some two items"} < seen


def test_heywood_cases_stand_in_the_table():
    rng = np.random.default_rng(6)
    one, other = rng.standard_normal((2, 30))
    answers = pd.DataFrame({"a": one, "b": one + 0.1 * other, "c": one + other, "d": other + 0.5 * one, "e": one})
    assert reliability.heywood(answers) == ["a", "e"]
    assert reliability.heywood(answers.drop(columns="e") + rng.standard_normal((30, 4))) == []


STACKLOSS = np.array([
    [84.05714, 22.65714, 24.57143, 85.76429],
    [22.65714, 9.99048, 6.62143, 28.14762],
    [24.57143, 6.62143, 28.71429, 21.79286],
    [85.76429, 28.14762, 21.79286, 103.46190],
])  # fmt: skip
"""Covariances of R's data set stackloss (Brownlee 1965): 21 days of a plant, four measures."""
ATTITUDE = np.array(
    [[148.17126, 133.77931, 63.46437], [133.77931, 177.28276, 90.95172], [63.46437, 90.95172, 149.70575]]
)
"""Covariances of the first three items of R's data set attitude (Chatterjee and Price 1977): 30 departments."""
IRIS = np.array([
    [0.68569, -0.04243, 1.27432, 0.51627],
    [-0.04243, 0.18998, -0.32966, -0.12164],
    [1.27432, -0.32966, 3.11628, 1.29561],
    [0.51627, -0.12164, 1.29561, 0.58101],
])  # fmt: skip
"""Covariances of R's data set iris (Anderson 1935): 150 flowers, four measures."""


@pytest.mark.parametrize(
    ("covariance", "loadings", "criterion", "omega", "stopped"),
    [
        (ATTITUDE, [0.8254, 1.0, 0.5583], 0.00550575, 0.8585, 0.006261772),
        (STACKLOSS, [0.9197, 0.8755, 0.3998, 1.0], 0.1831236, 0.9334, 0.1843708),
        (IRIS, [0.8718, -0.4284, 1.0, 0.9629], 0.5661771, 0.9622, 0.585013),
    ],
)
def test_heywood_cases_of_r_reach_the_optimum(covariance, loadings, criterion, omega, stopped):
    """R 4.2.2: `factanal(x, 1, lower = 1e-6)`; `stopped` is where its default bound of 0.005 leaves the criterion."""
    found = fitted(covariance)
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    reached = loss(correlation, found.loadings, np.maximum(found.uniqueness, BOUND))
    reached -= np.linalg.slogdet(correlation)[1] + len(covariance)
    assert found.edge
    assert found.loadings == pytest.approx(loadings, abs=4e-4)
    assert reached == pytest.approx(criterion, abs=3e-4)
    assert reached < stopped
    common, own = (spread @ found.loadings) ** 2, (spread**2) @ found.uniqueness
    assert common / (common + own) == pytest.approx(omega, abs=2e-4)
