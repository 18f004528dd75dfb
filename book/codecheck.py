"""What a codechecker of the CODECHECK community starts from: codecheck.yml, which names outputs that are to come again.

The outputs are the stored notebooks, which hold every figure, table and number. Who checks fills in codechecker, time,
certificate and report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from book.paths import CHAPTERS, NOTEBOOKS, ROOT
from book.publication import Author, Publication

SPECIFICATION = "https://codecheck.org.uk/spec/config/1.0"
_HEAD = (
    "# Written by `make metadata`. Left to who checks: codechecker, summary, check_time, certificate, report.\n---\n"
)
_WIDE = 110


def configuration(publication: Publication) -> str:
    """Return the configuration: what is checked, by whom it is, and the outputs."""
    paper: dict[str, Any] = {"title": publication.title, "authors": [_named(one) for one in publication.authors]}
    where = f"https://doi.org/{publication.doi}" if publication.doi else publication.address
    described = {
        "version": SPECIFICATION,
        "paper": paper | ({"reference": where} if where else {}),
        "manifest": list(_outputs()),
        "repository": publication.repository,
    }
    kept = {key: said for key, said in described.items() if said}
    return _HEAD + yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=_WIDE)


def _outputs() -> Iterator[dict[str, str]]:
    for file in sorted(NOTEBOOKS.rglob("*.ipynb")):
        page = (CHAPTERS / file.relative_to(NOTEBOOKS)).with_suffix(".md").read_text(encoding="utf-8")
        title = re.findall(r"(?m)^# (.*)$", page)[0]
        yield {"file": file.relative_to(ROOT).as_posix(), "comment": f"Figures, tables and numbers of: {title}"}


def _named(author: Author) -> dict[str, str]:
    return {key: said for key, said in {"name": author.name, "ORCID": author.orcid}.items() if said}
