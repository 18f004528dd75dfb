"""Write what archives read of the project, all from pyproject.toml and CITATION.cff.

    python -m book.metadata

The version of pyproject.toml goes into CITATION.cff, gumlib and the data package; codemeta.json and .zenodo.json
are written whole.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from book.paths import ROOT
from book.publication import Publication, book

_VERSIONS = {
    "CITATION.cff": r"(?m)^(version: ).*()$",
    "gumlib/__init__.py": r'(?m)^(__version__ = ").*(")$',
    "data/datapackage.json": r'(?m)^( "version": ").*(",)$',
}
"""Where the version stands besides, each between what comes before and after it."""


def files(root: Path = ROOT) -> dict[str, str]:
    """Return the content of every file that follows from pyproject.toml and CITATION.cff, by its path."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {
        name: re.sub(pattern, rf"\g<1>{project['version']}\g<2>", (root / name).read_text(encoding="utf-8"), count=1)
        for name, pattern in _VERSIONS.items()
    }
    cited = yaml.safe_load(found["CITATION.cff"])
    said = {"codemeta.json": _codemeta(project, book(root)), ".zenodo.json": _zenodo(project, book(root), cited)}
    return {**found, **{name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in said.items()}}


def _codemeta(project: dict[str, Any], publication: Publication) -> dict[str, Any]:
    described = {
        "@context": "https://doi.org/10.5063/schema/codemeta-2.0",
        "@type": "SoftwareSourceCode",
        "name": project["name"],
        "description": publication.abstract,
        "version": project["version"],
        "license": f"https://spdx.org/licenses/{project['license']}",
        "author": [{"@type": "Organization", "name": publication.author}],
        "keywords": list(publication.keywords),
        "datePublished": publication.date,
        "programmingLanguage": {"@type": "ComputerLanguage", "name": "Python"},
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": project["dependencies"],
        "developmentStatus": "active",
        "codeRepository": publication.repository,
        "url": publication.address,
        "identifier": publication.doi and f"https://doi.org/{publication.doi}",
    }
    return {key: said for key, said in described.items() if said}


def _zenodo(project: dict[str, Any], publication: Publication, cited: dict[str, Any]) -> dict[str, Any]:
    works = [{"identifier": work["isbn"], "relation": "isDerivedFrom"} for work in cited["references"]]
    return {
        "title": publication.title,
        "description": publication.abstract,
        "upload_type": "software",
        "access_right": "open",
        "creators": [{"name": publication.author}],
        "version": project["version"],
        "publication_date": publication.date,
        "license": project["license"],
        "language": "eng",
        "keywords": list(publication.keywords),
        "related_identifiers": works,
    }


if __name__ == "__main__":
    for name, content in files().items():
        (ROOT / name).write_text(content, encoding="utf-8")
