"""Results of the policy chapters that take minutes: computed by `make data`, then read."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import pandas as pd

from gumlib import cases, data
from gumlib.cases import Case
from gumlib.dynamics import MODELS
from gumlib.errors import one_of
from gumlib.policy.counterfactuals import adjusting, counterfactual_index, policy_effects
from gumlib.policy.evaluation import evaluate
from gumlib.policy.levers import DURATIONS, mixes, rank_levers, stacked
from gumlib.policy.pairs import synergy
from gumlib.policy.portfolios import Portfolio, portfolio
from gumlib.policy.search import best, pareto
from gumlib.policy.timing import coordination, delays, sequence
from gumlib.policy.uncertainty import Worlds, fitted_worlds, worlds

BUDGET, DRAWS, MANY = 8.0, 64, 256
ORDERED = ("covenant", "college", "design", "fair")
"""Instruments put in order: one each on governance, learning, innovation, insertion."""
_SHARED = ("conference", "college", "awards", "covenant", "centre", "registry")
"""Instruments with two on each of governance, learning, innovation: where overlap can bite."""
_RIVALS = ("gum", "independent", "linear", "no governance")
PARAMETER_SOURCES = ("ranges", "fitted")
STUDY_TABLES = (
    "portfolios",
    "rivals",
    "synergy",
    "orders",
    "delays",
    "failures",
    "levers",
    "mixes",
    "advantages",
    "counterfactuals",
    "effects",
    "adjusting",
)
"""What is stored; the resource of each is ``policy-`` and its name."""
_FLAGS = ("front", "front_gain", "pressed")
"""Columns that hold yes or no, stored as 1 and 0."""


def read_study(table: str) -> pd.DataFrame:
    """Return a stored table.

    Raises
    ------
    GumError : unknown table
    """
    found = data.read(f"policy-{one_of(table, STUDY_TABLES, 'policy', 'table')}")
    return found.astype({name: bool for name in _FLAGS if name in found})


def _portfolios(names: Sequence[str] | None = None) -> pd.DataFrame:
    return pareto(BUDGET, _cases(), worlds(DRAWS), names=names)


def _rivals(models: Sequence[str] = _RIVALS, sources: Sequence[str] = PARAMETER_SOURCES) -> pd.DataFrame:
    """Try the best portfolio of each budget on more draws, in the rivals, and in the fitted models."""
    labels = best(data.read("policy-portfolios"), range(int(BUDGET) + 1))["portfolio"].tolist()
    several = [labelled_portfolio(label) for label in dict.fromkeys(labels)]
    parts = []
    for source in sources:
        for model in models:
            found = evaluate(several, _cases(), _draws(source, model), model=model)
            parts.append(found[found["case"] == "all"].drop(columns="case").assign(source=source, model=model))
    table = pd.concat(parts, ignore_index=True)
    return table[["source", "model", *table.columns.drop(["source", "model"])]]


def _synergy(names: Sequence[str] | None = None, sources: Sequence[str] = PARAMETER_SOURCES) -> pd.DataFrame:
    return _by_source(lambda drawn: synergy(_cases(), drawn.take(slice(0, MANY // 4)), names=names), sources)


def _orders(sources: Sequence[str] = PARAMETER_SOURCES) -> pd.DataFrame:
    return _by_source(lambda drawn: sequence(ORDERED, _cases(), drawn), sources)


def _delays(sources: Sequence[str] = PARAMETER_SOURCES) -> pd.DataFrame:
    return _by_source(lambda drawn: delays(portfolio(*_SHARED), _cases(), drawn), sources)


def _failures(sources: Sequence[str] = PARAMETER_SOURCES) -> pd.DataFrame:
    return _by_source(lambda drawn: coordination(portfolio(*_SHARED), _cases(), drawn), sources)


def _levers(chosen: Sequence[str] | None = None, sources: Sequence[str] = PARAMETER_SOURCES) -> pd.DataFrame:
    several = _cases(chosen)
    ends = {
        duration: _by_source(partial(rank_levers, several, until=end), sources) for duration, end in DURATIONS.items()
    }
    return stacked(ends, "duration")


def _by_source(run: Callable[[Worlds], pd.DataFrame], sources: Sequence[str]) -> pd.DataFrame:
    return stacked({source: run(worlds(MANY, source=source)) for source in sources}, "source")


def _mixes() -> pd.DataFrame:
    return stacked({source: _held(source)[0] for source in PARAMETER_SOURCES}, "source")


def _advantages() -> pd.DataFrame:
    return stacked({source: _held(source)[1] for source in PARAMETER_SOURCES}, "source")


@cache
def _held(source: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    return mixes(_cases(), worlds(DRAWS // 2, source=source))


def _counterfactuals(**part: Any) -> pd.DataFrame:
    return _read_twice(counterfactual_index, **part)


def _effects(**part: Any) -> pd.DataFrame:
    return _read_twice(policy_effects, **part)


def _adjusting(**part: Any) -> pd.DataFrame:
    return _read_twice(adjusting, **part)


def _read_twice(
    run: Callable[..., pd.DataFrame],
    chosen: Sequence[str] | None = None,
    models: Sequence[str] = tuple(MODELS),
    sources: Sequence[str] = PARAMETER_SOURCES,
) -> pd.DataFrame:
    """Run the model and its rivals on the same draws from the ranges, then each as fitted to the cases."""
    found = {source: [run(_cases(chosen), _draws(source, model), [model]) for model in models] for source in sources}
    return stacked({source: pd.concat(parts, ignore_index=True) for source, parts in found.items()}, "source")


def _cases(chosen: Sequence[str] | None = None) -> list[Case]:
    return [cases.load(name) for name in (cases.names() if chosen is None else chosen)]


def _draws(source: str, model: str) -> Worlds:
    return worlds(MANY) if source == "ranges" else fitted_worlds(model, MANY)


def labelled_portfolio(label: str) -> Portfolio:
    """Return the portfolio of a label such as ``plan + covenant``."""
    return portfolio(*(label.split(" + ") if label != "none" else ()))
