"""Figure of section 3.3: instruments, what they act on, where the ledger documents them."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import policy
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import CLUSTERS, FACTORS, TERMS, name, short

_LONG = "Licences, hired experts, training abroad", "Licences, experts, training"
"""A title and its shorter form beside a row."""


def catalogue() -> Figure:
    """Instruments by what they act on, and the years and clusters in which the ledger documents them.

    Source: the ledger; what an instrument acts on is our reading.
    """
    facts = policy.documented()[["title", "level", "acts_on", "fact", "cluster", "first"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(5.0)
        left, right = page.subplots(1, 2, sharey=True, width_ratios=[1, 2.1])
        titles = list(dict.fromkeys(frame["title"]))
        y = {title: len(titles) - 1 - at for at, title in enumerate(titles)}
        _acts_on(left, frame, y)
        _documented(right, frame, y)
        last = frame.drop_duplicates("level", keep="last")["title"][:-1]
        for axes in (left, right):
            for title in last:
                axes.axhline(y[title] - 0.5, color=style.RULE, lw=0.8)
        page.legend(*right.get_legend_handles_labels(), loc="outside lower center", ncols=4)
        return page

    counts = facts.groupby("level", sort=False)["title"].nunique()
    spread = facts.groupby("title")["cluster"].nunique()
    return Figure(
        id="fig-3-3-catalogue",
        title="Instruments, what they act on, and where they were used",
        caption=f"{len(spread)} instruments in three blocks: government, cluster, firm. Left: the factor acted on, by "
        f"our reading. Right: the {facts['fact'].nunique()} ledger facts behind them, by first year and cluster. "
        f"{int((spread == 1).sum())} instruments are documented in one cluster alone, {int((spread == 4).sum())} in "
        "all four. A gap is a gap of the ledger, not proof that the instrument was not used.",
        alt="Two panels with a row for each instrument. "
        + "; ".join(f"{level}: {number} instruments" for level, number in counts.items())
        + ". "
        + "; ".join(
            f"{title} acts on {short(part['acts_on'].iloc[0]) if part['acts_on'].iloc[0] != 'G' else 'governance'}, "
            f"documented in {', '.join(name(case) for case in CLUSTERS if case in set(part['cluster']))}"
            for title, part in facts.groupby("title", sort=False)
        )
        + ".",
        data=facts,
        draw=draw,
        sources=("policy-instruments", "ledger"),
    )


def _acts_on(axes: Axes, frame: pd.DataFrame, y: dict[str, int]) -> None:
    """A disc an instrument, in the column of what it acts on."""
    codes = [*FACTORS, "G"]
    for title, row in frame.drop_duplicates("title").set_index("title").iterrows():
        axes.plot(codes.index(row["acts_on"]), y[title], "o", ms=8, color=TERMS[row["acts_on"]].colour)
    axes.set_xticks(range(len(codes)), codes)
    axes.set_yticks(list(y.values()), [title.replace(*_LONG) for title in y], fontsize=7.8)
    axes.set(title="acts on (ours)", xlim=(-0.6, len(codes) - 0.4), ylim=(-0.6, len(y) - 0.4))


def _documented(axes: Axes, frame: pd.DataFrame, y: dict[str, int]) -> None:
    """A mark a fact of the ledger, at its first year; the clusters stand a little apart."""
    for case, mark, shift in zip(CLUSTERS, "osD^", (0.24, 0.08, -0.08, -0.24), strict=True):
        own = frame[frame["cluster"] == case]
        years = own["first"].astype(float).fillna(1977)
        at = own["title"].map(y) + shift
        axes.plot(years, at, mark, ms=4, color=style.MUTED, mfc="none", mew=0.9, label=name(case))
    axes.axvline(1980, color=style.RULE, lw=0.8)
    axes.set_xticks([1977, 1990, 2000, 2010, 2020], ["no\nyear", "1990", "2000", "2010", "2020"])
    axes.set(title="documented in the ledger", xlim=(1974, 2026))
    axes.tick_params(axis="y", length=0)
