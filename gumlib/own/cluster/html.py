"""Pieces of a page that stands alone: drawings, tables, text. Nothing in it is fetched from elsewhere."""

import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from string import Template
from typing import TypeAlias

import pandas as pd

from gumlib import __version__
from gumlib.errors import GumError
from gumlib.figures.card import Figure
from gumlib.own.cluster.drawings import svg

Piece: TypeAlias = str | Figure
"""A piece of a section: HTML, or a figure."""
Made: TypeAlias = tuple[str, str]
"""What a page is made from, in full and in one word."""


def figure(drawn: Figure) -> str:
    """Return a figure with its caption, and its data as a table to unfold."""
    text = (
        f'<figure id="{drawn.id}"><div class="pic" tabindex="0" role="group" aria-label="{escape(drawn.title)}">'
        f"{svg(drawn)}</div>"
        f"<figcaption><b>{escape(drawn.title)}.</b> {escape(drawn.caption)}</figcaption></figure>"
    )
    rows = table(drawn.data, f"Data of the figure: {drawn.title}")
    return text + folded(f"The {len(drawn.data)} rows drawn, as a table", rows)


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


def table(
    frame: pd.DataFrame, caption: str, *, index: bool = False, written: Mapping[str, Callable[[str], str]] | None = None
) -> str:
    """Return a table; numbers to four figures, missing cells as a dash, each cell escaped.

    Parameters
    ----------
    index : show it as a first column
    written : by column, what writes its cells as HTML in place of the escape

    Examples
    --------
    >>> table(pd.DataFrame({"a": ["<b>"]}), "One")[-56:]
    '<tbody><tr><td>&lt;b&gt;</td></tr></tbody></table></div>'
    """
    frame, how = frame.reset_index() if index else frame, written or {}
    head = "".join(f'<th scope="col">{escape(str(name).replace("_", " "))}</th>' for name in frame)
    tags = ['<td class="n">' if pd.api.types.is_numeric_dtype(kind) else "<td>" for kind in frame.dtypes]
    body = []
    for row in frame.astype(object).itertuples(index=False, name=None):
        shown = [_text(value, how.get(str(column), escape)) for column, value in zip(frame, row, strict=True)]
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
    """Return a page: title, a heading and a lead in HTML, sections (title, HTML) by key, and what it is made from."""
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
    """Return a paragraph of sentences, escaped; empty ones are left out."""
    return f"<p>{escape(' '.join(sentence for sentence in sentences if sentence))}</p>"


def folded(summary: str, *parts: str) -> str:
    """Return pieces that are shown when their summary is opened."""
    return f"<details><summary>{escape(summary)}</summary>{''.join(parts)}</details>"


def ours(*sentences: str) -> str:
    """Return a paragraph marked as the model's, not the sources'."""
    return f'<div class="ours">{paragraph(*sentences)}</div>'


def reason(lacking: GumError) -> str:
    """Return what an error says as a sentence, without where it came from."""
    said = str(lacking).split("] ", 1)[-1]
    return f"{said[0].upper()}{said[1:]}."


def section(key: str, title: str, *parts: Piece) -> str:
    r"""Return a section with its heading; figures are drawn."""
    body = "\n".join(figure(part) if isinstance(part, Figure) else part for part in parts if part)
    return (
        f'<section id="{key}" aria-labelledby="{key}-title"><h2 id="{key}-title">{escape(title)}</h2>\n{body}</section>'
    )
