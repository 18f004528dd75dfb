"""A drawing in Chinese: the same figure laid out a second time with the words of the table `phrases`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from matplotlib.text import Text

from gumlib.data.phrases import drawn

_BEGINS, _ENDS = "（《“", "，。；：？！、）》”"
_TOKEN = re.compile(rf"[{_BEGINS}]*(?:[A-Za-z\d.,%+−-]+|.)[{_ENDS}]*")
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
    r"""Break a text into as few lines as are about `width` letters wide, of which a Han character takes two.

    A line ends at a mark where it can; otherwise all are about as long.

    Examples
    --------
    >>> print(wrapped("集群式创新、全球价值链的嵌入", 20))
    集群式创新、
    全球价值链的嵌入
    """
    tokens = _TOKEN.findall(text)
    wide = [sum(2 if ord(letter) > 0x2E80 else 1 for letter in token) for token in tokens]
    room = max(width + 2, *wide, 0)
    best: list[tuple[int, int, int, str]] = [(0, 0, 0, "")]
    for end in range(1, len(tokens) + 1):
        ways = []
        for start in range(end):
            length = sum(wide[start:end])
            if length <= room:
                lines, within, uneven, before = best[start]
                torn = start > 0 and tokens[start - 1][-1] not in _ENDS and tokens[start][0] not in _BEGINS
                line = "".join(tokens[start:end])
                ways.append((lines + 1, within + torn, uneven + length**2, f"{before}\n{line}" if start else line))
        best.append(min(ways))
    return best[-1][-1]
