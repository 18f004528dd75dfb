"""Figures of the front matter."""

import pandas as pd
from matplotlib.figure import Figure as Canvas

from gumlib import evidence
from gumlib.figures import multiples, style
from gumlib.figures.card import Figure
from gumlib.figures.multiples import so
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
        every = frame.pivot(index="kind", columns="cluster", values="facts").fillna(0).loc[list(_KINDS)].astype(int)
        plot = (
            so.Plot(every.stack().rename("facts").rename(_KINDS).reset_index(), "facts", "kind", text="facts")
            .facet("cluster", order=list(CLUSTERS))
            .add(so.Bar(color=style.MUTED, alpha=1, edgewidth=0, width=0.62), orient="y")
            .add(so.Text(color=style.INK, fontsize=8, halign="left"))
            .label(x="", y="", title=lambda cluster: f"{name(cluster)}, {every[cluster].sum()} facts")
            .limit(x=(0, every.to_numpy().max() * 1.25))
        )
        page = multiples.on(style.canvas(3.0), plot)
        style.row_names(*page.axes)
        page.supxlabel("facts in the ledger")
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
