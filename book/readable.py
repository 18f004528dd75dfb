"""Notebooks as any reader sees them: in plain Jupyter, untrusted, in an editor, in a repository's static view.

None of these knows MyST, the book's roles or an untrusted SVG. So the prose holds its numbers, claims and citations in
words, each value handed to the prose can be shown, and each drawing has a picture in pixels beside it and a caption
below. `book.compare` leaves out what is added.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
from functools import cache
from pathlib import Path

import pandas as pd
from myst_nb.core.variables import format_plain_text
from nbformat import NotebookNode, v4
from PIL import Image
from pybtex.database import Entry, parse_file

from book import digest
from book.compare import ADDED, DRAWING, NAMED, PICTURE, RECORD
from book.execution import coded
from book.paths import CHAPTERS, NOTEBOOKS, ROOT
from gumlib import claims
from gumlib.evidence import works

COLOURS = 64
"""Of a picture: as many as need be to read it."""
GLUE = re.compile(r"\{glue:text\}`([^`:]+):?([^`]*)`")
_DIRECTIVE = re.compile(r"^(`{3,}|:{3,})\{([\w-]+)\} *(.*)\n((?:.*\n)*?)\1$", re.MULTILINE)
_OPTION = re.compile(r"^:[\w-]+:.*\n+", re.MULTILINE)
_ROLE = re.compile(r"\{(claim|doc|ref|cite:[pt])\}`([^`<]*?)(?:\s*<([^>`]*)>)?`")
_LINK = re.compile(r"\]\(([\w./-]+\.md)\)")
_LABEL = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)


def told(notebook: NotebookNode) -> dict[str, str]:
    """Return what the cells of an executed page hand to its prose, by key."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    handed = [output for output in outputs if "scrapbook" in output.get("metadata", {})]
    return {one.metadata.scrapbook.name: one.data[RECORD] for one in handed}


def with_values(prose: str, values: dict[str, str]) -> str:
    """Return prose with each value set as the book sets it; a key without a value stays.

    Examples
    --------
    >>> with_values("From {glue:text}`low` to {glue:text}`high:.1f`.", {"low": "'0.40'", "high": "0.654"})
    'From 0.40 to 0.7.'
    """

    def value(found: re.Match[str]) -> str:
        return format_plain_text(values[found[1]], found[2]) if found[1] in values else found[0]

    return GLUE.sub(value, prose)


