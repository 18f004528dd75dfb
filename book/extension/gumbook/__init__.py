"""The book's one Sphinx extension: every trick that Jupyter Book needs, one a module."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from book.digest import cache  # noqa: E402
from book.paths import keep_figures, prepare_kernels  # noqa: E402

PARTS = (
    *("haste", "cards", "claims", "cite", "code", "desk", "docstrings", "doors", "edition", "forms", "glossary", "ids"),
    *("ledger", "livemap", "links", "maths", "numbers", "pages", "previews", "quotes", "rerun", "ripple", "search"),
    *("numbering", "said", "slim", "sources", "tables"),
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Let kernels find gumlib and the figure store, then set up each part."""
    prepare_kernels()
    keep_figures(cache() / "figures")
    app.connect("config-inited", _cache_by_digest)
    for part in PARTS:
        import_module(f"gumbook.{part}").setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _cache_by_digest(_: Sphinx, config: Config) -> None:
    config.nb_execution_cache_path = str(cache() / "pages")
