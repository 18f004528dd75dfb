"""Lighten the pages: drop what the theme ships and this book never uses."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Act when all pages are written."""
    app.connect("build-finished", _slim, priority=900)


def _slim(app: Sphinx, failure: Exception | None) -> None:
    """Remove source maps and build traces; icons come from the web font, not from the script."""
    if failure or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for pattern in ("_static/**/*.map", ".buildinfo", ".buildinfo.bak"):
        for file in out.glob(pattern):
            file.unlink()
    for script in out.glob("_static/scripts/fontawesome.js"):
        script.write_text("", encoding="utf-8")
