"""Commands for questionnaires: ``gum survey check`` and ``gum survey export``."""

from __future__ import annotations

from pathlib import Path

import click

from gumlib.cli.careful import Careful
from gumlib.errors import GumError


@click.group(cls=Careful)
def survey() -> None:
    """Field a questionnaire: check an instrument, export it for a survey tool.

    SOURCE is ningbo-firms, yongkang-firms or interview, or a folder with items.csv and choices.csv. To begin one
    of your own, export items and choices into a new folder and change them there.
    """


@survey.command()
@click.argument("source")
def check(source: str) -> None:
    """List what is wrong in the instrument SOURCE.

    Each fault is told with its file, row and column, and with what to write instead.
    """
    from gumlib.survey import checking
    from gumlib.survey.questionnaire import faults

    found = faults(source)
    for fault in found.astype(object).to_dict("records"):
        click.echo(checking.line(fault))
    wrong = int((found["severity"] == "error").sum())
    click.echo(f"{source}: {wrong} fault(s)")
    if wrong:
        raise click.exceptions.Exit(1)


@survey.command()
@click.argument("source")
@click.option(
    "--to",
    "kind",
    required=True,
    type=click.Choice(["xlsform", "limesurvey", "html", "items", "choices"]),
    help="xlsform for KoBoToolbox and ODK, limesurvey, html to print, items and choices as tables.",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(source: str, kind: str, file: Path) -> None:
    """Write the instrument SOURCE into FILE, in English and Chinese.

    FILE ends in .xlsx, .txt (limesurvey), .html or .csv (items and choices); a file of that name is replaced.
    """
    from gumlib.data.writing import write_whole
    from gumlib.survey import instrument
    from gumlib.survey.formats import FORMATS
    from gumlib.survey.formats import export as write

    end = "." + FORMATS[kind].suffix.rpartition(".")[2]
    if file.suffix != end:
        said = f"expected a file name that ends in {end}, got {file.name!r}; tools tell a format by its ending"
        raise GumError(said, "survey", kind)
    content = write(instrument(source), kind)
    write_whole(file, content)
    click.echo(f"{file}: {len(content):,} bytes")
