"""The last touch on Chinese pages: words that code wrote become Chinese, and shared files are found one level up."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser

from book.chinese.citations import join_authors, set_citations
from book.chinese.phrases import site
from gumlib.data.messages import words_in

_SHARED = re.compile(r"^((?:\.\./)*)((?:figures|forms|tables|notebooks|cite)/)")
_PICTURE = re.compile(r"(fig-[\w-]+?)(-dark)?\.svg$")
_WORKS = frozenset({"citation", "gum-work", "gum-source"})
"""Classes of what names works and their authors, in their own languages."""
_CITED = re.compile(
    r"(?=.*(?: and | et al|\d{4}|\[))[A-Z][\w'-]+(?:,? (?:and|et al\.|[A-Z][\w'-]+|\d{4}[a-z]?))*[\[\]., ]*"
)
_SPAN = re.compile(r"([A-Z]\d+) to ([A-Z]\d+)")
_FORMULA = re.compile(r"Computed: (.*) · Data: (.*)", re.DOTALL)
_STREAM = "stream"
"""Stands for an element that holds what a command of ours printed: commands speak Chinese too."""
_ASIDE = frozenset({"code", "pre", "script", "style", "math", "kbd", "samp", "textarea"})
_SAID = frozenset({"alt", "title", "aria-label", "placeholder", "data-bs-title"})
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_LETTERS = re.compile(r"[A-Za-z]{2}|[A-Z]\d+, [A-Z]\d")
_LATIN = re.compile(r"[a-z]{3}")
_CODE = re.compile(r"\s*(?:\w+(?: [=+] \w+)+|\S*[_/\d.@]\S*|[a-z]+(?:-[a-z]+)+)\s*")
_RUN = re.compile(r"(?<![\w/.-])[a-z]+(?:[ ,]+[a-z]+){2,}(?![\w/.-])", re.ASCII)
"""Three words or more, which is English even amid Chinese."""
_HAN = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_UNSEEN = re.compile(
    r"(?:Cited in the book|seed; full reference) [^.\n]+"
    r"|(?:Standing Committee|State Council) of the [A-Z][^.\d\n]+?(?=, \d{4}|[.\]]|$)"
    r"|\b(?:[A-Z][\w']+ )+(?:\([\u4e00-\u9fff]+\) )?via "
    r"|\b(?:National Bureau of Statistics of China|World Trade Organization|PhD thesis)\b"
)
"""What we say of a work ourselves: a title that we have not seen, a maker of laws, who printed it first, its kind."""
_PERCENT = re.compile(r"(?<=\d) %")
_MARKS = {",": "、", ".": "。", ";": "；", ").": ")。", "),": ")，"}
"""Marks that may stand alone between links, and what they are behind Chinese."""
_BLOCK = re.compile(r"<(?:p|li|td|th|div|d[dt]|figcaption|h\d)\b")
_PAIR = re.compile(r'(<span lang="en">[^<]*</span>)( / |<br>)(<span lang="zh-Hans">[^<]*</span>)')
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Finish(HTMLParser):
    """Write a page anew: `text` is the finished page, `unknown` what it says that no phrase renders.

    Examples
    --------
    >>> page = Finish()
    >>> page.feed('<p>no phrase of ours <code>as it is</code></p><a href="../cite/a.bib">x</a>')
    >>> page.text
    '<p>no phrase of ours <code>as it is</code></p><a href="../../cite/a.bib">x</a>'
    >>> page.unknown
    Counter({'no phrase of ours': 1})

    A mark between links, behind Chinese, is set as Chinese is.

    >>> page = Finish()
    >>> page.feed("<p>见（<a>C01</a>, <a>C02</a>).</p>")
    >>> page.text
    '<p>见（<a>C01</a>、<a>C02</a>）。</p>'
    """

    def __init__(self, name: str = "") -> None:
        super().__init__(convert_charrefs=True)
        self._phrases = site(name)
        self._parts: list[str] = []
        self._open: list[str] = []
        self._english: set[int] = set()
        self._cell = 0
        self._bracketed = False
        self.unknown: Counter[str] = Counter()

    @property
    def text(self) -> str:
        """What was read, in Chinese; where a questionnaire says a thing in both languages, Chinese comes first."""
        return _PAIR.sub(r"\3\2\1", "".join(self._parts))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag as it stands unless an attribute of it speaks or leads to a shared file."""
        said = self.get_starttag_text() or ""
        english = self._below_english(tag)
        aside = english or self._aside(attrs)
        for name, value in attrs:
            if not value:
                continue
            wanted = self._attribute(tag, name, value, aside)
            if wanted != value:
                said = _with(said, name, wanted)
        self._parts.append(f'{said[:-1]} lang="en">' if english else said)
        if tag not in _VOID and not said.endswith("/>"):
            printed = "stream" in (dict(attrs).get("class") or "").split()
            self._open.append("code" if aside else _STREAM if printed else tag)

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        self._parts.append(f"</{tag}>")
        if self._open and tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Say a text in Chinese; leave code, scripts and formulas alone."""
        if self.cdata_elem:
            self._parts.append(data)
        elif _STREAM in self._open:
            self._parts.append(escape(words_in("zh")(data), quote=False))
        elif _ASIDE & set(self._open):
            self._parts.append(escape(self._unseen(data), quote=False))
        else:
            self._parts.append(escape(self._closed(self._said(data)), quote=False))
            if "thead" in self._open and data.strip() == "English":
                self._english.add(self._cell)

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self._parts.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Keep the declaration."""
        self._parts.append(f"<!{decl}>")

    def _below_english(self, tag: str) -> bool:
        """Count the cells of a table; tell whether this one stands below the heading "English", and so stays."""
        if tag == "table":
            self._english = set()
        if tag == "tr":
            self._cell = 0
        if tag not in ("th", "td"):
            return False
        self._cell += 1
        return "thead" not in self._open and self._cell in self._english

    def _closed(self, said: str) -> str:
        """Close a Chinese bracket that a text before a link has opened by a Chinese one."""
        if self._bracketed and said.startswith(")"):
            said = f"）{said[1:]}"
        self._bracketed = said.rfind("（") > said.rfind("）") or (self._bracketed and "）" not in said)
        return said

    def _aside(self, attrs: list[tuple[str, str | None]]) -> bool:
        known = dict(attrs)
        named = _WORKS & set((known.get("class") or "").split()) or "references.html#" in (known.get("href") or "")
        return (known.get("lang") or "").startswith("en") or known.get("translate") == "no" or bool(named)

    def _attribute(self, tag: str, name: str, value: str, aside: bool) -> str:
        if name in _SAID:
            return self._unseen(value) if aside else self._said(value)
        if name in ("href", "src"):
            value = _SHARED.sub(r"../\1\2", value)
            if tag == "img":
                return _PICTURE.sub(r"\1.zh\2.svg", value)
        return value

    def _behind_chinese(self) -> bool:
        """Tell whether the paragraph or cell has held Chinese so far."""
        for part in reversed(self._parts):
            if part.startswith("<"):
                if _BLOCK.match(part):
                    return False
            elif _HAN.search(part):
                return True
        return False

    def _unseen(self, text: str) -> str:
        """Say in Chinese what we say of a work ourselves; titles stay in their language."""
        return _UNSEEN.sub(lambda found: self._phrases.chinese(found[0]) or found[0], join_authors(text))

    def _said(self, text: str) -> str:
        if not _LETTERS.search(text):
            text = _PERCENT.sub("%", text)
            return _marked(text) if text.strip() == "," or self._behind_chinese() else text
        if formula := _FORMULA.fullmatch(text):
            return f"计算式：{formula[1]} · 数据：{'无' if formula[2] == 'none' else formula[2]}"
        chinese = self._phrases.chinese(text.translate(_STRAIGHT)) or _span(text)
        if chinese is None:
            if _LATIN.search(text) and (not _HAN.search(text) or _RUN.search(text)) and not is_name(text):
                self.unknown[" ".join(text.split())] += 1
            return text
        head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        if chinese.endswith(("，", "；", "：", "（")):
            tail = tail.lstrip(" ")
        return f"{head}{chinese}{tail}"


