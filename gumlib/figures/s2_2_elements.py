"""Figures of section 2.2: how each element of the model is seen in the world."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import data, evidence
from gumlib.data import sorting
from gumlib.errors import one_of
from gumlib.evidence.wording import of_all
from gumlib.figures import multiples, style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.figures.multiples import so
from gumlib.terms import CLUSTERS, EPOCHS, FACTORS, TERMS, WAYS, name, sentence, short

_ORDER = (*FACTORS, "G", "Z", "O")
_DIRECTIONS = {1: "strengthens", 0: "states a level", -1: "weakens"}


def evidence_counts() -> Figure:
    """Facts in the ledger by element and direction (C01, C02)."""
    facts = evidence.ledger()
    table = facts.groupby(["factor", "direction"]).size().rename("facts").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.3)
        count = frame.set_index(["factor", "direction"])["facts"]
        for y, code in enumerate(_ORDER):
            left = 0
            for direction in _DIRECTIONS:
                here = int(count.get((code, direction), 0))
                _part(axes, y, left, here, TERMS[code].colour, direction)
                left += here
            axes.text(left + 2, y, str(left), va="center", fontsize=8.5)
        for row, (direction, words) in zip((3.8, 4.6, 5.4), _DIRECTIONS.items(), strict=True):
            _part(axes, row, 128, 7, style.MUTED, direction)
            axes.text(138, row, words, va="center", fontsize=8.5)
        style.name_rows(axes, [f"{sentence(code)}  {code}" for code in _ORDER])
        axes.set(ylim=(len(_ORDER) - 0.4, -0.6), xlabel="facts in the ledger")
        return page

    totals = facts["factor"].value_counts()
    bad = facts.loc[facts["direction"] == -1, "factor"].value_counts()
    return Figure(
        id="fig-2-2-evidence",
        title="Facts behind each element",
        caption="Length is the number of facts; full colour strengthens, faint colour states a level, an open bar "
        f"weakens. Of {totals['Z']} facts on external pressure {bad['Z']} weaken; of {totals['P']} on policy only "
        f"{bad['P']} do.",
        alt="Stacked bars of facts by element: "
        + "; ".join(f"{name(code)} {totals[code]}, of which {bad[code]} weaken" for code in _ORDER)
        + ". Each bar is split into facts that strengthen, describe a level, or weaken.",
        data=table,
        draw=draw,
        sources=("ledger",),
    )


def _part(axes: Axes, y: float, left: float, length: float, colour: str, direction: int) -> None:
    """Draw one part of a bar: full, faint or open, by direction."""
    fill = {1: colour, 0: colour, -1: "none"}[direction]
    axes.barh(y, length, left=left, height=0.62, color=fill, alpha=0.45 if direction == 0 else None)
    axes.barh(y, length, left=left, height=0.62, color="none", edgecolor=colour, lw=0.9)


def levels(group: str = "factors") -> Figure:
    """Coded levels of each factor and governance, or of each way, in the four clusters over time.

    Parameters
    ----------
    group : ``"factors"`` or ``"ways"``

    Source: C01, C02, C18.
    """
    one_of(group, ("factors", "ways"), "figures", "group")
    codes = (*FACTORS, "G") if group == "factors" else WAYS
    table = evidence.levels().query("variable in @codes")

    def draw(frame: pd.DataFrame) -> Canvas:
        plot = (
            so.Plot(frame.sort_values("year", kind="stable"), "year", "level", color="variable")
            .facet("cluster", "variable", {"row": list(codes), "col": list(CLUSTERS)})
            .add(so.Path(color=style.RULE, linewidth=0.9), col=None, group="cluster", legend=False)
            .add(so.Range(linewidth=1.2), ymin="low", ymax="high", legend=False)
            .add(so.Path(marker="o", pointsize=3.4, edgewidth=0, linewidth=1.5), legend=False)
            .scale(color={code: TERMS[code].colour for code in codes})
            .scale(x=so.Continuous().tick(at=[1990, 2000, 2010]).label(like="{x:.0f}"))
            .label(x="", y="", title="")
            .limit(x=(1983, 2012), y=(-0.08, 1.08))
        )
        page = multiples.on(style.canvas(0.62 * len(codes) + 0.4), plot)
        titles = [*map(name, CLUSTERS), *[""] * len(page.axes)]
        for axes, title in zip(page.axes, titles, strict=False):
            axes.set_title(title)
        for axes, code in zip(page.axes[:: len(CLUSTERS)], codes, strict=True):
            first, last = short(code).rsplit(" ", 1)
            axes.set_ylabel(f"{first}\n{last} ({code})", rotation=0, ha="right", va="center")
        return page

    ends = table.dropna(subset=["level"]).groupby(["variable", "cluster"])["level"].agg(["first", "last"])
    higher = style.capital(of_all((ends["last"] > ends["first"]).sum(), len(ends), "line"))
    return Figure(
        id=f"fig-2-2-{group}",
        title=f"Coded levels of the {group}",
        caption=f"{higher} end higher than they begin, though not without falls between. "
        "Each panel has one cluster in colour, the others faint behind it; levels run from 0 to 1. Dots are the mean "
        "of the two passes; upright bars join passes that differ. Lines break where the ledger gives no basis.",
        alt=f"A grid of small panels: rows for {', '.join(map(name, codes))}, columns for the four clusters, with a "
        f"line from {EPOCHS[0]} to {EPOCHS[-1]} in each. "
        f"{higher} end higher than they begin. The highest level in "
        f"{EPOCHS[-1]} is {ends['last'].max():.1f}, the lowest {ends['last'].min():.1f}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def world_share() -> Figure:
    """China's share of world clothing and textile exports beside five comparators (C27 (volume side only); WTO)."""
    economies = ("Bangladesh", "China", "India", "Italy", "Turkey", "Viet Nam")
    table = data.read("wto-rca").sort_values(["product", "economy", "year"], kind="stable")
    table = table.loc[table["economy"].isin(economies), ["product", "economy", "year", "world_share"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.1)
        panels = page.subplots(1, 2, sharey=True)
        for axes, (product, rows) in zip(panels, frame.groupby("product"), strict=True):
            lines = rows.groupby("economy")
            for economy, own in lines:
                width, colour = (2.2, TERMS["E"].colour) if economy == "China" else (1, style.MUTED)
                axes.plot(own["year"], 100 * own["world_share"], "-o", ms=3, lw=width, color=colour)
            _name_lines(axes, 100 * lines["world_share"].last())
            axes.set_title(str(product).capitalize())
            axes.set(xlim=(1989, 2029), ylim=(0, None))
            axes.set_xticks((1990, 2000, 2010, 2018))
        panels[0].set_ylabel("share of world exports, per cent")
        return page

    china = table[table["economy"] == "China"].set_index(["product", "year"])["world_share"]
    told = "; ".join(
        f"{product} {china[product, 1990]:.0%} in 1990, {china[product, 2010]:.0%} in 2010, "
        f"{china[product, 2018]:.0%} in 2018"
        for product in ("clothing", "textiles")
    )
    return Figure(
        id="fig-2-2-world-share",
        title="China in world exports of clothing and textiles",
        caption="China's share of the value of world exports rose at each of the years drawn up to 2010, in both "
        "products; in clothing it fell after 2015. These are gross exports: they do not say how much of the value "
        "stayed in China, nor who led the chain. Dots are the years in the data.",
        alt="Two panels, clothing and textiles, shares of world exports at seven years from 1990 to 2018. China: "
        f"{told}. Bangladesh, India, Italy, Turkey and Viet Nam are below a tenth of the world in 2018.",
        data=table,
        draw=draw,
        sources=("wto-rca",),
    )


def _name_lines(axes: Axes, ends: pd.Series) -> None:
    """Write each economy at the end of its line, spread upwards so that no two names touch."""
    lowest = 1.0
    for economy, share in sorting.ranked(ends).items():
        y = max(share, lowest)
        china = economy == "China"
        ink, weight = (style.legible(TERMS["E"].colour), "bold") if china else (style.MUTED, "normal")
        if not china:
            axes.plot((2018.4, 2019.6), (share, y), color=style.RULE, lw=0.7)
        axes.text(2020, y, str(economy), va="center", fontsize=8, color=ink, fontweight=weight)
        lowest = y + 2.4
