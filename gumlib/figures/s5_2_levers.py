"""Figure and tables of section 5.2 and of the briefs: what each lever brings, and what goes with the sturdiest."""

from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import cases, policy
from gumlib.data import sorting
from gumlib.errors import one_of
from gumlib.evidence.wording import listed
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.table import Table
from gumlib.figures.words import READING_NAMES
from gumlib.policy import advice, results
from gumlib.policy.advice import RANKINGS
from gumlib.policy.catalogue import LEVELS
from gumlib.policy.levers import DURATIONS, START, YEARS
from gumlib.policy.uncertainty import SEED
from gumlib.terms import TERMS, name

_LEAST = 1e-4
"""Gains below it stand at the left edge."""
_LEVEL_INKS = {"government": TERMS["P"].colour, "cluster": TERMS["S"].colour, "firm": TERMS["D"].colour}


def sheet(case: str | None = None) -> Table:
    """Return what an official needs of the sturdy lever of each level, as `policy.advice.sheet` does.

    Raises
    ------
    GumError : unknown case
    """
    rows = advice.sheet(case)
    caption = f"A column for each who can act, a row for each question. Levers: {', '.join(rows.loc['Lever'])}."
    return Table(f"tab-5-2-{case or 'all'}-sheet", "The sturdiest lever of each level", caption, rows)


def tried(case: str) -> Table:
    """Return the levers that the ledger documents in a cluster, with the facts.

    Raises
    ------
    GumError : unknown case
    """
    every = advice.tried(case)
    rows = every[every["facts"] != ""].set_index("title")[["level", "facts"]]
    caption = f"Levers that the ledger documents for this cluster, with the facts: {len(rows)} of {len(every)}."
    return Table(f"tab-5-2-{case}-tried", "Levers documented here", caption, rows)


def levers(case: str | None = None) -> Figure:
    """Gain of each lever alone per unit of cost, as fitted and over our ranges, by level, with intervals.

    Parameters
    ----------
    case : one cluster; the mean over the four by default

    Raises
    ------
    GumError : unknown case

    Source: C17; our formalisation.
    """
    table = _gains(case)
    where, end = "Mean over the four cases" if case is None else name(case), START + YEARS

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.8)
        panels = page.subplots(1, len(READING_NAMES), sharey=True)
        y = _rows(panels[0], frame.drop_duplicates("name"))
        for axes, (source, words) in zip(panels, READING_NAMES.items(), strict=True):
            _gain_lines(axes, frame[frame["source"] == source], y)
            axes.set_title(words)
        page.supxlabel(f"Gain in the upgrading index by {end}, per unit of cost (each step tenfold)")
        kinds = {"lasts as long as we assume": style.MUTED, f"all end after {DURATIONS['equal']:.0f} years": "none"}
        mark = partial(panels[0].plot, [], [], "o", ms=5, mec=style.MUTED)
        handles = [mark(mfc=fill, label=text)[0] for text, fill in kinds.items()]
        page.legend(handles=handles, loc="outside upper center", ncols=2)
        return page

    called = table.assign(called=table["title"].str[0].str.lower() + table["title"].str[1:])
    ranked = {which: part.set_index("called")["value"] for which, part in called.groupby(["source", "duration"])}
    first = {which: str(sorting.largest(values)) for which, values in ranked.items()}
    led = {
        duration: listed(dict.fromkeys((first["fitted", duration], first["ranges", duration])))
        for duration in DURATIONS
    }
    return Figure(
        id="fig-5-2-levers" if case is None else f"fig-5-2-levers-{case}",
        title="What each lever brings, alone" + ("" if case is None else f": {name(case)}"),
        caption=f"{where}: gain in the upgrading index from {START} to {end} by one lever alone, per unit of cost. "
        "Filled: each lever lasts as long as we assume; line: 5 to 95 % of draws, in which parameters, starts, sizes, "
        f"leakage and costs vary. Open: all levers end after {DURATIONS['equal']:.0f} years. What to see: how far the "
        f"open mark falls behind the filled one. Largest gain in one reading or the other: as assumed, "
        f"{led['assumed']}; if all end alike, {led['equal']}. All sizes, durations and costs are assumed.",
        alt=f"Two panels, as fitted and over our ranges, with a row for each of {table['name'].nunique()} levers in "
        "three groups. Largest gains: "
        + "; ".join(f"{words}: {_leading(ranked[which])}" for which, words in RANKINGS.items())
        + ".",
        data=table,
        draw=draw,
        sources=("policy-levers", "policy-instruments"),
        seed=SEED,
    )


def _gains(case: str | None) -> pd.DataFrame:
    """Return gains with title and level, levers sorted by level and by their mean gain, the largest first."""
    stored = results.read_study("levers")
    table = stored if case is None else stored[stored["case"] == one_of(case, cases.names(), "policy", "case")]
    mean = table.groupby(["source", "duration", "name"])[["value", "low", "high"]].mean().reset_index()
    mean = mean.join(policy.instruments()[["title", "level"]], on="name")
    block, place = mean["level"].map(LEVELS.index), -mean.groupby("name")["value"].transform("mean")
    mean = sorting.ordered(mean.assign(block=block, place=place), "block", "place", "name", "source", "duration")
    return mean.drop(columns=["block", "place"]).reset_index(drop=True)


def _rows(axes: Axes, rows: pd.DataFrame) -> dict[str, float]:
    """Name the rows of levers and their three groups; return the height of each lever."""
    pairs = enumerate(zip(rows["name"], rows["level"], strict=True))
    y = {lever: -at - 0.9 * LEVELS.index(level) for at, (lever, level) in pairs}
    axes.set_yticks(list(y.values()), list(rows["title"]), fontsize=8)
    words = partial(axes.text, transform=axes.get_yaxis_transform(), ha="right", va="bottom", fontweight="bold")
    for level, names in rows.groupby("level")["name"]:
        words(-0.02, max(y[one] for one in names) + 0.55, level, fontsize=8)
    return y


def _gain_lines(axes: Axes, part: pd.DataFrame, y: dict[str, float]) -> None:
    """One reading: interval and filled mark as assumed, an open mark if all end alike, in the colour of the level.

    The axis is logarithmic; what is smaller than its least value stands at its left edge, as an arrow.
    """
    for duration, own in part.groupby("duration"):
        at, inks = own["name"].map(y), own["level"].map(_LEVEL_INKS)
        lasting, seen = duration == "assumed", own["value"] > _LEAST
        if lasting:
            axes.hlines(at, own["low"].clip(lower=_LEAST), own["high"].clip(lower=_LEAST), color=list(inks), lw=1.4)
        x, (size, order) = own["value"].clip(lower=_LEAST), (13, 4) if lasting else (34, 3)
        for chosen, mark in ((seen, "o"), (~seen, "<")):
            ink = list(inks[chosen])
            look: dict[str, Any] = {"c": ink if lasting else style.PAPER, "edgecolors": ink, "zorder": order}
            axes.scatter(x[chosen], at[chosen], size, marker=mark, **look)
    axes.set(xscale="log", xlim=(_LEAST * 0.8, 0.5), ylim=(min(y.values()) - 0.7, 1.4))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.grid(axis="x", color=style.RULE, lw=0.5)
    axes.tick_params(axis="y", length=0)


def _leading(gains: pd.Series) -> str:
    """Name the three levers with the largest gains."""
    return listed(f"{lever} {gain:.3f}" for lever, gain in sorting.ranked(gains, falling=True).head(3).items())
