"""What the figures of the questionnaires and of the interviews share."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.figures import style
from gumlib.terms import TERMS, short

AIM = 0.1
"""Half-width of an interval that a survey is planned for."""
NOBODY = "Simulated answers, drawn from stated assumptions; nobody was asked."


def colour_of(variable: str) -> str:
    """Return the colour of a variable; governance, which has none of its own, is drawn in ink."""
    return style.INK if variable == "G" else TERMS[variable].colour


def variables(axes: Axes, codes: list[str]) -> None:
    """Name the rows of a panel by variable and rule them apart; the row above the first is free for a key."""
    style.name_rows(axes, [f"{short(code)}  {code}" for code in codes])
    axes.set(ylim=(len(codes) - 0.4, -1.3))
    for place in np.arange(0.5, len(codes) - 1):
        axes.axhline(place, color=style.RULE, lw=0.5, zorder=0)


def key(axes: Axes, low: float) -> None:
    """Explain the two marks of a row: omega filled, alpha open."""
    axes.plot(low + 0.03, -0.85, "o", color=style.INK, ms=6, clip_on=False)
    axes.text(low + 0.05, -0.85, "omega", va="center", fontsize=8)
    axes.plot(low + 0.14, -0.85, "o", mfc=style.PAPER, mec=style.MUTED, ms=4.5, clip_on=False)
    axes.text(low + 0.16, -0.85, "alpha", va="center", fontsize=8, color=style.MUTED)


def curves(frame: pd.DataFrame, unit: str, axis: str) -> Canvas:
    """Draw half-widths against how many were asked, with the aim and the first number that keeps it.

    Parameters
    ----------
    frame : of `gumlib.survey.sample_size.survey_widths`
    unit : what is counted, in the plural
    axis : the same, for the axis
    """
    page, axes = style.panel(3.4)
    first, last = frame["firms"].iloc[0], frame["firms"].iloc[-1]
    axes.axhline(AIM, color=style.MUTED, lw=0.9, ls=(0, (4, 3)))
    style.tag(axes, f"±{AIM}", (first, AIM), (0, -3), va="top", fontsize=8.5, color=style.MUTED)
    blue, orange = TERMS["L"].colour, TERMS["D"].colour
    axes.fill_between(frame["firms"], frame["half_width"], frame["upper"], color=blue, alpha=0.15, lw=0)
    axes.plot(frame["firms"], frame["upper"], "-", color=blue, lw=1, label="nine intervals of ten are narrower")
    axes.plot(frame["firms"], frame["half_width"], "o-", color=blue, ms=4, label="mean of the simulations")
    axes.plot(frame["firms"], frame["formula"], "--", color=orange, lw=1.4, label="formula")
    axes.legend(loc="upper right", borderaxespad=0.2)
    aim = frame[frame["upper"] <= AIM]
    if len(aim):
        told = (aim["firms"].iloc[0], aim["upper"].iloc[0])
        axes.plot(*told, "o", ms=8, mfc="none", mec=style.INK, mew=1.2)
        style.tag(axes, f"{told[0]} {unit}", told, (10, 14), fontsize=9, weight="bold")
    top = max(0.22, float(frame["upper"].max()) * 1.05)
    axes.set(xscale="log", xlim=(first * 0.94, last * 1.08), ylim=(0, top))
    axes.set_yticks(np.arange(0, top, 0.05 if top < 0.3 else 0.1))
    axes.set(ylabel="Half-width of the 95 % interval", xlabel=f"{axis} (logarithmic)")
    ticks = [n for n in (3, 5, 10, 20, 50, 100, 200) if first <= n <= last]
    axes.set_xticks(ticks, [str(n) for n in ticks])
    axes.minorticks_off()
    return page
