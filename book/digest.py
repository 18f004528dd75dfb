"""Fingerprints: of all that a page's outputs depend on, and of all that its layout depends on."""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from book.kept import Shelf
from book.paths import BUILD, ROOT

_LEFT_OUT = {".pyc", ".nbi", ".nbc"}
"""What Python and numba leave behind between the sources."""
_KERNELS = ("book/execution.py", "book/kernels.py", "book/offline.py", "book/paths.py", "book/preloaded.py")
"""How a page is run: what a kernel starts with, and what it has imported."""
_OUTPUTS = ("gumlib", "data", "requirements/book.txt", *_KERNELS)
_LAYOUT = ("gumlib", "data", "requirements/book.txt", "book", "_config.yml", "_toc.yml", "CITATION.cff")


@functools.cache
def outputs() -> str:
    """Return a fingerprint of gumlib and of what starts kernels, as parsed, of data, locked versions and Python.

    A comment in the code changes no output, and not this; a docstring may, since pages quote rules from docstrings.
    """
    with Shelf("parsed", __file__) as shelf:

        def read(file: Path) -> bytes:
            if file.suffix != ".py":
                return _parsed(file)
            short = shelf.get(file.read_bytes(), lambda: hashlib.sha256(_parsed(file)).hexdigest())
            return str(short).encode()

        return _digest(_files(*_OUTPUTS), read)


def inputs() -> str:
    """Return a fingerprint of everything the book is built from, to the byte."""
    return _digest(_files("chapters", "locale", *_LAYOUT), Path.read_bytes)


def layout() -> str:
    """Return a fingerprint of all that lays out a page, apart from the page itself."""
    return _digest(_files(*_LAYOUT), Path.read_bytes)


def words() -> str:
    """Return a fingerprint of the words that Chinese pages share, and of the code that puts them there.

    What a page alone says in Chinese stands in its source already.
    """
    return _digest(_files("locale/zh/phrases", "data/book", "book/chinese", "gumlib/data"), Path.read_bytes)


def cache() -> Path:
    """Return the folder of executed pages and of the figures they drew: only as good as what they came from."""
    return BUILD / "cache" / outputs()


def _files(*parts: str) -> list[Path]:
    """Return the files below each part, sorted."""
    found = [
        file for part in parts for file in ([ROOT / part] if (ROOT / part).is_file() else (ROOT / part).rglob("*"))
    ]
    return sorted(file for file in found if file.is_file() and file.suffix not in _LEFT_OUT)


def _parsed(file: Path) -> bytes:
    """Return what of a file a page may show: code as parsed, data without what tells which code made them."""
    content = file.read_bytes()
    if file.suffix == ".py":
        return ast.dump(ast.parse(content)).encode()
    if file.name == "datapackage.json":
        resources = json.loads(content)["resources"]
        return repr([{key: value for key, value in one.items() if key != "maker"} for one in resources]).encode()
    return content


def _digest(files: Iterable[Path], read: Callable[[Path], bytes]) -> str:
    total = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in files:
        total.update(f"\0{file.relative_to(ROOT).as_posix()}\0".encode())
        total.update(read(file))
    return total.hexdigest()[:12]
