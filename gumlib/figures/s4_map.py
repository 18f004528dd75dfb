"""Map of Zhejiang with the four clusters."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from gumlib import data
from gumlib.cases.reports import Place
from gumlib.errors import one_of
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import CLUSTERS, TERMS

_MIDDLE = 29.2
"""Latitude of the middle of the province, in degrees."""

_LOOKS: dict[str, dict[str, Any]] = {
    "prefecture": {"fc": style.PALE, "ec": style.RULE, "lw": 0.7},
    "area": {"fc": TERMS["D"].colour, "ec": "none", "alpha": 0.25},
}


def section_id(cluster: Place) -> str:
    """Return the section of a cluster as figure ids write it, or raise for an unknown one.

    A case of the reader's own has no section: its part of the id is ``own`` and its name.
    """
    if not isinstance(cluster, str):
        return "own-" + (re.sub(r"[^a-z0-9]+", "-", cluster.name.casefold()).strip("-") or "cluster")
    one_of(cluster, tuple(CLUSTERS), "figures", "cluster")
    return CLUSTERS[cluster].section.replace(".", "-")


def cluster_title(cluster: Place) -> str:
    """Return what a figure calls a cluster."""
    return CLUSTERS[cluster].name if isinstance(cluster, str) else cluster.title


def cluster_map(cluster: str) -> Figure:
    """Map of Zhejiang with the four clusters; the one of the page and its area stand out."""
    here = section_id(cluster)
    rings = pd.DataFrame(_vertices("zhejiang-prefectures", "prefecture"))
    counties = pd.DataFrame(_vertices("cluster-counties", "area"))
    areas = pd.concat([counties, rings.assign(kind="area")])
    area = areas[areas["name"] == CLUSTERS[cluster].area]
    table = pd.concat([rings, area, pd.DataFrame(_points())], ignore_index=True)

    def draw(frame: pd.DataFrame) -> Canvas:
        page, axes = style.panel(4.2, 4.6, bare=True)
        for kind, look in _LOOKS.items():
            for _, ring in frame[frame["kind"] == kind].groupby(["name", "ring"], sort=False):
                axes.fill(ring["longitude"], ring["latitude"], **look)
        for spot in frame[frame["kind"] == "cluster"].itertuples():
            _spot(axes, spot.name, (spot.longitude, spot.latitude), spot.name == cluster)
        _scale(axes)
        axes.set_aspect(1 / np.cos(np.radians(_MIDDLE)))
        return page

    place = CLUSTERS[cluster]
    return Figure(
        id=f"fig-{here}-map",
        title=f"{place.name} in Zhejiang",
        caption=f"{place.name}, {place.product}, among the four clusters, on the prefecture-level cities of Zhejiang. "
        f"The tinted area is {place.area} in its boundary of about 2021, not the cluster. Outlines are "
        "simplified, and not for measurement.",
        alt=f"Outline map of Zhejiang province with its eleven prefecture-level cities. Four dots mark Ningbo in the "
        f"north-east, Shaoxing in the north, Yongkang in the middle and Wenzhou in the south-east. {place.name} is "
        f"highlighted, and the area of {place.area} around it tinted.",
        data=table,
        draw=draw,
        sources=("zhejiang-prefectures", "cluster-counties", "clusters"),
    )


def _spot(axes: Axes, cluster: str, at: tuple[float, float], here: bool) -> None:
    """Mark a cluster; names on the coast stand inland, clear of the islands."""
    axes.plot(*at, "o", ms=10 if here else 5, color=TERMS["D"].colour if here else style.MUTED, mec=style.PAPER)
    place = CLUSTERS[cluster]
    inland = cluster != "yongkang"
    words, (away, side) = f"{place.name} {place.chinese}\n{place.product}", (-8, "right") if inland else (8, "left")
    label = style.tag(axes, words, at, (away, 0), ha=side, va="center", fontsize=8.5, multialignment=side)
    label.set_fontweight("bold" if here else "normal")


def _rings(source: str) -> Iterator[tuple[str, int, list[tuple[float, float]]]]:
    for feature in data.features(source):
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        large = [part[0][:-1] for part in parts if len(part[0]) > 20]
        for number, ring in enumerate(large):
            yield feature["properties"]["name_en"], number, [(vertex[0], vertex[1]) for vertex in ring]


def _vertices(source: str, kind: str) -> Iterator[dict[str, Any]]:
    """Yield every third vertex, and each where borders meet: neighbours keep the same ones."""
    rings = list(_rings(source))
    owners = Counter(vertex for _, _, ring in rings for vertex in ring)
    rank = {vertex: n for n, vertex in enumerate(owners)}
    for name_en, number, ring in rings:
        for before, vertex, after in zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True):
            meets = owners[vertex] > 2 or not owners[before] == owners[vertex] == owners[after]
            if meets or len(ring) < 60 or rank[vertex] % 3 == 0:
                place = {"longitude": vertex[0], "latitude": vertex[1]}
                yield {"kind": kind, "name": name_en, "ring": number, **place}


def _points() -> Iterator[dict[str, Any]]:
    codes = {cluster.point: cluster.code for cluster in CLUSTERS.values()}
    for feature in data.features("clusters"):
        longitude, latitude = feature["geometry"]["coordinates"]
        code = codes[feature["properties"]["id"]]
        yield {"kind": "cluster", "name": code, "ring": 0, "longitude": longitude, "latitude": latitude}


def _scale(axes: Axes) -> None:
    length = 100 / (111.32 * np.cos(np.radians(_MIDDLE)))
    axes.plot([121.5, 121.5 + length], [27.3, 27.3], color=style.MUTED, lw=1.5)
    axes.text(121.5 + length / 2, 27.34, "100 km", ha="center", va="bottom", fontsize=8, color=style.MUTED)
