"""All chapters as one document for print, each under a running head of its own."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path

from book.along import front
from book.along.edition import Edition
from book.along.gather import Chapter, pictures
from book.along.links import anchor
from book.along.xhtml import document, written
from book.paths import ROOT

HERE = Path(__file__).parent
_LOWER = {"h3": "h4", "h2": "h3", "h1": "h2"}
"""Headings of a chapter stand one below the heading of its part."""
_MAP = ROOT / "book" / "assets" / "map.css"


def lay_out(edition: Edition, chapters: list[Chapter], target: Path) -> Path:
    """Write the document with all that it shows into a folder of its own, filled anew; return its file."""
    shutil.rmtree(target, ignore_errors=True)
    for name in sorted({picture for chapter in chapters for picture in pictures(chapter)}):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(edition.html / name, target / name)
    for face in _faces():
        shutil.copyfile(face, target / face.name)
    sheets = "".join(f'<link rel="stylesheet" href="{sheet}"/>' for sheet in ("fonts.css", "map.css", "paper.css"))
    body = front.title(edition, chapters) + front.contents(edition, chapters) + _chapters(chapters)
    style = f"<style>{_heads(chapters)}</style>"
    file = target / "book.xhtml"
    file.write_text(document(chapters[0].title, edition.language, sheets + style, body), encoding="utf-8")
    return file


def _faces() -> list[Path]:
    """Return style sheets and fonts: ours for Chinese, those of drawings, and those that matplotlib brings."""
    import matplotlib

    assets, drawn = ROOT / "book" / "assets", ROOT / "gumlib" / "figures" / "fonts"
    brought = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return [
        HERE / "paper.css",
        _MAP,
        assets / "fonts.css",
        *sorted(assets.glob("*.woff2")),
        *sorted(drawn.glob("*.ttf")),
        *sorted(brought.glob("STIXGeneral*.ttf")),
        *(brought / f"DejaVuSans{kind}.ttf" for kind in ("", "-Bold", "Mono")),
    ]


def _chapters(chapters: list[Chapter]) -> str:
    said = ""
    for part, members in front.by_part(chapters):
        for chapter in members:
            opening = f'<h1 class="along-part">{escape(part)}</h1>' if part and chapter is members[0] else ""
            if part:
                _lower(chapter)
            name = anchor(chapter.page.name)
            said += f'<div class="along-chapter" style="page: {name}">{opening}{written(chapter.body)}</div>'
    return said


def _lower(chapter: Chapter) -> None:
    for old, new in _LOWER.items():
        for heading in chapter.body.iter(old):
            heading.tag = new


def _heads(chapters: list[Chapter]) -> str:
    """Return a rule for each chapter that prints its title over its pages."""
    return "".join(
        f'@page {anchor(chapter.page.name)} {{ @top-left {{ content: "{_quoted(chapter.title)}" }} }}'
        for chapter in chapters
    )


def _quoted(text: str) -> str:
    return escape(text.replace("\\", "\\\\").replace('"', '\\"'), quote=False)
