"""Read the raw World Input-Output Tables of 2013: slowly from R once, then from a fast copy.

The copy `wiot_YYYY.npz` carries the sha256 of the raw file it was made from. It is used only while
the raw file still has that sha256.
"""

import hashlib
import io
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gumlib.errors import GumError, extra
from gumlib.gvc import codes
from gumlib.gvc.fetch import COMMAND, cache, cache_folder, raw_name, verified

_Floats: TypeAlias = NDArray[np.float64]
_Whole: TypeAlias = NDArray[np.int32]

# Raw files beside the repository, used when none are in the cache.
SHARED = Path(__file__).parents[3] / "shared" / "data" / "wiod2013" / "raw"

_FORMAT = "1"


def locate(year: int) -> Path:
    """Return the raw file of a year after checking its sha256: from the cache, else from `SHARED`.

    Raises
    ------
    GumError : there is no table of that year, it is not here, or its bytes have changed
    """
    name = raw_name(year)
    for folder in (cache(), SHARED):
        if (folder / name).is_file():
            return verified(folder / name)
    raise GumError(f"expected {name} in {cache()}, got no file; run `{COMMAND}`", "gvc", name)


def read_raw(path: str | Path) -> tuple[_Floats, _Floats, _Floats]:
    """Read a raw table: intermediates, final uses, output; millions of dollars, at basic prices.

    Rows and columns stand in the order of `codes`: regions, and industries or final uses within each.
    The parsed numbers are kept beside the file, or in the cache where that folder is read-only.

    Raises
    ------
    GumError : the file is missing, is no RData, or holds another table than its name says

    Source: [timmer2015]
    """
    file = Path(path)
    content = _content(file)
    key = f"{_FORMAT}:{hashlib.sha256(content).hexdigest()}"
    for folder in _homes(file):
        if (table := _kept(folder / f"{file.stem}.npz", key)) is not None:
            return _split(table)
    table = _parse(content, file.name)
    _keep(table, key, file)
    return _split(table)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise GumError(f"expected {file}, got no file; run `{COMMAND}`", "gvc", file.name) from fault


def _split(table: _Whole) -> tuple[_Floats, _Floats, _Floats]:
    rows = len(table)
    parts = table[:, :rows], table[:, rows:-1], table[:, -1]
    inter, final, output = (np.ascontiguousarray(part, dtype=np.float64) for part in parts)
    return inter, final, output


def _shape() -> tuple[int, int]:
    rows = len(codes.REGIONS) * len(codes.INDUSTRIES)
    return rows, rows + len(codes.REGIONS) * len(codes.FINAL) + 1


def _parse(content: bytes, name: str) -> _Whole:
    """Return one array: intermediates, final uses and output side by side."""
    rdata = extra("rdata", "gvc")
    try:
        objects = rdata.read_rda(io.BytesIO(content), constructor_dict={"iot": lambda value, _: value})
    except Exception as fault:  # rdata raises of many kinds on bytes that are not R's
        raise GumError(f"expected an RData file, got {name} ({fault}); fetch it again", "gvc", name) from fault
    stem = name.partition(".")[0]
    found = objects.get(stem)
    if not isinstance(found, dict):
        raise GumError(f"expected the list {stem}, got {', '.join(objects)}; fetch it again", "gvc", name)
    _check_order(found, stem, name)
    rows, width = _shape()
    shapes = {"inter": (rows, rows), "final": (rows, width - rows - 1), "output": (rows,)}
    parts = [_numbers(found, part, shape, name) for part, shape in shapes.items()]
    table = np.empty((rows, width), dtype=np.int32)
    table[:, :rows], table[:, rows:-1], table[:, -1] = parts
    return table


def _check_order(found: dict[str, Any], stem: str, name: str) -> None:
    expected = {"countries": codes.REGIONS, "industries": codes.INDUSTRIES, "year": (stem.rpartition("_")[2],)}
    for part, wanted in expected.items():
        got = tuple(str(code) for code in np.atleast_1d(found.get(part, ())))
        if got != tuple(wanted):
            odd = next((i for i, pair in enumerate(zip(wanted, got, strict=False)) if pair[0] != pair[1]), None)
            pair = (len(wanted), len(got)) if odd is None else (wanted[odd], got[odd])
            place = " codes" if odd is None else f" in place {odd + 1}"
            raise GumError(f"{part} of {name}: expected {pair[0]}{place}, got {pair[1]}; fetch it again", "gvc", part)


def _numbers(found: dict[str, Any], part: str, shape: tuple[int, ...], name: str) -> _Whole:
    """Return one part of the R list, whose numbers R holds as integers or as whole floats."""
    got = found.get(part)
    values: Any = np.ma.asarray(getattr(got, "values", got))
    if values.shape != shape:
        raise GumError(f"{part} of {name}: expected the shape {shape}, got {values.shape}", "gvc", part)
    if values.dtype.kind not in "if" or np.ma.is_masked(values) or not np.isfinite(values).all():
        raise GumError(f"{part} of {name}: expected numbers, got missing values; fetch it again", "gvc", part)
    with np.errstate(invalid="ignore"):  # a number too big for int32 comes out as another one
        whole: _Whole = np.asarray(values).astype(np.int32)
    if not np.array_equal(whole, values):
        raise GumError(f"{part} of {name}: expected whole millions, got fractions; fetch it again", "gvc", part)
    return whole


def _homes(file: Path) -> Iterator[Path]:
    """Yield the folders where a parsed copy may be, best first."""
    yield file.parent
    yield cache()
    yield cache_folder()


def _kept(copy: Path, key: str) -> _Whole | None:
    """Return the table of a copy made from these very bytes; nothing when it is absent, other or broken."""
    try:
        with copy.open("rb") as file, np.load(file) as kept:
            if str(kept["key"]) != key:
                return None
            table: _Whole = kept["table"]
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile, zlib.error):
        return None
    return table if table.shape == _shape() and table.dtype == np.int32 else None


def _keep(table: _Whole, key: str, file: Path) -> None:
    """Keep a copy in the first folder that takes it; where none does, the next reading parses again."""
    for folder in _homes(file):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if folder.stat().st_mode & 0o222:  # a read-only folder is left alone, even by root
                return _write(folder / f"{file.stem}.npz", table, key)
        except OSError:
            continue
    return None


def _write(copy: Path, table: _Whole, key: str) -> None:
    """Write under a name of its own, then rename: another process sees the whole copy or none."""
    handle, name = tempfile.mkstemp(prefix=f".{copy.stem}-", suffix=".part", dir=copy.parent)
    try:
        with open(handle, "wb") as part:
            np.savez_compressed(part, key=np.array(key), table=table)
        os.replace(name, copy)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
