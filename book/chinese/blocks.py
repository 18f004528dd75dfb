"""Pages as blocks: prose that is rendered in Chinese, and what both languages share.

A block is a paragraph, a list, a heading or a fenced directive with prose in it; between blocks stand blank lines.
Front matter, code and directives without prose are shared. The Chinese of a page stands in `locale/zh`, block by
block, each under a comment with the key of the English block that it renders.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from book.paths import CHAPTERS, ROOT

CATALOGUE = ROOT / "locale" / "zh"
_MARK = re.compile(r"^% ([0-9a-f]{8})\n", re.MULTILINE)
_FENCE = re.compile(r"^(`{3,}|:{3,})(.*)$", re.MULTILINE)
_WRITTEN = re.compile(r"^:{3,}|^`{3,}\{(?:warning|dropdown)\}")
"""Directives that hold words for the reader."""


@dataclass(frozen=True)
class Block:
    """A stretch of a page, without the blank lines around it."""

    text: str

    @cached_property
    def key(self) -> str:
        """Eight hexadecimal digits of what the block says; how its lines are broken does not count."""
        return hashlib.sha256(" ".join(self.text.split()).encode()).hexdigest()[:8]

    @property
    def shared(self) -> bool:
        """Whether both languages show it as it is."""
        return self.text.startswith("---\n") or (bool(_FENCE.match(self.text)) and not _WRITTEN.match(self.text))


def parse(text: str) -> list[Block]:
    r"""Return the blocks of a page.

    Examples
    --------
    >>> [block.shared for block in parse("# Title\n\n```{code-cell}\na = 1\n\nb = 2\n```\n\nOne.\nTwo.")]
    [False, True, False]
    """
    found: list[list[str]] = [[]]
    closing = ""
    for number, line in enumerate(text.split("\n")):
        if closing:
            found[-1].append(line)
            if line.strip() == closing:
                closing = ""
                found.append([])
        elif number == 0 and line == "---":
            found, closing = [[line]], "---"
        elif fence := _FENCE.match(line):
            found.append([line])
            closing = fence[1]
        elif line.strip():
            found[-1].append(line)
        else:
            found.append([])
    return [Block("\n".join(lines)) for lines in found if lines]


def catalogue(page: Path) -> Path:
    """Return the file that holds the Chinese of a chapter."""
    return CATALOGUE / page.relative_to(CHAPTERS)


def rendered(page: Path) -> dict[str, str]:
    """Return the Chinese blocks of a chapter by the keys of the English ones; none where there is no file."""
    file = catalogue(page)
    if not file.exists():
        return {}
    parts = _MARK.split(file.read_text(encoding="utf-8"))[1:]
    return {key: text.strip("\n") for key, text in zip(parts[::2], parts[1::2], strict=True)}


def is_translated(page: Path) -> bool:
    """Tell whether a chapter belongs to the Chinese edition, as all do but the reference of the code."""
    return page.is_relative_to(CHAPTERS) and page.exists() and not page.stem.startswith("api")


def translated() -> list[Path]:
    """Return the chapters of the Chinese edition, sorted."""
    return sorted(filter(is_translated, CHAPTERS.rglob("*.md")))
