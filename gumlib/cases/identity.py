"""Which cluster a folder is about: cluster.csv, and the code in the columns `cluster`."""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from gumlib import gvc
from gumlib.cases.messages import Fault
from gumlib.cases.spreadsheet import Sheet, open_sheet, tidy

KEYS = {
    "name": "short code, small letters and hyphens, as in the columns cluster",
    "title_en": "name for readers, place and product",
    "title_zh": "the same in Chinese, may be empty",
    "industry": "industry in the World Input-Output Tables, such as c4 for textiles and clothing, may be empty",
    "longitude": "in degrees east, may be empty",
    "latitude": "in degrees north, may be empty",
    "author": "who gathered and coded, for the citation, may be empty",
}
_DEGREES = {"longitude": 180.0, "latitude": 90.0}
_FILE = "cluster.csv"


def identity(base: Path, frames: dict[str, pd.DataFrame]) -> tuple[dict[str, str], str, list[Fault]]:
    """Return what cluster.csv says, the code of the cluster, and the faults of both.

    Without cluster.csv and without a column `cluster`, the folder's name is the code.

    Examples
    --------
    >>> identity(Path("my-cluster"), {})
    ({}, 'my-cluster', [])
    """
    about, faults = _read(base / _FILE) if (base / _FILE).exists() else ({}, [])
    codes = Counter(code for frame in frames.values() if "cluster" in frame for code in frame["cluster"] if code)
    common = codes.most_common(1)[0][0] if codes else None
    name = about.get("name") if about.get("name") in codes or not codes else common
    name = name or re.sub(r"[\s;,]+", "-", base.resolve().name)
    if about.get("name", name) != name:
        said = f"the name is {about['name']!r}, the columns cluster say {name!r}; {name} is taken"
        faults.append(Fault(_FILE, None, "value", said, "write the same code in both", "warning"))
    for file, frame in frames.items():
        if "cluster" in frame and any(frame["cluster"]):
            faults += [
                _other(file, int(number), code, name) for number, code in frame["cluster"].items() if code != name
            ]
    return about, name, faults


def _other(file: str, number: int, code: str, name: str) -> Fault:
    if not code:
        return Fault(file, number, "cluster", "the cell is empty, others are not", f"write {name}")
    said = f"{code!r} is not the cluster of this folder, {name!r}"
    return Fault(file, number, "cluster", said, f"write {name}, or move the row to a folder of its own")


def _read(file: Path) -> tuple[dict[str, str], list[Fault]]:
    sheet, faults = open_sheet(file, ("key", "value"), ("key", "value"))
    if sheet is None:
        return {}, faults
    about: dict[str, str] = {}
    for number, key, value in zip(sheet.numbers, sheet.column("key"), sheet.column("value"), strict=True):
        code, text = tidy(key).casefold(), tidy(value)
        if code not in KEYS:
            near = get_close_matches(code, KEYS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"keys: {', '.join(KEYS)}"
            faults.append(
                Fault(file.name, number, "key", f"the key {key!r} is not used", hint, "error" if near else "warning")
            )
        elif code in about:
            faults.append(Fault(file.name, number, "key", f"{code} stands twice", "keep one of the rows"))
        elif text:
            about[code] = text
            faults += _value(sheet, number, code, text)
    alone = [key for key in _DEGREES if (key in about) != all(other in about for other in _DEGREES)]
    for key in alone:
        other = next(one for one in _DEGREES if one != key)
        faults.append(Fault(file.name, None, "value", f"{key} is given and {other} is not", "give both or none"))
    return about, faults


def _value(sheet: Sheet, number: int, code: str, text: str) -> list[Fault]:
    said: tuple[str, str] | None = None
    if code in _DEGREES:
        plain = re.fullmatch(r"[+-]?\d+(\.\d+)?", text)
        if not plain:
            said = f"{text!r} is no {code} in degrees", "write degrees with a point, such as 120.58, without N or E"
        elif abs(float(text)) > _DEGREES[code]:
            said = f"{code} {text} lies outside -{_DEGREES[code]:g} to {_DEGREES[code]:g}", "correct it"
    if code == "industry" and text not in (known := sorted(gvc.read_indicators()["industry"].unique())):
        said = f"{text!r} is no industry of the tables", f"leave it empty or write one of {', '.join(known)}"
    if code == "name" and re.search(r"[\s;,]", text):
        plainer = re.sub(r"\W+", "-", text).lower()
        said = f"the name {text!r} holds a blank, a comma or a semicolon", f"write {plainer}"
    return [Fault(sheet.file, number, "value", *said)] if said else []
