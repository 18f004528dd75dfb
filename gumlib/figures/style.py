"""One look for all figures: type, inks, sizes, and the recolouring for dark pages.

`gumlib.terms` holds the colours of terms.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Annotation

from gumlib.figures.words import model as named
from gumlib.terms import TERMS

WIDTH = 6.4
"""Width of a figure in inches: the text column of a page, at natural size."""

INK = "#1b2530"
MUTED = "#5b6673"
RULE = "#c3cad2"
PALE = "#eef1f4"
PAPER = "#fefefe"
_DARK = {INK: "#e8edf2", MUTED: "#a9b4c0", RULE: "#4a5562", PALE: "#232c36", PAPER: "#121212"}
_LUMINANCE = (0.15, 0.3)
"""Relative luminance, as WCAG 2 defines it: the most of coloured words on paper, the least on a dark page."""


def _linear(colour: str) -> tuple[np.ndarray, float]:
    """Return a colour in linear light, and its relative luminance."""
    parts = np.array(to_rgb(colour))
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return light, float(light @ (0.2126, 0.7152, 0.0722))


def _twins(colour: str) -> tuple[str, str]:
    """Mix a colour in linear light with black and with white, as far as words in it need."""
    (light, own), (most, least) = _linear(colour), _LUMINANCE
    mixed = np.array([light * min(most / own, 1), 1 - (1 - light) * min((1 - least) / (1 - own), 1)])
    darker, lighter = np.where(mixed <= 0.0031308, 12.92 * mixed, 1.055 * mixed ** (1 / 2.4) - 0.055)
    return to_hex(darker), to_hex(lighter)


_TWINS = {term.colour: _twins(term.colour) for term in TERMS.values()}
_DARK |= dict(_TWINS.values())

_RC: dict[Any, Any] = {
    "font.family": ["Noto Sans SC", "DejaVu Sans"],
    **dict.fromkeys(("font.size", "axes.labelsize", "figure.labelsize"), 9),
    **dict.fromkeys(("legend.fontsize", "xtick.labelsize", "ytick.labelsize"), 8.5),
    **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor"), INK),
    **dict.fromkeys(("xtick.color", "ytick.color"), MUTED),
    **dict.fromkeys(("axes.edgecolor", "grid.color"), RULE),
    **dict.fromkeys(("axes.facecolor", "figure.facecolor", "savefig.facecolor"), "none"),
    **dict.fromkeys(("axes.linewidth", "xtick.major.width", "ytick.major.width"), 0.8),
    **dict.fromkeys(("axes.spines.top", "axes.spines.right", "axes.grid", "legend.frameon"), False),
    **{"axes.titlesize": 9.5, "axes.titlelocation": "left", "axes.titleweight": "bold"},
    **{"axes.unicode_minus": False, "axes.axisbelow": True},
    **{"grid.linewidth": 0.6, "lines.linewidth": 1.6, "lines.markersize": 5},
    **{"svg.fonttype": "path", "svg.hashsalt": "gum", "pdf.fonttype": 42},
}

for _font in sorted((Path(__file__).parent / "fonts").glob("*.ttf")):
    font_manager.fontManager.addfont(_font)


@cache
def _glyphs() -> frozenset[int]:
    faces = (font_manager.get_font(font_manager.findfont(name)) for name in _RC["font.family"])
    return frozenset(code for face in faces for code in face.get_charmap())


def lacks(words: str) -> bool:
    """Tell whether our fonts lack a letter of some words.

    Examples
    --------
    >>> lacks("GUM, 集群"), lacks("기업")
    (False, True)
    """
    return any(ord(letter) not in _glyphs() for letter in words if letter.isprintable())


@contextmanager
def house() -> Iterator[None]:
    """Draw within the house style, whatever the reader's own settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def canvas(height: float, width: float = WIDTH) -> Canvas:
    """Return an empty figure of the house, `height` and `width` in inches."""
    return Canvas(figsize=(width, height), layout="constrained")


