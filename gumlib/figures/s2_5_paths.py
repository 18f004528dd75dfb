"""Figures of section 2.5 on pushes, shocks and stages."""

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from numpy.typing import ArrayLike

from gumlib.cases.compare import stages
from gumlib.claims.ensemble import DRAWS, GOOD, SEED
from gumlib.dynamics import Parameters, ensemble
from gumlib.dynamics.experiments import push as pushes
from gumlib.dynamics.experiments import shock as shocks
from gumlib.evidence.wording import listed
from gumlib.figures import multiples, style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.terms import CLUSTERS, TERMS, name

_EFFORT = 1.5
_FLOOR = 0.85
"""Where the scale of survival begins."""
_AIM = {
    "all six": (style.INK, 0.70, 1.75),
    "basic only": (TERMS["L"].colour, 0.555, 0.75),
    "policy and dominant only": (TERMS["D"].colour, 0.59, 2.75),
}
"""Aim of a push: colour of its lines, and where its name stands."""
_LENGTH = {3.0: TERMS["L"].colour, 10.0: TERMS["I"].colour, np.inf: TERMS["D"].colour}
_DELAY = {
    0.0: (TERMS["L"].colour, "at once"),
    6.0: (TERMS["I"].colour, "after 6 years"),
    np.inf: (TERMS["D"].colour, "no response"),
}
_STAGE = {
    "emergence": ("o", style.PAPER, style.MUTED),
    "growth": ("^", TERMS["E"].colour, TERMS["E"].colour),
    "stall": ("s", TERMS["I"].colour, TERMS["I"].colour),
    "sustainment": ("o", TERMS["L"].colour, TERMS["L"].colour),
    "decline": ("v", TERMS["D"].colour, TERMS["D"].colour),
}
_PERCENT = {"yticks": [0, 0.5, 1], "yticklabels": ["0 %", "50 %", "100 %"], "ylim": (0, 1.02)}


