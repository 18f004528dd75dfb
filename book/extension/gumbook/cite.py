"""Every page says how to cite it: to readers at its end, to programs in its head, and in files of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from book.chinese.phrases import site
from book.citation import Work
from book.publication import LICENCE, Publication, book
from book.publication import edition as published
from gumbook import edition, numbering

FOLDER = "cite"
_CHINESE = "cite-zh"
"""Where the Chinese edition keeps the citations of its pages, figures and tables."""
_FORMS = {"bib": "BibTeX", "json": "CSL-JSON", "ris": "RIS"}
_NOWHERE = "<p>This copy is published nowhere yet, so that the citation names no address.</p>"


def setup(app: Sphinx) -> None:
    """Register the setting, what stands on each page, and the files."""
    app.add_config_value("gum_site", {}, "html")
    app.connect("config-inited", _count_versions)
    app.connect("html-page-context", _tell)
    app.connect("build-finished", _write)


def page(app: Sphinx, name: str) -> Work:
    """Return a page as a work to cite; the first stands for the whole book."""
    language, path = _language(app), _path(app, name)
    if name == app.config.root_doc:
        return Work(Path(name).name, published(language).title, "book", path, language)
    return Work(Path(name).name, app.env.titles[name].astext(), "page", path, language)


def card(app: Sphinx, record: dict[str, Any], home: str) -> Work:
    """Return a figure or table as a work to cite; `home` is the page that shows it."""
    name, kind = record["id"], "figure" if record["id"].startswith("fig-") else "table"
    title = record["title"]
    if edition.chinese(app):
        title = site(home.removeprefix("chapters/")).chinese(title) or title
    return Work(name, title, kind, f"{_path(app, home)}#{name}", _language(app))


def _language(app: Sphinx) -> str:
    return edition.CHINESE if edition.chinese(app) else "en"


def _path(app: Sphinx, name: str) -> str:
    """Return where a page of the edition at hand stands in the built book."""
    return (f"{edition.CHINESE}/" if edition.chinese(app) else "") + app.builder.get_target_uri(name)


def shown(work: Work, up: str) -> str:
    """Return a citation as text and as BibTeX, each with a button that copies it, and links to its files."""
    publication, folder = published(work.language), _folder(work)
    said = (work.text(publication), work.bibtex(publication).rstrip())
    boxes = "".join(f'<div class="highlight"><pre>{escape(text, quote=False)}</pre></div>' for text in said)
    links = " ".join(
        f'<a href="{up}{folder}/{work.id}.{kind}" download translate="no" aria-label="{work.id} {name}">{name}</a>'
        for kind, name in _FORMS.items()
    )
    return f'{boxes}<p class="gum-files">{links}</p>'


def _count_versions(_: Sphinx, config: Config) -> None:
    config.version = config.release = book().version


def _tell(app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is None:
        return
    work, nowhere = page(app, name), told_nowhere(book())
    fold = f"<summary>How to cite this page</summary>{nowhere}{shown(work, '../' * name.count('/'))}"
    context["body"] += f'<details class="gum-cite">{fold}</details>'
    context["metatags"] = context.get("metatags", "") + head(work, published(work.language), work.language)


def _folder(work: Work) -> str:
    return _CHINESE if work.language == edition.CHINESE else FOLDER


def told_nowhere(publication: Publication) -> str:
    """Return a sentence while the book has neither address nor DOI."""
    return "" if publication.address or publication.doi else _NOWHERE


def head(work: Work, publication: Publication, language: str = "en") -> str:
    """Return what the head of a page tells programs: Highwire for Scholar, Dublin Core, JSON-LD."""
    tags = "".join(
        f'<meta name="{name}" content="{escape(said)}">' for name, said in _tags(work, publication, language) if said
    )
    linked = json.dumps(_linked(work, publication, language), ensure_ascii=False, separators=(",", ":")).replace(
        "<", "\\u003c"
    )
    canonical = f'<link rel="canonical" href="{escape(publication.at(work.path))}">' if publication.address else ""
    schema = '<link rel="schema.DC" href="http://purl.org/dc/terms/">'
    return f'{canonical}{schema}{tags}<script type="application/ld+json">{linked}</script>'


def _tags(work: Work, publication: Publication, language: str) -> Iterator[tuple[str, str]]:
    host = "" if work.kind == "book" else publication.title
    yield "citation_title", work.title
    yield from (("citation_author", author.name) for author in publication.authors)
    yield "citation_publication_date", publication.date.replace("-", "/")
    yield "citation_inbook_title", host
    yield "citation_language", language
    yield "citation_public_url", publication.at(work.path)
    yield "citation_doi", publication.doi
    yield "DC.title", work.title
    yield from (("DC.creator", author.name) for author in publication.authors)
    yield "DC.date", publication.date
    yield "DC.type", "Text"
    yield "DC.language", language
    yield "DC.rights", LICENCE
    yield "DC.isPartOf", host
    yield "DC.identifier", publication.at(work.path)


def _linked(work: Work, publication: Publication, language: str) -> dict[str, Any]:
    """Return the page in the words of schema.org."""
    shared = {
        "author": _authors(publication),
        "datePublished": publication.date,
        "inLanguage": language,
        "license": LICENCE,
        "version": publication.version,
    }
    whole = {"@type": "Book", "name": publication.title, **_where(publication, "")}
    if work.kind == "book":
        return {"@context": "https://schema.org", **whole, **shared}
    part = {"@type": "Chapter", "name": work.title, **_where(publication, work.path), **shared}
    return {"@context": "https://schema.org", **part, "isPartOf": whole}


def _authors(publication: Publication) -> dict[str, str] | list[dict[str, str]]:
    named = [{"@type": author.kind, "name": author.name} for author in publication.authors]
    return named if len(named) > 1 else named[0]


def _where(publication: Publication, path: str) -> dict[str, str]:
    doi = f"https://doi.org/{publication.doi}" if publication.doi and not path else ""
    return {key: said for key, said in {"url": publication.at(path), "identifier": doi}.items() if said}


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    shutil.rmtree(Path(app.outdir) / _CHINESE, ignore_errors=True)  # of a page that is no more, nothing stays
    pages = [page(app, name) for name in sorted(app.env.found_docs)]
    cards = [card(app, record, record["page"]) for record in numbering.known(app.env).values()]
    for work in [*pages, *cards]:
        folder = Path(app.outdir) / _folder(work)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in work.files(published(work.language)).items():
            (folder / name).write_text(content, encoding="utf-8")
