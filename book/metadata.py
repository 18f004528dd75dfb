"""Write what archives read of the project, all from pyproject.toml and CITATION.cff.

    python -m book.metadata

The version of pyproject.toml goes into CITATION.cff, gumlib and the data package; address, repository and DOI of
_config.yml go into CITATION.cff and the data package; codemeta.json, .zenodo.json and codecheck.yml are written whole.
"""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

from book import codecheck
from book.paths import ROOT
from book.publication import Author, Publication, book

_VERSIONS = {
    "CITATION.cff": r"(?m)^(version: ).*()$",
    "gumlib/__init__.py": r'(?m)^(__version__ = ").*(")$',
    "data/datapackage.json": r'(?m)^( "version": ").*(",)$',
}
"""Where the version stands besides, each between what comes before and after it."""


def files(root: Path = ROOT) -> dict[str, str]:
    """Return the content of every file that follows from pyproject.toml, CITATION.cff and _config.yml, by its path."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {
        name: re.sub(pattern, rf"\g<1>{project['version']}\g<2>", (root / name).read_text(encoding="utf-8"), count=1)
        for name, pattern in _VERSIONS.items()
    }
    publication = book(root)
    found["CITATION.cff"] = _published(found["CITATION.cff"], publication)
    found["data/datapackage.json"] = _packaged(found["data/datapackage.json"], publication)
    cited = yaml.safe_load(found["CITATION.cff"])
    said = {"codemeta.json": _codemeta(project, publication), ".zenodo.json": _zenodo(project, publication, cited)}
    found["codecheck.yml"] = codecheck.configuration(publication)
    return {**found, **{name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in said.items()}}


def _codemeta(project: dict[str, Any], publication: Publication) -> dict[str, Any]:
    described = {
        "@context": "https://doi.org/10.5063/schema/codemeta-2.0",
        "@type": "SoftwareSourceCode",
        "name": project["name"],
        "description": publication.abstract,
        "version": project["version"],
        "license": f"https://spdx.org/licenses/{project['license']}",
        "author": [_schema(author) for author in publication.authors],
        "keywords": list(publication.keywords),
        "datePublished": publication.date,
        "programmingLanguage": {"@type": "ComputerLanguage", "name": "Python"},
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": project["dependencies"],
        "developmentStatus": "active",
        "codeRepository": publication.repository,
        "url": publication.address,
        "identifier": _doi(publication),
    }
    return {key: said for key, said in described.items() if said}


def _zenodo(project: dict[str, Any], publication: Publication, cited: dict[str, Any]) -> dict[str, Any]:
    links = {"isSupplementTo": publication.repository, "isIdenticalTo": publication.address}
    links["isVersionOf"] = publication.doi
    related = [{"identifier": said, "relation": relation} for relation, said in links.items() if said]
    works = [(work, work.get("doi") or work.get("isbn") or work.get("url")) for work in cited.get("references", [])]
    related += [{"identifier": name, "relation": "isDerivedFrom"} for _, name in works if name]
    described = {
        "title": publication.title,
        "description": publication.abstract,
        "upload_type": "software",
        "access_right": "open",
        "creators": [
            {key: said for key, said in {"name": author.name, "orcid": author.orcid}.items() if said}
            for author in publication.authors
        ],
        "version": project["version"],
        "publication_date": publication.date,
        "license": project["license"],
        "language": "eng",
        "keywords": list(publication.keywords),
        "related_identifiers": related,
        "references": [_printed(work) for work, name in works if not name],
    }
    return {key: said for key, said in described.items() if said}


def _printed(work: dict[str, Any]) -> str:
    names = [one.get("name") or f"{one['family-names']}, {one.get('given-names', '')}" for one in work["authors"]]
    return f"{'; '.join(names)} ({work.get('year', 'n.d.')}). {work['title']}"


def _schema(author: Author) -> dict[str, str]:
    """Return an author in the words of schema.org."""
    if not author.person:
        return {"@type": author.kind, "name": author.name}
    said = {"familyName": author.family, "givenName": author.given}
    said["@id"] = author.orcid and f"https://orcid.org/{author.orcid}"
    return {"@type": author.kind, **{key: one for key, one in said.items() if one}}


def _published(cff: str, publication: Publication) -> str:
    """Let CITATION.cff say where the book is, before its licence; the rest stays as its author wrote it."""
    said = {"repository-code": publication.repository, "url": publication.address, "doi": publication.doi}
    kept = re.sub(rf"(?m)^(?:{'|'.join(said)}): .*\n", "", cff)
    lines = "".join(f"{key}: {one}\n" for key, one in said.items() if one)
    return re.sub(r"(?m)^(?=license: )", lines, kept, count=1)


def _packaged(package: str, publication: Publication) -> str:
    """Let the data package say where the book is."""
    described = json.loads(package)
    for key, said in (
        ("homepage", publication.address),
        ("repository", publication.repository),
        ("id", _doi(publication)),
    ):
        described.pop(key, None)
        if said:
            described[key] = said
    resources = described.pop("resources")
    return json.dumps({**described, "resources": resources}, ensure_ascii=False, indent=1) + "\n"


def _doi(publication: Publication) -> str:
    return f"https://doi.org/{publication.doi}" if publication.doi else ""


if __name__ == "__main__":
    for name, content in files().items():
        (ROOT / name).write_text(content, encoding="utf-8")
