"""Kinds of lock-in as damped interactions: what keeps a cluster low when some elements act less on the rest.

Our formalisation. The book names three kinds; which elements stand for a kind is our reading. Social capital
stands for none of them and is shown beside them: were it damped, would a fourth kind show?
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gumlib.dynamics import settling
from gumlib.dynamics.equilibrium import HIGH_LEVEL
from gumlib.dynamics.parameters import Parameters
from gumlib.dynamics.rivals import MODELS, Rival, rival
from gumlib.model import definitions
from gumlib.terms import FACTORS

BESIDE = "social capital"


def kinds() -> dict[str, tuple[str, ...]]:
    """Return the elements each kind of lock-in damps, and those of social capital beside them.

    Source: C25; our reading.

    Examples
    --------
    >>> kinds()["political"], kinds()[BESIDE]
    (('P', 'G'), ('S',))
    """
    elements = definitions.lock_in()["elements"].str.split(", ")
    return {kind: tuple(codes) for kind, codes in elements.items()} | {BESIDE: ("S",)}


def damped(parameters: Parameters, elements: Iterable[str], kept: float) -> Parameters:
    """Return the parameters with all interactions that start from some factors scaled down.

    Parameters
    ----------
    elements : codes of factors; any other code is passed over
    kept : share of the strength that is left, in [0, 1]

    Examples
    --------
    >>> half = damped(Parameters.uniform(), ("D", "E"), 0.5)
    >>> round(float(half.weights[0].sum()), 6)
    0.48
    """
    share = np.array([kept if code in elements else 1.0 for code in FACTORS])
    return parameters.replace(weights=parameters.weights * share)


def held(
    parameters: Parameters,
    governance: float,
    kept: Iterable[float] = (0.5,),
    models: Iterable[str | Rival] = tuple(MODELS),
) -> pd.DataFrame:
    """Return the share of rising draws that stay low once a kind of lock-in is at work.

    Rising: from nothing the cluster ends with a mean level of at least 0.5. Where governance belongs to a
    kind, it is scaled down as the interactions are.

    Parameters
    ----------
    parameters : a batch of draws
    kept : shares of the strength that are left, in [0, 1]

    Returns
    -------
    Tidy frame: model, kind, kept, rising (number of draws), held (share of these; missing where none rises).

    Source: our formalisation of C25.
    """
    rows = []
    for model in map(rival, models):
        rising = _rises(parameters, governance, model)
        for kind, elements in kinds().items():
            for share in kept:
                weaker = governance * share if "G" in elements else governance
                fell = rising & ~_rises(damped(parameters, elements, share), weaker, model)
                share_held = fell.sum() / rising.sum() if rising.any() else np.nan
                rows.append((model.name, kind, share, int(rising.sum()), share_held))
    return pd.DataFrame(rows, columns=["model", "kind", "kept", "rising", "held"])


def _rises(parameters: Parameters, governance: float, model: Rival) -> NDArray[np.bool_]:
    high: NDArray[np.bool_] = settling.reach(parameters, governance, model=model)[0].mean(axis=-1) >= HIGH_LEVEL
    return high
