"""The search of an edition is fitted when its pages are written; the Chinese ones are finished first, elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.index_entries import split_index_msg

from book.search import fit
from gumbook import edition


def setup(app: Sphinx) -> None:
    """Act before the index is written, and when all pages are."""
    app.connect("html-collect-pages", _complete)
    app.connect("build-finished", _fit)


def _complete(app: Sphinx) -> Iterator[Any]:
    """Give the index the names that stand on pages not written in this run: Sphinx takes only their words over."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is not None:
        named = app.env.domaindata["index"]["entries"]
        for page in sorted(named.keys() - indexer._index_entries.keys()):
            indexer._index_entries[page] = entries(named[page])
    yield from ()


def entries(marks: Iterable[tuple[str, str, str, str, Any]]) -> list[tuple[str, str, str]]:
    """Return name, place and rank of what some marks of a page put into an index, as Sphinx takes them.

    Examples
    --------
    >>> entries([("single", "Case (class)", "at", "main", None), ("single", "", "at", "", None)])
    [('Case (class)', 'at', 'main')]
    """
    found = set()
    for kind, name, place, rank, _ in marks:
        with contextlib.suppress(ValueError):
            found |= {(part, place or "", rank) for part in split_index_msg(kind, name)}
    return sorted(found)


def _fit(app: Sphinx, failure: Exception | None) -> None:
    if edition.writes(app, failure):
        fit(Path(app.outdir))
