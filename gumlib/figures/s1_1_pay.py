"""Figures of section 1.1 on pay: the wage in dollars, and whether growth of pay broke in 2004."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.data import sorting
from gumlib.evidence import breaks, series
from gumlib.evidence.wording import listed
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import TERMS

_FIRST, SECOND, _LIMIT = TERMS["L"].colour, TERMS["I"].colour, TERMS["D"].colour
SCANNED = {
    "cn_wage_all_sectors_urban_units": "Urban wage, all\nbranches, in yuan",
    "labour_income": "Labour income per\nworker, in yuan",
    "real_labour_income": "Labour income per\nworker, real",
}
"""Pay series that can be tested in 2004, with the titles of their panels."""


def wages() -> Figure:
    """Manufacturing wage in dollars, and what of its rise came from wage and from currency (C30, C31; nbs2012)."""
    table = series.dollar_wage().round(6).reset_index()  # a millionth is what rates of five digits bear

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(2.9)
        left, right = page.subplots(1, 2)
        left.plot(frame["year"], frame["usd"] / 1000, "o-", color=style.INK, ms=3.5)
        left.plot(frame["year"], frame["usd_at_2004"] / 1000, "--", color=_FIRST)
        left.text(2009.3, 4.75, "at the rate\nof the year", ha="right", va="bottom", fontsize=8.5)
        left.text(2009.5, 2.75, "at the rate\nof 2004", color=style.legible(_FIRST), fontsize=8.5, va="top")
        left.set(ylim=(0, 6), xticks=(2003, 2005, 2007, 2009, 2011), title="Wage, thousand dollars a year")
        bars = frame.dropna(subset=["total"])
        wage, currency = bars["wage_part"] * 100, bars["currency_part"] * 100
        right.bar(bars["year"], wage, color=_FIRST, width=0.7)
        right.bar(bars["year"], currency, bottom=wage, color=SECOND, width=0.7)
        right.text(2003.6, 23.6, "stronger yuan", color=style.legible(SECOND), fontsize=8.5)
        right.text(2003.6, 21.4, "higher wage", color=style.legible(_FIRST), fontsize=8.5)
        right.set(xticks=(2004, 2006, 2008, 2010), title="Rise on the year, log points", ylim=(0, 25))
        return page

    span = table.set_index("year").loc[2005:2008, ["currency_part", "total"]].sum()
    top = table.loc[sorting.largest(table["currency_part"])]
    share = span["currency_part"] / span["total"]
    return Figure(
        id="fig-1-1-wages",
        title="Manufacturing wage in dollars: wage and currency",
        caption="Urban units, current prices. Left: the wage at the rate of each year, and at the rate of 2004. Right: "
        f"the yearly rise, sum of its two parts. Between 2004 and 2008 the currency gave {share:.0%} of the rise. "
        "The series begins in 2003, so growth before 2004 cannot be seen here.",
        alt=f"Left, two rising lines from {table['usd'].iloc[0]:,.0f} dollars in 2003. The upper reaches "
        f"{table['usd'].iloc[-1]:,.0f} in 2011; the lower, at the rate of 2004, {table['usd_at_2004'].iloc[-1]:,.0f}. "
        f"Right, stacked bars. The wage part lies between {table['wage_part'].min() * 100:.0f} and "
        f"{table['wage_part'].max() * 100:.0f} log points; the currency part is zero in 2004 and largest in "
        f"{top['year']:.0f} with {top['currency_part'] * 100:.0f}.",
        data=table,
        draw=draw,
        sources=("china-series",),
    )


def break_scan() -> Figure:
    """Growth of pay by year, and the rise of its mean at every year that can be tested (C30)."""
    parts = []
    for name in SCANNED:
        rates = series.pay_growth(name)
        part = rates.reset_index().assign(series=name, limit=breaks.peak(rates).limit)
        parts.append(part.join(breaks.scan(rates)["statistic"], on="year"))
    table = pd.concat(parts, ignore_index=True)[["series", "year", "growth", "statistic", "limit"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.4)
        panels = page.subplots(2, 3, sharex="col", sharey="row")
        for column, (name, own) in enumerate(frame.groupby("series", sort=False)):
            _growth(panels[0, column], own)
            panels[0, column].set_title(SCANNED[str(name)])
            _scan(panels[1, column], own)
        panels[0, 0].set(ylabel="Growth, log points")
        panels[0, 0].text(2003.7, 23, "from 2004", fontsize=8.5)
        panels[1, 0].text(2000.8, 2.45, "1 in 20 by chance", color=style.legible(_LIMIT), fontsize=8.5)
        panels[1, 0].set(xticks=(2001, 2004, 2007, 2010), ylabel="Rise of mean growth,\nstandard errors")
        return page

    found = {name: breaks.peak(series.pay_growth(name)) for name in SCANNED}
    years = ", ".join(str(one.year) for one in found.values())
    past = [one.statistic >= one.limit for one in found.values()]
    tops = listed(f"{one.statistic:.1f} in {one.year}" for one in found.values())
    cut = listed(f"{rise:.1f}" for rise in table.loc[table["year"] == 2004, "statistic"])
    return Figure(
        id="fig-1-1-break",
        title="Did growth of pay break in 2004?",
        caption="Top: growth by year, its mean before 2004 and from 2004 on. Bottom: how far the mean rises if the "
        "series is cut at each year in turn; the bar of 2004 stands out by its colour. Dashes: what the largest rise "
        f"in any year exceeds by chance in one case of twenty. The largest rises are in {years}; "
        f"{'some' if any(past) else 'none'} reaches it.",
        alt="Three columns for three pay series. In the top row growth moves up and down; the means before and after "
        "2004 lie close together. In the bottom row bars, one for every year that can be tested, say by how many "
        f"standard errors the mean rises there: {cut} in 2004. The tallest bars are {tops}. A dashed line near "
        f"{table['limit'].mean():.1f} marks what chance exceeds in one case of twenty; "
        f"{'some bar' if any(past) else 'no bar'} reaches it.",
        data=table,
        draw=draw,
        sources=("china-series", "penn-world-table"),
        seed=2004,
    )


def _growth(axes: Axes, own: pd.DataFrame) -> None:
    axes.plot(own["year"], own["growth"] * 100, "o-", color=style.MUTED, ms=3, lw=1)
    for side in (own[own["year"] < 2004], own[own["year"] >= 2004]):
        axes.hlines(side["growth"].mean() * 100, side["year"].min(), side["year"].max(), color=_FIRST, lw=2.2)
    axes.axvline(2003.5, color=style.INK, lw=0.8, ls=(0, (4, 3)))
    axes.set(ylim=(0, 25))


def _scan(axes: Axes, own: pd.DataFrame) -> None:
    known = own.dropna(subset=["statistic"])
    colours = [style.INK if year == 2004 else _FIRST for year in known["year"]]
    axes.bar(known["year"], known["statistic"], color=colours, width=0.75)
    axes.axhline(own["limit"].iloc[0], color=_LIMIT, lw=1.2, ls=(0, (4, 3)))
    axes.axhline(0, color=style.RULE, lw=0.8)
    axes.set(ylim=(-2.2, 3.0), xlabel="Year")
