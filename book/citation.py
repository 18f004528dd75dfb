"""A citation of the book, of a page, of a figure or of a table, as people and as programs read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from book import marks
from book.publication import Author, Publication

_KINDS = {
    "book": ("book", "BOOK"),
    "page": ("chapter", "CHAP"),
    "figure": ("figure", "FIGURE"),
    "table": ("dataset", "DATA"),
}
"""The kind of a work in CSL and in RIS."""
_CARDS = {"en": {"figure": "Figure", "table": "Table"}, "zh": {"figure": "图", "table": "表"}}
_HOST = {"en": "In: {}", "zh": "载：{}"}
_VERSION = {"en": "Version {}", "zh": "版本{}"}
"""What a citation says in the language of the work."""
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_"})
_SPECIAL |= str.maketrans({"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"})


def _bibtex_name(author: Author) -> str:
    """Return a name as BibTeX parts it; braces keep the name of a group whole."""
    name = author.name.translate(_SPECIAL)
    return name if author.given else f"{{{name}}}"


def _csl_name(author: Author) -> dict[str, str]:
    if not author.person:
        return {"literal": author.name}
    return {key: said for key, said in {"family": author.family, "given": author.given}.items() if said}


@dataclass(frozen=True)
class Work:
    """What is cited.

    Parameters
    ----------
    id : stable name, such as ``fig-2-1-gum-map``
    title : as printed
    kind : ``book``, ``page``, ``figure`` or ``table``
    path : where it stands in the built book, such as ``chapters/index.html``
    language : of the work
    """

    id: str
    title: str
    kind: str
    path: str
    language: str = "en"

    @property
    def _card(self) -> str:
        """What kind of card it is, and its id; nothing of the book or a page."""
        kind = _CARDS[self.language].get(self.kind)
        return f"{kind} {self.id}" if kind else ""

    def _host(self, book: Publication) -> str:
        return _HOST[self.language].format(book.title)

    def text(self, book: Publication) -> str:
        """Return the citation as a reader would print it."""
        where = book.at(self.path) or (f"https://doi.org/{book.doi}" if book.doi else "")
        name = f"{self.title} [{self._card}]" if self._card else self.title
        if self.language == "zh":
            what = book.title if self.kind == "book" else f"{marks.closed(name, '。')}{self._host(book)}"
            return f"{book.author}（{book.date[:4]}）。{what}（版本{book.version}）。{where}"
        what = book.title if self.kind == "book" else f"{marks.closed(name, '.')} {self._host(book)}"
        return f"{book.author} ({book.date[:4]}). {what} (version {book.version}). {where}".rstrip()

    def bibtex(self, book: Publication) -> str:
        """Return a BibTeX entry; braces keep the capitals of the title."""
        host = {} if self.kind == "book" else {"howpublished": self._host(book)}
        note = ". ".join(filter(None, (self._card, _VERSION[self.language].format(book.version))))
        texts = {"title": self.title, **host}
        notes = {"year": book.date[:4], "version": book.version, "note": note}
        fields = {key: value.translate(_SPECIAL) for key, value in {**texts, **notes}.items()}
        fields["title"] = f"{{{fields['title']}}}"
        named = [_bibtex_name(author) for author in book.authors]
        fields = {"author": " and ".join(named), **fields}
        fields |= {key: value for key, value in {"url": book.at(self.path), "doi": book.doi}.items() if value}
        body = ",\n".join(f"  {key} = {{{value}}}" for key, value in fields.items())
        return f"@misc{{gum-{self.id},\n{body}\n}}\n"

    def csl(self, book: Publication) -> dict[str, Any]:
        """Return an item of CSL-JSON, which Zotero, Pandoc and citeproc read."""
        item = {
            "id": f"gum-{self.id}",
            "type": _KINDS[self.kind][0],
            "title": self.title,
            "container-title": "" if self.kind == "book" else book.title,
            "author": [_csl_name(author) for author in book.authors],
            "issued": {"date-parts": [[int(part) for part in book.date.split("-")]]},
            "version": book.version,
            "language": self.language,
            "URL": book.at(self.path),
            "DOI": book.doi,
        }
        return {key: value for key, value in item.items() if value}

    def ris(self, book: Publication) -> str:
        """Return a record of RIS, which EndNote and Mendeley read."""
        lines = {
            "TY": _KINDS[self.kind][1],
            "ID": f"gum-{self.id}",
            "AU": [author.name for author in book.authors],
            "TI": self.title,
            "T2": "" if self.kind == "book" else book.title,
            "PY": book.date[:4],
            "DA": book.date.replace("-", "/"),
            "ET": book.version,
            "LA": self.language,
            "UR": book.at(self.path),
            "DO": book.doi,
        }
        each = [(tag, one) for tag, said in lines.items() for one in (said if isinstance(said, list) else [said])]
        told = "".join(f"{tag}  - {value}\n" for tag, value in each if value)
        return f"{told}ER  - \n"

    def files(self, book: Publication) -> Mapping[str, str]:
        """Return the content of every citation file by its name."""
        items = json.dumps([self.csl(book)], ensure_ascii=False, indent=1)
        return {f"{self.id}.bib": self.bibtex(book), f"{self.id}.json": f"{items}\n", f"{self.id}.ris": self.ris(book)}
