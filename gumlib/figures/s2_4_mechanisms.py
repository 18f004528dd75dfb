"""Figures of section 2.4: mechanisms set going alone, in pairs and together; insertion in a captive chain."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.dynamics import MODELS
from gumlib.dynamics.experiments import lasting_push
from gumlib.dynamics.experiments.lasting_push import DRAWS, MIDDLE_PUSH, PUSHED_YEARS, SEED
from gumlib.figures import multiples, style, words
from gumlib.figures.card import Figure
from gumlib.terms import BASIC, TERMS, WAY_OF, WAYS

NAMED = {name: words.model(name) for name in MODELS}
WHEN = f"{DRAWS} draws from our ranges, push of {MIDDLE_PUSH:g} a year for {PUSHED_YEARS:.0f} years."
FACTORS_NAMED = f"Factors: {'; '.join(f'{code} {TERMS[code].name}' for code in BASIC)}."
WAYS_NAMED = f"Ways: {'; '.join(f'{code} {TERMS[code].name}' for code in WAYS)}."


def alone() -> Figure:
    """Median effect of a push on one factor on each way, for the model and its rivals (our formalisation; C09)."""
    effects = pd.concat({NAMED[model]: lasting_push.effects(model).loc[list(BASIC), list(WAYS)] for model in MODELS})
    middle = effects.groupby(level=[0, 1], sort=False).median().round(6).rename_axis(["model", "pushed"])
    data = middle.rename_axis(columns="way").stack().rename("median effect").reset_index()
    data.insert(3, "own", data["pushed"].map(WAY_OF) == data["way"])

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.3)
        for axes, part in multiples.panels(page, frame.groupby("model", sort=False), 2, 3, style.capital):
            _grid(axes, part)
        for axes in page.axes[::3]:
            axes.set_ylabel("Factor pushed")
        for axes in page.axes[3:]:
            axes.set_xlabel("Way")
        return page

    own = data[data["own"]].groupby("model")["median effect"].mean()
    other = data[~data["own"]].groupby("model")["median effect"].mean()
    told = "; ".join(f"{name}, {own[name]:.3f} against {other[name]:.3f}" for name in NAMED.values())
    return Figure(
        id="fig-2-4-alone",
        title="One mechanism alone: which ways rise?",
        caption="Effect of a lasting push on one basic factor (rows) on each way (columns), median over draws. Its own "
        f"way is framed. {WHEN} The own way rises most in every model, also where no factor acts on another. "
        f"{FACTORS_NAMED} {WAYS_NAMED}",
        alt="Six grids of four factors by four ways, one for each model, with a number in each cell. Mean of the four "
        f"own ways against the mean of the twelve others: {told}.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def _grid(axes: Axes, part: pd.DataFrame) -> None:
    for _, row in part.iterrows():
        x, y = WAYS.index(row["way"]), BASIC.index(row["pushed"])
        shade = float(np.clip(row["median effect"] / 0.15, 0, 1)) * 0.7
        cell(axes, x, y, TERMS[row["pushed"]].colour, shade, f"{row['median effect']:.2f}", 1.4 * row["own"], 8.5)
    axes.set(xlim=(-0.55, 3.55), ylim=(3.55, -0.55))
    axes.set_xticks(range(4), list(WAYS))
    axes.set_yticks(range(4), list(BASIC))
    style.frameless(axes)


def cell(axes: Axes, x: int, y: int, colour: str, shade: float, words: str, frame: float, fontsize: float) -> None:
    """Draw a shaded cell of a grid with a number in it; one in a frame of some width stands out in bold."""
    style.box(axes, x, y, 0.94, 0.92, fc=colour, alpha=shade, ec="none")
    if frame:
        style.box(axes, x, y, 0.94, 0.92, fc="none", ec=style.INK, lw=frame)
    weight = "bold" if frame else "normal"
    axes.text(x, y, words, ha="center", va="center", fontsize=fontsize, fontweight=weight)
