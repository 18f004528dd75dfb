"""Figures of section 2.4: the 24 pairings, the book's rank in every check, each factor with each way."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.cases.compare import pairing_checks
from gumlib.cases.compare import pairings as computed
from gumlib.cases.compare.pairings import VERSIONS
from gumlib.data import sorting
from gumlib.figures import multiples, style
from gumlib.figures.card import TWO_PASSES, Figure
from gumlib.figures.s2_4_mechanisms import FACTORS_NAMED, WAYS_NAMED, cell
from gumlib.terms import BASIC, TERMS, WAYS, sentence

_TITLES = {"raw": "Raw levels", "year means removed": "Year means removed"}


def pairings() -> Figure:
    """All 24 pairings by fit, raw and with year means removed (C08)."""
    table = computed.ranking()
    tested = computed.permutation_test(table)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.6)
        titled = _TITLES.__getitem__
        for axes, part in multiples.panels(page, frame.groupby("version", sort=False), 1, 2, titled, sharex=False):
            _ladder(axes, part)
        page.axes[0].set_ylabel("Rank among the 24 pairings")
        return page

    lead = " and ".join(f"{row.margin:.3f} ({version})" for version, row in tested.iterrows())
    told = "; ".join(
        f"{version}, rank {row['rank']} with {row.fit:.3f}, the best other {row.rival_fit:.3f} ({row.rival})"
        for version, row in tested.iterrows()
    )
    return Figure(
        id="fig-2-4-pairings",
        title="Twenty-four ways to pair factors with ways",
        caption="Each dot is one pairing of the four factors with the four ways. Fit is the mean of its four "
        f"correlations over cluster-years. The large dot is the book's pairing as we read it. It leads the best other "
        f"by {lead}. {FACTORS_NAMED} {WAYS_NAMED}",
        alt=f"Two columns of {table['pairing'].nunique()} dots ordered by fit, best on top. The book's pairing: "
        f"{told}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _ladder(axes: Axes, part: pd.DataFrame) -> None:
    others, own = part[~part["book"]], part[part["book"]].iloc[0]
    place = pd.Series(range(1, len(part) + 1), sorting.ranked(part["fit"], falling=True).index)
    axes.plot(others["fit"], place[others.index], "o", color=style.MUTED, ms=4.5)
    axes.plot(own["fit"], place[own.name], "o", color=style.INK, ms=9)
    ends = others.loc[place.index.drop(own.name)[[0, 1, -1]]]
    named = [(own, f"book: {own['pairing']}", "bold"), *((row, row["pairing"], "normal") for _, row in ends.iterrows())]
    low, high = part["fit"].min(), part["fit"].max()
    for row, label, weight in named:
        offset, side = ((7, 0), "left") if row["fit"] < (low + high) / 2 else ((-9, 0), "right")
        spot = (row["fit"], place[row.name])
        style.tag(axes, label, spot, offset, ha=side, va="center", fontsize=8, fontweight=weight)
    span = high - low
    axes.set(ylim=(24.8, 0.2), xlim=(low - 0.1 * span, high + 0.08 * span), xlabel="Fit (mean correlation)")
    axes.set_yticks([1, 6, 12, 18, 24])


def checks() -> Figure:
    """Rank of the book's pairing in every check, raw and with year means removed (C08)."""
    table = pairing_checks.checks()[["kind", "check", "version", "cells", "fit", "rank", "rival", "margin"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(5.2)
        rows = frame.drop_duplicates(["kind", "check"])
        places = 1 + style.spaced(rows["kind"], 0.5)
        for y, check in zip(places, rows["check"], strict=True):
            axes.axhline(y, color=style.RULE, lw=0.5)
            ranks = frame[frame["check"] == check].set_index("version")["rank"]
            axes.plot(ranks["raw"], y, "o", color=TERMS["L"].colour, ms=5.5, zorder=3)
            axes.plot(ranks[VERSIONS[1]], y, "o", ms=9.5, mfc="none", mec=TERMS["D"].colour, mew=1.5, zorder=4)
        axes.axvline(1, color=style.MUTED, lw=0.8, zorder=1)
        axes.set_yticks(places, list(map(style.capital, rows["check"])))
        axes.set(ylim=(places[-1] + 0.8, -0.4), xlim=(0, 24.5), xticks=[1, 6, 12, 18, 24])
        axes.set_xlabel("Rank of the book's pairing among 24 (1 is best)")
        style.row_names(axes)
        _key(axes)
        return page

    kept = table[table["kind"] != "shared facts"]
    halo = table[table["kind"] == "shared facts"]["rank"].tolist()
    first, worst = int((kept["rank"] == 1).sum()), int(kept["rank"].max())
    return Figure(
        id="fig-2-4-pairing-checks",
        title="Does the first rank hold?",
        caption=f"Dots: raw levels; rings: year means removed. The book's pairing ranks first in {first} of "
        f"{len(kept)} marks above "
        f"the last row and never worse than {worst}. The last row takes out what the overlap of the facts cited for "
        "factor and way predicts; overlap nearly coincides with the book's pairing, so that little of a match could "
        "survive.",
        alt=f"A row of two marks for each check. In {first} of {len(kept)} marks it ranks first and it is never worse "
        f"than {worst}, except in the last row, with shared facts regressed out: rank {halo[0]} raw and {halo[1]} with "
        "year means removed.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _key(axes: Axes) -> None:
    """Set the two marks and their names above the scale of ranks."""
    for x, label in ((8.0, "raw levels"), (15.0, VERSIONS[1])):
        ring = label == VERSIONS[1]
        face, edge = ("none", TERMS["D"].colour) if ring else (TERMS["L"].colour, TERMS["L"].colour)
        axes.plot(x, 0.1, "o", mfc=face, mec=edge, ms=9.5 if ring else 5.5, mew=1.5 if ring else 0.0, clip_on=False)
        style.tag(axes, label, (x, 0.1), (8, 0), va="center", fontsize=8.5)


def halo() -> Figure:
    """Each factor with each way: correlations, and the overlap of the facts cited for both (C08)."""
    wide = pairing_checks.halo().rename(columns={"within": "facts in common"})
    measures = [*VERSIONS, "facts in common"]
    table = wide.melt(["factor", "way", "book"], measures, var_name="measure", value_name="value")

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.3)
        titled = {**_TITLES, "facts in common": "Facts in common"}.__getitem__
        for axes, part in multiples.panels(page, frame.groupby("measure", sort=False), 1, 3, titled, sharex=False):
            _matrix(axes, part, percent=part["measure"].iloc[0] == "facts in common")
        page.axes[0].set_yticks(range(4), [f"{_short(code)}  {code}" for code in BASIC])
        return page

    mean = table.groupby(["measure", "book"])["value"].mean()
    told = "; ".join(f"{measure}, {mean[measure, True]:.2f} against {mean[measure, False]:.2f}" for measure in measures)
    return Figure(
        id="fig-2-4-halo",
        title="What goes together, and what was coded from the same facts",
        caption="Correlation of each factor (rows) with each way (columns), and the share of cited facts that the two "
        "scores have in common. The book's pairs are framed. They go together best, but they were also coded from "
        f"the same facts far more than others. {WAYS_NAMED}",
        alt="Three grids of four factors by four ways, with a number in each cell. Mean over the book's four pairs on "
        f"the diagonal, against the twelve other pairs: {told}.",
        data=table,
        draw=draw,
        sources=TWO_PASSES,
    )


def _short(code: str) -> str:
    return {"L": "Learning", "I": "Innovation", "E": "Insertion", "S": "Social capital"}.get(code, sentence(code))


def _matrix(axes: Axes, part: pd.DataFrame, percent: bool) -> None:
    for row in part.itertuples():
        x, y, colour = WAYS.index(row.way), BASIC.index(row.factor), TERMS[row.factor].colour
        shade = float(np.clip(row.value, 0, 1)) * 0.55
        label = f"{row.value:.0%}" if percent else f"{row.value:.2f}"
        cell(axes, x, y, colour, shade, label, 1.6 * row.book, 9)
    axes.set(xlim=(-0.55, 3.55), ylim=(3.55, -0.55), aspect="equal")
    axes.set_xticks(range(4), list(WAYS))
    style.frameless(axes)
