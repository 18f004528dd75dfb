"""What comes back from a run: levels and ways over time, and the measures of upgrading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError, extra
from gumlib.model import definitions
from gumlib.terms import FACTORS, TERMS, WAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True, eq=False)
class Run:
    """Levels and ways over time.

    Parameters
    ----------
    times : (times,), years
    levels : (times, 6) or (draws, times, 6), in the order L I E S P D, in [0, 1]
    ways : (times, 4) or (draws, times, 4), in the order T N X K, in [0, 1]
    """

    times: Floats
    levels: Floats
    ways: Floats

    @cached_property
    def _measures(self) -> pd.DataFrame:
        flat = np.clip(self.ways.reshape(-1, len(WAYS)), 0.0, 1.0)
        return definitions.upgrading(pd.DataFrame(flat, columns=list(WAYS)))

    def _measure(self, name: str) -> Floats:
        values: Floats = self._measures[name].to_numpy().reshape(self.ways.shape[:-1])
        return values

    @property
    def capability(self) -> Floats:
        """C = √(T N), (times,) or (draws, times)."""
        return self._measure("capability")

    @property
    def autonomy(self) -> Floats:
        """A = √(X K), (times,) or (draws, times)."""
        return self._measure("autonomy")

    @property
    def index(self) -> Floats:
        """U = √(C A), the upgrading index, (times,) or (draws, times)."""
        return self._measure("upgrading")

    def to_frame(self) -> pd.DataFrame:
        """Return a tidy frame: draw (in a batch), time, variable (factor, way, C, A, U), level."""
        measures = np.stack([self.capability, self.autonomy, self.index], axis=-1)
        values = np.concatenate([self.levels, self.ways, measures], axis=-1)
        names = [*FACTORS, *WAYS, "C", "A", "U"]
        axes: list[tuple[str, Any]] = [("time", self.times), ("variable", names)]
        if values.ndim == 3:
            axes.insert(0, ("draw", range(len(values))))
        index = pd.MultiIndex.from_product([part for _, part in axes], names=[name for name, _ in axes])
        return pd.Series(values.ravel(), index=index, name="level").reset_index()

    def plot(self, axes: Axes | None = None) -> Axes:
        """Draw the six levels of one run over time; needs matplotlib."""
        if self.levels.ndim != 2:
            raise GumError("expected one run, got a batch; plot a run of its own", "dynamics", "plot")
        axes = extra("matplotlib.figure", "figures").Figure().subplots() if axes is None else axes
        for code, level in zip(FACTORS, self.levels.T, strict=True):
            axes.plot(self.times, level, color=TERMS[code].colour, label=TERMS[code].name)
        axes.set(xlabel="years", ylabel="level", ylim=(0, 1))
        axes.legend(frameon=False)
        return axes
