"""Commands on a reader's own files: what the system refuses is one sentence, and any console can show it."""

from __future__ import annotations

import io
import sys
from typing import Any

import click


class Careful(click.Group):
    """A group that shows an `OSError` as a sentence and escapes letters that the console lacks."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command.

        Examples
        --------
        >>> Careful("own").name
        'own'
        """
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except OSError as fault:
            where = f" {str(fault.filename)!r}" if fault.filename else ""
            said = f"the system refuses{where}: {fault.strerror or fault}; close the file elsewhere, ask for the right"
            raise click.ClickException(f"{said} to it, or take another name or folder") from fault
