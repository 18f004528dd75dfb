"""What stood high first, and what rose after it: lead and lag among the coded levels."""

from itertools import permutations

import numpy as np
import pandas as pd

from gumlib.cases.compare.pairings import coded


def followed(levels: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return whether what stood high at one epoch was followed by a rise of another thing by the next.

    Correlation of the level with the change to the next epoch, year means removed from both. Its
    rank counts, among the 24 ways to hand the four histories of insertion to the four clusters, those
    that give at least as high a correlation; the true one is among them, so the best rank is 1.

    Parameters
    ----------
    levels : index of cluster and year, a column a variable; the coded cases if none are given

    Returns
    -------
    Frame with first, then, cells, correlation, rank, lowest and highest (one cluster left out).

    Source: C40, for insertion before learning and innovation; the reverse order stands beside it.
    """
    given = coded() if levels is None else levels
    tables = {code: given[code].unstack("year") for code in ("L", "I", "E")}
    names = list(tables["E"].index)
    rows = []
    for first, then in (("E", "L"), ("E", "I"), ("L", "E"), ("I", "E")):
        value, cells = led(tables[first], tables[then])
        handed = [{**tables, "E": tables["E"].loc[list(order)].set_axis(names)} for order in permutations(names)]
        rank = sum(led(other[first], other[then])[0] >= value - 1e-12 for other in handed)
        left = [led(tables[first].drop(index=name), tables[then].drop(index=name))[0] for name in names]
        rows.append((first, then, cells, value, rank, min(left), max(left)))
    return pd.DataFrame(rows, columns=["first", "then", "cells", "correlation", "rank", "lowest", "highest"])


def led(first: pd.DataFrame, then: pd.DataFrame) -> tuple[float, int]:
    """Return how levels correlate with the changes that follow, year means removed, and in how many cells.

    Parameters
    ----------
    first, then : levels, a cluster a row and an epoch a column
    """
    change = then.diff(axis=1).shift(-1, axis=1)
    both = first.notna() & change.notna()
    both = both & (both.sum() > 1)
    sides = [part.where(both) - part.where(both).mean() for part in (first, change)]
    x, y = (side.to_numpy()[both.to_numpy()] for side in sides)
    return float(np.corrcoef(x, y)[0, 1]), int(both.to_numpy().sum())
