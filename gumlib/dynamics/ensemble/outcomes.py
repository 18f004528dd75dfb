"""What comes back from an ensemble: how each draw ends."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm

from gumlib.dynamics import Run
from gumlib.dynamics.parameters import Floats
from gumlib.terms import FACTORS, WAYS

COLUMNS = (*FACTORS, *WAYS, "C", "A", "U")
"""Six levels, four ways, capability, autonomy, upgrading index."""
_LEVELS = slice(0, len(FACTORS))
_WAYS = slice(len(FACTORS), len(FACTORS) + len(WAYS))


@dataclass(frozen=True, eq=False)
class Outcomes:
    """The state of each draw at the end of its run.

    Parameters
    ----------
    values : (draws, 13), in the order of `COLUMNS`, in [0, 1]
    """

    values: Floats

    @property
    def levels(self) -> Floats:
        """Levels L I E S P D, (draws, 6)."""
        return self.values[:, _LEVELS]

    @property
    def ways(self) -> Floats:
        """Ways T N X K, (draws, 4)."""
        return self.values[:, _WAYS]

    @property
    def capability(self) -> Floats:
        """C = √(T N), (draws,)."""
        return self.values[:, COLUMNS.index("C")]

    @property
    def autonomy(self) -> Floats:
        """A = √(X K), (draws,)."""
        return self.values[:, COLUMNS.index("A")]

    @property
    def index(self) -> Floats:
        """U = √(C A), the upgrading index, (draws,)."""
        return self.values[:, COLUMNS.index("U")]

    def to_frame(self) -> pd.DataFrame:
        """Return a tidy frame: a draw a row, a variable a column; it shares its memory with the outcomes."""
        return pd.DataFrame(self.values, columns=list(COLUMNS)).rename_axis("draw")


def last_state(run: Run) -> Floats:
    """Return the last state of each draw of a batch as rows of `COLUMNS`."""
    end = Run(run.times[-1:], run.levels[:, -1:], run.ways[:, -1:])
    measures = (end.capability, end.autonomy, end.index)
    return np.concatenate([end.levels[:, 0], end.ways[:, 0], *measures], axis=1)


def wilson(share: float, trials: float) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; the trials need not be whole, as where draws depend on each other."""
    z2 = norm.ppf(0.975) ** 2 / trials
    half = np.sqrt(z2 * (share * (1 - share) + z2 / 4))
    low, high = ((share + z2 / 2 + sign * half) / (1 + z2) for sign in (-1, 1))
    return float(max(low, 0.0)), float(min(high, 1.0))
