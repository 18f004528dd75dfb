"""Previews: what a link leads to, said before it is followed. One file holds the words of all of them.

A page loads the file when a reader first rests on a link, by pointer, key or finger (`previews.js` shows it), so a
page weighs no more than before. It is a script and no data file, since a page from disk may load nothing else.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx

from gumbook import ids
from gumbook.cards import known
from gumlib import claims, data, evidence

FILE = "preview-words.js"
_NOTE = re.compile(r'(title="[^"]*?)\s(?:seen|known|seed)\b[^"]*?(\sURL: [^"]*)?"')
"""What the bibliography notes on how a work was checked; it is for us and not for readers."""


def words(app: Sphinx) -> dict[str, str]:
    """Return what each place says of itself, by file name and anchor."""
    table, ledger = claims.claims(), evidence.ledger()
    said = {str(claim): f"{row['claim']}. Verdict: {row['verdict']}." for claim, row in table.iterrows()}
    for fact, row in ledger.iterrows():
        said[str(fact)] = f"{row['statement']} ({row['cluster'].capitalize()}, {_year(row['year'])})"
    both = pd.concat([evidence.sources(), data.read("sources-china").set_index("source_key")])
    for key, row in both.iterrows():
        parts = [row["author_or_publisher"], row["title"], row["year"]]
        said[str(key)] = ". ".join(str(part).rstrip(".") for part in parts if pd.notna(part)) + "."
    said |= {name: f"{card['title'].rstrip('.')}. {card['caption']}" for name, card in known(app.env).items()}
    places = ids.addresses(app.env)
    return {f"{Path(places[name][0]).name}.html#{places[name][1]}": text for name, text in said.items()}


def _year(year: object) -> str:
    return str(year) if isinstance(year, str) else "no year"


def setup(app: Sphinx) -> None:
    """Say nothing internal in the titles of citations; write the words when all pages are known."""
    app.add_js_file("previews.js", loading_method="defer")
    app.connect("html-page-context", _clean, priority=900)
    app.connect("build-finished", _write)


def _clean(_: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is not None:
        context["body"] = _NOTE.sub(r'\1\2"', context["body"])


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.format == "html":
        text = f"window.gumPreviews={json.dumps(words(app), ensure_ascii=False, sort_keys=True)};\n"
        (Path(app.outdir) / "_static" / FILE).write_text(text, encoding="utf-8")
