"""Verdicts by section, for the summary of a chapter and for the conclusions."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import claims
from gumlib.claims.verdict import EDGE, VERDICTS
from gumlib.evidence.wording import listed
from gumlib.figures import style
from gumlib.figures.card import Figure

_A_LINE = 3


def verdicts(chapter: str = "2", figure: str = "fig-2-6-verdicts") -> Figure:
    """Return the claims of a chapter as chips, by section and verdict; an empty chapter takes them all.

    Parameters
    ----------
    chapter : first number of the sections wanted, such as ``"2"``; ``""`` for the whole book
    figure : id of the figure

    Source: the claims and their stored verdicts.
    """
    table = of_chapter(chapter)
    edges = table["notes"].str.contains(EDGE, na=False)
    data = table[["section", "verdict"]].assign(edge=edges.astype(int)).reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        sections = sorted(frame["section"].unique(), key=lambda section: [int(part) for part in section.split(".")])
        marked = frame.assign(claim_id=frame["claim_id"] + frame["edge"].map({0: "", 1: "*"}))
        cells = marked.groupby(["section", "verdict"])["claim_id"].agg(list)
        heights = [max(-(-len(ids) // _A_LINE) for ids in cells.loc[section]) for section in sections]
        page, axes = style.panel(0.75 + 0.27 * sum(heights) + 0.12 * len(heights))
        y = 0.0
        for section, height in zip(sections, heights, strict=True):
            axes.text(-0.08, y + height / 2, section, ha="right", va="center", fontweight="bold")
            for column, name in enumerate(VERDICTS):
                _chips(axes, cells.get((section, name), []), column, y)
            y += height + 0.45
            axes.axhline(y - 0.225, color=style.RULE, lw=0.6)
        _heads(axes)
        axes.set(xlim=(-0.4, len(VERDICTS)), ylim=(y - 0.2, -1.6))
        style.bare(axes)
        return page

    said = data["verdict"] + data["edge"].map({0: "", 1: f", {EDGE}"})
    lines = "; ".join(
        f"{row.claim_id} ({row.section}) {word}" for row, word in zip(data.itertuples(), said, strict=True)
    )
    where = f"chapter {chapter}" if chapter else "the book"
    return Figure(
        id=figure,
        title=f"Verdicts on the claims of {where}, by section",
        caption="Each chip is a claim, in the row of the section that speaks of its subject and the column of its "
        "verdict. The first three columns are graded; the others say that a test could not decide. A star marks a "
        f"verdict {EDGE}. {counted(table)}",
        alt=f"A grid of sections by verdicts with the ids of the claims. {lines}.",
        data=data,
        draw=draw,
        sources=("claims", "verdicts"),
    )


def of_chapter(chapter: str = "2") -> pd.DataFrame:
    """Return the claims of a chapter as `claims.claims` does; an empty chapter takes them all."""
    table = claims.claims()
    return table[table["section"].str.startswith(f"{chapter}." if chapter else "")]


def counted(table: pd.DataFrame) -> str:
    """Return two sentences: what the tests of some claims could have returned at best, and what they returned."""
    best, same = table["ceiling"], table["ceiling"].eq(table["floor"])
    could, part, never = ((best[~same] == name).sum() for name in ("supported", "partly", "not supported"))
    reach = [f"{f'all {could}' if could == len(table) > 1 else f'{_number(could)} of {_number(len(table))}'} in full"]
    reach += [f"{_number(count)} {how}" for count, how in ((part, "at most in part"), (never, "not at all")) if count]
    idle = f"; for {_number(same.sum())} no result could decide anything" if same.any() else ""
    counts = table["verdict"].value_counts()
    verdicts = [f"{name} for {_number(counts[name])}" for name in VERDICTS if name in counts]
    return f"Tests could have supported {listed(reach)}{idle}. The verdict is {listed(verdicts)}."


def _number(count: int) -> str:
    return {0: "none", 1: "one"}.get(count, str(count))


def _heads(axes: Axes) -> None:
    """Names of the verdicts, each above its column."""
    for column, name in enumerate(VERDICTS):
        axes.text(column + 0.5, -0.35, "\n".join(name.rsplit(" ", 1)), ha="center", va="bottom", fontsize=8.5)


def _chips(axes: Axes, ids: list[str], column: int, y: float) -> None:
    for place, claim in enumerate(ids):
        row, slot = divmod(place, _A_LINE)
        x = column + 0.5 + 0.3 * (slot - (min(len(ids) - row * _A_LINE, _A_LINE) - 1) / 2)
        style.chip(axes, x, y + row + 0.5, 0.26, 0.72, 0.06, fc=style.PALE, ec=style.RULE)
        axes.text(x, y + row + 0.5, claim, ha="center", va="center", fontsize=8)
