"""Lock-in as governance sees it: the thresholds of rise and fall."""

import numpy as np
import pandas as pd

from gumlib.dynamics.equilibrium import extremes, split
from gumlib.dynamics.parameters import Floats, Parameters
from gumlib.dynamics.rivals import Rival

_GRID = np.linspace(0.0, 1.0, 65)


def thresholds(parameters: Parameters, *, model: str | Rival = "gum", tolerance: float = 1e-6) -> pd.DataFrame:
    """Return the governance at which a low cluster rises and a high cluster falls, and the width between.

    Found by bisection on whether least and greatest equilibrium differ, after a scan of 65 values of
    governance: a window narrower than 1/64 can be missed.

    Parameters
    ----------
    tolerance : of the thresholds; close to a fold the search slows down

    Returns
    -------
    Frame with a row a draw: rise (inf if a low cluster stays low up to g = 1), fall (-inf if a high
    cluster stays high down to g = 0), width = rise - fall; all missing where there is no lock-in.

    Source: our formalisation; C06, C23.

    Examples
    --------
    >>> thresholds(Parameters.uniform()).round(3).values.tolist()
    [[0.975, 0.558, 0.417]]
    """
    count = parameters.draws or 1
    draws = np.repeat(np.arange(count), len(_GRID))
    grid = np.tile(_GRID, count)
    locked = _locked(parameters, draws, grid, model).reshape(count, -1)
    some = locked.any(axis=1)
    first, last = locked.argmax(axis=1), len(_GRID) - 1 - locked[:, ::-1].argmax(axis=1)
    rise, fall = np.full(count, np.nan), np.full(count, np.nan)
    rise[some & (last == len(_GRID) - 1)] = np.inf
    fall[some & (first == 0)] = -np.inf
    for edge, at, step in ((rise, last, 1), (fall, first, -1)):
        open_ = np.flatnonzero(some & np.isnan(edge))
        inside = _GRID[at[open_]]
        outside = _GRID[at[open_] + step]
        while len(open_) and np.abs(outside - inside).max() > tolerance:
            middle = (inside + outside) / 2
            both = _locked(parameters, open_, middle, model)
            inside, outside = np.where(both, middle, inside), np.where(both, outside, middle)
        edge[open_] = (inside + outside) / 2
    return pd.DataFrame({"rise": rise, "fall": fall, "width": rise - fall}).rename_axis("draw")


def _locked(parameters: Parameters, draws: np.ndarray, governance: Floats, model: str | Rival) -> np.ndarray:
    return split(*extremes(parameters.take(draws), governance, model=model))
