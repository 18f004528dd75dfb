"""The command line ``gum``: one group of commands for each part of gumlib.

A new group is a `Group` in a module of its own, added here with ``main.add_command``; what it prints, it says by
`gumlib.cli.speech`. A `GumError` ends any command with its text and the exit code 1, and so does what the system
refuses.
"""

import io
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from gumlib import __version__
from gumlib.cli.accounts import gvc
from gumlib.cli.cases import case
from gumlib.cli.figures import figure
from gumlib.cli.models import model
from gumlib.cli.speech import VARIABLE, Group, Misused, Refused, say
from gumlib.cli.surveys import survey
from gumlib.data.messages import LANGUAGES
from gumlib.errors import GumError


class Main(Group):
    """The group that shows a `GumError` or an `OSError` as text, not as a traceback, on any console."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the arguments; from here on letters that the console lacks are escaped."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        asked = list(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as fault:
            unread = getattr(getattr(fault, "param", None), "name", "") == "lang"
            raise Misused(fault, *(LANGUAGES if unread else [_named(asked)])) from fault

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except Refused:
            raise  # a group within said it
        except click.UsageError as fault:
            raise Misused(fault) from fault
        except click.ClickException as fault:
            raise Refused(fault) from fault
        except GumError as fault:
            raise Refused(click.ClickException(str(fault))) from fault
        except BrokenPipeError:
            raise  # who reads has read enough, as `head` does
        except OSError as fault:
            where = f" {str(fault.filename)!r}" if fault.filename else ""
            reason = f"the system refuses{where}: {fault.strerror or fault}"
            cure = "close the file elsewhere, ask for the right to it, or take another name or folder"
            raise Refused(click.ClickException(f"{reason}; {cure}")) from fault


def _named(arguments: list[str]) -> str | None:
    """Return the language that some arguments name; the last one counts."""
    words = " ".join(arguments).replace("--lang=", "--lang ").split()
    return next((word for before, word in reversed([*pairwise(words)]) if before == "--lang"), None)


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    envvar=VARIABLE,
    is_eager=True,
    show_default=True,
    show_envvar=True,
    help="Language of help, messages and reports: English or Chinese.",
)
@click.version_option(__version__, prog_name="gum", message="%(prog)s %(version)s")
def main(lang: str) -> None:
    """Work with the GUM model of cluster upgrading in global value chains."""


main.add_command(case)
main.add_command(figure)
main.add_command(gvc)
main.add_command(model)
main.add_command(survey)


@main.group()
def data() -> None:
    """Get data that are too big for the repository."""


@data.command()
@click.argument("name", type=click.Choice(["wiod"]), metavar="NAME")
@click.option("--from", "source", metavar="FOLDER_OR_URL", help="Take the files from here instead of GitHub.")
@click.option(
    "--years", nargs=2, type=int, default=(1995, 2011), metavar="FIRST LAST", show_default=True, help="Years."
)
def fetch(name: str, source: str | None, years: tuple[int, int]) -> None:
    """Fetch the data set NAME into the cache ($GUM_DATA, else the system's), and check every byte.

    wiod: World Input-Output Tables, release of 2013, one file a year. What is already here stays.
    """
    from gumlib.gvc.fetch import cache
    from gumlib.gvc.fetch import fetch as fetch_files

    if years[0] > years[1]:
        said = f"expected the first year before the last, got {years[0]} {years[1]}; turn them"
        raise GumError(said, "data", "years")
    states: Counter[str] = Counter()

    def tell(file: Path, state: str) -> None:
        states[state] += 1
        size = "" if state == "refused" else f"{file.stat().st_size:>10,} bytes"
        say(f"{file.name}  {state:<12}{size}".rstrip())

    fetch_files(source, range(years[0], years[1] + 1), tell=tell)
    counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    say(f"{states.total()} files in {cache()}: {counts}")
