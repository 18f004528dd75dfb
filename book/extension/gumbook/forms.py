"""Files that a page offers besides its figures: copied beside the pages.

A cell that shows `gumlib.data.downloads.Downloads` leaves links to `forms/` in the root of the book; its
kernel has written the files into the folder `forms` of the store of figures.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from book.digest import cache
from gumbook import edition

FOLDER = "forms"
_LINK = re.compile(rf'href="(?:\.\./)*{FOLDER}/([^"/]+)"')


def setup(app: Sphinx) -> None:
    """Register the copying of files."""
    app.connect("doctree-read", _note)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", lambda _app, env, _names, other: _wanted(env).update(_wanted(other)))
    app.connect("build-finished", _copy)


def _wanted(env: BuildEnvironment) -> dict[str, list[str]]:
    if not hasattr(env, "gum_forms"):
        env.gum_forms = {}
    return env.gum_forms


def _purge(_: Sphinx, env: BuildEnvironment, name: str) -> None:
    _wanted(env).pop(name, None)


def _note(app: Sphinx, document: nodes.document) -> None:
    """Remember which files a page links to."""
    found = [name for raw in document.findall(nodes.raw) for name in _LINK.findall(raw.astext())]
    if found:
        _wanted(app.env)[app.env.docname] = found


def _copy(app: Sphinx, failure: Exception | None) -> None:
    if not edition.writes(app, failure):
        return
    target = Path(app.outdir) / FOLDER
    for page, names in sorted(_wanted(app.env).items()):
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            file = cache() / "figures" / FOLDER / name
            if not file.exists():
                raise ExtensionError(f"{page} links to {name}, which left no file; remove _build/cache and build again")
            if name.endswith(".html"):
                _mark_main(file, target / name)
            else:
                shutil.copyfile(file, target / name)


def _mark_main(file: Path, target: Path) -> None:
    """Copy a printed form, and say that all of it is the main part of the page."""
    text = file.read_text(encoding="utf-8")
    target.write_text(text.replace("<body>", "<body><main>").replace("</body>", "</main></body>"), encoding="utf-8")
