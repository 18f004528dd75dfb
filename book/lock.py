"""Renew the lock files: exact versions with hashes, no host named, smaller locks within larger.

python -m book.lock              keep the locked versions where they still fit
python -m book.lock --upgrade    take the newest
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from book.paths import ROOT

_UV = Path(sys.executable).parent / "uv"
_OPTIONS = [
    "--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate",
    "--no-emit-package", "gumlib", "--python-version", "3.11", "--quiet", *sys.argv[1:],
]  # fmt: skip


def lock(extra: str, *options: str) -> None:
    """Resolve one extra of pyproject.toml into requirements/<extra>.txt."""
    target = f"requirements/{extra}.txt"
    command = [
        str(_UV),
        "pip",
        "compile",
        "pyproject.toml",
        "--extra",
        extra,
        "-o",
        target,
        *_OPTIONS,
        *options,
    ]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    lock("dev")
    for smaller in ("test", "book"):
        lock(smaller, "--constraint", "requirements/dev.txt")
    bootstrap = [str(_UV), "pip", "compile", "-", "-o", "requirements/uv.txt", *_OPTIONS]
    subprocess.run(bootstrap, cwd=ROOT, check=True, input=b"uv")
