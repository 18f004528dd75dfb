"""Search that works from disk and in Chinese, and knows the prose of the pages and nothing else.

Sphinx indexes what it reads before all of it is said in the language of the page, looks for parts of words only if
these have three letters (a Chinese word has two), and asks the server for each page found, to show what stands there
first, be it code. Here index and excerpts are taken from the finished pages, and a Chinese word is looked for in these.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.search.en import SearchEnglish

from book.kept import Shelf

_HAN = r"/\p{Script=Han}/u.test"
_MENDED = {
    "// add support for partial matches": (
        f"if ({_HAN}(word)) arr.unshift({{ score: Scorer.partialTerm, files: [...docNames.keys()]"
        '.filter((at) => (proseOf[docNames[at]] || "").toLowerCase().includes(word)) });'
    ),
    "if (word.length > 2) {": f"if (word.length > 2 || {_HAN}(word)) {{",
    "(term) => term.length > 2": f"(term) => term.length > 2 || {_HAN}(term)",
    ".then((responseData) => responseData.text())": "",
    "    fetch(requestUrl)\n": "    Promise.resolve(proseOf[docName])\n",
    "Search.makeSearchSummary(data, searchTerms, anchor)": (
        "Search.makeSearchSummary(data, new Set([...searchTerms, ...highlightTerms]), anchor)"
    ),
    "const text = Search.htmlToText(htmlText, anchor);": "const text = htmlText;",
}
"""What stands in the script of Sphinx, and what shall stand there."""
_ENGLISH = SearchEnglish({})
_CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef]+")
_SET = "Search.setIndex("
_PICTURES = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_UNREAD = frozenset({"button", "pre", "select", "textarea", "fieldset", "annotation"})
_BESIDE = frozenset({"gum-cite", "gum-code", "gum-links", "gum-files", "headerlink", "desk-controls"})
"""Classes of what stands on a page and is no prose: code, downloads, citations, controls."""
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup", "wbr"})
_INLINE_MATHS = frozenset({"math", "mi", "mn", "mo", "mrow", "semantics"})


class _Prose(HTMLParser):
    """Gathers the texts of an article; a mark that opens or closes a block parts words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipped = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass over what is no prose, with all that it holds."""
        if self._depth:
            self._depth += tag == self._skipped
        elif tag in _UNREAD or _BESIDE & set((dict(attrs).get("class") or "").split()):
            self._skipped, self._depth = tag, 1
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        """Read on after what was passed over."""
        if self._depth:
            self._depth -= tag == self._skipped
        self._part(tag)

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        if not self._depth:
            self.parts.append(data)

    def _part(self, tag: str) -> None:
        if tag not in _INLINE | _INLINE_MATHS:
            self.parts.append(" ")


def prose(page: str) -> str:
    """Return what a page says, without code, downloads, citations and controls.

    Examples
    --------
    >>> prose("<nav>Menu</nav><article><p>Firms <b>le</b>arn &amp; grow.<p>So<pre>x = 1</pre></article>")
    'Firms learn & grow. So'
    """
    reader = _Prose()
    reader.feed(_PICTURES.sub(" ", page[page.find("<article") : page.rfind("</article>")]))
    reader.close()
    return " ".join("".join(reader.parts).split())


def fit(folder: Path) -> None:
    """Give the search of a built edition the prose of its pages, as index and for excerpts."""
    file = folder / "searchindex.js"
    index = json.loads(file.read_text(encoding="utf-8").removeprefix(_SET).removesuffix(")"))
    with Shelf(f"prose-{folder.name}", __file__) as shelf:
        pages = {page: (folder / f"{page}.html").read_text(encoding="utf-8") for page in index["docnames"]}
        read = {name: shelf.get(page, lambda page=page: _read(page)) for name, page in pages.items()}
    texts = {name: text for name, (text, _) in read.items()}
    index["titleterms"] = {word: pages for word, pages in index["titleterms"].items() if pages != []}
    index["terms"] = _terms([words for _, words in read.values()], index["titleterms"])
    file.write_text(f"{_SET}{json.dumps(index, separators=(',', ':'), sort_keys=True)})", encoding="utf-8")
    script = folder / "_static" / "searchtools.js"
    told = f"const proseOf = {json.dumps(dict(sorted(texts.items())), ensure_ascii=False)};\n"
    script.write_text(told + mended(script.read_text(encoding="utf-8")), encoding="utf-8")


def mended(script: str) -> str:
    """Return the script of Sphinx as this book needs it."""
    for before, after in _MENDED.items():
        if before not in script:
            raise ValueError(f"the search of this Sphinx has no {before!r}; mend book.search")
        script = script.replace(before, after)
    return script


def _read(page: str) -> tuple[str, list[str]]:
    """Return what a page says, and the stems of its words."""
    text = prose(page)
    return text, _words(text)


def _words(text: str) -> list[str]:
    """Return the stems of the words of a text, sorted; no Chinese ones."""
    return sorted({_stem(word) for word in _ENGLISH.split(_CHINESE.sub(" ", text))} - {""})


def _terms(texts: list[list[str]], titles: dict[str, Any]) -> dict[str, int | list[int]]:
    """Return in which of some texts, by place, each of their words stands that no title of the page holds."""
    found: dict[str, list[int]] = {}
    for place, words in enumerate(texts):
        for word in words:
            titled = titles.get(word, [])
            if place not in (titled if isinstance(titled, list) else [titled]):
                found.setdefault(word, []).append(place)
    return {word: places[0] if len(places) == 1 else places for word, places in found.items()}


@cache
def _stem(word: str) -> str:
    """Return the stem of a word, or the word where its stem would not be looked for; nothing of a word like `the`."""
    stem = _ENGLISH.stem(word).lower()
    if _ENGLISH.word_filter(stem):
        return stem
    return word.lower() if _ENGLISH.word_filter(word.lower()) else ""
