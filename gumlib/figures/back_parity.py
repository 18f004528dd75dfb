"""Figures of the parity page: our numbers against those of others, and what whole-million rounding costs."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import data
from gumlib.data import sorting
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.gvc import parity
from gumlib.terms import TERMS

AGREES, OUT = TERMS["L"].colour, TERMS["D"].colour
_FLOOR = 1e-17
"""Where a difference of nought is drawn."""
_CHECKS = {
    "antras2018": "Antràs and Chor, China's shares",
    "concordance": "Antràs and Chor, upstreamness, USA",
    "replication": "Forsthuber, positions, world",
    "decompr": "decompr, its example",
    "gvc": "gvc, the same example",
    "icio": "icio, the same example",
    "pymrio": "pymrio, the same full tables",
    "identity": "identities, 17 full tables",
}
_MEASURES = {
    "va_go": "value added\nover output",
    "vs_share": "imported inputs\nin exports",
    "gvc_share": "exports that cross\nmore borders",
    "upstreamness": "upstreamness",
}
_INDUSTRIES = {"c4": "textiles", "c5": "leather", "c12": "metals", "c16": "other"}
_LABELS = {
    "EST": (1.3, 1.12, "left"),
    "MLT": (0.8, 1.0, "right"),
    "LVA": (0.8, 0.88, "right"),
    "LTU": (1.3, 1.0, "left"),
    "CYP": (0.8, 0.9, "right"),
    "LUX": (0.8, 0.85, "right"),
    "SVK": (1.3, 1.1, "left"),
    "USA": (1.25, 1.15, "left"),
}
"""Where a region's name stands beside its dot of 1995: factors in x and y, side."""


def differences() -> Figure:
    """Draw every comparison as a dot: how far apart, in relation to the value compared.

    Source: [antras2018]; the R packages decompr, gvc and icio; pymrio.
    """
    table = parity.read_parity().set_index("check").loc[list(_CHECKS)].reset_index()
    scale = table["theirs"].abs().where(table["theirs"] != 0, 1.0)
    table = table.assign(relative=table["difference"] / scale, allowed=table["tolerance"] / scale)
    table = table[["check", "measure", "place", "year", "relative", "allowed", "verdict"]]

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(3.5)
        for row, (check, label) in enumerate(_CHECKS.items()):
            own = frame[frame["check"] == check]
            _dots(axes, len(_CHECKS) - 1 - row, own)
            axes.text(3e-19, len(_CHECKS) - 1 - row, label, ha="right", va="center")
        axes.text(3e-16, 7.62, "within tolerance", color=style.legible(AGREES), ha="center")
        axes.text(3e-4, 7.62, "out of tolerance", color=style.legible(OUT), ha="center")
        axes.set(xscale="log", xlim=(1e-18, 1), ylim=(-0.6, 7.9), yticks=[])
        powers = range(-15, 0, 3)
        axes.set_xticks([*(10.0**power for power in powers), 1], [*map(_power, powers), "1"])
        axes.set_xlabel("Difference over the value compared; bar: tolerance")
        axes.spines["left"].set_visible(False)
        return page

    agree = table[table["verdict"] == "agrees"]
    rest = table[table["verdict"] != "agrees"]
    return Figure(
        id="fig-parity-differences",
        title="How far our numbers are from those of others",
        caption=f"One dot for each of {len(table)} comparisons, the worst of all values compared. {len(agree)} lie "
        "within their tolerance, which for printed values is half a unit of the last digit; "
        f"{len(rest)} do not; the table at the end of the page lists the reasons, where one is known. "
        "Hollow: inventories left in final use, which the article does not do.",
        alt="Eight rows of dots on a logarithmic scale. Identities and pymrio lie near ten to the minus fifteen. The "
        "three R packages lie between ten to the minus ten and ten to the minus six, each below its tolerance. China's "
        "shares of Antràs and Chor lie near one in a thousand, below the tolerance. "
        f"The {len(rest)} that exceed their tolerance, upstreamness in the USA, positions of the world and shares with "
        f"inventories, lie between {rest['relative'].min():.0e} and {rest['relative'].max():.0e}.",
        data=table,
        draw=draw,
        sources=("gvc-parity",),
    )


def _power(power: int) -> str:
    """Write a power of ten in the face of the house, which lacks raised figures."""
    return rf"$\mathdefault{{10^{{{power}}}}}$"


def _dots(axes: Axes, height: float, own: pd.DataFrame) -> None:
    steps = np.linspace(0.26, -0.26, len(own)) if len(own) > 1 else np.zeros(1)
    for step, row in zip(steps, own.itertuples(), strict=True):
        colour = AGREES if row.verdict == "agrees" else OUT
        face = "none" if "stocks" in row.measure else colour
        x, limit = max(float(row.relative), _FLOOR), float(row.allowed)
        axes.plot(x, height + step, "o", ms=3.6, mfc=face, mec=colour, mew=1, zorder=3)
        axes.plot([limit, limit], [height + step - 0.08, height + step + 0.08], color=style.INK, lw=1.2, zorder=4)
    axes.axhline(height - 0.5, color=style.RULE, lw=0.5)


