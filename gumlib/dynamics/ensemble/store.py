"""Outcomes on disk, chunk by chunk, so that a run that was killed goes on where it stood.

A store is a folder in Zarr format 3: ``values`` (draws, 13) in chunks of draws, and ``done`` with a
number a chunk, written after its values. The number is a digest of the values; zero, or another
digest, means that the chunk is missing or torn and is run again. The store names its study.
"""

import hashlib
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from gumlib.dynamics.ensemble.outcomes import COLUMNS
from gumlib.dynamics.ensemble.study import Study
from gumlib.dynamics.parameters import Floats
from gumlib.errors import GumError, extra

_DEAD = 3600.0
"""Seconds after which a store that is still being made was left by a process that was killed: making takes a moment."""


@dataclass(frozen=True, eq=False)
class Store:
    """The outcomes of one study on disk. Make it with `open_store`.

    Parameters
    ----------
    folder : where it stands
    chunk : draws in a chunk; the last chunk may hold fewer
    values, done : the two Zarr arrays
    """

    folder: Path
    chunk: int
    values: Any
    done: Any

    def save(self, number: int, values: Floats) -> None:
        """Write a chunk, and after it that it is done."""
        first = number * self.chunk
        self.values[first : first + len(values)] = values
        self.done[number] = _digest(values)

    def load(self, number: int, out: Floats) -> bool:
        """Read a chunk into `out`; return False where it is missing or torn."""
        first = number * self.chunk
        try:
            mark = int(self.done[number])
            read = self.values[first : first + len(out)] if mark else None
        except (ValueError, OSError, RuntimeError):  # what Zarr raises for a file cut short
            return False
        if read is None or _digest(read) != mark:
            return False
        out[:] = read
        return True


def open_store(folder: str | os.PathLike[str], study: Study, chunk: int) -> Store:
    """Return the store of a study, made if there is none; one that exists keeps its own size of chunks.

    Processes that begin one store at once share it: the first one to make it has made it for all.

    Raises
    ------
    GumError : the folder holds something else, or another study, or cannot be written
    """
    path = Path(folder)
    if _vacant(path):
        _create(path, study, chunk)
    try:
        group = extra("zarr", "ensemble").open_group(path, mode="r+", zarr_format=3)
        name, values, done = group.attrs.get("fingerprint"), group["values"], group["done"]
    except (OSError, KeyError) as found:
        raise GumError(f"expected a store of gumlib in {path}; name another folder", "ensemble", "store") from found
    if name != study.fingerprint:
        raise GumError(
            f"expected the study of the store, got another; {_difference(dict(group.attrs), study)}; "
            f"name another folder than {path.name}",
            "ensemble",
            "store",
        )
    return Store(path, int(values.chunks[0]), values, done)


def _vacant(path: Path) -> bool:
    """Tell whether there is no folder yet, or an empty one."""
    try:
        return not any(path.iterdir())
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False


def _create(path: Path, study: Study, chunk: int) -> None:
    """Make the store aside and move it into place at once, so that a kill leaves no half of one."""
    zarr = extra("zarr", "ensemble")
    aside = path.with_name(f"{path.name}.{uuid4().hex}.new")
    told = {"fingerprint": study.fingerprint, "study": study.to_json(), "columns": list(COLUMNS)}
    size, chunk = (study.count, len(COLUMNS)), min(chunk, study.count)
    plain: dict[str, Any] = {"compressors": None, "filters": None}  # noise does not compress
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        group = zarr.create_group(aside, zarr_format=3, attributes=told)
        group.create_array("values", shape=size, chunks=(chunk, size[1]), dtype="float64", fill_value=np.nan, **plain)
        group.create_array("done", shape=(-(-size[0] // chunk),), chunks=(1,), dtype="uint64", fill_value=0, **plain)
        _settle(aside, path)
    except OSError as found:
        how = f"expected to make a store in {path}, got: {found}; name a folder that can be written"
        raise GumError(how, "ensemble", "store") from found
    finally:
        _sweep(path, aside)


def _settle(aside: Path, path: Path) -> None:
    """Move a store into place; where another process was first, theirs stays."""
    with suppress(OSError):
        path.rmdir()  # Windows moves nothing onto a folder, not even onto an empty one
    try:
        aside.rename(path)
    except OSError:
        if _vacant(path):
            raise


def _sweep(path: Path, aside: Path) -> None:
    """Remove our store where theirs stands, and what killed processes left of theirs."""
    shutil.rmtree(aside, ignore_errors=True)
    for left in path.parent.glob(f"{escape(path.name)}.{'[0-9a-f]' * 32}.new"):
        with suppress(FileNotFoundError):
            if time.time() - left.stat().st_mtime > _DEAD:
                shutil.rmtree(left, ignore_errors=True)


def _difference(told: dict[str, Any], study: Study) -> str:
    """Say in what the studies differ."""
    try:
        other = Study.from_json(str(told.get("study")))
    except (ValueError, TypeError):
        return "it was written by another version of gumlib"
    pairs = [(name, getattr(other, name), getattr(study, name)) for name in Study.__dataclass_fields__]
    differ = [name for name, one, two in pairs if not _same(one, two)]
    return f"they differ in {', '.join(differ)}" if differ else "ranges or version of gumlib have changed"


def _same(one: Any, two: Any) -> bool:
    if hasattr(one, "times") and hasattr(two, "times"):
        return np.array_equal(one.times, two.times) and np.array_equal(one.values, two.values)
    return bool(one == two)


def _digest(values: Floats) -> int:
    """Return a number from the bits of the values, never zero."""
    bits = hashlib.blake2b(np.ascontiguousarray(values).data, digest_size=8).digest()
    return int.from_bytes(bits, "little") or 1
