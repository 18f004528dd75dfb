"""Intervals for shares of draws."""

import numpy as np
from scipy.stats import norm


def wilson(share: float, trials: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; the trials need not be whole, as where draws depend on each other.

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson(0.5, 2)]
    [0.095, 0.905]
    """
    z2 = norm.ppf(0.975) ** 2 / trials
    half = np.sqrt(z2 * (share * (1 - share) + z2 / 4))
    low, high = ((share + z2 / 2 + sign * half) / (1 + z2) for sign in (-1, 1))
    return float(max(low, 0.0)), float(min(high, 1.0))
