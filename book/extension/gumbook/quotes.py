"""One typographer: what code writes into an English page gets the quotation marks that Sphinx gives to its prose."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from docutils import nodes
from docutils.utils.smartquotes import educateQuotes
from sphinx.application import Sphinx

from gumbook import edition

_LITERAL = frozenset({"script", "style", "pre", "code", "kbd", "samp", "textarea", "math", "svg"})
_INLINE = frozenset({"a", "abbr", "b", "cite", "em", "i", "small", "span", "strong", "sub", "sup"})
_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)[^>]*>", re.DOTALL)
_MARK = re.compile("&quot;|&#x27;|&#39;|[\"']")


def setup(app: Sphinx) -> None:
    """Act when all is on the page."""
    app.connect("html-page-context", _set, priority=950)


def _set(app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is not None and not edition.chinese(app):
        context["body"] = curled(context["body"])


def curled(html: str) -> str:
    """Return HTML with curly quotation marks, outside tags, code, scripts and formulas.

    Examples
    --------
    >>> curled('<td title="a">&quot;Firms&quot; don&#x27;t</td><td>"<b>So</b>" <code>"x"</code></td>')
    '<td title="a">“Firms” don’t</td><td>“<b>So</b>” <code>"x"</code></td>'
    """
    done, end, before, within = [], 0, " ", 0
    for tag in _TAG.finditer(html):
        text = html[end : tag.start()]
        done += [text if within else _curl(text, before), tag[0]]
        before = unescape(text)[-1:] or before
        if tag[2] in _LITERAL:
            within += -1 if tag[1] else not tag[0].endswith("/>")
        if tag[2] and tag[2] not in _INLINE | _LITERAL:
            before = " "
        end = tag.end()
    return "".join([*done, _curl(html[end:], before)])


def _curl(text: str, before: str) -> str:
    """Return a text without tags, curled as it must be behind some letter."""
    if not _MARK.search(text):
        return text
    return escape(curly(unescape(text), ";" if before in "\"'" else before), quote=False)


def curly(text: str, before: str = " ") -> str:
    """Return a plain text with curly quotation marks, as they must be behind some letter.

    Examples
    --------
    >>> curly('"So", he said'), curly("s rule", "'")
    ('“So”, he said', 's rule')
    """
    return str(educateQuotes(before + text)[1:])
