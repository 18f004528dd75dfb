"""In which language the commands speak: all that they print goes through here.

A console that has no Chinese letters is spoken to in English.
"""

import io
import os
import sys
from collections.abc import Iterable
from typing import IO, Any

import click

from gumlib.data.messages import LANGUAGES, Words, words_in
from gumlib.data.phrases import wrapped

VARIABLE = "GUM_LANG"
"""Environment variable that names the language where --lang does not."""


def language() -> str:
    """Return the language of the running command: that of --lang, else of the environment, else English."""
    running = click.get_current_context(silent=True)
    named = running.find_root().params.get("lang") if running else None
    named = named or os.environ.get(VARIABLE, "").lower()
    return named if named in LANGUAGES else LANGUAGES[0]


def showable(rendered: str, text: str, stream: IO[str] | None = None) -> str:
    """Return a text as rendered, or in English where the stream cannot show it."""
    try:
        rendered.encode(getattr(stream or sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeError, LookupError):
        return text
    return rendered


def said(text: str, stream: IO[str] | None = None) -> str:
    """Return a text in the language of the command, or in English where the stream cannot show it."""
    return showable(speaking()(text), text, stream)


def speaking() -> Words:
    """Return the words of the language of the running command."""
    return words_in(language())


def say(text: object, *, err: bool = False) -> None:
    """Print a text in the language of the command."""
    click.echo(said(str(text), sys.stderr if err else sys.stdout), err=err)


class Lines(click.HelpFormatter):
    """Help in the language of the command, in lines of which a Han character takes two columns."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, args, said(prefix or "Usage:").strip() + speaking().gap)

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{said(heading)}{speaking().colon.rstrip()}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
        super().write_text("\n\n".join(_broken(said(part), self.width - self.current_indent) for part in paragraphs))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean."""
        pairs = list(rows)
        first = min(max((len(term) for term, _ in pairs), default=0), col_max) + col_spacing
        width = max(self.width - first - self.current_indent - 2, 10)
        super().write_dl([(term, _broken(_meaning(text), width)) for term, text in pairs], col_max, col_spacing)


def _meaning(text: str) -> str:
    """Return the help of an option in the language of the command, with what stands in brackets after it."""
    words, _, inside = text.partition("  [")
    if not inside:
        return said(words)
    notes = "; ".join(said(note) for note in inside.removesuffix("]").split("; "))
    return f"{said(words)}  [{notes}]".lstrip()


def _broken(text: str, width: int) -> str:
    """Return a Chinese text in lines that click leaves as they are; click breaks an English one itself."""
    return text if text.isascii() or language() == "en" else "\b\n" + wrapped(text, width - 2)


class Speaking(click.Context):
    """The context of a command whose help is written in `Lines`."""

    formatter_class = Lines


class Command(click.Command):
    """A command of `gum`."""

    context_class = Speaking

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what stands beside the name of the command in the help of its group: a Chinese sentence is whole."""
        return _short(self, limit) or super().get_short_help_str(limit)


class Group(click.Group):
    """A group of commands of `gum`."""

    context_class = Speaking
    command_class = Command
    group_class = type

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what stands beside the name of the group in the help of `gum`."""
        return _short(self, limit) or super().get_short_help_str(limit)


def _short(command: click.Command, limit: int) -> str:
    """Return the first sentence of a command's help where its language is not that of the code."""
    if language() == "en":
        return ""
    return " ".join((command.help or "").split("\n\n")[0].split()).partition(". ")[0].rstrip(".")


def _told(shown: click.ClickException) -> str:
    """Return what an exception shows, in the language of the command."""
    stream = io.StringIO()
    shown.show(stream)
    return said(stream.getvalue().rstrip("\n"), sys.stderr)


def _told_in(named: str | None, shown: click.ClickException) -> str:
    """Return the same in a language that is named before the command has read it, else in that of the environment."""
    with click.Context(click.Command("gum")) as running:
        running.params["lang"] = named
        return _told(shown)


class Refused(click.ClickException):
    """What another exception of click shows, in the language of the command.

    Parameters
    ----------
    languages : in which to say it, where the command has not read its own: each in turn
    """

    def __init__(self, shown: click.ClickException, *languages: str | None) -> None:
        told = [_told_in(one, shown) for one in languages] or [_told(shown)]
        super().__init__("\n\n".join(dict.fromkeys(told)))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it on the error stream."""
        click.echo(self.message, file=file, err=file is None)


class Misused(Refused):
    """The same where a command was called as it cannot be."""

    exit_code = 2
