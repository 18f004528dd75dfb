"""Every page with code offers its executed notebook, and places to run it where the repository is known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book import notebooks
from book.execution import coded, run_times
from book.paths import CHAPTERS
from book.publication import book
from gumbook import edition

FOLDER = "notebooks"
_GITHUB = "https://github.com/"
_AFTER_THE_THEME = 502


def setup(app: Sphinx) -> None:
    """Register what stands on each page, the files, and which pages are to be read again."""
    app.connect("html-page-context", _offer, priority=_AFTER_THE_THEME)
    app.connect("env-get-outdated", _ran_since)
    app.connect("build-finished", _write)


def hosts(path: str, repository: str) -> dict[str, str]:
    """Return where a notebook opens, by the name of the place; nowhere unless the repository is on GitHub.

    Examples
    --------
    >>> hosts("notebooks/about.ipynb", "https://github.com/someone/gum")["Colab"]
    'https://colab.research.google.com/github/someone/gum/blob/HEAD/notebooks/about.ipynb'
    """
    if not repository.startswith(_GITHUB):
        return {}
    home = repository.removeprefix(_GITHUB)
    return {
        "Binder": f"https://mybinder.org/v2/gh/{home}/HEAD?labpath={path}",
        "Colab": f"https://colab.research.google.com/github/{home}/blob/HEAD/{path}",
    }


def _install(repository: str) -> str:
    return f"%pip install 'gumlib[book] @ git+{repository}'"


def _notebook(page: Path) -> str:
    return f"{FOLDER}/{page.relative_to(CHAPTERS).with_suffix('.ipynb').as_posix()}"


def _offer(app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is None or not coded(page := edition.chapter(name)):
        return
    path = _notebook(page)
    link = f"{'../' * name.count('/')}{path}"
    places = "".join(f' <a href="{url}">{place}</a>' for place, url in hosts(path, book().repository).items())
    first = f"<span>(in Colab, first: <code>{_install(book().repository)}</code>)</span>" if places else ""
    context["body"] += (
        f'<p class="gum-files">Rerun this page: <a href="{link}" download>notebook</a>{places} {first}</p>'
    )
    for group in context.get("header_buttons", []):
        if group["label"] == "download-buttons":
            group["buttons"].insert(0, _button(link))


def _button(link: str) -> dict[str, str]:
    words = {"text": ".ipynb", "tooltip": "Download the executed notebook", "icon": "fas fa-code"}
    return {"type": "link", "url": link, "label": "download-notebook-button", **words}


def _write(app: Sphinx, failure: Exception | None) -> None:
    """Write the notebooks of pages that were read since; what no page has any more goes."""
    if not edition.writes(app, failure):
        return
    out = Path(app.outdir)
    pages = {name: page for name in app.env.found_docs if coded(page := edition.chapter(name))}
    files = {name: out / _notebook(page) for name, page in pages.items()}
    for stray in set((out / FOLDER).rglob("*.ipynb")) - set(files.values()):
        stray.unlink()
    for name, file in sorted(files.items()):
        if not file.exists() or file.stat().st_mtime_ns // 1000 < app.env.all_docs[name]:
            notebooks.write(pages[name], file, published=True)


def _ran_since(_app: Sphinx, env: BuildEnvironment, added: set[str], *_: set[str]) -> set[str]:
    """Return the pages whose cells have run since they were read: their text need not have changed."""
    runs = run_times()
    return {name for name in env.found_docs - added if runs.get(edition.chapter(name), 0) > env.all_docs[name]}
