"""Fits, left-out errors, bands and power for the four shipped cases: computed by `make data`, then read.

Sampling and simulated worlds take minutes; pages read the results. What makes each stands in `book/results.py`;
what several makers share is computed once.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from gumlib import cases, data
from gumlib.cases import Case
from gumlib.cases.fitting import leave_one_out, posterior, power, predictive
from gumlib.cases.fitting.estimate import Fit, fit
from gumlib.cases.fitting.likelihood import pose
from gumlib.cases.fitting.posterior import Posterior
from gumlib.dynamics import MODELS
from gumlib.errors import one_of

TABLES = ("fits", "models", "draws", "left-out", "power", "contests", "bands", "checks", "counterfactuals")
"""What is stored; the resource of each is ``case-`` and its name."""
KEPT, _WORLDS = 400, 60
_TRUTHS = ("gum", "independent")
"""Models that simulated worlds take as true in turn."""
_CONTENDERS = ("gum", "independent", "linear", "no governance")


def read_fit(table: str) -> pd.DataFrame:
    """Return a stored table.

    Raises
    ------
    GumError : unknown table
    """
    return data.read(f"case-{one_of(table, TABLES, 'cases', 'table')}")


def _estimates() -> pd.DataFrame:
    """Return for each model and parameter: most likely value, quantiles, contraction, convergence."""
    return _by_model({model: found.summary.join(found.convergence) for model, found in _drawn().items()})


def _by_model(parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return tables one under the other, the model of each in a first column, their indices as columns."""
    table = pd.concat([part.reset_index().assign(model=model) for model, part in parts.items()], ignore_index=True)
    return table[["model", *table.columns.drop("model")]]


def _compared() -> pd.DataFrame:
    """Return for each model: log posterior at its best, from how many starts it was reached, acceptance, error."""
    rows = []
    for model, found in _fits().items():
        convergence = _drawn()[model].convergence
        rows.append(
            {
                "model": model,
                "log_posterior": found.log_posterior,
                "starts": len(found.reached),
                "agreeing": int(sum(reached > found.log_posterior - 0.1 for reached in found.reached)),
                "acceptance": _drawn()[model].acceptance,
                "worst_r_hat": float(convergence["r_hat"].max()),
                "least_effective": float(convergence["effective"].min()),
                "error": float(found.error.mean()),
            }
        )
    return pd.DataFrame(rows)


def power_curves(errors: pd.DataFrame) -> pd.DataFrame:
    """Return the power of this design, with the spread between clusters that the models showed.

    The spread is the root mean square, over the rivals, of the standard deviation of the paired differences.
    """
    wide = errors[errors["kind"] == "model"].pivot(index="case", columns="forecast", values="error")
    gaps = wide.drop(columns="gum").sub(wide["gum"], axis=0)
    spread = float(np.sqrt(gaps.var(ddof=1).mean()))
    return power.power(spread).assign(spread=spread)


def _contests() -> pd.DataFrame:
    """Return how often the true model is told from each other one, in worlds where it is true.

    Returns
    -------
    Frame with truth, rival, worlds, difference (mean over worlds of the rival's error less that of the truth),
    spread (between clusters, mean over worlds), closer (share of worlds in which the truth is closer on
    average), interval (its 95 % t interval is above zero), every (it is closer in every cluster).
    """
    rows = []
    for truth in _TRUTHS:
        table = power.contests(_fits()[truth], [name for name in _CONTENDERS if name != truth], _WORLDS)
        for rival, part in table.groupby("rival", sort=False):
            gaps = part.pivot(index="world", columns="case", values="difference").to_numpy()
            bound = [leave_one_out.interval(row)["low"] for row in gaps]
            rows.append(
                {
                    "truth": truth,
                    "rival": rival,
                    "worlds": _WORLDS,
                    "difference": gaps.mean(),
                    "spread": gaps.std(axis=1, ddof=1).mean(),
                    "closer": (gaps.mean(axis=1) > 0).mean(),
                    "interval": (np.array(bound) > 0).mean(),
                    "every": (gaps > 0).all(axis=1).mean(),
                }
            )
    return pd.DataFrame(rows)


def _checks() -> pd.DataFrame:
    """Return the posterior predictive checks of every model."""
    problem = pose(_shipped())
    drawn = _drawn().items()
    return _by_model({name: predictive.checks(problem, found.thinned(KEPT), found.fit.model) for name, found in drawn})


@cache
def _shipped() -> tuple[Case, ...]:
    return tuple(cases.load(name) for name in cases.names())


@cache
def _fits() -> dict[str, Fit]:
    problem = pose(_shipped())
    return {model: fit(problem, model) for model in MODELS}


@cache
def _drawn() -> dict[str, Posterior]:
    """Rivals walk half as long."""
    steps = {model: posterior.STEPS if model == "gum" else posterior.STEPS // 2 for model in MODELS}
    return {model: posterior.sample_posterior(found, steps=steps[model]) for model, found in _fits().items()}


def _kept() -> pd.DataFrame:
    return _drawn()["gum"].thinned(KEPT)


@cache
def _errors() -> pd.DataFrame:
    return leave_one_out.leave_one_out(_shipped())


def _draws() -> pd.DataFrame:
    return _kept().rename_axis("draw").reset_index()


def _power() -> pd.DataFrame:
    return power_curves(_errors())


def _bands() -> pd.DataFrame:
    return predictive.bands(pose(_shipped()), _kept(), _fits())


def _counterfactuals() -> pd.DataFrame:
    return predictive.counterfactuals(pose(_shipped()), _kept())
