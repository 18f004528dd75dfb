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
from gumlib.terms import FACTORS, TERMS, VARIABLES, name, sentence, short

_ROWS = (*FACTORS, "G", "Z", "O")
_MARKS = {1: ("^", "strengthens"), 0: ("o", "states a level"), -1: ("v", "weakens")}
_FILL = {"high": 1.0, "medium": 0.55, "low": 0.15}
_SPAN = (1978, 2026)
"""Years drawn in a chronology: from the first year of reform on."""


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
        page = style.canvas(3.8)
        axes = page.subplots()
        drawn = frame[frame["first"] >= _SPAN[0]]
        peers = drawn.groupby(["factor", "first"])
        size = peers["id"].transform("size")
        step = np.minimum(0.13, 0.84 / size)
        place = drawn["factor"].map({code: n for n, code in enumerate(_ROWS)})
        place = place + (peers.cumcount() - (size - 1) / 2) * step
        for direction, (mark, _) in _MARKS.items():
            for code in _ROWS:
                own = (drawn["factor"] == code) & (drawn["direction"] == direction)
                years = drawn["first"][own].astype(int)
                axes.plot(years, place[own], mark, ms=3.6, mew=0, color=TERMS[code].colour, alpha=0.85)
        _strip(axes)
        return page

    early = int((facts["first"] < _SPAN[0]).sum())
    before = f" {early} dated earlier are in the data only." if early else ""
    return Figure(
        id=f"fig-{section(cluster)}-chronology",
        title=f"{name(cluster)}: dated facts of the ledger",
        caption=f"One mark a fact, at the first year it covers, from {_SPAN[0]} on.{before} An empty stretch means "
        "that no source was found. It does not mean that nothing happened.",
        alt=_chronology_alt(facts),
        data=table,
        draw=draw,
        sources=("ledger",),
    )


def _chronology_alt(facts: pd.DataFrame) -> str:
    periods = pd.cut(facts["first"].astype(int), [0, 1999, 2010, 3000], labels=["before", "to", "after"])
    number = periods.value_counts()
    rows = facts["factor"].value_counts()
    return (
        f"A strip of years with a row for each element: {number['before']} facts before 2000, {number['to']} from "
        f"2000 to 2010, {number['after']} later. The fullest row is {name(rows.index[0])} with {rows.iloc[0]} facts, "
        f"the emptiest {name(rows.index[-1])} with {rows.iloc[-1]}."
    )


def _strip(axes: Axes) -> None:
    """Rows, rules, the year of the book, and the key to the marks."""
    axes.set_yticks(range(len(_ROWS)), [f"{sentence(code)}  {code}" for code in _ROWS])
    axes.set(ylim=(len(_ROWS) - 0.4, -1.3), xlim=(_SPAN[0] - 1, _SPAN[1]))
    axes.hlines(np.arange(0.5, len(_ROWS) - 1), _SPAN[0] - 1, _SPAN[1], color=style.RULE, lw=0.5)
    axes.vlines(2010, -0.6, len(_ROWS) - 0.4, color=style.MUTED, lw=0.8, ls=(0, (4, 3)))
    axes.text(2010.5, -0.95, "2010: the book", fontsize=8, color=style.MUTED, va="center")
    for x, (mark, words) in zip((1978, 1988, 1999), _MARKS.values(), strict=True):
        axes.plot(x, -0.95, mark, ms=4.5, mew=0, color=style.MUTED)
        axes.text(x + 0.8, -0.95, words, fontsize=8, color=style.MUTED, va="center")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


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
        page.supylabel("level: score / 5", fontsize=8.5, color=style.INK)
        return page

    last = evidence.levels().query("cluster == @cluster and year == 2010").set_index("variable")["level"]
    top = ", ".join(name(code) for code in last.index[last == last.max()])
    return Figure(
        id=f"fig-{section(cluster)}-profile",
        title=f"{name(cluster)}: scores of both passes",
        caption="Six factors and governance (L to G), then the four ways (T to K), at six epochs. Left mark of a pair "
        "is the first pass, right mark the second; a line joins them. The fuller the mark, the higher the coder's "
        "confidence. Nothing is drawn where the ledger gives no basis.",
        alt="Eleven small panels, one a variable, with pairs of dots for six epochs from 1985 to 2010 on a scale "
        f"from 0 to 1. The highest level in 2010 is {last.max():.1f}: {top}.",
        data=table,
        draw=draw,
        sources=("scores_a", "scores_b"),
    )


def _passes(axes: Axes, frame: pd.DataFrame, code: str) -> None:
    colour = TERMS[code].colour
    places = frame["year"].astype(int) + frame["coder"].map({"a": -0.8, "b": 0.8})
    for _, cell in frame.groupby("year"):
        if len(cell) > 1:
            axes.plot(places[cell.index], cell["level"], color=colour, lw=1)
    axes.plot(places, frame["level"], "o", ms=4.6, mfc=style.PAPER, mec=colour, mew=0.9)
    for trust, alpha in _FILL.items():
        own = frame["confidence"] == trust
        axes.plot(places[own], frame["level"][own], "o", ms=4.6, color=colour, alpha=alpha, mew=0)
    axes.set_title(f"{code}  {short(code)}", fontsize=8)
    axes.set(ylim=(-0.08, 1.08), yticks=(0, 0.5, 1), xlim=(1982, 2013))
    axes.set_xticks((1990, 2000, 2010), ("1990", "2000", "2010"))
    axes.grid(axis="y")


def _confidence_key(axes: Axes) -> None:
    for y, (trust, alpha) in zip((0.8, 0.5, 0.2), _FILL.items(), strict=True):
        axes.plot(1986, y, "o", ms=5, mfc=style.PAPER, mec=style.MUTED, mew=0.9)
        axes.plot(1986, y, "o", ms=5, color=style.MUTED, alpha=alpha, mew=0)
        axes.text(1989, y, f"{trust} confidence", va="center", fontsize=8)
