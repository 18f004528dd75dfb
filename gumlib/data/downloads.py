"""Files that a page of the book offers: links in what a cell shows, the files beside the pages."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gumlib.data.writing import STORE, fill

FOLDER = "forms"
"""Where files that are offered lie in the folder that `STORE` names."""


@dataclass(frozen=True)
class Offer:
    """A file: its name, what it is for, what writes it."""

    name: str
    use: str
    write: Callable[[], bytes]


@dataclass(frozen=True)
class Downloads:
    """Links to files; shown on a page of the book, it also leaves them.

    Examples
    --------
    >>> print(Downloads((Offer("a.txt", "a letter", lambda: b"a"), Offer("b.txt", "another", lambda: b"b"))))
    a.txt
    b.txt
    """

    offers: tuple[Offer, ...]

    def __str__(self) -> str:
        """List the files."""
        return "\n".join(offer.name for offer in self.offers)

    __repr__ = __str__

    def files(self) -> dict[str, bytes]:
        """Return the content of every file by its name."""
        return {offer.name: offer.write() for offer in self.offers}

    def save(self, folder: str | Path) -> None:
        """Write every file into `folder`, which is made if need be."""
        fill(folder, self.files())

    def _repr_html_(self) -> str:
        if STORE in os.environ:
            self.save(Path(os.environ[STORE]) / FOLDER)
        rows = "".join(
            f'<li><a href="../../{FOLDER}/{offer.name}" download><code>{offer.name}</code></a>: {offer.use}</li>'
            for offer in self.offers
        )
        return f'<ul class="gum-downloads">{rows}</ul>'
