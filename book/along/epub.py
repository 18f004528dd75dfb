"""All chapters as an EPUB 3, written here: a library for it would date its files by the clock."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from book.along import front
from book.along.edition import Edition
from book.along.gather import Chapter, pictures
from book.along.links import anchor, home
from book.along.xhtml import document, written
from book.packing import entry
from book.paths import ROOT
from book.publication import LICENCE, Publication, book

MIMETYPE = "application/epub+zip"
_ASSETS = ROOT / "book" / "assets"
_STYLE = Path(__file__).with_suffix(".css")
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_KINDS = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_EPUB = ' xmlns:epub="http://www.idpf.org/2007/ops"'
_SHEET = '<link rel="stylesheet" type="text/css" href="book.css"/>'
_ACCESS = {
    "accessMode": ("textual", "visual"),
    "accessibilityFeature": ("alternativeText", "MathML", "structuralNavigation", "tableOfContents"),
    "accessibilityHazard": ("none",),
}
_PATHLESS = re.compile(rb"<path\b(?![^>]*\sd=)")
"""How matplotlib draws nothing: a path that leads nowhere, which an EPUB must say."""
_INKS = {"--pst-color-text-muted": "#5b6673", "--pst-color-text-base": "#1b1f24", "--pst-color-background": "#ffffff"}


def bound(edition: Edition, chapters: list[Chapter]) -> bytes:
    """Return the bytes of the EPUB."""
    files = _files(edition, chapters)
    inside = {"META-INF/container.xml": _CONTAINER.encode(), "EPUB/package.opf": _package(edition, chapters, files)}
    inside |= {f"EPUB/{name}": content for name, content in files.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr(entry("mimetype", zipfile.ZIP_STORED), MIMETYPE)
        for name, content in inside.items():
            packed.writestr(entry(name), content)
    return target.getvalue()


def _files(edition: Edition, chapters: list[Chapter]) -> dict[str, bytes]:
    """Return every file that the manifest lists, by its name in it; those read in turn come first."""
    title, language = chapters[0].title, edition.language
    texts = {
        "nav.xhtml": document(title, language, _SHEET, _nav(edition, chapters), _EPUB),
        "title.xhtml": document(title, language, _SHEET, front.title(edition, chapters)),
    }
    for chapter in chapters:
        _spread(chapter)
        texts[f"{chapter.page.name}.xhtml"] = document(chapter.title, language, _SHEET, written(chapter.body))
    sheets = (_ASSETS / "fonts.css", _STYLE)
    texts["book.css"] = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets) + _map_style()
    drawn = sorted({name for chapter in chapters for name in pictures(chapter)})
    faces = {face.name: face.read_bytes() for face in sorted(_ASSETS.glob("*.woff2"))}
    return (
        {name: text.encode() for name, text in texts.items()}
        | faces
        | {name: _PATHLESS.sub(b'<path d=""', (edition.html / name).read_bytes()) for name in drawn}
    )


def _spread(chapter: Chapter) -> None:
    """Let links lead from file to file, and give each drawing in a page its style without variables."""
    for link in chapter.body.iter("a"):
        name = link.get("href", "").removeprefix("#")
        if link.get("href", "").startswith("#") and home(name) != chapter.page.name:
            link.set("href", f"{home(name)}.xhtml#{name}")
    for style in chapter.body.iter("style"):
        style.text = (style.text or "").replace("--c:", "color:")


def _map_style() -> str:
    """Return the style of the map's drawing without variables, which some reading devices do not know."""
    lines = (_ASSETS / "map.css").read_text(encoding="utf-8").splitlines()
    drawing = "\n".join(line for line in lines if line.startswith(".map-drawing "))
    drawing = drawing.replace(" :is(circle, rect)", " circle, .map-drawing rect")
    for name, ink in _INKS.items():
        drawing = drawing.replace(f"var({name})", ink)
    drawing = drawing.replace("var(--pst-font-family-base)", '"Noto Sans SC", sans-serif')
    drawing = drawing.replace("var(--c)", "currentColor")
    return f".map-drawing {{ color: {_INKS['--pst-color-text-muted']}; }}\n{drawing}\n"


def _nav(edition: Edition, chapters: list[Chapter]) -> str:
    rows = ""
    for part, members in front.by_part(chapters):
        inside = "".join(map(_entry, members))
        rows += f"<li><span>{escape(part)}</span><ol>{inside}</ol></li>" if part else inside
    return f'<nav epub:type="toc" id="toc"><h1>{edition.said(front.CONTENTS)}</h1><ol>{rows}</ol></nav>'


def _entry(chapter: Chapter) -> str:
    file = f"{chapter.page.name}.xhtml"
    heads = [(part.get("id"), part.find("h2")) for part in chapter.body.findall("section")]
    inside = "".join(
        f'<li><a href="{file}#{name}">{escape(" ".join(head.text_content().split()))}</a></li>'
        for name, head in heads
        if name and head is not None
    )
    below = f"<ol>{inside}</ol>" if inside else ""
    return f'<li><a href="{file}#{anchor(chapter.page.name)}">{escape(chapter.title)}</a>{below}</li>'


def _package(edition: Edition, chapters: list[Chapter], files: Mapping[str, bytes]) -> bytes:
    items = "".join(_item(name, content) for name, content in files.items())
    order = ["title.xhtml", "nav.xhtml", *(f"{chapter.page.name}.xhtml" for chapter in chapters)]
    spine = "".join(f'<itemref idref="{_key(name)}"/>' for name in order)
    said = _metadata(edition, chapters[0].title, book())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" '
        f'xml:lang="{edition.language}">\n<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{said}</metadata>\n'
        f"<manifest>{items}</manifest>\n<spine>{spine}</spine>\n</package>\n"
    ).encode()


def _metadata(edition: Edition, title: str, about: Publication) -> str:
    made = f"{about.doi or about.title} {about.version} {edition.language}"
    facts = [
        ("identifier", f"urn:uuid:{uuid5(NAMESPACE_URL, made)}", ' id="book"'),
        ("title", title, ""),
        ("language", edition.language, ""),
        ("creator", about.author, ""),
        ("date", about.date, ""),
        ("description", about.abstract.strip(), ' xml:lang="en"'),
        ("rights", LICENCE, ""),
        *(("subject", keyword, ' xml:lang="en"') for keyword in about.keywords),
    ]
    core = "".join(f"<dc:{name}{more}>{escape(said, quote=False)}</dc:{name}>" for name, said, more in facts)
    access = "".join(
        f'<meta property="schema:{name}">{said}</meta>' for name, several in _ACCESS.items() for said in several
    )
    return f'{core}<meta property="dcterms:modified">{about.date}T00:00:00Z</meta>{access}'


def _item(name: str, content: bytes) -> str:
    inside = {"mathml": b"<math", "svg": b"<svg"} if name.endswith(".xhtml") else {}
    flags = [flag for flag, mark in inside.items() if mark in content] + ["nav"] * (name == "nav.xhtml")
    said = f' properties="{" ".join(flags)}"' if flags else ""
    return f'<item id="{_key(name)}" href="{name}" media-type="{_KINDS[Path(name).suffix]}"{said}/>'


def _key(name: str) -> str:
    return "i-" + re.sub(r"[^\w.-]", "-", name)