def rounding() -> Figure:
    """Draw what whole millions cost: output that rows miss by region, and measures of China.

    Source: [timmer2015]; the unrounded regional tables of the same release.
    """
    lost = data.read("gvc-rounding-regions").query("year in (1995, 2011)")
    regions = lost.assign(panel="region", name=lost["region"], x=lost["output"] / 1e6, y=100 * lost["lost"])
    pairs = data.read("gvc-rounding-measures").query("measure in @MEASURES", local_dict={"MEASURES": list(_MEASURES)})
    error = 100 * (pairs["rounded"] / pairs["unrounded"] - 1).abs()
    measures = pairs.assign(panel="measure", name=pairs["measure"] + " " + pairs["industry"], x=np.nan, y=error)
    table = pd.concat([frame[["panel", "year", "name", "x", "y"]] for frame in (regions, measures)], ignore_index=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(3.8)
        left, right = page.subplots(1, 2, width_ratios=(1.4, 1))
        _regions(left, frame[frame["panel"] == "region"])
        _measures(right, frame[frame["panel"] == "measure"])
        return page

    at = regions.set_index(["year", "name"])["y"]
    small = sorting.ranked(at.loc[1995]).tail(5)
    return Figure(
        id="fig-parity-rounding",
        title="What whole-million rounding costs",
        caption="Left: share of printed output that a region's rows do not hold, for flows under half a million became "
        "nought. Right: error of China's measures, against unrounded tables of seven blocks of regions. "
        "Hollow 1995, filled 2011. Large economies lose next to nothing, small ones percents: read no fine statement "
        "on them.",
        alt=f"Left, dots falling from upper left to lower right on two logarithmic scales. China loses "
        f"{at[1995, 'CHN']:.2f} per cent of output in 1995 and {at[2011, 'CHN']:.3f} in 2011. The five largest losses "
        f"of 1995 are {', '.join(f'{name} {value:.1f}' for name, value in small.items())} per cent. Right, dots for "
        f"four measures and four industries; the largest error is {measures['y'].max():.1f} per cent, in 1995, and "
        f"{measures.query('year == 2011')['y'].max():.2f} in 2011.",
        data=table,
        draw=draw,
        sources=("gvc-rounding-measures", "gvc-rounding-regions"),
    )


def _regions(axes: Axes, own: pd.DataFrame) -> None:
    for year, face in ((1995, "none"), (2011, AGREES)):
        rows = own[own["year"] == year]
        axes.plot(rows["x"], rows["y"], "o", ms=4, mfc=face, mec=AGREES, mew=1)
    first = own[own["year"] == 1995].set_index("name")
    for name, (across, up, side) in _LABELS.items():
        x, y = first.loc[name, ["x", "y"]]
        axes.text(x * across, y * up, name, fontsize=8, va="center", ha=side)
    for (_, row), across in zip(sorting.ordered(own[own["name"] == "CHN"], "year").iterrows(), (0.1, 0.5), strict=True):
        line = {"arrowstyle": "-", "color": style.MUTED, "lw": 0.6, "shrinkA": 0, "shrinkB": 2}
        spot, place = (row["x"], row["y"]), (row["x"] * across, row["y"] * 0.6)
        axes.annotate(f"CHN {row['year']}", spot, place, fontsize=8, va="center", ha="right", arrowprops=line)
    axes.set(xscale="log", yscale="log", xlim=(1.6e-3, 60), ylim=(2e-3, 12))
    axes.set_xticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
    axes.set_yticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])
    axes.set(xlabel="Gross output, trillion dollars", title="Output lost, % of printed")


def _measures(axes: Axes, own: pd.DataFrame) -> None:
    places = {f"{m} {i}": (-4.8 * a - b) for a, m in enumerate(_MEASURES) for b, i in enumerate(_INDUSTRIES)}
    for row in own.itertuples():
        face = "none" if row.year == 1995 else AGREES
        axes.plot(row.y, places[str(row.name)], "o", ms=4, mfc=face, mec=AGREES, mew=1)
    axes.set_yticks(list(places.values()), [_INDUSTRIES[name.split()[1]] for name in places])
    for a, measure in enumerate(_MEASURES.values()):
        axes.text(14, -4.8 * a - 1.5, measure, va="center", color=style.MUTED, fontsize=8)
    axes.tick_params(axis="y", labelsize=7.5, length=0)
    axes.set(xscale="log", xlim=(1e-3, 10), ylim=(-18.2, 0.8), title="Error of China's measures, %")
    axes.set_xticks([0.001, 0.01, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
    axes.set_xlabel("Rounded against unrounded, %")
