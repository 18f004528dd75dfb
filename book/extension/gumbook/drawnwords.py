"""The words of a picture as a text, for search and for those who hear the page."""

from __future__ import annotations

import re

from sphinx.application import Sphinx

from gumbook import edition
from gumlib.data.phrases import drawn

_MATHS = re.compile(r"\$\\mathdefault\{(.*?)\}\$")
_RAISED = re.compile(r"([\^_])(?:\{(-?\d+)\}|(\d))")
_SMALL = {"^": str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"), "_": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")}
"""How a raised or lowered number is written where nothing can be set."""


def said(app: Sphinx, words: list[str]) -> str:
    """Return the words of a picture in a sentence of the edition."""
    if not edition.chinese(app):
        return f"Words in the picture: {'; '.join(map(plain, words))}."
    return f"图中文字：{'；'.join(plain(drawn().chinese(word) or word) for word in words)}。"


def plain(word: str) -> str:
    r"""Return a word of a picture as it is read, without the signs that set it.

    Examples
    --------
    >>> plain(r"$\mathdefault{10^{-15}}$"), plain(r"start $\mathdefault{x_0}$"), plain("US$ 1_0")
    ('10⁻¹⁵', 'start x₀', 'US$ 1_0')
    """

    def read(found: re.Match[str]) -> str:
        return _RAISED.sub(lambda one: (one[2] or one[3]).translate(_SMALL[one[1]]), found[1])

    return _MATHS.sub(read, word)
