"""Figure of the three kinds of lock-in put into the model, beside social capital, which is none of them."""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from gumlib import claims
from gumlib.claims import shares
from gumlib.claims.ensemble import GOOD
from gumlib.claims.starts_and_lock_in import SOME
from gumlib.dynamics.experiments import lock_in
from gumlib.evidence.wording import percent
from gumlib.figures import multiples, style, words
from gumlib.figures.card import Figure
from gumlib.figures.multiples import so
from gumlib.terms import short


def held() -> Figure:
    """Share of rising draws held low by each kind of lock-in, in both readings, as the verdict has them (C25)."""
    stored = claims.verdict_numbers("C25").reset_index().rename(columns={"name": "kind", "value": "held"})
    table = stored[["kind", "reading", "held", "low", "high"]].replace({"reading": words.READING_NAMES})

    def draw(frame: pd.DataFrame) -> Canvas:
        plot = (
            so.Plot(frame, "held", "reading")
            .facet("kind")
            .add(so.Dot(color=style.INK, pointsize=5, edgewidth=0))
            .scale(x=so.Continuous().tick(at=[0, 0.5, 1]).label(like="{x:.0%}"))
            .limit(x=(-0.04, 1.04))
            .label(x="", y="")
        )
        page = multiples.on(style.canvas(2.0), plot)
        style.row_names(*page.axes)
        for axes, (kind, elements) in zip(page.axes, lock_in.kinds().items(), strict=True):
            axes.set_title("No kind" if kind == lock_in.BESIDE else kind.capitalize(), pad=28)
            axes.text(0, 1.2, "\n".join(map(short, elements)), transform=axes.transAxes, va="top", fontsize=8)
            axes.axvline(SOME, color=style.MUTED, lw=1, ls=(0, (4, 3)), zorder=1)
            axes.grid(axis="y")
        page.supxlabel("Share of rising draws held low")
        return page

    told = "; ".join(
        f"{row.kind}, {row.reading}: {shares.spoken(row.held, row.low, row.high)}" for row in table.itertuples()
    )
    sure = table[table["low"] > SOME].groupby("reading")["kind"].agg(", ".join)
    above = "; ".join(f"{sure.get(reading, 'none')} ({reading})" for reading in table["reading"].unique())
    widest = 100 * (table["high"] - table["low"]).max()
    return Figure(
        id="fig-1-2-lock-in",
        title="Three kinds of lock-in, put into the model",
        caption=f"Draws that rise from nothing at governance {GOOD:g} are kept; each panel halves what the elements it "
        "names pass on. A dot is the share that then stays low, the share on which the verdict rests; no interval is "
        "wider than "
        f"{widest:.1f} percentage points. Dashed: the bound of the rule, {percent(SOME)}. Social capital belongs to no "
        f"kind. Whole interval above the bound: {above}.",
        alt=f"Four panels, each with a dot for either reading. Share of rising draws held low: {told}. A dashed line "
        f"marks the bound of the rule at {percent(SOME)}.",
        data=table,
        draw=draw,
        sources=("verdict-numbers",),
    )
