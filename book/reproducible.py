"""Build the book twice from nothing, in two folders, and compare every byte.

python -m book.reproducible
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from pathlib import Path

from book.elsewhere import copy_tracked
from book.following import follow


class UnbuiltError(Exception):
    """A build ended badly, and says why."""


def _build(target: Path, name: str) -> dict[str, str]:
    """Build a copy in a folder; return the sha256 of each file by its name."""
    copy_tracked(target)
    ended = follow([sys.executable, "-m", "book.build"], target, name)
    if ended.code:
        raise UnbuiltError(f"{name} ended with {ended.code}: {(ended.errors.strip() or ended.output)[-2000:]}")
    html = target / "_build" / "html"
    return {
        str(file.relative_to(html)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(html.rglob("*"))
        if file.is_file()
    }


def twice() -> tuple[int, list[str]]:
    """Build twice from nothing; return the number of files, and the names of those that differ or why none came."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        try:
            first, second = _build(Path(one), "first build"), _build(Path(two), "second build")
        except UnbuiltError as fault:
            return 0, [str(fault)]
    return len(first), sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


if __name__ == "__main__":
    files, differing = twice()
    print("\n".join(differing) if differing else f"{files} files, identical in two builds")
    sys.exit(1 if differing else 0)
