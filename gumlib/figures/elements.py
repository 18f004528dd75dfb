"""Figures of section 2.2: how each element of the model is seen in the world."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import data, evidence
from gumlib.errors import one_of
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import CLUSTERS, EPOCHS, FACTORS, TERMS, WAYS, name, sentence

_LINES = {"ningbo": "-", "wenzhou": (0, (5, 2)), "yongkang": (0, (1, 1.5)), "shaoxing": (0, (5, 1.5, 1, 1.5))}
_MARKS = {"ningbo": "o", "wenzhou": "s", "yongkang": "^", "shaoxing": "D"}


def evidence_counts() -> Figure:
    """Facts in the ledger by element and direction.

    Source: C01, C02.

    Examples
    --------
    >>> int(evidence_counts().data["facts"].sum())
    767
    """
    facts = evidence.ledger()
    table = facts.groupby(["factor", "direction"]).size().rename("facts").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.1)
        axes = page.subplots()
        order = [*FACTORS, "G", "Z", "O"]
        for y, code in enumerate(order):
            left = 0
            for direction, strength in ((1, 1.0), (0, 0.55), (-1, 0.25)):
                here = frame[(frame["factor"] == code) & (frame["direction"] == direction)]["facts"].sum()
                axes.barh(y, here, left=left, color=TERMS[code].colour, alpha=strength, height=0.66)
                left += here
            axes.text(left + 2, y, str(left), va="center", fontsize=8.5)
        for x, strength, label in ((104, 1.0, "strengthens"), (139, 0.55, "level"), (159, 0.25, "weakens")):
            axes.barh(5.05, 4, left=x, height=0.4, color=style.MUTED, alpha=strength)
            axes.text(x + 6, 5.05, label, va="center", fontsize=8.5)
        axes.set_yticks(range(len(order)), [f"{sentence(code)}  {code}" for code in order])
        axes.set(ylim=(len(order) - 0.4, -0.6), xlabel="facts in the ledger")
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        return page

    totals = facts["factor"].value_counts()
    return Figure(
        id="fig-2-2-evidence",
        title="Facts behind each element",
        caption="Length is the number of facts, strength of colour their direction. Insertion in the GVC is best "
        "documented of the factors; what went wrong is documented too.",
        alt="Stacked bars of facts by element: "
        + ", ".join(f"{name(code)} {totals[code]}" for code in [*FACTORS, "G", "Z", "O"])
        + ". Each bar is split into facts that strengthen, describe a level, or weaken.",
        data=table,
        draw=draw,
        sources=("ledger",),
    )


def levels(group: str = "factors") -> Figure:
    """Coded levels of each factor and governance, or of each way, in the four clusters over time.

    Parameters
    ----------
    group : ``"factors"`` or ``"ways"``

    Source: C01, C02, C18.

    Examples
    --------
    >>> levels("ways").data["variable"].nunique()
    4
    """
    one_of(group, ("factors", "ways"), "figures", "group")
    codes = (*FACTORS, "G") if group == "factors" else WAYS
    table = evidence.levels().query("variable in @codes")

    def draw(frame: pd.DataFrame) -> Canvas:
        rows = 2 if group == "factors" else 1
        page = style.canvas(2.15 * rows + 0.15)
        panels = page.subplots(rows, 4, sharex=True, sharey=True, squeeze=False).ravel()
        for axes, code in zip(panels, codes, strict=False):
            _panel(axes, frame[frame["variable"] == code], code)
        key = panels[len(codes)] if len(panels) > len(codes) else None
        _key(panels[1] if key is None else style.bare(key), key is not None)
        return page

    return Figure(
        id=f"fig-2-2-{group}",
        title="Coded levels of the factors" if group == "factors" else "Coded levels of the ways",
        caption="Mean of the two passes by cluster and epoch, on a scale from 0 to 1; bars join the passes where they "
        "differ. Lines break where the ledger gives no basis.",
        alt=f"Small panels, one for each of {', '.join(map(name, codes))}, with a line for each of four clusters from "
        f"{EPOCHS[0]} to {EPOCHS[-1]}. Nearly all lines rise over time.",
        data=table,
        draw=draw,
        sources=("scores_a", "scores_b"),
    )


def _panel(axes: Axes, frame: pd.DataFrame, code: str) -> None:
    for shift, (cluster, line) in enumerate(_LINES.items()):
        own = frame[frame["cluster"] == cluster].sort_values("year")
        years = own["year"] + 0.5 * (shift - 1.5)
        axes.vlines(years, own["low"], own["high"], color=TERMS[code].colour, lw=1.2, alpha=0.7)
        axes.plot(years, own["level"], ls=line, marker=_MARKS[cluster], ms=3, lw=1.1, color=TERMS[code].colour)
    words = (
        sentence(code).replace("-oriented public", "").replace("-capability upgrading", "").replace(" upgrading", "")
    )
    axes.set_title(f"{code}  {words}", fontsize=8.5)
    axes.set(ylim=(-0.05, 1.05), yticks=(0, 0.5, 1), xlim=(1983, 2012))
    axes.set_xticks((1990, 2000, 2010), ("1990", "2000", "2010"))
    axes.grid(axis="y")


def _key(axes: Axes, own_panel: bool) -> None:
    for row, cluster in enumerate(CLUSTERS):
        y = (0.85 - 0.24 * row) if own_panel else (1.0 - 0.11 * row)
        x = (1985.0, 1993.0) if own_panel else (1984.0, 1988.0)
        axes.plot(x, (y, y), ls=_LINES[cluster], marker=_MARKS[cluster], ms=3.4, lw=1.1, color=style.MUTED)
        axes.text(x[1] + 1, y, name(cluster), va="center", fontsize=8 if own_panel else 6.5)


def world_share() -> Figure:
    """China's share of world clothing and textile exports beside five comparators.

    Source: C27 (volume side only); WTO.

    Examples
    --------
    >>> sorted(world_share().data["product"].unique())
    ['clothing', 'textiles']
    """
    economies = ("Bangladesh", "China", "India", "Italy", "Turkey", "Viet Nam")
    table = data.read("wto-rca").sort_values(["product", "economy", "year"])
    table = table.loc[table["economy"].isin(economies), ["product", "economy", "year", "world_share"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.7)
        panels = page.subplots(1, 2, sharey=True)
        for axes, (product, rows) in zip(panels, frame.groupby("product"), strict=True):
            for economy, own in rows.groupby("economy"):
                china = economy == "China"
                colour = TERMS["E"].colour if china else style.MUTED
                axes.plot(own["year"], 100 * own["world_share"], "-o", ms=3.5, lw=2.2 if china else 1, color=colour)
                if china or economy == "Italy":
                    axes.annotate(economy, (own["year"].iloc[-1], 100 * own["world_share"].iloc[-1]), xytext=(5, 0),
                                  textcoords="offset points", va="center", fontsize=8.5, color=colour)  # fmt: skip
            axes.set_title(str(product).capitalize())
            axes.set(xlim=(1989, 2026), ylim=(0, None))
            axes.set_xticks((1990, 2000, 2010, 2018))
        panels[0].set_ylabel("share of world exports, per cent")
        return page

    return Figure(
        id="fig-2-2-world-share",
        title="China in world exports of clothing and textiles",
        caption="China's share rose in every step up to 2010 in both products. This is volume of trade in value "
        "terms; it does not say how much of the value stayed in China. Grey: Bangladesh, India, Italy, "
        "Turkey, Viet Nam.",
        alt="Two panels, clothing and textiles, shares of world exports from 1990 to 2018. China's line climbs far "
        "above those of Bangladesh, India, Italy, Turkey and Viet Nam, which are thin and low.",
        data=table,
        draw=draw,
        sources=("wto-rca",),
    )
