"""Figures on a reader's own input-output table: those of section 1.1, for one year and the regions chosen."""

from collections.abc import Iterable, Sequence
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import PercentFormatter

from gumlib import gvc
from gumlib.figures import s1_1_position, s1_1_shares, style
from gumlib.figures.card import Figure
from gumlib.gvc import comparators
from gumlib.terms import TERMS

COLOURS = [TERMS[code].colour for code in "ELID"]
"""One for each region chosen, at most four; the first is that of China in section 1.1."""
_MEASURES = {"va_go": "Value added / output", "dva_share": "Domestic value in exports"}


def _sentence(parts: Iterable[str]) -> str:
    """Join what an alternative text says of each row."""
    return "; ".join(parts) + "."


def chain(wide: pd.DataFrame, regions: Sequence[str], industries: Sequence[str]) -> Figure:
    """Value added in output and domestic value in exports: the regions chosen among all, by industry."""
    long = wide[list(_MEASURES)].melt(ignore_index=False, var_name="measure").reset_index()
    table = long[long["industry"].isin(industries)].dropna().reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(1.3 + 0.42 * len(industries))
        panels = page.subplots(1, 2, sharey=True)
        for axes, (measure, title) in zip(panels, _MEASURES.items(), strict=True):
            _among(axes, frame[frame["measure"] == measure], regions, industries)
            axes.set_title(title)
        _names(page, regions)
        return page

    middle = table.groupby(["measure", "industry"])["value"].median()
    own = table[table["region"].isin(regions)]
    return Figure(
        id="fig-own-table-chain",
        title="What is added, and what stays at home",
        caption="Value added in a unit of output, and domestic value added in a unit of exports. A faint dot a region; "
        "the tick is the median of all. A longer chain inside a country lowers the first and not the second. "
        "Industries of whole regions, not clusters.",
        alt="Two panels of dots, a row an industry. "
        + _sentence(
            f"{row.industry}, {_MEASURES[row.measure].lower()}: {row.region} {row.value:.0%}, median "
            f"{middle[(row.measure, row.industry)]:.0%}"
            for row in own.itertuples()
        ),
        data=table,
        draw=draw,
    )


def _among(axes: Axes, frame: pd.DataFrame, regions: Sequence[str], industries: Sequence[str]) -> None:
    places = {code: place for place, code in enumerate(industries)}
    for code, own in frame.groupby("industry", sort=False):
        low, middle, high = own["value"].quantile([0.25, 0.5, 0.75])
        axes.plot([low, high], [places[str(code)]] * 2, color=style.RULE, lw=6, alpha=0.6, solid_capstyle="butt")
        axes.plot([middle] * 2, [places[str(code)] - 0.22, places[str(code)] + 0.22], color=style.INK, lw=1.2)
    _chosen(axes, frame, "value", frame["industry"].map(places), regions)
    axes.set(ylim=(len(places) - 0.5, -0.5))
    axes.set_yticks(list(places.values()), [folded_label(code) for code in places])
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_major_formatter("{x:.0%}")
    axes.margins(x=0.08)


