"""Commands for a cluster of the reader's own: ``gum case new``, ``check``, ``report``, ``agreement``."""

import shlex
from functools import partial
from pathlib import Path

import click

from gumlib.cli.places import replacing
from gumlib.cli.speech import Group, language, said, say
from gumlib.errors import GumError
from gumlib.terms import CLUSTERS


@click.group(cls=Group)
def case() -> None:
    """Bring a cluster of your own: a folder of tables, a check, a page."""


@case.command()
@click.argument("name")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=".", help="Make it in this folder.")
@click.option("--from", "first", type=int, default=1985, show_default=True, metavar="YEAR", help="First year to score.")
@click.option("--to", "last", type=int, default=2010, show_default=True, metavar="YEAR", help="Last year to score.")
@click.option("--step", type=click.IntRange(1), default=5, show_default=True, help="Years between scores.")
@click.option("--example", is_flag=True, help="Fill in a small invented cluster, marked as invented.")
def new(name: str, folder: Path, first: int, last: int, step: int, example: bool) -> None:
    """Make the folder NAME with tables to fill in; README.md in it says how."""
    from gumlib.own.cluster import template

    if first > last:
        said = f"expected --from before --to, got {first} and {last}; turn them"
        raise GumError(said, "cases", "years")
    if rest := (last - first) % step:
        fits = max(years for years in range(1, step + 1) if (last - first) % years == 0)
        cure = f"write --step {fits} or --to {last - rest}"
        said = f"expected steps that lead from {first} to {last}, got {step} years; {cure}"
        raise GumError(said, "cases", "years")
    made = template.write(folder / name, years=range(first, last + 1, step), example=example, language=language())
    for file in sorted(made.iterdir()):
        click.echo(f"{made / file.name}")
    if made.resolve().name in CLUSTERS:
        say(f"Note: {made.resolve().name} is a cluster of the compendium, too; yours is kept apart from it")
    say(f"Read {made / 'README.md'}, fill in the tables, then run: gum case check {shlex.quote(str(made))}")


_ENCODING = click.option(
    "--encoding", help="Encoding of tables where it cannot be told: gb18030, big5, cp1252, mac-roman, ..."
)


@case.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_ENCODING
@click.option("--all", "every", is_flag=True, help="List every fault, however many are alike.")
def check(folder: Path, encoding: str | None, every: bool) -> None:
    """Say what is wrong in FOLDER, cell by cell, and what to write instead.

    Errors must be mended before there can be a report; warnings need not. Nothing is changed.
    """
    from gumlib.data import faults as messages
    from gumlib.own.cluster.folder import faults

    found = faults(folder, encoding=encoding)
    for text in messages.lines(found, every):
        say(text)
    say(f"{folder}: {messages.fault_counts(found)}")
    if (found["severity"] == "error").any():
        raise click.exceptions.Exit(1)
    say(f"Next: gum case report {shlex.quote(str(folder))}")


@case.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_ENCODING
@click.option(
    "--out", type=click.Path(path_type=Path), help="File to write, .html or .docx; FOLDER/report.html by default."
)
@click.option("--book", default="", envvar="GUM_BOOK", help="Address of the book, or its folder, to link to.")
@replacing
def report(folder: Path, encoding: str | None, out: Path | None, book: str, replace: bool) -> None:
    """Write a report on the cluster in FOLDER, and its figures beside it.

    It is a page: one HTML file that needs nothing else. With --out report.docx it is a document for a word processor,
    which can save it as PDF.
    """
    from gumlib.own.cluster.folder import existing

    existing(folder)
    from gumlib.own.cluster import report as reports

    tell = partial(say, err=True)
    made = reports.write(folder, out, tell=tell, encoding=encoding, book=book, language=language(), replace=replace)
    where = "a word processor" if made.suffix.lower() == ".docx" else "a browser"
    say(f"{made}: {made.stat().st_size:,} bytes; open it in {where}")
    say(f"{reports.figures_of(made)}: its figures as SVG, PNG and CSV")


@case.command()
@click.argument("folder", type=click.Path(path_type=Path))
@_ENCODING
def agreement(folder: Path, encoding: str | None) -> None:
    """Say how far the coding passes in FOLDER agree: Krippendorff's ordinal alpha, each two passes and all.

    FOLDER holds a cluster, with the scores of each coder in a file such as scores_c.csv; or coding sheets of the
    four clusters of the book, which are compared with the two passes that ship.
    """
    import pandas as pd

    from gumlib.data import faults as messages
    from gumlib.own.cluster import passes

    table = passes.passes(folder, encoding=encoding)
    for text in messages.lines(passes.doubts(folder, encoding=encoding), every=True):
        say(text)
    for coder in sorted(set(table["coder"]) - set(table.dropna(subset=["score"])["coder"])):
        say(f"No score in the pass of {coder}; it is left out")
    alphas, overall = passes.comparison(table)
    say("Krippendorff's ordinal alpha; - where scores do not vary or no cell is scored twice")
    with pd.option_context("display.unicode.east_asian_width", True):
        click.echo(alphas.rename(index=said, columns=said).to_string(na_rep="-", float_format="{:.2f}".format))
    for which, row in overall.iterrows():
        if not row["cells"]:
            say(f"{which}: no cell is scored twice")
            continue
        sure = "not known" if pd.isna(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}"
        say(
            f"{which}: {row['cells']:.0f} cells scored twice or more; 95 % interval of alpha {sure}; "
            f"{row['exact']:.0%} equal, {row['within_one']:.0%} within one step"
        )
