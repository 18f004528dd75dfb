"""Where the clusters of the fit can rest: whether its draws hold a low and a high level under one governance."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from gumlib.cases import priors, stored
from gumlib.dynamics import regime
from gumlib.dynamics.equilibrium import REGIMES

GOVERNANCE = (0.0, 0.25, 0.5, 0.75, 1.0)


def resting(governance: Sequence[float] = GOVERNANCE) -> pd.DataFrame:
    """Return the share of posterior draws that are stuck, bistable or rising at each level of governance.

    Bistable draws are those with lock-in: from nothing they end low, from the top high.

    Returns
    -------
    Frame indexed by governance, a column a regime; rows add up to one.

    Source: our formalisation of C20, C21; the fit of the model to the four cases.

    Examples
    --------
    >>> resting([0.5]).sum(axis=1).tolist()
    [1.0]
    """
    draws = priors.parameters(stored.read("draws"))
    rows = {level: pd.Series(regime(draws, level)).value_counts(normalize=True) for level in governance}
    table = pd.DataFrame.from_dict(rows, orient="index").reindex(columns=list(REGIMES)).fillna(0.0)
    return table.rename_axis("governance")
