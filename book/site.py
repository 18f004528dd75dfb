"""Lay out what is published: the book at hand at the root, the book of each release below its tag.

    python -m book.site

Releases are the zips that `make release` makes, in _build/releases, where `make releases` fetches them.
"""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from book.paths import BUILD, HTML

RELEASES = BUILD / "releases"
SITE = BUILD / "site"
BOOK = "gum-book-"
"""How the zip of a book is named, before its tag."""


def lay_out(html: Path, releases: Path, site: Path) -> list[str]:
    """Fill `site` anew from a built book and the zips of earlier ones; return their tags, sorted."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(html, site)
    (site / ".nojekyll").touch()  # GitHub would leave out folders that begin with an underscore
    tags = []
    for packed in sorted(releases.glob(f"{BOOK}*.zip")):
        tags.append(packed.stem.removeprefix(BOOK))
        with zipfile.ZipFile(packed) as files:
            files.extractall(site / tags[-1])
    return tags


if __name__ == "__main__":
    kept = lay_out(HTML, RELEASES, SITE)
    print(f"{SITE}: the book at hand and {len(kept)} earlier: {', '.join(kept) or 'none'}")
