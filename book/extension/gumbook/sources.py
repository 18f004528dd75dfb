"""What the ledger and the tables rest on: an entry a source; and a lasting anchor for each work cited."""

from __future__ import annotations

from collections.abc import Callable, Set
from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from book import marks
from book.chinese.phrases import site
from gumbook import edition, ids, numbering, seriesnames
from gumlib import data, evidence

_SAID = {
    "facts": ("Facts: {}.", "事实：{}。"),
    "series": ("Series: {}.", "序列：{}。"),
    "named": ("Named on {}.", "见于{}。"),
    "series between": ("; ", "；"),
    "pages between": (", ", "、"),
}
"""What an entry says in each edition."""


class source_list(nodes.General, nodes.Element):  # noqa: N801
    """Stands where the list of sources will."""


class SourceList(SphinxDirective):
    """``{source-list}``: every source of the ledger and of the series, with the facts that rest on it."""

    def run(self) -> list[nodes.Node]:
        """Leave a node to be filled when all pages are read."""
        return [source_list()]


def setup(app: Sphinx) -> None:
    """Register the directive, and look at the works cited once they stand in their list."""
    app.add_node(source_list)
    app.add_directive("source-list", SourceList)
    app.connect("doctree-resolved", _fill)


def _fill(app: Sphinx, document: nodes.document, page: str) -> None:
    for place in list(document.findall(source_list)):
        entries = [_entry(app, page, source) for source in _sources().itertuples()]
        place.replace_self(nodes.raw("", "".join(entries), format="html"))
    if page == ids.REFERENCES:
        _anchor(app, document, page)


def _sources() -> pd.DataFrame:
    """Return the sources of both lists by key, with the facts or series that rest on each."""
    facts = evidence.ledger().reset_index().groupby("source_key")["id"].agg(" ".join)
    measured = data.read("china-series").groupby("source_key")["series"].agg(lambda names: " ".join(sorted(set(names))))
    other = data.read("sources-china").set_index("source_key")
    hosts = other["url"].str.extract(r"^https?://([^/:]+)", expand=False)
    other = other.assign(linked=hosts.isin(data.read("hosts")["host"]))
    table = pd.concat([evidence.sources(), other])
    return table.assign(facts=facts, series=measured).sort_index(kind="stable")


def _entry(app: Sphinx, page: str, source: tuple) -> str:
    where = ids.anchor(source.Index)
    text = _about(source, site().chinese if edition.chinese(app) else None)
    rests = [_say(app, "facts").format(source.facts)] if pd.notna(source.facts) else []
    if pd.notna(source.series):
        names = (_in(app, seriesnames.NAMES[name]) for name in source.series.split())
        rests.append(_say(app, "series").format(_say(app, "series between").join(names)))
    told = _told(app, page, source.Index)
    said = "".join(one + marks.gap(one) for one in [*rests, *told]).rstrip()
    return (
        f'<div class="gum-source" id="{where}"><p><a href="#{where}">{source.Index}</a> {text}{marks.gap(text)}'
        f"{_address(source)}</p><p>{said}</p></div>\n"
    )


def _about(source: tuple, chinese: Callable[[str], str | None] | None = None) -> str:
    """Return who says what of a source, and what we note of it; with phrases, in Chinese but for titles."""
    kind = source.kind.replace("_", " ")
    about = [source.author_or_publisher, source.title, source.year, kind, source.note]
    said = [str(part) for part in about if pd.notna(part)]
    if not chinese:
        return " ".join(marks.closed(escape(part), ".") for part in said)
    ours = [_in_chinese(part, source.title, chinese) for part in said]
    closed = [marks.closed(escape(part)) for part in ours]
    return "".join(part + marks.gap(part) for part in closed).rstrip()


def _in_chinese(part: str, title: str, chinese: Callable[[str], str | None]) -> str:
    if part.isdigit():
        return f"{part}年"
    return part if part == title else chinese(" ".join(part.split())) or part


def _say(app: Sphinx, what: str) -> str:
    return _SAID[what][edition.chinese(app)]


def _in(app: Sphinx, words: str) -> str:
    """Return words of ours in the language of the edition; the finish leaves entries of sources as they are."""
    return (site().chinese(words) or words) if edition.chinese(app) else words


def _address(source: tuple) -> str:
    if pd.isna(source.url):
        return ""
    url = escape(source.url)
    return f'<a href="{url}">{url}</a>' if source.linked else f'<span class="gum-address">{url}</span>'


def _told(app: Sphinx, page: str, key: str, also: Set[str] = frozenset()) -> list[str]:
    """Return on which pages a source or work is named or cited."""
    named = {*ids.namers(app.env).get(key, []), *also}
    pages = [where for where in numbering.pages(app.env) if where in named]
    links = [f'<a href="{ids.to(app, page, where)}">{escape(ids.called(app.env, where))}</a>' for where in pages]
    return [_say(app, "named").format(_say(app, "pages between").join(links))] if links else []


def _anchor(app: Sphinx, document: nodes.document, page: str) -> None:
    """Give each work cited an anchor that lasts, unless it is a source with an entry, and say where it is cited."""
    cite, entries = app.env.get_domain("cite"), _sources().index
    keys = {citation.citation_id: citation.key for citation in cite.citations}
    cited: dict[str, set[str]] = {}
    for reference in cite.citation_refs:
        for target in reference.targets:
            cited.setdefault(target.key, set()).add(reference.docname)
    for entry in document.findall(nodes.citation):
        key = keys[entry["ids"][0]]
        entry["ids"] += [ids.anchor(key)] * (key not in entries)
        entry += [
            nodes.raw("", f"<p>{said}</p>", format="html") for said in _told(app, page, key, cited.get(key, set()))
        ]
