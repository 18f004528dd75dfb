"""Citations in Chinese: full-width marks, 和 between two authors, 等 after the first of many."""

from __future__ import annotations

import re

_CITATION = re.compile(r'(<span class="bibtex-citation"[^>]*>)(.*?)(</span>)', re.DOTALL)
_TOGETHER = re.compile(r"[\u4e00-\u9fff]{2,4}(?:(?:, |,? and )[\u4e00-\u9fff]{2,4})*,? and [\u4e00-\u9fff]{2,4}")
"""Authors with Chinese names, as the list of works joins them."""
_JOINT = re.compile(r",? and |, ")
_TAG = re.compile(r"(<[^>]*>)")
_OTHERS = re.compile(r" ?<em>et al\.</em>| et al\.")
_SETTING = (
    (re.compile(r" ?\["), "（"),
    (re.compile(r"\]"), "）"),
    (re.compile(r" and "), "和"),
    (re.compile(r", (?=\d{4})"), "，"),
)
_BETWEEN = re.compile(r"[,、;] ?|、?和")
"""What Sphinx, and we before, set between two works."""


def join_authors(text: str) -> str:
    """Return a text with authors of Chinese names joined as Chinese joins a list.

    Examples
    --------
    >>> join_authors("黎继子, 刘春玲, and 蔡根女. 中国工业经济, 2005")
    '黎继子、刘春玲、蔡根女. 中国工业经济, 2005'
    """
    return _TOGETHER.sub(lambda names: _JOINT.sub("、", names[0]), text)


def set_citations(page: str) -> str:
    """Return a page with its citations set as a Chinese journal sets them.

    Examples
    --------
    >>> set_citations('见<span class="bibtex-citation">[<a>Lett and Wu, 2006</a>, <a>潘海平, 2004</a>]</span>。')
    '见<span class="bibtex-citation">（<a>Lett和Wu，2006</a>；<a>潘海平，2004</a>）</span>。'
    >>> set_citations('<span class="bibtex-citation">Feenstra <em>et al.</em> [<a title="A, 2015">2015</a>]</span>的')
    '<span class="bibtex-citation">Feenstra等（<a title="A, 2015">2015</a>）</span>的'
    """
    return _CITATION.sub(lambda found: f"{found[1]}{_set(found[2])}{found[3]}", page)


def _set(citation: str) -> str:
    within, parts = False, []
    for part in _TAG.split(_OTHERS.sub("等", citation)):
        if part.startswith("<"):
            within = part.startswith("<a ") or part == "<a>"
            parts.append(part)
        elif not within and _BETWEEN.fullmatch(part):
            parts.append("；")
        else:
            parts.append(_worded(part))
    return "".join(parts)


def _worded(text: str) -> str:
    for sign, wide in _SETTING:
        text = sign.sub(wide, text)
    return text