def _marked(text: str) -> str:
    """Return a text without words with full-width marks where it stands alone or follows a label."""
    if text.startswith(": "):
        said = re.sub(r"\. ?$", "。", text[2:])
        return "：" + said.replace(" (", "（").replace("), ", "），").replace(")", "）").replace(", ", "、")
    return _MARKS.get(text.strip(), text)


def _span(text: str) -> str | None:
    """Return a run of ids, such as `P1 to P4`, in Chinese."""
    found = _SPAN.fullmatch(text.strip())
    return f"{found[1]}至{found[2]}" if found else None


def is_name(text: str) -> bool:
    """Tell whether a text is a code, or names authors and a year, and so needs no Chinese."""
    return bool(_CODE.fullmatch(text) or _CITED.fullmatch(text.strip()))


def _with(tag: str, name: str, new: str) -> str:
    """Return a tag with another value of an attribute; its other letters stay as they are."""
    pattern = re.compile(rf"""(\s{re.escape(name)}\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s>]+)""")
    return pattern.sub(lambda found: f'{found[1]}"{escape(new)}"', tag, count=1)


def finish(name: str, page: str) -> tuple[str, Counter[str]]:
    """Return a page in Chinese, and what it says that no phrase renders, with how often."""
    reader = Finish(name)
    reader.feed(page)
    reader.close()
    return set_citations(reader.text), reader.unknown
