"""A drawing in Chinese: the same figure laid out a second time with the words of the table `phrases`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from matplotlib.text import Text

from gumlib.data.phrases import drawn, wrapped


@contextmanager
def in_chinese() -> Iterator[None]:
    """Set every text that a drawing is given in Chinese, where the table knows it; others stay as they are."""
    plain = Text.set_text

    def set_text(self: Text, text: Any) -> None:
        plain(self, rendered(text) if isinstance(text, str) else text)

    with patch.object(Text, "set_text", set_text):
        yield


def drawn_in(language: str) -> AbstractContextManager[None]:
    """Set texts as `in_chinese` does where the language is ``"zh"``, else leave them."""
    return in_chinese() if language == "zh" else nullcontext()


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
