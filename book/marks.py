"""How a sentence ends, in either language."""

from __future__ import annotations

import re

_CLOSED = re.compile(r"[.?!。？！](?:</a>)?$")
_HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef](?:</a>)?$")


def closed(said: str, stop: str = "") -> str:
    """Return a text, or a link behind it, with a full stop unless another mark ends it already.

    Parameters
    ----------
    stop : the full stop; without one, that of the letters before it

    Examples
    --------
    >>> closed("Does it rise?"), closed("It rises"), closed("<a>升级越多？</a>"), closed("各种判定")
    ('Does it rise?', 'It rises.', '<a>升级越多？</a>', '各种判定。')
    """
    if _CLOSED.search(said):
        return said
    return said + (stop or ("。" if _HAN.search(said) else "."))


def gap(said: str) -> str:
    """Return what stands between a sentence and the next: nothing behind a full-width mark.

    Examples
    --------
    >>> gap("It rises."), gap("各种判定。"), gap("<a>升级越多？</a>")
    (' ', '', '')
    """
    return "" if _HAN.search(said) else " "


def paragraph(sentences: list[str]) -> str:
    """Return sentences as one text, each closed as English is: the phrases of the Chinese edition begin with its mark.

    Examples
    --------
    >>> paragraph(["On <a>Does it rise?</a>", "Code: it", "Also there"])
    'On <a>Does it rise?</a> Code: it. Also there.'
    """
    ended = [closed(one, ".") for one in sentences]
    return "".join(one + gap(one) for one in ended[:-1]) + ended[-1]
