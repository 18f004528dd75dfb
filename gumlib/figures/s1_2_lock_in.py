"""Figure of the three kinds of lock-in put into the model, beside a control and the rivals."""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from gumlib.claims.ensemble import DRAWS, GOOD, draws
from gumlib.claims.starts_and_lock_in import SOME
from gumlib.dynamics.experiments import lock_in
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.figures.multiples import so
from gumlib.terms import short

_OWN = "gum"


def held() -> Figure:
    """Share of rising draws held low by each kind of lock-in, for the model and its rivals (C25, our formalisation)."""
    table = lock_in.held(draws(), GOOD)

    def draw(frame: pd.DataFrame) -> Canvas:
        own = frame["model"] == _OWN
        plot = (
            so.Plot(frame.assign(model=frame["model"].map(style.model_title), own=own), "held", "model", color="own")
            .facet("kind")
            .add(so.Dot(pointsize=6.5, edgewidth=0), legend=False)
            .scale(color={True: style.INK, False: style.MUTED})
            .scale(x=so.Continuous().tick(at=[0, 0.5, 1]).label(like="{x:.0%}"))
            .limit(x=(-0.04, 1.04))
            .label(x="", y="")
        )
        page = multiples.on(style.canvas(2.6), plot)
        style.row_names(*page.axes)
        for axes, (kind, elements) in zip(page.axes, lock_in.kinds().items(), strict=True):
            axes.set_title("Control" if kind == lock_in.BESIDE else kind.capitalize(), pad=28)
            axes.text(0, 1.2, "\n".join(map(short, elements)), transform=axes.transAxes, va="top", fontsize=8)
            axes.axvline(SOME, color=style.MUTED, lw=1, ls=(0, (4, 3)), zorder=1)
            axes.grid(axis="y")
        page.supxlabel("Share of rising draws held low", fontsize=9)
        return page

    own = table[table["model"] == _OWN].set_index("kind")["held"]
    rivals = table[table["model"] != _OWN].groupby("kind")["held"]
    low, high = rivals.min(), rivals.max()
    return Figure(
        id="fig-1-2-lock-in",
        title="Three kinds of lock-in, put into the model",
        caption=f"Of {DRAWS} draws those that rise from nothing at governance {GOOD:g} are kept; each panel halves "
        "what the elements it names pass on. A dot is the share that then stays low. Dashed: the bound of the rule, "
        f"{SOME:.0%}. What to see: in the model each kind holds more low than the control, social capital, which "
        "stands for no kind.",
        alt="Four panels with a dot for each of six models. Share of rising draws held low, in the model and over its "
        "rivals: "
        + "; ".join(f"{kind} {own[kind]:.0%}, rivals {low[kind]:.0%} to {high[kind]:.0%}" for kind in own.index)
        + f". A dashed line marks the bound of the rule at {SOME:.0%}.",
        data=table,
        draw=draw,
    )
