"""How large a difference between two forecasts so few clusters could show."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import t as student

from gumlib.cases.fitting import priors
from gumlib.cases.fitting.batch import fit_many
from gumlib.cases.fitting.estimate import Fit
from gumlib.cases.fitting.leave_one_out import CONFIDENCE
from gumlib.cases.fitting.likelihood import Problem, predicted
from gumlib.dynamics.parameters import Floats

SEED = 43
SIZES = tuple(np.round(np.arange(0, 0.2001, 0.005), 3))
_CLUSTERS = (4, 8, 16, 32)
SURE = 0.8
_GRID = 0.1
"""Two whole scores 0-5 averaged and divided by five lie on a grid of a tenth."""


def power(
    spread: float, sizes: Sequence[float] = SIZES, clusters: Sequence[int] = _CLUSTERS, *, draws: int = 20000
) -> pd.DataFrame:
    """Return how often a true difference in error would show, by its size and the number of clusters.

    Simulated: differences by cluster are normal around the true one. Two rules: the 95 % t interval leaves
    out zero; or the better forecast is closer in every cluster.

    Parameters
    ----------
    spread : standard deviation of the paired differences between clusters

    Returns
    -------
    Tidy frame: clusters, difference, interval and every (shares of draws by either rule).
    """
    rows = []
    for count, stream in zip(clusters, np.random.SeedSequence(SEED).spawn(len(clusters)), strict=True):
        noise = spread * np.random.default_rng(stream).standard_normal((draws, count))
        bound = student.ppf((1 + CONFIDENCE) / 2, count - 1) / np.sqrt(count)
        for size in sizes:
            gaps = noise + size
            sure = np.abs(gaps.mean(axis=1)) > bound * gaps.std(axis=1, ddof=1)
            rows.append((count, size, sure.mean(), (gaps > 0).all(axis=1).mean()))
    return pd.DataFrame(rows, columns=["clusters", "difference", "interval", "every"])


def detectable(table: pd.DataFrame) -> pd.Series:
    """Return the smallest difference whose interval leaves out zero in `SURE` of the draws, by number of clusters."""
    found = {}
    for count, part in table.groupby("clusters"):
        found[count] = float(np.interp(SURE, part["interval"], part["difference"], left=np.nan, right=np.nan))
    return pd.Series(found, name="difference").rename_axis("clusters")


def _worlds(truth: Fit, count: int) -> Floats:
    """Return coded levels of simulated worlds in which a fitted model is true, (count, cases, later, 10).

    Noise as the likelihood has it, then cut to [0, 1] and rounded to the grid of two coders. What was not
    coded is not coded there either.
    """
    problem = truth.problem
    clean = predicted(problem, priors.values(truth.scores), truth.model)
    spread = np.sqrt(problem.sigma**2 + float(truth.values["discrepancy"]) ** 2)
    noise = np.random.default_rng(SEED).standard_normal((count, *problem.levels.shape))
    drawn: Floats = np.round(np.clip(clean + spread * noise, 0.0, 1.0) / _GRID) * _GRID
    return drawn


def contests(truth: Fit, rivals: Sequence[str], count: int) -> pd.DataFrame:
    """Leave one cluster out in worlds where `truth` holds: error of each rival less that of the true model.

    Returns
    -------
    Tidy frame: rival, world, case, difference.
    """
    levels = _worlds(truth, count)
    discrepancy = float(truth.values["discrepancy"])
    own = left_out_errors(truth.problem, levels, truth.model.name, discrepancy)
    rows = []
    for rival in rivals:
        gaps = left_out_errors(truth.problem, levels, rival, discrepancy) - own
        for at, name in enumerate(truth.problem.names):
            rows.append(pd.DataFrame({"rival": rival, "world": range(count), "case": name, "difference": gaps[:, at]}))
    return pd.concat(rows, ignore_index=True)


def left_out_errors(problem: Problem, levels: Floats, model: str, discrepancy: float) -> Floats:
    """Return the error of a model for each cluster left out, in many versions of the cases, (versions, cases)."""
    versions, cases = levels.shape[:2]
    used = np.tile(~np.eye(cases, dtype=bool), (versions, 1))
    many = np.repeat(levels, cases, axis=0)
    found = fit_many(problem, many, used, model, discrepancy)
    missed = np.abs(found.predicted - many).reshape(versions, cases, cases, -1)
    own: Floats = np.nanmean(missed[:, range(cases), range(cases)], axis=-1)
    return own
