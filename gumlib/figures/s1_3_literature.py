"""Figures of section 1.3: which works meet in which concepts, and when they appeared."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.data import sorting
from gumlib.evidence import works as literature
from gumlib.evidence.wording import by_kind
from gumlib.figures import style
from gumlib.figures.card import Figure

_LOOK = {
    "upgrading and governance": ("#2a9d8f", "o"),
    "lock-in and life cycle": ("#cc6677", "s"),
    "learning and networks": ("#8a7ac8", "^"),
    "dynamic forms": ("#b8860b", "D"),
    "methods of comparison": ("#7d9a3c", "v"),
    "chain measurement": ("#4f8fc0", "p"),
    "China evidence": ("#aa4499", "P"),
}
"""Colour and shape of a strand; the colours are none of those of the factors."""

_PLACE = {
    "value added in exports": (0.9, 8.3),
    "place in the chain": (3.1, 8.4),
    "kinds of upgrading": (5.3, 8.2),
    "chain governance": (7.0, 7.3),
    "Zhejiang clusters": (9.85, 8.4),
    "policy and shocks": (9.75, 6.0),
    "dominant firms": (9.85, 3.6),
    "social ties": (6.7, 5.0),
    "learning": (3.3, 5.5),
    "knowledge links": (5.6, 4.5),
    "lock-in": (6.6, 2.9),
    "life cycle and risk": (4.6, 3.3),
    "technology gap": (1.4, 3.9),
    "thresholds and history": (3.0, 1.0),
    "simulated districts": (8.1, 0.6),
    "mutual growth": (9.85, 1.7),
    "maps of influence": (0.9, 2.3),
    "coding and configurations": (1.0, 6.1),
}
"""Stored coordinates of the concepts, so that works which join two are near both."""

_STEP = 0.27
"""Distance between works that would stand on one spot."""


def concept_map() -> Figure:
    """Map of works and concepts: a work stands under its concept, or between those it joins.

    Source: our coding of the bibliography, `literature.concepts`.
    """
    table = _places(literature.concepts())

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(5.9, bare=True)
        joint = frame[frame["concepts"] > 1]
        for link in joint.itertuples():
            ends = (link.work_x, link.concept_x), (link.work_y, link.concept_y)
            axes.plot(*ends, color=_LOOK[link.strand][0], lw=0.8, alpha=0.55, zorder=1)
        for work in frame.drop_duplicates("key").itertuples():
            _dot(axes, work.work_x, work.work_y, str(work.strand))
        for concept in frame.drop_duplicates("concept").itertuples():
            ground = {"fc": style.PAPER, "ec": style.RULE, "lw": 0.7, "boxstyle": "round,pad=0.28"}
            spot = (concept.concept_x, concept.concept_y)
            label = str(concept.concept).replace(" and ", "\nand ").replace(" in ", "\nin ")
            axes.text(*spot, label, ha="center", va="center", fontsize=8, bbox=ground, zorder=3)
        axes.set(xlim=(-0.1, 10.65), ylim=(-0.95, 8.8))
        _legend(axes)
        return page

    joined = table.loc[table["concepts"] > 1, "key"].nunique()
    busiest = table.groupby("concept")["key"].nunique()
    return Figure(
        id="fig-1-3-concept-map",
        title="Works and the concepts they lend",
        caption="Each mark is a work, each box a concept. A work coded with one concept stands under it; a work "
        "coded with several stands between them, joined by lines. The coding and the layout are ours. What to "
        "see: the boxes on measuring the chain stand apart; many works are joined to two or more of learning, ties, "
        "lock-in and thresholds.",
        alt=f"A network of {table['key'].nunique()} small marks in seven shapes, one a strand, and "
        f"{len(busiest)} boxes with concepts. {joined} marks are joined by lines to two or more boxes. The concept "
        f"with most works is {sorting.largest(busiest)}, with {busiest.max()}. Value added in exports and place "
        "in the chain are joined to each other only, maps of influence to nothing; the boxes in the middle are joined "
        "to many.",
        data=table,
        draw=draw,
        sources=("references", "concepts"),
    )


def _places(coded: pd.DataFrame) -> pd.DataFrame:
    """Add coordinates: of the concepts as stored, of the works at the mean of their concepts."""
    spots = pd.DataFrame.from_dict(_PLACE, orient="index", columns=["concept_x", "concept_y"])
    table = coded.join(spots, on="concept")
    groups = table.groupby("key")
    works = groups[["concept_x", "concept_y"]].mean().set_axis(["work_x", "work_y"], axis=1)
    works["concepts"] = groups.size()
    works["order"] = groups["strand"].first().map(list(literature.STRANDS).index)
    same = works.sort_values("order", kind="stable").groupby(["work_x", "work_y"])["order"]
    works["work_x"] += (same.cumcount() - (same.transform("size") - 1) / 2) * _STEP
    two_lines = groups["concept"].first().str.contains(" and | in ")
    works["work_y"] -= (works["concepts"] == 1) * (0.52 + 0.14 * two_lines)
    return table.join(works[["work_x", "work_y", "concepts"]], on="key")


def timeline() -> Figure:
    """Coded works by year and strand (our coding of the bibliography, `literature.concepts`)."""
    works = literature.concepts().drop_duplicates("key").dropna(subset=["year"])
    table = sorting.ordered(works, "strand", "year", "key")[["key", "author", "year", "strand"]].reset_index(drop=True)
    table["stack"] = table.groupby(["strand", "year"]).cumcount()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.9)
        for lane, strand in enumerate(_LOOK):
            works = frame[frame["strand"] == strand]
            for work in works.itertuples():
                _dot(axes, float(work.year), lane + 0.28 - 0.2 * work.stack, strand)
            year, author = works.iloc[0][["year", "author"]]
            axes.text(year - 1, lane + 0.28, author, ha="right", va="center", fontsize=8, color=style.MUTED)
            axes.axhline(lane + 0.5, color=style.RULE, lw=0.6)
        axes.axvline(2010, color=style.INK, lw=1, ls=(0, (4, 3)), zorder=0)
        axes.text(2010, -0.62, "the book, 2010", ha="center", va="bottom", fontsize=8.5)
        style.name_rows(axes, list(map(style.capital, _LOOK)))
        axes.set(ylim=(len(_LOOK) - 0.5, -0.6), xlim=(1958, 2024), xlabel="year of publication")
        return page

    later = table[table["year"] > 2010].groupby("strand").size().reindex(list(_LOOK)).fillna(0).astype(int)
    return Figure(
        id="fig-1-3-timeline",
        title="When the works appeared",
        caption="Coded works by year and strand; works of one year and strand are stacked, and the "
        "first author of the earliest is named. Lock-in, networks and chain governance were at hand when the book was "
        "written. Most of what measures the chain by value added came with the book or after it.",
        alt=f"Seven rows of marks, one a strand, over the years {table['year'].min()} to {table['year'].max()}, with a "
        f"line at 2010. Marks later than 2010: {by_kind({f'in {strand}': count for strand, count in later.items()})}.",
        data=table,
        draw=draw,
        sources=("references", "concepts"),
    )


def _dot(axes: Axes, x: float, y: float, strand: str) -> None:
    colour, shape = _LOOK[strand]
    axes.plot(x, y, shape, ms=5.4, mfc=colour, mec="none", zorder=2)


def _legend(axes: Axes) -> None:
    """Name the strands in two rows under the map, each beside its mark."""
    for at, strand in enumerate(_LOOK):
        x, y = (0.1, 3.0, 5.7, 8.3)[at % 4], (-0.3, -0.75)[at // 4]
        _dot(axes, x, y, strand)
        axes.text(x + 0.17, y, strand, va="center", fontsize=8)
