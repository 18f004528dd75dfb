"""Fetch the raw World Input-Output Tables of 2013, and keep no byte that is not the listed one.

The tables are those of the R package bquast/wiod, one file a year. Every file is checked against
`data/gvc/wiod.sha256` before it gets its name, so that half a file never passes for a whole one.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from gumlib import data
from gumlib.errors import GumError, extra
from gumlib.gvc.codes import TABLE_YEARS

COMMIT = "59a28ac"
ADDRESS = f"https://raw.githubusercontent.com/bquast/wiod/{COMMIT}/data/"
COMMAND = "gum data fetch wiod"
TIMEOUT = (6.1, 30.0)
"""Seconds to wait for a connection, and for the next bytes."""

Get: TypeAlias = Callable[[str, str, Any], None]


def checksums() -> dict[str, str]:
    """Return the sha256 of every raw file, by name."""
    lines = data.path("wiod-checksums").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in map(str.split, lines)}


def cache_folder() -> Path:
    """Return the folder of the user's own cache, as the system names it."""
    return Path(extra("pooch", "gvc").os_cache("gumlib")) / f"wiod2013-{COMMIT}"


def cache() -> Path:
    """Return the folder where fetched files are kept: ``$GUM_DATA``, else `cache_folder`."""
    chosen = os.environ.get("GUM_DATA")
    return Path(chosen).expanduser() if chosen else cache_folder()


def raw_name(year: int) -> str:
    """Return the name of the raw file of a year.

    Raises
    ------
    GumError : there is no table of that year
    """
    if (name := f"wiot_{year}.RData") not in checksums():
        raise GumError(
            f"expected a year from {TABLE_YEARS[0]} to {TABLE_YEARS[-1]}, got {year}; take one", "gvc", "years"
        )
    return name


def verified(file: Path) -> Path:
    """Return a raw file whose bytes are the listed ones.

    Raises
    ------
    GumError : its sha256 is not the listed one
    """
    known = checksums().get(file.name)
    if known is None:
        raise GumError(f"expected a file of the list, got {file.name}; fetch it with its name", "gvc", file.name)
    if fault := _fault(file, known):
        raise GumError(f"{file} is not the listed file: {fault}; run `{COMMAND}`", "gvc", file.name)
    return file


def fetch(
    source: str | Path | None = None,
    years: Iterable[int] = TABLE_YEARS,
    folder: str | Path | None = None,
    tell: Callable[[Path, str], None] | None = None,
) -> list[Path]:
    """Fetch raw tables that are not here yet, and return the paths of all that were asked for.

    Parameters
    ----------
    source : a folder that holds them, or a base address; ``$GUM_WIOD_URL`` or GitHub when left out
    years : calendar years
    folder : where to keep them; `cache` when left out
    tell : called for each file with its path and ``"fetched"``, ``"already here"`` or ``"refused"``

    Raises
    ------
    GumError : a year is unknown, pooch is missing, or files were refused; all of them are named,
        and those that came whole stay, so that a second call asks only for the rest

    Source: [timmer2015], as in the R package bquast/wiod

    Examples
    --------
    >>> fetch(years=[1994])
    Traceback (most recent call last):
    gumlib.errors.GumError: [gvc: years] expected a year from 1995 to 2011, got 1994; take one
    """
    names = [raw_name(year) for year in sorted(set(years))]
    kept = Path(folder).expanduser() if folder else cache()
    _make(kept)
    known, refused = checksums(), {}
    with _opened(source or os.environ.get("GUM_WIOD_URL") or ADDRESS) as (base, get):
        pooch = extra("pooch", "gvc")
        pooch.get_logger().setLevel("WARNING")
        store = pooch.Pooch(kept, base, registry=known)
        for name in names:
            state = "fetched" if _fault(kept / name, known[name]) else "already here"
            try:
                store.fetch(name, downloader=get)
            except (OSError, ValueError) as fault:
                state, refused[name] = "refused", str(fault)
            if tell:
                tell(kept / name, state)
    if refused:
        raise GumError(_refusal(refused, len(names), kept), "gvc", "wiod")
    return [kept / name for name in names]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise GumError(
            f"expected a folder to write to, got {folder} ({fault}); set GUM_DATA", "gvc", "folder"
        ) from fault


def _refusal(refused: dict[str, str], asked: int, folder: Path) -> str:
    lines = [f"{len(refused)} of {asked} files were refused:"]
    lines += [f"  {name}: {reason}" for name, reason in refused.items()]
    lines += [f"Files that came whole are kept in {folder}; run `{COMMAND}` again to ask only for the rest,"]
    lines += [f"or take them from elsewhere with `{COMMAND} --from FOLDER_OR_URL`."]
    return "\n".join(lines)


def _fault(file: Path, known: str) -> str:
    """Say what is wrong with a file, in words; nothing when it is the listed one."""
    if not file.is_file():
        return f"expected sha256 {known}, got no file"
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    return "" if found == known else f"expected sha256 {known}, got {found} of {len(content):,} bytes"


@contextmanager
def _opened(source: str | Path) -> Iterator[tuple[str, Get]]:
    """Yield the base of the addresses, and the function that gets one address into a file."""
    if str(source).startswith(("http://", "https://")):
        with extra("requests", "gvc").Session() as session:
            yield str(source).rstrip("/") + "/", _checked(lambda address, file: _download(session, address, file))
    elif Path(source).expanduser().is_dir():
        yield f"{Path(source).expanduser()}/", _checked(shutil.copyfile)
    else:
        raise GumError(f"expected a folder or an address with http, got {source}; give one of them", "gvc", "source")


def _checked(get: Callable[[str, str], object]) -> Get:
    """Let pooch get a file, and say in plain words why it is not the listed one."""

    def checked(address: str, file: str, pooch: Any) -> None:
        get(address, file)
        if fault := _fault(Path(file), pooch.registry[address.rpartition("/")[2]]):
            raise ValueError(fault)

    return checked


def _download(session: Any, address: str, file: str) -> None:
    requests, answer = extra("requests", "gvc"), None
    try:
        with session.get(address, stream=True, timeout=TIMEOUT, headers={"Accept-Encoding": "identity"}) as answer:
            if answer.status_code != requests.codes.ok:
                raise ValueError(f"expected {address}, got the answer {answer.status_code} {answer.reason}")
            with open(file, "wb") as kept:
                kept.writelines(answer.iter_content(1 << 16))
    except requests.RequestException as fault:
        kind = type(fault).__name__
        if answer is None:
            raise ValueError(f"expected an answer from {address}, got none ({kind})") from fault
        size, got = answer.headers.get("Content-Length", "all"), answer.raw.tell()
        raise ValueError(f"expected {size} bytes, got {got} before the connection broke ({kind})") from fault
