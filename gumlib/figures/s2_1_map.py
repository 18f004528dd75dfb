"""Figures of section 2.1: the map of the GUM model and its route to upgrading."""

from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from gumlib import model
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import AUXILIARY, TERMS, sentence

DIAMOND = {"L": (0.0, 1.0), "I": (1.5, 0.0), "E": (0.0, -1.0), "S": (-1.5, 0.0), "P": (-1.75, 1.15), "D": (1.75, -1.15)}
"""Stored coordinates, ours: basic factors on a diamond after Porter's, auxiliary factors outside it."""

_LABEL = {
    "L": (0.0, 0.36, "center", "bottom"),
    "I": (0.36, 0.0, "left", "center"),
    "E": (0.0, -0.36, "center", "top"),
    "S": (-0.36, 0.0, "right", "center"),
    "P": (0.0, 0.36, "center", "bottom"),
    "D": (0.0, -0.36, "center", "top"),
}
"""Where the name of a factor stands, from its centre: offset and alignment."""


def gum_map() -> Figure:
    """Map of the GUM model: six factors and the interactions between them, inside governance (C01-C06)."""
    edges = model.interactions()[["source", "target", "code", "group"]]
    edges["pair"] = ["-".join(sorted(pair)) for pair in edges[["source", "target"]].to_numpy()]

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(4.1, bare=True)
        _governance(axes)
        for pair in frame.drop_duplicates("pair").itertuples():
            _interaction(axes, str(pair.source), str(pair.target))
        for code in DIAMOND:
            _factor(axes, code)
        axes.set(xlim=(-3.0, 3.0), ylim=(-2.05, 1.95), aspect="equal")
        return page

    return Figure(
        id="fig-2-1-gum-map",
        title="The GUM model",
        caption="Four basic factors stand on a diamond, two auxiliary factors beside it. Each line is two "
        "interactions, one in each direction; all run inside cluster governance. Policy and dominant "
        "enterprises are joined to every basic factor, but not to each other: the excerpt claims no such "
        "link.",
        alt="A network of six circles inside a frame labelled cluster governance. Learning, innovation, "
        "insertion in the GVC and social capital form a diamond and are all joined to each other. Public "
        "policy at the upper left and dominant enterprises at the lower right are each joined to all four, "
        "not to each other. Every line has an arrow head at both ends.",
        data=edges,
        draw=draw,
    )


def _governance(axes: Axes) -> None:
    shape = "round,pad=0.05,rounding_size=0.2"
    frame = FancyBboxPatch((-2.9, -1.85), 5.8, 3.72, shape, fc="none", ec=style.MUTED, lw=1, ls=(0, (5, 3)))
    axes.add_patch(frame)
    label = f"{sentence('G')} {TERMS['G'].chinese}"
    ground = {"fc": style.PAPER, "ec": "none", "pad": 3}
    axes.text(-2.6, -1.9, label, ha="left", va="center", color=style.MUTED, bbox=ground)


def _interaction(axes: Axes, source: str, target: str) -> None:
    among_basic = not {source, target} & set(AUXILIARY)
    arrow = FancyArrowPatch(
        DIAMOND[source],
        DIAMOND[target],
        arrowstyle="<|-|>,head_length=0.4,head_width=0.18",
        mutation_scale=11,
        shrinkA=22,
        shrinkB=22,
        lw=1.7 if among_basic else 0.9,
        color=style.INK if among_basic else style.MUTED,
    )
    axes.add_patch(arrow)


def _factor(axes: Axes, code: str) -> None:
    x, y = DIAMOND[code]
    dx, dy, across, up = _LABEL[code]
    axes.plot(x, y, "o", ms=36, mfc=TERMS[code].colour, mec="none", zorder=3)
    axes.text(x, y, code, ha="center", va="center_baseline", color="#ffffff", fontsize=14, fontweight="bold", zorder=4)
    name = f"{sentence(code)}\n{TERMS[code].chinese}"
    axes.text(x + dx, y + dy, name, ha=across, va=up, multialignment=across, fontsize=8.5)


def route() -> Figure:
    """Running order: factors, mechanisms, ways, upgrading (C07, C08, C10)."""
    table = model.routes().reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.2, bare=True)
        rows = dict(zip(frame["way"], (3, 2, 1, 0), strict=True))
        for step in frame.itertuples():
            y = rows[step.way]
            for x, code in enumerate((step.factor, step.mechanism, step.way)):
                _box(axes, 2.05 * x, y, sentence(code), TERMS[code].colour)
            for gap, voice in ((0.78, step.factor_paired_by), (2.83, step.way_paired_by)):
                _step(axes, (gap, y), (gap + 0.49, y), dashed=voice == "ours")
            _step(axes, (4.9, y), (5.5, 1.5 + (y - 1.5) * 0.25), dashed=False)
        _box(axes, 6.15, 1.5, "Cluster\nupgrading", style.MUTED, width=1.2)
        for middle, head in zip((0, 2.05, 4.1), ("Factor", "Mechanism", "Way of upgrading"), strict=True):
            axes.text(middle, 3.62, head, ha="center", color=style.MUTED, fontweight="bold")
        axes.set(xlim=(-0.85, 6.85), ylim=(-0.5, 3.85))
        return page

    return Figure(
        id="fig-2-1-route",
        title="From factors to upgrading",
        caption="Each row is a basic factor, the mechanism named after it, and one way of upgrading. Solid arrows join "
        "what the abstract names alike. The two dashed ones are our reading by elimination: insertion in the GVC "
        "drives the outside-linkage mechanism, and the learning mechanism raises technical capability. The "
        "interactions between the factors, which come first in the abstract, are left out here.",
        alt="Four rows of boxes joined by arrows from left to right: learning, innovation, insertion in the GVC "
        "and social capital; the mechanism of each; technical-capability, innovation-capability, "
        "outside-linkage and social-capital upgrading. All four rows end in one box, cluster upgrading. "
        "Two arrows are dashed: learning mechanism to technical capability, insertion to outside linkage.",
        data=table,
        draw=draw,
    )


def _box(axes: Axes, x: float, y: float, text: str, colour: str, width: float = 1.52) -> None:
    style.chip(axes, x, y, width, 0.68, 0.1, fc="none", ec=colour, lw=1.8)
    axes.text(x, y, "\n".join(wrap(text, 16)), ha="center", va="center", fontsize=8)


def _step(axes: Axes, start: tuple[float, float], end: tuple[float, float], dashed: bool) -> None:
    arrow = FancyArrowPatch(
        start, end, arrowstyle="-|>", mutation_scale=9, lw=1.1, color=style.INK, shrinkA=0, shrinkB=0
    )
    arrow.set_linestyle((0, (3, 2)) if dashed else "solid")
    axes.add_patch(arrow)
