"""Figures of appendices 2 to 4: what the analysis of a questionnaire returns, on simulated answers.

Nobody has answered the questionnaires. Each figure says in its title that its answers are simulated.
"""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from gumlib.data import sorting
from gumlib.errors import one_of
from gumlib.evidence.wording import of_all
from gumlib.figures import a4_interviews, style
from gumlib.figures.a_parts import AIM, NOBODY, colour_of, curves, key, variables
from gumlib.figures.card import Figure
from gumlib.survey import Instrument, instrument, levels, simulation
from gumlib.survey import reliability as scales
from gumlib.survey import sample_size as planning

_SEED = {"ningbo-firms": 20102, "yongkang-firms": 20103}
FIRMS, _DRAWS = 100, 200
_APPENDIX = {"ningbo-firms": "a2", "yongkang-firms": "a3"}
_TRADE = {"ningbo-firms": "Ningbo garments", "yongkang-firms": "Yongkang hardware"}


def reliability(name: str) -> Figure:
    """Omega and alpha of each variable with their intervals, on simulated answers.

    Source: our instrument; cronbach1951, mcdonald1999.
    """
    if name == "interview":
        return a4_interviews.reliability()
    given = simulation.respondents(_form(name), FIRMS, seed=_SEED[name])
    table = scales.alpha_and_omega(given, seed=_SEED[name], draws=_DRAWS).round(6)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.9)
        for place, row in enumerate(frame.to_dict("records")):
            colour = colour_of(row["variable"])
            axes.plot([row["omega_low"], row["omega_high"]], [place - 0.13] * 2, color=colour, lw=2.2)
            axes.plot(row["omega"], place - 0.13, "o", color=colour, ms=6)
            axes.plot([row["alpha_low"], row["alpha_high"]], [place + 0.2] * 2, color=style.MUTED, lw=1.1)
            axes.plot(row["alpha"], place + 0.2, "o", mfc=style.PAPER, mec=style.MUTED, ms=4.5)
        variables(axes, frame["variable"].tolist())
        low = min(0.4, float(frame[["omega_low", "alpha_low"]].min(axis=None)) - 0.03)
        axes.axvline(scales.CUSTOMARY, color=style.MUTED, lw=0.8, ls=(0, (4, 3)), zorder=0)
        axes.text(scales.CUSTOMARY + 0.008, -0.85, "customary floor", va="center", fontsize=8, color=style.MUTED)
        axes.set(xlim=(low, 1.0), xlabel="Reliability of the mean of four items, from 0 to 1")
        key(axes, low)
        return page

    values = table["omega"]
    return Figure(
        id=f"fig-{_APPENDIX[name]}-reliability",
        title=f"{_TRADE[name]}: reliability of the variables, simulated answers",
        caption=f"{NOBODY} {FIRMS} firms. Filled: McDonald's omega of one factor, with its 95 % interval over "
        "resamples of the firms. Open: Cronbach's alpha with Feldt's interval. Each variable has four items, one "
        "of them reverse. How high they lie follows from the loadings we assumed. In the field, a variable far "
        "below the others is one whose items do not belong together.",
        alt=f"Eleven rows, one a variable, each with two dots and bars. Omega runs from {values.min():.2f} to "
        f"{values.max():.2f}; alpha lies close below it everywhere. The bars are about "
        f"{(table['omega_high'] - table['omega_low']).mean():.2f} wide.",
        data=table,
        draw=draw,
        seed=_SEED[name],
    )


def recovered(name: str) -> Figure:
    """Levels planted in simulated answers against the levels found in them, with intervals (our instrument)."""
    if name == "interview":
        return a4_interviews.recovered()
    given = simulation.respondents(_form(name), FIRMS, seed=_SEED[name])
    found = levels.estimate_levels(given, seed=_SEED[name])
    found = found.assign(planted=found["variable"].map(simulation.planted(_form(name), _SEED[name]))).round(6)
    table = sorting.ordered(found, "planted", falling=("planted",)).reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.9)
        for place, row in enumerate(frame.to_dict("records")):
            colour = colour_of(row["variable"])
            hit = row["low"] <= row["planted"] <= row["high"]
            axes.plot([row["low"], row["high"]], [place] * 2, color=colour, lw=2.2)
            axes.plot(row["level"], place, "o", ms=6, mec=colour, mfc=colour if hit else style.PAPER)
            axes.vlines(row["planted"], place - 0.36, place + 0.36, color=style.INK, lw=1.3)
        variables(axes, frame["variable"].tolist())
        axes.set(xlim=(0, 1), xticks=[0, 0.25, 0.5, 0.75, 1], xlabel="Level, from 0 to 1")
        axes.plot([0.02, 0.10], [-0.85] * 2, color=style.MUTED, lw=2.2)
        axes.plot(0.06, -0.85, "o", color=style.MUTED, ms=6)
        axes.text(0.115, -0.85, "found, 95 % interval", va="center", fontsize=8)
        axes.vlines(0.38, -1.2, -0.5, color=style.INK, lw=1.3)
        axes.text(0.395, -0.85, "planted", va="center", fontsize=8)
        return page

    hits = int(table["planted"].between(table["low"], table["high"]).sum())
    width = (table["high"] - table["low"]).mean()
    return Figure(
        id=f"fig-{_APPENDIX[name]}-recovered",
        title=f"{_TRADE[name]}: planted and recovered levels, simulated answers",
        caption=f"{NOBODY} {FIRMS} firms answered at levels that were planted; the analysis was not told them. Dots: "
        "the levels it found. Bars: 95 % intervals, from resampled firms. Strokes: the planted levels. "
        "An open dot is a variable whose bar does not hold the planted level; of twenty bars, one should not.",
        alt=f"Eleven rows, one a variable, from a planted level of {table['planted'].max():.1f} down to "
        f"{table['planted'].min():.1f}, each with a dot and a bar at the level found and a stroke at the planted one. "
        f"The stroke is held by {of_all(hits, len(table), 'bar')}; the bars are about {width:.2f} wide.",
        data=table,
        draw=draw,
        seed=_SEED[name],
    )


def sample_size(name: str) -> Figure:
    """Half-width of the interval of a level against the number of firms, simulated and by the formula.

    Source: our instrument; cochran1977.
    """
    if name == "interview":
        return a4_interviews.sample_size()
    table = planning.survey_widths(_form(name), seed=_SEED[name]).round(6)
    enough, mean = (planning.needed(table, AIM, column) for column in ("upper", "half_width"))
    formula = planning.formula(float(table["deviation"].iloc[0]), AIM)

    return Figure(
        id=f"fig-{_APPENDIX[name]}-sample-size",
        title=f"{_TRADE[name]}: firms needed for an interval of ±{AIM:g}, simulated answers",
        caption=f"{NOBODY} Every level is the middle of the scale, where answers differ most. Points: mean half-width "
        "over simulated surveys and variables. Upper line: nine intervals of ten are narrower. Dashed: the formula "
        "for a large population, which takes the spread of the answers as known. Firms that answer alike because they "
        "share a township need more; firms drawn from a small population need fewer.",
        alt=f"Falling curves of half-width against {table['firms'].min()} to {table['firms'].max()} firms. "
        f"The mean is within {AIM:g} from {mean} firms on; "
        f"nine intervals of ten are within it from {enough} firms. The formula asks for {formula}.",
        data=table,
        draw=lambda frame: curves(frame, "firms", "Firms that answer"),
        seed=_SEED[name],
    )


def _form(name: str) -> Instrument:
    return instrument(one_of(name, (*_APPENDIX, "interview"), "figures", "name"))
