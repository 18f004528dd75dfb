"""One run of Jupyter Book over a folder of pages, with every warning an error."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from book.paths import ROOT

_SETTINGS = {"latex_individualpages": False, "nitpicky": True}
"""What the command `jupyter-book build -n` adds to `_config.yml`."""


def lay_out(source: Path, target: Path, settings: dict[str, Any]) -> bool:
    """Write the pages of a folder, under `_config.yml` and some more settings; tell whether there was no warning."""
    from jupyter_book.sphinx import build_sphinx

    result = build_sphinx(
        source,
        target,
        path_config=ROOT / "_config.yml",
        noconfig=True,
        confoverrides=_SETTINGS | settings,
        warningiserror=True,
        keep_going=True,
        quiet=not sys.stdout.isatty(),
    )
    return bool(result == 0)  # an exception comes back as itself
