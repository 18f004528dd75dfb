"""Terms lead to the glossary: the first use of each on a page is a link, and its preview says what the term means.

The glossary is the tables of page 1.2; a row is the anchor of its term. Terms are looked for in prose alone, by the
names below, which are those of the glossary and the short forms that the pages use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from gumbook import edition, ids
from gumlib.model.definitions import glossary
from gumlib.model.words import words

HOME = "chapters/01/1-2-core-concepts"
_ENGLISH = {
    "L": "cluster learning",
    "I": "cluster innovation",
    "E": "insertion(?: in the (?:GVC|chain))?",
    "S": "social capital",
    "P": "upgrading-oriented (?:public )?policy",
    "D": "dominant enterprises?",
    "G": "cluster governance|(?<!chain )governance(?! (?:of|in|along) (?:the |a )?(?:value )?chain)",
    "T": "technical(?:-capability upgrading| capability)",
    "N": "innovation(?:-capability upgrading| capability)",
    "X": "outside[- ]linkage(?: upgrading)?",
    "K": "social-capital upgrading",
    "Z": "external pressure|pressure from outside",
    "draw": "(?:(?<=^)|(?<=^ )|(?<= of )|(?<= a )|(?<= in )|(?<= all )|(?<=each )|(?<=every )|(?<=over ))draws?",
    "epoch": "epochs?",
    "ledger": "ledger",
    "lock-in": "lock-in|locked in",
    "median": "medians?",
    "reading": "two readings|over our ranges|as fitted",
    "resting level": "resting (?:levels?|places?)",
    "rival": "rivals?",
    "upgrading index": "upgrading index",
    "verdict": "verdicts?",
}
"""Names of the terms; a draw counts where it is a noun, governance where it is not that of the chain."""
_CHINESE = {
    "L": "集群学习",
    "I": "集群式创新|集群创新",
    "E": "全球价值链的嵌入|嵌入全球价值链|嵌入(?!型)",
    "S": "社会资本",
    "P": "升级导向公共政策|产业集群升级为导向的公共政策",
    "D": "主导企业",
    "G": "集群治理|(?<!链)(?<!链的)治理",
    "T": "技术能力(?:升级)?",
    "N": "创新能力(?:升级)?",
    "X": "外向关联(?:升级)?",
    "K": "社会资本升级",
    "Z": "外部压力",
    "draw": "抽样(?!调查|方案|框)",
    "epoch": "时点",
    "ledger": "事实台账|台账",
    "lock-in": "锁定",
    "median": "中位数",
    "reading": "两种口径|取值范围",
    "resting level": "稳态水平|稳态",
    "rival": "对手模型",
    "upgrading index": "升级指数",
    "verdict": "判定",
}
_CLOSED = (
    *(nodes.reference, nodes.FixedTextElement, nodes.literal, nodes.title, nodes.raw, nodes.math, nodes.caption),
    *(nodes.figure, nodes.citation, nodes.Admonition),
)
"""What keeps its words as they are; of the boxes only the one that sums up the page is read."""


def setup(app: Sphinx) -> None:
    """Link the terms of each page, before ids are linked."""
    app.connect("doctree-resolved", _link, priority=890)


def anchor(term: str) -> str:
    """Return the anchor of a term on the page of the glossary."""
    return f"term-{term.replace(' ', '-')}"


def entries() -> Iterator[tuple[str, str, str, str]]:
    """Give each term: its key, English, Chinese and meaning."""
    for code, row in glossary().iterrows():
        yield str(code), row["English"], row["Chinese"], row["meaning (ours)"]
    for word, row in words().iterrows():
        yield str(word), str(word), row["Chinese"], row["meaning (ours)"]


def first(texts: list[str], names: dict[str, str]) -> dict[int, list[tuple[int, int, str]]]:
    """Return the first use of each term in some texts: by text, where it begins and ends, and the term.

    A longer name wins over a shorter one that begins at the same letter.

    Examples
    --------
    >>> first(["Each draw.", "A draw of governance"], {"draw": "draws?", "G": "governance"})
    {0: [(5, 9, 'draw')], 1: [(10, 20, 'G')]}
    """
    if not names:
        return {}
    pattern = re.compile("|".join(rf"(?P<t{at}>{name})" for at, name in enumerate(_ordered(names).values())), re.I)
    keys, found, seen = list(_ordered(names)), {}, set()
    for place, text in enumerate(texts):
        for hit in pattern.finditer(text):
            key = keys[int(str(hit.lastgroup)[1:])]
            if key not in seen and _whole(text, hit):
                seen.add(key)
                found.setdefault(place, []).append((hit.start(), hit.end(), key))
    return found


def _ordered(names: dict[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda pair: -len(pair[1])))


def _whole(text: str, hit: re.Match[str]) -> bool:
    """Tell whether a name stands by itself, and is no part of a longer word."""
    around = text[max(hit.start() - 1, 0) : hit.start()] + text[hit.end() : hit.end() + 1]
    return not re.search(r"[A-Za-z-]", around)


def _link(app: Sphinx, document: nodes.document, page: str) -> None:
    if page == HOME or "/back/api" in page or HOME not in app.env.titles:
        return
    texts = [text for text in document.findall(nodes.Text) if _is_prose(text)]
    names = _CHINESE if edition.chinese(app) else _ENGLISH
    for place, hits in first([str(text) for text in texts], names).items():
        text, parts, end = texts[place], [], 0
        for start, stop, key in hits:
            target = ids.to(app, page, HOME, anchor(key))
            word = nodes.reference("", text[start:stop], internal=True, refuri=target, classes=["gum-term"])
            parts += [nodes.Text(text[end:start]), word]
            end = stop
        text.parent.replace(text, [*parts, nodes.Text(text[end:])])


def _is_prose(text: nodes.Text) -> bool:
    """Tell whether a text stands in a paragraph of prose, outside links, code, headings, captions and boxes."""
    inside, place = False, text.parent
    while place is not None:
        if isinstance(place, _CLOSED) and "gum-short" not in place.get("classes", []):
            return False
        inside = inside or isinstance(place, nodes.paragraph)
        place = place.parent
    return inside
