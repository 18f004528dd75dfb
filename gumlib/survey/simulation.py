"""Simulated respondents: nobody gave these answers. They test the way from answers to levels, and plan surveys.

A firm's answer to an item is a graded response (samejima1969): a latent opinion, normal over firms, cut by four
thresholds into 1 to 5. Firms differ in one opinion for each variable; opinions on different variables
are correlated. An item follows the opinion by its loading. Where a level is planted, the latent mean
is set so that the mean answer of all firms, from 0 to 1, is exactly that level.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm

from gumlib.data.faults import as_found
from gumlib.errors import GumError
from gumlib.survey.questionnaire import Instrument
from gumlib.survey.responses import Responses, turn
from gumlib.survey.schema import asked

_CUTS = (-1.5, -0.5, 0.5, 1.5)
"""Thresholds of the latent opinion, in its standard deviations."""


@dataclass(frozen=True)
class Assumed:
    """What the simulated answers are drawn from. All of it is assumed, none of it estimated.

    Parameters
    ----------
    loading : lowest and highest loading of an item on its variable
    hardness : standard deviation of the thresholds between items of a variable
    together : correlation between opinions on two variables
    missing : share of single answers that are missing, at random
    careless : share of firms that answer without reading, half of them the same all through

    Raises
    ------
    GumError : a number out of range
    """

    loading: tuple[float, float] = (0.6, 0.8)
    hardness: float = 0.3
    together: float = 0.3
    missing: float = 0.03
    careless: float = 0.0

    def __post_init__(self) -> None:
        if not 0 < self.loading[0] <= self.loading[1] < 1:
            raise GumError(
                f"expected loadings between 0 and 1, got {self.loading}; take (0.6, 0.8)", "survey", "loading"
            )
        for name in ("together", "missing", "careless"):
            if not 0 <= getattr(self, name) < 1:
                raise GumError(f"expected a share from 0 to below 1, got {getattr(self, name)}", "survey", name)


def planted(instrument: Instrument, seed: int) -> pd.Series:
    """Return levels to plant, one a variable, evenly spread from 0.2 to 0.8 in an order drawn by the seed."""
    variables = instrument.scale()["variable"].unique()
    levels = np.random.default_rng(seed).permutation(np.linspace(0.2, 0.8, len(variables)))
    return pd.Series(levels.round(3), index=variables, name="level").rename_axis("variable")


def respondents(
    instrument: Instrument,
    firms: int,
    *,
    seed: int,
    levels: Mapping[str, float] | pd.Series | None = None,
    assumed: Assumed | None = None,
) -> Responses:
    """Return simulated answers of a number of firms.

    Parameters
    ----------
    firms : how many
    seed : the same seed gives the same answers
    levels : level to plant for each variable, strictly between 0 and 1; `planted` by default
    assumed : loadings, missing and careless shares

    Raises
    ------
    GumError : no firms, a level missing or out of range, an instrument without scale items

    Source: our assumption; samejima1969.

    Examples
    --------
    >>> from gumlib.survey import instrument
    >>> given = respondents(instrument("ningbo-firms"), 4, seed=1)
    >>> given.simulated, len(given.frame)
    (True, 4)
    """
    assumed = assumed or Assumed()
    level = _levels(instrument, levels, seed)
    if firms < 1:
        raise GumError(f"expected at least one firm, got {firms}; ask for more", "survey", "firms")
    rng = np.random.default_rng(np.random.SeedSequence([seed, 1]))
    scale = instrument.scale()
    answers = _graded(scale, level, firms, assumed, rng)
    columns: dict[str, object] = {
        "respondent": [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(firms)],
        "date": ["2010-06-01"] * firms,
    }
    for name, item in asked(instrument).items():
        columns[name] = answers[name] if name in answers else _background(item.type, item.codes, firms, rng)
    frame = pd.DataFrame(columns)
    given = Responses(instrument, frame, as_found([]), simulated=True)
    frame = turn(given).frame.copy()
    frame.loc[:, scale["item"]] = _spoilt(frame[scale["item"]], assumed, rng)
    frame.index = pd.RangeIndex(2, firms + 2)
    return replace(given, frame=frame)


def _levels(instrument: Instrument, levels: Mapping[str, float] | pd.Series | None, seed: int) -> pd.Series:
    scale = instrument.scale()
    if scale.empty:
        raise GumError(f"expected scale items, {instrument.name} has none; take a questionnaire", "survey", "scale")
    known = planted(instrument, seed) if levels is None else pd.Series(dict(levels), dtype=float)
    for variable in scale["variable"].unique():
        if not 0 < float(known.get(variable, np.nan)) < 1:
            got = known.get(variable)
            raise GumError(f"expected a level between 0 and 1 for {variable}, got {got}; name one", "survey", "levels")
    return known


def _graded(
    scale: pd.DataFrame, level: pd.Series, firms: int, assumed: Assumed, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Answers 1 to 5 in the direction of the variable: reverse items are turned back afterwards."""
    answers = {}
    shared = rng.standard_normal(firms)
    for variable, items in scale.groupby("variable", sort=False):
        separate = rng.standard_normal(firms)
        opinion = np.sqrt(assumed.together) * shared + np.sqrt(1 - assumed.together) * separate
        hard = rng.normal(0, assumed.hardness, len(items))
        middle = brentq(lambda m, h=hard, v=variable: mean_answer(m - h) - float(level[v]), -12, 12)
        for item, offset in zip(items["item"], hard, strict=True):
            loading = rng.uniform(*assumed.loading)
            noise = rng.standard_normal(firms)
            latent = middle - offset + loading * opinion + np.sqrt(1 - loading**2) * noise
            answers[str(item)] = 1.0 + np.searchsorted(_CUTS, latent)
    return answers


def mean_answer(means: np.ndarray | float) -> float:
    """Return the mean answer, from 0 to 1, to items whose latent answers have these means and unit variance.

    Examples
    --------
    >>> round(mean_answer(0.0), 6)
    0.5
    """
    return float(norm.cdf(np.atleast_1d(means)[:, None] - np.array(_CUTS)).mean())


def _background(kind: str, codes: tuple[str, ...], firms: int, rng: np.random.Generator) -> list[object]:
    if kind == "integer":
        return list(rng.integers(0, 101, firms).clip(int(codes[0]), int(codes[-1])).astype(float))
    if kind == "select_one":
        return ["yes"] * firms if "yes" in codes else [str(code) for code in rng.choice(codes, firms)]
    if kind == "select_multiple":
        picked = rng.random((firms, len(codes))) < 0.4
        return [" ".join(np.array(codes)[row]) or np.nan for row in picked]
    return [np.nan] * firms


def _spoilt(answers: pd.DataFrame, assumed: Assumed, rng: np.random.Generator) -> pd.DataFrame:
    """Careless firms in place of attentive ones, then missing answers."""
    table = answers.to_numpy(float).copy()
    careless = rng.permutation(len(table))[: round(assumed.careless * len(table))]
    for number, row in enumerate(careless):
        same = number % 2 == 0
        table[row] = rng.integers(1, 6) if same else rng.integers(1, 6, table.shape[1])
    table[rng.random(table.shape) < assumed.missing] = np.nan
    return pd.DataFrame(table, index=answers.index, columns=answers.columns)
