"""What runs for minutes, followed: lines of a command are shown as they come, and a long computation counts seconds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

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


@contextmanager
def ticking(every: float = 10.0) -> Iterator[None]:
    """Say on stdout, while the block runs, how many seconds it has taken."""
    done, began = Event(), time.perf_counter()

    def tick() -> None:
        while not done.wait(every):
            print(f"{time.perf_counter() - began:.0f} s", end=" ", flush=True)

    clock = Thread(target=tick, daemon=True)
    clock.start()
    try:
        yield
    finally:
        done.set()
        clock.join()
