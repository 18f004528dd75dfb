"""Figures of section 2.5 on lock-in: branches and folds, loops, basins, shares of the ensemble."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.claims.ensemble import DRAWS, SEED
from gumlib.dynamics import Parameters, ensemble, scalar, settling, simulate
from gumlib.dynamics.equilibrium import REGIMES
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.terms import FACTORS, TERMS

RISING, FALLING = TERMS["L"].colour, TERMS["D"].colour
_KINDS = {"native": TERMS["S"].colour, "embedded": TERMS["E"].colour}
_REGIME = {
    "stuck": (style.RULE, style.INK, 0.25, 0.3),
    "bistable": (style.INK, style.PAPER, 0.855, 0.34),
    "rising": (style.PALE, style.INK, 0.78, 0.78),
}
"""Colour of a regime, ink of its name, and where the name stands in the panel of the model."""
_WORDS = {"bistable": "lock-in"}
_YEARS = 150.0
_LEVEL = "Level of all six factors"
_TICKS = {"xticks": [0, 0.5, 1], "xticklabels": ["0", "0.5", "1"]}


def bifurcation() -> Figure:
    """Levels at which the mechanism can rest, against governance, with the two folds (our formalisation; C06, C20)."""
    even = scalar.diagonal(Parameters.uniform())
    folds = even.folds()
    levels = np.sort(np.append(np.linspace(even.roots(0.0)[0], even.roots(1.0)[-1], 249), folds["level"]))
    rest = pd.DataFrame({"level": levels, "governance": even.governance(levels)})
    turn = folds["level"]
    rest["branch"] = np.select([levels <= turn["rise"], levels >= turn["fall"]], ["low", "high"], "unstable")
    rest = rest[rest["governance"].between(-1e-9, 1 + 1e-9)].reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.5)
        for branch, part in frame.groupby("branch", sort=False):
            dash, width, ink = ("--", 1.4, style.MUTED) if branch == "unstable" else ("-", 2.2, style.INK)
            axes.plot(part["governance"], part["level"], dash, color=ink, lw=width)
        _fold(axes, frame[frame["branch"] == "low"].iloc[-1], "rises from here", (-8, -20), "right")
        _fold(axes, frame[frame["branch"] == "high"].iloc[0], "falls back from here", (-10, 6), "right")
        for x, y, label in ((0.70, 0.61, "high"), (0.30, 0.055, "low"), (0.72, 0.30, "watershed")):
            axes.text(x, y, label, ha="center", color=style.INK if label != "watershed" else style.MUTED)
        for x, y, dy in ((0.86, 0.36, 0.12), (0.64, 0.20, -0.06), (0.30, 0.36, -0.14)):
            arrow = {"arrowstyle": "->", "color": style.MUTED, "lw": 1}
            axes.annotate("", (x, y + dy), (x, y), arrowprops=arrow)
        axes.set(xlim=(0, 1.02), ylim=(0, 0.75), xlabel="Governance g (0 none, 1 full)", ylabel=_LEVEL)
        return page

    rise, fall = folds["governance"]
    ends = rest["level"].to_numpy()
    return Figure(
        id="fig-2-5-bifurcation",
        title="Where a cluster can rest",
        caption="Default parameters, all factors equal. Solid: levels at which a cluster stays. Dashed: the watershed "
        f"between them. Below governance {fall:.3f} only the low level is left, above {rise:.3f} only the high "
        "one. Between the two folds (dots) lies the span of lock-in: the start decides. Arrows show the direction of "
        "change.",
        alt=f"A curve shaped like an S of level against governance. A low solid branch near {ends[0]:.1f} runs from no "
        f"governance to a dot at {rise:.3f}; a high solid branch runs from a dot at {fall:.3f} to full governance, "
        f"rising to {ends[-1]:.1f}. A dashed branch joins the two dots. Arrows point up above the dashed branch and "
        "down below it.",
        data=rest[["branch", "governance", "level"]],
        draw=draw,
    )


def _fold(axes: Axes, at: pd.Series, words: str, offset: tuple[int, int], side: str) -> None:
    place = (at["governance"], at["level"])
    axes.plot(*place, "o", color=style.INK, ms=7, zorder=4)
    label = f"fold: {words}\ng = {at['governance']:.3f}"
    style.tag(axes, label, place, offset, ha=side, va="center", fontsize=8.5)


def hysteresis() -> Figure:
    """Level when governance slowly rises and falls again, for the model and its rivals (our formalisation; C23)."""
    table = settling.sweep(Parameters.uniform(), 81)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.3)
        for axes, part in multiples.panels(page, frame.groupby("model", sort=False), 2, 3, style.model_title):
            axes.fill_between(part["governance"], part["rising"], part["falling"], color=style.PALE, lw=0)
            axes.plot(part["governance"], part["falling"], color=FALLING, lw=1.8)
            axes.plot(part["governance"], part["rising"], color=RISING, lw=1.8, ls=(0, (4, 2)))
        first = page.axes[0]
        first.text(0.62, 0.61, "falling", color=style.legible(FALLING), ha="right")
        first.text(0.40, 0.15, "rising", color=style.legible(RISING), ha="right")
        first.set(xlim=(0, 1), ylim=(0, 0.75), **_TICKS)
        page.supxlabel("Governance g")
        page.supylabel("Mean level of the six factors")
        return page

    apart = (table["falling"] - table["rising"] > settling.SAME).groupby(table["model"], sort=False)
    slim, loops = apart.mean()["over-embedded"], apart.any().rename(style.model_title)
    looped, plain = ", ".join(loops.index[loops]), ", ".join(loops.index[~loops])
    return Figure(
        id="fig-2-5-hysteresis",
        title="Up by one way, down by another",
        caption="Governance rises slowly from 0 to 1 (dashed) and falls back (solid); default parameters. Shaded: the "
        f"span of lock-in, where the start decides. Lock-in: {looped}. None: {plain}. The span of the "
        f"over-embedded rival is too slim to see ({slim:.0%} of the scale). With equal factors "
        "independent growth is the same equation as the model. Without governance the lines are flat.",
        alt="Six small panels of level against governance, each with a rising and a falling line. The lines differ, "
        f"and enclose a shaded area, for {looped}; they coincide for {plain}.",
        data=table,
        draw=draw,
    )


def basins(grid: tuple[float, ...] = (0.56, 0.6, 0.7)) -> Figure:
    """Starts that rise and starts that do not, with the paths of a native and an embedded cluster.

    Source: our formalisation; C13, C21.
    """
    even = Parameters.uniform()
    parts = [settling.separatrix(even, grid).assign(line="watershed")]
    for kind, start in settling.STARTS.items():
        for governance in grid:
            run = simulate(even, start, _YEARS, governance, every=1.0, dt=0.25)
            path = pd.DataFrame(run.levels, columns=list(FACTORS))[["S", "E"]]
            parts.append(path.assign(governance=governance, line=kind))
    table = pd.concat(parts, ignore_index=True)[["governance", "line", "S", "E"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.75)
        panels = np.atleast_1d(page.subplots(1, frame["governance"].nunique(), sharex=True, sharey=True))
        for axes, (governance, part) in zip(panels, frame.groupby("governance"), strict=True):
            _plane(axes, part)
            axes.set_title(f"Governance {governance:g}")
            axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="Social capital S", aspect="equal", **_TICKS)
            axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
        panels[0].set_ylabel("Insertion in the GVC E")
        style.tag(panels[-1], "native", (0.8, 0.1), (-2, 7), color=style.legible(_KINDS["native"]), ha="left")
        style.tag(panels[-1], "embedded", (0.1, 0.8), (7, 2), color=style.legible(_KINDS["embedded"]))
        return page

    shared = settling.STARTS["native"]
    last = table[table["line"].isin(_KINDS)].groupby(["line", "governance"], sort=False)["S"].last() > 0.4
    told = "; both ".join(("rise" if last["native", g] else "sink") + f" at {g:g}" for g in grid)
    return Figure(
        id="fig-2-5-basins",
        title="Two starts and the watershed",
        caption="Default parameters. From a start in the shaded part a cluster ends high; the line is the watershed "
        f"when learning starts at {shared['L']:g} and innovation, policy and dominant enterprises at {shared['I']:g}. "
        f"Curves follow a native and an embedded cluster for {_YEARS:g} years, from ring to dot. Both {told}. The "
        "factors are equal here, so the two types end alike. The other four factors move too, so that a curve may "
        "cross the line, which holds for starts.",
        alt="Square panels of insertion against social capital, one for each level of governance. A falling line "
        "bounds a shaded region at the upper right that grows with governance. Two curves, one from high "
        "social capital and low insertion, one from the reverse, run to the diagonal and end in the same "
        f"point. Both {told}.",
        data=table,
        draw=draw,
    )


def _plane(axes: Axes, part: pd.DataFrame) -> None:
    line = part[part["line"] == "watershed"].dropna()
    axes.fill_between(line["S"], line["E"], 1, color=style.PALE, lw=0)
    axes.plot(line["S"], line["E"], color=style.INK, lw=1.5)
    for kind, colour in _KINDS.items():
        path = part[part["line"] == kind]
        axes.plot(path["S"], path["E"], color=colour, lw=1.8)
        axes.plot(path["S"].iloc[0], path["E"].iloc[0], "o", mfc=style.PAPER, mec=colour, ms=6, mew=1.6)
        axes.plot(path["S"].iloc[-1], path["E"].iloc[-1], "o", color=style.INK, ms=6, zorder=5)


def regimes() -> Figure:
    """Share of the ensemble that is stuck, bistable or rising, against governance, with rivals.

    Source: our formalisation; C20, C21.
    """
    table = settling.shares(ensemble.sample(DRAWS, seed=SEED), np.linspace(0, 1, 7).round(3))

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.3)
        for axes, part in multiples.panels(page, frame.groupby("model", sort=False), 2, 3, style.model_title):
            wide = part.pivot(index="governance", columns="regime", values="share")[list(REGIMES)]
            axes.stackplot(wide.index, wide.T.to_numpy(), colors=[_REGIME[kind][0] for kind in REGIMES], lw=0)
        first = page.axes[0]
        first.set(xlim=(0, 1), ylim=(0, 1), **_TICKS)
        first.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        for kind, (_, ink, x, y) in _REGIME.items():
            first.text(x, y, _WORDS.get(kind, kind), color=ink, ha="center", va="center", fontsize=8.5)
        page.supxlabel("Governance g")
        page.supylabel("Share of draws")
        return page

    top = table[table["governance"] == 1].pivot(index="model", columns="regime", values="share")
    own = top.loc["gum"]
    return Figure(
        id="fig-2-5-regimes",
        title="Stuck, rising or locked in",
        caption=f"Shares of {DRAWS} draws from our ranges, not of clusters. Stuck: one resting level, a low one. "
        "Rising: one resting level, a high one. Lock-in: both, and the start decides. What to see: how wide that band "
        "is. Independent growth shows lock-in in more draws than the model; the linear rival in none.",
        alt="Six panels of stacked shares against governance. In the model the stuck share falls from nearly all "
        f"without governance to {own['stuck']:.0%} at its fullest, where {own['bistable']:.0%} show lock-in and "
        f"{own['rising']:.0%} rise. Shares with lock-in at full governance: "
        + "; ".join(f"{style.model_title(str(name))} {share:.0%}" for name, share in top["bistable"].items())
        + ".",
        data=table,
        draw=draw,
        seed=SEED,
    )