def put_in_words(page: Path, notebook: NotebookNode) -> None:
    """Put the prose of an executed chapter into plain Markdown with its numbers, in place."""
    values = told(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = in_words(with_values(cell.source, values), page)


def link_to_built_pages(notebook: NotebookNode) -> None:
    """Let links to pages without code lead to them as they are built, which is what lies beside a published notebook.

    Examples
    --------
    >>> cell = v4.new_markdown_cell("[Claims](../../chapters/back/claims.md) and [1.4](1-4-methods.ipynb)")
    >>> link_to_built_pages(book := v4.new_notebook(cells=[cell]))
    >>> book.cells[0].source
    '[Claims](../../chapters/back/claims.html) and [1.4](1-4-methods.ipynb)'
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _LINK.sub(lambda found: f"]({found[1].removesuffix('.md')}.html)", cell.source)


def put_pictures(notebook: NotebookNode) -> None:
    """Put a picture beside each drawing, its caption below, and words beside each value that is handed to the prose.

    This is done in place; the drawings' files must be at hand.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [one for output in cell.outputs for one in _seen(output)]


def in_words(prose: str, page: Path) -> str:
    """Return the prose of a chapter as plain Markdown: no role, directive or label of MyST is left.

    Examples
    --------
    >>> in_words("See {doc}`section 2.1 <2-1-model-building>` on {claim}`C01`.", CHAPTERS / "02" / "2-6-summary.md")
    'See [section 2.1](2-1-model-building.ipynb) on C01.'
    """
    plain = _ROLE.sub(lambda found: _role(found, page), _LABEL.sub("", prose))
    linked = _LINK.sub(lambda found: f"]({_place(page.parent / found[1], page)})", plain)
    return _DIRECTIVE.sub(_directive, f"{linked}\n").removesuffix("\n")


def _directive(found: re.Match[str]) -> str:
    _, name, argument, content = found.groups()
    body = _OPTION.sub("", content).strip()
    if name == "math":
        return f"$$\n{body}\n$$"
    if name == "claims":
        return _quoted("The book claims", "\n".join(map(_claim, argument.split())))
    if name == "table":
        return f"**{argument}**\n\n{body}"
    if body:
        return _quoted(argument or name.capitalize(), body)
    return f"*Here the built book shows: {f'{name} {argument}'.strip()}.*"


def _quoted(title: str, body: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in (f"**{title}**", "", *body.split("\n")))


def _claim(claim: str) -> str:
    row = _claims().loc[claim]
    notes = f" {row['notes']}" if isinstance(row["notes"], str) else ""
    return f"- {claim} ({row['place']}) {row['claim']}. **{row['verdict']}**{notes}"


@cache
def _claims() -> pd.DataFrame:
    return claims.claims()


def _role(found: re.Match[str], page: Path) -> str:
    name, words, target = found[1], " ".join(found[2].split()), found[3]
    if name.startswith("cite"):
        return _cited(words.split(","), in_brackets=name == "cite:p")
    if name != "doc":
        return words
    home = (page.parent / (target or words)).with_suffix(".md")
    return f"[{words if target else _title(home)}]({_place(home, page)})"


def _place(chapter: Path, page: Path) -> str:
    """Return where the notebook of a chapter stands, seen from that of a page; the chapter, if it has none."""
    name = chapter.resolve().relative_to(CHAPTERS)
    place = NOTEBOOKS / name.with_suffix(".ipynb") if coded(chapter) else CHAPTERS / name
    return Path(os.path.relpath(place, NOTEBOOKS / page.relative_to(CHAPTERS).parent)).as_posix()


def _title(page: Path) -> str:
    heading = re.search(r"^# (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert heading, f"{page} has no title"
    return heading[1]


def _cited(keys: list[str], *, in_brackets: bool) -> str:
    names = [(_authors(_works()[key.strip()]), _works()[key.strip()].fields["year"]) for key in keys]
    if in_brackets:
        return f"({'; '.join(f'{authors}, {year}' for authors, year in names)})"
    return ", ".join(f"{authors} ({year})" for authors, year in names)


@cache
def _works() -> dict[str, Entry]:
    return dict(parse_file(ROOT / "data" / "references.bib").entries)


def _authors(work: Entry) -> str:
    people = work.persons.get("author") or work.persons.get("editor") or []
    names = [works.plain(" ".join([*one.prelast_names, *one.last_names])) for one in people]
    if not names:
        return works.plain(work.fields.get("organization") or work.fields["title"])
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


def _seen(output: NotebookNode) -> list[NotebookNode]:
    """Return an output as it is, but a drawing with its picture and, after it, its caption; a value with its name."""
    if RECORD in output.get("data", {}):
        words = f"{output.metadata.scrapbook.name} = {format_plain_text(output.data[RECORD], '')}"
        return [NotebookNode(output | {"data": output.data | {NAMED: words}})]
    name = re.match(r'<svg id="(fig-[a-z0-9-]+)"', output.get("data", {}).get(DRAWING, ""))
    if not name:
        return [output]
    picture, record = _picture(name[1])
    with_picture = NotebookNode(output | {"data": output.data | {PICTURE: picture}})
    with_picture["metadata"] = output.metadata | {PICTURE: {"alt": record["alt"]}}
    words = f"**{record['title'].rstrip('.')}{'' if record['title'].endswith('?') else '.'}** {record['caption']}"
    caption = v4.new_output("display_data", {"text/markdown": words}, metadata={ADDED: "caption"})
    return [with_picture, caption]


@cache
def _picture(name: str) -> tuple[str, dict[str, str]]:
    """Return the picture of a figure on white, in base64, and what its files record."""
    drawn = digest.cache() / "figures"
    record = json.loads((drawn / f"{name}.json").read_text(encoding="utf-8"))
    return f"{base64.b64encode(_few_colours((drawn / f'{name}.png').read_bytes())).decode()}\n", record


def _few_colours(png: bytes) -> bytes:
    """Return a picture in `COLOURS`; kept by its content, so that a build reduces only what is drawn anew."""
    file = digest.cache() / "pictures" / f"{hashlib.sha256(png).hexdigest()}.png"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        with Image.open(io.BytesIO(png)) as picture:
            picture.convert("RGB").quantize(COLOURS).save(file, "PNG")
    return file.read_bytes()
