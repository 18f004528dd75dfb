"""Figures of appendix 4: what the analysis of coded interviews returns, on simulated interviews."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.evidence import RELIABLE
from gumlib.evidence.wording import of_all
from gumlib.figures import style
from gumlib.figures.a_parts import AIM, NOBODY, colour_of, curves, variables
from gumlib.figures.card import Figure
from gumlib.survey import instrument, interviews
from gumlib.survey import sample_size as planning
from gumlib.terms import short

_SEED, COUNT = 20104, 15
_GRID = (5, 6, 8, 10, 12, 15, 20, 25, 30, 40)


def reliability() -> Figure:
    """Krippendorff's alpha between simulated interviews, by variable (our instrument; krippendorff2004)."""
    found = interviews.alpha_between(interviews.simulated(instrument("interview"), COUNT, seed=_SEED))
    table = found[found["variable"] != "all"].reset_index(drop=True).round(6)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.7)
        for place, row in enumerate(frame.to_dict("records")):
            axes.plot([row["low"], row["high"]], [place] * 2, color=colour_of(row["variable"]), lw=2.2)
            axes.plot(row["alpha"], place, "o", color=colour_of(row["variable"]), ms=6)
        variables(axes, frame["variable"].tolist())
        axes.axvline(RELIABLE, color=style.MUTED, lw=0.8, ls=(0, (4, 3)), zorder=0)
        axes.text(RELIABLE - 0.01, -0.85, "customary floor", va="center", ha="right", fontsize=8, color=style.MUTED)
        low = min(0.0, float(frame["low"].min()) - 0.03)
        axes.set(xlim=(low, 1.0), xlabel="Krippendorff's alpha between interviews (0 chance, 1 full agreement)")
        return page

    below = int((table["alpha"] < RELIABLE).sum())
    return Figure(
        id="fig-a4-reliability",
        title="Interviews: how far they agree, simulated answers",
        caption=f"{NOBODY} {COUNT} interviews, each coded by one person on the anchors of the codebook at four times. "
        "Bars: 95 % intervals by the jackknife over interviews. How far they agree follows from the noise we assumed; "
        f"what the figure tells is how little {COUNT} interviews say of it for a single variable.",
        alt=f"Eleven rows with a dot and a bar. Alpha runs from {table['alpha'].min():.2f} to "
        f"{table['alpha'].max():.2f}; below the customary floor of {RELIABLE}: {of_all(below, len(table), 'dot')}.",
        data=table,
        draw=draw,
        seed=_SEED,
    )


def recovered() -> Figure:
    """Levels planted in simulated interviews against the levels found, by variable and time (our instrument)."""
    form = instrument("interview")
    found = interviews.interview_levels(interviews.simulated(form, COUNT, seed=_SEED))
    planted = interviews.planted(form, _SEED).rename(columns={"level": "planted"})
    table = found.merge(planted, on=["variable", "time"]).round(6)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.4)
        panels = page.subplots(3, 4, sharex=True, sharey=True).ravel()
        for axes, (_, part) in zip(panels, frame.groupby("variable", sort=False), strict=False):
            _path(axes, part.reset_index(drop=True))
        last = style.bare(panels[-1])
        last.plot([0, 0.6], [0.7, 0.7], color=style.INK, lw=1.1)
        last.text(0.9, 0.7, "planted", va="center", fontsize=8)
        last.plot([0.3, 0.3], [0.15, 0.45], color=style.MUTED, lw=2)
        last.plot(0.3, 0.3, "o", ms=5, color=style.MUTED)
        last.text(0.9, 0.3, "found, 95 %", va="center", fontsize=8)
        page.supylabel("Level, from 0 to 1", fontsize=8.5)
        return page

    hits = int(table["planted"].between(table["low"], table["high"]).sum())
    return Figure(
        id="fig-a4-recovered",
        title="Interviews: planted and recovered levels, simulated answers",
        caption=f"{NOBODY} {COUNT} interviews. Line: the levels planted at four times. Dots and bars: the levels "
        "found, with 95 % intervals over interviews. An open dot is one whose bar does not hold the planted level; "
        "of twenty, one should be.",
        alt=f"Eleven small panels with a rising line and four dots with bars near it. The planted level "
        f"is held by {of_all(hits, len(table), 'bar')}.",
        data=table,
        draw=draw,
        seed=_SEED,
    )


def sample_size() -> Figure:
    """Half-width of the interval of a level against the number of interviews (our instrument; cochran1977)."""
    table = interviews.interview_widths(instrument("interview"), seed=_SEED, grid=_GRID).round(6)
    enough, mean = (planning.needed(table, AIM, column) for column in ("upper", "half_width"))

    return Figure(
        id="fig-a4-sample-size",
        title=f"Interviews needed for an interval of ±{AIM:g}, simulated answers",
        caption=f"{NOBODY} Points: mean half-width over simulated sets of interviews, variables and times; a fifth "
        "of the subjects is not spoken of. Upper line: nine intervals of ten are narrower. Dashed: the formula, "
        "which takes the spread between interviews as known.",
        alt=f"Falling curves of half-width against {table['firms'].min()} to {table['firms'].max()} "
        f"interviews. The mean is within {AIM:g} from {mean} interviews on, nine intervals of ten from {enough}.",
        data=table,
        draw=lambda frame: curves(frame, "interviews", "Interviews held"),
        seed=_SEED,
    )


def _path(axes: Axes, part: pd.DataFrame) -> None:
    code = part["variable"].iloc[0]
    colour = colour_of(code)
    axes.plot(part.index, part["planted"], color=style.INK, lw=1.1, zorder=3)
    axes.vlines(part.index, part["low"], part["high"], color=colour, lw=2)
    for place, row in part.iterrows():
        hit = row["low"] <= row["planted"] <= row["high"]
        axes.plot(place, row["level"], "o", ms=5, mec=colour, mfc=colour if hit else style.PAPER)
    axes.set_title(f"{code}  {short(code)}", fontsize=8)
    axes.set(ylim=(0, 1), yticks=(0, 0.5, 1), xlim=(-0.5, 3.5))
    axes.set_xticks(range(len(part)), part["time"].tolist(), fontsize=7)
    axes.grid(axis="y")
