"""Figures of sections 3.1 and 3.2: with and without policy, cost against chance, regret."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import policy
from gumlib.data import sorting
from gumlib.evidence.wording import share_of
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.policy import results
from gumlib.policy.uncertainty import SEED
from gumlib.terms import CLUSTERS, TERMS, name

_SETTINGS = {
    "with": ("with policy", TERMS["P"].colour, "-"),
    "delayed": ("ten years late", TERMS["I"].colour, "--"),
    "without": ("without", TERMS["D"].colour, "-"),
}
_RIVAL = "linear"
_ROWS = {("gum", "fitted"): "Model, fitted", ("gum", "ranges"): "Model, ranges", (_RIVAL, "fitted"): "Linear rival"}
"""Model and reading of each row of panels, and its name."""
_SMALL = 2
"""A cost at which the front is read out."""
_RIVAL_LINES = {"independent": (":", 4.4, 0.165), "linear": ("--", 4.4, 0.40), "no governance": ("-.", 8, 0.87)}
"""Dash of a rival, and where its name ends."""
_HELD = ("neither of the two", "one of the two", "both")
_SEARCHED = "gum, searched"


def counterfactual() -> Figure:
    """Index of each case with policy, without, and delayed, for the model in both readings and for a rival.

    Source: C16; our formalisation.
    """
    table = results.read_study("counterfactuals")
    table = table[table["model"].isin(["gum", _RIVAL]) & ((table["model"] == "gum") | (table["source"] == "fitted"))]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(5.2)
        panels = page.subplots(3, 4, sharex=True, sharey=True)
        parts = frame.groupby(["model", "source", "case"])
        for line, (row, label) in zip(panels, _ROWS.items(), strict=True):
            line[0].set_ylabel(label)
            for axes, case in zip(line, CLUSTERS, strict=True):
                _courses(axes, parts.get_group((*row, case)))
        for axes, case in zip(panels[0], CLUSTERS, strict=True):
            axes.set_title(name(case))
        first = panels[0, 0]
        first.set(ylim=(0, 0.8), xlim=(1989, 2012.5))
        first.set_xticks([1990, 2000, 2010], ["1990", "2000", "2010"])
        handles = [first.plot([], [], dash, color=ink, label=words)[0] for words, ink, dash in _SETTINGS.values()]
        page.legend(handles=handles, loc="outside upper center", ncols=3)
        return page

    return Figure(
        id="fig-3-1-counterfactual",
        title="With policy, without it, and ten years late",
        caption="Upgrading index U of each case, 1990 to 2010, governance as coded and outside pressure as measured. "
        "Lines: medians. Band: 90 % of draws for the run with policy. First row: the model fitted to the cases. "
        "Second: the same model over our ranges of parameters. Third: the linear rival, fitted in the same way. "
        f"{_told(table)}.",
        alt="Twelve panels: three rows (fitted model, model over our ranges, linear rival) by four cases. In each, "
        f"three lines that rise from 1990 to 2010 and a band. {_told(table)}.",
        data=table,
        draw=draw,
        sources=("policy-counterfactuals",),
        seed=SEED,
    )


def _courses(axes: Axes, part: pd.DataFrame) -> None:
    for setting, (_, ink, dash) in _SETTINGS.items():
        own = part[part["setting"] == setting]
        if setting == "with":
            axes.fill_between(own["year"], own["low"], own["high"], color=ink, alpha=0.2, lw=0)
        axes.plot(own["year"], own["median"], dash, color=ink)


def _told(table: pd.DataFrame) -> str:
    last = table[table["year"] == 2010].groupby(["model", "source", "setting"])["median"].mean()
    return "Mean over cases of the median index in 2010: " + "; ".join(
        f"{label}: with {last[m, s, 'with']:.2f}, delayed {last[m, s, 'delayed']:.2f}, without "
        f"{last[m, s, 'without']:.2f}"
        for (m, s), label in zip(_ROWS, ("fitted model", "model over our ranges", "rival"), strict=True)
    )


def front() -> Figure:
    """Cost of every portfolio within the budget against the chance of rising to stay, with the front and rivals.

    Source: C16; our formalisation.
    """
    columns = ["portfolio", "cost", "chance", "chance_low", "chance_high", "gain", "front"]
    table = results.read_study("portfolios")[columns]
    stored = results.read_study("rivals").set_index("source")[["model", "portfolio", "cost", "chance"]]
    rivals, unaided = stored.loc["ranges"], stored.loc["fitted"].query("model == 'gum' and cost == 0")["chance"].iloc[0]
    both = pd.concat([table.assign(model=_SEARCHED), rivals.assign(front=False)], ignore_index=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.7)
        searched = frame[frame["model"] == _SEARCHED]
        _bands(axes, searched)
        _front(axes, searched)
        _rivals(axes, frame)
        axes.set(xlabel="Relative cost (ours)", ylabel="Chance of rising to stay by 2010")
        axes.set(ylim=(0, 1), xlim=(-0.3, 10.3), xticks=range(9))
        axes.yaxis.set_major_formatter("{x:.0%}")
        return page

    own = table[table["front"]].drop_duplicates("cost")
    ends = own.iloc[[0, -1]]
    first = own[own["cost"] == _SMALL].iloc[0]
    return Figure(
        id="fig-3-2-front",
        title="Cost against the chance of rising to stay",
        caption=f"All {len(table):,} portfolios within a budget of {results.BUDGET:g} fall into three bands, by how "
        "many of the two instruments of governance they hold: conference, covenant. What to see: at equal cost the "
        "bands do not overlap. Joined dots: the best portfolio of each cost, with 95 % intervals. Broken lines: what "
        "these best portfolios bring in rivals. All begin in 1995 in the four cases, in the same draws of parameters, "
        "starts, sizes and leakage; a chance is a share of draws from our ranges. In the model fitted to the cases "
        f"{share_of(float(unaided), 'the draws')} rise to stay with no instrument at all.",
        alt=f"Three grey bands below a rising front. At a cost of {results.BUDGET:g} they lie "
        + "; ".join(f"with {words}, from {low:.0%} to {high:.0%}" for words, low, high in _ends_of_bands(table))
        + f". The front starts at {ends['chance'].iloc[0]:.0%} for no "
        f"instrument, is at {first['chance']:.0%} for a cost of {_SMALL:g} ({first['portfolio']}), and ends at "
        f"{ends['chance'].iloc[1]:.0%} for a cost of {ends['cost'].iloc[1]:g}. Rivals, with none and at the most: "
        + "; ".join(f"{model} {part.iloc[0]:.0%} and {part.iloc[-1]:.0%}" for model, part in _ends(rivals))
        + ".",
        data=both,
        draw=draw,
        sources=("policy-portfolios", "policy-rivals", "policy-instruments"),
        seed=SEED,
    )


def _ends(rivals: pd.DataFrame) -> list[tuple[str, pd.Series]]:
    ordered = sorting.ordered(rivals, "cost").groupby("model")["chance"]
    return [(model, ordered.get_group(model)) for model in _RIVAL_LINES]


def _ends_of_bands(table: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Return words, lowest and highest chance of each band at the largest cost."""
    last = table[table["cost"] == table["cost"].max()]
    groups = last.groupby(_held(last["portfolio"]))["chance"]
    return [(_HELD[held], part.min(), part.max()) for held, part in groups]


