"""Figures of sections 3.4 and 5.2: pairs of instruments, timing, levers by case and level."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from gumlib import cases, policy
from gumlib.data import sorting
from gumlib.errors import one_of
from gumlib.evidence.wording import listed
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.policy import results
from gumlib.policy.catalogue import LEVELS
from gumlib.policy.levers import DURATIONS
from gumlib.policy.uncertainty import SEED
from gumlib.terms import TERMS, name

_LEVEL_INKS = {"government": TERMS["P"].colour, "cluster": TERMS["S"].colour, "firm": TERMS["D"].colour}
_READINGS = {"ranges": (TERMS["P"].colour, "over our ranges"), "fitted": (TERMS["D"].colour, "fitted to the cases")}


def synergy() -> Figure:
    """Matrix of instruments by instruments: effect of both together less the sum of their single effects.

    Source: C16; our formalisation.
    """
    table = results.read("synergy").query("source == 'ranges'").drop(columns="source").reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(5.0)
        axes = page.subplots()
        wide = policy.matrix(frame)
        names = list(wide.index)
        most = float(np.nanquantile(np.abs(wide.to_numpy()), 0.97))
        for row, one in enumerate(names):
            for column, two in enumerate(names):
                if one == two:
                    continue
                value = float(wide.loc[one, two])
                share = np.clip(value / most, -1, 1)
                ink = TERMS["L"].colour if share > 0 else TERMS["D"].colour
                side = 0.9 * np.sqrt(abs(share))
                corner = (column - side / 2, row - side / 2)
                axes.add_patch(Rectangle(corner, side, side, fc=ink, ec="none"))
        _grid(axes, names)
        return page

    best, worst = (table.loc[end(table["synergy"])] for end in (sorting.largest, sorting.smallest))
    sure = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    return Figure(
        id="fig-3-4-synergy",
        title="What two instruments bring together beyond the sum",
        caption="Effect of a pair on the upgrading index in 2010 less the sum of the two single effects, mean over "
        "cases and draws from our ranges. Blue: more than the sum. Orange: less. Area of a square: size, cut at the "
        f"largest few. The 5 to 95 % interval of cases and draws leaves out zero for {sure} of {len(table)} pairs. "
        f"Largest: {best['first']} with {best['second']}, {best['synergy']:+.3f}; lowest: {worst['first']} with "
        f"{worst['second']}, {worst['synergy']:+.4f}.",
        alt="A symmetric matrix of sixteen instruments. "
        f"{int((table['synergy'] > 0).sum())} of {len(table)} pairs have a mean above zero: {_signs(table)}.",
        data=table,
        draw=draw,
        sources=("policy-synergy",),
        seed=SEED,
    )


def _signs(table: pd.DataFrame) -> str:
    """Tell how many pairs bring more than the sum, with governance, on one factor, and among the rest."""
    acts = policy.instruments()["acts_on"]
    one, two = (table[side].map(acts) for side in ("first", "second"))
    groups = {"with governance": (one == "G") | (two == "G"), "on one factor": (one == two) & (one != "G")}
    groups["others"] = ~np.logical_or(*groups.values())
    return ", ".join(f"{(table['synergy'] > 0)[own].sum()} of {own.sum()} {words}" for words, own in groups.items())


def _grid(axes: Axes, names: list[str]) -> None:
    """A square field with a thin line for each name, down and across."""
    axes.set(xlim=(-0.6, len(names) - 0.4), ylim=(len(names) - 0.4, -0.6), aspect="equal")
    axes.set_xticks(range(len(names)), names, rotation=60, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(length=0)
    for at in range(len(names)):
        axes.axhline(at, color=style.RULE, lw=0.3, zorder=0)
        axes.axvline(at, color=style.RULE, lw=0.3, zorder=0)


def timing() -> Figure:
    """What delay, order and failures of co-ordination take from the gain of a portfolio.

    Source: C16; our formalisation.
    """
    table = _timings()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.5)
        one, two, three = page.subplots(1, 3, width_ratios=[1, 1.15, 1.0])
        two.sharey(one)
        two.tick_params(labelleft=False)
        for shift, (source, (ink, _)) in zip((-0.14, 0.14), _READINGS.items(), strict=True):
            own = frame[frame["source"] == source]
            _points(one, own[own["what"] == "delay"].pipe(_shifted, shift), ink)
            failed = own[own["what"] == "failure"]
            _points(two, failed.assign(x=np.arange(len(failed)) + shift), ink)
            _orders(three, own[(own["what"] == "order") & (own["setting"] != "together")], shift, ink)
        _timing_words(one, two, three)
        handles = [one.plot([], [], "o", color=ink, label=words)[0] for ink, words in _READINGS.values()]
        page.legend(handles=handles, loc="outside upper center", ncols=2)
        return page

    told = table.set_index(["what", "source", "setting"])["against"].sort_index()
    return Figure(
        id="fig-3-4-timing",
        title="What timing takes from the gain",
        caption="Change in the gain of the upgrading index by 2010 against the same instruments as planned, in the "
        "same draws: mean, with 5 to 95 % of cases and draws. Left: all six instruments of one portfolio start later. "
        "Middle: overlap (half lost where two act on one factor), a start five years late, work in turns of two years "
        "on and two off, and all of these. Right: four instruments started three years apart, one circle an order, by "
        "the instrument that comes first, against all at once; its scale is finer.",
        alt=f"Over our ranges ten years of delay take {-told['delay', 'ranges', '10']:.3f} of the gain, overlap "
        f"{-told['failure', 'ranges', 'overlap']:.3f}, a late start {-told['failure', 'ranges', 'late start']:.3f}, "
        f"stop-go {-told['failure', 'ranges', 'stop-go']:.3f}, all three "
        f"{-told['failure', 'ranges', 'all three']:.3f}. Best order over our ranges: "
        f"{sorting.largest(told['order', 'ranges'].drop('together'))}; as fitted: "
        f"{sorting.largest(told['order', 'fitted'].drop('together'))}.",
        data=table,
        draw=draw,
        sources=("policy-delays", "policy-failures", "policy-orders"),
        seed=SEED,
    )


def _timings() -> pd.DataFrame:
    """The stored runs on delay, failures and order, one under the other."""
    delays = results.read("delays").assign(what="delay", setting=lambda frame: frame["delay"].map("{:g}".format))
    failures = results.read("failures").assign(what="failure")
    orders = results.read("orders").assign(what="order")
    columns = ["what", "source", "setting", "chance", "gain", "gain_low", "gain_high", "against"]
    table = pd.concat([part[[*columns, "against_low", "against_high"]] for part in (delays, failures, orders)])
    return table.reset_index(drop=True)


def _shifted(part: pd.DataFrame, by: float) -> pd.DataFrame:
    return part.assign(x=part["setting"].astype(float) + by)


def _points(axes: Axes, part: pd.DataFrame, ink: str) -> None:
    axes.vlines(part["x"], part["against_low"], part["against_high"], color=ink, lw=1.2, alpha=0.6)
    axes.plot(part["x"], part["against"], "o", color=ink, ms=4)


def _orders(axes: Axes, part: pd.DataFrame, shift: float, ink: str) -> None:
    """A circle an order, above the instrument that comes first in it."""
    first = part["setting"].str.split(" > ").str[0]
    for at, instrument in enumerate(results.ORDERED):
        values = part.loc[first == instrument, "against"]
        axes.plot(np.full(len(values), at + shift), values, "o", ms=3.2, mfc="none", mec=ink)


def _timing_words(delay: Axes, failure: Axes, order: Axes) -> None:
    """Titles, names and the line of no change, in the three panels."""
    for axes in (delay, failure, order):
        axes.axhline(0, color=style.RULE, lw=0.8, zorder=0)
    delay.set(title="Late start", xlabel="Years of delay", ylabel="Change in the gain of the index")
    failure.set_title("Failures")
    failure.set_xticks(
        range(5), ["as\nplanned", "over-\nlap", "five yrs\nlate", "stop-\ngo", "all\nthree"], fontsize=7.8
    )
    order.set_title("First in the order")
    order.set_xticks(range(4), [word.replace("covenant", "cove-\nnant") for word in results.ORDERED], fontsize=7.8)


def levers(case: str | None = None) -> Figure:
    """Gain of each lever alone per unit of cost, as fitted and over our ranges, by level, with intervals.

    Parameters
    ----------
    case : one cluster; the mean over the four by default

    Raises
    ------
    GumError : unknown case

    Source: C17; our formalisation.
    """
    table = _gains(case)
    where = "Mean over the four cases" if case is None else name(case)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.8)
        panels = page.subplots(1, len(_PANELS), sharey=True)
        titles = dict(zip(frame["name"], frame["title"], strict=True))
        level = dict(zip(frame["name"], frame["level"], strict=True))
        y = {own: -at - 0.9 * LEVELS.index(level[own]) for at, own in enumerate(titles)}
        for axes, (source, words) in zip(panels, _PANELS.items(), strict=True):
            _gain_lines(axes, frame[frame["source"] == source], y)
            axes.set_title(words)
        panels[0].set_yticks(list(y.values()), list(titles.values()), fontsize=8)
        for one in LEVELS:
            top = max(y[own] for own in titles if level[own] == one)
            panels[0].text(
                -0.02,
                top + 0.55,
                one,
                ha="right",
                fontweight="bold",
                transform=panels[0].get_yaxis_transform(),
                fontsize=8,
                va="bottom",
            )
        page.supxlabel("Gain in the upgrading index by 2025, per unit of cost (each step tenfold)", fontsize=9)
        page.legend(handles=_duration_marks(panels[0]), loc="outside upper center", ncols=2)
        return page

    first = {which: _first(part) for which, part in table.groupby(["source", "duration"])}
    led = {
        duration: listed(dict.fromkeys((first["fitted", duration], first["ranges", duration])))
        for duration in DURATIONS
    }
    return Figure(
        id="fig-5-2-levers" if case is None else f"fig-5-2-levers-{case}",
        title="What each lever brings, alone" + ("" if case is None else f": {name(case)}"),
        caption=f"{where}: gain in the upgrading index from 2010 to 2025 by one lever alone, per unit of cost. Filled: "
        "each lever lasts as long as we assume; line: 5 to 95 % of draws, in which parameters, starts, sizes, leakage "
        f"and costs vary. Open: all levers end after {DURATIONS['equal']:.0f} years. What to see: how far the open "
        f"mark falls behind the filled one. First in one reading or the other: as "
        f"assumed {led['assumed']}; if all end alike {led['equal']}. All sizes, durations and costs are "
        "assumed.",
        alt=f"Two panels, as fitted and over our ranges, with a row for each of {table['name'].nunique()} levers in "
        "three groups. " + ". ".join(f"{words}: {_told(table, *which)}" for which, words in _RANKED.items()) + ".",
        data=table,
        draw=draw,
        sources=("policy-levers", "policy-instruments"),
        seed=SEED,
    )


_LEAST = 1e-4
_PANELS = {"fitted": "as fitted", "ranges": "our ranges"}
_RANKED = {
    ("fitted", "assumed"): "Largest as fitted, lasting as assumed",
    ("fitted", "equal"): "as fitted, all ended alike",
    ("ranges", "assumed"): "over our ranges, lasting as assumed",
    ("ranges", "equal"): "over our ranges, all ended alike",
}


def _gains(case: str | None) -> pd.DataFrame:
    """Return gains with title and level, levers sorted by level and by their mean gain, the largest first."""
    stored = results.read("levers")
    table = stored if case is None else stored[stored["case"] == one_of(case, cases.names(), "policy", "case")]
    mean = table.groupby(["source", "duration", "name"])[["value", "low", "high"]].mean().reset_index()
    mean = mean.join(policy.instruments()[["title", "level"]], on="name")
    block, place = mean["level"].map(LEVELS.index), -mean.groupby("name")["value"].transform("mean")
    mean = sorting.ordered(mean.assign(block=block, place=place), "block", "place", "name", "source", "duration")
    return mean.drop(columns=["block", "place"]).reset_index(drop=True)


def _gain_lines(axes: Axes, part: pd.DataFrame, y: dict[str, float]) -> None:
    """One reading: interval and filled mark as assumed, an open mark if all end alike, in the colour of the level.

    The axis is logarithmic; what is smaller than its least value stands at its left edge, as an arrow.
    """
    for duration, own in part.groupby("duration"):
        at, inks = own["name"].map(y), own["level"].map(_LEVEL_INKS)
        lasting, seen = duration == "assumed", own["value"] > _LEAST
        if lasting:
            axes.hlines(at, own["low"].clip(lower=_LEAST), own["high"].clip(lower=_LEAST), color=list(inks), lw=1.4)
        x, (size, order) = own["value"].clip(lower=_LEAST), (13, 4) if lasting else (34, 3)
        for chosen, mark in ((seen, "o"), (~seen, "<")):
            ink = list(inks[chosen])
            axes.scatter(
                x[chosen],
                at[chosen],
                s=size,
                marker=mark,
                zorder=order,
                c=ink if lasting else style.PAPER,
                edgecolors=ink,
            )
    axes.set(xscale="log", xlim=(_LEAST * 0.8, 0.5), ylim=(min(y.values()) - 0.7, 1.4))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.grid(axis="x", color=style.RULE, lw=0.5)
    axes.tick_params(axis="y", length=0)


def _duration_marks(axes: Axes) -> list[Line2D]:
    """Keys for the filled and the open mark."""
    words = {"lasts as long as we assume": style.MUTED, f"all end after {DURATIONS['equal']:.0f} years": "none"}
    return [axes.plot([], [], "o", ms=5, mec=style.MUTED, mfc=fill, label=text)[0] for text, fill in words.items()]


def _first(part: pd.DataFrame) -> str:
    return str(sorting.largest(part.set_index("name")["value"]))


def _told(table: pd.DataFrame, source: str, duration: str) -> str:
    """Name the three levers with the largest gains in one ranking."""
    part = table[(table["source"] == source) & (table["duration"] == duration)].set_index("name")["value"]
    return listed(f"{own} {value:.3f}" for own, value in sorting.ranked(part, falling=True).head(3).items())
