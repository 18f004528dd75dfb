"""Figures of section 4.5: forecasts of a cluster left out, what so few clusters can show, profiles side by side."""

from itertools import combinations, product

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import cases, evidence
from gumlib.cases.compare import profiles
from gumlib.cases.fitting import leave_one_out, power, results
from gumlib.data import sorting
from gumlib.evidence.wording import listed, of_all
from gumlib.figures import style, words
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.terms import CLUSTERS, EPOCHS, TERMS, name

_MARKS = dict(zip(CLUSTERS, ("o", "s", "^", "D"), strict=True))
_OWN = TERMS["L"].colour
_STEP = 1 / evidence.TOP_SCORE
"""A step of the score, in levels."""
_LEVEL = words.share_held(leave_one_out.CONFIDENCE)
_INKS = (TERMS["D"].colour, TERMS["I"].colour, TERMS["E"].colour, TERMS["L"].colour)


def left_out() -> Figure:
    """Error of every forecast for each cluster left out, and the paired differences from the model.

    Source: C12, C13; our formalisation.
    """
    errors = results.read_fit("left-out")
    gaps = leave_one_out.differences(errors).reset_index()
    table = errors.merge(gaps.drop(columns="clusters"), on="forecast", how="left")

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.7)
        left, right = page.subplots(1, 2, sharey=True, width_ratios=[1.25, 1])
        forecasts = list(frame["forecast"].unique())
        for row, forecast in enumerate(forecasts):
            _row(left, right, frame[frame["forecast"] == forecast], -row, _OWN if forecast == "gum" else style.MUTED)
        _marks(left, len(forecasts))
        left.set_yticks([-n for n in range(len(forecasts))], [words.model(f) for f in forecasts])
        left.set(xlim=(0, 0.42), ylim=(-len(forecasts) + 0.4, 1.6), xlabel="Mean absolute error of levels")
        right.axvline(0, color=style.RULE, lw=0.8)
        for axes in (left, right):
            axes.axhline(-5.5, color=style.RULE, lw=0.6)
        right.text(-0.012, 0, "← closer", fontsize=8, color=style.MUTED, va="center", ha="right")
        right.text(0.012, 0, "farther →", fontsize=8, color=style.MUTED, va="center")
        right.set_xlabel(f"Error less that of the model, {_LEVEL}")
        return page

    rivals, means = gaps.set_index("forecast"), errors.groupby("forecast", sort=False)["error"].mean()
    sure = rivals.index[(rivals["low"] > 0) | (rivals["high"] < 0)].tolist()
    apart = (
        f"zero lies outside the interval of {' and '.join(sure)} alone" if sure else "zero lies inside every interval"
    )
    worst = errors.loc[sorting.largest(errors.loc[errors["forecast"] == "gum", "error"])]
    return Figure(
        id="fig-4-5-left-out",
        title="One cluster left out: how far each forecast misses it",
        caption="Left: mean absolute error for each cluster, forecast from the other three and its own first epoch; a "
        f"step of the score is {_STEP:g}. Models also know its coded governance and the pressure of the years. Above "
        f"the line models, below it forecasts without a model; no change keeps each level as it was. Right: difference "
        f"from the model, mean and {_LEVEL} t interval over four clusters; {apart}. The model misses "
        f"{name(worst['case'])} most ({worst['error']:.2f}).",
        alt="Nine forecasts in rows with four marks each. "
        + "; ".join(f"{words.model(str(f))} {e:.2f}" for f, e in means.items())
        + f" on average. The model's error is largest for {name(worst['case'])}, {worst['error']:.2f}. In the right "
        f"panel zero lies in {of_all(len(rivals) - len(sure), len(rivals), 'interval')}.",
        data=table,
        draw=draw,
        sources=("case-left-out",),
    )


def _row(left: Axes, right: Axes, own: pd.DataFrame, y: int, colour: str) -> None:
    """Draw one forecast: a mark for each cluster, and the difference from the model."""
    left.hlines(y, own["error"].min(), own["error"].max(), color=style.RULE, lw=1)
    for step, (case, mark) in enumerate(_MARKS.items()):
        error = own.loc[own["case"] == case, "error"]
        left.plot(error, [y + 0.27 - 0.18 * step] * len(error), mark, color=colour, ms=4, mec=style.PAPER, mew=0.4)
    gap = own.iloc[0]
    right.hlines(y, gap["low"], gap["high"], color=colour, lw=1.6)
    right.plot(gap["mean"], y, "o", color=colour, ms=5)


