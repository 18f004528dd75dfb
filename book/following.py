"""A command that runs for minutes, followed: each line it writes is shown at once, and all of them are kept."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_WIDE = 100
"""Of a line that is shown, in characters."""


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it wrote."""

    code: int
    output: str
    errors: str


def follow(command: Sequence[str], place: Path, name: str, environment: Mapping[str, str] | None = None) -> Ended:
    """Run a command in a folder; its lines are shown on stderr after a name, so that stdout stays a report."""
    lines = []
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors,
        subprocess.Popen(
            command, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8",
            errors="replace",
        ) as running,
    ):  # fmt: skip
        assert running.stdout
        for line in running.stdout:
            lines.append(line)
            print(f"{name}: {line.rstrip()[:_WIDE]}", file=sys.stderr, flush=True)
        code = running.wait()
        errors.seek(0)
        return Ended(code, "".join(lines), errors.read())
