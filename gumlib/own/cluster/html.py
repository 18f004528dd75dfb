"""A report as a page that stands alone. Nothing in it is fetched from elsewhere."""

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from gumlib import __version__
from gumlib.data.messages import ENGLISH, Words
from gumlib.figures.card import Figure
from gumlib.own.cluster.drawings import svg
from gumlib.own.cluster.pieces import (
    Captioned,
    Code,
    Document,
    Folded,
    Link,
    Listing,
    Paragraph,
    Piece,
    Section,
    column_heading,
    folded,
)

_TAGS = {"en": "en", "zh": "zh-Hans"}


def page(document: Document, say: Words = ENGLISH) -> str:
    """Return a document as a page in a language."""
    first, second = document.titles(say.language)
    other = "en" if say.language == "zh" else "zh"
    beside = f' <span lang="{_TAGS[other]}">{escape(second)}</span>' if second else ""
    links = (f'<li><a href="#{one.key}">{escape(say(one.title))}</a></li>' for one in document.sections)
    return Template((Path(__file__).parent / "report.html").read_text(encoding="utf-8")).substitute(
        language=_TAGS[say.language],
        version=__version__,
        title=escape(say(first)),
        heading=escape(say(first)) + beside,
        lead=written(*document.lead, say=say),
        label=escape(say("Contents")),
        contents="\n".join(links),
        sections="\n".join(section(one, say) for one in document.sections),
        foot=written(Paragraph(document.foot), say=say),
    )


def section(one: Section, say: Words = ENGLISH) -> str:
    """Return a section with its heading; figures are drawn."""
    key, body = one.key, written(*one.parts, say=say)
    head = f'<h2 id="{key}-title">{escape(say(one.title))}</h2>'
    return f'<section id="{key}" aria-labelledby="{key}-title">{head}\n{body}</section>'


def written(*parts: Piece, say: Words = ENGLISH) -> str:
    """Return pieces as HTML, each text escaped."""
    return "\n".join(_WRITERS[type(part)](part, say) for part in parts)


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


def _figure(drawn: Figure, say: Words) -> str:
    """Return a figure with its caption, and its data as a table to unfold."""
    title, caption = say(drawn.title), say(drawn.caption)
    text = (
        f'<figure id="{drawn.id}"><div class="pic" tabindex="0" role="group" aria-label="{escape(title)}">'
        f"{svg(drawn, say)}</div>"
        f"<figcaption><b>{escape(say(f'{drawn.title}.'))}</b>{say.gap}{escape(caption)}</figcaption></figure>"
    )
    rows = Captioned(drawn.data, f"Data of the figure: {drawn.title}")
    return text + _folded(folded(f"The {len(drawn.data)} rows drawn, as a table", rows), say)


def _table(table: Captioned, say: Words) -> str:
    """Return a table; numbers to four figures, missing cells as a dash."""
    frame = table.shown
    head = "".join(f'<th scope="col">{escape(say.heading(column_heading(name)))}</th>' for name in frame)
    tags = ['<td class="n">' if pd.api.types.is_numeric_dtype(kind) else "<td>" for kind in frame.dtypes]
    body = []
    for row in frame.astype(object).itertuples(index=False, name=None):
        shown = [_cell(value, table, str(name), say) for name, value in zip(frame, row, strict=True)]
        cells = [f"{tag}{text}</td>" for tag, text in zip(tags, shown, strict=True)]
        cells[: table.index] = [f'<th scope="row">{shown[0]}</th>'] * table.index
        body.append(f"<tr>{''.join(cells)}</tr>")
    name = escape(say(table.caption))
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{name}"><table><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _cell(value: object, table: Captioned, column: str, say: Words) -> str:
    if (figure := table.number(value, column)) is not None:
        return figure
    if column in table.written:
        return table.written[column](str(value))
    return escape(table.said(str(value), column, say))


def _paragraph(part: Paragraph, say: Words) -> str:
    text = f"<p>{escape(say.joined(part.sentences))}</p>"
    if part.mark == "ours":
        return f'<div class="ours">{text}</div>'
    return text.replace("<p>", f'<p class="{part.mark}">', 1) if part.mark else text


def _listing(part: Listing, say: Words) -> str:
    return f"<ul>{''.join(f'<li>{_row(row, say)}</li>' for row in part.rows)}</ul>"


def _row(row: str | Link, say: Words) -> str:
    if isinstance(row, str):
        return escape(say(row))
    if re.match(r"(https?|file):", row.target):
        return f'<a href="{escape(row.target)}">{escape(say(row.text))}</a>'
    return f"{escape(say(row.text))}{say.colon}<code>{escape(row.target)}</code>"


def _folded(part: Folded, say: Words) -> str:
    return f"<details><summary>{escape(say(part.summary))}</summary>{written(*part.parts, say=say)}</details>"


def _code(part: Code, say: Words) -> str:
    return f"<pre>{escape(part.text)}</pre>"


_WRITERS: dict[type, Callable[[Any, Words], str]] = {
    Figure: _figure,
    Captioned: _table,
    Paragraph: _paragraph,
    Listing: _listing,
    Folded: _folded,
    Code: _code,
}
