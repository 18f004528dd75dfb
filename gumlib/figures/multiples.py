"""Small multiples by seaborn, in the house style."""

import warnings
from typing import Any

import matplotlib as mpl
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
