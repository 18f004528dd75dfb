"""Figures of section 2.4: mechanisms set going in pairs and together, and what exceeds the sum."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.data import sorting
from gumlib.dynamics import MODELS
from gumlib.dynamics.experiments import lasting_push
from gumlib.dynamics.experiments.lasting_push import MEASURES, SEED, TOGETHER
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.figures.multiples import so
from gumlib.figures.s2_4_mechanisms import NAMED, WHEN

_SPREAD = ("5 %", "25 %", "median", "75 %", "95 %")
_FAR, _PARTS = 0.1, 6
"""A term that is far from zero, on a scale from 0 to 1, and the number of parts into which governance is cut."""


def _terms(*, pairs: bool = False) -> pd.DataFrame:
    """Return the interaction terms of each model, as `lasting_push.interaction_terms` does."""
    parts = {NAMED[m]: lasting_push.interaction_terms(lasting_push.effects(m, pairs=pairs)) for m in MODELS}
    return pd.concat(parts, names=["model"]).reset_index("model").round({"interaction": 9})


def _above(terms: pd.Series) -> float:
    """Return the share of draws with a term above zero."""
    return float((terms > 0).mean())


def together() -> Figure:
    """Interaction term of all four mechanisms, read off factors, ways and index (our formalisation; C09)."""
    terms = _terms()
    groups = terms[terms["group"] == TOGETHER].groupby(["model", "measure"], sort=False)["interaction"]
    spread = groups.quantile([0.05, 0.25, 0.5, 0.75, 0.95]).unstack().set_axis(list(_SPREAD), axis=1)
    data = groups.agg(_above).rename("share above zero").to_frame().join(spread).reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        said = _said(frame)
        plot = (
            so.Plot(said, "share", "model", color="own", text="number")
            .facet("measure")
            .add(so.Bar(alpha=1, edgewidth=0, width=0.66), orient="y", legend=False)
            .add(so.Text(color=style.INK, halign="left", fontsize=8.5), orient="y", legend=False)
            .scale(color={True: style.INK, False: style.MUTED})
            .limit(x=(0, 118))
            .label(x="", y="", title=style.capital)
        )
        page = multiples.on(style.canvas(2.6), plot)
        style.row_names(*page.axes)
        page.supxlabel("Per cent of draws in which the joint effect exceeds the sum")
        return page

    share = data.set_index(["model", "measure"])["share above zero"]
    told = "; ".join(
        f"{name}: {', '.join(f'{share[name, measure]:.0%} for the {measure}' for measure in MEASURES)}"
        for name in NAMED.values()
    )
    return Figure(
        id="fig-2-4-together",
        title="All four together: more than the sum?",
        caption="Share of draws in which a push on all four basic factors raises the factors, the ways or the index by "
        f"more than the sum of its single effects. {WHEN} What to see: in the index even the rival without any "
        "interaction exceeds the sum, since a geometric mean makes it so; read off the ways, it never does. The data "
        "also hold the size of the excess.",
        alt=f"Three panels with six bars, one for each model. Share of draws with a term above zero. {told}.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def _said(frame: pd.DataFrame) -> pd.DataFrame:
    """The shares in per cent with the words of the drawing, and whether they are of our model."""
    return frame.assign(
        share=100 * frame["share above zero"],
        number=(100 * frame["share above zero"]).map("{:.0f}".format),
        own=frame["model"] == NAMED["gum"],
        model=frame["model"].map(style.capital),
        measure=frame["measure"].map(lambda measure: measure if measure == "index" else f"mean of the {measure}"),
    )


def pairs() -> Figure:
    """Share of draws in which a pair, or all four, raise the ways by more than the sum (our formalisation; C09)."""
    terms = _terms(pairs=True).query("measure == 'ways'").rename(columns={"group": "pushed"})
    groups = terms.groupby(["model", "pushed"], sort=False)["interaction"]
    data = groups.agg(**{"share above zero": _above, "median interaction": "median"}).reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(2.5)
        for y, (model, part) in enumerate(frame.groupby("model", sort=False)):
            four, ink = part["pushed"] == TOGETHER, style.INK if model == NAMED["gum"] else style.MUTED
            pair = part.loc[~four, "share above zero"]
            axes.plot(pair, [y] * len(pair), "|", color=ink, ms=13, mew=1.3)
            axes.plot(part.loc[four, "share above zero"], y, "o", color=ink, ms=6.5)
        first = frame[frame["model"] == NAMED["gum"]].set_index("pushed")["share above zero"]
        for x, words in ((first[TOGETHER], "all four"), (first.drop(TOGETHER).median(), "six pairs")):
            axes.text(x, -0.5, words, ha="center", fontweight="bold", fontsize=8.5)
        style.name_rows(axes, list(map(style.capital, frame["model"].unique())))
        axes.set(
            xlim=(-0.015, 0.56), ylim=(y + 0.6, -1), xlabel="Share of draws in which the joint effect exceeds the sum"
        )
        axes.xaxis.set_major_formatter("{x:.0%}")
        axes.grid(axis="y")
        return page

    own = data[data["model"] == NAMED["gum"]].set_index("pushed")["share above zero"]
    lone = own.drop(TOGETHER)
    return Figure(
        id="fig-2-4-pairs",
        title="Two by two: how often more than the sum?",
        caption="Share of draws in which factors pushed together raise the mean of the ways by more than the sum of "
        f"their single effects. Strokes: the six pairs of basic factors; dot: all four. {WHEN} What to see: no pair "
        "stands out, and in the model all four exceed the sum less often than any pair.",
        alt="A row for each of six models, with a stroke for each of six pairs and a dot for all four. In the model "
        f"the share lies between {lone.min():.0%} "
        f"({sorting.smallest(lone)}) and {lone.max():.0%} ({sorting.largest(lone)}) for pairs and is "
        f"{own[TOGETHER]:.0%} for all four.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def governed() -> Figure:
    """Interaction term of each draw against the governance of the cluster (our formalisation; C06, C09)."""
    terms = _terms().query("measure == 'ways' and group == @TOGETHER")
    governance = lasting_push.cases()[1][terms["draw"]]
    data = terms.assign(governance=governance)[["model", "governance", "interaction"]].reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.2)
        for axes, part in multiples.panels(page, frame.groupby("model", sort=False), 2, 3, style.capital):
            _signs(axes, part)
            if part["interaction"].eq(0).all():
                style.absent(axes, "just the sum")
        page.axes[0].text(0.98, 0.8, "more than the sum", ha="right", va="center", fontsize=8.5)
        page.axes[0].text(0.02, -0.88, "less than the sum", va="center", fontsize=8.5)
        page.supxlabel("Governance")
        page.supylabel("Share of draws")
        return page

    above = data["interaction"] > 0
    low, high = (
        above[third].groupby(data["model"]).mean() for third in (data["governance"] < 1 / 3, data["governance"] > 2 / 3)
    )
    told = "; ".join(f"{name}, {low[name]:.0%} and {high[name]:.0%}" for name in NAMED.values())
    return Figure(
        id="fig-2-4-governed",
        title="When do the mechanisms add up to more?",
        caption="Share of draws in which a push on all four raises the mean of the ways by more than the sum of the "
        "single effects (up) and by less (down); the inner part counts draws that differ from the sum by more than "
        f"{_FAR:g}. {WHEN} In the model "
        "the share above the sum shrinks as governance rises. In more draws the four pushes then bring far less than "
        "the sum: where one push already lifts the cluster, four cannot lift it four times.",
        alt="Six panels of bars up and down, by governance. Share of draws above zero in the lowest and in "
        f"the highest third of governance: {told}.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def _signs(axes: Axes, part: pd.DataFrame) -> None:
    """One model by governance: shares of draws above and, downwards, below the sum; inside, those far from it."""
    sixth = np.floor(part["governance"] * _PARTS).clip(upper=_PARTS - 1)
    for ink, least in ((style.RULE, 0.0), (style.INK, _FAR)):
        for sign in (1, -1):
            share = (sign * part["interaction"] > least).groupby(sixth).mean()
            axes.bar((share.index + 0.5) / _PARTS, sign * share, width=0.88 / _PARTS, color=ink, lw=0)
    axes.axhline(0, color=style.MUTED, lw=0.8)
    axes.set(xlim=(0, 1), ylim=(-1.05, 1.05))
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_yticks([-1, -0.5, 0, 0.5, 1], ["100 %", "50 %", "0 %", "50 %", "100 %"])
