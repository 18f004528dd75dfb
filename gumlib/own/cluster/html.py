"""Pieces of a page that stands alone: drawings, tables, text. Nothing in it is fetched from elsewhere."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from html import escape
from io import BytesIO
from pathlib import Path
from string import Template
from typing import TypeAlias

import pandas as pd

from gumlib import __version__
from gumlib.errors import extra
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.figures.svg import compact

mpl = extra("matplotlib", "case")

Made: TypeAlias = tuple[str, str]
"""What a page is made from, in full and in one word."""
_INKS = {
    style.INK: "ink",
    style.MUTED: "muted",
    style.RULE: "rule",
    style.PALE: "pale",
    style.PAPER: "paper",
}


def figure(drawn: Figure) -> str:
    """Return a figure with its caption, and its data as a table to unfold."""
    text = (
        f'<figure id="{drawn.id}"><div class="pic" tabindex="0" role="group" aria-label="{escape(drawn.title)}">'
        f"{svg(drawn)}</div>"
        f"<figcaption><b>{escape(drawn.title)}.</b> {escape(drawn.caption)}</figcaption></figure>"
    )
    rows = table(drawn.data, f"Data of the figure: {drawn.title}")
    return f"{text}<details><summary>The {len(drawn.data)} rows drawn, as a table</summary>{rows}</details>"


def svg(drawn: Figure) -> str:
    """Return the drawing for a place within a page: inks follow the page, names do not clash.

    Letters are outlines, so that the drawing looks the same everywhere. Where our fonts lack a letter,
    all letters of the drawing stay text and the reader's own fonts set them.

    Examples
    --------
    >>> from gumlib.figures import s2_1_map
    >>> "var(--ink)" in svg(s2_1_map.gum_map())
    True
    """
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        text = drawn.svg
    if any("missing from" in str(warning.message) for warning in heard):
        text = _as_text(drawn)
    head, body = text.split(">", 1)
    head = re.sub(r'\s(id|xmlns|xmlns:xlink|role)="[^"]*"', "", head)
    body = re.sub(r"^<title>.*?</title><desc>.*?</desc>", "", body, flags=re.DOTALL)
    body = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{drawn.id}-", body)
    body = re.sub("|".join(_INKS), lambda ink: f"var(--{_INKS[ink[0]]})", body)
    label = f"{drawn.id}-title {drawn.id}-alt"
    names = (
        f'<title id="{drawn.id}-title">{escape(drawn.title)}</title>'
        f'<desc id="{drawn.id}-alt">{escape(drawn.alt)}</desc>'
    )
    return f'{head} role="img" aria-labelledby="{label}">{names}{body}'


def _as_text(drawn: Figure) -> str:
    stream = BytesIO()
    with style.house(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mpl.rcParams["svg.fonttype"] = "none"
        drawn.draw(drawn.data).savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    return compact(stream.getvalue().decode("utf-8"))


def link(address: str) -> str:
    """Return an address as a link, or as plain text where it is not on the web or holds signs no address has.

    Examples
    --------
    >>> link("https://example.org/a")
    '<a href="https://example.org/a" rel="noreferrer">example.org/a</a>'
    >>> link("javascript:alert(1)")
    'javascript:alert(1)'
    """
    web = re.match(r"https?://", address, flags=re.IGNORECASE)
    shown = escape(address[web.end() :] if web else address)
    sound = web and re.fullmatch(r'[^\s<>"{}|\\^`]+', address)
    return f'<a href="{escape(address)}" rel="noreferrer">{shown}</a>' if sound else shown


def table(frame: pd.DataFrame, caption: str, *, index: bool = False, links: str = "") -> str:
    """Return a table; numbers to four figures, missing cells as a dash, each cell escaped.

    Addresses in the column `links` become links.

    Examples
    --------
    >>> table(pd.DataFrame({"a": ["<b>"]}), "One")[-56:]
    '<tbody><tr><td>&lt;b&gt;</td></tr></tbody></table></div>'
    """
    frame = frame.reset_index() if index else frame
    head = "".join(f'<th scope="col">{escape(str(name).replace("_", " "))}</th>' for name in frame)
    tags = ['<td class="n">' if pd.api.types.is_numeric_dtype(kind) else "<td>" for kind in frame.dtypes]
    body = []
    for row in frame.astype(object).itertuples(index=False, name=None):
        shown = [_text(value, link if column == links else escape) for column, value in zip(frame, row, strict=True)]
        cells = [f"{tag}{text}</td>" for tag, text in zip(tags, shown, strict=True)]
        cells[:index] = [f'<th scope="row">{shown[0]}</th>'] * index
        body.append(f"<tr>{''.join(cells)}</tr>")
    name = escape(caption)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{name}"><table><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _text(value: object, written: Callable[[str], str]) -> str:
    if value is None or pd.isna(value):
        return "–"
    if hasattr(value, "dtype") or isinstance(value, float):
        return f"{float(value):.4g}" if abs(float(value)) < 1e4 else f"{float(value):.12g}"  # type: ignore[arg-type]
    return written(str(value))


def document(title: str, heading: str, lead: str, sections: Mapping[str, tuple[str, str]], made: Made) -> str:
    """Return a page: title, a heading and a lead in HTML, sections (title and HTML) by key, and what it is made from.

    Examples
    --------
    >>> document("A", "A", "", {}, ("the table", "table")).startswith("<!DOCTYPE html>")
    True
    """
    frame = Template((Path(__file__).parent / "report.html").read_text(encoding="utf-8"))
    return frame.substitute(
        version=__version__,
        title=escape(title),
        heading=heading,
        lead=lead,
        contents="\n".join(f'<li><a href="#{key}">{escape(name)}</a></li>' for key, (name, _) in sections.items()),
        sections="\n".join(body for _, body in sections.values()),
        origin=made[0],
        source=made[1],
    )


def paragraph(*sentences: str) -> str:
    """Return a paragraph of sentences, escaped; empty ones are left out.

    Examples
    --------
    >>> paragraph("A < B.", "", "So.")
    '<p>A &lt; B. So.</p>'
    """
    return f"<p>{escape(' '.join(sentence for sentence in sentences if sentence))}</p>"


def section(key: str, title: str, *parts: str) -> str:
    r"""Return a section with its heading.

    Examples
    --------
    >>> section("a", "A", "<p>b</p>")
    '<section id="a" aria-labelledby="a-title"><h2 id="a-title">A</h2>\n<p>b</p></section>'
    """
    body = "\n".join(part for part in parts if part)
    return (
        f'<section id="{key}" aria-labelledby="{key}-title"><h2 id="{key}-title">{escape(title)}</h2>\n{body}</section>'
    )
