"""Commands on the figures and tables of a built book: ``gum figure list``, ``show``, ``export``."""

import json
import shutil
from pathlib import Path
from typing import Any

import click

import gumlib
from gumlib.cli.speech import Group
from gumlib.errors import GumError, one_of

_FORMS = {"record": "figures/{}.json", "bibtex": "cite/{}.bib", "csl": "cite/{}.json", "ris": "cite/{}.ris"}
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
        click.echo("\t".join(record[key] for key in ("id", "page", "title", "function")))


@figure.command()
@_name
@click.option("--as", "form", type=click.Choice(["text", *_FORMS]), default="text", show_default=True, help="Form.")
@_book
def show(name: str, form: str, book: Path) -> None:
    """Print what is known of the figure or table ID, or its citation in a form that programs read."""
    record = _read(_find(name, book))
    if form != "text":
        click.echo((book / _FORMS[form].format(name)).read_text(encoding="utf-8"), nl=False)
        return
    click.echo(f"{record['title']}\n\n{record['caption']}\n\n{record['citation']}\n")
    facts = {key: record[key] for key in ("page", "function", "units", "seed", "licence") if record[key] is not None}
    facts["data"] = [f"{name}.csv, {record['rows']} rows", *record["columns"]]
    facts["inputs"] = [f"{source} sha256 {digest}" for source, digest in record["sources"].items()] or "none"
    for key, value in facts.items():
        click.echo(f"{key}: {'; '.join(value) if isinstance(value, list) else value}")


@figure.command()
@_name
@click.option("--out", type=click.Path(path_type=Path), default=".", show_default=True, help="Folder to copy into.")
@_book
def export(name: str, out: Path, book: Path) -> None:
    """Copy every file of the figure or table ID: drawings, data, record, citation."""
    home = _find(name, book).parent
    out.mkdir(parents=True, exist_ok=True)
    for file in [*sorted(home.glob(f"{name}.*")), *home.glob(f"{name}-dark.svg"), book / "cite" / f"{name}.bib"]:
        click.echo(shutil.copyfile(file, out / file.name))


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
    """Return the record of a figure or table."""
    known = {file.stem: file for file in _records(book)}
    return known[one_of(name, tuple(known), "figure", "id")]


def _read(file: Path) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return record
