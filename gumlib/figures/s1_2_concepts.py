"""Figures of section 1.2: four ways beside four kinds of upgrading, types of governance."""

from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.model import definitions
from gumlib.terms import TERMS, WAYS, sentence

_LOW_HIGH = ("low", "high")


def crosswalk() -> Figure:
    """Matrix of the book's four ways by the field's four kinds of upgrading, with words in cells.

    Source: C11, humphrey2000, humphrey2002; the pairing is ours.
    """
    wide = definitions.crosswalk().rename_axis(columns="kind")
    table = wide.stack().rename("shared").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.1)
        for cell in frame.itertuples():
            x, y = definitions.KINDS.index(cell.kind), WAYS.index(cell.way)
            _cell(axes, x, y, TERMS[cell.way].colour if cell.shared else None)
            axes.text(x, y, fill(cell.shared, 17), ha="center", va="center", fontsize=8.5)
        kinds = [f"{kind} upgrading" for kind in definitions.KINDS]
        style.name_cells(axes, kinds, [f"{fill(sentence(way), 22)}  {way}" for way in WAYS])
        axes.xaxis.tick_top()
        return page

    filled = table[table["shared"] != ""]
    return Figure(
        id="fig-1-2-crosswalk",
        title="Four ways beside four kinds",
        caption="Rows are the ways of upgrading the book names, columns the kinds the field uses. A coloured cell says "
        "what they share; a dashed cell is empty. The row of social capital and the column of chain upgrading stay "
        "empty: each scheme sees something the other has no word for. The pairing is our reading.",
        alt="A four by four matrix. Filled cells: "
        + "; ".join(f"{sentence(row.way)} with {row.kind}, {row.shared}" for row in filled.itertuples())
        + ". Every other cell is empty, among them the whole row of social-capital upgrading and the whole column of "
        "chain upgrading.",
        data=table,
        draw=draw,
    )


def governance() -> Figure:
    """Grid of eight combinations of three variables, five of them named types of governance (gereffi2005)."""
    table = definitions.governance_table()
    ranks = {name: rank for rank, name in enumerate(definitions.COORDINATION, start=1)}
    table["coordination"] = table["type"].map(ranks).astype("Int64")

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.75)
        panels = dict(zip(_LOW_HIGH, page.subplots(1, 2, sharey=True), strict=True))
        for cell in frame.itertuples():
            axes = panels[cell.complexity]
            place = map(_LOW_HIGH.index, (cell.capability, cell.codifiability))
            _combination(axes, cell.type, cell.coordination, *place)
        for level, axes in panels.items():
            axes.set_title(f"{level.capitalize()} complexity", loc="center")
            style.name_cells(axes, _LOW_HIGH, _LOW_HIGH)
            axes.set(ylim=(-0.5, 1.5), xlabel="capability of suppliers")
        panels["low"].set_ylabel("codifiability")
        return page

    named = table.dropna(subset=["type"]).sort_values("coordination", kind="stable")
    return Figure(
        id="fig-1-2-governance",
        title="Five types of chain governance",
        caption="Complexity of transactions, the ability to codify them, and the capability of suppliers, each low or "
        "high, make eight combinations. The theory names five. The number, and the depth of colour, order them by "
        "explicit coordination, from market to hierarchy. The three dashed cells have no name, and get none here.",
        alt="Two grids of two by two cells, for low and for high complexity; rows are codifiability, columns "
        "capability. "
        + "; ".join(
            f"{row.type}: complexity {row.complexity}, codifiability {row.codifiability}, capability {row.capability}"
            for row in named.itertuples()
        )
        + ". The three other cells, all of low complexity, are empty.",
        data=table,
        draw=draw,
    )


def _combination(axes: Axes, name: str, rank: int, x: int, y: int) -> None:
    named = isinstance(name, str)
    _cell(axes, x, y, TERMS["E"].colour if named else None, alpha=0.1 + 0.09 * rank if named else 1)
    words, ink, weight = (name, style.INK, "bold") if named else ("no name", style.MUTED, "normal")
    axes.text(x, y, words, ha="center", va="center", color=ink, fontsize=10 if named else 8.5, fontweight=weight)
    if named:
        axes.text(x - 0.4, y + 0.36, f"{rank}", ha="left", va="top", fontsize=8.5)


def _cell(axes: Axes, x: float, y: float, colour: str | None, alpha: float = 0.3) -> None:
    """Draw a filled cell, or a dashed outline where there is nothing."""
    box = style.box(axes, x, y, 0.92, 0.86, fc=colour or "none", ec="none", alpha=alpha if colour else None)
    if colour is None:
        box.set(edgecolor=style.RULE, linewidth=1, linestyle=(0, (4, 3)))
