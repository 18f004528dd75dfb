"""Figures of section 2.3: the model beside its rivals, sensitivity, cut pairs, forecasts."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.cases.fitting import forecasts
from gumlib.data import sorting
from gumlib.dynamics import MODELS, Rival
from gumlib.dynamics.ensemble import Evaluations
from gumlib.dynamics.experiments import governance, sensitivity
from gumlib.dynamics.rivals import VARIANTS, lacking
from gumlib.evidence.wording import listed
from gumlib.figures import multiples, style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.figures.multiples import so
from gumlib.figures.words import share_held
from gumlib.terms import TERMS, name, sentence

FORECASTS: tuple[str | Rival, ...] = ("gum", *(VARIANTS[key] for key in VARIANTS if key != "gum"), forecasts.NO_CHANGE)
"""The model, every variant of it, and the forecast that nothing changes."""
_WEIGHTS = "weight, "
_GOVERNANCE = 0.6
"""Governance of the runs whose index is taken apart."""


def importance(found: Evaluations | None = None) -> Figure:
    """Total sensitivity index of every parameter, and of the 28 interactions on a scale of their own.

    Source: our formalisation of C03, C04 and C12.
    """
    table = sensitivity.importance(sensitivity.design_runs(_GOVERNANCE) if found is None else found)
    table = table[table["order"] == "total"].drop(columns="order").reset_index(drop=True)
    cross = int(table["kind"].str.startswith(_WEIGHTS).sum())
    highest = sorting.ranked(table.groupby("kind")["index"].max(), falling=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(5.6)
        left, right = page.subplots(1, 2)
        place = {name: row for row, name in enumerate(highest.index)}
        within, size = frame.groupby("kind").cumcount(), frame.groupby("kind")["index"].transform("size")
        _intervals(left, frame, frame["kind"].map(place) + 0.5 * ((within + 0.5) / size - 0.5), 3.5)
        style.name_rows(left, [label.replace("weight, ", "weight,\n") for label in place])
        left.set(title="All parameters", ylim=(len(place) - 0.4, -0.6))
        part = frame[frame["kind"].str.startswith(_WEIGHTS)].sort_values(["kind", "parameter"], kind="stable")
        rows = np.arange(len(part)) + 2.0 * part.groupby("kind").ngroup()
        _intervals(right, part, rows, 4)
        right.set_yticks(rows, [f"{code[-2]}→{code[-1]}" for code in part["parameter"]], fontsize=7.5)
        for group, top in rows.groupby(part["kind"]).min().items():
            label = str(group).removeprefix(_WEIGHTS).capitalize()
            right.text(0, top - 0.7, f" {label}", fontsize=8, color=style.MUTED, va="bottom")
        right.set(title=f"The {cross} interactions, enlarged", ylim=(rows.max() + 0.8, -2.2))
        return page

    told = "; ".join(f"{label} {value:.3f}" for label, value in highest.items())
    return Figure(
        id="fig-2-3-importance",
        title="What the upgrading index depends on",
        caption=f"Total sensitivity index at governance {_GOVERNANCE:g} with 95 % intervals, one dot a parameter. "
        "Total weight and half-saturation lead; how the weight is shared out among interactions hardly counts. "
        "Interactions of one group have the same range and nearly the same place, so the spread of their dots is "
        "mostly sampling error.",
        alt=f"Dots with intervals in two panels. Highest total sensitivity index of each kind of parameter: {told}. "
        f"The right panel enlarges the {cross} interactions; their intervals overlap and many reach zero.",
        data=table,
        draw=draw,
        seed=governance.SEED,
    )


def _intervals(axes: Axes, part: pd.DataFrame, rows: pd.Series, size: float) -> None:
    axes.axvline(0, color=style.RULE, lw=0.8)
    axes.hlines(rows, part["low"], part["high"], color=style.MUTED, lw=1)
    axes.plot(part["index"], rows, "o", color=style.INK, ms=size)
    axes.set_xlabel("Total sensitivity index")
    style.row_names(axes)


def ablation(found: pd.DataFrame | None = None) -> Figure:
    """Change of the index when the two interactions of a pair of basic factors are cut (C03)."""
    table = governance.ablation_summary(governance.ablation() if found is None else found).reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        pairs, apart = frame["pair"].map(_pair), so.Dodge(by=["color"])
        dot = so.Dot({"zorder": 3}, edgecolor=style.INK, edgewidth=1, pointsize=6.5)
        plot = (
            so.Plot(frame.assign(pair=pairs), "median", "pair", xmin="low", xmax="high", color="version")
            .add(so.Range(color=style.MUTED, linewidth=1.4), apart, orient="y", legend=False)
            .add(dot, apart, orient="y", legend=False)
            .scale(color={"removed": style.INK, "moved": style.PAPER})
            .scale(x=so.Continuous().label(like=lambda value, _: f"{100 * value:.0f} %"))
            .label(x="Change of the upgrading index after 30 years", y="")
            .limit(y=(pairs.nunique() - 0.5, -0.9))
        )
        page = multiples.on(style.canvas(3.1), plot)
        style.row_names(*page.axes)
        (axes,) = page.axes
        axes.axvline(0, color=style.RULE, lw=0.8, zorder=0)
        axes.text(frame["low"].min(), -0.62, "removed", fontsize=8.5, fontweight="bold", va="center")
        axes.text(frame["high"].max(), -0.62, "moved to others", fontsize=8.5, ha="right", va="center")
        return page

    told = "; ".join(
        f"{row.pair} {row.version}: median {row.median:.1%}, lower in {row.lower:.0%}" for row in table.itertuples()
    )
    return Figure(
        id="fig-2-3-ablation",
        title="Cutting a pair of basic factors",
        caption="Full dots: both interactions of the pair removed. Open dots: their weight moved to the other "
        "factors that act on the same receivers. Dot: middle draw; line: the middle "
        f"{share_held(governance.BANDS['high90'] - governance.BANDS['low90'])}. Removal lowers the index "
        "in every draw, and no pair stands out. With the weight moved, the middle loss is gone.",
        alt=f"Six rows, one a pair, with two dots and intervals each. {told}.",
        data=table,
        draw=draw,
        seed=governance.SEED,
    )


def _pair(pair: str) -> str:
    one, two = pair.split("-")
    return f"{sentence(one)},\n{name(two)}"


def forecasts_compared(found: pd.DataFrame | None = None) -> Figure:
    """Error of each rival's forecast of the next epoch less that of the model, by cluster (C12)."""
    table = forecasts.differences(forecasts.errors(FORECASTS) if found is None else found).reset_index()
    deciding = lacking("interaction")
    table["decides"] = table["rival"].isin(deciding)

    def draw(frame: pd.DataFrame) -> Canvas:
        ordered = frame.sort_values("decides", ascending=False, kind="stable")
        plot = (
            so.Plot(ordered.assign(cluster=ordered["cluster"].map(name)), "median", "cluster", xmin="low", xmax="high")
            .facet("rival", wrap=4)
            .add(so.Range(color=style.MUTED), orient="y")
            .add(so.Dot({"zorder": 3}, color=style.INK, pointsize=5.5), orient="y")
            .label(x="", y="", title=style.model_title)
        )
        page = multiples.on(style.canvas(4.0), plot)
        style.row_names(*page.axes)
        for axes in page.axes:
            axes.axvline(0, color=style.INK, lw=0.9)
        label = "Error of the rival less error of the model (left: rival closer; a step of the score is 0.2)"
        page.supxlabel(label, fontsize=8.5)
        return page

    told = "; ".join(
        f"{rival}: {', '.join(f'{name(row.cluster)} {row.median:+.3f}' for row in part.itertuples())}"
        for rival, part in table.groupby("rival", sort=False)
    )
    return Figure(
        id="fig-2-3-forecasts",
        title="Forecasting the next epoch with nothing fitted",
        caption="Mean absolute error of each rival less that of the model, same draws on both sides. Dots: middle "
        f"draw; lines: the middle 90 %. The first two panels, {listed(deciding)}, decide the claim: they lack "
        "interaction. Growth without feedback was never fitted to the clusters and runs at the slow baseline of our "
        "ranges, so its large error may be that of the baseline. Independent and linear growth err about as the "
        "model does. Without governance, or with the no-change forecast, the error is smaller.",
        alt=f"Seven panels with four dots and intervals each, around a line at zero. Medians: {told}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
        seed=forecasts.SEED,
    )


