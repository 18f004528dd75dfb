"""Zips that are the same bytes whenever they are made from the same files."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PERMISSIONS = 0o644 << 16


def pack(target: Path, files: Mapping[str, Path | bytes]) -> None:
    """Write a zip of files, or of bytes, by their names in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(entry(name), content if isinstance(content, bytes) else content.read_bytes())


def entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return what a zip says of a file that it holds: no date of ours, and rights to read."""
    told = zipfile.ZipInfo(name, _EPOCH)
    told.compress_type, told.external_attr = method, _PERMISSIONS
    return told


def below(folder: Path) -> dict[str, Path]:
    """Return every file below a folder by its path there."""
    return {file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()}
