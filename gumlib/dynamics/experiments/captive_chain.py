"""Insertion in a chain that passes knowledge on, or keeps it to itself: what follows for the cluster.

Our formalisation of C40. Rule and thresholds are those of `lasting_push`, fixed before the first run.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from gumlib.dynamics import MODELS, Parameters
from gumlib.dynamics.experiments.lasting_push import DRAWS, MIDDLE_PUSH, SEED, SEEN, cases, pushed
from gumlib.errors import GumError
from gumlib.terms import FACTORS

KEPT_SHARES = (0.0, 0.5, 1.0)
"""Shares of the effect on learning and innovation that the governance of the chain lets through (ours)."""
_HELD = ("L", "I")
"""What a captive chain holds back by default: effects on learning and on innovation."""
TARGETS = ("L", "I", "N", "U")
"""What is read off: learning, innovation, innovation-capability upgrading, the index."""


def captive(parameters: Parameters, kept: float, held: Sequence[str] = _HELD) -> Parameters:
    """Return parameters in which insertion acts on learning and innovation with a share of its weight.

    All other effects of insertion stay as they are.

    Parameters
    ----------
    kept : share of the weight that is left, 0 to 1
    held : codes of the factors that insertion acts on with this share

    Source: our reading of humphrey2000 and humphrey2002: makers in captive chains are held back from
    design and marketing. Both find fast learning of processes and products there, which this leaves out.

    Examples
    --------
    >>> captive(Parameters.uniform(), 0.5).weights[0].round(2).tolist()
    [0.0, 0.12, 0.06, 0.12, 0.12, 0.12]
    """
    if not 0 <= kept <= 1:
        raise GumError(f"expected a share kept from 0 to 1, got {kept}", "dynamics", "kept")
    weights = parameters.weights.copy()
    for code in held:
        weights[..., FACTORS.index(code), FACTORS.index("E")] *= kept
    return parameters.replace(weights=weights)


@cache
def _inserted(model: str, kept: float, held: tuple[str, ...], draws: int) -> pd.DataFrame:
    parameters, governance = cases(draws, SEED)
    return pushed(captive(parameters, kept, held), governance, [("E",)], MIDDLE_PUSH, model).loc["E"]


def insertion(
    model: str = "gum", kept: float = 1.0, *, held: tuple[str, ...] = _HELD, draws: int = DRAWS
) -> pd.DataFrame:
    """Return the effects of a lasting push on insertion, a draw a row, where the chain keeps back knowledge.

    Start and comparison are the least equilibrium under the same chain governance.

    Source: our formalisation; C40.
    """
    return _inserted(model, kept, held, draws).copy()


def insertion_shares(
    models: Sequence[str] = tuple(MODELS), kept: Sequence[float] = KEPT_SHARES, *, draws: int = DRAWS
) -> pd.DataFrame:
    """Return in how many draws a push on insertion raises learning, innovation, N and the index, and by how much.

    Returns
    -------
    Tidy frame: model, push, kept, variable (L I N U), share (of draws in which the effect exceeds
    `SEEN`), low, median, high (quartiles of the effect).

    Source: our formalisation; C40.
    """
    rows = []
    for model in models:
        for share in kept:
            table = insertion(model, share, draws=draws)
            for code in TARGETS:
                spread = np.percentile(table[code], [25, 50, 75])
                rows.append((model, MIDDLE_PUSH, share, code, float((table[code] > SEEN).mean()), *spread))
    return pd.DataFrame(rows, columns=["model", "push", "kept", "variable", "share", "low", "median", "high"])