def _marks(axes: Axes, rows: int) -> None:
    """Name the marks of the clusters above the first row."""
    for n, (case, mark) in enumerate(_MARKS.items()):
        x = 0.01 + 0.105 * n
        axes.plot(x, 1.1, mark, color=style.MUTED, ms=4.5, mec=style.PAPER, mew=0.6)
        axes.text(x + 0.012, 1.1, name(case), fontsize=7.5, va="center")


def power_of_design() -> Figure:
    """How large a true difference in error would show, by number of clusters; and worlds in which a model is true.

    Source: our formalisation.
    """
    curves, worlds = results.read_fit("power"), results.read_fit("contests")
    both = {"difference": curves, "world": worlds.drop(columns="spread")}
    columns = ["clusters", "difference", "interval", "every", "spread", "truth", "rival", "worlds", "closer"]
    table = pd.concat(both, names=["panel"]).reset_index("panel")[["panel", *columns]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.1)
        left, right = page.subplots(1, 2, width_ratios=[1.15, 1])
        lines = frame[frame["panel"] == "difference"]
        for row, (colour, (count, part)) in enumerate(zip(_INKS, lines.groupby("clusters"), strict=True)):
            left.plot(part["difference"], part["interval"], color=colour)
            left.text(
                0.198, 0.06 + 0.1 * row, f"{count:.0f} clusters", color=style.legible(colour), ha="right", fontsize=8.5
            )
        left.axhline(power.SURE, color=style.RULE, lw=0.8)
        left.set_yticks([0, 0.5, 0.8, 1], ["0 %", "50 %", "80 %", "100 %"])
        left.set(xlim=(0, 0.2), ylim=(0, 1.02), xlabel="True difference in error", ylabel="Chance that it shows")
        left.set_title("By number of clusters")
        _contests(right, frame[frame["panel"] == "world"])
        return page

    said = _detectable(curves)
    spread = curves["spread"].iloc[0]
    return Figure(
        id="fig-4-5-power",
        title="What four clusters can show",
        caption=f"Left: chance that a {_LEVEL} interval over clusters leaves out zero, if differences vary between "
        f"clusters as they did here (standard deviation {spread:.3f}, root mean square over the rivals). Shown four "
        f"times in five: {said}. A step of the score is {_STEP:g}. Right: worlds in which one model is true, coded and "
        "fitted like ours, and how often the true one comes closer: on average, in all four clusters, and so that the "
        "interval says it.",
        alt=f"Left: four rising curves; the chance reaches {power.SURE:.0%} at these differences: {said}. Right: how "
        "often the interval shows which model is true, for pairs of a true model and a rival: "
        + "; ".join(
            f"{words.model(r.truth)} against {words.model(r.rival)} {r.interval:.0%}" for r in worlds.itertuples()
        )
        + ".",
        data=table,
        draw=draw,
        sources=("case-power", "case-contests"),
        seed=power.SEED,
    )


def _detectable(curves: pd.DataFrame) -> str:
    most = max(power.SIZES)
    return "; ".join(
        f"{count} clusters {value:.3f}" if np.isfinite(value) else f"{count} clusters more than {most:.1f}"
        for count, value in power.detectable(curves).items()
    )


