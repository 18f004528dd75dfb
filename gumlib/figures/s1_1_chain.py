"""Figures of section 1.1: what the Chinese industries add and keep, beside those of other countries."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.evidence.wording import course
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.gvc import comparators
from gumlib.terms import TERMS

SOURCES = ("gvc-indicators",)
COLOUR = TERMS["E"].colour
"""China's colour in these figures: that of insertion in the chain."""
_BAND = ("lower quartile", "median", "upper quartile")


def value_added() -> Figure:
    """Value added over output in four industries, China and others, year by year (C26)."""
    return Figure(
        id="fig-1-1-value-added",
        title="Value added in a unit of output",
        caption="Value added over gross output. Green: China. Dashed: the median of "
        f"{len(comparators.OTHER_COUNTRIES)} other countries, in the shade of their middle half. China lies at or near "
        "the bottom in textiles, leather and metals, and rises past the median in other manufacturing. A longer chain "
        "inside a country lowers this share too. National industries, not clusters.",
        alt="Four panels of lines from 1995 to 2011. " + standings("va_go"),
        data=long_frame("va_go"),
        draw=lambda frame: _multiples(frame),
        sources=SOURCES,
    )


def domestic_content() -> Figure:
    """Domestic value added in a unit of exports in four industries, China and others, year by year (C27)."""
    return Figure(
        id="fig-1-1-domestic-content",
        title="Domestic value added in a unit of exports",
        caption="What stays in the country of a unit of exports, over all its industries. Green: China. Dashed: the "
        f"median of {len(comparators.OTHER_COUNTRIES)} other countries, in the shade of their middle half. China lies "
        "at or above the median nearly throughout. The tables do not tell processing trade apart, so China's share is "
        "overstated. National industries, not clusters.",
        alt="Four panels of lines from 1995 to 2011. " + standings("dva_share"),
        data=long_frame("dva_share"),
        draw=lambda frame: _multiples(frame),
        sources=SOURCES,
    )


def _multiples(frame: pd.DataFrame) -> Canvas:
    page = style.canvas(4.6)
    last = []
    for axes, own in multiples.panels(page, frame.groupby("industry", sort=False), 2, 2):
        wide = own.pivot(index="year", columns="series", values="value")
        draw_lines(axes, wide)
        last.append(wide.iloc[-1].drop(["lower quartile", "upper quartile"]))
    for axes, ends in zip(page.axes, last, strict=True):
        name_ends(axes, ends)
    return page


def standings(indicator: str) -> str:
    """Say in words where China stands by industry, for readers who cannot see a figure; ranks from the top."""
    among = comparators.against(indicator)["among"].xs(2011, level="year").rename(comparators.INDUSTRIES)
    parts = (
        f"{name}: China {course(row['China 1995'], row['China 2011'])}, the median "
        f"{course(row['median 1995'], row['median 2011'])}, China's rank in 2011 {row['rank 2011']:.0f} of "
        f"{among[name]}"
        for name, row in comparators.first_and_last(indicator).iterrows()
    )
    return "; ".join(parts) + "."


def long_frame(indicator: str) -> pd.DataFrame:
    """Return China, the comparators and the quartiles of all others in one long frame."""
    middle = comparators.against(indicator)[["lower", "median", "upper"]].set_axis(_BAND, axis=1)
    names = {comparators.CHINA: "China", **comparators.COMPARATORS}
    wide = comparators.indicator_panel(indicator)[list(names)].rename(columns=names).join(middle)
    wide = wide.loc[list(comparators.INDUSTRIES)].rename(comparators.INDUSTRIES, level=0)
    return wide.stack().rename("value").rename_axis(["industry", "year", "series"]).reset_index()


def draw_lines(axes: Axes, wide: pd.DataFrame) -> None:
    """Draw years along, a band with its median if there is one, comparators, and China on top."""
    others = [name for name in wide if name not in ("China", *_BAND)]
    if "median" in wide:
        axes.fill_between(wide.index, wide[_BAND[0]], wide[_BAND[2]], color=style.RULE, alpha=0.45, lw=0)
        axes.plot(wide.index, wide["median"], color=style.INK, lw=1.2, ls=(0, (4, 2)))
    for name in others:
        axes.plot(wide.index, wide[name], color=style.MUTED, lw=0.7)
    axes.plot(wide.index, wide["China"], color=COLOUR, lw=2.4)
    axes.set(xlim=(1995, 2011), xticks=(1995, 2000, 2005, 2010))
    axes.yaxis.set_major_formatter("{x:.0%}")


def name_ends(axes: Axes, ends: pd.Series, size: float = 8) -> None:
    """Name lines at their right end, pushed apart where they would overlap, once the axes have their limits."""
    for (name, end), place in zip(ends.items(), _apart(ends.to_numpy(float), axes), strict=True):
        china = name == "China"
        axes.annotate(
            str(name),
            (1.0, float(end)),
            (8, float(place)),
            xycoords=("axes fraction", "data"),
            textcoords=("offset points", "data"),
            va="center",
            fontsize=size,
            color=style.legible(COLOUR) if china else style.INK if name == "median" else style.MUTED,
            fontweight="bold" if china else "normal",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": style.RULE, "lw": 0.6, "shrinkA": 0, "shrinkB": 0},
        )


def _apart(ends: np.ndarray, axes: Axes, gap: float = 0.082) -> np.ndarray:
    """Return places at least `gap` of the height of the axes from each other, in the order of `ends`."""
    low, high = axes.get_ylim()
    step, order = gap * (high - low), np.argsort(ends, kind="stable")
    places = ends[order].astype(float)
    for _ in range(500):
        push = np.maximum(step - np.diff(places), 0) / 2
        places[:-1] -= push
        places[1:] += push
        places += max(low + step / 2 - places[0], 0) - max(places[-1] - high, 0)
    return places[np.argsort(order)]
