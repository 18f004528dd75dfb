"""The registry of data files: where each one is, its sha256, its licence, its contents.

`data/datapackage.json` (Frictionless Data Package) is the only list. Every file is checked
against its sha256 before it is read, so that a changed byte can never pass for the evidence.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from gumlib.errors import GumError, one_of

_KINDS = {"integer": "Int64", "number": "float64", "string": "str"}


def folder() -> Path:
    """Return the folder of the data package: inside an installed gumlib, else beside it."""
    installed = Path(__file__).parents[1] / "_data"
    return installed if installed.exists() else Path(__file__).parents[2] / "data"


def remedy() -> str:
    """Return what to do when a file of the data package is not as it was: in an installed gumlib, or in the book."""
    if folder().is_relative_to(Path(__file__).parents[1]):
        return "install gumlib anew"
    return "restore the file with git or, if the change is meant, run `python data/refresh.py`"


@cache
def _resources() -> dict[str, dict[str, Any]]:
    package = json.loads((folder() / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def registry() -> pd.DataFrame:
    """List every data file: path, title, sha256, bytes, licence, source.

    Returns
    -------
    Frame indexed by name, sorted; `bytes` in bytes, `licence` as SPDX id or in words.
    """
    rows = {
        name: {
            "path": resource["path"],
            "title": resource["title"],
            "sha256": resource["hash"].removeprefix("sha256:"),
            "bytes": resource["bytes"],
            "licence": "; ".join(licence["name"] for licence in resource["licenses"]),
            "source": "; ".join(source["title"] for source in resource["sources"]),
        }
        for name, resource in _resources().items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("name").sort_index()


@cache
def path(name: str) -> Path:
    """Return the path of a data file after checking its bytes against the registry.

    Parameters
    ----------
    name : a name from `registry`

    Raises
    ------
    GumError : the name is unknown, the file is missing, or its sha256 differs
    """
    resources = _resources()
    resource = resources[one_of(name, tuple(sorted(resources)), "data", "name")]
    file: Path = folder() / resource["path"]
    if not file.exists():
        raise GumError(f"expected the file {file}, got none; {remedy()}", "data", name)
    found = "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest()
    if found != resource["hash"]:
        raise GumError(
            f"{resource['path']} has changed: expected {resource['hash']}, got {found}; {remedy()}", "data", name
        )
    return file


def read(name: str) -> pd.DataFrame:
    """Read a table of the registry with the types its schema states; blanks become missing.

    Raises
    ------
    GumError : the resource is not a table, or its bytes are not those of the registry
    """
    file = path(name)
    resource = _resources()[name]
    if "schema" not in resource:
        raise GumError(f"expected a table, got {resource['path']}; use data.path", "data", name)
    kinds = {field["name"]: _KINDS[field["type"]] for field in resource["schema"]["fields"]}
    return pd.read_csv(file, encoding="utf-8", dtype=kinds, keep_default_na=False, na_values=[""])


def features(name: str) -> list[dict[str, Any]]:
    """Read the features of a GeoJSON file: longitude and latitude in degrees."""
    collection: dict[str, list[dict[str, Any]]] = json.loads(path(name).read_text(encoding="utf-8"))
    return collection["features"]


def forget() -> None:
    """Forget what was read of the registry, so that changed files are seen."""
    _resources.cache_clear()
    path.cache_clear()
