"""What the mechanism says of a case from its first coded epoch on: a run for each of many parameter sets.

Ours. Parameters are drawn from the ranges of `gumlib.dynamics.parameters.RANGES`: nothing is fitted to the case.
A start lies within half a step of the coded scores; a factor not coded at the start may stand anywhere.
Governance runs as coded. Policy beyond its coded level, shocks and pressure from outside are left out.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gumlib.cases.case import Case
from gumlib.cases.compare.stages import ENOUGH
from gumlib.cases.fitting.forecasts import NO_CHANGE
from gumlib.dynamics import Run, simulate
from gumlib.dynamics.ensemble import sample
from gumlib.errors import GumError
from gumlib.model import definitions
from gumlib.terms import FACTORS, WAYS

DRAWS, _SEED = 512, 41
RIVAL = "independent"
BAND = (5, 95)
"""Percentiles of the runs between which the band lies."""
_UNSEEN = (0.0, 1.0)
"""Where a factor starts that is not coded at the start: anywhere."""


@dataclass(frozen=True, eq=False)
class Forward:
    """Runs from the first coded epoch on, beside what was coded later.

    Parameters
    ----------
    start : the epoch the runs start from
    frame : tidy: year, variable (six factors and U), series (``gum``, the rival, ``coded``), low, level, high
    unknown : factors not coded at the start
    """

    start: int
    frame: pd.DataFrame
    unknown: tuple[str, ...]

    @property
    def index(self) -> tuple[int, int]:
        """In how many later epochs the coded upgrading index lies inside the band, and in how many it is coded."""
        own = self.frame[(self.frame["variable"] == "U") & (self.frame["year"] > self.start)]
        coded = own[own["series"] == "coded"].set_index("year")["level"]
        band = own[own["series"] == "gum"].set_index("year").loc[coded.index]
        return int(((band["low"] <= coded) & (coded <= band["high"])).sum()), len(coded)

    @property
    def misses(self) -> pd.DataFrame:
        """How far each forecast lies from the later coded levels of the factors.

        Frame indexed by forecast (``gum``, the rival, ``no change``): cells, error (mean absolute, of the
        middle run), inside (share of cells inside the band; missing where there is no band).
        """
        factors = self.frame[self.frame["variable"] != "U"]
        wide = factors.pivot(index=["year", "variable"], columns="series", values=["low", "level", "high"])
        coded = wide[("level", "coded")].rename("coded")
        still = coded.groupby("variable").transform("first")
        known = coded.index.get_level_values("year") != self.start
        rows = {}
        for series in ("gum", RIVAL):
            own = wide.xs(series, axis=1, level="series")[known & coded.notna()]
            target = coded[own.index]
            inside = ((own["low"] <= target) & (target <= own["high"])).mean()
            rows[series] = {"cells": len(own), "error": (own["level"] - target).abs().mean(), "inside": inside}
        pairs = pd.DataFrame({"coded": coded, "still": still})[known].dropna()
        at_start = pairs[~pairs.index.get_level_values("variable").isin(self.unknown)]
        error = (at_start["coded"] - at_start["still"]).abs().mean()
        rows[NO_CHANGE] = {"cells": len(at_start), "error": error, "inside": np.nan}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("forecast")


def forward(case: Case, *, count: int = DRAWS) -> Forward:
    """Run the model and a rival from the first epoch in which four factors are coded to the last epoch.

    Parameters
    ----------
    count : parameter sets, a power of two

    Raises
    ------
    GumError : governance is not coded, or there is no such epoch before the last
    """
    factors = case.table[list(FACTORS)]
    ready = factors.index[factors.notna().sum(axis=1) >= ENOUGH]
    if len(ready) == 0 or ready[0] == case.years[-1]:
        message = f"expected an epoch with {ENOUGH} factors coded, and a later one; code more epochs"
        raise GumError(message, "cases", case.name)
    start, end = int(ready[0]), case.years[-1]
    seeds = np.random.SeedSequence(_SEED).spawn(1)[0]
    x0 = case.start(start, np.random.default_rng(seeds).random((count, len(FACTORS))), _UNSEEN)
    drawn = sample(count, seed=_SEED)
    parts = [_coded(case, start)]
    for model in ("gum", RIVAL):
        run = simulate(drawn, x0, (start, end), case.governance, model=model)
        parts.append(_bands(run, model))
    blank = factors.loc[start].isna()
    return Forward(start, pd.concat(parts, ignore_index=True), tuple(blank.index[blank]))


def _bands(run: Run, model: str) -> pd.DataFrame:
    values = np.concatenate([run.levels, run.index[..., None]], axis=-1)
    low, level, high = np.percentile(values, [BAND[0], 50, BAND[1]], axis=0)
    years = np.repeat(run.times.round().astype(int), values.shape[-1])
    names = np.tile([*FACTORS, "U"], len(run.times))
    bands = {"low": low.ravel(), "level": level.ravel(), "high": high.ravel()}
    return pd.DataFrame({"year": years, "variable": names, "series": model, **bands})


def _coded(case: Case, start: int) -> pd.DataFrame:
    """Coded levels from the start on, and the index of those epochs in which all four ways are coded."""
    cells = case.levels[case.levels["variable"].isin(FACTORS)][["year", "variable", "low", "level", "high"]]
    ways = case.table[list(WAYS)].dropna()
    index = definitions.upgrading(ways)["upgrading"].to_numpy(float) if len(ways) else []
    measure = pd.DataFrame({"year": ways.index, "variable": "U", "low": index, "level": index, "high": index})
    both = pd.concat([cells, measure], ignore_index=True) if len(measure) else cells
    both = both[both["year"] >= start].dropna(subset=["level"])
    return both.assign(series="coded")[["year", "variable", "series", "low", "level", "high"]]
