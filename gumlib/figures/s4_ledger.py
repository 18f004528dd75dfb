"""Figures of chapter 4: what the ledger tells of a cluster, and how it was coded."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import cases, evidence
from gumlib.cases import Case
from gumlib.cases.reports import Place, last_scored
from gumlib.evidence.wording import listed, of_all
from gumlib.figures import style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.figures.s4_map import cluster_title, section_id
from gumlib.terms import FACTORS, TERMS, VARIABLES, name, sentence, short

_ROWS = (*FACTORS, "G", "Z", "O")
_MARKS = {1: ("^", "strengthens"), 0: ("o", "states a level"), -1: ("v", "weakens")}
_FILL = {"high": 1.0, "medium": 0.55, "low": 0.15}
_SPAN = (1978, 2026)
"""Years drawn in a chronology: from the first year of reform on."""
_APART = 0.032
"""How far the first and the last pass stand from their year, as a share of the years drawn."""
_KEY, _YEAR = -1.75, -0.95
"""Heights of the key to the marks and of the year that matters, above the rows from 0 on."""


def chronology(cluster: Place) -> Figure:
    """Dated facts of a cluster by year, element and direction."""
    own = not isinstance(cluster, str)
    facts = (evidence.ledger(cluster) if isinstance(cluster, str) else cluster.ledger).dropna(subset=["first"])
    end = 2010 if isinstance(cluster, str) else last_scored(cluster)
    span = _SPAN if isinstance(cluster, str) else _own_span(cluster, facts, end)
    table = facts.reset_index()[["id", "first", "last", "factor", "direction", "statement", "source_key"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.8)
        drawn = frame[frame["first"] >= span[0]]
        peers = drawn.groupby(["factor", "first"])
        size = peers["id"].transform("size")
        place = drawn["factor"].map(_ROWS.index) + (peers.cumcount() - (size - 1) / 2) * np.minimum(0.13, 0.84 / size)
        for direction, (mark, _) in _MARKS.items():
            for code in _ROWS:
                here = (drawn["factor"] == code) & (drawn["direction"] == direction)
                years = drawn["first"][here].astype(int)
                axes.plot(years, place[here], mark, ms=3.6, mew=0, color=TERMS[code].colour, alpha=0.85)
        _strip(axes, span, _KEY if end else _YEAR)
        if end:
            _ruler(axes, span, f"{end}: {'last scores' if own else 'the book'}", end)
        return page

    early = int((facts["first"] < span[0]).sum())
    before = f" {early} dated earlier {'is' if early == 1 else 'are'} in the data only." if early else ""
    return Figure(
        id=f"fig-{section_id(cluster)}-chronology",
        title=f"{cluster_title(cluster)}: dated facts of the ledger",
        caption=f"Each mark is one fact, at the first year it covers, from {span[0]} on.{before} What to see: in "
        "which years and on which elements sources report most, and in which a rise or a fall. An empty stretch "
        "means that no source was found. It does not mean that nothing happened.",
        alt=_chronology_alt(facts, end or span[1]),
        data=table,
        draw=draw,
        sources=() if own else ("ledger",),
    )


def _own_span(case: Case, facts: pd.DataFrame, end: int | None) -> tuple[int, int]:
    """Years drawn for a case of the reader's own: at most forty before the first epoch."""
    earliest, last = int(facts["first"].min()), int(facts["last"].max())
    first = max(earliest, case.years[0] - 40) if case.years else earliest
    return first - 1, max(last, end or last, first + 10) + 2


def _chronology_alt(facts: pd.DataFrame, end: int) -> str:
    bounds = [0, end - 11, end, 3000]
    periods = pd.cut(facts["first"].astype(int), bounds, labels=["before", "to", "after"])
    number = periods.value_counts()
    rows = facts["factor"].value_counts()
    rows = rows.reindex([*rows.index, *(code for code in _ROWS if code not in rows)], fill_value=0)
    return (
        f"A strip of years with a row for each element: {number['before']} facts before {end - 10}, "
        f"{number['to']} from {end - 10} to {end}, {number['after']} later. "
        f"The fullest row is {name(rows.index[0])} with {rows.iloc[0]} facts, "
        f"the emptiest {name(rows.index[-1])} with {rows.iloc[-1]}."
    )


def _strip(axes: Axes, span: tuple[int, int], key: float) -> None:
    """Rows, rules, and the key to the marks on a line of its own, at the height `key`."""
    style.name_rows(axes, [f"{sentence(code)}  {code}" for code in _ROWS])
    axes.set(ylim=(len(_ROWS) - 0.4, key - 0.4), xlim=(span[0] - 1, span[1]))
    axes.hlines(np.arange(0.5, len(_ROWS) - 1), span[0] - 1, span[1], color=style.RULE, lw=0.5)
    unit = (span[1] - span[0]) / (_SPAN[1] - _SPAN[0])
    for years, (mark, meaning) in zip((0, 10, 21), _MARKS.values(), strict=True):
        x = span[0] + years * unit
        axes.plot(x, key, mark, ms=4.5, mew=0, color=style.MUTED)
        axes.text(x + 0.8 * unit, key, meaning, fontsize=8, color=style.MUTED, va="center")
    axes.locator_params(axis="x", integer=True)