def position(wide: pd.DataFrame, regions: Sequence[str], industries: Sequence[str]) -> Figure:
    """Upstreamness against value added over output, a panel an industry; [antras2012]."""
    long = wide[["upstreamness", "va_go"]].dropna().reset_index()
    table = long[long["industry"].isin(industries)].reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(0.9 + 2.1 * -(-len(industries) // 2))
        for axes, code in zip(_panels(page, industries), industries, strict=True):
            own = frame[frame["industry"] == code]
            _chosen(axes, own, "upstreamness", own["va_go"], regions)
            axes.margins(0.12)
            axes.yaxis.set_major_formatter("{x:.0%}")
        page.supxlabel("upstreamness: sales until a final buyer")
        page.supylabel("value added / output")
        _names(page, regions)
        return page

    own = table[table["region"].isin(regions)]
    return Figure(
        id="fig-own-table-position",
        title="Distance from the buyer and value added",
        caption="A dot a region. Farther right means more sales until a final buyer; sales inside an industry count "
        "too. Industries of whole regions, not clusters.",
        alt="Scatters, one an industry. "
        + _sentence(
            f"{row.industry}: {row.region} at {row.upstreamness:.2f}, {row.va_go:.0%}" for row in own.itertuples()
        ),
        data=table,
        draw=draw,
    )


def paid(table: gvc.IOTable, regions: Sequence[str], industries: Sequence[str]) -> Figure:
    """Whom a unit of output pays, a panel an industry."""
    split = pd.concat({code: comparators.output_split_of(table, code).loc[list(regions)] for code in industries})
    data = (
        split.drop(columns="netted").stack().rename("share").rename_axis(["industry", "region", "part"]).reset_index()
    )

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(0.7 + -(-len(industries) // 2) * (0.7 + 0.3 * len(regions)))
        panels = _panels(page, industries)
        for axes, code in zip(panels, industries, strict=True):
            own = frame[frame["industry"] == code].pivot(index="region", columns="part", values="share")
            s1_1_position.bars(axes, own.reindex(list(regions)).rename(folded_label))
        s1_1_position.key(panels[0])
        return page

    return Figure(
        id="fig-own-table-paid",
        title="Whom a unit of output pays",
        caption="Each bar is one unit of output: what the industry adds, and what it pays to its own industry at home, "
        "to others at home, and abroad.",
        alt="Stacked bars. "
        + _sentence(
            f"{code} in {region}: value added {row.value_added:.0%}, same industry {row.same:.0%}, "
            f"imports {row.abroad:.0%}"
            for (code, region), row in split.dropna(subset=["value_added"]).iterrows()
        ),
        data=data,
        draw=draw,
    )


def shares(wide: pd.DataFrame, regions: Sequence[str], industries: Sequence[str]) -> Figure:
    """Shares of the world's exports, of the value in them, and of income from final goods, a panel a region."""
    flows = wide[["exports", "vax"]].assign(
        kept=wide[list(comparators.DOMESTIC_TERMS)].sum(axis=1), income=wide["gvc_income"]
    )[list(s1_1_shares.FLOWS)]
    world = flows.groupby("industry").transform("sum")
    share = flows / world.where(world > 0)
    chosen = share.rename(columns=s1_1_shares.FLOWS).loc[list(regions)].rename_axis(columns="series").stack()
    table = chosen.rename("share").reset_index().query("industry in @industries", local_dict={"industries": industries})
    shown = table.dropna()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(0.7 + 1.7 * len(regions))
        panels = page.subplots(len(regions), 1, sharex=True, squeeze=False).ravel()
        for axes, region in zip(panels, regions, strict=True):
            own = frame[frame["region"] == region]
            s1_1_shares.side_by_side(
                axes, own, {code: folded_label(code, 72 // len(industries)) for code in industries}
            )
            axes.set_title(f"{folded_label(region)}, share of the world")
            axes.margins(y=0.12)
            axes.set_ylim(bottom=min(0, own["share"].min()))
            axes.yaxis.set_major_formatter(PercentFormatter(1))
        s1_1_shares.key(panels[0], list(s1_1_shares.FLOWS.values()))
        return page

    return Figure(
        id="fig-own-table-shares",
        title="Shares of world exports, and of the value in them",
        caption="Of all that the regions of the table export of an industry's goods, of the domestic value in those "
        "exports, of the value added of the industry that foreigners absorb, and of the income from the world's "
        "final products.",
        alt="Marks by industry. "
        + _sentence(f"{row.region}, {row.industry}, {row.series}: {row.share:.1%}" for row in shown.itertuples()),
        data=table.reset_index(drop=True),
        draw=draw,
    )


def folded_label(code: str, most: int = 26) -> str:
    """Return a reader's own label as text that is drawn as it stands, folded into lines of at most so many letters.

    Examples
    --------
    >>> folded_label("Manufacture of wearing apparel; dressing of fur").splitlines()
    ['Manufacture of wearing', 'apparel; dressing of fur']
    """
    text = " ".join(code.replace("$", r"\$").split())
    return fill(text, most + 1, break_long_words=False, break_on_hyphens=False)  # the blank between words counts here


def _panels(page: Canvas, industries: Sequence[str]) -> list[Axes]:
    """Return a panel for each industry, two abreast, with its title."""
    panels = page.subplots(-(-len(industries) // 2), 2, sharey=True, squeeze=False).ravel()
    for axes, code in zip(panels, industries, strict=False):
        axes.set_title(folded_label(code))
    for axes in panels[len(industries) :]:
        style.bare(axes)
    return list(panels[: len(industries)])


def _chosen(axes: Axes, own: pd.DataFrame, x: str, y: pd.Series, regions: Sequence[str]) -> None:
    """Draw a dot for each region, those chosen large and in their colours."""
    shown = {style.MUTED: ~own["region"].isin(regions)}
    shown |= {colour: own["region"] == region for colour, region in zip(COLOURS, regions, strict=False)}
    for colour, rows in shown.items():
        size, alpha = (4, 0.4) if colour == style.MUTED else (7, 1)
        axes.plot(own.loc[rows, x], y[rows], "o", ms=size, mew=0, color=colour, alpha=alpha)


def _names(page: Canvas, regions: Sequence[str]) -> None:
    """Name the regions chosen above the figure, in their colours."""
    axes = page.axes[0]
    shown = [*zip(COLOURS, map(folded_label, regions), strict=False), (style.MUTED, "others")]
    handles = [axes.plot(np.nan, np.nan, "o", color=colour, mew=0, label=name)[0] for colour, name in shown]
    page.legend(handles=handles, loc="outside upper left", ncols=5, handletextpad=0.2, columnspacing=1.2)
