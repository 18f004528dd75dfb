"""How far the items of a variable agree: Cronbach's alpha, McDonald's omega, and each item by itself.

Omega is of one factor, fitted by
maximum likelihood: omega total, the share of the variance of the sum that the factor carries. Alpha equals it where
all loadings are the same, and is lower where they are not.

Source: cronbach1951, feldt1987, mcdonald1999.
"""

import numpy as np
import pandas as pd
from scipy.stats import f as fisher

from gumlib.errors import GumError
from gumlib.evidence.wording import listed
from gumlib.survey import onefactor
from gumlib.survey.covariance import FEWEST, ROUNDING, covariances, resampled
from gumlib.survey.responses import Responses

_DRAWS = 500
CUSTOMARY = 0.7
"""A floor that is often used; no more than a custom."""


def cronbach_alpha(answers: pd.DataFrame) -> float:
    """Return Cronbach's alpha of items in columns, reverse items turned; missing where it is undefined.

    Source: cronbach1951.

    Examples
    --------
    >>> round(cronbach_alpha(pd.DataFrame({"a": [1.0, 2, 3], "b": [1.0, 2, 3], "c": [1.0, 3, 2]})), 3)
    0.857
    """
    return float(_alpha(covariances(answers))[0])


def feldt(value: float, firms: int, items: int) -> tuple[float, float]:
    """Return Feldt's 95 % interval of an alpha, exact where items are parallel and answers normal.

    Source: feldt1987.

    Examples
    --------
    >>> [round(end, 3) for end in feldt(0.85, firms=89, items=7)]
    [0.797, 0.893]
    """
    if firms < 2 or items < 2 or not np.isfinite(value):
        return float("nan"), float("nan")
    over, under = firms - 1, (firms - 1) * (items - 1)
    low, high = (1 - (1 - value) * float(fisher.ppf(at, over, under)) for at in (0.975, 0.025))
    return low, high


def omega(answers: pd.DataFrame) -> float:
    """Return McDonald's omega (one factor) of items in columns.

    Missing with fewer than three items or three firms, with an item that all answered alike, and where the answers
    do not tell a factor (`gumlib.survey.onefactor.fitted`). It is 1 where all items are answered the same.

    Source: mcdonald1999.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> answers = pd.DataFrame(rng.normal(size=(400, 1)) + rng.normal(size=(400, 4)))
    >>> round(omega(answers), 2)
    0.78
    """
    return float(_omega(covariances(answers))[0])


def intervals(answers: pd.DataFrame, *, draws: int = _DRAWS, seed: int) -> dict[str, tuple[float, float]]:
    """Return the 95 % percentile intervals of alpha and omega over resamples of the firms.

    Missing where a tenth of the resamples or more has no value.
    """
    firms = len(answers)
    drawn = np.random.default_rng(seed).integers(0, firms, (draws, firms))
    drawn += firms * np.arange(draws)[:, None]
    times = np.bincount(drawn.ravel(), minlength=draws * firms).reshape(draws, firms)
    covariance = resampled(answers.to_numpy(float), times)
    resamples = {"alpha": _alpha(covariance), "omega": _omega(covariance)}
    ends = {}
    for name, values in resamples.items():
        enough = draws > 0 and np.isfinite(values).mean() > 0.9
        low, high = np.nanpercentile(values, [2.5, 97.5]) if enough else (np.nan, np.nan)
        ends[name] = (float(low), float(high))
    return ends


def heywood(answers: pd.DataFrame) -> list[str]:
    """Return the items that are the factor itself, with no uniqueness (Heywood's case); mostly none.

    Examples
    --------
    >>> heywood(pd.DataFrame({"a": [1.0, 2, 3, 3], "b": [1.0, 2, 3, 3], "c": [2.0, 1, 3, 2], "d": [1.0, 1, 3, 2]}))
    ['a', 'b']
    """
    loadings = onefactor.fitted(covariances(answers)).loadings[0]
    return [str(item) for item, loading in zip(answers, loadings, strict=True) if abs(loading) == 1]