def _contests(axes: Axes, worlds: pd.DataFrame) -> None:
    rows = [-(n + 0.6 * (n >= len(worlds) / 2)) for n in range(len(worlds))]
    axes.barh(rows, worlds["closer"], height=0.55, color=style.RULE)
    axes.plot(worlds["every"], rows, "o", color=_OWN, ms=5, clip_on=False)
    axes.plot(worlds["interval"], rows, "x", color=TERMS["D"].colour, ms=5.5, mew=1.6, clip_on=False)
    axes.set_yticks(rows, [words.model(r) for r in worlds["rival"]])
    for truth, first in zip(worlds["truth"].unique(), (rows[0], rows[len(rows) // 2]), strict=True):
        axes.text(0.0, first + 0.62, f"true: {words.model(truth)}", fontsize=8, color=style.MUTED, va="center")
    axes.set(xlim=(0, 1.02), ylim=(rows[-1] - 0.5, 1.0), xlabel="Share of worlds")
    axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    axes.set_title("How often the true model is closer")
    marks = ["in all four", "by the interval", "on average"]
    axes.legend(marks, loc="upper center", bbox_to_anchor=(0.4, -0.2), ncols=3)


def profile_map() -> Figure:
    """Distances of factor profiles against those of way profiles, and the leading ways by epoch (C14; our rule)."""
    chosen = [cases.load(case) for case in cases.names()]
    one, two = (profiles.distances(chosen, group) for group in ("factors", "ways"))
    found = profiles.mantel(one.to_numpy(), two.to_numpy())
    rows = [("pair", f"{a}-{b}", one.loc[a, b], two.loc[a, b]) for a, b in combinations(one.index, 2)]
    pairs = pd.DataFrame(rows, columns=["panel", "pair", "factors_apart", "ways_apart"])
    table = pd.concat([pairs, profiles.paths(chosen).assign(panel="epoch")], ignore_index=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.0)
        left, right = page.subplots(1, 2, width_ratios=[1, 1.35])
        points = frame[frame["panel"] == "pair"]
        left.plot(points["factors_apart"], points["ways_apart"], "o", color=_OWN)
        for row in points.itertuples():
            initials = "-".join(name(part)[0] for part in row.pair.split("-"))
            style.tag(left, initials, (row.factors_apart, row.ways_apart), (5, 3), fontsize=8)
        left.set(xlim=(0.07, 0.14), ylim=(0.07, 0.155), xticks=[0.08, 0.1, 0.12, 0.14], yticks=[0.08, 0.1, 0.12, 0.14])
        left.set(xlabel="Factor profiles apart", ylabel="Way profiles apart")
        left.set_title("Pairs of clusters")
        _leaders(right, frame[frame["panel"] == "epoch"])
        return page

    classes = profiles.classify(chosen)
    said = "; ".join(f"{name(str(case))} {listed(row['way'])}" for case, row in classes.iterrows())
    return Figure(
        id="fig-4-5-profiles",
        title="Do unlike factors go with unlike ways?",
        caption="A profile is the levels less their mean. Left: mean absolute difference of the profiles of two "
        f"clusters (initials), over the epochs coded in both; correlation {found['correlation']:.2f}, exact p "
        f"{found['p']:.2f} over the {found['orders']:.0f} orders of the clusters. Right: the ways that led in each "
        f"epoch (within {profiles.NEAR:g} of the highest); a dash where too little was coded: T technical, "
        f"N innovation, X outside linkage, K social capital. Over all epochs: {said}.",
        alt="Left: six points, one a pair of clusters, without a clear line: pairs with more distant factor profiles "
        f"do not surely have more distant way profiles. Right: clusters by epochs with the leading ways. {said}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _leaders(axes: Axes, led: pd.DataFrame) -> None:
    cells, rows = led.set_index(["case", "year"])["ways"], range(0, -len(CLUSTERS), -1)
    for (y, case), (x, year) in product(zip(rows, CLUSTERS, strict=True), enumerate(EPOCHS)):
        codes = cells[case, year]
        if not isinstance(codes, str):
            axes.plot(x, y, "_", color=style.RULE, ms=8)
            continue
        width = 0.84 / len(codes)
        for n, code in enumerate(codes):
            middle, colour = x - 0.42 + width * (n + 0.5), TERMS[code].colour
            style.box(axes, middle, y, width, 0.6, fc=colour, ec=style.PAPER, lw=0.8)
            axes.text(middle, y, code, ha="center", va="center", fontsize=8, color=style.on(colour))
    axes.set_yticks(rows, list(map(name, CLUSTERS)))
    axes.set_xticks(range(len(EPOCHS)), list(map(str, EPOCHS)))
    axes.set(xlim=(-0.6, 5.6), ylim=(-3.6, 0.6), title="Leading ways")
    style.frameless(axes)
