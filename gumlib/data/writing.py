"""Files that are whole or not there: written beside their place, then moved into it; and many at once."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gumlib.errors import GumError

STORE = "GUM_FIGURES"
"""Environment variable: the folder where a page that is built leaves its files, figures and downloads alike."""


def write_whole(target: Path, content: bytes) -> Path:
    """Write a file, or leave what is there as it is.

    Raises
    ------
    GumError : the place cannot be written to, the disk is full, the name is too long
    """
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        part = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        part.chmod(target.stat().st_mode if target.exists() else 0o644)
        part.replace(target)
    except OSError as fault:
        if part is not None:
            part.unlink(missing_ok=True)
        said = f"cannot write {str(target)!r} ({fault.strerror}); name a file in a folder that exists and is yours"
        raise GumError(said, "data", target.name) from fault
    return target


def fill(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names into a folder, which is made if need be."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
