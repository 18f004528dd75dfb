"""Previews: what a link leads to, said before it is followed. The words lie in many small files, by their address.

When a reader rests on a link, by pointer, key or finger, the page loads the file in which its words must be
(`previews.js` shows them), so a page weighs no more than before. The files are scripts and no data, since a page from
disk may load nothing else.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from book import marks
from book.chinese.phrases import site
from gumbook import edition, glossary, ids, quotes
from gumbook.numbering import known
from gumlib import claims, data, evidence
from gumlib.terms import name

FOLDER = "previews"
_FILES = 64
"""Among how many files the words are shared out; `previews.js` must count alike."""
_NOTE = re.compile(r'(title="(?!Computed)[^"]*?)\s(?:seen|known|seed)\b[^"]*?(\sURL: [^"]*)?"')
"""What the bibliography notes on how a work was checked; it is for us and not for readers."""
_HAN = re.compile("[\u4e00-\u9fff]")
_ENGLISH = {
    "claim": "{}. Verdict: {}.",
    "fact": "{} ({}, {})",
    "figure": "{} {}",
    "term": "{0} ({1}): {2}",
    "year": "{}",
    "no year": "no year",
}
_CHINESE = {
    "claim": "{}。判定：{}。",
    "fact": "{}（{}，{}）",
    "figure": "{}{}",
    "term": "{1}（{0}）：{2}",
    "year": "{}年",
    "no year": "无日期",
}


def words(app: Sphinx) -> dict[str, str]:
    """Return what each place says of itself, by file name and anchor."""
    forms, say = (_CHINESE, _chinese) if edition.chinese(app) else (_ENGLISH, str)
    said = {}
    for claim, row in claims.claims().iterrows():
        said[str(claim)] = forms["claim"].format(say(row["claim"]), say(row["verdict"]))
    for fact, row in evidence.ledger().iterrows():
        year = forms["year"].format(row["year"]) if isinstance(row["year"], str) else forms["no year"]
        said[str(fact)] = forms["fact"].format(ids.named(say(row["statement"])), say(name(row["cluster"])), year)
    both = pd.concat([evidence.sources(), data.read("sources-china").set_index("source_key")])
    for key, row in both.iterrows():
        parts = [row["author_or_publisher"], row["title"], row["year"]]
        said[str(key)] = ". ".join(say(str(part)).rstrip(".") for part in parts if pd.notna(part)) + "."
    for figure, card in known(app.env).items():
        said[figure] = forms["figure"].format(closed(say(card["title"].rstrip("."))), say(card["caption"]))
    places = ids.addresses(app.env)
    told = {f"{Path(places[key][0]).name}.html#{places[key][1]}": text for key, text in said.items()}
    home = f"{Path(glossary.HOME).name}.html#"
    for term, english, chinese, meaning in glossary.entries():
        told[home + glossary.anchor(term)] = forms["term"].format(english, chinese, say(meaning))
    pages = {f"{Path(page).name}.html": f"{app.env.titles[page].astext()}\n{words}" for page, words in shorts(app.env)}
    return told | pages


def closed(title: str) -> str:
    """Return a title with the mark that ends a sentence of its language; one that asks has its own.

    Examples
    --------
    >>> closed("The GUM model"), closed("Does it hold?"), closed("升级吗？"), closed("模型图")
    ('The GUM model.', 'Does it hold?', '升级吗？', '模型图。')
    """
    return marks.closed(title, "。" if _HAN.search(title) else ".")


def shorts(env: BuildEnvironment) -> list[tuple[str, str]]:
    """Return the question and the answer of each page that has the box which sums it up."""
    if not hasattr(env, "gum_shorts"):
        env.gum_shorts = {}
    return list(env.gum_shorts.items())


def _note(app: Sphinx, document: nodes.document) -> None:
    """Remember question and answer of a page as it is read; how sure we are is read there."""
    shorts(app.env)
    for box in document.findall(nodes.admonition):
        if "gum-short" in box["classes"]:
            said = [" ".join(part.astext().split()) for part in box.findall(nodes.paragraph)]
            app.env.gum_shorts[app.env.docname] = "\n".join(said[:2])


def _merge(_: Sphinx, env: BuildEnvironment, _names: list[str], other: BuildEnvironment) -> None:
    shorts(env)
    env.gum_shorts.update(shorts(other))


def _chinese(text: str) -> str:
    """Return the Chinese of a text; a text that has none stays English."""
    return site().chinese(text) or text


def setup(app: Sphinx) -> None:
    """Say nothing internal in the titles of citations; write the words when all pages are known."""
    app.add_js_file("previews.js", loading_method="defer")
    app.connect("doctree-read", _note)
    app.connect("env-merge-info", _merge)
    app.connect("html-page-context", _clean, priority=900)
    app.connect("build-finished", _write)


def _clean(_: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is not None:
        context["body"] = _NOTE.sub(r'\1\2"', context["body"])


def place(address: str) -> int:
    """Return the number of the file that holds the words of an address.

    Examples
    --------
    >>> place("claims.html#c01"), place("ledger.html#nb037")
    (35, 45)
    """
    number = 0
    for letter in address:
        number = (number * 31 + ord(letter)) % _FILES
    return number


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "_static" / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    shared: list[dict[str, str]] = [{} for _ in range(_FILES)]
    for address, text in sorted(words(app).items()):
        shared[place(address)][address] = text if edition.chinese(app) else quotes.curly(text)
    for number, told in enumerate(shared):
        text = f"Object.assign(window.gumPreviews??={{}},{json.dumps(told, ensure_ascii=False)});\n"
        (folder / f"{number}.js").write_text(text, encoding="utf-8")
