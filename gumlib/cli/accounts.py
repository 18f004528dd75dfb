"""Commands on input-output tables: ``gum gvc report``."""

from pathlib import Path

import click

from gumlib.cli.places import replacing
from gumlib.cli.speech import Group, language, say


@click.group(cls=Group)
def gvc() -> None:
    """Measure where industries stand in the global value chain, on a table of your own."""


@gvc.command()
@click.argument("table", type=click.Path(path_type=Path))
@click.option(
    "--format", "layout", metavar="NAME", help="oecd, wiod2013, wiod2016, adb, plain; exiobase3, eora26, gloria."
)
@click.option("--region", "regions", multiple=True, metavar="CODE", help="Show this region; up to four.")
@click.option("--industry", "industries", multiple=True, metavar="CODE", help="Show this industry; up to eight.")
@click.option("--year", type=int, help="Year of the table, where the name of the file does not tell.")
@click.option("--sheet", help="Sheet of the workbook, where several hold tables.")
@click.option("--encoding", help="Encoding of tables where it cannot be told: gb18030, big5, cp1252, mac-roman, ...")
@click.option("--tolerance", type=float, default=0.01, show_default=True, help="Gap to printed output, as a share.")
@click.option("--out", type=click.Path(path_type=Path), default="report.html", show_default=True, help="File to write.")
@replacing
def report(
    table: Path,
    layout: str | None,
    regions: tuple[str, ...],
    industries: tuple[str, ...],
    year: int | None,
    sheet: str | None,
    encoding: str | None,
    tolerance: float,
    out: Path,
    replace: bool,
) -> None:
    """Write a report on TABLE, and its measures as CSV beside it.

    The report is a page, or, with --out report.docx, a document for a word processor, which can save it as PDF.

    TABLE is a CSV file or workbook of OECD's ICIO, WIOD, ADB's MRIO or a plain labelled one (regions in row 1 and
    column A, industries and final uses in row 2 and column B), or a folder or archive of EXIOBASE 3, Eora26 or GLORIA.
    """
    from gumlib.own import table as own

    reading = own.read_table(table, layout, year=year, sheet=sheet, encoding=encoding, tolerance=tolerance)
    say(f"{reading.file}: {reading.table!r}, read as {reading.format}, year {reading.year}, {reading.unit}")
    for note in reading.notes:
        say(f"  {note}")
    for oddity in reading.oddities:
        say(f"  Note: {oddity}")
    from gumlib.own.table import report as reports

    for made in reports.write(reading, out, regions, industries, language(), replace=replace):
        click.echo(str(made))
