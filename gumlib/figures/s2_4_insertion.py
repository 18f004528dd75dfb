"""Figure of section 2.4: insertion in a chain that passes knowledge on, or keeps it to itself."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.dynamics.experiments import captive_chain
from gumlib.dynamics.experiments.lasting_push import MOST, SEED
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.figures.s2_4_mechanisms import NAMED, WHEN
from gumlib.terms import TERMS


def captive() -> Figure:
    """Share of draws in which a push on insertion raises learning, innovation, N and the index.

    Source: our formalisation; C40.
    """
    data = captive_chain.insertion_shares().drop(columns="push").round(6)
    data["model"] = data["model"].map(NAMED)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.2)
        titles = {"L": "Learning", "I": "Innovation", "N": "Way N", "U": "Index"}
        for axes, part in multiples.panels(page, frame.groupby("variable", sort=False), 1, 4, titles.__getitem__):
            _dumbbells(axes, part, TERMS[part["variable"].iloc[0]].colour)
        page.axes[0].set_yticks(range(len(NAMED)), map(style.capital, NAMED.values()))
        page.supxlabel("Share of draws in which a push on insertion raises it")
        return page

    ends = data[data["kept"].isin([0, 1])].set_index(["model", "variable", "kept"])["share"]
    told = "; ".join(
        f"{TERMS[code].name}, {ends[NAMED['gum'], code, 0.0]:.0%} to {ends[NAMED['gum'], code, 1.0]:.0%}"
        for code in captive_chain.TARGETS
    )
    return Figure(
        id="fig-2-4-captive",
        title="Insertion with and without a captive chain",
        caption="Ring: the chain lets nothing through to learning and innovation. Large dot: it lets all through; "
        f"small dot: half. Dotted: the {MOST:.0%} from which we say that a model implies a result; the highest share "
        f"in any model is {data['share'].max():.0%}. N is {TERMS['N'].name}. {WHEN}",
        alt="Four panels with a row for each model; a line from a ring to a dot. In the model the share goes from a "
        f"captive to an open chain as follows: {told}.",
        data=data,
        draw=draw,
        seed=SEED,
    )


def _dumbbells(axes: Axes, part: pd.DataFrame, colour: str) -> None:
    axes.axvline(MOST, color=style.MUTED, lw=0.9, ls=":")
    for y, (_, row) in enumerate(part.groupby("model", sort=False)):
        shares = row.sort_values("kept", kind="stable")["share"].to_numpy()
        axes.plot(shares[[0, -1]], [y, y], color=colour, lw=1.6)
        axes.plot(shares[1:-1], np.full(len(shares) - 2, y), "o", color=colour, ms=2.8)
        axes.plot(shares[-1], y, "o", color=colour, ms=7)
        axes.plot(shares[0], y, "o", mfc=style.PAPER, mec=colour, mew=1.6, ms=7)
    axes.set(xlim=(-0.08, 1.08), ylim=(len(part["model"].unique()) - 0.5, -0.5))
    axes.set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    style.row_names(axes)
