"""Build the book twice from nothing, in two folders, and compare every byte.

python -m book.reproducible
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from book.elsewhere import copy_tracked


def _build(target: Path) -> dict[str, str]:
    copy_tracked(target)
    subprocess.run([sys.executable, "-m", "book.build"], cwd=target, check=True, capture_output=True)
    html = target / "_build" / "html"
    return {
        str(file.relative_to(html)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(html.rglob("*"))
        if file.is_file()
    }


def twice() -> tuple[int, list[str]]:
    """Build twice from nothing; return the number of files, and the names of those that differ."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        first, second = _build(Path(one)), _build(Path(two))
    return len(first), sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


if __name__ == "__main__":
    files, differing = twice()
    print("\n".join(differing) if differing else f"{files} files, identical in two builds")
    sys.exit(1 if differing else 0)
