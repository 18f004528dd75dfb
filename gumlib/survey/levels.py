"""From answers to levels of the variables in [0, 1], with what is not sure about them.

A firm's answer to a variable is the mean of its items, each from 0 (strongly disagree) to 1, reverse items turned;
the level of the cluster is the mean over firms. Three doubts are kept apart:

* sampling: other firms could have been asked. Firms are resampled within strata, the drawn weights scaled
  by Rao and Wu so that small strata and a finite population come out right (raowu1988). A resample in which no firm
  answered the variable has no level, and is left out of its spread;
* measurement: the same firms could have answered otherwise. A share 1 - omega of the variance between firms
  is error; it does not shrink where nearly all firms were asked;
* wording: other items could have been written. It is told, and not part of the interval.

A level of a survey is a mean of opinions. A level of the ledger is a fifth of a coded score. Both run from
0 to 1, yet nothing makes one point of the one equal to one point of the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import t as student

from gumlib import evidence
from gumlib.errors import GumError, one_of
from gumlib.survey import reliability
from gumlib.survey.responses import Responses

ENOUGH_ITEMS = 0.5
"""Share of the items of a variable a firm must have answered to count for it."""

_KNOWN = 5
"""Fewest firms of which a level is shown: with fewer, the answers of one could be known."""


@dataclass(frozen=True)
class Design:
    """How the firms were chosen.

    Parameters
    ----------
    strata : item that names the stratum of a firm, such as the size class; none by default
    weights : item or column of `Responses.frame` with the weight of a firm; with strata and population,
        each firm stands for population over answers of its stratum by default
    population : firms there are, or firms by stratum; without it the population is taken as large

    Examples
    --------
    >>> Design(strata="B1", population={"1": 900, "2": 80}).population["2"]
    80
    """

    strata: str | None = None
    weights: str | None = None
    population: int | Mapping[str, int] | None = None


@dataclass(frozen=True)
class _Sample:
    """Firms as arrays: stratum, weight, share of the stratum's firms that answered."""

    stratum: np.ndarray
    weight: np.ndarray
    fraction: np.ndarray


def estimate_levels(
    responses: Responses,
    *,
    seed: int,
    design: Design | None = None,
    draws: int = 1000,
    few: bool = False,
) -> pd.DataFrame:
    """Return the level of each variable with its 95 % interval and the parts of its doubt.

    Parameters
    ----------
    seed : of the resamples
    design : strata, weights, population; a simple sample of a large population by default
    few : show levels of three or four firms, of which one could be known; they are withheld by default

    Returns
    -------
    Frame with variable, level, low and high (Student's t on the standard error), se, sampling and
    measurement (standard errors; their squares sum to that of se), wording (standard error over items), reliability
    (omega, else alpha), firms (counted), items (that anybody answered).

    Raises
    ------
    GumError : fewer than three firms, a stratum of one firm, weights that are missing or not positive, a
        population smaller than the answers

    Source: raowu1988; our reading of measurement.
    """
    sample = _sample(responses.frame, design or Design())
    weights = _resampled(sample, draws, np.random.default_rng(seed))
    rows = []
    for variable in responses.instrument.scale()["variable"].unique():
        answers = responses.shares(variable)
        enough = answers.notna().mean(axis=1) >= ENOUGH_ITEMS
        firms = answers.mean(axis=1).where(enough).to_numpy(float)
        known = 3 if few else _KNOWN
        row = {"variable": variable, **_level(firms, sample, weights, reliable(answers), known)}
        items = int(answers.notna().any().sum())
        spread = answers.mean().std() / np.sqrt(items) if items else float("nan")
        rows.append(row | {"wording": spread, "items": items})
    order = ["variable", "level", "low", "high", "se", "sampling", "measurement", "wording", "reliability", "firms"]
    return pd.DataFrame(rows)[[*order, "items"]]


def unleveled(found: pd.DataFrame, responses: Responses, *, few: bool = False) -> dict[str, list[str]]:
    """Return why variables have no level in what `estimate_levels` found of the answers: each reason with them."""
    why: dict[str, list[str]] = {}
    for variable, firms in found.loc[found["level"].isna(), ["variable", "firms"]].itertuples(index=False):
        fewest, anything = 3 if few else _KNOWN, int(responses.shares(variable).notna().any(axis=1).sum())
        reason = (
            "no two firms of one stratum answered"
            if firms >= fewest
            else "too few firms answered half of the items or more"
            if anything >= fewest
            else "too few firms answered for none to be known"
        )
        why.setdefault(reason, []).append(variable)
    return why


def reliable(answers: pd.DataFrame) -> float:
    """Return omega within [0, 1], alpha where omega is undefined, missing where both are."""
    value = reliability.omega(answers)
    value = reliability.cronbach_alpha(answers) if np.isnan(value) else value
    return float(np.clip(value, 0.0, 1.0))


