"""Figures of sections 1.1 and 4.1 to 4.4: China's shares of world exports, value and income, by industry."""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from gumlib.evidence.wording import course
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.figures.s1_1_chain import COLOUR, SOURCES, draw_lines, long_frame, name_ends
from gumlib.figures.s4_map import section_id
from gumlib.gvc import comparators
from gumlib.gvc.codes import REGIONS
from gumlib.terms import CLUSTERS, name

FLOWS = {
    "exports": "gross exports",
    "kept": "domestic value in them",
    "vax": "value added exports",
    "income": "income from final goods",
}
_EARNERS = {"CHN": "China", "USA": "United States", "JPN": "Japan", "ITA": "Italy", "DEU": "Germany", "IND": "India"}
_PANELS = {"va_go": "Value added / output", "dva_share": "Domestic value in exports", "share": "Share of world"}


def income() -> Figure:
    """Shares of countries in the income from the world's final products of four industries ([timmer2014])."""
    world = comparators.indicator_panel("gvc_income", REGIONS)
    wide = world.div(world.sum(axis=1), axis=0).loc[list(comparators.INDUSTRIES), list(_EARNERS)]
    wide = wide.rename(columns=_EARNERS).rename(comparators.INDUSTRIES, level=0)
    table = wide.stack().rename("value").rename_axis(["industry", "year", "series"]).reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.6)
        industries = frame.groupby("industry", sort=False)
        for axes, own in multiples.panels(page, industries, 2, 2):
            draw_lines(axes, own.pivot(index="year", columns="series", values="value"))
        page.axes[0].set_ylim(bottom=0)
        for axes, (_, own) in zip(page.axes, industries, strict=True):
            name_ends(axes, own[own["year"] == 2011].set_index("series")["value"])
        return page

    china = table[table["series"] == "China"].set_index(["industry", "year"])["value"]
    return Figure(
        id="fig-1-1-income",
        title="Who earns from the world's final products",
        caption="Share of each country in all value added that goes into the world's final products of an industry, "
        "wherever they are completed: in factories, fields and offices, up to the factory gate; margins of shops "
        "are left out. Products sold at home count too, so part of China's rise is the rise of its own market. "
        "National industries, not clusters.",
        alt="Four panels of lines from 1995 to 2011, six countries each. China's share: "
        + "; ".join(
            f"{title} {china[(title, 1995)]:.0%} to {china[(title, 2011)]:.0%}"
            for title in comparators.INDUSTRIES.values()
        )
        + ".",
        data=table,
        draw=draw,
        sources=SOURCES,
    )


def shares() -> Figure:
    """China's share of world clothing exports beside its shares of exports, value and income, textiles and clothing.

    Source: C27; WTO Stats; [johnson2012], [timmer2014]
    """
    world = comparators.world_shares()
    over = world.xs("c4", level="industry").rename(columns=FLOWS).stack().rename("share")
    cloth = comparators.clothing().rename("share").rename_axis("year").reset_index().assign(series="clothing, WTO")
    over = pd.concat([over.rename_axis(["year", "series"]).reset_index(), cloth]).assign(panel="c4", industry="c4")
    last = world.xs(2011, level="year").rename(columns=FLOWS).loc[list(comparators.INDUSTRIES)].stack().rename("share")
    last = last.rename_axis(["industry", "series"]).reset_index().assign(panel="all four", year=2011)
    table = pd.concat([over, last], ignore_index=True)[["panel", "industry", "year", "series", "share"]]
    table = table[table["year"].between(1995, 2011)].reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.6)
        left, right = page.subplots(1, 2, sharey=True, width_ratios=(1.15, 1))
        _over_time(left, frame[frame["panel"] == "c4"])
        side_by_side(right, frame[frame["panel"] == "all four"], comparators.INDUSTRIES)
        key(right, list(_MARKS))
        left.set_title("Textiles and clothing")
        right.set_title("Four industries, 2011")
        left.set_ylabel("China's share of the world")
        return page

    ends = world.xs(2011, level="year")
    return Figure(
        id="fig-1-1-shares",
        title="China's share of world exports, and of the value in them",
        caption="Squares: clothing exports as the WTO counts them. Lines and marks: from the tables, gross exports, "
        "the domestic value in them, value added of the industry that foreigners absorb, and income from the world's "
        "final products. The share of value kept is above the share of gross exports in all four industries. Shares "
        "are of dollars, not of pieces.",
        alt="Left, lines from 1995 to 2011 for textiles and clothing, all rising. Right, marks for 2011: "
        + "; ".join(
            f"{comparators.INDUSTRIES[code]}: gross exports {ends.loc[code, 'exports']:.0%}, value kept "
            f"{ends.loc[code, 'kept']:.0%}, value added exports {ends.loc[code, 'vax']:.0%}, income "
            f"{ends.loc[code, 'income']:.0%}"
            for code in comparators.INDUSTRIES
        )
        + ".",
        data=table,
        draw=draw,
        sources=(*SOURCES, "wto-rca"),
    )


_MARKS = {
    "gross exports": ("o", style.INK, 1.8),
    "domestic value in them": ("D", COLOUR, 2.4),
    "value added exports": ("^", style.MUTED, 1.0),
    "income from final goods": ("v", style.MUTED, 1.0),
    "clothing, WTO": ("s", style.INK, 0.0),
}


