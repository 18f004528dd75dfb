"""Files that are whole or not there, and never lost: all that a command makes comes to its place together."""

import errno
import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from gumlib.errors import GumError

STORE = "GUM_FIGURES"
"""Environment variable: the folder where a page that is built leaves its files, figures and downloads alike."""
_PROPERTIES = "docProps/core.xml"
"""Where a document of a word processor names what made it."""


def write_all(
    files: Mapping[Path, bytes], *, home: Path | None = None, replace: bool = False, renew: bool = False
) -> None:
    """Write all files or none: each is written beside its place and then moved; what is alike stays as it is.

    Parameters
    ----------
    files : content of each
    home : folder that is made if it is missing, with those above it
    replace : whether files that are there and hold something else give way
    renew : whether those give way that we made before: files that name gumlib, our drawings, tables of the same columns

    Raises
    ------
    GumError : a file is there that may not give way; a place cannot be written to, the disk is full

    Examples
    --------
    >>> file = Path(tempfile.mkdtemp()) / "a.csv"
    >>> write_all({file: b"1"}), write_all({file: b"1"})
    (None, None)
    >>> write_all({file: b"2"})
    Traceback (most recent call last):
    gumlib.errors.GumError: [data: a.csv] of the files to write, 1 would replace what is there and differs: ...
    """
    at = next(iter(files), home or Path())
    try:
        changed = {at: content for at, content in files.items() if not _alike(at, content)}
        there = [str(at) for at in changed if at.exists() and not (renew and _earlier(at, changed[at]))]
        if there and not replace:
            few = ", ".join(there[:3]) + (" ..." if there[3:] else "")
            said = f"of the files to write, {len(there)} would replace what is there and differs: {few}"
            raise GumError(f"{said}; nothing was written; name another place, or add --replace", "data", at.name)
        with ExitStack() as undo:
            for folder in _missing(home):
                at = folder
                at.mkdir()
                undo.callback(folder.rmdir)
            parts = {}
            for at, content in changed.items():
                parts[at.resolve()] = _aside(at.resolve(), content, undo)
            kept = [_moved(part, at := target, undo) for target, part in parts.items()]
            undo.pop_all()
    except OSError as fault:
        said = f"cannot write {str(at)!r} ({fault.strerror}); name a file in a folder that exists and is yours"
        raise GumError(said, "data", at.name) from fault
    for before in filter(None, kept):
        before.unlink(missing_ok=True)


def _alike(target: Path, content: bytes) -> bool:
    """Whether a file holds this content already; what is no plain file is left alone.

    Raises
    ------
    OSError : a folder or a device is there
    """
    if not target.exists():
        return False
    if not target.is_file():
        raise OSError(errno.EEXIST, "a folder or a device is there", str(target))
    return target.stat().st_size == len(content) and target.read_bytes() == content


def _earlier(target: Path, content: bytes) -> bool:
    """Whether a file is what we made before."""
    was = target.read_bytes()
    if target.suffix == ".csv":
        return was.split(b"\n", 1)[0] == content.split(b"\n", 1)[0]
    if target.suffix == ".svg":  # what another program has saved begins otherwise
        return was.startswith(f'<svg id="{target.stem}" role="img"'.encode())
    if target.suffix == ".docx":
        try:
            with ZipFile(target) as document:
                was = document.read(_PROPERTIES)
        except (BadZipFile, KeyError):
            return False
    return b"gumlib" in was


def _missing(home: Path | None) -> list[Path]:
    """Return the folders that are to be made, the highest first."""
    above = [] if home is None else [home, *home.parents]
    return [folder for folder in reversed(above) if not folder.exists()]


def _aside(target: Path, content: bytes, undo: ExitStack) -> Path:
    """Write a content beside its place under a name of its own."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".part-")
    part = Path(name)
    undo.callback(part.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    part.chmod(target.stat().st_mode if target.exists() else 0o644)
    return part


def _moved(part: Path, target: Path, undo: ExitStack) -> Path | None:
    """Move what was written aside into its place; return where what stood there now is."""
    before = target.with_name(f"{part.name}-before") if target.exists() else None
    if before:
        target.rename(before)
        undo.callback(before.replace, target)
    else:
        undo.callback(target.unlink, missing_ok=True)
    part.replace(target)
    return before


def fill(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Write files by their names into a folder, which is made if need be."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
