"""From one epoch to the next: coded levels run on by the model and its rivals, with nothing fitted.

Parameters are drawn, not estimated, and are the same for every model. Four clusters and a dozen
steps between epochs can tell models apart only if one is far better.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from gumlib import evidence
from gumlib.dynamics import Rival, ensemble, simulate
from gumlib.errors import one_of
from gumlib.terms import CLUSTERS, EPOCHS, FACTORS, WAYS

SEED = 23
_DRAWS = 256
_TRIED = ("gum", "independent", "linear", "no governance")
NO_CHANGE = "no change"
"""The forecast that the next epoch equals this one."""
_TARGETS = [*FACTORS, *WAYS]


def steps() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cluster-years from which a forecast can start, and the levels one epoch later.

    A start needs all eleven variables; a target may have gaps. Nothing is filled in.
    """
    levels = evidence.wide()
    following = dict(pairwise(EPOCHS))
    now = levels.dropna()
    now = now[now.index.get_level_values("year").isin(list(following))]
    later = levels.reindex([(cluster, following[year]) for cluster, year in now.index])[_TARGETS]
    return now, later.set_axis(now.index)


def errors(models: Sequence[str | Rival] = _TRIED, *, draws: int = _DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Return the mean absolute error of the next epoch's factors and ways, by cluster and draw.

    Governance stays at the level of the epoch the forecast starts from, policy input and shocks
    are nil: no forecast sees the future.

    Parameters
    ----------
    models : models, names in `MODELS`, or ``"no change"``

    Returns
    -------
    Tidy frame: model, cluster, draw, error (of levels in [0, 1]; a step of the score is 0.2), bias
    (forecast less coded level), steps.

    Source: our formalisation of C12.
    """
    now, later = steps()
    parameters = ensemble.sample(draws, seed=seed).take(np.tile(np.arange(draws), len(now)))
    start = {name: np.repeat(now[list(codes)].to_numpy(), draws, axis=0) for name, codes in _PARTS.items()}
    truth = later.to_numpy()[:, None, :]
    parts = []
    for model in models:
        if model == NO_CHANGE:
            predicted = np.broadcast_to(now[_TARGETS].to_numpy()[:, None, :], (len(now), draws, len(_TARGETS)))
        else:
            years = float(EPOCHS[1] - EPOCHS[0])
            levels, ways, governance = start["factors"], start["ways"], start["governance"][:, 0]
            run = simulate(parameters, levels, years, governance, model=model, ways=ways, every=years, dt=0.25)
            ends = np.concatenate([run.levels[:, -1], run.ways[:, -1]], axis=1)
            predicted = ends.reshape(len(now), draws, len(_TARGETS))
        missed = predicted - truth
        mean = {"error": np.nanmean(np.abs(missed), axis=2), "bias": np.nanmean(missed, axis=2)}
        parts.append(_by_cluster(mean, now).assign(model=getattr(model, "name", model)))
    return pd.concat(parts, ignore_index=True)[["model", "cluster", "draw", "error", "bias", "steps"]]


_PARTS = {"factors": FACTORS, "governance": ("G",), "ways": WAYS}


def _by_cluster(measures: dict[str, np.ndarray], now: pd.DataFrame) -> pd.DataFrame:
    """Average over the steps of a cluster, so that each cluster counts once."""
    clusters = now.index.get_level_values("cluster")
    parts = []
    for cluster in CLUSTERS:
        own = clusters == cluster
        if own.any():
            means = {name: values[own].mean(axis=0) for name, values in measures.items()}
            part = pd.DataFrame({"cluster": cluster, **means, "steps": int(own.sum())})
            parts.append(part.rename_axis("draw").reset_index())
    return pd.concat(parts, ignore_index=True)


def differences(table: pd.DataFrame) -> pd.DataFrame:
    """Return how much larger each rival's error is than that of the model, draw by draw, for each cluster.

    Parameters
    ----------
    table : frame such as `errors` returns

    Returns
    -------
    Frame indexed by rival and cluster: median, low and high (at 5 and 95 % of the draws) of the error
    of the rival less that of the model; better, share of draws in which the model is closer.

    Raises
    ------
    GumError : the model is not in the table
    """
    one_of("gum", tuple(table["model"].unique()), "forecasts", "model")
    wide = table.pivot(index=["cluster", "draw"], columns="model", values="error")
    rows = {}
    for rival in table["model"].unique():
        if rival == "gum":
            continue
        gaps = (wide[rival] - wide["gum"]).groupby(level="cluster")
        for cluster in table["cluster"].unique():
            gap = gaps.get_group(cluster)
            low, median, high = gap.quantile([0.05, 0.5, 0.95])
            rows[rival, cluster] = {"median": median, "low": low, "high": high, "better": (gap > 0).mean()}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["rival", "cluster"])
