"""Figures of section 2.3: the route of a push, and what more or less governance does."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.claims.running import RIVALS
from gumlib.dynamics.experiments import governance as experiments
from gumlib.dynamics.experiments import pulse
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.figures.multiples import so
from gumlib.figures.words import share_held
from gumlib.terms import TERMS, name, sentence

_SHADE = TERMS["U"].colour
_ROWS = ("pushed factor", "other factors", "mechanisms", "ways", "index")
_PUSHED = ("L", "P")
_FILLS = {
    "first": (style.INK, style.PAPER, "in order"),
    "same": (style.RULE, style.INK, "together"),
    "reversed": (style.MUTED, style.PAPER, "reversed"),
}
"""Order of two steps: colour of its bars, ink of the numbers in them, and word."""
_INNER, _OUTER = (experiments.BANDS[f"high{share}"] - experiments.BANDS[f"low{share}"] for share in (50, 90))
"""What the two bands hold of the draws."""


def pulse_route() -> Figure:
    """Route of a pulse in a basic and in an auxiliary factor, each step over its own peak (C07)."""
    table = pd.concat([pulse.response_shape(code).assign(factor=code) for code in _PUSHED], ignore_index=True)
    table = table[table["step"].isin(_ROWS) & (table["time"] <= 12.001)].round(6)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.6)
        panels = page.subplots(len(_ROWS), 1, sharex=True)
        for axes, step in zip(panels, _ROWS, strict=True):
            axes.axvspan(0, pulse.LENGTH, color=style.PALE, lw=0)
            for code, part in frame[frame["step"] == step].groupby("factor", sort=False):
                _response(axes, part, TERMS[str(code)].colour, dashed=code == "P")
            axes.set(ylim=(0, 1.12), xlim=(0, 12), yticks=[0, 1])
            axes.set_ylabel(step.capitalize().replace(" ", "\n"), rotation=0, ha="right", va="center")
        panels[0].text(0.1, 1.2, "push", color=style.MUTED, fontsize=8.5)
        for y, code in zip((0.95, 0.65), _PUSHED, strict=True):
            ink = style.legible(TERMS[code].colour)
            panels[0].text(12, y, f"{sentence(code)} pushed", ha="right", color=ink, fontweight="bold")
        panels[-1].set_xlabel("Years since the push began")
        return page

    middle = pulse.timing().groupby("factor")[list(_ROWS)].median().loc[list(_PUSHED)]
    told = "; ".join(
        f"{name(str(code))} pushed: " + ", ".join(f"{step} {years:.1f}" for step, years in part.items())
        for code, part in middle.iterrows()
    )
    return Figure(
        id="fig-2-3-pulse-route",
        title="The route of a push",
        caption=f"Response of each step to a push of {pulse.HEIGHT:g} a year for {pulse.LENGTH:g} years, each over "
        "its peak. Lines: middle draw; bands: middle half of the draws; dots: half of the peak. Solid: learning "
        "pushed; dashed: policy pushed. Mechanisms answer a basic factor at once; policy must first pass through other "
        "factors. Ways lag, and the index moves with them.",
        alt="Five rows of curves that rise to one and fall: pushed factor, other factors, mechanisms, ways, index. "
        f"Median years to half of the peak. {told}.",
        data=table,
        draw=draw,
        seed=pulse.SEED,
    )


def _response(axes: Axes, part: pd.DataFrame, colour: str, *, dashed: bool) -> None:
    axes.fill_between(part["time"], part["low50"], part["high50"], color=colour, alpha=0.18, lw=0)
    axes.plot(part["time"], part["median"], color=colour, ls=(0, (5, 2)) if dashed else "solid")
    half = part[part["median"] >= part["median"].max() / 2].iloc[0]
    axes.plot(half["time"], half["median"], "o", color=colour, ms=5.5)


def order(found: pd.DataFrame | None = None) -> Figure:
    """How often pulses keep the running order, in the model and in its rivals (C07)."""
    found = pulse.order(pulse.timing(("gum", *RIVALS))) if found is None else found
    table = found.reset_index().query("step != 'all'").reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.5)
        panels = page.subplots(1, 3, sharey=True, width_ratios=(5, 2.2, 5))
        for axes, (step, part) in zip(panels, frame.groupby("step", sort=False), strict=True):
            for row, shares in enumerate(part[list(_FILLS)].to_numpy()):
                _stack(axes, row, shares)
            axes.set_title(str(step).replace(", ", "\nbefore ").capitalize())
            axes.set(ylim=(len(part) - 0.5, -0.9), xlim=(0, 1), xticks=[])
            axes.spines["bottom"].set_visible(False)
        style.row_names(*page.axes)
        panels[0].set_yticks(range(len(part)), [style.model_title(model) for model in part["model"]])
        for axes in panels[::2]:
            for x, side, (_, _, word) in zip((0, 0.5, 1), ("left", "center", "right"), _FILLS.values(), strict=True):
                axes.text(x, -0.5, word, ha=side, fontsize=8.5)
        page.supxlabel("Share of pulses, per cent")
        return page

    told = "; ".join(
        f"{style.model_title(row.model)}, {row.step.replace(', ', ' before ')} {row.first:.0%}, together {row.same:.0%}"
        for row in table.itertuples()
    )
    return Figure(
        id="fig-2-3-order",
        title="Does a push keep the running order?",
        caption="In order: the earlier step reaches half of its peak first, by more than a tenth of a year. Mechanisms "
        "come before ways in nearly all pulses, in the model and in every rival, since the equations say so. The other "
        "two steps mostly go together in the model.",
        alt=f"Three panels of bars, one bar a model. Shares of pulses: {told}.",
        data=table,
        draw=draw,
        seed=pulse.SEED,
    )


def _stack(axes: Axes, row: int, shares: np.ndarray) -> None:
    for share, end, (fill, ink, _) in zip(shares, shares.cumsum(), _FILLS.values(), strict=True):
        axes.barh(row, share, left=end - share, color=fill, height=0.72, lw=0)
        if share >= 0.09:
            axes.text(end - share / 2, row, f"{100 * share:.0f}", ha="center", va="center", color=ink, fontsize=8.5)


def trajectories() -> Figure:
    """The upgrading index over time under weak, middling and strong governance (C06)."""
    table = experiments.trajectories()

    def draw(frame: pd.DataFrame) -> Canvas:
        band = so.Band(color=_SHADE, alpha=0.25)
        plot = (
            so.Plot(frame, "time", "median")
            .facet("governance")
            .add(band, ymin="low90", ymax="high90")
            .add(band, ymin="low50", ymax="high50")
            .add(so.Line(color=style.INK, linewidth=2))
            .label(x="Years", y="Upgrading index", title="Governance {}".format)
            .limit(x=(0, experiments.HORIZON), y=(0, 0.8))
        )
        return multiples.on(style.canvas(2.5), plot)

    ends = table[table["time"] == table["time"].max()]
    told = "; ".join(
        f"governance {row.governance:g}: median {row.median:.2f}, middle half {row.low50:.2f} to {row.high50:.2f}"
        for row in ends.itertuples()
    )
    return Figure(
        id="fig-2-3-trajectories",
        title="The index under three levels of governance",
        caption=f"Every factor starts at {experiments.START_LEVEL:g}. Line: middle draw of {experiments.DRAWS}; strong "
        f"and faint bands: the middle {100 * _INNER:.0f} and {share_held(_OUTER)} of draws. Weak governance lets most "
        "draws sink. At a middling level, the parameters decide. Strong governance lifts most draws, not all.",
        alt=f"Three panels with a line and two bands over {experiments.HORIZON:g} years. At the end: {told}.",
        data=table,
        draw=draw,
        seed=experiments.SEED,
    )


def governance(found: pd.DataFrame | None = None) -> Figure:
    """Where a cluster settles at each level of governance, from nothing and from the top, by model (C06, C23)."""
    found = experiments.governed(("gum", *RIVALS)) if found is None else found
    shares = experiments.signature(found)
    table = found.groupby(["model", "governance"], sort=False)[["low", "high"]].median().reset_index()
    table = table.join(shares["hysteresis"], on="model")

    def draw(frame: pd.DataFrame) -> Canvas:
        plot = (
            so.Plot(frame, "governance", "low")
            .facet("model")
            .add(so.Band(color=_SHADE, alpha=0.22), ymin="low", ymax="high")
            .add(so.Line(color=style.MUTED, linestyle=(0, (4, 2))), y="high")
            .add(so.Line(color=style.INK, linewidth=2))
            .scale(x=so.Continuous().tick(at=[0, 0.5, 1]).label(like="{x:g}"))
            .label(x="", y="Upgrading index", title=style.model_title)
            .limit(x=(0, 1), y=(0, 0.8))
        )
        page = multiples.on(style.canvas(2.6), plot)
        for axes, share in zip(page.axes, frame.groupby("model", sort=False)["hysteresis"].first(), strict=True):
            axes.set_title(axes.get_title("left"), fontsize=8.5)
            axes.text(0.04, 0.79, f"lock-in in\n{share:.0%} of draws", fontsize=8, va="top")
        page.supxlabel("Governance")
        return page

    told = "; ".join(f"{style.model_title(str(model))} {share:.0%}" for model, share in shares["hysteresis"].items())
    return Figure(
        id="fig-2-3-governance",
        title="What governance does in the model and in its rivals",
        caption="Middle draw of the index at which a cluster settles: from nothing (solid) and from the top (dashed). "
        "Where the two differ there is lock-in: the start decides. What to see: the index rises with governance in all "
        "models that have it, and lock-in also appears when each factor feeds on itself alone.",
        alt="Five panels with two lines each against governance from 0 to 1, both rising but for the model without "
        f"governance, where they are flat. Share of draws with lock-in at some level of governance: {told}.",
        data=table,
        draw=draw,
        seed=experiments.SEED,
    )
