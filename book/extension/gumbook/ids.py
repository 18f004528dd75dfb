"""Every id leads to what it names: claims, facts, sources, works, figures, wherever a page prints one.

Ids are noted as pages are read, so that an entry can say which pages name it; they become links when all pages
are known: in text, in captions, and in the HTML of tables. Code is left alone, but for inline code that is an id.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

import pandas as pd
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from gumbook.numbering import known as cards
from gumbook.numbering import pages
from gumlib import data, evidence

CLAIMS, LEDGER, REFERENCES = (f"chapters/back/{name}" for name in ("claims", "ledger", "references"))
LISTS = (CLAIMS, LEDGER, REFERENCES, "chapters/back/figures")
"""Pages of entries: what they name is no use of it."""

_ID = re.compile(
    r"\b(?:C\d\d|[A-Z]{2}\d{3})\b|(?<![\w/.-])(?:(?:fig|tab)-[a-z0-9-]+|[A-Za-z][A-Za-z0-9_]{3,}|\d[a-z0-9_]{4,})(?![\w-]|\.[a-z])"
)
"""An id, or the key of a source; not the first part of an address that it is named after."""
_KEY = re.compile(r"(?<![A-Za-z0-9_])[a-z0-9]+(?:_[a-z0-9]+)+(?![A-Za-z0-9_])")
"""A source key that no word can be: one with an underscore."""
_CLOSED = (nodes.reference, nodes.FixedTextElement, nodes.title, nodes.raw, nodes.math, addnodes.desc_signature)
"""What keeps its text as it is: links, code, headings, formulas, the heads of API entries."""
_CODE = re.compile(r"<code[^>]*>([^<]+)</code>")
_MARKUP = re.compile(
    r"<(script|style|pre|svg|a|button|select|textarea|label|summary)\b.*?</\1>|<code\b.*?</code>|<!--.*?-->|<[^>]+>",
    re.DOTALL,
)


def setup(app: Sphinx) -> None:
    """Note the ids that pages name, and link them once every list is filled."""
    app.connect("doctree-read", _note)
    app.connect("env-purge-doc", lambda _app, env, page: mentions(env).pop(page, None))
    app.connect("env-merge-info", lambda _app, env, _pages, other: mentions(env).update(mentions(other)))
    app.connect("doctree-resolved", _link, priority=900)


def mentions(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return the ids that each page names, sorted."""
    if not hasattr(env, "gum_mentions"):
        env.gum_mentions = {}
    return env.gum_mentions


def namers(env: BuildEnvironment) -> dict[str, list[str]]:
    """Return for each id the pages that name it, in the order of the book; lists and the API reference are no use."""
    order = [page for page in pages(env) if page not in LISTS and "/api" not in page]
    found: dict[str, list[str]] = {}
    for page in order:
        for name in mentions(env).get(page, []):
            found.setdefault(name, []).append(page)
    return found


def to(app: Sphinx, page: str, target: str, anchor: str = "") -> str:
    """Return the address of a place as a page writes it."""
    here = "" if page == target else app.builder.get_relative_uri(page, target)
    return f"{here}#{anchor}" if anchor else here


def link(app: Sphinx, page: str, name: str, words: str = "") -> str:
    """Return a link to the entry of an id as HTML."""
    return f'<a href="{to(app, page, *addresses(app.env)[name])}">{escape(words or name)}</a>'


def called(env: BuildEnvironment, page: str) -> str:
    """Return what a reader calls a page: its section, or its title where it has none of its own."""
    title = env.titles[page].astext()
    section = re.match(r"\d\.\d(?= )", title)
    alike = [one for one in env.titles.values() if section and one.astext().startswith(f"{section[0]} ")]
    return section[0] if section and len(alike) == 1 else title


def addresses(env: BuildEnvironment) -> dict[str, tuple[str, str]]:
    """Return page and anchor of every id."""
    figures = {name: (card["page"], name) for name, card in cards(env).items()}
    return {**_fixed(), **figures}


