"""The search of an edition is fitted when its pages are written; the Chinese ones are finished first, elsewhere."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from book.search import fit
from gumbook import edition


def setup(app: Sphinx) -> None:
    """Act when all pages are written."""
    app.connect("build-finished", _fit)


def _fit(app: Sphinx, failure: Exception | None) -> None:
    if edition.writes(app, failure):
        fit(Path(app.outdir))
