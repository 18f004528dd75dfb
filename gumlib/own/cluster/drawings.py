"""Drawings of a page that stands alone: within it, and as files beside it."""

import re
import warnings
from html import escape
from io import BytesIO

from gumlib.data.messages import ENGLISH, Words
from gumlib.errors import extra
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.svg import compact

mpl = extra("matplotlib", "case")

_INKS = {style.INK: "ink", style.MUTED: "muted", style.RULE: "rule", style.PALE: "pale", style.PAPER: "paper"}


def svg(drawn: Figure, say: Words = ENGLISH) -> str:
    """Return the drawing for a place within a page: inks follow the page, names do not clash.

    Letters are outlines, so that the drawing looks the same everywhere. Where our fonts lack a letter,
    all letters of the drawing stay text and the reader's own fonts set them.
    """
    head, body = _lettered(drawn).split(">", 1)
    head = re.sub(r'\s(id|xmlns|xmlns:xlink|role)="[^"]*"', "", head)
    body = re.sub(r"^<title>.*?</title><desc>.*?</desc>", "", body, flags=re.DOTALL)
    body = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{drawn.id}-", body)
    body = re.sub("|".join(_INKS), lambda ink: f"var(--{_INKS[ink[0]]})", body)
    label = f"{drawn.id}-title {drawn.id}-alt"
    names = (
        f'<title id="{drawn.id}-title">{escape(say(drawn.title))}</title>'
        f'<desc id="{drawn.id}-alt">{escape(say(drawn.alt))}</desc>'
    )
    return f'{head} role="img" aria-labelledby="{label}">{names}{body}'


def figure_files(drawn: Figure, say: Words = ENGLISH) -> dict[str, bytes]:
    """Return a figure as files to use elsewhere, by name: the drawing as SVG and PNG, the rows drawn as CSV."""
    with warnings.catch_warnings(action="ignore"):  # of letters that our fonts lack
        named = drawn.renamed(say(drawn.title), say(drawn.alt), creator="")
        text = _lettered(named).encode("utf-8")
        return {f"{drawn.id}.svg": text, f"{drawn.id}.png": named.png, f"{drawn.id}.csv": named.csv}


def _lettered(drawn: Figure) -> str:
    """Return the drawing with letters as outlines, or as text if our fonts lack one."""
    with warnings.catch_warnings(action="ignore"):
        return _as_text(drawn) if drawn.lacks_letters else drawn.svg


def _as_text(drawn: Figure) -> str:
    stream = BytesIO()
    with style.house():
        mpl.rcParams["svg.fonttype"] = "none"
        drawn.draw(drawn.data).savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return compact(stream.getvalue().decode("utf-8"))