@cache
def _fixed() -> dict[str, tuple[str, str]]:
    """Return page and anchor of each id that is known before a page is read."""
    claims = {claim: (CLAIMS, claim.lower()) for claim in data.read("claims")["claim_id"]}
    facts = {fact: (LEDGER, fact.lower()) for fact in evidence.ledger().index}
    keys = [*evidence.sources().index, *data.read("sources-china")["source_key"], *works()]
    return {**claims, **facts, **{key: (REFERENCES, anchor(key)) for key in keys}}


@cache
def works() -> tuple[str, ...]:
    """Return the keys of the bibliography."""
    return tuple(re.findall(r"^@\w+\{([^,]+),", data.path("references").read_text(encoding="utf-8"), re.MULTILINE))


@cache
def short_names() -> dict[str, str]:
    """Return what a page calls each source, for its key says little: where it was published, and when."""
    known = pd.concat([evidence.sources(), data.read("sources-china").set_index("source_key")])
    hosts = known["url"].str.extract(r"^https?://(?:(?:www|m)\.)?([^/:]+)", expand=False)
    years = known["year"].astype("string").str.extract(r"(\d{4})", expand=False)
    return hosts.fillna(known["author_or_publisher"]).str.cat(years.fillna(""), sep=" ").str.strip().to_dict()


def named(text: str) -> str:
    """Return a text in which each source is called by its short name, where no link can be set.

    Examples
    --------
    >>> named("founding year as in ppdoc_romon"), named("创办年份同ppdoc_romon）"), named("NB003 of a company")
    ('founding year as in ppdoc.com', '创办年份同ppdoc.com）', 'NB003 of a company')
    """
    return _KEY.sub(lambda found: short_names().get(found[0], found[0]), text)


def anchor(key: str) -> str:
    """Return the anchor of a source or work on the page of references."""
    return f"source-{key.lower().replace('_', '-')}"


def _note(app: Sphinx, document: nodes.document) -> None:
    texts = [
        text.astext() for text in document.findall(nodes.Text) if not isinstance(text.parent, nodes.FixedTextElement)
    ]
    texts += [_MARKUP.sub(" ", raw.astext()) for raw in document.findall(nodes.raw)]
    named = {name for text in texts for name in _ID.findall(text)}
    mentions(app.env)[app.env.docname] = sorted(named & _fixed().keys())


def _link(app: Sphinx, document: nodes.document, page: str) -> None:
    """Turn every id of a page into a link; a source is called by its short name."""
    places = {name: to(app, page, *place) for name, place in addresses(app.env).items()}
    for text in list(document.findall(nodes.Text)):
        if any(name in places for name in _ID.findall(text)):
            _link_text(text, places)
    for raw in list(document.findall(nodes.raw)):
        if raw.get("format") == "html":
            raw[:] = [nodes.Text(_linked(raw.astext(), places))]


def _link_text(text: nodes.Text, places: dict[str, str]) -> None:
    parent = text.parent
    while parent is not None and not isinstance(parent, _CLOSED):
        parent = parent.parent
    if parent is not None:
        return
    if isinstance(text.parent, nodes.literal):
        if text in places:
            text.parent.replace_self(
                nodes.reference("", "", text.parent.deepcopy(), internal=True, refuri=places[text])
            )
        return
    parts, end = [], 0
    for found in _ID.finditer(text):
        if found[0] in places:
            parts += [nodes.Text(text[end : found.start()]), _reference(found[0], places)]
            end = found.end()
    text.parent.replace(text, [*parts, nodes.Text(text[end:])])


def _reference(name: str, places: dict[str, str]) -> nodes.reference:
    return nodes.reference("", short_names().get(name, name), internal=True, refuri=places[name])


def _linked(html: str, places: dict[str, str]) -> str:
    """Return HTML with its ids as links, outside tags, code, links and labels."""

    def named(found: re.Match[str]) -> str:
        name = found[0]
        return f'<a href="{places[name]}">{escape(short_names().get(name, name))}</a>' if name in places else name

    done, end = [], 0
    for mark in _MARKUP.finditer(html):
        code = _CODE.fullmatch(mark[0])
        whole = f'<a href="{places[code[1]]}">{mark[0]}</a>' if code and code[1] in places else mark[0]
        done += [_ID.sub(named, html[end : mark.start()]), whole]
        end = mark.end()
    return "".join([*done, _ID.sub(named, html[end:])])