def _over_time(axes: Axes, frame: pd.DataFrame) -> None:
    for series, (mark, colour, width) in _MARKS.items():
        own = frame[frame["series"] == series].sort_values("year", kind="stable")
        dots = series.endswith("WTO")
        axes.plot(own["year"], own["share"], mark if dots else "-", color=colour, lw=width, ms=5, mfc="none", mew=1.2)
        if not dots:
            axes.plot(own["year"].iloc[-1:], own["share"].iloc[-1:], mark, color=colour, ms=5, mew=0, clip_on=False)
    axes.set(xlim=(1994.5, 2011), xticks=(1995, 2000, 2005, 2010), ylim=(0, 0.45))
    axes.yaxis.set_major_formatter("{x:.0%}")


def side_by_side(axes: Axes, frame: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Draw the shares of each industry side by side: columns industry, series (of `FLOWS`), share."""
    places = {code: place for place, code in enumerate(names)}
    steps = dict(zip(FLOWS.values(), (-0.24, -0.08, 0.08, 0.24), strict=True))
    for series, step in steps.items():
        mark, colour, _ = _MARKS[series]
        own = frame[frame["series"] == series]
        x = own["industry"].map(places).astype(float) + step
        axes.vlines(x, 0, own["share"], color=colour, lw=1)
        axes.plot(x, own["share"], mark, color=colour, ms=5.5, mew=0)
    shown = [title.replace(" and ", "\nand ").replace("Other ", "Other\n") for title in names.values()]
    axes.set_xticks(list(places.values()), shown, fontsize=8, linespacing=1.35)
    axes.tick_params(axis="x", length=0)
    axes.set(xlim=(-0.5, len(names) - 0.5))


def key(axes: Axes, series: Sequence[str]) -> None:
    """Name the marks of some series above the figure."""
    for one in series:
        mark, colour, _ = _MARKS[one]
        axes.plot([], [], mark, color=colour, ms=5.5, mfc="none" if one.endswith("WTO") else colour, label=one)
    axes.figure.legend(loc="outside upper left", ncols=3, handletextpad=0.2, columnspacing=1.2)


def context(cluster: str) -> Figure:
    """The national industry of a cluster in the chain: value added, domestic content, share of world exports.

    Raises
    ------
    GumError : unknown cluster

    Source: C19, C26, C27
    """
    place = section_id(cluster)
    code = comparators.INDUSTRY_OF[cluster]
    title = comparators.INDUSTRIES[code]
    table = _context_data(code)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.7)
        panels = page.subplots(1, 3, sharex=True)
        page.get_layout_engine().set(wspace=0.02)  # type: ignore[union-attr,call-arg]
        for axes, (measure, own) in zip(panels, frame.groupby("measure", sort=False), strict=True):
            axes.set_title(str(measure), fontsize=8.5)
            _measure(axes, own.pivot(index="year", columns="series", values="value"))
        page.suptitle(f"{title}, China: national industry, not the cluster", fontsize=9, x=0.01, ha="left")
        return page

    ends = table[table["series"].isin(["China", "median"])].set_index(["measure", "series", "year"])["value"]
    last = ends.xs(2011, level="year").unstack("series", sort=False)
    beside = [f"{one[0].lower()}{one[1:]} {own['China']:.0%} and {own['median']:.0%}" for one, own in last.iterrows()]
    return Figure(
        id=f"fig-{place}-context",
        title=f"The industry of {name(cluster)} {CLUSTERS[cluster].product} in China as a whole",
        caption=f"{title} ({code} of the tables), China in green beside the median of "
        f"{len(comparators.OTHER_COUNTRIES)} other countries (dashed, with their middle half shaded). In 2011, China "
        f"and the median: {'; '.join(beside)}. National industry, not the cluster: it says in which industry the "
        "cluster works, nothing on its own place.",
        alt="Three panels of lines from 1995 to 2011. "
        + "; ".join(
            f"{measure}: China {course(ends[(measure, 'China', 1995)], ends[(measure, 'China', 2011)])}, median "
            f"{ends[(measure, 'median', 2011)]:.0%} in 2011"
            for measure in dict.fromkeys(table["measure"])
        )
        + ". National industry, not the cluster.",
        data=table,
        draw=draw,
        sources=SOURCES,
    )


def _measure(axes: Axes, wide: pd.DataFrame) -> None:
    """One measure over time: China beside the median and the middle half of the others."""
    draw_lines(axes, wide)
    axes.set_xticks((1995, 2003, 2011))
    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    axes.margins(y=0.12)
    name_ends(axes, wide.iloc[-1].drop(["lower quartile", "upper quartile"]), 8)


def _context_data(code: str) -> pd.DataFrame:
    """Three measures of one industry: China and the quartiles of the others."""
    world = comparators.indicator_panel("exports", REGIONS)
    share = world.div(world.sum(axis=1), axis=0).loc[code]
    rest = share[list(comparators.OTHER_COUNTRIES)].quantile([0.25, 0.5, 0.75], axis=1).T
    rest = rest.set_axis(["lower quartile", "median", "upper quartile"], axis=1)
    frames = {_PANELS["share"] + " exports": rest.assign(China=share[comparators.CHINA]).stack()}
    for indicator in ("dva_share", "va_go"):
        own = long_frame(indicator).query("industry == @comparators.INDUSTRIES[@code]")
        frames = {_PANELS[indicator]: own.set_index(["year", "series"])["value"]} | frames
    long = pd.concat(frames, names=["measure", "year", "series"]).rename("value").reset_index()
    return long[~long["series"].isin(list(comparators.COMPARATORS.values()))].reset_index(drop=True)
