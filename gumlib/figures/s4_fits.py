"""Figures of chapter 4 on fits: what fitted models tell beside the coded levels, and what the data inform."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import cases
from gumlib.cases.fitting import posterior, priors, results
from gumlib.cases.fitting.likelihood import sigma
from gumlib.cases.fitting.predictive import HIGH, LOW
from gumlib.data import sorting
from gumlib.dynamics import MODELS
from gumlib.figures import style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.figures.s4_map import section_id
from gumlib.figures.words import share_held
from gumlib.model.definitions import upgrading
from gumlib.terms import FACTORS, TERMS, WAYS, name, short

_RIVALS = [model for model in MODELS if model != "gum"]
_NEAREST = "independent"
"""The rival that is drawn by itself: growth without factors acting on each other."""
_WORDS = ((0.89, "model"), (0.70, "all rivals"), (0.54, "independent"), (0.33, "coded"), (0.10, "end of fit"))
_UNCERTAIN = "#6b7480"
_LAST = 2010
_HELD = share_held(HIGH - LOW)
"""What a band or an interval holds of the posterior draws."""
_CHANGES = {
    "governance fixed": ("governance stays", TERMS["E"].colour),
    "policy absent": ("no policy", TERMS["P"].colour),
    "shock absent": ("no outside pressure", TERMS["D"].colour),
}


def _points(cluster: str) -> pd.DataFrame:
    """Return the coded levels of a cluster as points: year, variable, coded, sigma; U from the four ways."""
    case = cases.load(cluster)
    points = case.levels.assign(sigma=sigma(case.levels)).rename(columns={"level": "coded"})
    index = upgrading(case.table[list(WAYS)].dropna())["upgrading"]
    last = pd.DataFrame({"year": index.index, "variable": "U", "coded": index.to_numpy(), "sigma": np.nan})
    both = pd.concat([points[["year", "variable", "coded", "sigma"]], last], ignore_index=True)
    return both[both["variable"] != "G"].dropna(subset=["coded"])


def fit_bands(cluster: str) -> Figure:
    """Levels told by the fitted model beside the coded ones, by factor and way; rivals as thin lines.

    Source: C12, C13; our formalisation.
    """
    told = results.read_fit("bands")
    table = told[told["case"] == cluster].drop(columns="case")
    table = table.merge(_points(cluster), on=["year", "variable"], how="left")

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(5.4)
        panels = page.subplots(3, 4, sharex=True, sharey=True).ravel()
        for axes, code in zip(panels, (*FACTORS, *WAYS, "U"), strict=False):
            _band(axes, frame[frame["variable"] == code], code)
        for axes in panels[7:11]:
            axes.tick_params(labelbottom=True)
        panels[0].set(xlim=(1984, 2020), ylim=(-0.04, 1), yticks=[0, 0.5, 1])
        panels[0].set_xticks([1990, 2010], ["1990", "2010"])
        page.supylabel("Level")
        _key(panels[11])
        return page

    checks = results.read_fit("checks").query("model == 'gum'").set_index("case").loc[cluster]
    return Figure(
        id=f"fig-{section_id(cluster)}-fit",
        title=f"{name(cluster)}: the fitted model and the coded levels",
        caption="One parameter set fitted to all four clusters up to 2010. Line and strong band: the model, median and "
        f"{_HELD} of the posterior draws. Faint band: {_HELD} for a level coded with medium confidence. Points: coded "
        "levels with one standard deviation of coding; what could not be coded is left out. Broken line: the rival "
        f"of independent growth; thin frame: the span of all {len(_RIVALS)} rivals, fitted in the same way. What to "
        "see: whether the points lie inside the bands, and where they lie above or below. The index U is a geometric "
        "mean of the ways, so it is nought where one of them is. Right of the vertical line the model runs on by "
        f"itself. Of {checks['cells']:.0f} levels coded after the first epoch {checks['inside']:.0%} lie in their "
        f"{_HELD} interval; the mean absolute error is {checks['error']:.2f}.",
        alt=f"Eleven small panels, one for each factor, each way and the upgrading index of {name(cluster)}, 1985 to "
        f"2020, levels from 0 to 1. {_alt(table)}",
        data=table,
        draw=draw,
        sources=("case-bands", "case-checks", *TWO_PASSES),
        seed=posterior.SEED,
    )


def _band(axes: Axes, part: pd.DataFrame, code: str) -> None:
    years, colour = part["year"], TERMS[code].colour
    if code != "U":
        axes.fill_between(years, part["outer_low"], part["outer_high"], color=colour, alpha=0.13, lw=0)
    axes.fill_between(years, part["low"], part["high"], color=colour, alpha=0.35, lw=0)
    axes.fill_between(years, part[_RIVALS].min(axis=1), part[_RIVALS].max(axis=1), fc="none", ec=style.RULE, lw=0.7)
    axes.plot(years, part[_NEAREST], color=style.INK, lw=0.9, ls=(0, (3, 1.5)))
    axes.plot(years, part["median"], color=colour, lw=1.8)
    axes.axvline(_LAST, color=style.RULE, lw=0.8)
    points = part.dropna(subset=["coded"])
    axes.errorbar(points["year"], points["coded"], points["sigma"].fillna(0), fmt="none", ecolor=style.INK, lw=0.9)
    axes.plot(points["year"], points["coded"], "o", ms=3.6, mfc=colour, mec=style.INK, mew=0.8)
    axes.set_title(f"{code}  {'Index' if code == 'U' else short(code)}", fontsize=8)


def _key(axes: Axes) -> None:
    """What lines, bands and points mean, drawn in the last panel."""
    style.bare(axes)
    axes.fill_between([1986, 1994], 0.80, 0.98, color=_UNCERTAIN, alpha=0.13, lw=0)
    axes.fill_between([1986, 1994], 0.84, 0.94, color=_UNCERTAIN, alpha=0.35, lw=0)
    axes.plot([1986, 1994], [0.89, 0.89], color=_UNCERTAIN, lw=1.8)
    axes.fill_between([1986, 1994], 0.66, 0.74, fc="none", ec=style.RULE, lw=0.7)
    axes.plot([1986, 1994], [0.54, 0.54], color=style.INK, lw=0.9, ls=(0, (3, 1.5)))
    axes.errorbar([1990], [0.33], 0.08, fmt="none", ecolor=style.INK, lw=0.9)
    axes.plot([1990], [0.33], "o", ms=3.6, mfc=_UNCERTAIN, mec=style.INK, mew=0.8)
    axes.plot([1990, 1990], [0.02, 0.18], color=style.RULE, lw=0.8)
    for y, words in _WORDS:
        axes.text(1996, y, words, va="center", fontsize=8)


def _alt(table: pd.DataFrame) -> str:
    """Say where the model lies furthest from what was coded."""
    points = table[(table["variable"] != "U") & (table["year"] > table["year"].min())].dropna(subset=["coded"])
    worst = points.loc[sorting.largest((points["coded"] - points["median"]).abs())]
    word = "above" if worst["coded"] > worst["median"] else "below"
    last = table[(table["year"] == _LAST) & (table["variable"] == "U")].iloc[0]
    return (
        f"The model rises to an index of {last['median']:.2f} in {_LAST}, coded {last['coded']:.2f}. The coded level "
        f"furthest from it is {name(worst['variable'])} in {worst['year']}, "
        f"{abs(worst['coded'] - worst['median']):.2f} {word} the median."
    )


def counterfactuals(cluster: str) -> Figure:
    """Upgrading index with governance fixed, policy absent or outside pressure absent, in the fitted model.

    Source: our formalisation; a statement on the model.
    """
    told = results.read_fit("counterfactuals")
    table = told[told["case"] == cluster].drop(columns="case").reset_index(drop=True)
    points = _points(cluster).query("variable == 'U'")[["year", "coded"]].assign(setting="as coded")
    table = table.merge(points, on=["setting", "year"], how="left")

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.7)
        panels = page.subplots(1, 3, sharex=True, sharey=True)
        base = frame[frame["setting"] == "as coded"]
        for axes, (setting, (words, colour)) in zip(panels, _CHANGES.items(), strict=True):
            part = frame[frame["setting"] == setting]
            axes.fill_between(base["year"], base["low"], base["high"], color=style.MUTED, alpha=0.22, lw=0)
            axes.fill_between(part["year"], part["low"], part["high"], color=colour, alpha=0.3, lw=0)
            axes.plot(base["year"], base["median"], color=style.INK, lw=1.4)
            axes.plot(part["year"], part["median"], color=colour, lw=1.8, ls=(0, (4, 1.5)))
            axes.plot(base["year"], base["coded"], "o", ms=3.6, color=style.INK)
            end = part.iloc[-1]
            gap = f"{end['gap']:+.2f} ({end['gap_low']:+.2f} to {end['gap_high']:+.2f})"
            axes.set_title(f"{style.capital(words)}\n2010: {gap}", fontsize=8.5)
        panels[0].set(xlim=(1984, 2011), ylim=(0, 1), yticks=[0, 0.5, 1], ylabel="Upgrading index U")
        panels[0].set_xticks([1990, 2000, 2010], ["1990", "2000", "2010"])
        return page

    ends = table[table["year"] == _LAST].set_index("setting")
    told_ends = "; ".join(f"{setting} {ends.loc[setting, 'gap']:+.2f}" for setting in _CHANGES)
    return Figure(
        id=f"fig-{section_id(cluster)}-counterfactuals",
        title=f"{name(cluster)}: what the fitted model says without a rise of governance, without policy, or without "
        "pressure",
        caption="Upgrading index in the fitted model. What to see: how far the dashed line leaves the grey band. "
        f"Solid line and grey band: as coded, median and {_HELD} of the posterior draws. Dashed line and coloured "
        "band: with one thing changed. Governance stays at its first coded level; policy starts at nothing, does not "
        "grow and does not act; outside pressure is nil. Points: index of the coded ways. In each title, the "
        f"difference in 2010 with its {_HELD} interval. The intervals take the model as true; they are no estimate of "
        "what would have happened.",
        alt=f"Three panels of the upgrading index of {name(cluster)} from 1985 to 2010 in the fitted model, each "
        f"comparing the run as coded with one change. Median difference in 2010: {told_ends}.",
        data=table,
        draw=draw,
        sources=("case-counterfactuals", *TWO_PASSES),
        seed=posterior.SEED,
    )


def identified() -> Figure:
    """What the coded levels say of each parameter: prior and posterior, and how far the spread shrank.

    Source: our formalisation.
    """
    table = _in_scores()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.6)
        left, right = page.subplots(1, 2, sharey=True, width_ratios=[1.2, 1])
        rows = {parameter: -n for n, parameter in enumerate(priors.NAMES)}
        own, rest = frame[frame["model"] == "gum"], frame[frame["model"] != "gum"]
        y = own["parameter"].map(rows)
        for axes in (left, right):
            axes.axvline(0, color=style.RULE, lw=0.8)
        left.axvspan(-1.645, 1.645, color=style.PALE, lw=0)
        left.hlines(y, own["z05"], own["z95"], color=TERMS["L"].colour, lw=2.4)
        left.plot(own["z50"], y, "o", color=TERMS["L"].colour, ms=5)
        right.plot(rest["contraction"], rest["parameter"].map(rows), "o", color=style.MUTED, ms=3, mew=0)
        right.plot(own["contraction"], y, "o", color=TERMS["L"].colour, ms=6)
        words = [f"{priors.PRIORS[p].meaning.split(',')[0]}  {_set(priors.PRIORS[p].symbol)}" for p in rows]
        left.set_yticks(list(rows.values()), words, fontsize=8)
        left.set(xlim=(-4, 4), xlabel="Prior spreads from the prior median")
        left.set_title(f"Prior (shaded) and posterior, {_HELD}")
        right.set(xlim=(-0.12, 1), xlabel="1 − posterior / prior spread")
        right.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
        right.set_title("How far the spread shrank")
        return page

    own = sorting.ranked(table[table["model"] == "gum"].set_index("parameter")["contraction"])
    weak = ", ".join(f"{priors.PRIORS[code].symbol} {own[code]:.0%}" for code in own.index[:3])
    firm = ", ".join(f"{priors.PRIORS[code].symbol} {own[code]:.0%}" for code in own.index[:-4:-1])
    return Figure(
        id="fig-4-5-identified",
        title="What four coded clusters say of the parameters",
        caption=f"Blue: the model; grey: its rivals. Left: {_HELD} intervals in standard scores of the prior. Right: "
        f"share of the prior spread that the coded levels took away. Most: {firm}. Least: {weak}; how wide they may "
        "lie is mostly what we assumed, though the middle may move. A rival without a use for a parameter leaves it at "
        "its prior.",
        alt=f"Ten parameters in rows. The posterior is much narrower than the prior for {firm}, and hardly narrower "
        f"for {weak}.",
        data=table,
        draw=draw,
        sources=("case-fits",),
        seed=posterior.SEED,
    )


def _in_scores() -> pd.DataFrame:
    """Return the stored fits with quantiles of the posterior in standard scores of the prior."""
    table = results.read_fit("fits")[["model", "parameter", "map", "q05", "q50", "q95", "contraction"]]
    for column in ("q05", "q50", "q95"):
        wide = table.pivot(index="model", columns="parameter", values=column).loc[list(MODELS), list(priors.NAMES)]
        scores = pd.DataFrame(priors.standard_scores(wide), index=wide.index, columns=priors.NAMES)
        table = table.join(scores.stack().rename(f"z{column[1:]}"), on=["model", "parameter"])
    return table.drop(columns=["q05", "q50", "q95"]).reset_index(drop=True)


def _set(symbol: str) -> str:
    """Set a symbol in the face of the house, which lacks the lowered nought."""
    return symbol.replace("x₀", r"$\mathdefault{x_0}$")