def push() -> Figure:
    """Smallest lasting lift against governance by aim, and the share of draws one effort lifts.

    Source: our formalisation; C16, C20.
    """
    grid = np.linspace(0.56, 0.97, 12).tolist()
    one = pushes.smallest_efforts(Parameters.uniform(), grid).rename(columns={"effort": "value"})
    many = pushes.risen(ensemble.sample(DRAWS, seed=SEED), [0.0, 0.25, 0.5, 0.75, 1.0], _EFFORT)
    both = {"smallest effort": one, "share high": many.rename(columns={"share": "value"})}
    table = pd.concat(both, names=["panel"]).reset_index("panel")[["panel", "aim", "governance", "value"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.3)
        left, right = page.subplots(1, 2)
        for (panel, aim), part in frame.groupby(["panel", "aim"], sort=False):
            axes = left if panel == "smallest effort" else right
            colour, dash = (_AIM[str(aim)][0], "-") if aim in _AIM else (style.MUTED, (0, (3, 2)))
            axes.plot(part["governance"], part["value"], color=colour, ls=dash, lw=1.7)
        for aim, (colour, x, y) in _AIM.items():
            left.text(x, y, aim, color=style.legible(colour), fontsize=8.5)
        right.text(0.99, 0.40, "no push", color=style.MUTED, ha="right", fontsize=8.5)
        right.text(0.62, 0.74, "ceiling", color=style.MUTED, ha="right", fontsize=8.5)
        left.set(xlim=(0.54, 1), ylim=(0, None), xlabel="Governance g", ylabel="Effort (height × years × factors)")
        left.set_title("Smallest effort, one cluster")
        right.set(xlim=(0, 1), xlabel="Governance g", ylabel="Draws that end high", **_PERCENT)
        right.set_title(f"After an effort of {_EFFORT:g}")
        return page

    half = many[many["governance"] == GOOD].set_index("aim")["share"]
    weak, strong = (one.loc[one["governance"] == end, "value"] for end in (grid[0], grid[-1]))
    return Figure(
        id="fig-2-5-push",
        title="The push it takes",
        caption="A push adds to the growth of the factors it aims at for five years and then ends. Left: default "
        f"parameters. Right: {DRAWS} draws from our ranges; every draw starts where it ends without a push. "
        f"Dashed: without a push, and from all levels at their highest. At governance {GOOD:g} the shares are "
        f"{half['no push']:.0%} without, {half['all six']:.0%}, {half['basic only']:.0%} and "
        f"{half['policy and dominant only']:.0%} with a push on all six, on the basic, on the auxiliary "
        f"factors; the ceiling is {half['ceiling']:.0%}.",
        alt=f"Left: the smallest effort falls as governance rises, from {weak.min():.1f} to {weak.max():.1f} at "
        f"{grid[0]:g} to {strong.max():.1f} at most at {grid[-1]:g}; a push on the basic factors needs a little less "
        "than one on all six, one on policy and dominant enterprises most at weak governance. Right: the share of "
        "draws that end high rises with governance; the three pushed lines lie close together between no push and the "
        "ceiling.",
        data=table,
        draw=draw,
        seed=SEED,
    )


def shock() -> Figure:
    """Probability of collapse against size and length of a shock, for the model and two rivals.

    Source: our formalisation; C24.
    """
    sizes = [0.05, 0.1, 0.2, 0.3, 0.4, 0.8]
    draws, models = ensemble.sample(DRAWS, seed=SEED), ("gum", "independent", "linear")
    table = shocks.strike(draws, GOOD, sizes, list(_LENGTH), models=models)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.9)
        for axes, part in multiples.panels(page, frame.groupby("model", sort=False), 1, 3, style.model_title):
            for length, line in part.groupby("length"):
                axes.plot(line["size"], line["collapsed"], "o-", color=_LENGTH[float(str(length))], ms=3.5)
            axes.set(xlim=(0, 0.82), **_PERCENT)
            axes.set_xticks([0, 0.4, 0.8], ["0", "0.4", "0.8"])
        words = {3.0: (0.44, 0.16), 10.0: (0.44, 0.43), np.inf: (0.33, 0.86)}
        for length, (x, y) in words.items():
            label = "lasting" if np.isinf(length) else f"{length:g} years"
            page.axes[0].text(x, y, label, color=style.legible(_LENGTH[length]), fontsize=8.5)
        page.axes[0].set_ylabel("High clusters that collapse")
        page.supxlabel("Size of the shock (decay added to all factors, 1/year)")
        return page

    worst = table[table["length"] == 10].groupby("model", sort=False)["collapsed"].max()
    told = "; ".join(f"{style.model_title(str(model))} {share:.0%}" for model, share in worst.items())
    return Figure(
        id="fig-2-5-shock",
        title="Shocks that pass and shocks that stay",
        caption=f"Draws that stand high at governance {GOOD:g}, struck in all six factors. Collapse: the mean level "
        "ends below half of what it was, a hundred years after the onset. A lasting shock brings every model "
        f"down. A passing one leaves a mark only where there is a threshold; most, with ten years: {told}.",
        alt="Three panels of the share of collapses against the size of the shock, with lines for shocks of "
        f"{listed(f'{years:g}' for years in _LENGTH if np.isfinite(years))} years and for lasting ones. The lasting "
        "line climbs to all clusters in every panel. The lines of passing shocks level off well below in the model "
        f"and under independent growth, and stay at none in the linear rival. {told}.",
        data=table.drop(columns="recovery"),
        draw=draw,
        seed=SEED,
    )


