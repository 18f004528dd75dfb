"""Many runs: draws of parameters, runs in chunks, regimes, sensitivity.

What needs the extra ``ensemble`` (Dask, Zarr, SALib, tqdm) imports it when called.
"""

from gumlib.ensemble.classification import regime_shares, regimes
from gumlib.ensemble.draws import RANGES, sample
from gumlib.ensemble.outcomes import COLUMNS, Outcomes
from gumlib.ensemble.runs import run
from gumlib.ensemble.settling import convergence, history
from gumlib.ensemble.sobol import VARIED, Responses, responses, sensitivity, sobol_indices, study_responses
from gumlib.ensemble.study import Study

__all__ = [
    "COLUMNS",
    "RANGES",
    "VARIED",
    "Outcomes",
    "Responses",
    "Study",
    "convergence",
    "history",
    "regime_shares",
    "regimes",
    "responses",
    "run",
    "sample",
    "sensitivity",
    "sobol_indices",
    "study_responses",
]
