"""Figures of section 2.1: what follows from the structure of the model alone."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import model
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import FACTORS, TERMS, sentence


def influence() -> Figure:
    """Matrix of influence: which factor acts on which, with the claim each entry rests on (C03, C04)."""
    table = model.influence_matrix().stack().rename("acts").reset_index()
    rests = model.interactions().set_index(["source", "target"])["claims"].str.join(" ")
    table["claim"] = [rests.get((a, b), "") for a, b in table[["source", "target"]].to_numpy()]

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.3)
        for cell in frame.itertuples():
            _entry(axes, str(cell.source), str(cell.target), str(cell.claim))
        style.name_cells(axes, FACTORS, [f"{sentence(code)}  {code}" for code in FACTORS])
        axes.set(xlabel="factor that is acted on", ylabel="factor that acts")
        return page

    return Figure(
        id="fig-2-1-influence",
        title="Who acts on whom",
        caption="A coloured cell is a claimed interaction, with the claim it rests on. Grey cells are the diagonal: "
        "the model has no effect of a factor on itself. The two dashed cells are the one pair that is not joined, "
        "policy and dominant enterprises.",
        alt="A six by six matrix, rows act on columns. Every cell off the diagonal is filled except policy on "
        "dominant enterprises and dominant enterprises on policy. Entries among the first four factors rest on "
        "claim C03, the others on claim C04.",
        data=table,
        draw=draw,
    )


def _entry(axes: Axes, source: str, target: str, claim: str) -> None:
    """Draw a cell: tinted with its claim, grey on the diagonal, dashed where nothing is claimed."""
    x, y = FACTORS.index(target), FACTORS.index(source)
    box = style.box(axes, x, y, 0.92, 0.88, fc="none", ec="none")
    if claim:
        box.set(facecolor=TERMS[source].colour, alpha=0.4)
    elif source == target:
        box.set(facecolor=style.PALE)
    else:
        box.set(edgecolor=style.MUTED, linewidth=1, linestyle=(0, (4, 3)))
    axes.text(x, y, claim, ha="center", va="center", fontsize=8.5)


def loops() -> Figure:
    """Number of feedback loops by length (C03, C04)."""
    counts = model.loops().groupby(["length", "polarity"]).size().rename("loops").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(2.3)
        axes.bar(frame["length"], frame["loops"], color=style.MUTED, width=0.62)
        for bar in frame.itertuples():
            axes.text(bar.length, bar.loops + 2, str(bar.loops), ha="center", va="bottom")
        axes.set(xlabel="length of the loop, in interactions", ylabel="number of loops")
        axes.set(xticks=frame["length"], ylim=(0, frame["loops"].max() * 1.15))
        return page

    return Figure(
        id="fig-2-1-loops",
        title="Feedback loops by length",
        caption="With all pairs but one joined both ways, loops abound at every length. A change in any factor can "
        "come back to it by many routes; loops through five factors are the most numerous.",
        alt="Bars for loops of two to six interactions: "
        + ", ".join(f"{row.loops} of length {row.length}" for row in counts.itertuples())
        + ". The number rises up to length five and is lower at six.",
        data=counts,
        draw=draw,
    )
