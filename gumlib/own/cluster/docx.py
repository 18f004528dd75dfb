"""A report as a document for a word processor: headings, paragraphs, tables, figures as pictures."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from gumlib import __version__
from gumlib.data.messages import Words
from gumlib.errors import extra
from gumlib.figures.card import Figure
from gumlib.own.cluster.drawings import figure_files
from gumlib.own.cluster.pieces import (
    Captioned,
    Code,
    Document,
    Folded,
    Link,
    Listing,
    Paragraph,
    Piece,
    column_heading,
)

_WIDTH = 16.5
"""Of the text, in centimetres."""
_SMALL = 8
"""Size of tables and code, in points."""
_NARROW, _BROAD = 5, 40
"""Letters that a column of a table is reckoned to hold at least and at most."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def file(document: Document, say: Words) -> bytes:
    """Return a document as the content of a DOCX file; the same report gives the same bytes.

    Raises
    ------
    GumError : python-docx is not installed
    """
    docx = extra("docx", "docx")
    made = docx.Document()
    _laid_out(made)
    first, second = document.titles(say.language)
    made.core_properties.title, made.core_properties.author = say(first), ""
    made.core_properties.comments = f"gumlib {__version__}"
    made.core_properties.language = {"en": "en", "zh": "zh-CN"}[say.language]
    made.add_heading(say(first), 0)
    if second:
        made.add_paragraph(second, "Subtitle")
    _write(made, document.lead, say)
    for section in document.sections:
        made.add_heading(say(section.title), 1)
        _write(made, section.parts, say)
    _paragraph(made, Paragraph(document.foot), say)
    stream = io.BytesIO()
    made.save(stream)
    return _undated(stream.getvalue())


def _laid_out(made: Any) -> None:
    """Set the margins of A4, and fonts that hold Chinese on the systems people write on."""
    shared = extra("docx.shared", "docx")
    page = made.sections[0]
    page.page_width, page.page_height = shared.Cm(21), shared.Cm(29.7)
    page.left_margin = page.right_margin = shared.Cm((21 - _WIDTH) / 2)
    for style in made.styles:
        if style.type == 1:  # of paragraphs
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(f"{_W}{kind}", None)
            for kind, font in zip(
                ("ascii", "hAnsi", "eastAsia"), ("Calibri", "Calibri", "Microsoft YaHei"), strict=True
            ):
                fonts.set(f"{_W}{kind}", font)
    made.styles["Normal"].font.size = shared.Pt(10.5)


def _write(made: Any, parts: tuple[Piece, ...], say: Words) -> None:
    for part in parts:
        _WRITERS[type(part)](made, part, say)


def _paragraph(made: Any, part: Paragraph, say: Words) -> None:
    made.add_paragraph(say.joined(part.sentences), "Intense Quote" if part.mark else None)


def _listing(made: Any, part: Listing, say: Words) -> None:
    for row in part.rows:
        text = f"{say(row.text)}{say.colon}{row.target}" if isinstance(row, Link) else say(row)
        made.add_paragraph(text, "List Bullet")


def _table(made: Any, table: Captioned, say: Words) -> None:
    """Add a caption and a table; columns are as wide as what they hold, and the head stands on every page."""
    made.add_paragraph(say(table.caption), "Caption").paragraph_format.keep_with_next = True
    frame = table.shown
    rows = [[say.heading(column_heading(column)) for column in frame]]
    for row in frame.astype(object).itertuples(index=False, name=None):
        rows.append([_cell(value, table, column, say) for column, value in zip(frame, row, strict=True)])
    grid = made.add_table(0, frame.shape[1], "Table Grid")
    grid.autofit = False
    widths = _widths(rows)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = extra("docx.shared", "docx").Cm(width)
    for row in rows:
        line = grid.add_row()
        for cell, text, width in zip(line.cells, row, widths, strict=True):
            cell.width = extra("docx.shared", "docx").Cm(width)
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = extra("docx.shared", "docx").Pt(_SMALL), row is rows[0]
    head = grid.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(f"{_W}tblHeader", {}))
    made.add_paragraph()


def _cell(value: object, table: Captioned, column: str, say: Words) -> str:
    return table.number(value, column) or (
        str(value) if column in table.written else table.said(str(value), column, say)
    )


def _widths(rows: list[list[str]]) -> list[float]:
    """Return the width of each column in centimetres; a Han character is as wide as two letters."""
    longest = [
        max(sum(1 + (letter > "\u2e80") for letter in text) for text in column) for column in zip(*rows, strict=True)
    ]
    shares = [min(max(length, _NARROW), _BROAD) for length in longest]
    return [_WIDTH * share / sum(shares) for share in shares]


def _folded(made: Any, part: Folded, say: Words) -> None:
    made.add_heading(say(part.summary), 3)
    _write(made, part.parts, say)


def _code(made: Any, part: Code, say: Words) -> None:
    shared = extra("docx.shared", "docx")
    run = made.add_paragraph().add_run(part.text)
    run.font.name, run.font.size = "Consolas", shared.Pt(_SMALL)


def _figure(made: Any, drawn: Figure, say: Words) -> None:
    """Add a drawing with its alternative text, and its caption; the rows drawn lie beside the report as CSV."""
    shared = extra("docx.shared", "docx")
    picture = made.add_picture(io.BytesIO(figure_files(drawn, say)[f"{drawn.id}.png"]), width=shared.Cm(_WIDTH))
    made.paragraphs[-1].paragraph_format.keep_with_next = True
    about = picture._inline.docPr
    about.set("title", say(drawn.title))
    about.set("descr", say(drawn.alt))
    made.add_paragraph(f"{say(f'{drawn.title}.')}{say.gap}{say(drawn.caption)}", "Caption")


def _undated(content: bytes) -> bytes:
    """Return a file without the times at which its parts were packed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(stream, "w") as plain:
        for name in packed.namelist():
            plain.writestr(zipfile.ZipInfo(name, _EPOCH), packed.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


_WRITERS: dict[type, Callable[[Any, Any, Words], None]] = {
    Figure: _figure,
    Captioned: _table,
    Paragraph: _paragraph,
    Listing: _listing,
    Folded: _folded,
    Code: _code,
}
