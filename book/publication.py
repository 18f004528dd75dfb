"""What the book says of itself, from CITATION.cff, and where it is published, from `site` in _config.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from book.paths import ROOT
from gumlib.errors import GumError

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of text and figures; the code is MIT."""
CHINESE_TITLE = "全球价值链视角下地方产业集群如何升级"


@dataclass(frozen=True)
class Author:
    """Who wrote it: a group has a name; a person has a family name, and mostly given names.

    Examples
    --------
    >>> Author("The authors").name, Author("Wang", "Chuanbao", person=True).name
    ('The authors', 'Wang, Chuanbao')
    """

    family: str
    given: str = ""
    orcid: str = ""
    person: bool = False

    @property
    def name(self) -> str:
        """The name as it is sorted and printed."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def kind(self) -> str:
        """The type of schema.org."""
        return "Person" if self.person else "Organization"


@dataclass(frozen=True)
class Publication:
    """The book as a whole.

    Parameters
    ----------
    title, abstract, version : as people read them
    authors : everybody who wrote it, persons and groups, in the order of CITATION.cff
    date : of this version, such as ``2026-11-29``
    keywords : what it is about
    address : where its pages are read, with a slash at its end; empty while that is nowhere
    repository : where its sources are kept, without a slash at its end; empty while that is nowhere
    doi : such as ``10.5281/zenodo.1``; empty while there is none
    """

    title: str
    abstract: str
    authors: tuple[Author, ...]
    version: str
    date: str
    keywords: tuple[str, ...]
    address: str = ""
    repository: str = ""
    doi: str = ""

    @property
    def author(self) -> str:
        """The names of all authors, as they are printed."""
        return "; ".join(author.name for author in self.authors)

    def at(self, path: str) -> str:
        """Return the permanent address of a page or file of the book; empty while the book has none.

        Examples
        --------
        >>> from dataclasses import replace
        >>> replace(book(), address="https://example.org/gum/").at("index.html")
        'https://example.org/gum/index.html'
        """
        return self.address + path if self.address else ""


def _author(said: Mapping[str, str]) -> Author:
    """Read an author of CITATION.cff: a group by its name, a person by family and given names."""
    orcid = said.get("orcid", "").removeprefix("https://orcid.org/")
    if "name" in said:
        return Author(said["name"], orcid=orcid)
    if "family-names" not in said:
        expected = "expected `name` or `family-names` of each author in CITATION.cff"
        raise GumError(f"{expected}, got {', '.join(said) or 'nothing'}; add one", "publication", "authors")
    family = " ".join(filter(None, (said.get("name-particle"), said["family-names"])))
    given = " ".join(filter(None, (said.get("given-names"), said.get("name-suffix"))))
    return Author(family, given, orcid, person=True)


@cache
def book(root: Path = ROOT) -> Publication:
    """Read what a copy of the book says of itself and where it is published."""
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    site = {key: (value or "").strip().rstrip("/") for key, value in config["sphinx"]["config"]["gum_site"].items()}
    return Publication(
        title=cited["title"],
        abstract=cited["abstract"],
        authors=tuple(map(_author, cited["authors"])),
        version=str(cited["version"]),
        date=cited["date-released"].isoformat(),
        keywords=tuple(cited["keywords"]),
        address=f"{site['address']}/" if site["address"] else "",
        repository=site["repository"],
        doi=site["doi"].removeprefix("https://doi.org/"),
    )


def edition(language: str) -> Publication:
    """Return what the edition in a language says of the book: its title is in that language."""
    return replace(book(), title=CHINESE_TITLE) if language == "zh" else book()
