"""Many runs: draws of parameters, runs in chunks, regimes, sensitivity.

What needs the extra ``ensemble`` (Dask, Zarr, SALib, tqdm) imports it when called.
"""

from gumlib.dynamics.ensemble.draws import sample
from gumlib.dynamics.ensemble.outcomes import COLUMNS, Outcomes
from gumlib.dynamics.ensemble.runs import run
from gumlib.dynamics.ensemble.sobol import (
    VARIED,
    Evaluations,
    convergence,
    evaluations,
    history,
    sensitivity,
    sobol_indices,
    study_evaluations,
)
from gumlib.dynamics.ensemble.study import Study
from gumlib.dynamics.parameters import RANGES

__all__ = [
    "COLUMNS",
    "RANGES",
    "VARIED",
    "Evaluations",
    "Outcomes",
    "Study",
    "convergence",
    "evaluations",
    "history",
    "run",
    "sample",
    "sensitivity",
    "sobol_indices",
    "study_evaluations",
]
