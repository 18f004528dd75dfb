"""Results of the policy chapters that take minutes: computed by ``python data/policies.py``, then read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import pandas as pd

from gumlib import cases, data
from gumlib.cases import Case
from gumlib.dynamics import MODELS
from gumlib.errors import one_of
from gumlib.policy.coordination import coordination
from gumlib.policy.counterfactuals import adjusting, counterfactuals, effects
from gumlib.policy.evaluation import evaluate
from gumlib.policy.levers import HELD, mixes, ranking, stacked
from gumlib.policy.portfolio import Portfolio, portfolio
from gumlib.policy.search import best, pareto
from gumlib.policy.sequencing import delays, sequence
from gumlib.policy.synergy import synergy
from gumlib.policy.worlds import Worlds, fitted, worlds

DIGITS = "%.6g"
BUDGET, DRAWS, MANY = 8.0, 64, 256
ORDERED = ("covenant", "college", "design", "fair")
"""Instruments put in order: one each on governance, learning, innovation, insertion."""
SHARED = ("conference", "college", "awards", "covenant", "centre", "registry")
"""Instruments with two on each of governance, learning, innovation: where overlap can bite."""
RIVALS = ("gum", "independent", "linear", "no governance")
SOURCES = ("ranges", "fitted")
TABLES = (
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


FLAGS = ("front", "front_gain", "pressed")
"""Columns that hold yes or no, stored as 1 and 0."""


def read(table: str) -> pd.DataFrame:
    """Return a stored table.

    Raises
    ------
    GumError : unknown table

    Examples
    --------
    >>> read("levers")["case"].nunique()
    4
    """
    found = data.read(f"policy-{one_of(table, TABLES, 'policy', 'table')}")
    return found.astype({name: bool for name in FLAGS if name in found})


def written(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as it is stored.

    Examples
    --------
    >>> written(pd.DataFrame({"front": [True, False]}))["front"].tolist()
    [1, 0]
    """
    return table.astype({name: int for name in FLAGS if name in table})


def compute(
    *, budget: float = BUDGET, draws: int = DRAWS, many: int = MANY, most: int = HELD
) -> dict[str, pd.DataFrame]:
    """Compute every table of `TABLES` anew; the same bytes each time on one machine.

    Examples
    --------
    >>> compute.__name__
    'compute'
    """
    chosen = [cases.load(name) for name in cases.names()]
    search = pareto(budget, chosen, worlds(draws))
    tables = {"portfolios": search, "rivals": _rivals(search, chosen, budget, many), **_timing(chosen, many)}
    held = {source: mixes(chosen, worlds(draws // 2, source=source), most=most) for source in SOURCES}
    tables["mixes"] = stacked({source: pair[0] for source, pair in held.items()}, "source")
    tables["advantages"] = stacked({source: pair[1] for source, pair in held.items()}, "source")
    for name, run in (("counterfactuals", counterfactuals), ("effects", effects), ("adjusting", adjusting)):
        tables[name] = _read_twice(run, chosen, many)
    return tables


def _rivals(search: pd.DataFrame, chosen: Sequence[Case], budget: float, many: int) -> pd.DataFrame:
    """Try the best portfolio of each budget on more draws, in the rivals, and in the fitted models."""
    labels = best(search, range(int(budget) + 1))["portfolio"].tolist()
    several = [named(label) for label in dict.fromkeys(labels)]
    parts = []
    for source in SOURCES:
        for model in RIVALS:
            drawn = worlds(many) if source == "ranges" else fitted(model, many)
            found = evaluate(several, chosen, drawn, model=model)
            parts.append(found[found["case"] == "all"].drop(columns="case").assign(source=source, model=model))
    table = pd.concat(parts, ignore_index=True)
    return table[["source", "model", *table.columns.drop(["source", "model"])]]


def _timing(chosen: Sequence[Case], many: int) -> dict[str, pd.DataFrame]:
    """Compute what asks for one run a source: pairs, orders, delays, failures, levers."""
    shared = portfolio(*SHARED)
    runs: dict[str, Callable[[Worlds], pd.DataFrame]] = {
        "synergy": lambda drawn: synergy(chosen, drawn.take(slice(0, many // 4))),
        "orders": lambda drawn: sequence(ORDERED, chosen, drawn),
        "delays": lambda drawn: delays(shared, chosen, drawn),
        "failures": lambda drawn: coordination(shared, chosen, drawn),
        "levers": partial(ranking, chosen),
    }
    drawn = {source: worlds(many, source=source) for source in SOURCES}
    return {name: stacked({source: run(drawn[source]) for source in SOURCES}, "source") for name, run in runs.items()}


def _read_twice(run: Callable[..., pd.DataFrame], chosen: Sequence[Case], many: int) -> pd.DataFrame:
    """Run the model and its rivals on the same draws from the ranges, then each as fitted to the cases."""
    models: Iterable[str] = MODELS
    parts = {"ranges": run(chosen, worlds(many), models)}
    parts["fitted"] = pd.concat([run(chosen, fitted(model, many), [model]) for model in models], ignore_index=True)
    return stacked(parts, "source")


def named(label: str) -> Portfolio:
    """Return the portfolio of a label such as ``plan + covenant``.

    Examples
    --------
    >>> named("none") == Portfolio()
    True
    """
    return portfolio(*(label.split(" + ") if label != "none" else ()))
