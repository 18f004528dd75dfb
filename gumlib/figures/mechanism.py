"""Figures of section 2.1: the GUM model and what follows from its structure alone."""

from __future__ import annotations

from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from gumlib import model
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import AUXILIARY, FACTORS, TERMS, sentence

_DIAMOND = {
    "L": (0.0, 1.0),
    "I": (1.5, 0.0),
    "E": (0.0, -1.0),
    "S": (-1.5, 0.0),
    "P": (-1.75, 1.15),
    "D": (1.75, -1.15),
}
"""Stored coordinates: basic factors on Porter's diamond, the others where he puts the state and chance."""

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
    """Map of the GUM model: six factors and the interactions between them, inside governance.

    Source: C01-C06.

    Examples
    --------
    >>> gum_map().data.shape
    (28, 5)
    """
    edges = model.interactions()[["source", "target", "code", "group"]]
    edges["pair"] = ["-".join(sorted(pair)) for pair in edges[["source", "target"]].to_numpy()]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.1)
        axes = style.bare(page.subplots())
        _governance(axes)
        for pair in frame.drop_duplicates("pair").itertuples():
            _interaction(axes, str(pair.source), str(pair.target))
        for code in _DIAMOND:
            _factor(axes, code)
        axes.set(xlim=(-3.0, 3.0), ylim=(-2.05, 1.85), aspect="equal")
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
    frame = FancyBboxPatch(
        (-2.9, -1.85), 5.8, 3.6, boxstyle="round,pad=0.05,rounding_size=0.2", fc="none", ec=style.MUTED, lw=1
    )
    frame.set_linestyle((0, (5, 3)))
    axes.add_patch(frame)
    label = f"{sentence('G')} {TERMS['G'].chinese}"
    ground = {"fc": style.PAPER, "ec": "none", "pad": 3}
    axes.text(-2.6, -1.9, label, ha="left", va="center", color=style.MUTED, bbox=ground)


def _interaction(axes: Axes, source: str, target: str) -> None:
    among_basic = not {source, target} & set(AUXILIARY)
    arrow = FancyArrowPatch(
        _DIAMOND[source],
        _DIAMOND[target],
        arrowstyle="<|-|>,head_length=0.4,head_width=0.18",
        mutation_scale=11,
        shrinkA=22,
        shrinkB=22,
        lw=1.7 if among_basic else 0.9,
        color=style.INK if among_basic else style.MUTED,
    )
    axes.add_patch(arrow)


def _factor(axes: Axes, code: str) -> None:
    x, y = _DIAMOND[code]
    dx, dy, across, up = _LABEL[code]
    axes.plot(x, y, "o", ms=36, mfc=TERMS[code].colour, mec="none", zorder=3)
    axes.text(
        x,
        y,
        code,
        ha="center",
        va="center_baseline",
        color="#ffffff",
        fontsize=14,
        fontweight="bold",
        zorder=4,
    )
    name = f"{sentence(code)}\n{TERMS[code].chinese}"
    axes.text(x + dx, y + dy, name, ha=across, va=up, multialignment=across, fontsize=8.5)


def influence() -> Figure:
    """Matrix of influence: which factor acts on which, with the claim each entry rests on.

    Source: C03, C04.

    Examples
    --------
    >>> int(influence().data["acts"].sum())
    28
    """
    table = model.influence_matrix().stack().rename("acts").reset_index()
    rests = model.interactions().set_index(["source", "target"])["claims"].str.join(" ")
    table["claim"] = [rests.get((a, b), "") for a, b in table[["source", "target"]].to_numpy()]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.3)
        axes = page.subplots()
        place = {code: n for n, code in enumerate(FACTORS)}
        for cell in frame.itertuples():
            colour = TERMS[cell.source].colour if cell.acts else style.PALE
            x, y = place[cell.target], place[cell.source]
            axes.add_patch(Rectangle((x - 0.46, y - 0.44), 0.92, 0.88, fc=colour, ec="none"))
            axes.text(x, y, cell.claim, ha="center", va="center", fontsize=8, color="#ffffff")
        axes.set(xlim=(-0.5, 5.5), ylim=(5.5, -0.5))
        axes.set_xticks(range(6), FACTORS)
        axes.set_yticks(range(6), [f"{sentence(code)}  {code}" for code in FACTORS])
        axes.set_xlabel("is acted on")
        axes.set_ylabel("acts")
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        return page

    return Figure(
        id="fig-2-1-influence",
        title="Who acts on whom",
        caption="A coloured cell is a claimed interaction, with the claim it rests on. The pale cells are the "
        "diagonal and the one missing pair: policy and dominant enterprises.",
        alt="A six by six matrix, rows act on columns. Every cell off the diagonal is filled except policy on "
        "dominant enterprises and dominant enterprises on policy. Entries among the first four factors rest on "
        "claim C03, the others on claim C04.",
        data=table,
        draw=draw,
    )


