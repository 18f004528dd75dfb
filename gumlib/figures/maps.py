"""Map of Zhejiang with the four clusters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import data
from gumlib.errors import one_of
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import CLUSTERS, TERMS, name


def section(cluster: str) -> str:
    """Return the section of a cluster as figure ids write it, or raise for an unknown one.

    Examples
    --------
    >>> section("wenzhou")
    '4-2'
    """
    one_of(cluster, tuple(CLUSTERS), "figures", "cluster")
    return CLUSTERS[cluster].section.replace(".", "-")


def cluster_map(cluster: str) -> Figure:
    """Map of Zhejiang with the four clusters; the one of the page stands out.

    Examples
    --------
    >>> cluster_map("ningbo").data["kind"].unique().tolist()
    ['prefecture', 'cluster']
    """
    rings = pd.DataFrame(_vertices("zhejiang-prefectures"))
    points = pd.DataFrame(_points())
    table = pd.concat([rings, points], ignore_index=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page = style.canvas(4.2, 4.6)
        axes = style.bare(page.subplots())
        land = frame[frame["kind"] == "prefecture"]
        for _, ring in land.groupby(["name", "ring"], sort=False):
            axes.fill(ring["longitude"], ring["latitude"], fc=style.PALE, ec=style.RULE, lw=0.7)
        for spot in frame[frame["kind"] == "cluster"].itertuples():
            here = spot.name == cluster
            colour = TERMS["D"].colour if here else style.MUTED
            axes.plot(spot.longitude, spot.latitude, "o", ms=10 if here else 5, color=colour, mec=style.PAPER)
            words = f"{name(spot.name)} {CLUSTERS[spot.name].chinese}\n{CLUSTERS[spot.name].product}"
            weight = "bold" if here else "normal"
            label = axes.annotate(words, (spot.longitude, spot.latitude), (8, 0), textcoords="offset points")
            label.set(va="center", fontsize=8.5, color=colour if here else style.INK, fontweight=weight)
        _scale(axes)
        axes.set_aspect(1 / np.cos(np.radians(29.2)))
        return page

    place = CLUSTERS[cluster]
    return Figure(
        id=f"fig-{section(cluster)}-map",
        title=f"{place.name} in Zhejiang",
        caption=f"{place.name}, {place.product}, among the four clusters, on the prefecture-level cities of Zhejiang. "
        "Outlines are those of about 2021, simplified, and not for measurement.",
        alt=f"Outline map of Zhejiang province with its eleven prefecture-level cities. Four dots mark Ningbo in the "
        f"north-east, Shaoxing in the north, Yongkang in the middle and Wenzhou in the south-east. {place.name} is "
        "highlighted.",
        data=table,
        draw=draw,
        sources=("zhejiang-prefectures", "clusters"),
    )


def _vertices(source: str) -> Iterator[dict[str, Any]]:
    """Yield every third vertex of the larger rings: enough for a map of this size."""
    for feature in data.features(source):
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = [part[0] for part in parts if len(part[0]) > 12]
        for number, ring in enumerate(rings):
            for longitude, latitude in [*ring[:-1:3], ring[-1]]:
                yield {
                    "kind": "prefecture",
                    "name": feature["properties"]["name_en"],
                    "ring": number,
                    "longitude": longitude,
                    "latitude": latitude,
                }


def _points() -> Iterator[dict[str, Any]]:
    codes = {cluster.point: cluster.code for cluster in CLUSTERS.values()}
    for feature in data.features("clusters"):
        longitude, latitude = feature["geometry"]["coordinates"]
        code = codes[feature["properties"]["id"]]
        yield {"kind": "cluster", "name": code, "ring": 0, "longitude": longitude, "latitude": latitude}


def _scale(axes: Axes) -> None:
    degree = 111.32 * np.cos(np.radians(27.3))
    axes.plot([121.5, 121.5 + 100 / degree], [27.3, 27.3], color=style.MUTED, lw=1.5)
    axes.text(121.5 + 50 / degree, 27.34, "100 km", ha="center", va="bottom", fontsize=8, color=style.MUTED)
