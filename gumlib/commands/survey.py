"""Commands for questionnaires: ``gum survey check`` and ``gum survey export``."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def survey() -> None:
    """Field a questionnaire: check an instrument, export it for a survey tool.

    SOURCE is ningbo-firms, yongkang-firms or interview, or a folder with items.csv and choices.csv.
    """


@survey.command()
@click.argument("source")
def check(source: str) -> None:
    """Say what is wrong in the instrument SOURCE, cell by cell, and what to write instead."""
    from gumlib.survey import checking
    from gumlib.survey.instrument import faults

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
    """Write the instrument SOURCE into FILE, in English and Chinese."""
    from gumlib.survey import instrument
    from gumlib.survey.forms import export as write

    content = write(instrument(source), kind)
    file.write_bytes(content)
    click.echo(f"{file}: {len(content):,} bytes")