def technology() -> Figure:
    """Survival of a shock to learning and innovation, by its size and by how soon policy responds.

    Source: our formalisation; C28.
    """
    sizes = [0.1, 0.2, 0.4, 0.8]
    draws = ensemble.sample(DRAWS, seed=SEED)
    table = shocks.technology(draws, GOOD, sizes, list(_DELAY), models=("gum", "independent"))

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.9)
        for axes, part in multiples.panels(page, frame.groupby("model", sort=False), 1, 2, style.model_title):
            for delay, line in part.groupby("delay"):
                axes.plot(line["size"], line["survived"], "o-", color=_DELAY[float(str(delay))][0], ms=3.5)
            axes.set(xlim=(0.08, 1.02), xticks=[0.2, 0.4, 0.6, 0.8], ylim=(_FLOOR, 1.005))
        first, second = page.axes
        last = frame[(frame["model"] == "gum") & (frame["size"] == max(sizes))]
        for row in last.itertuples():
            colour, label = _DELAY[row.delay]
            first.text(0.825, row.survived, label, color=style.legible(colour), va="center", fontsize=8.5)
        second.text(0.45, 0.99, "with any response, and with none", ha="center", color=style.MUTED, fontsize=8.5)
        first.set_yticks([0.85, 0.9, 0.95, 1.0], ["85 %", "90 %", "95 %", "100 %"])
        first.set_ylabel("High clusters that survive")
        page.supxlabel("Size of the shock (decay added to learning and innovation, 1/year)")
        return page

    end = table[(table["model"] == "gum") & (table["size"] == max(sizes))].set_index("delay")["survived"]
    none, soon, late = (f"{end[delay]:.0%}" for delay in (np.inf, 0.0, 6.0))
    told = f"{none} survive without response, {soon} with one at once, {late} after six years"
    return Figure(
        id="fig-2-5-technology",
        title="A lost generation of technology",
        caption="Learning and innovation lose value faster for ten years. The response is a push on both, also of ten "
        f"years. At the largest size {told}. The scale begins at {_FLOOR:.0%}. A response that comes late lasts beyond "
        "the shock, which is why it saves more. Under independent growth nothing spreads from the two factors "
        "to the others.",
        alt=f"Two panels of survival against the size of the shock. In the model, at the largest size, {told}. Under "
        "independent growth all survive.",
        data=table,
        draw=draw,
        seed=SEED,
    )


def stage() -> Figure:
    """Mean level and stage of each coded cluster and epoch (C15; stages by our rule, names after menzel2010)."""
    table = stages.assign()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.0)
        groups = frame.groupby("cluster", sort=False)
        for axes, part in multiples.panels(page, groups, 2, 2, lambda code: f"{name(code)} {CLUSTERS[code].product}"):
            _course(axes, part)
        first = page.axes[0]
        handles = [_mark(first, [], [], kind) for kind in _STAGE if kind in set(frame["stage"])]
        page.legend(handles=handles, loc="outside upper center", ncols=len(handles))
        first.set(ylim=(0, 1), yticks=[0, 0.5, 1], xticks=[1985, 1990, 1995, 2000, 2005, 2010])
        page.supylabel("Mean level of the coded factors")
        return page

    told = "; ".join(
        f"{name(str(cluster))}: " + ", ".join(f"{row.year} {row.stage}" for row in part.itertuples())
        for cluster, part in table.groupby("cluster", sort=False)
    )
    return Figure(
        id="fig-2-5-stage",
        title="Stages of the four cases",
        caption="Mean of the coded factor levels by epoch. The mark is the stage by our rule: emergence below "
        f"{stages.LOW:g} or at the first epoch; growth where the factors coded in both epochs rose by {stages.STEP:g} "
        f"on average; else sustainment from {stages.TOP:g}, stall below. No cluster declines by this rule up to 2010.",
        alt=f"Four panels of rising lines, one a cluster, 1985 to 2010, with a mark for the stage. {told}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _course(axes: Axes, part: pd.DataFrame) -> None:
    axes.plot(part["year"], part["level"], color=style.RULE, lw=1.4, zorder=1)
    for row in part.dropna(subset="stage").itertuples():
        _mark(axes, row.year, row.level, str(row.stage)).set_zorder(3)


def _mark(axes: Axes, x: ArrayLike, y: ArrayLike, kind: str) -> Artist:
    shape, face, edge = _STAGE[kind]
    return axes.plot(x, y, shape, mfc=face, mec=edge, ms=7.5, mew=1.4, label=kind)[0]
