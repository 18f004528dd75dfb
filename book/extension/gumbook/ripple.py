"""Write every page anew when what pages see of each other has changed; otherwise only those that were read.

Sphinx writes the pages it has read. But a title stands in the contents beside every page, a reference is
resolved where it is written, and the list of figures holds what other pages show. Each of these is noted; a
change of any of them is a change of all pages, so that a rebuilt book is the book that a fresh build gives,
with the same faults.
"""

from __future__ import annotations

import hashlib
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def setup(app: Sphinx) -> None:
    """Look when all pages are read, after every other part has."""
    app.connect("env-updated", _all_or_read, priority=900)


def _all_or_read(_: Sphinx, env: BuildEnvironment) -> set[str]:
    """Return the pages to be written besides those read."""
    seen = hashlib.sha256(repr(_shared(env)).encode()).hexdigest()
    before, env.gum_shared = getattr(env, "gum_shared", ""), seen
    return set() if before == seen else env.found_docs


def _shared(env: BuildEnvironment) -> list[Any]:
    """Return what one page may show of another: titles, order, targets, figures, ids named, works cited."""
    std, math = env.get_domain("std"), env.get_domain("math")
    titles = sorted((page, title.astext()) for page, title in env.titles.items())
    order = sorted((page, list(children)) for page, children in env.toctree_includes.items())
    targets = [sorted(map(repr, getattr(std, kind).items())) for kind in ("labels", "anonlabels", "objects")]
    equations = sorted(map(repr, math.equations.items()))
    shown = [sorted(map(repr, getattr(env, kind, {}).items())) for kind in ("gum_figures", "gum_mentions")]
    works = env.get_domain("cite").citations
    cited = sorted((work.citation_id, work.formatted_entry.label, repr(work.entry)) for work in works)
    headings = sorted((page, toc.astext()) for page, toc in env.tocs.items())
    return [titles, order, targets, equations, shown, cited, headings, sorted(env.get_domain("py").objects)]
