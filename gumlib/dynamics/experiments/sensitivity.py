"""Which parameters the upgrading index hangs on: Sobol indices over the ranges of the draws.

The ranges are ours, so the shares of variance are ours too. All interactions of a group have the same
range, and the basic factors have the same place in the equations: their true indices differ little,
and the spread of the estimates within a group shows mostly sampling error.
"""

import pandas as pd

from gumlib.dynamics import ensemble
from gumlib.dynamics.ensemble import RANGES, Evaluations, Study
from gumlib.dynamics.experiments.governance import HORIZON, SEED, START_LEVEL
from gumlib.terms import AUXILIARY

BASES = 1024
"""Base points; the design has 47 times as many runs."""
_STEP = 0.5
"""Time step, years: the index then differs by less than 1e-5 from that at a tenth of it."""
_KINDS = {
    "total": "total weight",
    "exponent": "steepness n",
    "half_saturation": "half-saturation κ",
    "governance_floor": "floor of governance γ0",
    "own_share": "own share α",
    "baseline": "growth b of a factor",
    "decay": "decay δ of a factor",
}


def kind(parameter: str) -> str:
    """Return the group a parameter of `RANGES` belongs to.

    Examples
    --------
    >>> kind("weight_LI"), kind("weight_PL"), kind("decay_S")
    ('weight, basic on basic', 'weight, auxiliary on basic', 'decay δ of a factor')
    """
    if not parameter.startswith("weight_"):
        return _KINDS[parameter if parameter in _KINDS else parameter.split("_")[0]]
    ends = ["auxiliary" if code in AUXILIARY else "basic" for code in parameter[-2:]]
    return f"weight, {' on '.join(ends)}"


def design_runs(governance: float = 0.6, *, bases: int = BASES, model: str = "gum") -> Evaluations:
    """Return the upgrading index after `HORIZON` years at the points of Saltelli's design.

    Source: our formalisation of C03, C04 and C12.
    """
    study = Study(bases, SEED, governance, x0=START_LEVEL, years=HORIZON, model=model, dt=_STEP)
    return ensemble.study_evaluations(study, tuple(RANGES))


def importance(found: Evaluations) -> pd.DataFrame:
    """Return the indices of every parameter, with the group it belongs to.

    Returns
    -------
    Tidy frame: parameter, kind, order (``first``, ``total``), index, low, high (95 % interval).

    Source: our formalisation of C03, C04 and C12.
    """
    table = ensemble.sobol_indices(found)
    table.insert(1, "kind", [kind(name) for name in table["parameter"]])
    return table
