"""What follows from a text alone, kept below _build from one run to the next, under a hash of the text."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from book.machine import lock
from book.paths import BUILD

FOLDER = BUILD / "kept"


class Shelf:
    """Results of one function; what a run does not ask for is kept no longer.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for _ in range(2):
    ...     with Shelf("lengths", __file__, folder=folder) as shelf:
    ...         shelf.get("four", lambda: print("counted") or 4)
    counted
    4
    4
    """

    def __init__(self, name: str, *code: str, folder: Path = FOLDER) -> None:
        """Open the shelf of a name; a change of the files that hold the function, or of the lock, empties it."""
        self._file = folder / f"{name}.json"
        made_by = [*(Path(file).read_bytes() for file in code), lock().encode(), repr(sys.version_info[:2]).encode()]
        self._maker = b"\0".join(made_by)
        self._before: dict[str, Any] = {}
        self._now: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            self._before = kept if isinstance(kept, dict) else {}

    def get(self, text: str | bytes, make: Callable[[], Any]) -> Any:
        """Return what follows from a text, in the types of JSON; `make` is asked where nothing is kept."""
        content = text.encode() if isinstance(text, str) else text
        key = hashlib.sha256(self._maker + content).hexdigest()
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make()
        return self._now[key]

    def __enter__(self) -> Shelf:
        """Use it in a `with` statement: the results are kept at its end."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Write the results in one go, so that another run finds the old ones or these; a full disk keeps none."""
        if kind is None and self._now.keys() != self._before.keys():
            half = self._file.with_suffix(f".{os.getpid()}")
            with contextlib.suppress(OSError):
                self._file.parent.mkdir(parents=True, exist_ok=True)
                half.write_text(json.dumps(self._now, ensure_ascii=False), encoding="utf-8")
                half.replace(self._file)
