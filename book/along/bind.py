"""The last touch on a PDF: who made it, when, in which language; the same bytes whenever it is made from the same."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from book.along.edition import Edition
from book.along.press import Printed
from book.publication import book


def bound(printed: Printed, edition: Edition, title: str) -> bytes:
    """Return a PDF with its metadata, whose dates are that of the version, and with bookmarks as its headings are."""
    about, target = book(), io.BytesIO()
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        _mark(pdf, printed.headings)
        _number(pdf)
        dated = f"D:{about.date.replace('-', '')}000000Z"
        said = {
            "Title": title,
            "Author": about.author,
            "Subject": about.abstract.strip(),
            "Keywords": ", ".join(about.keywords),
            "Creator": f"gumlib {about.version}",
            "Producer": "Chromium",
            "CreationDate": dated,
            "ModDate": dated,
        }
        pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary({f"/{key}": value for key, value in said.items()}))
        pdf.Root.Lang = edition.language
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        kept = pikepdf.ObjectStreamMode.generate
        pdf.save(target, object_stream_mode=kept, recompress_flate=True, deterministic_id=True)
    return target.getvalue()


def _mark(pdf: pikepdf.Pdf, headings: list[str]) -> None:
    """Give each bookmark the heading it stands for: Chromium joins the lines of a long one without a blank."""
    with pdf.open_outline(max_depth=6) as outline:
        for item, heading in zip(_each(outline.root), headings, strict=True):
            item.title = heading


def _number(pdf: pikepdf.Pdf) -> None:
    """Number the heads of tables by their order: Chromium numbers them by what it happened to draw before."""
    found = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
    parts = [one for one in found if one.get("/Type") == "/StructElem"]
    heads = [part for part in parts if "/ID" in part]
    numbers = {str(head.ID): f"head{number:06d}" for number, head in enumerate(heads)}
    tree = pikepdf.NameTree.new(pdf)
    for head in heads:
        head.ID = numbers[str(head.ID)]
        tree[str(head.ID)] = head
    for said in (said for part in parts for said in part.get("/A", []) if "/Headers" in said):
        said.Headers = [numbers[str(head)] for head in said.Headers]
    pdf.Root.StructTreeRoot.IDTree = tree.obj


def _each(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    for item in items:
        yield item
        yield from _each(item.children)
