"""A drawing in Chinese: the same figure laid out a second time with the words of the table `phrases`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from matplotlib.text import Text

from gumlib.data.messages import messages
from gumlib.data.phrases import drawn, wrapped


@contextmanager
def in_chinese(more: Callable[[str], str | None] = lambda text: None) -> Iterator[None]:
    """Set every text that a drawing is given in Chinese, where the table or `more` knows it; others stay."""
    plain = Text.set_text

    def set_text(self: Text, text: Any) -> None:
        plain(self, rendered(text, more) if isinstance(text, str) else text)

    with patch.object(Text, "set_text", set_text):
        yield


def drawn_in(language: str) -> AbstractContextManager[None]:
    """Set texts in Chinese, by the messages of reports too, where the language is ``"zh"``, else leave them."""
    return in_chinese(lambda text: messages().chinese(text, whole=True)) if language == "zh" else nullcontext()


def rendered(text: str, more: Callable[[str], str | None] = lambda text: None) -> str:
    """Return the Chinese of a text, in lines no wider than its own; the text where the table lacks it."""
    chinese = (drawn().chinese(text) or more(text)) if text.strip() else None
    if chinese is None:
        return text
    return wrapped(chinese, max(map(len, text.split("\n")))) if "\n" in text else chinese