def panel(height: float, width: float = WIDTH, bare: bool = False) -> tuple[Canvas, Axes]:
    """Return an empty figure with one panel; a bare one has no scales: for maps and networks."""
    page = canvas(height, width)
    axes = page.subplots()
    axes.set_axis_off() if bare else None
    return page, axes


def bare(axes: Axes) -> Axes:
    """Remove ticks, spines and labels: for maps and networks, where position is not a scale."""
    axes.set_axis_off()
    return axes


def on(colour: str) -> str:
    """Return black or white, whichever stands out more from a coloured ground, by WCAG's ratio of contrast.

    Examples
    --------
    >>> on("#0072b2"), on("#e69f00")
    ('#ffffff', '#000000')
    """
    light = _linear(colour)[1] + 0.05
    return "#ffffff" if 1.05 / light > light / 0.05 else "#000000"


def row_names(*panels: Axes) -> None:
    """Leave of the upright axis of each panel only the names of its rows."""
    for axes in panels:
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)


def name_rows(axes: Axes, names: Sequence[str], **look: Any) -> None:
    """Name the rows of a panel, from 0 on; nothing else is left of its upright axis."""
    axes.set_yticks(range(len(names)), names, **look)
    row_names(axes)


def frameless(axes: Axes) -> None:
    """Leave of both axes of a panel only the names of its rows and columns."""
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def name_cells(axes: Axes, columns: Sequence[str], rows: Sequence[str]) -> None:
    """Make a panel a grid of cells, each around its place from 0 on, the first row on top; name columns and rows."""
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    frameless(axes)


def spaced(group: pd.Series, gap: float) -> np.ndarray:
    """Return one place a row, from 0 on, with a gap wherever the group changes."""
    changes = (group != group.shift()).cumsum() - 1
    return np.arange(len(group)) + gap * np.asarray(changes)


def box(axes: Axes, x: float, y: float, width: float, height: float, **look: Any) -> Rectangle:
    """Draw a rectangle around its middle, and return it."""
    drawn = Rectangle((x - width / 2, y - height / 2), width, height, **look)
    axes.add_patch(drawn)
    return drawn


def chip(axes: Axes, x: float, y: float, width: float, height: float, radius: float, **look: Any) -> FancyBboxPatch:
    """Draw a rectangle with round corners around its middle, and return it."""
    shape = f"round,pad=0,rounding_size={radius}"
    drawn = FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle=shape, **look)
    axes.add_patch(drawn)
    return drawn


def tag(axes: Axes, words: object, spot: tuple[Any, Any], away: tuple[float, float], **look: Any) -> Annotation:
    """Write words beside a spot of the drawing, some points away to the right and up, and return them."""
    return axes.annotate(str(words), spot, away, textcoords="offset points", **look)


def capital(words: str) -> str:
    """Return the words with a capital first letter."""
    return words[0].upper() + words[1:]


def model_title(model: str) -> str:
    """Return the name of a model as the title of a panel."""
    return capital(named(model))


def absent(axes: Axes, words: str = "not coded", height: float = 0.62) -> None:
    """Say in a panel that it has nothing to draw; `height` is the share of the panel below the words.

    Say it instead of drawing a series without points: where a mark may leave its panel, such a series has
    no place, and the layout of the whole figure breaks.
    """
    axes.text(0.5, height, words, transform=axes.transAxes, ha="center", va="center", fontsize=8, color=MUTED)


def legible(colour: str) -> str:
    """Return a darker twin of a term's colour, for words in it; `dark` puts a lighter one in its place.

    An ink is legible as it is, and comes back unchanged.

    Examples
    --------
    >>> legible(TERMS["I"].colour), dark(legible(TERMS["I"].colour)), legible(MUTED)
    ('#916300', '#e69f00', '#5b6673')
    """
    return _TWINS[colour][0] if colour in _TWINS else colour


def dark(svg: str) -> str:
    """Recolour a drawing for a dark page: inks and words change, the colours of marks stay.

    Examples
    --------
    >>> dark("fill: #1b2530")
    'fill: #e8edf2'
    """
    return re.sub("|".join(_DARK), lambda ink: _DARK[ink[0]], svg)
