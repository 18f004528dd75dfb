"""Figures of sections 1.5 and 1.6: claims by kind and verdict, the way from page to file, imports."""

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from gumlib.claims.verdict import VERDICTS
from gumlib.data import sorting
from gumlib.data.lineage import imports as dependencies
from gumlib.data.lineage import pages as computed
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.s5_1_verdicts import of_chapter
from gumlib.terms import CLUSTERS

_SIDES = {"module": "functions, by group of modules", "file": "files, by folder of data"}
_KINDS = ("structure", "definition", "fact", "causal", "policy")
_A_ROW = 5
_COLUMN = 7.2


def contribution() -> Figure:
    """Claims of the excerpt by kind and verdict, one square a claim (the claims and their stored verdicts)."""
    table = of_chapter("").groupby(["kind", "verdict"]).size().rename("claims").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        columns = [name for name in VERDICTS if name in set(frame["verdict"])]
        count = frame.set_index(["kind", "verdict"])["claims"]
        kinds = [kind for kind in _KINDS if kind in set(frame["kind"])]
        heights = [-(-int(count[kind].max()) // _A_ROW) for kind in kinds]
        page, axes = style.panel(0.55 + 0.155 * (sum(heights) + 0.9 * len(heights)), bare=True)
        y = 0.0
        for kind, height in zip(kinds, heights, strict=True):
            axes.text(-1.6, y + 0.5, kind, ha="right", va="center", fontweight="bold")
            axes.text(-1.3, y + 0.5, str(count[kind].sum()), va="center", ha="left", color=style.MUTED, fontsize=8.5)
            for column, name in enumerate(columns):
                _squares(axes, int(count.get((kind, name), 0)), _COLUMN * column + 0.5, y)
            y += height + 0.9
            axes.axhline(y - 0.45, color=style.RULE, lw=0.6)
        for column, name in enumerate(columns):
            label = name.replace(" ", "\n", 1)
            axes.text(_COLUMN * column + 0.5, -0.5, label, ha="left", va="bottom", fontsize=8.5)
        axes.set(xlim=(-6.5, _COLUMN * len(columns) - 0.4), ylim=(y - 0.3, -2.9))
        return page

    told = "; ".join(
        f"{kind}: " + ", ".join(f"{row.claims} {row.verdict}" for row in rows.itertuples())
        for kind, rows in table.groupby("kind")
    )
    stated = int(table.loc[table["kind"].eq("structure") & table["verdict"].eq("supported"), "claims"].sum())
    return Figure(
        id="fig-1-5-claims",
        title="Claims of the excerpt, by kind and verdict",
        caption="Each square is a claim; the number beside a kind counts all of it. "
        f"Claims on structure are checked against the words of the abstract: the {stated} supported ones say that we "
        "state the model faithfully, not that it is true. Claims on cause and effect say what moves a "
        "cluster: data and rivals can speak against some of them.",
        alt=f"Rows of small squares for the kinds of claim, in columns for the verdicts. {told}.",
        data=table,
        draw=draw,
        sources=("claims", "verdicts"),
    )


def _squares(axes: Axes, count: int, x: float, y: float) -> None:
    for place in range(count):
        row, slot = divmod(place, _A_ROW)
        axes.add_patch(Rectangle((x + slot, y + row + 0.1), 0.8, 0.8, lw=0.9, fc=style.MUTED, ec=style.MUTED))
    if count:
        axes.text(x + min(count, _A_ROW) + 0.15, y + 0.5, str(count), va="center", fontsize=8)


def route(folder: Path | None = None) -> Figure:
    """Every page, the groups of functions it rests on, and the folders of data behind them.

    Parameters
    ----------
    folder : the chapters; the nearest folder of that name if not given

    Source: the syntax trees of chapters and package.
    """
    table = _blocks(computed.rests_on(computed.home() if folder is None else folder))

    def draw(frame: pd.DataFrame) -> Canvas:
        rows = frame.drop_duplicates("page").assign(y=lambda pages: style.spaced(pages["chapter"], 0.6))
        heads = frame.drop_duplicates("column").sort_values("column", kind="stable")
        heads = heads.assign(x=style.spaced(heads["kind"], 0.8))
        bottom, right = rows["y"].max() + 0.5, heads["x"].max() + 0.5
        page, axes = style.panel(1.85 + 0.182 * bottom, bare=True)
        _rules(axes, heads, rows)
        spots = frame.merge(rows[["page", "y"]], on="page").merge(heads[["column", "x"]], on="column")
        for dot in spots.itertuples():
            _dot(axes, dot.x, dot.y, dot.number, dot.kind, dot.named > 0)
        _key(axes, bottom + 1.1, heads.loc[heads["kind"] == "file", "x"].min())
        axes.set(xlim=(-5.4, right + 0.7), ylim=(bottom + 2.7, -6))
        return page

    modules = table[table["kind"] == "module"]
    widest = modules.groupby("label", sort=False)["number"].sum()
    most = sorting.largest(widest)
    common = modules.groupby("group")["page"].nunique()
    return Figure(
        id="fig-1-6-route",
        title="From page to function to file",
        caption="A dot says that a page rests on a group of functions or on a folder of data; its area grows with the "
        "number of functions or files. It is grey where the page names none of them and reaches them through other "
        f"functions. {most} rests on most.",
        alt=f"A grid with {table['page'].nunique()} pages as rows. Columns on the left are {len(common)} groups of "
        f"functions; most pages rest on {sorting.largest(common)}. Columns on the right are folders of data. The row "
        f"with the largest dots is {most}, with {widest.max()} functions in all, against a median of "
        f"{widest.median():.0f}.",
        data=table,
        draw=draw,
    )


def _rules(axes: Axes, heads: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Name columns and rows, and draw the lines on which the dots stand."""
    bottom, right = rows["y"].max() + 0.5, heads["x"].max() + 0.5
    for head in heads.itertuples():
        _head(axes, head.x, head.group.rpartition("/")[2])
        axes.plot([head.x, head.x], [-0.5, bottom], color=style.PALE, lw=0.8, zorder=0)
    for kind, side in _SIDES.items():
        axes.text(heads.loc[heads["kind"] == kind, "x"].min() - 0.3, -5.4, side, fontweight="bold")
    for row in rows.itertuples():
        axes.text(-0.7, row.y, row.label, ha="right", va="center", fontsize=8.5)
        axes.plot([-0.4, right], [row.y, row.y], color=style.PALE, lw=0.8, zorder=0)


def _head(axes: Axes, x: float, name: str) -> None:
    """Write the name of a column, slanted so that neighbours have room."""
    axes.text(x, -0.75, name, rotation=60, va="bottom", rotation_mode="anchor", fontsize=8.5)


def _key(axes: Axes, y: float, files: float) -> None:
    """Say how large a dot is, and which are dark."""
    keys = (
        (0, y, 10, "module", True, "10 functions"),
        (8, y, 100, "module", True, "100 functions"),
        (files, y, 3, "file", False, "3 files"),
        (0, y + 1.1, 10, "module", True, "named on the page"),
        (8, y + 1.1, 10, "module", False, "reached through other functions"),
    )
    for x, row, number, kind, named, words in keys:
        _dot(axes, x, row, number, kind, named)
        axes.text(x + 0.9, row, words, va="center", fontsize=8.5)


def _dot(axes: Axes, x: float, y: float, number: int, kind: str, named: bool) -> None:
    size = 2.2 + 0.95 * np.sqrt(number) if kind == "module" else 2.6 + 1.2 * np.sqrt(number)
    axes.plot(x, y, "o", ms=size, mfc=style.INK if named else style.MUTED, mec="none")


def _blocks(reach: pd.DataFrame) -> pd.DataFrame:
    """Sum up what pages rest on by group, pages and columns in the order in which they are drawn."""
    table = reach.groupby(["page", "kind", "group"])[["definitions", "named"]].sum().reset_index()
    table = table.rename(columns={"definitions": "number"})
    folders = sorted(set(table.loc[table["kind"] == "file", "group"]))
    columns = [("module", name) for name in reversed(dependencies.strata())] + [("file", name) for name in folders]
    pairs = list(zip(table["kind"], table["group"], strict=True))
    table["column"] = list(map([pair for pair in columns if pair in pairs].index, pairs))
    table["label"] = table["page"].map(_label)
    table["chapter"] = table["page"].map(lambda page: page.rpartition("/")[0] or "front")
    order = table["chapter"].map({"front": 0, "back": 2}).fillna(1)
    keys = table.assign(order=order, late=table["page"] != "index")
    table = table.loc[keys.sort_values(["order", "late", "page", "column"], kind="stable").index].reset_index(drop=True)
    return table[["page", "label", "chapter", "kind", "group", "column", "number", "named"]]


def _label(page: str) -> str:
    """Return number and words of a page, from the name of its file; an index elsewhere is that of upgrading."""
    if page == "index":
        return "Front page"
    parts = page.rpartition("/")[2].replace("appendix-", "A").split("-")
    words = [CLUSTERS[part].name if part in CLUSTERS else part for part in parts]
    number = [word for word in words if word[-1].isdigit()]
    said = " ".join(words[len(number) :])
    return f"{'.'.join(number)} {style.capital(said)}".strip()


def imports() -> Figure:
    """How often a group of modules imports another: a triangle in the order of the groups.

    Source: the syntax trees of the package.
    """
    table = _ordered()

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(4.0, bare=True)
        order = dependencies.strata()
        for (source, target), number in frame.groupby(["source_group", "target_group"]).size().items():
            x, y, fill = order.index(target), order.index(source), style.PALE if source == target else style.RULE
            style.box(axes, x, y, 0.94, 0.92, fc=fill, ec="none")
            axes.text(x, y, str(number), ha="center", va="center", fontsize=8.5)
        for place, group in enumerate(order):
            axes.text(-0.7, place, group, ha="right", va="center")
            _head(axes, place, group)
        axes.text(-0.7, -0.9, "importing", ha="right", va="bottom", color=style.MUTED)
        axes.text(-0.7, -1.9, "imported", ha="right", va="bottom", color=style.MUTED)
        axes.set(xlim=(-2.4, len(order) + 0.4), ylim=(len(order) - 0.5, -3))
        return page

    wrong = int((table["target_place"] >= table["source_place"]).sum())
    across = int((table["source_group"] != table["target_group"]).sum())
    return Figure(
        id="fig-1-6-imports",
        title="Imports point one way",
        caption="Imports by the modules of a row from those of a column, groups from the ground up; faint: within one "
        "group. What to see: nothing stands above the diagonal. Within groups modules have an order too; imports "
        f"against it: {wrong or 'none'}.",
        alt=f"A triangle of numbers, {len(table)} imports in all, {across} of them between groups and "
        f"{wrong or 'none'} upwards. The groups from the ground up: {', '.join(dependencies.strata())}. "
        "All others import the ground.",
        data=table,
        draw=draw,
    )


def _ordered() -> pd.DataFrame:
    """Return the imports with group and place of both ends, from the ground up."""
    edges = dependencies.imports().query("when != 'never'")
    order = dependencies.strata()
    modules = dependencies.groups().to_frame().join(dependencies.layers(edges)).fillna({"layer": 0}).reset_index()
    modules["rank"] = modules["group"].map(order.index)
    modules = modules.sort_values(["rank", "layer", "module"], kind="stable", ignore_index=True)
    place = modules.reset_index(names="place").set_index("module")[["group", "place"]]
    for end in ("source", "target"):
        edges = edges.join(place.add_prefix(f"{end}_"), on=end)
    return edges.sort_values(["source_place", "target_place"], kind="stable", ignore_index=True)
