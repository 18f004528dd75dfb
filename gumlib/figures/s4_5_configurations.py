"""Figures of section 4.5: which factors come together where upgrading is high, and which are necessary."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.cases.compare import configurations
from gumlib.figures import style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.terms import FACTORS, TERMS, short

_SIZE = {"all": 13.0, "some": 9.5, "none": 5.5}
_FIT = {"consistency": "Consistency", "pri": "PRI", "coverage": "Coverage", "unique": "of it unique"}
_HEADS = {"U": "Index", "T": "Technical", "N": "Innovation", "X": "Outside", "K": "Social"}


def chart() -> Figure:
    """Configuration chart: the intermediate solutions for the index and for each way.

    Source: C03, C04, C08; signs after ragin2008, core and periphery after fiss2011.
    """
    table = configurations.chart()
    table["held by"] = [
        "" if row.state == "either" else "all" if row.held == row.models else "some" if row.held else "none"
        for row in table.itertuples()
    ]

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.9, bare=True)
        paths = frame.drop_duplicates(["outcome", "path"])
        paths = paths.assign(place=0.35 + style.spaced(paths["outcome"], 0.35))
        for row in paths.itertuples():
            _path(axes, row.place, frame[(frame["outcome"] == row.outcome) & (frame["path"] == row.path)])
        _sides(axes)
        _heads(axes, paths)
        _legend(axes)
        axes.set(xlim=(-4.1, paths["place"].iloc[-1] + 0.6), ylim=(len(FACTORS) + len(_FIT) + 0.75, -1.9))
        return page

    told = [
        f"{TERMS[str(outcome)].name}, path {path}: {_told(part)}"
        for (outcome, path), part in table.groupby(["outcome", "path"], sort=False)
    ]
    return Figure(
        id="fig-4-5-configurations",
        title="Which factors come together where upgrading is high",
        caption="Each column is one path of the intermediate solution. A disc: the factor is present; an empty place: "
        "it may "
        "be present or not. Large discs stand in every shortest formula, middle ones only in some that tie, small "
        "ones in none. No path asks for the absence of a factor.",
        alt=f"A chart with six factors as rows and {len(told)} paths as columns. {'; '.join(told)}.",
        data=table.drop(columns="cases"),
        draw=draw,
        sources=TWO_PASSES,
    )


def _path(axes: Axes, place: float, part: pd.DataFrame) -> None:
    for row in part.itertuples():
        y = FACTORS.index(row.condition)
        colour = TERMS[row.condition].colour
        size = _SIZE.get(part.loc[row.Index, "held by"], 0.0)
        if row.state == "present":
            axes.plot(place, y, "o", color=colour, ms=size, mew=0)
        elif row.state == "absent":
            axes.plot(place, y, "o", mfc="none", mec=colour, ms=size, mew=1.3)
            axes.plot(place, y, "x", color=colour, ms=size * 0.55, mew=1.3)
    for y, measure in enumerate(_FIT, start=len(FACTORS)):
        axes.text(place, y, f"{part[measure].iloc[0]:.2f}", ha="center", va="center", fontsize=8.5)


def _sides(axes: Axes) -> None:
    """Names of the rows: factors, then measures of fit."""
    for row, code in enumerate(FACTORS):
        axes.text(-0.65, row, f"{short(code)}  {code}", ha="right", va="center")
        axes.axhline(row + 0.5, color=style.RULE, lw=0.5)
    for row, label in enumerate(_FIT.values(), start=len(FACTORS)):
        axes.text(-0.65, row, label, ha="right", va="center", color=style.MUTED, fontsize=8.5)


def _heads(axes: Axes, paths: pd.DataFrame) -> None:
    """Names of the outcomes, each over its paths."""
    for outcome, places in paths.groupby("outcome", sort=False)["place"]:
        axes.text(places.mean(), -1.35, _HEADS[outcome], ha="center", fontweight="bold")
        axes.text(places.mean(), -0.85, f"({outcome})", ha="center", va="center", color=style.MUTED)
        axes.plot([places.min() - 0.4, places.max() + 0.4], [-0.6, -0.6], color=style.INK, lw=1.0)


def _told(part: pd.DataFrame) -> str:
    """A path in words: its term, its core conditions, its fit."""
    core = " ".join(part.loc[part["held by"] == "all", "condition"]) or "none"
    first = part.iloc[0]
    return f"{first['term']}, core {core}, consistency {first['consistency']:.2f}, coverage {first['coverage']:.2f}"


def _legend(axes: Axes) -> None:
    y = len(FACTORS) + len(_FIT) + 0.2
    labels = {"all": "in every shortest formula", "some": "in some", "none": "in none"}
    for x, (kind, label) in zip((0.0, 3.3, 5.0), labels.items(), strict=True):
        axes.plot(x, y, "o", color=style.MUTED, ms=_SIZE[kind], mew=0)
        axes.text(x + 0.25, y, label, va="center", fontsize=8.5)


def necessity() -> Figure:
    """Every factor and governance as necessary for a high index, beside the bare date."""
    table = configurations.necessity()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.3)
        shown = frame[~frame["condition"].str.startswith("~")].reset_index(drop=True)
        for y, row in shown.iterrows():
            colour = style.INK if row["condition"] == "late" else TERMS[row["condition"]].colour
            absence = frame.loc[frame["condition"] == f"~{row['condition']}", "consistency"]
            axes.axhline(y, color=style.RULE, lw=0.5, zorder=0)
            axes.plot(row["consistency"], y, "o", color=colour, ms=9, mew=0, zorder=3)
            axes.plot(row["relevance"], y, "D", mfc="none", mec=colour, ms=6.5, mew=1.4, zorder=3)
            axes.plot(absence, [y] * len(absence), "x", color=colour, ms=5.5, mew=1.4)
        axes.axvline(0.9, color=style.MUTED, lw=0.9, ls=(0, (4, 3)), zorder=1)
        axes.text(0.895, -0.62, "customary floor 0.9", ha="right", va="center", fontsize=8, color=style.MUTED)
        names = {"late": "Only the date: late", "G": "Governance  G"}
        labels = [names.get(code) or f"{short(code)}  {code}" for code in shown["condition"]]
        style.name_rows(axes, labels)
        axes.set(ylim=(len(shown) + 0.1, -1.0), xlim=(0.25, 1.03), xlabel="Share (0 to 1)")
        _marks(axes, len(shown) - 0.3)
        return page

    known = table[~table["condition"].str.startswith("~")]
    told = ", ".join(f"{row.condition} {row.consistency:.2f} ({row.relevance:.2f})" for row in known.itertuples())
    absent = table.loc[table["condition"].str.startswith("~"), "consistency"].max()
    return Figure(
        id="fig-4-5-necessity",
        title="Is any factor necessary? The date alone does as well",
        caption="Discs: how far case-epochs with a high index lie within those where the factor is high. Crosses: the "
        "same for the factor's absence. Diamonds: relevance, low if nearly every case has the condition. The last row "
        "is a set that knows only the year.",
        alt=f"One row a condition. Consistency as necessary condition, relevance in brackets: {told}. The absence of a "
        f"factor reaches {absent:.2f} at most.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _marks(axes: Axes, y: float) -> None:
    for x, mark, face, size, label in (
        (0.28, "o", style.MUTED, 8, "presence"),
        (0.43, "x", style.MUTED, 5.5, "absence"),
        (0.57, "D", "none", 6, "relevance of presence"),
    ):
        axes.plot(x, y, mark, mfc=face, mec=style.MUTED, ms=size, mew=1.3)
        axes.text(x + 0.02, y, label, va="center", fontsize=8.5, color=style.MUTED)
