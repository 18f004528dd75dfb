"""Commands on the figures and tables of a built book: ``gum figure list``, ``show``, ``export``."""

import difflib
import json
from pathlib import Path
from typing import Any

import click

import gumlib
from gumlib.cli.places import replacing
from gumlib.cli.speech import Group, language, say, showable
from gumlib.data.phrases import drawn
from gumlib.data.writing import write_all
from gumlib.errors import GumError

_FORMS = {"record": "figures/{}.json", "bibtex": "cite/{}.bib", "csl": "cite/{}.json", "ris": "cite/{}.ris"}
_PARTS = {
    *("id", "page", "title", "caption", "function", "citation"),
    *("units", "seed", "licence", "rows", "columns", "sources"),
}
"""What a record has."""
_CURE = "build the book again, or name the folder of a whole one with --book"
_BUILT = Path(gumlib.__file__).parents[1] / "_build" / "html"

_book = click.option(
    "--book",
    type=click.Path(path_type=Path),
    default=_BUILT,
    show_default="that of the checkout",
    help="Folder of the built book.",
)
_name = click.argument("name", metavar="ID")


@click.group(cls=Group)
def figure() -> None:
    """List, show and take along the figures and tables of a built book."""


@figure.command("list")
@_book
def listing(book: Path) -> None:
    """Print every figure and table: id, page, title, and the program that draws or the cell that makes it."""
    for file in _records(book):
        record = _read(file)
        click.echo("\t".join((record["id"], record["page"], _words(record, "title"), record["function"])))


@figure.command()
@_name
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", *_FORMS], case_sensitive=False),
    default="text",
    show_default=True,
    help="Form.",
)
@_book
def show(name: str, form: str, book: Path) -> None:
    """Print what is known of the figure or table ID, or its citation in a form that programs read."""
    record = _read(_find(name, book))
    if form != "text":
        click.echo(_content(book / _FORMS[form].format(record["id"])).decode(), nl=False)
        return
    click.echo(f"{_words(record, 'title')}\n\n{_words(record, 'caption')}\n\n{record['citation']}\n")
    facts = {key: record[key] for key in ("page", "function", "units", "seed", "licence") if record[key] is not None}
    facts["units"] = [_unit(unit) for unit in record["units"]]
    facts["data"] = [f"{record['id']}.csv, {record['rows']} rows", *record["columns"]]
    facts["inputs"] = [f"{source} sha256 {digest}" for source, digest in record["sources"].items()] or "none"
    for key, value in facts.items():
        say(f"{key}: {'; '.join(value) if isinstance(value, list) else value}")


@figure.command()
@_name
@click.option("--out", type=click.Path(path_type=Path), default=".", show_default=True, help="Folder to copy into.")
@_book
@replacing
def export(name: str, out: Path, book: Path, replace: bool) -> None:
    """Copy every file of the figure or table ID: drawings, data, record, citation."""
    found = _find(name, book)
    dark = found.parent.glob(f"{found.stem}-dark.svg")
    every = [*sorted(found.parent.glob(f"{found.stem}.*")), *dark, book / "cite" / f"{found.stem}.bib"]
    copies = {out / file.name: _content(file) for file in every}
    write_all(copies, home=out, replace=replace)
    for copy in copies:
        click.echo(str(copy))


def _records(book: Path) -> list[Path]:
    """Return the record of every figure and table of a built book, sorted.

    Raises
    ------
    GumError : the folder holds no figures of a book
    """
    if not (found := sorted((book / "figures").glob("???-*.json"), key=lambda file: file.stem)):
        said = f"expected the folder of a built book, with figures/ in it, got {str(book)!r}"
        raise GumError(f"{said}; name the folder of one with --book", "figure", "book")
    return found


def _find(name: str, book: Path) -> Path:
    """Return the record of a figure or table; its id may be written as the name or link of one of its files.

    Raises
    ------
    GumError : the book has none of that id
    """
    known = {file.stem: file for file in _records(book)}
    plain = name.strip().rpartition("#")[2].rpartition("/")[2].casefold().replace("_", "-")
    stem = plain.partition(".")[0].removesuffix("-dark")
    if name not in known and stem in known:
        return known[stem]
    if name not in known:
        near = ", ".join(difflib.get_close_matches(name, known, cutoff=0.5))
        meant = f"did you mean {near}; " if near else ""
        said = f"expected the id of a figure or table, got {name!r}; {meant}gum figure list prints every id"
        raise GumError(said, "figure", "id")
    return known[name]


def _words(record: dict[str, Any], key: str) -> str:
    """Return the title or caption of a record in the language of the command, where the book has it in Chinese."""
    english: str = record[key]
    return showable(record.get("zh", {}).get(key, english), english) if language() == "zh" else english


def _unit(english: str) -> str:
    """Return what an axis says, as the drawing has it in the language of the command."""
    return showable(drawn().chinese(english) or english, english) if language() == "zh" else english


def _content(file: Path) -> bytes:
    """Return what a file of the book holds.

    Raises
    ------
    GumError : it is not there
    """
    if not file.is_file():
        said = f"expected {file.name} in the built book, there is none in {str(file.parent)!r}"
        raise GumError(f"{said}; {_CURE}", "figure", "book")
    return file.read_bytes()


def _read(file: Path) -> dict[str, Any]:
    """Return the record of a figure or table.

    Raises
    ------
    GumError : the file holds none
    """
    try:
        record: dict[str, Any] = json.loads(_content(file))
        if record.keys() >= _PARTS:
            return record
    except (ValueError, AttributeError):
        pass
    said = f"expected the record of a figure or table in {file.name}, got something else"
    raise GumError(f"{said}; {_CURE}", "figure", "book")
