"""What the book says of itself, from CITATION.cff, and where it is published, from `site` in _config.yml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from book.paths import ROOT

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of text and figures; the code is MIT."""


@dataclass(frozen=True)
class Publication:
    """The book as a whole.

    Parameters
    ----------
    title, abstract, version : as people read them
    author : the name that stands for all who wrote it
    date : of this version, such as ``2026-11-29``
    keywords : what it is about
    address : where its pages are read, with a slash at its end; empty while that is nowhere
    repository : where its sources are kept, without a slash at its end; empty while that is nowhere
    doi : such as ``10.5281/zenodo.1``; empty while there is none
    """

    title: str
    abstract: str
    author: str
    version: str
    date: str
    keywords: tuple[str, ...]
    address: str = ""
    repository: str = ""
    doi: str = ""

    def at(self, path: str) -> str:
        """Return the permanent address of a page or file of the book; empty while the book has none.

        Examples
        --------
        >>> from dataclasses import replace
        >>> replace(book(), address="https://example.org/gum/").at("index.html")
        'https://example.org/gum/index.html'
        """
        return self.address + path if self.address else ""


@cache
def book(root: Path = ROOT) -> Publication:
    """Read what a copy of the book says of itself and where it is published."""
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    site = {key: (value or "").strip().rstrip("/") for key, value in config["sphinx"]["config"]["gum_site"].items()}
    return Publication(
        title=cited["title"],
        abstract=cited["abstract"],
        author=cited["authors"][0]["name"],
        version=str(cited["version"]),
        date=cited["date-released"].isoformat(),
        keywords=tuple(cited["keywords"]),
        address=f"{site['address']}/" if site["address"] else "",
        repository=site["repository"],
        doi=site["doi"].removeprefix("https://doi.org/"),
    )
