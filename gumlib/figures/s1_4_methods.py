"""Figures of section 1.4: from ledger to level, agreement of the passes, coverage."""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from gumlib import evidence
from gumlib.evidence import RELIABLE
from gumlib.figures import style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.terms import CLUSTERS, EPOCHS, TERMS, VARIABLES, name, sentence


def agreement(seed: int = 20100) -> Figure:
    """Krippendorff's alpha between the passes, by variable, with bootstrap intervals.

    Source: krippendorff2004, hayes2007, C18.
    """
    table = evidence.agreement(by="variable", seed=seed).reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.8)
        for y, row in enumerate(frame.itertuples()):
            colour = style.INK if row.variable == "all" else TERMS[row.variable].colour
            axes.plot([row.low, row.high], [y, y], color=colour, lw=2.2, solid_capstyle="round")
            axes.plot(row.alpha, y, "o", color=colour, ms=6, clip_on=False)
            axes.text(1.015, y, f"{row.alpha:.3f}", va="center", fontsize=8.5)
        axes.axvline(RELIABLE, color=style.MUTED, lw=0.9, ls=(0, (4, 3)))
        axes.text(RELIABLE, -0.85, "customary floor", color=style.MUTED, fontsize=8, ha="center", va="bottom")
        style.name_rows(axes, ["All cells" if v == "all" else f"{sentence(v)}  {v}" for v in frame["variable"]])
        axes.set(xlim=(0.68, 1.0), ylim=(len(frame) - 0.4, -0.9), xlabel="Krippendorff's ordinal alpha, 95 % interval")
        return page

    low = table.set_index("variable")["low"]
    below = [code for code in VARIABLES if low[code] < RELIABLE]
    return Figure(
        id="fig-1-4-agreement",
        title="Agreement of the two passes",
        caption="Points are alpha, bars its bootstrap interval over cells. Every estimate lies above the customary "
        f"floor of {RELIABLE}; the lower ends of {', '.join(below) or 'none'} do not. Both passes share one method "
        "and one ledger, so this says how consistent the method is, and nothing on what people would reach.",
        alt="A dot with an interval for each of eleven variables and for all cells together. All dots lie above "
        f"{RELIABLE:g}, "
        f"that for all cells at {table['alpha'].iloc[-1]:.3f}. Intervals reach below {RELIABLE:g} for "
        f"{', '.join(map(name, below))}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
        seed=seed,
    )


def coverage() -> Figure:
    """Share of the eleven variables that could be scored, by cluster and epoch (C18)."""
    table = evidence.coverage().stack().rename("share").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(2.3)
        clusters = list(CLUSTERS)
        for cell in frame.itertuples():
            x, y = EPOCHS.index(cell.year), clusters.index(cell.cluster)
            style.box(axes, x, y, 0.94, 0.84, fc=style.PALE, ec="none")
            axes.barh(y, 0.94 * cell.share, 0.84, x - 0.47, fc=style.MUTED, ec="none", alpha=0.4)
            axes.text(x, y, f"{cell.share:.0%}", ha="center", va="center")
        style.name_cells(axes, list(map(str, EPOCHS)), list(map(name, clusters)))
        return page

    first, last = (table.loc[table["year"] == year, "share"].mean() for year in (EPOCHS[0], EPOCHS[-1]))
    return Figure(
        id="fig-1-4-coverage",
        title="What could be scored",
        caption="Share of the eleven variables that at least one pass could score. In "
        f"{EPOCHS[0]} and {EPOCHS[1]} most clusters have gaps; at worst {table['share'].min():.0%} could be scored. "
        "Blank cells are not filled in. A scored cell may still rest on few facts.",
        alt=f"A grid of four clusters by six epochs. On average {first:.0%} of the variables could be scored in "
        f"{EPOCHS[0]} and {last:.0%} in {EPOCHS[-1]}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def way_of_evidence() -> Figure:
    """Counts along the way from source to level."""
    scored = evidence.scores()["score"].notna().sum()
    table = pd.DataFrame(
        [
            ("sources", len(evidence.sources()), "read\nand listed"),
            ("facts", len(evidence.ledger()), "in our words,\nwith source"),
            ("scores", int(scored), "two passes,\n0 to 5"),
            ("levels", int(evidence.levels()["level"].notna().sum()), "mean of passes,\n0 to 1"),
        ],
        columns=["step", "number", "what"],
    )

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(1.5, bare=True)
        for x, row in enumerate(frame.itertuples()):
            axes.text(x, 1, f"{row.number}", ha="center", va="bottom", fontsize=19, fontweight="bold")
            axes.text(x, 0.9, row.step, ha="center", va="top", fontsize=11)
            axes.text(x, 0.46, row.what, ha="center", va="top", fontsize=9, color=style.MUTED)
            if x:
                arrow = {"arrowstyle": "-|>", "color": style.MUTED, "lw": 1.2}
                axes.annotate("", (x - 0.28, 1.25), (x - 0.72, 1.25), arrowprops=arrow)
        axes.set(xlim=(-0.5, 3.5), ylim=(-0.2, 1.8))
        return page

    counts = ", ".join(f"{row.number} {row.step}" for row in table.itertuples())
    return Figure(
        id="fig-1-4-way-of-evidence",
        title="From source to level",
        caption="Facts are taken from sources, scored twice against the codebook, and averaged into levels that the "
        "model can use.",
        alt=f"Four numbers joined by arrows: {counts}.",
        data=table,
        draw=draw,
        sources=("sources", "ledger", *TWO_PASSES),
    )
