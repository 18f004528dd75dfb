"""Figures of section 1.1: the pressure from outside, dated and measured."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib.evidence import series
from gumlib.evidence.wording import dated as spoken
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import TERMS

_PRESSURE = style.MUTED
_MARKS: dict[int, dict[str, Any]] = {
    -1: {"marker": "v", "mfc": _PRESSURE, "mec": style.PAPER, "mew": 0.6, "ms": 7.5, "ls": "none"},
    1: {"marker": "^", "mfc": style.PAPER, "mec": _PRESSURE, "mew": 1.3, "ms": 6, "ls": "none"},
}
"""Marks of events that add pressure, full, and of those that relieve it, open."""
_FIRST, _SECOND = TERMS["L"].colour, TERMS["D"].colour
_LANES = {"pay": "Pay", "currency": "Currency", "rebates": "Rebates, %", "processing trade": "Processing trade"}


def calendar() -> Figure:
    """Dated events of the pressure from outside against the years the book gives (C30 to C34)."""
    events = series.calendar().assign(kind="event")
    table = pd.concat([events, _book()], ignore_index=True)
    for column in ("start", "stop"):
        table[column] = table[column].dt.strftime("%Y-%m-%d")

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(4.1)
        lanes = list(dict.fromkeys(frame["lane"]))
        for place, lane in enumerate(lanes):
            own = frame[frame["lane"] == lane]
            axes.hlines(place, 2002.2, 2011.4, color=style.RULE, lw=0.8, zorder=0)
            year = _said(axes, place, own[own["kind"] == "book"].iloc[0])
            _events(axes, place, own[own["kind"] == "event"], year)
        style.name_rows(axes, [_LANES.get(lane, lane.capitalize()) for lane in lanes])
        axes.set(ylim=(len(lanes) - 0.45, -1.05), xlim=(2002.2, 2011.4), xticks=range(2003, 2012))
        _key(axes)
        return page

    number = events["direction"].value_counts()
    relief = events.loc[events["direction"] > 0, "start"]
    eased = " and ".join(spoken(day, whole=False) for day in (relief.min(), relief.max()))
    return Figure(
        id="fig-1-1-pressure-calendar",
        title="Pressure from outside: dated events against the book's dates",
        caption=f"{number[-1]} events add pressure, {number[1]} relieve it. An upright bar is the year the book gives. "
        "A thick stretch means that the source gives a year or a month only; events of one day stand one above the "
        "other. Numbers in the row of rebates are the new "
        f"rates. All relief falls between {eased}.",
        alt="Five rows on a scale of years: pay, currency, rebates, processing trade, law, each with a bar at the "
        "book's year, from 2004 down to 2008. Marks of pressure stand at or after the bar in every row but that of "
        "rebates, where one stands in 2003. "
        f"Marks of relief crowd between {eased}.",
        data=table[["lane", "kind", "start", "stop", "direction", "label", "statement", "source_key"]],
        draw=draw,
        sources=("china-series", "ledger", "sources-china"),
    )


def _book() -> pd.DataFrame:
    """The years that the book gives, one a lane, in the columns of the calendar."""
    rows = [(lane, str(year), claim) for lane, (year, claim) in series.BOOK.items()]
    book = pd.DataFrame(rows, columns=["lane", "label", "source_key"])
    book = book.assign(kind="book", start=pd.to_datetime(book["label"]), statement="date given by the book")
    return book.assign(label=book["label"].map(lambda year: f"{'in' if year == '2007' else 'from'} {year}"))


def _year(dates: pd.Series) -> pd.Series:
    days = pd.to_datetime(dates).dt
    return days.year + (days.day_of_year - 1) / 365.25


def _said(axes: Axes, place: int, row: pd.Series) -> int:
    year = int(row["start"][:4])
    axes.vlines(year, place - 0.32, place + 0.1, color=style.INK, lw=2.4)
    axes.text(year - 0.08, place - 0.2, f"book: {row['label']}", ha="right", va="center", fontsize=8.5)
    return year


def _events(axes: Axes, place: int, own: pd.DataFrame, year: int) -> None:
    starts, stops = _year(own["start"]), _year(own["stop"])
    same = own.duplicated(["start", "stop"], keep=False)
    for turn, index in enumerate(own.index):
        middle = (starts[index] + stops[index]) / 2
        side = -0.27 if turn % 2 else 0.27
        at = place + side if same[index] else place
        axes.hlines(at, starts[index], stops[index], color=_PRESSURE, lw=3, alpha=0.55)
        axes.plot(middle, at, zorder=3, **_MARKS[own["direction"][index]])
        beside = abs(middle - year) < 0.3
        x, ha = (middle + 0.12, "left") if beside else (middle, "center")
        axes.text(x, place + side, own["label"][index], ha=ha, va="center", fontsize=8.5)


def _key(axes: Axes) -> None:
    for x, direction, words in ((2006.0, -1, "adds pressure"), (2008.6, 1, "relieves")):
        axes.plot(x, -0.8, **_MARKS[direction])
        axes.text(x + 0.15, -0.8, words, va="center", fontsize=8.5)


def rebates() -> Figure:
    """Export rebate on textiles and garments, step by step, and the mean of all goods in 2003 (C32)."""
    steps = series.rebates()
    names = [f"rebate_rate_all_goods_avg_{when}_2003_reform" for when in ("before", "after")]
    means = pd.concat([series.series(name) for name in names]).rename(columns={"value": "rate"})
    means = means.assign(goods="all goods, mean", date=pd.NaT)[["goods", "date", "rate", "source_key"]]
    table = pd.concat([steps.astype({"date": object}), means.astype({"date": object})], ignore_index=True)
    table["date"] = pd.to_datetime(table["date"]).dt.strftime("%Y-%m-%d")

    first = steps.groupby("goods")["rate"].first()
    dated = steps.dropna(subset="date")
    cuts = dated.drop_duplicates("goods").sort_values("date", kind="stable")
    fall = ", ".join(f"{row.goods} to {row.rate:g} in {row.date:%B %Y}" for row in cuts.itertuples())
    rises = dated[dated.duplicated("goods")].drop_duplicates("date")
    back = ", ".join(f"{row.rate:g} in {row.date:%B %Y}" for row in rises.itertuples())

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.1)
        for goods, colour, lift in (("textiles", _FIRST, 0.06), ("garments", _SECOND, -0.06)):
            own = frame[frame["goods"] == goods]
            dates = np.r_[2006.0, _year(own["date"].dropna()), 2011.0]
            rates = np.r_[own["rate"], own["rate"].iloc[-1]] + lift
            axes.plot(dates, rates, color=colour, drawstyle="steps-post", lw=2)
        axes.text(2006.62, 11.9, "textiles", color=style.legible(_FIRST), ha="right")
        axes.text(2007.58, 12.2, "garments", color=style.legible(_SECOND))
        before, after = frame[frame["goods"] == "all goods, mean"]["rate"]
        arrow = {"arrowstyle": "-|>", "color": style.MUTED, "lw": 1.4}
        axes.annotate("", (2003.5, after), (2003.5, before), arrowprops=arrow)
        axes.text(2003.65, (before + after) / 2, f"all goods, mean:\n{before:.1f} to {after:.1f}\n(reform of 2003)",
                  va="center", fontsize=8.5, color=style.MUTED)  # fmt: skip
        axes.axvline(2006, color=style.INK, lw=0.8, ls=(0, (4, 3)))
        axes.text(2005.93, 16.6, "book: from 2006", ha="right", fontsize=8.5)
        axes.set(xlim=(2003, 2011), ylim=(10, 17), ylabel="Rebate, per cent of the base of VAT")
        return page

    return Figure(
        id="fig-1-1-rebates",
        title="Export rebates: cut, and raised again",
        caption="Rates on textiles and garments from the day they took force. Both stood at "
        f"{' and '.join(f'{rate:g}' for rate in first.unique())} before the cuts; since when, the sources do not say. "
        "Where two rates are equal, their lines are drawn slightly apart. A reform announced in 2003 had lowered the "
        "mean of all goods, and from August 2008 four rises undid the cuts.",
        alt=f"Two step lines by year. They fall, {fall}. Together they rise to {back}. An arrow in 2003 "
        f"points from {table['rate'].iloc[-2]:.1f} down to {table['rate'].iloc[-1]:.1f}, the mean of all goods.",
        data=table,
        draw=draw,
        sources=("china-series",),
    )