def loops() -> Figure:
    """Number of feedback loops by length.

    Source: C03, C04.

    Examples
    --------
    >>> loops().data["loops"].tolist()
    [14, 32, 66, 96, 72]
    """
    found = model.loops()
    counts = found.groupby(["length", "polarity"]).size().rename("loops").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.3)
        axes = page.subplots()
        axes.bar(frame["length"], frame["loops"], color=style.MUTED, width=0.62)
        for bar in frame.itertuples():
            axes.text(bar.length, bar.loops + 2, str(bar.loops), ha="center", va="bottom")
        axes.set_xlabel("length of the loop, in interactions")
        axes.set_ylabel("number of loops")
        axes.set_xticks(frame["length"])
        axes.set_ylim(0, frame["loops"].max() * 1.15)
        return page

    return Figure(
        id="fig-2-1-loops",
        title="Feedback loops by length",
        caption="With all pairs but one joined both ways, loops abound at every length. A change in any factor can "
        "come back to it by many routes; loops through five factors are the most numerous.",
        alt="Bars for loops of two to six interactions: "
        + ", ".join(f"{row.loops} of length {row.length}" for row in counts.itertuples())
        + ". The number rises up to length five and is lower at six.",
        data=counts,
        draw=draw,
    )


def route() -> Figure:
    """Running order: factors, mechanisms, ways, upgrading.

    Source: C07, C08, C10.

    Examples
    --------
    >>> route().data["way"].tolist()
    ['T', 'N', 'X', 'K']
    """
    table = model.routes().reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.2)
        axes = style.bare(page.subplots())
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
        caption="Each basic factor has a mechanism, and each mechanism one way of upgrading. Solid arrows join "
        "what the abstract names alike. The two dashed ones are our reading by elimination: insertion in the GVC "
        "drives the outside-linkage mechanism, and the learning mechanism raises technical capability.",
        alt="Four rows of boxes joined by arrows from left to right: learning, innovation, insertion in the GVC "
        "and social capital; the mechanism of each; technical-capability, innovation-capability, "
        "outside-linkage and social-capital upgrading. All four rows end in one box, cluster upgrading. "
        "Two arrows are dashed: learning mechanism to technical capability, insertion to outside linkage.",
        data=table,
        draw=draw,
    )


def _box(axes: Axes, x: float, y: float, text: str, colour: str, width: float = 1.52) -> None:
    shape = FancyBboxPatch(
        (x - width / 2, y - 0.34),
        width,
        0.68,
        boxstyle="round,pad=0,rounding_size=0.1",
        fc="none",
        ec=colour,
        lw=1.8,
    )
    axes.add_patch(shape)
    axes.text(x, y, "\n".join(wrap(text, 16)), ha="center", va="center", fontsize=8)


def _step(axes: Axes, start: tuple[float, float], end: tuple[float, float], dashed: bool) -> None:
    arrow = FancyArrowPatch(
        start, end, arrowstyle="-|>", mutation_scale=9, lw=1.1, color=style.INK, shrinkA=0, shrinkB=0
    )
    arrow.set_linestyle((0, (3, 2)) if dashed else "solid")
    axes.add_patch(arrow)
