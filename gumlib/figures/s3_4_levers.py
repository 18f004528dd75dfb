"""Figures of section 3.4: pairs of instruments, and what timing takes from their gain."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import policy
from gumlib.data import sorting
from gumlib.evidence.wording import of_all
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.policy import results
from gumlib.policy.uncertainty import SEED
from gumlib.terms import TERMS

_READINGS = {"ranges": (TERMS["P"].colour, "over our ranges"), "fitted": (TERMS["D"].colour, "fitted to the cases")}


def synergy() -> Figure:
    """Matrix of instruments by instruments: effect of both together less the sum of their single effects.

    Source: C16; our formalisation.
    """
    table = results.read_study("synergy").query("source == 'ranges'").drop(columns="source").reset_index(drop=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(5.0)
        wide = policy.matrix(frame)
        names = list(wide.index)
        most = float(np.nanquantile(np.abs(wide.to_numpy()), 0.97))
        for row, one in enumerate(names):
            for column, two in enumerate(names):
                if one == two:
                    continue
                share = np.clip(float(wide.loc[one, two]) / most, -1, 1)
                ink = TERMS["L"].colour if share > 0 else TERMS["D"].colour
                side = 0.9 * np.sqrt(abs(share))
                style.box(axes, column, row, side, side, fc=ink, ec="none")
        _grid(axes, names)
        return page

    best, worst = (table.loc[end(table["synergy"])] for end in (sorting.largest, sorting.smallest))
    sure = int(((table["low"] > 0) | (table["high"] < 0)).sum())
    return Figure(
        id="fig-3-4-synergy",
        title="What two instruments bring together beyond the sum",
        caption="Effect of a pair on the upgrading index in 2010 less the sum of the two single effects, mean over "
        "cases and draws from our ranges. Blue: more than the sum. Orange: less. The area of a square shows the size; "
        "the few largest are cut to one size. The 5 to 95 % interval of cases and draws leaves out zero for "
        f"{of_all(sure, len(table), 'pair')}. Largest: {best['first']} with {best['second']}, "
        f"{best['synergy']:+.3f}; lowest: {worst['first']} with "
        f"{worst['second']}, {worst['synergy']:+.4f}.",
        alt="A symmetric matrix of sixteen instruments. "
        f"A mean above zero in {of_all(int((table['synergy'] > 0).sum()), len(table), 'pair')}: {_signs(table)}.",
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
    above = table["synergy"] > 0
    said = {words: of_all(int(above[own].sum()), int(own.sum()), "pair") for words, own in groups.items()}
    return "; ".join(f"{words}, {count}" for words, count in said.items())


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
    """What delay, order and failures of co-ordination take from the gain of a portfolio (C16; our formalisation)."""
    table = _timings()

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.5)
        one, two, three = page.subplots(1, 3, width_ratios=[1, 1.15, 1.0])
        two.sharey(one)
        two.tick_params(labelleft=False)
        for shift, (source, (ink, _)) in zip((-0.14, 0.14), _READINGS.items(), strict=True):
            late, failed, orders = (part for _, part in frame[frame["source"] == source].groupby("what"))
            _points(one, late["setting"].astype(float) + shift, late, ink)
            _points(two, np.arange(len(failed)) + shift, failed, ink)
            _orders(three, orders[orders["setting"] != "together"], shift, ink)
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
        "on and two off, and all of these. Right: four instruments started three years apart, one circle for each "
        "order, by the instrument that comes first, against all at once; its scale is finer.",
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
    delays = results.read_study("delays").assign(setting=lambda frame: frame["delay"].map("{:g}".format))
    failures, orders = map(results.read_study, ("failures", "orders"))
    table = pd.concat({"delay": delays, "failure": failures, "order": orders}, names=["what"]).reset_index("what")
    columns = ["what", "source", "setting", "chance", "gain", "gain_low", "gain_high", "against"]
    return table[[*columns, "against_low", "against_high"]].reset_index(drop=True)


def _points(axes: Axes, x: np.ndarray | pd.Series, part: pd.DataFrame, ink: str) -> None:
    axes.vlines(x, part["against_low"], part["against_high"], color=ink, lw=1.2, alpha=0.6)
    axes.plot(x, part["against"], "o", color=ink, ms=4)


def _orders(axes: Axes, part: pd.DataFrame, shift: float, ink: str) -> None:
    """A circle an order, above the instrument that comes first in it."""
    first = part["setting"].str.split(" > ").str[0]
    for at, instrument in enumerate(results.ORDERED):
        values = part.loc[first == instrument, "against"]
        axes.plot(np.full(len(values), at + shift), values, "o", ms=3.2, mfc="none", mec=ink)


def _timing_words(delay: Axes, failure: Axes, order: Axes) -> None:
    """Titles, names and the line of no change, in the three panels."""
    for axes, title in ((delay, "Late start"), (failure, "Failures"), (order, "First in the order")):
        axes.axhline(0, color=style.RULE, lw=0.8, zorder=0)
        axes.set_title(title)
    delay.set(xlabel="Years of delay", ylabel="Change in the gain of the index")
    failures = ["as\nplanned", "over-\nlap", "five yrs\nlate", "stop-\ngo", "all\nthree"]
    failure.set_xticks(range(5), failures, fontsize=7.8)
    order.set_xticks(range(4), [word.replace("covenant", "cove-\nnant") for word in results.ORDERED], fontsize=7.8)
