"""A drawing in Chinese: the same figure laid out a second time with the words of the table `phrases`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from matplotlib.text import Text

from gumlib.data.phrases import drawn

_TOKEN = re.compile(r"[（《“]*(?:[A-Za-z\d.,%+−-]+|.)[，。；：？！、）》”]*")
"""What stays on one line: a number, a Latin word, a Han character, with the marks beside it."""


@contextmanager
def in_chinese() -> Iterator[None]:
    """Set every text that a drawing is given in Chinese, where the table knows it; others stay as they are."""
    plain = Text.set_text

    def set_text(self: Text, text: Any) -> None:
        plain(self, rendered(text) if isinstance(text, str) else text)

    with patch.object(Text, "set_text", set_text):
        yield


def rendered(text: str) -> str:
    """Return the Chinese of a text, in lines no wider than its own; the text where the table lacks it.

    Examples
    --------
    >>> rendered("no phrase of ours")
    'no phrase of ours'
    """
    chinese = drawn().chinese(text) if text.strip() else None
    if chinese is None:
        return text
    return wrapped(chinese, max(map(len, text.split("\n")))) if "\n" in text else chinese


def wrapped(text: str, width: int) -> str:
    r"""Break a text into lines about `width` letters wide, of which a Han character takes two; all about as long.

    Examples
    --------
    >>> wrapped("集群治理，主导企业", 12)
    '集群治理，\n主导企业'
    """
    wide = {token: sum(2 if ord(letter) > 0x2E80 else 1 for letter in token) for token in _TOKEN.findall(text)}
    whole = sum(wide[token] for token in _TOKEN.findall(text))
    even = math.ceil(whole / math.ceil(whole / (width + 1)))
    lines, used = [""], 0
    for token in _TOKEN.findall(text):
        if lines[-1] and used + wide[token] > even + 1:
            lines.append("")
            used = 0
        lines[-1] += token
        used += wide[token]
    return "\n".join(lines)