def _ruler(axes: Axes, span: tuple[int, int], words: str, end: int) -> None:
    """Mark the year that matters; its words stand below the key, on the side with room."""
    axes.vlines(end, _YEAR - 0.25, len(_ROWS) - 0.4, color=style.MUTED, lw=0.8, ls=(0, (4, 3)))
    unit = (span[1] - span[0]) / (_SPAN[1] - _SPAN[0])
    left = end + 10 * unit > span[1]
    x = end + (-0.5 if left else 0.5) * unit
    axes.text(x, _YEAR, words, fontsize=8, color=style.MUTED, va="center", ha="right" if left else "left")


def profile(cluster: Place) -> Figure:
    """Scores of a cluster by variable and epoch, both passes, with their confidence (C14, C18)."""
    own = not isinstance(cluster, str)
    case = cases.load(cluster) if isinstance(cluster, str) else cluster
    table = case.scores.assign(cluster=case.name).dropna(subset=["score"])
    table = table.assign(level=table["score"].astype(float) / evidence.TOP_SCORE)
    table = table[["cluster", "year", "variable", "coder", "score", "level", "confidence"]]
    coders = sorted(set(table["coder"]))
    places = dict(zip(coders, np.linspace(-_APART, _APART, len(coders)) if len(coders) > 1 else [0.0], strict=True))

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.4)
        panels = page.subplots(3, 4, sharex=True, sharey=True).ravel()
        for axes, code in zip(panels, VARIABLES, strict=False):
            _passes(axes, frame[frame["variable"] == code], code, case.years, places)
        panels[-5].tick_params(labelbottom=True)
        _confidence_key(style.bare(panels[-1]))
        page.supylabel("level: score / 5", fontsize=8.5)
        return page

    end = int(table["year"].max())
    last = case.levels.query("year == @end").set_index("variable")["level"].round(9)
    passes, pair, groups = _told(coders)
    top = last.index[last == last.max()]
    return Figure(
        id=f"fig-{section_id(cluster)}-profile",
        title=f"{cluster_title(cluster)}: scores of {passes}",
        caption=f"Six factors and governance (L to G), then the four ways (T to K), "
        f"at {_count(len(case.years), 'epoch')}. {pair}The fuller the mark, the higher the "
        f"confidence in the score. Nothing is drawn where the ledger gives no basis.{'' if own else _higher(case)}",
        alt=f"Eleven small panels, one a variable, with {groups}dots for "
        f"{_count(len(case.years), 'epoch')} from {case.years[0]} to {end} on a scale "
        f"from 0 to 1. The highest level in {end} is {last.max():.1f}: {listed(map(name, top))}.",
        data=table,
        draw=draw,
        sources=() if own else TWO_PASSES,
    )


def _higher(case: Case) -> str:
    """Say how many variables end higher than they begin."""
    scored = case.levels.set_index(["year", "variable"])["level"].unstack("year").dropna(how="all")
    rise = (scored.ffill(axis=1).iloc[:, -1] > scored.bfill(axis=1).iloc[:, 0]).sum()
    return f" Higher at the last score than at the first: {of_all(int(rise), len(scored), 'variable')}."


def _told(coders: list[str]) -> tuple[str, str, str]:
    """Say whose scores are drawn, how their marks stand, and what they are grouped in."""
    if len(coders) == 1:
        return "one pass", "", ""
    if len(coders) == 2:
        how = "Left mark of a pair is the first pass, right mark the second; a line joins them. "
        return "both passes", how, "pairs of "
    how = f"Marks beside each other are the passes {listed(coders)}, from left to right; a line joins them. "
    return _count(len(coders), "pass"), how, "groups of "


def _count(number: int, what: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    plural = "" if number == 1 else "es" if what.endswith("s") else "s"
    return f"{words[number] if number < len(words) else number} {what}{plural}"


def _passes(axes: Axes, frame: pd.DataFrame, code: str, years: tuple[int, ...], offsets: Mapping[str, float]) -> None:
    """Scores of one variable; each pass stands a little aside, by a share of the years drawn."""
    colour = TERMS[code].colour
    span = max(years[-1] - years[0], 5)
    places = frame["year"].astype(int) + frame["coder"].map(offsets).astype(float) * span
    if frame.empty:
        style.absent(axes)
    for _, cell in frame.groupby("year"):
        if len(cell) > 1:
            axes.plot(places[cell.index], cell["level"], color=colour, lw=1)
    axes.plot(places, frame["level"], "o", ms=4.6, mfc=style.PAPER, mec=colour, mew=0.9)
    for trust, alpha in _FILL.items():
        own = frame["confidence"] == trust
        axes.plot(places[own], frame["level"][own], "o", ms=4.6, color=colour, alpha=alpha, mew=0)
    axes.set_title(f"{code}  {short(code)}", fontsize=8)
    axes.set(ylim=(-0.08, 1.08), yticks=(0, 0.5, 1), xlim=(years[0] - 0.12 * span, years[0] + 1.12 * span))
    axes.set_xticks(_ticks(years))
    axes.grid(axis="y")


def _ticks(years: tuple[int, ...]) -> list[int]:
    """Three years at most, the last among them."""
    return list(years[::-1][:: max(2, -(-len(years) // 3))][::-1]) if len(years) > 3 else list(years)


def _confidence_key(axes: Axes) -> None:
    for y, (trust, alpha) in zip((0.8, 0.5, 0.2), _FILL.items(), strict=True):
        axes.plot(0.06, y, "o", transform=axes.transAxes, ms=5, mfc=style.PAPER, mec=style.MUTED, mew=0.9)
        axes.plot(0.06, y, "o", transform=axes.transAxes, ms=5, color=style.MUTED, alpha=alpha, mew=0)
        axes.text(0.16, y, f"{trust} confidence", transform=axes.transAxes, va="center", fontsize=8)
