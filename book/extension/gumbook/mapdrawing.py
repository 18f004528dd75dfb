"""The drawing of the live map: factors on the stored diamond, below them mechanisms, ways and upgrading, as inline SVG.

What can be chosen carries ``data-code``; the script reads names and kinds from there and from the cards of the map.
"""

from __future__ import annotations

import re
from html import escape
from math import hypot

from gumlib import model
from gumlib.figures import style
from gumlib.figures.s2_1_map import DIAMOND
from gumlib.terms import BASIC, FACTORS, TERMS, WAY_OF, WAYS, sentence, short

WIDTH, HEIGHT = 400, 618
RADIUS, BOX = 21, (94, 40)
_MIDDLE, _STEP = (200.0, 190.0), (72.0, 92.0)
"""Where the diamond's centre lies, and the length of its unit across and down."""
_COLUMNS = dict(zip(("S", "E", "I", "L"), (52.0, 151.0, 250.0, 349.0), strict=True))
"""Each basic factor's mechanism and way stand in a column, ordered so that no route passes behind a factor."""
_ROWS = {"mechanism": 420.0, "way": 508.0, "outcome": 595.0}
_ROUTES = {
    "S": "M88 212C84 272 56 322 52 378",
    "E": "M186 299C170 322 154 346 151 378",
    "I": "M303 212C290 282 258 312 250 378",
    "L": "M222 95C300 80 393 102 391 192C393 282 388 322 376 378",
}
"""From a factor to its mechanism; that of learning goes round the right side."""
_LABELS = {
    "L": (0, -52, "middle", ("Cluster learning",)),
    "I": (-26, -58, "start", ("Cluster", "innovation")),
    "E": (2, 36, "start", ("Insertion in", "the GVC")),
    "S": (-29, -10, "end", ("Social", "capital")),
    "P": (-62, -58, "start", ("Upgrading policy",)),
    "D": (16, 36, "middle", ("Dominant", "enterprises")),
}
"""Where the name of a factor stands, from its centre: first line, alignment, lines in English; the Chinese follow."""
_HALVES = re.compile("(?<=^产业集群)(?!升级为)|(?<=^产业集群升级为)|(?=运行机制$)")
"""Where a long Chinese name is broken into two lines."""
_LINE = 14
_DOWN = f' dy="{_LINE}"'
_APART = "<tspan> </tspan>"
"""Parts the lines of a name for those who hear it; the style sheet gives it no width, so that it moves none of them."""
_HEADS = {"map-head": 7, "map-head-route": 13}
"""Arrow heads and their size: interactions are many and thin, the route is broad."""


def drawing(*, chinese: bool = False) -> str:
    """Return the drawing with everything at rest, named in both languages or in Chinese alone.

    Examples
    --------
    >>> drawing().count("data-code=") == len(model.gum()) + model.gum().number_of_edges() + 1
    True
    """
    colours = "".join(f".map-{code}{{--c:{TERMS[code].colour}}}" for code in FACTORS)
    arrows = "".join(f'<g class="map-{code}">{_arrows(code)}</g>' for code in FACTORS)
    factors = "".join(_factor(code, chinese) for code in FACTORS)
    boxes = "".join(f'<g class="map-{code}">{_boxes(code, chinese)}</g>' for code in BASIC)
    across = 3 * (_COLUMNS["E"] - _COLUMNS["S"]) + BOX[0]
    outcome = _box("U", WIDTH / 2, _ROWS["outcome"], (_named("U", chinese),), across)
    return (
        f'<svg class="map-drawing" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(_SAID)}">'
        f"<style>{colours}</style>{''.join(map(_head, _HEADS))}{_governance(chinese)}"
        f'<g class="map-arrows">{arrows}</g>{factors}{boxes}{outcome}</svg>'
    )


_SAID = (
    "Map of the GUM model. Six factors are joined by arrows inside cluster governance; below them four mechanisms, "
    "four ways of upgrading, and cluster upgrading."
)


def _head(name: str) -> str:
    size = _HEADS[name]
    return (
        f'<marker id="{name}" viewBox="0 0 1 1" refY=".5" markerWidth="{size}" markerHeight="{size}" '
        'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 1 .5 0 1z" fill="context-stroke"/></marker>'
    )


def _named(code: str, chinese: bool) -> str:
    return TERMS[code].chinese if chinese else f"{sentence(code)} {TERMS[code].chinese}"


def _governance(chinese: bool) -> str:
    return (
        '<rect class="map-frame" x="2" y="2" width="396" height="364"/><g data-code="G">'
        f'<rect x="210" y="6" width="183" height="29"/><text x="386" y="25" style="text-anchor:end">'
        f"{_named('G', chinese)}</text></g>"
    )


def _at(code: str) -> tuple[float, float]:
    """Return the centre of a factor."""
    x, y = DIAMOND[code]
    return _MIDDLE[0] + _STEP[0] * x, _MIDDLE[1] - _STEP[1] * y