def rivals() -> Figure:
    """The index over time in the model and five rivals, from the same start and draws (C12)."""
    table = governance.trajectories(tuple(MODELS))[["model", "governance", "time", "low50", "median", "high50"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.1)
        for axes, part in multiples.panels(page, frame.groupby("model", sort=False), 2, 3, style.model_title):
            _three(axes, part)
        for axes in page.axes[3:]:
            axes.set_xlabel("Years")
        for axes in page.axes[::3]:
            axes.set_ylabel("Upgrading index")
        return page

    levels = listed(f"{level:g}" for level in table["governance"].unique())
    ends = table[table["time"] == table["time"].max()].groupby("model", sort=False)["median"]
    told = "; ".join(f"{style.model_title(str(m))} {', '.join(f'{value:.2f}' for value in part)}" for m, part in ends)
    return Figure(
        id="fig-2-3-rivals",
        title="The model beside its rivals",
        caption="Same start and same draws in all panels; median and middle half of the draws at governance "
        f"{levels}. Each rival lacks or changes one thing. Without governance the three levels fall on one line; "
        "the other rivals keep them apart.",
        alt=f"Six panels of three lines over {governance.HORIZON:g} years. Median at the end, for governance "
        f"{levels}: {told}.",
        data=table,
        draw=draw,
        seed=governance.SEED,
    )


def _three(axes: Axes, part: pd.DataFrame) -> None:
    """Draw one line and band a level of governance, and label the lines where they do not coincide."""
    last = part[part["time"] == part["time"].max()]
    apart = last["median"].max() - last["median"].min() > 0.01
    for width, (level, line) in zip((1.0, 1.6, 2.4), part.groupby("governance"), strict=True):
        axes.fill_between(line["time"], line["low50"], line["high50"], color=TERMS["U"].colour, alpha=0.16, lw=0)
        axes.plot(line["time"], line["median"], color=style.INK, lw=width)
        if apart:
            axes.text(governance.HORIZON + 0.6, line["median"].iloc[-1], f"{level:g}", va="center", fontsize=8)
    if not apart:
        axes.text(governance.HORIZON + 0.6, last["median"].mean(), "all", va="center", fontsize=8)
    axes.set(xlim=(0, governance.HORIZON), ylim=(0, 0.8))
