"""The two editions of the book: where their built pages lie, in which order, and what code says in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from book.chinese.phrases import site
from book.paths import BUILD, HTML, ROOT

FOLDER = BUILD / "along"
LEFT_OUT = "api"
"""How the pages begin that stay behind: a reference of the code is read beside the code."""


@dataclass(frozen=True)
class Page:
    """A page of the table of contents.

    Parameters
    ----------
    path : such as ``chapters/02/2-3-running``, without a suffix
    part : heading of the part it belongs to; empty before the first part
    """

    path: str
    part: str = ""

    @property
    def name(self) -> str:
        """Return the last part of the path, which no other page shares."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Edition:
    """The book in one language.

    Parameters
    ----------
    language : as a document states it, such as ``zh-CN``
    html : folder of the built book
    below : folder in it that holds the pages of this edition
    stem : how its files are named, before their suffix
    """

    language: str
    stem: str
    below: str = ""
    html: Path = HTML

    def file(self, path: str) -> Path:
        """Return where a page lies, built."""
        return self.html / self.below / f"{path}.html"

    def said(self, english: str) -> str:
        """Return a phrase of ours in the language of the edition."""
        return english if self.language == "en" else site().chinese(english) or english

    def pages(self) -> list[Page]:
        """Return the pages to take along, in the order of the table of contents."""
        return [Page(page.path, page.part and self.said(page.part)) for page in _contents() if self.takes(page)]

    def takes(self, page: Page) -> bool:
        """Tell whether a page goes along."""
        return not page.name.startswith(LEFT_OUT) and self.file(page.path).exists()


EDITIONS = (Edition("en", "gum-book"), Edition("zh-CN", "gum-book.zh", "zh"))


@cache
def _contents() -> list[Page]:
    """Return every page of `_toc.yml`, the first one first."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [(part.get("caption", ""), entry["file"]) for part in contents["parts"] for entry in part["chapters"]]
    return [Page(contents["root"]), *(Page(path, part) for part, path in parts)]
