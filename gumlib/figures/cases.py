"""Figures of chapter 4: what the ledger tells of a cluster, and how it was coded."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import evidence
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.maps import section
from gumlib.terms import FACTORS, TERMS, VARIABLES, name, sentence

_ROWS = (*FACTORS, "G", "Z", "O")
_MARKS = {1: "^", 0: "o", -1: "v"}
_FILL = {"high": 1.0, "medium": 0.55, "low": 0.15}
_PANELS = 4


def chronology(cluster: str) -> Figure:
    """Dated facts of a cluster by year, element and direction.

    Examples
    --------
    >>> chronology("yongkang").data["factor"].isin(list("LIESPDGZO")).all()
    np.True_
    """
    facts = evidence.ledger(cluster).dropna(subset=["first"])
    table = facts.reset_index()[["id", "first", "last", "factor", "direction", "statement", "source_key"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.6)
        axes = page.subplots()
        rank = frame.groupby(["factor", "first"]).cumcount()
        size = frame.groupby(["factor", "first"])["id"].transform("size")
        lift = np.clip((rank - (size - 1) / 2) * 0.13, -0.42, 0.42)
        place = frame["factor"].map({code: n for n, code in enumerate(_ROWS)}) + lift
        for direction, mark in _MARKS.items():
            for code in _ROWS:
                own = (frame["factor"] == code) & (frame["direction"] == direction)
                axes.plot(
                    frame["first"][own].astype(int),
                    place[own],
                    mark,
                    ms=3.6,
                    mew=0,
                    color=TERMS[code].colour,
                    alpha=0.85,
                )
        axes.set_yticks(range(len(_ROWS)), [f"{sentence(code)}  {code}" for code in _ROWS])
        axes.set(ylim=(len(_ROWS) - 0.4, -0.6), xlim=(1978, 2026))
        axes.hlines(np.arange(0.5, len(_ROWS) - 1), 1978, 2026, color=style.RULE, lw=0.5)
        axes.axvline(2010, color=style.MUTED, lw=0.8, ls=(0, (4, 3)))
        axes.text(2010.4, -0.62, "the book", fontsize=8, color=style.MUTED, va="bottom")
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        return page

    early = int((facts["first"] < 1978).sum())
    before = f" {early} facts before 1978 lie outside." if early else ""
    return Figure(
        id=f"fig-{section(cluster)}-chronology",
        title=f"{name(cluster)}: dated facts of the ledger",
        caption="One mark a fact, at the first year it covers. Triangles up strengthen, down weaken, dots state a "
        f"level. The ledger thickens after 2000: silence before is lack of sources, not lack of events.{before}",
        alt=f"A strip of years from 1978 to 2026 with a row for each element. {len(facts)} marks, sparse before 2000 "
        "and dense from 2002 to 2011, in all rows.",
        data=table,
        draw=draw,
        sources=("ledger",),
    )


def outcomes(cluster: str) -> Figure:
    """Outcome series of a cluster, with contradicting sources side by side.

    Examples
    --------
    >>> outcomes("wenzhou").data["indicator"].nunique() <= 4
    True
    """
    known = evidence.series(cluster)
    count = known.groupby(["indicator", "unit"], sort=True)["value"].size().sort_values(ascending=False, kind="stable")
    chosen = count.index[:_PANELS]
    table = known.set_index(["indicator", "unit"]).loc[chosen].reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.2)
        panels = page.subplots(2, 2, squeeze=False).ravel()
        groups = list(frame.groupby(["indicator", "unit"], sort=False))
        for axes, (label, own) in zip(panels, groups, strict=False):
            _values(axes, own, *label)
        for axes in panels[len(groups) :]:
            style.bare(axes)
        return page

    disputed = int(table["dispute"].notna().sum())
    return Figure(
        id=f"fig-{section(cluster)}-outcomes",
        title=f"{name(cluster)}: outcomes as reported",
        caption=f"The indicators of outcome with most dated values; every value is shown. Open rings are the "
        f"{disputed} values that another source contradicts. Points are not joined: sources differ in what they count.",
        alt="Small panels of dots by year: "
        + "; ".join(f"{i.replace('_', ' ')} in {u}, {n} values" for (i, u), n in count[:_PANELS].items())
        + ". Rings mark values that other sources contradict.",
        data=table,
        draw=draw,
        sources=("ledger",),
    )


def _values(axes: Axes, own: pd.DataFrame, indicator: str, unit: str) -> None:
    disputed = own["dispute"].notna().to_numpy()
    middle = (own["first"].astype(int) + own["last"].astype(int)) / 2
    colour = TERMS["L"].colour
    axes.hlines(own["value"], own["first"].astype(int), own["last"].astype(int), color=colour, lw=1)
    axes.plot(middle[~disputed], own["value"][~disputed], "o", ms=5, color=colour)
    axes.plot(middle[disputed], own["value"][disputed], "o", ms=6, mfc="none", mec=TERMS["D"].colour, mew=1.5)
    words = indicator.replace("_", " ").replace(" pct", "")
    axes.set_title(words[0].upper() + words[1:], fontsize=9)
    axes.set_ylabel(unit, fontsize=8)
    first, last = int(own["first"].min()), int(own["last"].max())
    margin = max(2.0, 0.1 * (last - first))
    axes.set(ylim=(0, own["value"].max() * 1.15), xlim=(first - margin, last + margin))
    axes.locator_params(axis="x", nbins=4, integer=True)
    axes.locator_params(axis="y", nbins=4)


def profile(cluster: str) -> Figure:
    """Scores of a cluster by variable and epoch, both passes, with their confidence.

    Source: C14, C18.

    Examples
    --------
    >>> sorted(profile("shaoxing").data["coder"].unique())
    ['a', 'b']
    """
    table = evidence.scores().query("cluster == @cluster").dropna(subset=["score"])
    table = table.assign(level=table["score"].astype(float) / evidence.TOP_SCORE)
    table = table[["cluster", "year", "variable", "coder", "score", "level", "confidence"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.4)
        panels = page.subplots(3, 4, sharex=True, sharey=True).ravel()
        for axes, code in zip(panels, VARIABLES, strict=False):
            _passes(axes, frame[frame["variable"] == code], code)
        _confidence_key(style.bare(panels[-1]))
        return page

    last = evidence.levels().query("cluster == @cluster and year == 2010").set_index("variable")["level"]
    top = last.idxmax()
    return Figure(
        id=f"fig-{section(cluster)}-profile",
        title=f"{name(cluster)}: scores of both passes",
        caption="Left mark of a pair is the first pass, right mark the second; a line joins them. Full marks are of "
        "high, faint ones of low confidence. Nothing is drawn where the ledger gives no basis.",
        alt=f"Eleven small panels, one a variable, with pairs of dots for six epochs from 1985 to 2010 on a scale "
        f"from 0 to 1. The highest level in 2010 is that of {name(top)}, {last[top]:.1f}.",
        data=table,
        draw=draw,
        sources=("scores_a", "scores_b"),
    )


def _passes(axes: Axes, frame: pd.DataFrame, code: str) -> None:
    colour = TERMS[code].colour
    for year, cell in frame.groupby("year"):
        places = int(year) + cell["coder"].map({"a": -0.8, "b": 0.8})
        axes.plot(places, cell["level"], color=colour, lw=1)
        for x, level, trust in zip(places, cell["level"], cell["confidence"], strict=True):
            axes.plot(x, level, "o", ms=4.6, mfc=style.PAPER, mec=colour, mew=0.9)
            axes.plot(x, level, "o", ms=4.6, color=colour, alpha=_FILL[trust], mew=0)
    words = (
        sentence(code).replace("-oriented public", "").replace("-capability upgrading", "").replace(" upgrading", "")
    )
    axes.set_title(f"{code}  {words}", fontsize=8.5)
    axes.set(ylim=(-0.08, 1.08), yticks=(0, 0.5, 1), xlim=(1982, 2013))
    axes.set_xticks((1990, 2000, 2010), ("1990", "2000", "2010"))
    axes.grid(axis="y")


def _confidence_key(axes: Axes) -> None:
    for y, (trust, alpha) in zip((0.8, 0.5, 0.2), _FILL.items(), strict=True):
        axes.plot(1986, y, "o", ms=5, mfc=style.PAPER, mec=style.MUTED, mew=0.9)
        axes.plot(1986, y, "o", ms=5, color=style.MUTED, alpha=alpha, mew=0)
        axes.text(1989, y, f"{trust} confidence", va="center", fontsize=8)
