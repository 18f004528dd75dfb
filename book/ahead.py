"""Run the chapters that have changed, two at a time, before Sphinx asks for them one by one.

Executed chapters go into the cache that Jupyter Book reads. A chapter that fails is left to it, which
stops the build and shows the error.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode

from book.notebooks import WORKERS, executable
from book.paths import CHAPTERS

TIMEOUT = 300
ROUTE = CHAPTERS / "01" / "1-6-route.md"


def run_ahead(folder: Path) -> int:
    """Execute every chapter that the cache in a folder lacks; return how many were."""
    store = get_cache(folder)
    pages = {page: read_myst_markdown_notebook(page.read_text(encoding="utf-8"), path=page) for page in executable()}
    changed = [page for page, notebook in pages.items() if not _known(store, notebook)]
    with ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(lambda page: _execute(page, pages[page]), changed))
    done = [(page, seconds) for page, seconds in zip(changed, results, strict=True) if seconds is not None]
    for page, seconds in done:
        bundle = CacheBundleIn(pages[page], str(page), data={"execution_seconds": seconds})
        store.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    return len(done)


def _known(store, notebook: NotebookNode) -> bool:  # type: ignore[no-untyped-def]
    try:
        store.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def _execute(page: Path, notebook: NotebookNode) -> float | None:
    """Run a chapter where it stands; return its seconds, or None if it failed."""
    result = single_nb_execution(
        notebook, cwd=str(page.parent), timeout=TIMEOUT, allow_errors=False, meta_override=True
    )
    return None if result.err is not None else result.time


def forget_route(folder: Path, page: Path = ROUTE) -> bool:
    """Drop the page that draws which chapter calls what from the cache, if the calls have changed."""
    noted = folder / "calls.txt"
    calls = "\n".join(f"{chapter.stem}: {' '.join(_calls(chapter))}" for chapter in executable())
    changed = noted.exists() and noted.read_text(encoding="utf-8") != calls
    folder.mkdir(parents=True, exist_ok=True)
    noted.write_text(calls, encoding="utf-8")
    if changed:
        store = get_cache(folder)
        for record in store.list_cache_records():
            if record.uri.endswith(page.name):
                store.remove_cache(record.pk)
    return changed


def _calls(page: Path) -> list[str]:
    """Return the names that the code cells of a chapter call or import, sorted."""
    cells = re.findall(r"```\{code-cell\}.*?```", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return sorted(set(re.findall(r"[\w.]+(?=\()|(?<=import ).*", "\n".join(cells))))
