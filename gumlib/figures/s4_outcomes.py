"""Figures of chapter 4: the outcome series of a cluster, contradicting sources side by side."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.cases import reports
from gumlib.cases.reports import Place
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.s4_map import cluster_title, section_id
from gumlib.terms import TERMS

_NAMES = {
    "firms_count": "Number of firms",
    "output_pieces": "Output",
    "gdp": "GDP of the county or city",
    "unit_price": "Price",
    "world_share_pct": "World share",
    "above_scale_output": "Output, firms above scale",
    "textile_share_of_gdp_pct": "Textiles in county GDP",
    "market_turnover_half_year": "Market turnover, half year",
}

_COUNTS = ("", "outcome", "two outcomes", "three outcomes", "four outcomes")


def outcomes(cluster: Place) -> Figure:
    """Outcome series of a cluster, with contradicting sources side by side."""
    table = reports.outcome_series(cluster)
    groups = table.groupby(["panel", "unit"], sort=False)
    number = len(groups)

    def draw(frame: pd.DataFrame) -> Canvas:
        lines = -(-number // 2)
        page = style.canvas(4.3 if lines == 2 else 2.4)
        panels = page.subplots(lines, min(number, 2), squeeze=False).ravel()
        for spare in panels[number:]:
            style.bare(spare)
        for axes, (label, own) in zip(panels, frame.groupby(["panel", "unit"], sort=False), strict=False):
            _values(axes, own, *label)
        page.get_layout_engine().set(h_pad=0.08, w_pad=0.06)  # type: ignore[union-attr,call-arg]
        return page

    rings = int(table["dispute"].notna().sum())
    others = int((table["indicator"] != table["panel"]).sum())
    span = " A bar through a dot is the span of years a source names." if (table["first"] < table["last"]).any() else ""
    told = "; ".join(
        f"{_title(panel, unit)} in {unit}, {len(own)} values from {own['value'].min():,g} to {own['value'].max():,g}"
        for (panel, unit), own in groups
    )
    return Figure(
        id=f"fig-{section_id(cluster)}-outcomes",
        title=f"{cluster_title(cluster)}: outcomes as reported",
        caption=f"The {_COUNTS[number]} with most dated values; each value is shown. {_contested(rings, others)}"
        f"{span} Dots are not joined: sources differ in what they count.",
        alt=f"Small panels of dots by year: {told}. "
        + (f"{rings} marks are open: values in dispute." if rings else "None is in dispute."),
        data=table,
        draw=draw,
        sources=("ledger",) if isinstance(cluster, str) else (),
    )


def _contested(rings: int, others: int) -> str:
    """Say what open marks and bars are."""
    if rings == 0:
        return "No other source contradicts any of them."
    squares = " Squares are contradicting values of another definition." if others else ""
    return (
        f"Open marks are the {rings} values in dispute; an upright bar spans what the sources of one dispute say, and "
        f"is no growth.{squares}"
    )


def _limits(own: pd.DataFrame) -> tuple[tuple[float, float], tuple[float, float]]:
    """Years from left to right, and values from zero on, of a panel."""
    first, last = int(own["first"].min()), int(own["last"].max())
    margin = max(2.0, 0.1 * (last - first))
    low, high = min(0.0, own["value"].min() * 1.15), max(0.0, own["value"].max() * 1.15)
    return (first - margin, last + margin), (low, high if high > low else 1.0)


def _title(panel: str, unit: str) -> str:
    words = reports.in_words(panel, unit=not unit)
    return _NAMES.get(panel, style.capital(words))


def _values(axes: Axes, own: pd.DataFrame, panel: str, unit: str) -> None:
    first, last = own["first"].astype(int), own["last"].astype(int)
    middle, value, plain, contested = (first + last) / 2, own["value"], TERMS["L"].colour, TERMS["D"].colour
    spans = first < last
    axes.hlines(value[spans], first[spans], last[spans], color=plain, lw=1)
    for _, rows in own.dropna(subset=["dispute"]).groupby("dispute"):
        axes.plot([middle[rows.index].mean()] * 2, rows["value"].agg(["min", "max"]), "_-", color=contested, lw=1, ms=7)
    disputed, other = own["dispute"].notna(), own["indicator"] != panel
    for mark, chosen in (("o", ~disputed), ("o", disputed & ~other), ("s", disputed & other)):
        if not chosen.any():
            continue
        (marks,) = axes.plot(middle[chosen], value[chosen], mark, ms=5, mew=1.4, color=plain, clip_on=False, zorder=3)
        if disputed[chosen].any():
            marks.set(markerfacecolor=style.PAPER, markeredgecolor=contested)
    axes.set_title(_title(panel, unit), fontsize=9)
    axes.set_ylabel(unit, fontsize=8.5)
    years, span = _limits(own)
    axes.set(ylim=span, xlim=years)
    axes.locator_params(axis="x", nbins=4, integer=True)
    axes.locator_params(axis="y", nbins=4)
    axes.yaxis.set_major_formatter("{x:,g}")
