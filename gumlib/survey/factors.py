"""Do the items fall into the variables they were written for? Parallel analysis, loadings, places.

Factors are principal axes, with communalities of at most 1, rotated by oblimin with gamma 0 (quartimin).
Correlations are over the firms that answered both items. An exploratory factor analysis of some tens of firms is a
rough look, not a test; with many variables use several hundred firms, or look at a few variables at a time.

Source: horn1965.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from gumlib.data import sorting
from gumlib.errors import GumError
from gumlib.survey.responses import Responses

_SMALL = 1e-8
_ARRIVED, _STEPS = 1e-10, 2000


def scree(responses: Responses, *, seed: int, draws: int = 200, variables: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the eigenvalues of the items, and those of answers without any structure.

    Without structure means: each column of answers shuffled by itself, which keeps how often each answer
    was given. A factor is kept as long as its eigenvalue is above the 95th percentile of that.

    Returns
    -------
    Frame with factor (from 1), eigenvalue, chance (95th percentile), kept.

    Source: horn1965.

    Examples
    --------
    >>> from gumlib.survey import instrument, simulation
    >>> given = simulation.respondents(instrument("ningbo-firms"), 200, seed=1)
    >>> int(scree(given, seed=1, draws=20, variables=["L", "S"])["kept"].sum())
    2
    """
    answers = _chosen(responses, variables)
    eigenvalues = _eigenvalues(answers)
    rng = np.random.default_rng(seed)
    table = answers.to_numpy(float)
    chance = []
    for _ in range(draws):
        shuffled = rng.permuted(table, axis=0)
        chance.append(_eigenvalues(pd.DataFrame(shuffled, columns=answers.columns)))
    limit = np.percentile(chance, 95, axis=0)
    above = np.cumprod(eigenvalues > limit).astype(bool)
    number = range(1, len(eigenvalues) + 1)
    return pd.DataFrame({"factor": number, "eigenvalue": eigenvalues, "chance": limit, "kept": above})


def loadings(responses: Responses, *, variables: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the loadings of the items after an oblimin rotation, one column a factor; as many as variables.

    Raises
    ------
    GumError : too few firms for the items, or an item that everybody answered alike
    """
    answers = _chosen(responses, variables)
    scale = responses.instrument.scale().set_index("item").loc[answers.columns]
    count = scale["variable"].nunique()
    matrix = _correlations(answers)
    rotated = pd.DataFrame(_rotated(_axes(matrix, count)), index=answers.columns, columns=range(1, count + 1))
    return (rotated * np.where(rotated.sum() < 0, -1, 1)).rename_axis(index="item", columns="factor")


def places(responses: Responses, *, variables: Sequence[str] | None = None) -> pd.DataFrame:
    """Return for each item whether it loads highest on the factor of its variable.

    Factors are given to variables so that the loadings of the items on their own factors are as high as can be.

    Returns
    -------
    Frame with item, variable, own (loading on the factor of its variable), other (highest absolute loading
    on another), on (the variable of the factor it loads highest on), placed.
    """
    loaded = loadings(responses, variables=variables)
    variable = responses.instrument.scale().set_index("item")["variable"].loc[loaded.index]
    mean = loaded.abs().groupby(variable, sort=False).mean()
    rows, columns = linear_sum_assignment(-mean.to_numpy())
    named = loaded.rename(columns={loaded.columns[c]: mean.index[r] for r, c in zip(rows, columns, strict=True)})
    table = []
    for item, row in named.abs().iterrows():
        home, on = str(variable[item]), str(sorting.largest(row))
        table.append((item, home, row[home], row.drop(home).max() if len(row) > 1 else 0.0, on, on == home))
    return pd.DataFrame(table, columns=["item", "variable", "own", "other", "on", "placed"])


def _chosen(responses: Responses, variables: Sequence[str] | None) -> pd.DataFrame:
    if variables is None:
        return responses.shares()
    return pd.concat([responses.shares(variable) for variable in variables], axis=1)


def _eigenvalues(answers: pd.DataFrame) -> np.ndarray:
    return np.linalg.eigvalsh(answers.corr().to_numpy())[::-1]


def _correlations(answers: pd.DataFrame) -> np.ndarray:
    flat = [str(item) for item in answers if answers[item].nunique() < 2]
    if flat:
        raise GumError(
            f"expected answers that differ, all are alike for {flat[0]}; leave its variable out", "survey", "factors"
        )
    matrix = answers.corr().to_numpy()
    if not np.isfinite(matrix).all() or np.linalg.eigvalsh(matrix)[0] < _SMALL:
        count = f"{len(answers)} firms and {answers.shape[1]} items"
        raise GumError(f"expected more firms than items, got {count}; name fewer variables", "survey", "factors")
    return np.asarray(matrix, dtype=float)


def _axes(correlation: np.ndarray, count: int) -> np.ndarray:
    """Loadings on principal axes, (items, count); communalities start from squared multiple correlations."""
    common = 1 - 1 / np.diag(np.linalg.inv(correlation))
    for _ in range(_STEPS):
        reduced = correlation - np.diag(1 - common)
        values, vectors = np.linalg.eigh(reduced)
        axes = np.asarray(vectors * np.sqrt(np.maximum(values, 0)))[:, : -count - 1 : -1]
        last, common = common, np.minimum((axes**2).sum(axis=1), 1)
        if np.abs(common - last).max() < _ARRIVED:
            break
    return axes


def _rotated(axes: np.ndarray) -> np.ndarray:
    """Rotate loadings obliquely, so that few items load on two factors, by gradient projection (Jennrich 2002)."""
    turn, length = np.eye(axes.shape[1]), 2.0
    rotated, loss, slope = _quartimin(axes, turn)
    for _ in range(_STEPS):
        along = slope - turn * (turn * slope).sum(axis=0)
        steep = float((along**2).sum())
        trial = turn - length * along
        trial /= np.sqrt((trial**2).sum(axis=0))
        ahead = _quartimin(axes, trial)
        if ahead[1] < loss - steep * length / 2:
            turn, (rotated, loss, slope), length = trial, ahead, 2 * length
        elif length * np.sqrt(steep) < _ARRIVED:
            break
        else:
            length /= 2
    return rotated


def _quartimin(axes: np.ndarray, turn: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
    """Rotated loadings, their products of squares on different factors, and the slope of these by the rotation."""
    back = np.linalg.inv(turn)
    rotated = axes @ back.T
    squares = rotated**2
    others = squares.sum(axis=1, keepdims=True) - squares
    return rotated, float((squares * others).sum() / 4), -(rotated.T @ (rotated * others) @ back).T
