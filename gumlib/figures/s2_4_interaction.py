"""Figures of section 2.4: mechanisms set going in pairs and together, and what exceeds the sum."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.data import sorting
from gumlib.dynamics import MODELS
from gumlib.dynamics.experiments import lasting_push
from gumlib.dynamics.experiments.lasting_push import MEASURES, SEED, SEEN, TOGETHER
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.s2_4_mechanisms import FACTORS_NAMED, NAMED, WHEN, capital, cell
from gumlib.terms import TERMS


def together() -> Figure:
    """Interaction term of all four mechanisms, read off factors, ways and index.

    Source: our formalisation; C09.
    """
    rows = []
    for model in MODELS:
        terms = lasting_push.interactions(lasting_push.effects(model))
        for measure in MEASURES:
            values = terms.query("measure == @measure and group == @TOGETHER")["interaction"].round(9)
            spread = np.percentile(values, [5, 25, 50, 75, 95])
            rows.append((NAMED[model], measure, float((values > 0).mean()), *spread))
    columns = ["model", "measure", "share above zero", "5 %", "25 %", "median", "75 %", "95 %"]
    data = pd.DataFrame(rows, columns=columns)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.1)
        panels = page.subplots(1, len(MEASURES), sharey=True, sharex=True)
        for axes, (measure, part) in zip(panels, frame.groupby("measure", sort=False), strict=True):
            _spreads(axes, part)
            axes.set_title("Index" if measure == "index" else f"Mean of the {measure}")
        panels[1].set_xlabel("Joint effect less the sum of the single effects")
        return page

    share = data.set_index(["model", "measure"])["share above zero"]
    told = "; ".join(
        f"{name}: {', '.join(f'{share[name, measure]:.0%} for the {measure}' for measure in MEASURES)}"
        for name in NAMED.values()
    )
    return Figure(
        id="fig-2-4-together",
        title="All four together: more than the sum?",
        caption="Interaction term of a push on all four basic factors: median (dot), middle half (bar) and 5 to 95 % "
        f"of draws (line), on a scale that is linear within {SEEN:g} and logarithmic beyond. Right of each panel, the "
        f"share of draws above zero. {WHEN} "
        "In the index even the rival without any interaction lies above zero: a geometric mean makes it so.",
        alt=f"Three panels with six rows, one for each model. Share of draws with a term above zero. {told}.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def _spreads(axes: Axes, part: pd.DataFrame) -> None:
    axes.axvline(0, color=style.MUTED, lw=0.8)
    axes.set_xscale("symlog", linthresh=SEEN)
    axes.set_xticks([-1, -0.01, 0.01, 1], ["-1", "-0.01", "0.01", "1"], minor=False)
    axes.set(xlim=(-5, 5), xlabel="")
    axes.xaxis.minorticks_off()
    for y, (_, row) in enumerate(part.iterrows()):
        ink = style.INK if row["model"] == NAMED["gum"] else style.MUTED
        axes.plot([row["5 %"], row["95 %"]], [y, y], color=ink, lw=0.9)
        axes.plot([row["25 %"], row["75 %"]], [y, y], color=ink, lw=4, solid_capstyle="butt")
        axes.plot(row["median"], y, "o", color=style.PAPER, mec=ink, mew=1.4, ms=5.5)
        axes.text(1.02, y, f"{row['share above zero']:.0%}", transform=axes.get_yaxis_transform(), va="center")
    axes.set_yticks(range(len(part)), [capital(name) for name in part["model"]])
    axes.set_ylim(len(part) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def pairs() -> Figure:
    """Share of draws in which a pair, or all four, raise the ways by more than the sum.

    Source: our formalisation; C09.
    """
    rows = []
    for model in MODELS:
        terms = lasting_push.interactions(lasting_push.effects(model, pairs=True)).query("measure == 'ways'")
        for group, part in terms.groupby("group", sort=False):
            values = part["interaction"].round(9)
            rows.append((NAMED[model], str(group), float((values > 0).mean()), values.median()))
    data = pd.DataFrame(rows, columns=["model", "pushed", "share above zero", "median interaction"])

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.0)
        axes = page.subplots()
        groups, models = list(frame["pushed"].unique()), list(frame["model"].unique())
        for _, row in frame.iterrows():
            x, y = groups.index(row["pushed"]), models.index(row["model"])
            shade, label = 0.85 * row["share above zero"], f"{row['share above zero']:.0%}"
            cell(axes, x, y, TERMS["P"].colour, shade, label, bold=row["pushed"] == TOGETHER)
        axes.set(xlim=(-0.55, len(groups) - 0.45), ylim=(len(models) - 0.45, -0.55))
        axes.set_xticks(range(len(groups)), ["all four" if name == TOGETHER else " + ".join(name) for name in groups])
        axes.set_yticks(range(len(models)), [capital(name) for name in models])
        axes.set_xlabel("Factors pushed together")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        return page

    own = data[data["model"] == NAMED["gum"]].set_index("pushed")["share above zero"]
    lone = own.drop(TOGETHER)
    return Figure(
        id="fig-2-4-pairs",
        title="Two by two: how often more than the sum?",
        caption="Share of draws in which factors pushed together raise the mean of the ways by more than the sum of "
        f"their single effects. {WHEN} {FACTORS_NAMED}",
        alt=f"A grid of six models by six pairs and all four. In the model the share lies between {lone.min():.0%} "
        f"({sorting.smallest(lone)}) and {lone.max():.0%} ({sorting.largest(lone)}) for pairs and is "
        f"{own[TOGETHER]:.0%} for all four.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def governed() -> Figure:
    """Interaction term of each draw against the governance of the cluster.

    Source: our formalisation; C06, C09.
    """
    _, governance = lasting_push.cases()
    parts = []
    for model in MODELS:
        terms = lasting_push.interactions(lasting_push.effects(model))
        own = terms.query("measure == 'ways' and group == @TOGETHER").set_index("draw")["interaction"].round(9)
        parts.append(pd.DataFrame({"model": NAMED[model], "governance": governance, "interaction": own}))
    data = pd.concat(parts, ignore_index=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.2)
        panels = page.subplots(2, 3, sharex=True, sharey=True).ravel()
        for axes, (model, part) in zip(panels, frame.groupby("model", sort=False), strict=True):
            _draws(axes, str(model), part)
        page.supxlabel("Governance (0 to 1)", fontsize=9)
        page.supylabel("Joint effect less the sum, mean of the ways", fontsize=9)
        return page

    above = data["interaction"] > 0
    low, high = (
        above[third].groupby(data["model"]).mean() for third in (data["governance"] < 1 / 3, data["governance"] > 2 / 3)
    )
    told = "; ".join(f"{name}, {low[name]:.0%} and {high[name]:.0%}" for name in NAMED.values())
    return Figure(
        id="fig-2-4-governed",
        title="When do the mechanisms add up to more?",
        caption="A dot a draw: interaction term of all four, read off the mean of the ways, on a scale that is "
        f"linear within {SEEN:g} and logarithmic beyond. "
        f"{WHEN} In the model terms above zero thin out as governance rises, and terms far below zero appear: "
        "where one push already lifts the cluster, four cannot lift it four times.",
        alt="Six panels of dots, interaction term against governance. Share of draws above zero in the lowest and in "
        f"the highest third of governance: {told}.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def _draws(axes: Axes, model: str, part: pd.DataFrame) -> None:
    """One model: a dot a draw, interaction term against governance."""
    axes.axhline(0, color=style.MUTED, lw=0.8)
    colour = TERMS["P"].colour if model == NAMED["gum"] else style.MUTED
    axes.plot(part["governance"], part["interaction"], "o", color=colour, ms=2.6, alpha=0.7, mew=0)
    axes.set_title(capital(model))
    axes.set_yscale("symlog", linthresh=SEEN)
    axes.set(xlim=(0, 1), ylim=(-5, 1))
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_yticks([-1, -0.1, -0.01, 0, 0.01, 0.1], ["-1", "-0.1", "-0.01", "0", "0.01", "0.1"])
    axes.minorticks_off()
