"""Figures of section 1.1: where the industries stand between inputs and buyers, and whom a unit of output pays."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MultipleLocator

from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.figures.s1_1_chain import COLOUR, SOURCES
from gumlib.gvc import comparators

_REGIONS = {"CHN": "China", "ITA": "Italy", "DEU": "Germany", "JPN": "Japan", "KOR": "Korea", "USA": "United States"}
_PARTS = {
    "value_added": ("value added", COLOUR, 1.0, "#ffffff"),
    "same": ("same industry at home", COLOUR, 0.4, style.INK),
    "home": ("other industries at home", style.RULE, 1.0, style.INK),
    "abroad": ("imports", style.MUTED, 1.0, style.PAPER),
}
_BELOW = {("Metals", "TUR")}
"""Labels that go below their dot, so as not to meet another."""


def position() -> Figure:
    """Upstreamness against value added over output in four industries and all countries kept, China's path drawn.

    Source: C19; [antras2012]
    """
    measures = ("upstreamness", "va_go")
    long = pd.concat({name: comparators.indicator_panel(name).stack() for name in measures}, axis=1)
    long = long.loc[list(comparators.INDUSTRIES)].rename(comparators.INDUSTRIES, level=0)
    long = long.rename_axis(["industry", "year", "region"]).query("year in (1995, 2011)")
    table = long.dropna().reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(5.0)
        for axes, own in multiples.panels(page, frame.groupby("industry", sort=False), 2, 2, sharex=False):
            _paths(axes, own)
        page.supxlabel("upstreamness: sales until a final buyer")
        page.supylabel("value added / output")
        return page

    return Figure(
        id="fig-1-1-position",
        title="Distance from the buyer and value added",
        caption="A dot a country in 2011. The arrow is China's way from 1995. Farther right means more sales until a "
        "final buyer; sales inside an industry count too. China stands to the right in all four industries, and low in "
        "three. An assembler for final buyers would stand to the left. National industries, not clusters.",
        alt=f"Four scatters of at most {len(comparators.COUNTRIES)} countries. " + _told(table),
        data=table,
        draw=draw,
        sources=SOURCES,
    )


def _told(table: pd.DataFrame) -> str:
    china = table[table["region"] == comparators.CHINA].set_index(["industry", "year"])
    middle = table[table["region"] != comparators.CHINA].groupby(["industry", "year"])["upstreamness"].median()
    parts = (
        f"{name}: China's upstreamness {china.loc[(name, 1995), 'upstreamness']:.1f} in 1995 and "
        f"{china.loc[(name, 2011), 'upstreamness']:.1f} in 2011, the median {middle[(name, 2011)]:.1f}"
        for name in comparators.INDUSTRIES.values()
    )
    return "; ".join(parts) + "."


def _paths(axes: Axes, frame: pd.DataFrame) -> None:
    last = frame[frame["year"] == 2011].set_index("region")
    china = frame[frame["region"] == comparators.CHINA].set_index("year")
    rest = last.drop(index=comparators.CHINA)
    named = rest.loc[list(comparators.COMPARATORS)]
    axes.plot(rest["upstreamness"], rest["va_go"], "o", ms=4, mew=0, color=style.MUTED, alpha=0.4)
    axes.plot(named["upstreamness"], named["va_go"], "o", ms=4.5, mew=0, color=style.MUTED)
    for region, row in named.iterrows():
        side = (4, -10 if (frame["industry"].iloc[0], region) in _BELOW else 3)
        style.tag(axes, region, (row["upstreamness"], row["va_go"]), side, fontsize=7.5, color=style.INK)
    start, end = (tuple(china.loc[year, ["upstreamness", "va_go"]]) for year in (1995, 2011))
    axes.plot(*start, "o", ms=5, mfc=style.PAPER, mec=COLOUR, mew=1.4)
    axes.plot(*end, "o", ms=7, color=COLOUR, mew=0)
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": COLOUR, "lw": 1.6, "shrinkB": 3})
    side = (0, 8 if end[1] > start[1] else -15)
    style.tag(axes, "China", end, side, ha="center", color=style.legible(COLOUR), fontweight="bold")
    axes.margins(0.1)
    axes.xaxis.set_major_locator(MultipleLocator(0.5))
    axes.yaxis.set_major_formatter("{x:.0%}")


def paid() -> Figure:
    """Whom a unit of textile and clothing output pays, in six countries, 1995 and 2011 (C26)."""
    split = {year: comparators.output_split("c4", year) for year in (1995, 2011)}
    wide = pd.concat({year: shares.loc[list(_REGIONS)] for year, shares in split.items()}, names=["year"])
    table = wide[list(_PARTS)].stack().rename("share").rename_axis(["year", "region", "part"]).reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.4)
        for axes, own in multiples.panels(page, frame.groupby("year"), 1, 2):
            bars(axes, own.pivot(index="region", columns="part", values="share").loc[list(_REGIONS)].rename(_REGIONS))
        key(page.axes[0])
        return page

    net = split[2011]["netted"]
    return Figure(
        id="fig-1-1-paid",
        title="Whom a unit of textile and clothing output pays",
        caption="Each bar is one unit of output. Chinese makers add little and buy much from other Chinese makers of "
        "textiles and clothing: yarn, cloth and garments change hands inside one industry. (Germany's table of 2011 "
        "books no such purchases at all.) Without them "
        f"China's value added in 2011 is {net['CHN']:.0%} of output, Italy's {net['ITA']:.0%}.",
        alt="Stacked bars for six countries in 1995 and 2011. "
        + "; ".join(
            f"{_REGIONS[row.region]} {row.year}: value added {row.value_added:.0%}, same industry {row.same:.0%}, "
            f"imports {row.abroad:.0%}"
            for row in wide.reset_index().itertuples()
        )
        + ".",
        data=table,
        draw=draw,
        sources=("gvc-condensed",),
    )


def bars(axes: Axes, wide: pd.DataFrame) -> None:
    """Draw a bar for each row: one unit of output, by whom it pays; columns as in `comparators.output_split_of`."""
    left = pd.Series(0.0, index=wide.index)
    places = range(len(wide))
    for part, (_, colour, alpha, ink) in _PARTS.items():
        axes.barh(places, wide[part], left=left, height=0.72, color=colour, alpha=alpha, lw=0)
        for place, share, start in zip(places, wide[part], left, strict=True):
            if share > 0.07:
                axes.text(start + share / 2, place, f"{share:.0%}", ha="center", va="center", fontsize=7.5, color=ink)
        left = left + wide[part]
    axes.set(xlim=(0, 1), ylim=(len(wide) - 0.5, -0.5))
    axes.set_yticks(places, list(wide.index))
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)


def key(axes: Axes) -> None:
    """Name the parts of the bars above the figure."""
    handles = [axes.barh([0], [0], color=ink, alpha=alpha, label=words) for words, ink, alpha, _ in _PARTS.values()]
    axes.figure.legend(handles=handles, loc="outside upper left", ncols=4, handlelength=1, columnspacing=1.2)
