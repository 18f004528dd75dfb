"""The research object: sources, data and built book in one RO-Crate 1.1, which says of each card what made it.

It follows the profile Process Run Crate: an action a figure or table, with the code as its instrument, the data as
its objects, the files of the card as its results. No action has a date, so that the crate is the same whenever it is
made.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from book.elsewhere import copy_tracked
from book.packing import below, pack
from book.paths import HTML
from book.publication import LICENCE, Publication, book
from gumlib import data

NAME = "ro-crate-metadata.json"
MIT = "https://spdx.org/licenses/MIT"
_RUN = "https://w3id.org/ro/wfrun/process/0.5"
_OWN_TERMS = {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}
"""What entities say beyond the words of RO-Crate 1.1; each such word needs an address."""
_FORMS = {"fig": {"svg": "image/svg+xml", "csv": "text/csv"}, "tab": {"csv": "text/csv"}}
"""The results of each kind of card."""

Entity = dict[str, Any]


def describe(records: list[dict[str, Any]], publication: Publication) -> dict[str, Any]:
    """Return the metadata of the crate: `records` are the cards' own, as they lie in the built book."""
    files = {entity["@id"]: entity for record in records for entity in _files(record, publication)}
    actions = [_action(record) for record in records]
    described = _root(publication, [*files, "data/datapackage.json"], [action["@id"] for action in actions])
    package = {"@id": "data/datapackage.json", "@type": "File", "name": "Every data file: fields, sources, licence"}
    package |= {"encodingFormat": "application/json"}
    return {
        "@context": ["https://w3id.org/ro/crate/1.1/context", _OWN_TERMS],
        "@graph": [*described, package, *files.values(), *actions],
    }


def _root(publication: Publication, parts: list[str], actions: list[str]) -> list[Entity]:
    about = {
        "@id": "./",
        "@type": "Dataset",
        "name": publication.title,
        "description": publication.abstract,
        "datePublished": publication.date,
        "version": publication.version,
        "keywords": ", ".join(publication.keywords),
        "license": {"@id": LICENCE},
        "author": {"@id": "#authors"},
        "publisher": {"@id": "#authors"},
        "conformsTo": {"@id": _RUN},
        "hasPart": _to(parts),
        "mentions": _to(actions),
    }
    if publication.doi:
        about["identifier"] = f"https://doi.org/{publication.doi}"
    described = {"@id": NAME, "@type": "CreativeWork", "about": {"@id": "./"}}
    return [
        {**described, "conformsTo": [{"@id": "https://w3id.org/ro/crate/1.1"}, {"@id": _RUN}]},
        about,
        {"@id": _RUN, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": LICENCE, "@type": "CreativeWork", "name": "Creative Commons Attribution 4.0"},
        {"@id": MIT, "@type": "CreativeWork", "name": "MIT licence"},
        {"@id": "#authors", "@type": "Organization", "name": publication.author, **_url(publication.repository)},
        {"@id": "#python", "@type": "ComputerLanguage", "name": "Python"},
    ]


def _action(record: dict[str, Any]) -> Entity:
    verb, how = ("Draw", "Calls") if _kind(record) == "fig" else ("Make", "Runs")
    how = "Takes" if record["function"].startswith("prose of ") else how
    seed = "" if record["seed"] is None else f", seed {record['seed']}"
    read = {"object": _to([_input(name) for name in record["sources"]])} if record["sources"] else {}
    return {
        "@id": f"#{verb.lower()}-{record['id']}",
        "@type": "CreateAction",
        "name": f"{verb} {record['id']}",
        "description": f"{how} {record['function']}{seed}",
        "agent": {"@id": "#authors"},
        "instrument": {"@id": _instrument(record)},
        "result": _to([f"html/figures/{record['id']}.{form}" for form in _FORMS[_kind(record)]]),
        **read,
    }


def _to(names: list[str]) -> Any:
    """Return a reference, or a list of several."""
    found = [{"@id": name} for name in names]
    return found if len(found) > 1 else found[0]


def _url(address: str) -> Entity:
    return {"url": address} if address else {}


def _files(record: dict[str, Any], publication: Publication) -> Iterator[Entity]:
    """Yield what an action needs and makes, as entities of the crate."""
    code = {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": {"@id": "#python"}}
    code |= {"version": record["version"], **_written(record)}
    repository = publication.repository
    where = _url(repository and f"{repository}/blob/v{publication.version}/{_instrument(record)}")
    yield {"@id": _instrument(record), **code, **where}
    for name, sha256 in record["sources"].items():
        of = _resources()[name]
        read = {"@id": _input(name), "@type": "File", "name": of["title"], "description": of["description"]}
        yield {**read, "encodingFormat": of["mediatype"], "contentSize": str(of["bytes"]), "sha256": sha256}
    for form, kind in _FORMS[_kind(record)].items():
        made = {"@id": f"html/figures/{record['id']}.{form}", "@type": "File", "name": record["title"]}
        yield {**made, "description": record["caption"], "encodingFormat": kind, "license": {"@id": LICENCE}}


def _kind(record: dict[str, Any]) -> str:
    return str(record["id"][:3])


def _instrument(record: dict[str, Any]) -> str:
    """Return the file that makes a card: of a figure a module, of a table the page whose cell shows it."""
    if _kind(record) == "tab":
        return f"chapters/{_page(record)}.md"
    return record["function"].rpartition(".")[0].replace(".", "/") + ".py"


def _page(record: dict[str, Any]) -> str:
    """Return the page whose cell shows a table."""
    return str(record["function"].rpartition(" of ")[2])


def _written(record: dict[str, Any]) -> Entity:
    """Return name, form and licence of the file that makes a card."""
    if _kind(record) == "tab":
        return {"name": f"Page {_page(record)}", "encodingFormat": "text/markdown", "license": {"@id": LICENCE}}
    module = record["function"].rpartition(".")[0]
    return {"name": module, "encodingFormat": "text/x-python", "license": {"@id": MIT}}


def _input(name: str) -> str:
    return f"data/{_resources()[name]['path']}"


@cache
def _resources() -> dict[str, dict[str, Any]]:
    """Return what the data package says of each file, by name."""
    package = json.loads((data.folder() / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def records(html: Path = HTML) -> list[dict[str, Any]]:
    """Return what a built book says of each of its figures and tables, sorted."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted((html / "figures").glob("*.json"))]


def write(target: Path, html: Path = HTML) -> None:
    """Pack sources, data, built book and metadata into a zip."""
    metadata = json.dumps(describe(records(html), book()), ensure_ascii=False, indent=1)
    with tempfile.TemporaryDirectory() as scratch:
        copy_tracked(Path(scratch))
        built = {f"html/{name}": file for name, file in below(html).items()}
        pack(target, {**below(Path(scratch)), **built, NAME: f"{metadata}\n".encode()})
