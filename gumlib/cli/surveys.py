"""Commands for questionnaires: ``gum survey check``, ``export``, ``read`` and ``levels``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from gumlib.cli.places import replacing
from gumlib.cli.speech import Group, language, say, speaking
from gumlib.errors import GumError


@click.group(cls=Group)
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
    from gumlib.data.faults import line
    from gumlib.survey.questionnaire import instrument_faults

    found = instrument_faults(source)
    for fault in found.astype(object).itertuples(index=False):
        say(line(fault))
    wrong = int((found["severity"] == "error").sum())
    say(f"{source}: {wrong} fault(s)")
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
@replacing
def export(source: str, kind: str, file: Path, replace: bool) -> None:
    """Write the instrument SOURCE into FILE, in English and Chinese; html in Chinese alone if that is the language.

    FILE ends in .xlsx, .txt (limesurvey), .html or .csv (items and choices).
    """
    from gumlib.data.writing import write_all
    from gumlib.survey import instrument
    from gumlib.survey.formats import FORM_FORMATS
    from gumlib.survey.formats import export as write

    end = "." + FORM_FORMATS[kind].suffix.rpartition(".")[2]
    if file.suffix.lower() != end:
        said = f"expected a file name that ends in {end}, got {file.name!r}; tools tell a format by its ending"
        raise GumError(said, "survey", kind)
    content = write(instrument(source), "html-zh" if kind == "html" and language() == "zh" else kind)
    write_all({file: content}, replace=replace)
    say(f"{file}: {len(content):,} bytes")


def _answered(command: Callable[..., None]) -> Callable[..., None]:
    """Add what tells how ANSWERS are to be read."""
    for option in (
        click.option(
            "--encoding", help="Of a CSV file, where it cannot be told: gb18030, big5, cp1252, mac-roman, ..."
        ),
        click.option("--values", type=click.Choice(["codes", "labels"]), help="How choices are written."),
        click.option(
            "--dates",
            type=click.Choice(["day-first", "month-first"]),
            help="Which stands first in dates such as 1/5/2024.",
        ),
        click.option("--sheet", help="Sheet of a workbook; the first by default."),
        click.option("--drop-personal", is_flag=True, help="Leave out columns and texts that may tell who answered."),
        click.option("--all", "every", is_flag=True, help="List every fault, however many are alike."),
        click.option("--unfinished", is_flag=True, help="Keep rows rejected, not finished or not decrypted."),
        click.argument("answers", type=click.Path(dir_okay=False, path_type=Path)),
        click.argument("form"),
    ):
        command = option(command)
    return command


def _place(out: Path, answers: Path) -> None:
    """Refuse to write a table under another ending than its own, or over the answers."""
    if out.suffix.lower() != ".csv":
        said = f"expected a file name that ends in .csv, got {out.name!r}; tools tell a format by its ending"
        raise GumError(said, "survey", "out")
    if out.exists() and answers.exists() and out.samefile(answers):
        raise GumError("expected another file than the answers themselves; correct --out", "survey", "out")


def _read(form: str, answers: Path, how: dict[str, Any]) -> Any:
    """Read answers, and tell what was read otherwise than written or left out."""
    from gumlib.data import faults
    from gumlib.survey import instrument, responses
    from gumlib.survey.questionnaire import instrument_faults

    every = how.pop("every")
    given = responses.read_export(answers, instrument(form), **how)
    for text in [*faults.lines(instrument_faults(form), every), *faults.lines(given.notes, every)]:
        say(text)
    return given


def _coded(table: Any) -> bytes:
    """Return a table as a CSV file that a spreadsheet program takes for UTF-8."""
    coded: bytes = table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
    return coded


@survey.command()
@_answered
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="CSV file to write.")
@replacing
def read(form: str, answers: Path, out: Path, replace: bool, **how: Any) -> None:
    """Read ANSWERS to FORM, as KoBoToolbox, ODK Central or LimeSurvey export them, into one table of codes.

    Every change and every row left out is told. What cannot be read is refused, with its row and column.
    """
    from gumlib.data.writing import write_all

    _place(out, answers)
    table = _read(form, answers, how).frame.convert_dtypes()
    write_all({out: _coded(table)}, replace=replace)
    say(f"{out}: {len(table)} rows")


@survey.command()
@_answered
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="CSV file to write.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write a cluster folder too.")
@click.option(
    "--year", type=click.IntRange(1500, 2099), help="Year of the answers, for --to; that of their dates by default."
)
@click.option("--few", is_flag=True, help="Show levels of three or four firms too.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the resamples.")
@replacing
def levels(
    form: str,
    answers: Path,
    out: Path,
    folder: Path | None,
    year: int | None,
    few: bool,
    seed: int,
    replace: bool,
    **how: Any,
) -> None:
    """Turn ANSWERS to FORM into levels of the variables, with intervals."""
    from gumlib.data.writing import write_all
    from gumlib.survey import reliability, to_case
    from gumlib.survey.levels import estimate_levels as measured
    from gumlib.survey.levels import unleveled

    _place(out, answers)
    given = _read(form, answers, how)
    found = measured(given, seed=seed, few=few)
    made = {out: _coded(found)}
    if folder is not None:
        when = to_case.year_of(given.frame["date"]) if year is None else year
        title = given.instrument.title_zh if language() == "zh" else given.instrument.title_en
        source = f"Answers to {title}"
        parts = to_case.tables(found, folder.resolve().name, when, source, say=speaking())
        made |= to_case.files(folder, parts)
    write_all(made, home=folder, replace=replace)
    say(f"{out}: {len(found)} rows")
    if folder is not None:
        say(f"{folder}: next, gum case check {folder}")
    for reason, short in unleveled(found, given, few=few).items():
        say(f"No level for {', '.join(short)}, because {reason}")
    for variable in found.loc[found["level"].notna() & found["reliability"].isna(), "variable"]:
        say(f"No reliability for {variable}: {reliability.note(given.shares(variable))}")