def note(answers: pd.DataFrame) -> str:
    """Return why omega is missing, or that it is 1 because all items are answered the same; else nothing."""
    known, covariance = answers.notna().astype(int), covariances(answers)[0]
    alike = [str(item) for item in answers if answers[item].max() == answers[item].min()]
    if np.isfinite(omega(answers)):
        return "each firm answers all items the same" if (answers.max(axis=1) == answers.min(axis=1)).all() else ""
    if answers.shape[1] < onefactor.FEWEST:
        return "fewer than three items"
    if unasked := [str(item) for item in answers if not known[item].any()]:
        return f"nobody answers {listed(unasked)}"
    if alike:
        return f"all firms answer {'each item' if len(alike) == answers.shape[1] else listed(alike)} alike"
    if (known.T @ known < FEWEST).any(axis=None):
        return "fewer than three firms answer both of some two items"
    if np.linalg.eigvalsh(covariance)[0] < -ROUNDING * np.trace(covariance):
        return "too many answers are missing: the pairs of items are of different firms"
    return "the answers tell no single factor"


def alpha_and_omega(responses: Responses, *, seed: int, draws: int = _DRAWS) -> pd.DataFrame:
    """Return alpha and omega of each variable with 95 % intervals.

    Parameters
    ----------
    seed : of the resamples
    draws : resamples; 0 leaves the resampled intervals missing

    Returns
    -------
    Frame with variable, items, firms (with all items answered), alpha, alpha_low and alpha_high (Feldt),
    alpha_boot_low, alpha_boot_high, omega, omega_low and omega_high (resampled), heywood (items without a
    uniqueness of their own, so that omega is to be read with care), note (`note`).

    Raises
    ------
    GumError : fewer than three firms
    """
    if len(responses.frame) < FEWEST:
        raise GumError(f"expected three firms or more, got {len(responses.frame)}; gather more", "survey", "firms")
    rows = []
    for variable in responses.instrument.scale()["variable"].unique():
        answers = responses.shares(variable)
        value, complete = cronbach_alpha(answers), len(answers.dropna())
        ends = intervals(answers, draws=draws, seed=seed)
        row: dict[str, object] = {"variable": variable, "items": answers.shape[1], "firms": complete, "alpha": value}
        row["alpha_low"], row["alpha_high"] = feldt(value, complete, answers.shape[1])
        row["alpha_boot_low"], row["alpha_boot_high"] = ends["alpha"]
        row["omega"] = omega(answers)
        row["omega_low"], row["omega_high"] = ends["omega"]
        row["heywood"], row["note"] = " ".join(heywood(answers)), note(answers)
        rows.append(row)
    return pd.DataFrame(rows)


def items(responses: Responses) -> pd.DataFrame:
    """Return each scale item by itself, reverse items turned.

    Returns
    -------
    Frame with item, variable, turned, mean and sd (0 to 1), item_rest (correlation with the mean of the
    other items of the variable), alpha_without (alpha if the item is left out), floor and ceiling
    (shares at the lowest and the highest answer), missing (share).
    """
    scale = responses.instrument.scale()
    reverse = scale.set_index("item")["reverse"].astype(int) == 1
    rows = []
    for variable in scale["variable"].unique():
        answers = responses.shares(variable)
        for item in answers:
            given, rest = answers[item], answers.drop(columns=item)
            known = given.dropna()
            rows.append(
                {
                    "item": item,
                    "variable": variable,
                    "turned": bool(reverse[item]),
                    "mean": known.mean(),
                    "sd": known.std(),
                    "item_rest": _correlation(given, rest.mean(axis=1)),
                    "alpha_without": cronbach_alpha(rest) if rest.shape[1] > 1 else float("nan"),
                    "floor": (known == 0).mean(),
                    "ceiling": (known == 1).mean(),
                    "missing": given.isna().mean(),
                }
            )
    return pd.DataFrame(rows)


def _correlation(one: pd.Series, other: pd.Series) -> float:
    both = pd.concat([one, other], axis=1).dropna().to_numpy()
    if len(both) < 3 or (np.ptp(both, axis=0) == 0).any():
        return float("nan")
    return float(np.corrcoef(both.T)[0, 1])


def _alpha(covariance: np.ndarray) -> np.ndarray:
    count, total = covariance.shape[1], covariance.sum(axis=(1, 2))
    if count < 2:
        return np.full(len(covariance), np.nan)
    variances = np.trace(covariance, axis1=1, axis2=2)
    alphas: np.ndarray = count / (count - 1) * (1 - variances / np.where(total > 0, total, np.nan))
    return alphas


def _omega(covariance: np.ndarray) -> np.ndarray:
    loadings, uniqueness, _ = onefactor.fitted(covariance)
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    common = (loadings * np.sqrt(variance)).sum(axis=1) ** 2
    omegas: np.ndarray = common / (common + (uniqueness * variance).sum(axis=1))
    return omegas
