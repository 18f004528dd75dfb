"""Figure of the three kinds of lock-in put into the model, beside a control and the rivals."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import PercentFormatter

from gumlib.claims.dynamic_path import SOME
from gumlib.claims.ensemble import DRAWS, GOOD, draws
from gumlib.dynamics.experiments import lock_in
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import TERMS, name

_OWN = "gum"


def held() -> Figure:
    """Share of rising draws held low by each kind of lock-in, for the model and its rivals.

    Source: C25, our formalisation.
    """
    table = lock_in.held(draws(), GOOD)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.6)
        axes = page.subplots()
        kinds = list(lock_in.kinds())
        for row, kind in enumerate(kinds):
            part = frame[frame["kind"] == kind].set_index("model")["held"]
            rest = part.drop(_OWN)
            axes.scatter(
                rest, [row] * len(rest), s=26, facecolors="none", edgecolors=style.MUTED, linewidths=1, zorder=2
            )
            axes.scatter(part[_OWN], row, s=48, color=TERMS["S"].colour, zorder=3)
        axes.set_yticks(range(len(kinds)), [_label(kind) for kind in kinds])
        axes.set(xlim=(0, 1.02), ylim=(len(kinds) - 0.5, -0.9), xlabel="share of rising draws held low")
        axes.xaxis.set_major_formatter(PercentFormatter(1))
        axes.tick_params(axis="y", length=0)
        _bound(axes)
        return page

    own = table[table["model"] == _OWN].set_index("kind")["held"]
    rivals = table[table["model"] != _OWN].groupby("kind")["held"]
    low, high = rivals.min(), rivals.max()
    return Figure(
        id="fig-1-2-lock-in",
        title="Three kinds of lock-in, put into the model",
        caption=f"Of {DRAWS} draws those that rise from nothing at governance {GOOD:g} are kept; each row halves what "
        "its elements pass on. The share that then stays low: full dots, the model; rings, its rivals. Dashed: the "
        "bound of the rule. Social capital stands for no kind and is the control.",
        alt="A dot plot with four rows. Share of rising draws held low, in the model and over its rivals: "
        + "; ".join(f"{kind} {own[kind]:.0%}, rivals {low[kind]:.0%} to {high[kind]:.0%}" for kind in own.index)
        + f". A dashed line marks the bound of the rule at {SOME:.0%}.",
        data=table,
        draw=draw,
    )


def _label(kind: str) -> str:
    elements = lock_in.kinds()[kind]
    if kind == lock_in.CONTROL:
        return "control\nsocial capital"
    return f"{kind}\n{' and '.join(name(code) for code in elements)}"


def _bound(axes: Axes) -> None:
    axes.axvline(SOME, color=style.RULE, lw=1, ls=(0, (4, 3)), zorder=1)
    axes.annotate(f"{SOME:.0%}", (SOME, -0.85), xytext=(3, 0), textcoords="offset points", color=style.MUTED, va="top")
