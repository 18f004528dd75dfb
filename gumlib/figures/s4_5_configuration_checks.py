"""Figures of section 4.5: how little was observed, and how far a solution hangs on choices."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.cases.compare import configuration_checks, configurations
from gumlib.figures import style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.terms import FACTORS, TERMS

_PLACES = {"every": "every path", "some": "some paths", "none": "no path"}
_SQUARES = {
    "observed, index high\n(number of case-epochs)": ("1", 2, False),
    "observed, index not high": ("0", 1, False),
    "not observed; a shortest\nformula takes it for high": ("?", 0, True),
    "not observed": ("?", 0, False),
}
"""Squares of the key: code, cases, and whether a shortest formula assumes a high index."""


def diversity() -> Figure:
    """All 64 combinations of six factors: which were observed, and which the shortest formulas assume."""
    solved = configurations.solve()
    table = solved.table.drop(columns=["consistency", "pri"]).reset_index()
    table["assumed"] = table["row"].isin(solved.assumed["parsimonious"])
    count = configurations.diversity(solved)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(4.1, bare=True)
        gray = ((0, 0, 0), (0, 0, 1), (0, 1, 1), (0, 1, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1), (1, 0, 0))
        for row in frame.itertuples():
            x, y = gray.index((row.S, row.P, row.D)), gray.index((row.L, row.I, row.E))
            _cell(axes, x, y, row.code, row.cases, row.assumed)
        for place, corner in enumerate(gray):
            for step, (across, down, state) in enumerate(zip("SPD", "LIE", corner, strict=True)):
                _letter(axes, place, -1.72 + 0.42 * step, across, state)
                _letter(axes, -1.72 + 0.42 * step, place, down, state)
        for place, (label, cell) in enumerate(_SQUARES.items()):
            _cell(axes, 8.6, 1.2 + 1.5 * place, *cell)
            axes.text(9.25, 1.2 + 1.5 * place, label, va="center", fontsize=8.5)
        axes.set(xlim=(-2.0, 14.2), ylim=(7.55, -2.0), aspect="equal")
        return page

    return Figure(
        id="fig-4-5-diversity",
        title="How little of the space was seen",
        caption=f"Each square is one of {count['rows']} combinations of high (letter) and low (dot) factors; "
        f"neighbours differ in one. {count['observed']} were observed, {count['positive']} of them with a high index. "
        f"The shortest formulas take {count['parsimonious assumes']} squares for high that nobody has seen.",
        alt=f"A grid of eight by eight squares. {count['observed']} hold numbers: {count['positive']} with a high "
        f"index, where learning, insertion, social capital, policy and dominant enterprises are all high, and "
        f"{count['negative']} without. {count['parsimonious assumes']} empty squares carry a dot: assumed high.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _letter(axes: Axes, x: float, y: float, code: str, state: int) -> None:
    """A factor's letter in its colour if it is high, a dot if it is low."""
    words, ink, weight = (code, style.legible(TERMS[code].colour), "bold") if state else ("·", style.MUTED, "normal")
    axes.text(x, y, words, ha="center", va="center", color=ink, fontweight=weight, fontsize=9)


def _cell(axes: Axes, x: float, y: float, code: str, cases: int, assumed: bool) -> None:
    blue = TERMS["L"].colour
    face = {"1": blue, "0": style.PALE, "?": "none"}[code]
    edge = style.INK if code == "0" else style.RULE if code == "?" else blue
    style.box(axes, x, y, 0.88, 0.88, fc=face, ec=edge, lw=1.0 if code != "?" else 0.7)
    if cases:
        ink = "#ffffff" if code == "1" else style.INK
        axes.text(x, y, str(cases), ha="center", va="center", color=ink, fontweight="bold", fontsize=9)
    elif assumed:
        axes.plot(x, y, "o", color=blue, ms=3.5, mew=0)


def robustness() -> Figure:
    """The intermediate solution for the index when one choice at a time is changed."""
    table = configuration_checks.variants()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(5.6)
        places = 1 + style.spaced(frame["kind"], 0.5)
        for y, row in zip(places, frame.to_dict("records"), strict=True):
            axes.axhline(y, color=style.RULE, lw=0.5, zorder=0)
            for x, code in enumerate(FACTORS):
                _mark(axes, x, y, code, str(row[code]))
            axes.text(6.15, y, str(row["models"]), ha="center", va="center", fontsize=8.5)
            axes.text(7.35, y, f"{row['rows']}", ha="center", va="center", fontsize=8.5)
        axes.set_yticks(places, list(map(style.capital, frame["variant"])))
        axes.set_xticks([*range(6), 6.15, 7.35], [*FACTORS, "shortest\nformulas", "rows\nseen"])
        axes.xaxis.tick_top()
        style.frameless(axes)
        axes.set(ylim=(places[-1] + 1.9, 0.3), xlim=(-0.5, 7.9))
        _key(axes, places[-1] + 1.4)
        return page

    changed = table[1:]
    same = int(changed["same"].sum())
    whole = {code: int((changed[code] == "every").sum()) for code in FACTORS}
    told = ", ".join(f"{code} {number}" for code, number in whole.items())
    return Figure(
        id="fig-4-5-robustness",
        title="Does the solution hold?",
        caption="The intermediate solution for a high index with one choice changed at a time: it is the same in "
        f"{same} of {len(changed)}. At the right: how many shortest formulas tie, and how many of {2 ** len(FACTORS)} "
        "combinations were seen.",
        alt=f"A row for each of {len(table)} variants, a column for each factor. The solution is unchanged in {same} "
        f"of {len(changed)} changed variants. Number of these in which a factor stands in every path: {told}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _key(axes: Axes, y: float) -> None:
    """What the marks say, on one line."""
    for x, place in ((-0.3, "every"), (2.0, "some"), (4.4, "none")):
        _mark(axes, x, y, None, place)
        axes.text(x + 0.25, y, f"in {_PLACES[place]}", va="center", fontsize=8.5, color=style.MUTED)


def _mark(axes: Axes, x: float, y: float, code: str | None, place: str) -> None:
    colour = TERMS[code].colour if code else style.MUTED
    if place == "every":
        axes.plot(x, y, "o", color=colour, ms=8, mew=0)
    elif place == "some":
        axes.plot(x, y, "o", mfc="none", mec=colour, ms=7.5, mew=1.5)
    elif place == "absent":
        axes.plot(x, y, "x", color=colour, ms=6.5, mew=1.5)
    else:
        axes.plot(x, y, "o", color=style.RULE, ms=2.5, mew=0)
