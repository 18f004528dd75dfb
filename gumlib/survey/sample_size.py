"""How many firms to ask for an interval of a given width: by a formula, and by simulated surveys beside it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import norm
from scipy.stats import t as student

from gumlib.errors import GumError
from gumlib.survey.levels import ENOUGH_ITEMS
from gumlib.survey.questionnaire import Instrument
from gumlib.survey.responses import Responses
from gumlib.survey.simulation import respondents

GRID = (8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200)


def formula(deviation: float, half_width: float, *, population: int | None = None, effect: float = 1.0) -> int:
    """Return the firms needed for a 95 % interval of the mean of half this width.

    Parameters
    ----------
    deviation : standard deviation of the answers of firms, from 0 to 1
    population : firms there are, if they are few
    effect : design effect; above 1 where firms of a place answer alike and whole places are drawn

    Source: cochran1977.

    Examples
    --------
    >>> formula(0.2, 0.1), formula(0.2, 0.1, population=40), formula(0.2, 0.05)
    (16, 12, 62)
    """
    if not (deviation > 0 and half_width > 0 and effect > 0):
        raise GumError(f"expected positive numbers, got {deviation}, {half_width}, {effect}", "survey", "formula")
    large = effect * (float(norm.ppf(0.975)) * deviation / half_width) ** 2
    count = large if population is None else large / (1 + (large - 1) / population)
    return int(np.ceil(round(count, 9)))


def survey_widths(instrument: Instrument, *, seed: int, grid: Sequence[int] = GRID, repeats: int = 60) -> pd.DataFrame:
    """Return half-widths of intervals in simulated surveys, as `half_widths` does.

    Every variable is planted at 0.5, where answers spread most.

    Parameters
    ----------
    repeats : surveys for each number of firms
    """
    middle = dict.fromkeys(instrument.scale()["variable"].unique(), 0.5)
    most = max(grid)
    given = [respondents(instrument, most, seed=seed + number, levels=middle) for number in range(repeats)]
    return half_widths(np.stack([_firms(instrument, one) for one in given]), grid)


def half_widths(surveys: np.ndarray, grid: Sequence[int], answered: float = 1.0) -> pd.DataFrame:
    """Return half-widths of Student's 95 % intervals of means, by the number of firms, where three or more answered.

    Parameters
    ----------
    surveys : (surveys, firms, means), from 0 to 1, missing where a firm did not answer
    answered : share of firms that do, for the formula

    Returns
    -------
    Frame with firms, half_width (mean over surveys and means), upper (below it nine intervals of ten),
    formula (from the standard deviation of all simulated answers), deviation.
    """
    deviation = float(np.sqrt(np.nanvar(surveys, axis=1, ddof=1).mean()))
    rows = []
    for firms in grid:
        part = surveys[:, :firms]
        known = np.isfinite(part).sum(axis=1)
        use = known >= 3
        spread = np.nanstd(np.where(use[:, None], part, 0.0), axis=1, ddof=1)
        half = (student.ppf(0.975, np.maximum(known - 1, 1)) * spread / np.sqrt(known.clip(1)))[use]
        simple = float(norm.ppf(0.975)) * deviation / np.sqrt(firms * answered)
        rows.append((firms, float(half.mean()), float(np.percentile(half, 90)), simple, deviation))
    return pd.DataFrame(rows, columns=["firms", "half_width", "upper", "formula", "deviation"])


def needed(found: pd.DataFrame, half_width: float = 0.1, column: str = "upper") -> int | None:
    """Return the smallest number of firms in a table of `survey_widths` that keeps the half-width, or None.

    Examples
    --------
    >>> table = pd.DataFrame({"firms": [10, 20, 40], "upper": [0.16, 0.11, 0.07]})
    >>> needed(table), needed(table, 0.01)
    (40, None)
    """
    enough = found.loc[found[column] <= half_width, "firms"]
    return None if enough.empty else int(enough.min())


def _firms(instrument: Instrument, given: Responses) -> np.ndarray:
    """Mean answer of each firm to each variable, (firms, variables)."""
    scale, answers = instrument.scale(), given.shares()
    variable = scale.set_index("item")["variable"]
    mean, answered = (part.T.groupby(variable, sort=False).mean() for part in (answers, answers.notna()))
    return np.asarray(mean.where(answered >= ENOUGH_ITEMS).T, float)
