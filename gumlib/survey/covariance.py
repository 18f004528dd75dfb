"""Covariances of items over the firms that answered both; nothing is filled in."""

import numpy as np
import pandas as pd

FEWEST = 3
"""Fewest firms that answered both of two items, for their covariance."""
ROUNDING = 1e-12
"""Of a sum of products: what is smaller beside it is rounding."""


def covariances(answers: pd.DataFrame) -> np.ndarray:
    """Return the covariances of items in columns, (1, items, items)."""
    return resampled(answers.to_numpy(float), np.ones((1, len(answers))))


def resampled(answers: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Return covariances, (draws, items, items), over the firms that answered both, each as often as `times` says.

    Missing where these are fewer than three. Answers are counted from the highest to their item, so that sums of
    steps such as 0.25 are exact, and the variance of answers that are all alike is 0.
    """
    items, known = answers.shape[1], ~np.isnan(answers)
    filled = np.where(known, answers - np.fmax.reduce(answers, axis=0, initial=-np.inf), 0.0)

    def summed(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        products: np.ndarray = times @ (one[:, :, None] * other[:, None, :]).reshape(-1, items**2)
        return products.reshape(-1, items, items)

    both, sums, cross = summed(known, known), summed(filled, known), summed(filled, filled)
    both = np.where(both < FEWEST, np.nan, both)
    apart = cross - sums * sums.transpose(0, 2, 1) / both
    covariance: np.ndarray = np.where(np.abs(apart) < ROUNDING * np.abs(cross), 0.0, apart) / (both - 1)
    return covariance
