"""The results that are stored with the data: what makes each, and which no longer come from the code as it is.

`datapackage.json` keeps, beside each stored table, the fingerprint of its maker: of all code it reaches, and of the
data that code reads. Versions of numpy and others are no part of it. Only ``data/results.py`` writes them, and only
after it has computed the table.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from book import makers
from gumlib import data
from gumlib.data import check
from gumlib.data.lineage.syntax import PACKAGE
from gumlib.errors import GumError, one_of

_NIL = 1e-9
"""Differences below it are the rounding of the machine."""


@dataclass(frozen=True)
class Result:
    """How a stored table is made and written.

    Parameters
    ----------
    function : dotted name of what computes the table
    digits : digits that are kept of each number; None where there are only words and whole numbers
    """

    function: str
    digits: int | None = None

    def make(self, **part: Any) -> pd.DataFrame:
        """Compute the table anew, or the same rows of the part of it that its maker is asked for."""
        return pd.DataFrame(pkgutil.resolve_name(self.function)(**part))


RESULTS = {
    "gvc-indicators": Result("gumlib.gvc.release.compute_indicators", 6),
    "gvc-condensed": Result("gumlib.gvc.release.compute_condensed"),
    "case-fits": Result("gumlib.cases.fitting.results._estimates", 4),
    "case-models": Result("gumlib.cases.fitting.results._compared", 4),
    "case-draws": Result("gumlib.cases.fitting.results._draws", 4),
    "case-left-out": Result("gumlib.cases.fitting.results._errors", 6),
    "case-power": Result("gumlib.cases.fitting.results._power", 4),
    "case-contests": Result("gumlib.cases.fitting.results._contests", 4),
    "case-bands": Result("gumlib.cases.fitting.results._bands", 4),
    "case-checks": Result("gumlib.cases.fitting.results._checks", 4),
    "case-counterfactuals": Result("gumlib.cases.fitting.results._counterfactuals", 4),
    "policy-portfolios": Result("gumlib.policy.results._portfolios", 6),
    "policy-rivals": Result("gumlib.policy.results._rivals", 6),
    "policy-synergy": Result("gumlib.policy.results._synergy", 6),
    "policy-orders": Result("gumlib.policy.results._orders", 6),
    "policy-delays": Result("gumlib.policy.results._delays", 6),
    "policy-failures": Result("gumlib.policy.results._failures", 6),
    "policy-levers": Result("gumlib.policy.results._levers", 6),
    "policy-mixes": Result("gumlib.policy.results._mixes", 6),
    "policy-advantages": Result("gumlib.policy.results._advantages", 6),
    "policy-counterfactuals": Result("gumlib.policy.results._counterfactuals", 6),
    "policy-effects": Result("gumlib.policy.results._effects", 6),
    "policy-adjusting": Result("gumlib.policy.results._adjusting", 6),
    "verdicts": Result("gumlib.claims.decide"),
    "verdict-numbers": Result("gumlib.claims.measure", 6),
}
"""By resource, in the order of making: none reads what comes after it."""


def maker(name: str, package: Path = PACKAGE) -> dict[str, str]:
    """Return the fingerprint of what makes a table now: sha256 of its code, and of the files it reads.

    Raises
    ------
    GumError : unknown table, or one whose maker reads what is made after it
    """
    order = list(RESULTS)
    function = RESULTS[one_of(name, tuple(order), "results", "name")].function
    read = makers.inputs(function, package)
    if later := set(read).intersection(order[order.index(name) :]):
        raise GumError(f"expected tables made before it, got {min(later)}; change the order", "results", name)
    hashes = data.registry().loc[read, "sha256"]
    inputs = hashlib.sha256("\n".join(f"{file} {sha256}" for file, sha256 in hashes.items()).encode()).hexdigest()
    return {"code": makers.fingerprint(function, package), "inputs": inputs}


def stale(names: Iterable[str] = tuple(RESULTS), package: Path = PACKAGE) -> dict[str, str]:
    """Return the stored tables that the code would not make so any more, each with what has changed."""
    described = json.loads((data.folder() / "datapackage.json").read_text(encoding="utf-8"))
    kept = {resource["name"]: resource.get("maker") for resource in described["resources"]}
    found = {}
    for name in names:
        now = maker(name, package)
        if kept[name] is None:
            found[name] = "not computed, but written otherwise"
        elif now != kept[name]:
            found[name] = " and ".join(f"other {part}" for part in now if now[part] != kept[name][part])
    return found


def verify(package: Path = PACKAGE) -> None:
    """Raise a `GumError` that names every stale table."""
    if found := stale(package=package):
        told = "; ".join(f"{name} ({why})" for name, why in found.items())
        said = f"expected stored tables made by the code as it is, got {len(found)} stale: {told}"
        raise GumError(f"{said}; run `python data/results.py` and read what changed", "data", "results")


def written(name: str, table: pd.DataFrame) -> bytes:
    r"""Return a table as it is stored: yes and no as 1 and 0, numbers to their digits.

    Examples
    --------
    >>> written("policy-adjusting", pd.DataFrame({"pressed": [True], "share": [1 / 3]}))
    b'pressed,share\n1,0.333333\n'
    """
    flags = {column: int for column in table if table[column].dtype == bool}
    digits = RESULTS[name].digits
    style = None if digits is None else f"%.{digits}g"
    text = table.astype(flags).to_csv(index=False, float_format=style, lineterminator="\n").encode()
    packed = data.registry().loc[name, "path"].endswith(".gz")
    return gzip.compress(text, compresslevel=9, mtime=0) if packed else text


def agrees(name: str, content: bytes) -> bool:
    """Return whether a table as it would be stored holds the stored words, and the numbers but for their last digit.

    Another machine may round the last digit otherwise; that is no reason to store the table again.
    """
    file, digits = data.path(name), RESULTS[name].digits
    if digits is None:
        return content == file.read_bytes()
    packing = "gzip" if file.suffix == ".gz" else None
    old, new = (pd.read_csv(io.BytesIO(text), compression=packing) for text in (file.read_bytes(), content))
    return len(differing(new, old, digits)) == 0


def differing(new: pd.DataFrame, old: pd.DataFrame, digits: int) -> pd.DataFrame:
    """Return the rows of a table that differ from the stored ones in more than the last digit, as they are now.

    Examples
    --------
    >>> one, two = (pd.DataFrame({"case": ["a", "b"], "gain": [0.123456, x]}) for x in (0.2, 0.3))
    >>> differing(two, one, 6)["case"].tolist()
    ['b']
    """
    if list(new) != list(old) or len(new) != len(old):
        return new
    same, last = np.ones(len(new), dtype=bool), 10.0 ** (1 - digits)
    for column in new:
        if new[column].dtype.kind in "fiub":
            one, two = (table[column].to_numpy(float) for table in (new, old))
            same &= np.isclose(one, two, rtol=last, atol=_NIL, equal_nan=True)
        else:
            same &= (new[column].fillna("") == old[column].fillna("")).to_numpy()
    return new[~same]


def register(folder: Path | None = None, makers: Mapping[str, Mapping[str, str]] | None = None) -> None:
    """Write size, sha256 and fingerprint of every file into `datapackage.json`, after a change that is meant.

    Parameters
    ----------
    folder : folder that holds `datapackage.json`; the shipped data by default
    makers : for files just computed, what `maker` says; a file changed otherwise has no maker

    Examples
    --------
    >>> before = (data.folder() / "datapackage.json").read_bytes()
    >>> register()
    >>> (data.folder() / "datapackage.json").read_bytes() == before
    True
    """
    base = data.folder() if folder is None else folder
    descriptor = base / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        content = (base / resource["path"]).read_bytes()
        known, resource["hash"] = resource.get("hash"), f"sha256:{hashlib.sha256(content).hexdigest()}"
        resource["bytes"] = len(content)
        if "schema" in resource:
            resource["fingerprint"] = check.fingerprint(
                list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
            )
        if known != resource["hash"]:
            resource.pop("maker", None)
        if makers and resource["name"] in makers:
            resource["maker"] = dict(makers[resource["name"]])
    descriptor.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    data.forget()
