"""Which parameters an output depends on: Sobol indices of first and total order, with intervals.

The first-order index of a parameter is the share of the output's variance that goes when this parameter
alone is known; the total index is the share that stays when all others are known. Both are estimates:
where an index is near zero the estimate can come out slightly negative, or the first order above the total.
That is noise, not an effect. So every index comes with an interval, and `convergence` tells whether
there are enough draws.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from gumlib.data import sorting
from gumlib.dynamics.ensemble.draws import check_count, parameters, sobol
from gumlib.dynamics.ensemble.outcomes import COLUMNS
from gumlib.dynamics.ensemble.study import Study
from gumlib.dynamics.parameters import RANGES, Floats
from gumlib.errors import GumError, extra, one_of

_ROWS = 16384
"""Runs in memory together; results do not depend on it."""
VARIED = tuple(name for name in RANGES if name.startswith(("weight_", "baseline_", "decay_")))
"""The 28 weights, 6 baselines and 6 decays: what is varied unless told otherwise."""
_ORDERS = ("first", "total")
_TOLERANCE = 0.05
"""Half-width of the interval of the largest index above which there are too few base points (ours)."""
_LEAST = 16
_Evaluate: TypeAlias = Callable[[pd.DataFrame], Floats]


@dataclass(frozen=True, eq=False)
class Evaluations:
    """What an output is at the points of Saltelli's design.

    Parameters
    ----------
    names : the parameters varied
    values : (bases, parameters + 2): at A, at A with one column of B after the other, at B
    seed : of the design; the bootstrap of the intervals follows from it

    Source: Saltelli and others 2010, doi:10.1016/j.cpc.2009.09.018, as laid out by SALib.
    """

    names: tuple[str, ...]
    values: Floats
    seed: int


def sensitivity(study: Study, varied: tuple[str, ...] = VARIED, output: str = "U") -> pd.DataFrame:
    """Return the Sobol indices of an output at the end of a study's runs.

    Parameters
    ----------
    study : its `count` are the base points N; N (parameters + 2) runs are made
    varied : parameters to vary, among `RANGES`; the others stand in the middle of their range
    output : one of `COLUMNS`

    Returns
    -------
    Frame: parameter, order (first, total), index, low, high (95 %).
    """
    return sobol_indices(study_evaluations(study, varied, output))


def study_evaluations(study: Study, varied: tuple[str, ...] = VARIED, output: str = "U") -> Evaluations:
    """Return an output at the end of the runs of the design; see `sensitivity`.

    Raises
    ------
    GumError : an unknown parameter or output
    """
    column = COLUMNS.index(one_of(output, COLUMNS, "ensemble", "output"))
    for name in varied:
        one_of(name, tuple(RANGES), "ensemble", "varied")

    def evaluate(values: pd.DataFrame) -> Floats:
        return study.end(parameters(values, middle=True))[:, column]

    return evaluations(evaluate, {name: RANGES[name] for name in varied}, study.count, seed=study.seed)


def evaluations(
    evaluate: _Evaluate, ranges: Mapping[str, tuple[float, float]], bases: int, *, seed: int, rows: int = _ROWS
) -> Evaluations:
    """Return an output at the points of Saltelli's design, made and evaluated piece by piece.

    Parameters
    ----------
    evaluate : takes a frame with a column a parameter, gives a number a row
    ranges : lowest and highest value of each parameter
    bases : N, a power of two; `evaluate` sees N (parameters + 2) rows
    rows : about how many rows it sees at a time

    Raises
    ------
    GumError : no parameter, bases not a power of two, an output that is not a number a row
    """
    check_count(bases)
    if not ranges:
        raise GumError("expected one parameter or more to vary", "ensemble", "ranges")
    names, width = list(ranges), len(ranges) + 2
    low, high = np.array(list(ranges.values()), dtype=float).T
    values = np.empty((bases, width))
    step = max(1, rows // width)
    for first in range(0, bases, step):
        last = min(first + step, bases)
        design = saltelli(sobol(2 * len(names), seed, first, last))
        found = np.asarray(evaluate(pd.DataFrame(low + design * (high - low), columns=names)), dtype=float)
        if found.shape != (len(design),) or not np.isfinite(found).all():
            raise GumError(f"expected a finite number for each of {len(design)} rows", "ensemble", "evaluate")
        values[first:last] = found.reshape(-1, width)
    return Evaluations(tuple(names), values, seed)


def saltelli(points: Floats) -> Floats:
    """Return the design that points (bases, 2 x parameters) give: for each A, A with columns of B, B."""
    size = points.shape[1] // 2
    design = np.repeat(points[:, None, :size], size + 2, axis=1)
    at = np.arange(size)
    design[:, at + 1, at] = design[:, -1] = points[:, size:]
    flat: Floats = design.reshape(-1, size)
    return flat


def sobol_indices(found: Evaluations) -> pd.DataFrame:
    """Return first and total Sobol indices by SALib, with 95 % intervals from 100 resamples of the base points.

    An index near zero can come out slightly negative: the estimate is a mean of products that may have
    either sign, and sampling error is left. Read such an index by its interval, which then holds zero.

    Returns
    -------
    Frame: parameter, order (first, total), index, low, high.

    Raises
    ------
    GumError : an output that does not vary

    Source: Saltelli and others 2010, doi:10.1016/j.cpc.2009.09.018; SALib.analyze.sobol.

    Examples
    --------
    >>> ramp = evaluations(lambda x: x["a"].to_numpy(), {"a": (0.0, 1.0), "b": (0.0, 1.0)}, 1024, seed=1)
    >>> sobol_indices(ramp)["index"].round(2).tolist()
    [1.0, 1.0, 0.0, 0.0]
    """
    if np.ptp(found.values) <= 1e-12 * np.abs(found.values).max():
        raise GumError("expected an output that varies with the parameters; it is constant", "ensemble", "output")
    size = len(found.names)
    problem = {"num_vars": size, "names": list(found.names), "bounds": [[0.0, 1.0]] * size}
    seed = int(np.random.SeedSequence(found.seed).generate_state(1)[0]) | 1  # SALib takes 0 for no seed
    table = extra("SALib.analyze.sobol", "ensemble").analyze(
        problem, found.values.ravel(), calc_second_order=False, seed=seed
    )
    index = np.stack([table["S1"], table["ST"]], axis=1).ravel()
    half = np.stack([table["S1_conf"], table["ST_conf"]], axis=1).ravel()
    return pd.DataFrame(
        {
            "parameter": np.repeat(found.names, len(_ORDERS)),
            "order": list(_ORDERS) * size,
            "index": index,
            "low": index - half,
            "high": index + half,
        }
    )


def convergence(found: Evaluations) -> pd.DataFrame:
    """Return the largest first and total index at N/4, N/2 and N base points of the same design.

    Settled at some number of base points: the half-width of the 95 % interval is at most 0.05. The parameter is
    the one with the largest index at N.

    Returns
    -------
    Frame: bases, order, parameter, index, low, high, half_width, settled.

    Raises
    ------
    GumError : fewer than 16 base points
    """
    if len(found.values) < _LEAST:
        raise GumError(f"expected {_LEAST} base points or more, got {len(found.values)}", "ensemble", "convergence")
    tables = history(found)
    last = tables[tables["bases"] == len(found.values)]
    rows = []
    for order in _ORDERS:
        of_order = last[last["order"] == order]
        largest = sorting.largest(of_order.set_index("parameter")["index"])
        rows.append(tables[(tables["order"] == order) & (tables["parameter"] == largest)])
    shown = pd.concat(rows, ignore_index=True)[["bases", "order", "parameter", "index", "low", "high"]]
    shown["half_width"] = (shown["high"] - shown["low"]) / 2
    shown["settled"] = shown["half_width"] <= _TOLERANCE
    return shown


def history(found: Evaluations) -> pd.DataFrame:
    """Return all indices at N/4, N/2 and N base points of the same design: a column `bases` more."""
    total = len(found.values)
    tables = []
    for bases in (total // 4, total // 2, total):
        part = Evaluations(found.names, found.values[:bases], found.seed)
        tables.append(sobol_indices(part).assign(bases=bases))
    return pd.concat(tables, ignore_index=True)
