"""Small multiples, by seaborn or a group of rows a panel, in the house style."""

import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.errors import extra

# The plots of seaborn, for the modules that draw with them.
so: Any = extra("seaborn.objects", "figures")


def on(page: Canvas, plot: Any) -> Canvas:
    """Draw a plot of seaborn on a page of the house, whose axes are then the panels, row by row."""
    theme = {key: mpl.rcParams[key] for key in so.Plot.config.theme}
    with warnings.catch_warnings():
        # seaborn gives pandas an argument that does nothing any more.
        warnings.filterwarnings("ignore", "The copy keyword is deprecated", DeprecationWarning)
        plot.theme(theme).on(page).plot()
    return page


def panels(
    page: Canvas,
    groups: Iterable[tuple[Any, pd.DataFrame]],
    rows: int,
    columns: int,
    title: Callable[[Any], str] = str,
    *,
    sharex: bool = True,
) -> Iterator[tuple[Axes, pd.DataFrame]]:
    """Yield a panel for each group of a frame, row by row, under its title; they share the upright scale."""
    every = page.subplots(rows, columns, sharex=sharex, sharey=True).ravel()
    for axes, (name, part) in zip(every, groups, strict=True):
        axes.set_title(title(name))
        yield axes, part