def beside_coded(found: pd.DataFrame, cluster: str, year: int) -> pd.DataFrame:
    """Return the levels of a survey beside those coded from the ledger in the nearest coded epoch.

    Parameters
    ----------
    found : of `estimate_levels`
    cluster : ``"ningbo"``, ``"wenzhou"``, ``"yongkang"`` or ``"shaoxing"``
    year : of the survey; of two epochs equally near the earlier is taken

    Returns
    -------
    Frame with variable, survey, low, high, epoch, ledger, ledger_low and ledger_high (the two passes),
    difference (survey - ledger), overlap (whether interval and passes overlap).

    Examples
    --------
    >>> table = pd.DataFrame({"variable": ["L"], "level": [0.5], "low": [0.4], "high": [0.6]})
    >>> beside_coded(table, "ningbo", 2012)["epoch"].tolist()
    [2010]
    """
    coded = evidence.levels()
    one_of(cluster, tuple(coded["cluster"].unique()), "survey", "cluster")
    coded = coded[(coded["cluster"] == cluster) & coded["level"].notna()].astype({"year": int})
    away = coded.assign(away=(coded["year"] - year).abs()).sort_values(["away", "year"], kind="stable")
    near = away.groupby("variable").first()[["year", "level", "low", "high"]]
    near = near.set_axis(["epoch", "ledger", "ledger_low", "ledger_high"], axis=1)
    surveyed = found[["variable", "level", "low", "high"]].rename(columns={"level": "survey"})
    both = surveyed.merge(near, left_on="variable", right_index=True, how="left")
    both["difference"] = both["survey"] - both["ledger"]
    both["overlap"] = (both["low"] <= both["ledger_high"]) & (both["ledger_low"] <= both["high"])
    return both.reset_index(drop=True)


def _sample(frame: pd.DataFrame, design: Design) -> _Sample:
    if len(frame) < 3:
        raise GumError(f"expected three firms or more, got {len(frame)}; gather more", "survey", "firms")
    for name in (design.strata, design.weights):
        if name is not None:
            one_of(name, tuple(map(str, frame.columns)), "survey", "design")
    stratum = np.array(["all"] * len(frame)) if design.strata is None else frame[design.strata].map(str).to_numpy()
    if design.strata is not None and frame[design.strata].isna().any():
        row = frame.index[frame[design.strata].isna()][0]
        raise GumError(
            f"expected a stratum in every row, none in row {row}; fill it in or drop the row", "survey", design.strata
        )
    size = pd.Series(stratum).map(pd.Series(stratum).value_counts()).to_numpy(float)
    if (size < 2).any():
        raise GumError(
            f"expected two firms in each stratum, one in {stratum[size < 2][0]!r}; join strata", "survey", "strata"
        )
    total = _population(stratum, size, design.population)
    weight = (
        np.where(np.isfinite(total), total / size, 1.0)
        if design.weights is None
        else frame[design.weights].to_numpy(float)
    )
    if not (np.isfinite(weight).all() and (weight > 0).all()):
        raise GumError("expected positive weights in every row; fill them in", "survey", str(design.weights))
    return _Sample(stratum, weight, size / total)


def _population(stratum: np.ndarray, size: np.ndarray, known: int | Mapping[str, int] | None) -> np.ndarray:
    if known is None:
        return np.full(len(stratum), np.inf)
    if isinstance(known, Mapping):
        absent = sorted(set(stratum) - set(known))
        if absent:
            raise GumError(
                f"expected a population for each stratum, none for {absent[0]!r}; add it", "survey", "population"
            )
        total = np.array([known[name] for name in stratum], dtype=float)
    elif len(set(stratum)) > 1:
        raise GumError("expected a population for each stratum, got one number; name them", "survey", "population")
    else:
        total = np.full(len(stratum), float(known))
    if (total < size).any():
        raise GumError("expected a population no smaller than the answers; correct it", "survey", "population")
    return total


def _resampled(sample: _Sample, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Weights of Rao and Wu, (draws, firms): one firm fewer than answered is drawn, and the change scaled."""
    weights = np.empty((draws, len(sample.stratum)))
    for name in dict.fromkeys(sample.stratum):
        here = sample.stratum == name
        count = int(here.sum())
        drawn = rng.multinomial(count - 1, np.full(count, 1 / count), size=draws)
        scale = np.sqrt(1 - sample.fraction[here][0])
        weights[:, here] = sample.weight[here] * (1 - scale + scale * count / (count - 1) * drawn)
    return weights


def _level(
    firms: np.ndarray, sample: _Sample, weights: np.ndarray, omega: float, fewest: int
) -> dict[str, float | int]:
    known = np.isfinite(firms)
    count = int(known.sum())
    nothing = dict.fromkeys(["level", "low", "high", "se", "sampling", "measurement"], float("nan"))
    free = count - len(set(sample.stratum[known]))
    if count < fewest or free < 1:
        return {**nothing, "reliability": omega, "firms": count}
    value = float(np.average(firms[known], weights=sample.weight[known]))
    sums, totals = weights[:, known] @ firms[known], weights[:, known].sum(axis=1)
    spread = float((sums[totals > 0] / totals[totals > 0]).std())
    share = sample.weight[known] / sample.weight[known].sum()
    inside = pd.Series(firms[known]).groupby(sample.stratum[known]).transform("var").fillna(0.0).to_numpy()
    error = (1 - (0.0 if np.isnan(omega) else omega)) * share**2 * inside
    hidden = float((sample.fraction[known] * error).sum())
    measurement = float(np.sqrt(error.sum()))
    se = float(np.sqrt(spread**2 + hidden))
    half = float(student.ppf(0.975, free)) * se
    ends = {"low": max(0.0, value - half), "high": min(1.0, value + half)}
    sampling = float(np.sqrt(max(0.0, se**2 - measurement**2)))
    parts = {"level": value, **ends, "se": se, "sampling": sampling, "measurement": min(measurement, se)}
    return {**parts, "reliability": omega, "firms": count}
