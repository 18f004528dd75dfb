"""Figures of the front matter."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure as Canvas

from gumlib import evidence
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import CLUSTERS, name

_KINDS = {
    "news": "news",
    "trade_press": "trade press",
    "company": "company",
    "academic": "academic",
    "official_statistics": "official statistics",
    "encyclopedia": "encyclopaedia",
    "other": "other",
}


def sources_and_facts() -> Figure:
    """Facts of each cluster by the kind of source they rest on."""
    facts = evidence.ledger().join(evidence.sources()["kind"], on="source_key")
    table = facts.groupby(["cluster", "kind"]).size().rename("facts").reset_index()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.0)
        panels = page.subplots(1, len(CLUSTERS), sharey=True, sharex=True)
        for axes, cluster in zip(panels, CLUSTERS, strict=True):
            own = frame[frame["cluster"] == cluster].set_index("kind")["facts"].reindex(_KINDS, fill_value=0)
            axes.barh(range(len(own)), own, color=style.MUTED, height=0.62)
            for y, count in enumerate(own):
                axes.text(count + 3, y, str(count), va="center", fontsize=8)
            axes.set_title(f"{name(cluster)}, {own.sum()} facts", fontsize=9)
            axes.tick_params(axis="y", length=0)
            axes.spines["left"].set_visible(False)
        panels[0].set_yticks(range(len(_KINDS)), list(_KINDS.values()))
        panels[0].set(ylim=(len(_KINDS) - 0.5, -0.5), xlim=(0, frame["facts"].max() * 1.25))
        page.supxlabel("facts in the ledger", fontsize=9)
        return page

    few = facts["kind"].isin(["academic", "official_statistics"]).mean()
    press = facts["kind"].isin(["news", "trade_press"]).mean()
    return Figure(
        id="fig-0-sources",
        title="What the ledger rests on",
        caption=f"Facts by cluster and kind of source. {press:.0%} of all facts come from news and the trade press; "
        f"{few:.0%} from scholarly works and official statistics.",
        alt="Four panels of bars, one a cluster, by kind of source. News is the longest bar, then trade press; "
        "academic, official and encyclopaedic sources are short bars everywhere.",
        data=table,
        draw=draw,
        sources=("ledger", "sources"),
    )
