"""Figure of a case run forward: the band of the model, a rival, and what was coded."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.cases import Case
from gumlib.cases.fitting.unfitted import BAND, DRAWS, RIVAL, Forward
from gumlib.data import sorting
from gumlib.evidence.wording import listed
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.s4_map import section_id
from gumlib.terms import FACTORS, TERMS, name, short

_PANELS = (*FACTORS, "U")


def course(case: Case, told: Forward) -> Figure:
    """Levels of the six factors and the index from the first coded epoch on: model, rival, coded.

    Source: our formalisation of C01-C09.
    """
    end = case.years[-1]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.6)
        panels = page.subplots(2, 4, sharex=True, sharey=True).ravel()
        for axes, code in zip(panels, _PANELS, strict=False):
            _panel(axes, frame[frame["variable"] == code], code)
        for axes in panels[:-1]:
            axes.set_xticks([told.start, end])
        panels[3].tick_params(labelbottom=True)
        _key(style.bare(panels[-1]))
        page.supylabel("level, 0 to 1", fontsize=8.5)
        return page

    last = told.frame.query("series == 'gum' and year == @end").set_index("variable")["level"]
    top, low = sorting.largest(last[list(FACTORS)]), sorting.smallest(last[list(FACTORS)])
    coded = set(told.frame.query("series == 'coded'")["variable"])
    blank = [code for code in _PANELS if code not in coded]
    return Figure(
        id=f"fig-{section_id(case)}-course",
        title=f"{case.title}: from {told.start} on, as the model has it",
        caption="Runs of the model as formalised, not a claim of the book. Band and line: from the "
        f"{BAND[0]}th to the {BAND[1]}th percentile, and the middle run, over {DRAWS} parameter sets that know nothing "
        "of this case. Dashes: the middle run of the rival in which no factor acts on another. "
        "Dots: coded levels; a bar joins two passes that differ. "
        "U is the upgrading index, coded where all four ways are."
        + (f" Not coded from {told.start} on: {listed(blank)}." if blank else ""),
        alt=f"Seven small panels, the six factors and the upgrading index, from {told.start} to {end}, each with a "
        f"wide band, a line, a dashed line and dots for coded levels. At the end the model's middle run is highest for "
        f"{name(top)} ({last[top]:.2f}) and lowest for {name(low)} ({last[low]:.2f}). "
        f"The index ends at {last['U']:.2f}." + (f" There is no dot for {listed(map(name, blank))}." if blank else ""),
        data=told.frame,
        draw=draw,
    )


def _panel(axes: Axes, own: pd.DataFrame, code: str) -> None:
    colour = TERMS[code].colour
    gum, rival, coded = (own[own["series"] == series] for series in ("gum", RIVAL, "coded"))
    axes.fill_between(gum["year"], gum["low"], gum["high"], color=colour, alpha=0.22, lw=0)
    axes.plot(gum["year"], gum["level"], color=colour)
    axes.plot(rival["year"], rival["level"], color=style.MUTED, lw=1.2, ls=(0, (3, 2)))
    if coded.empty:
        style.absent(axes, height=0.12 if gum["level"].mean() > 0.5 else 0.88)
    else:
        axes.vlines(coded["year"], coded["low"], coded["high"], color=style.INK, lw=1)
        look: dict[str, Any] = {"color": style.INK, "mec": style.PAPER, "mew": 0.7, "clip_on": False, "zorder": 4}
        axes.plot(coded["year"], coded["level"], "o", ms=4, **look)
    axes.set_title(f"{code}  {short(code)}", fontsize=8)
    axes.set(ylim=(-0.03, 1.03), yticks=(0, 0.5, 1))
    axes.grid(axis="y")


def _key(axes: Axes) -> None:
    rows = ((0.86, "model, middle run"), (0.64, "model, band"), (0.42, "rival, middle run"), (0.20, "coded"))
    for y, words in rows:
        axes.text(0.3, y, words, transform=axes.transAxes, va="center", fontsize=8)
    here: dict[str, Any] = {"transform": axes.transAxes, "color": style.MUTED}
    axes.plot([0.02, 0.22], [0.86, 0.86], **here)
    axes.fill_between([0.02, 0.22], 0.58, 0.70, alpha=0.3, lw=0, **here)
    axes.plot([0.02, 0.22], [0.42, 0.42], lw=1.2, ls=(0, (3, 2)), **here)
    axes.plot(0.12, 0.20, "o", ms=4, transform=axes.transAxes, color=style.INK)