def _bands(axes: Axes, frame: pd.DataFrame) -> None:
    """Portfolios as three bands, by how many of the two instruments of governance they hold."""
    spans = frame.assign(held=_held(frame["portfolio"])).groupby(["held", "cost"])["chance"].agg(["min", "max"])
    for held, words in enumerate(_HELD):
        own = spans.loc[held].reset_index()
        axes.fill_between(own["cost"], own["min"], own["max"], color=style.MUTED, alpha=0.32, lw=0, zorder=1)
        axes.text(8.15, own[["min", "max"]].iloc[-1].mean(), words, fontsize=8.5, va="center")


def _held(portfolios: pd.Series) -> pd.Series:
    """Return how many instruments of governance each portfolio holds."""
    governing = policy.instruments().query("kind == 'governance'").index
    return sum(portfolios.str.split(" + ", regex=False).map(lambda names, one=one: one in names) for one in governing)


def _front(axes: Axes, frame: pd.DataFrame) -> None:
    """The best portfolio of each cost, joined, with its interval."""
    edge = frame[frame["front"]].drop_duplicates("cost")
    spans = [edge["chance"] - edge["chance_low"], edge["chance_high"] - edge["chance"]]
    axes.errorbar(edge["cost"], edge["chance"], spans, fmt="o-", color=TERMS["P"].colour, lw=1.8, zorder=3)


def _rivals(axes: Axes, frame: pd.DataFrame) -> None:
    """A broken line a rival, with its name where it has room."""
    for model, (dash, x, y) in _RIVAL_LINES.items():
        own = sorting.ordered(frame[frame["model"] == model], "cost")
        axes.plot(own["cost"], own["chance"], ls=dash, color=style.INK, lw=1, zorder=2)
        axes.text(x, y, f"rival: {model}", fontsize=8, color=style.MUTED, va="center", ha="right")


def regret() -> Figure:
    """Regret of the best portfolio of each budget, and of each instrument alone with none (C16; our formalisation)."""
    search = results.read_study("portfolios")
    chosen = policy.best(search, range(int(results.BUDGET) + 1), "gain")
    table = chosen[["budget", "portfolio", "regret", "regret_high", "gain", "gain_low", "gain_high"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.9)
        y = np.arange(len(frame))[::-1]
        axes.hlines(y, frame["regret"], frame["regret_high"], color=style.MUTED, lw=1.2)
        axes.plot(frame["regret"], y, "o", color=TERMS["P"].colour)
        axes.plot(frame["regret_high"], y, "|", color=style.MUTED, ms=8)
        for at, row in zip(y, frame.itertuples(), strict=True):
            axes.text(row.regret, at + 0.22, str(row.portfolio), fontsize=7.5, va="bottom", color=style.INK)
        axes.set_yticks(y, [f"{budget:g}" for budget in frame["budget"]])
        axes.set(xlabel="Regret: index below the best of all portfolios in the same draw", ylabel="Budget")
        axes.set(ylim=(-0.5, len(frame) - 0.2), xlim=(0, 0.32))
        return page

    return Figure(
        id="fig-3-2-regret",
        title="Regret of the best portfolio for each budget",
        caption="For each budget the portfolio with the largest mean gain in the upgrading index. Dot: its mean "
        f"regret, against the best that any portfolio within {results.BUDGET:g} reaches in the same case and draw. "
        "Tick: 95 % of cases and draws have less. Regret falls most with the first two units, which buy governance.",
        alt="; ".join(f"budget {r.budget:g}: {r.portfolio}, mean regret {r.regret:.3f}" for r in table.itertuples())
        + ".",
        data=table,
        draw=draw,
        sources=("policy-portfolios",),
        seed=SEED,
    )
