"""Where the clusters of the fit can rest: whether its draws hold a low and a high level under one governance."""

import pandas as pd

from gumlib.cases.fitting import priors, results
from gumlib.dynamics import settling
from gumlib.dynamics.equilibrium import REGIMES

GOVERNANCE = (0.0, 0.25, 0.5, 0.75, 1.0)


def resting() -> pd.DataFrame:
    """Return the share of posterior draws that are stuck, bistable or rising at each of five levels of governance.

    The regimes are those of `settling.shares`; bistable draws are those with lock-in.

    Returns
    -------
    Frame indexed by governance, a column a regime; rows add up to one.

    Source: our formalisation of C20, C21; the fit of the model to the four cases.
    """
    table = settling.shares(priors.fitted_parameters(results.read_fit("draws")), GOVERNANCE, ["gum"])
    return table.pivot(index="governance", columns="regime", values="share")[list(REGIMES)].rename_axis(columns=None)