def _arrows(owner: str) -> str:
    """Return the arrows that bear the colour of a factor: its own, and those of its mechanism and way."""
    edges = model.gum().edges(data=True)
    return "".join(_arrow(source, target, data) for source, target, data in edges if _owner(source) == owner)


def _arrow(source: str, target: str, data: dict[str, str]) -> str:
    route = data["group"] == "route"
    classes = ["map-route"] * route + ["map-ours"] * (data["voice"] == "ours")
    path = _route(source, target) if route else _bow(_at(source), _at(target))
    mark = f' class="{" ".join(classes)}"' if classes else ""
    return f'<path{mark} data-code="{data["code"]}" d="{path}"/>'


def kind(source: str, target: str) -> str:
    """Return what an arrow joins: basic factors, a factor and an auxiliary one, or where on the route it starts.

    Examples
    --------
    >>> kind("L", "I"), kind("L", "P"), kind("L", "mT"), kind("T", "U")
    ('basic', 'auxiliary', 'factor', 'way')
    """
    if {source, target} <= set(FACTORS):
        return "basic" if {source, target} <= set(BASIC) else "auxiliary"
    return "factor" if source in FACTORS else "way" if source in WAYS else "mechanism"


def _owner(code: str) -> str:
    """Return the basic factor in whose column a mechanism or way stands, or the factor itself."""
    return {way: factor for factor, way in WAY_OF.items()}.get(code.removeprefix("m"), code)


def _route(source: str, target: str) -> str:
    if source in FACTORS:
        return _ROUTES[source].rsplit(" ", 1)[0] + f" {_ROWS['mechanism'] - BOX[1] / 2 - _HEADS['map-head-route']:g}"
    row, below = ("way", "outcome") if source in WAYS else ("mechanism", "way")
    top, bottom = _ROWS[row] + BOX[1] / 2, _ROWS[below] - (15 if target == "U" else BOX[1] / 2)
    return f"M{_COLUMNS[_owner(source)]:g} {top:g}V{bottom - _HEADS['map-head-route']:g}"


def _bow(start: tuple[float, float], end: tuple[float, float], bow: float = 13.0) -> str:
    """Return an arc that leaves the straight line to its left, so that the two directions of a pair lie apart."""
    (x, y), (u, v) = start, end
    length = hypot(u - x, v - y)
    across = ((v - y) / length, -(u - x) / length)
    middle = ((x + u) / 2 + bow * across[0], (y + v) / 2 + bow * across[1])

    def leave(at: tuple[float, float], by: float) -> str:
        away = hypot(middle[0] - at[0], middle[1] - at[1])
        return " ".join(f"{a + by * (b - a) / away:.0f}" for a, b in zip(at, middle, strict=True))

    return f"M{leave(start, RADIUS + 2)}Q{middle[0]:.0f} {middle[1]:.0f} {leave(end, RADIUS + 2 + _HEADS['map-head'])}"


def _factor(code: str, chinese: bool) -> str:
    x, y = _at(code)
    dx, dy, anchor, english = _LABELS[code]
    lines = (*english * (not chinese), *_HALVES.split(TERMS[code].chinese))
    dy += _LINE * len(english) * (chinese and dy < 0)
    return (
        f'<g class="map-factor map-{code}" data-code="{code}"><circle cx="{x:g}" cy="{y:g}" r="{RADIUS}"/>'
        f'<text class="map-code" x="{x:g}" y="{y + 6:g}" style="fill:{style.on(TERMS[code].colour)}">{code}</text>'
        f"{_text(x + dx, y + dy, lines, anchor)}</g>"
    )


def _boxes(factor: str, chinese: bool) -> str:
    """Return mechanism and way of a basic factor."""
    way, x = WAY_OF[factor], _COLUMNS[factor]
    names = {f"m{way}": sentence(f"m{way}").rsplit(" ", 1), way: short(way).split(" ", 1)}
    rows = zip(names, ("mechanism", "way"), strict=True)
    lines = {code: _HALVES.split(TERMS[code].chinese) if chinese else names[code] for code in names}
    return "".join(_box(code, x, _ROWS[row], tuple(lines[code])) for code, row in rows)


def _box(code: str, x: float, y: float, lines: tuple[str, ...], width: float = BOX[0]) -> str:
    height = BOX[1] if len(lines) > 1 else 30
    shape = f'x="{x - width / 2:g}" y="{y - height / 2:g}" width="{width:g}" height="{height}"'
    return f'<g data-code="{code}"><rect {shape}/>{_text(x, y + 4 - _LINE / 2 * (len(lines) - 1), lines)}</g>'


def _text(x: float, y: float, lines: tuple[str, ...], anchor: str = "middle") -> str:
    spans = _APART.join(
        f'<tspan x="{x:g}"{_DOWN * bool(number)}>{escape(line)}</tspan>' for number, line in enumerate(lines)
    )
    aligned = "" if anchor == "middle" else f' style="text-anchor:{anchor}"'
    return f'<text y="{y:g}"{aligned}>{spans}</text>'
