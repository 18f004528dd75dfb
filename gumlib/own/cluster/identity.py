"""Which cluster a folder is about: cluster.csv, and the code in the columns `cluster`."""

import re
from collections import Counter
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from gumlib import gvc
from gumlib.data.faults import Fault
from gumlib.data.grid import tidy
from gumlib.data.package import read
from gumlib.data.spreadsheet import Sheet, open_sheet, table_file
from gumlib.gvc.comparators import INDUSTRIES
from gumlib.own.cluster import cells
from gumlib.own.cluster.case import is_china

_SUCH = ", ".join(f"{code} ({words})" for code, words in INDUSTRIES.items())
IDENTITY_FIELDS = {
    "name": "short code, small letters and hyphens, as in the columns cluster",
    "title_en": "name for readers, place and product",
    "title_zh": "the same in Chinese, may be empty",
    "industry": f"industry in the World Input-Output Tables, such as {_SUCH}, may be empty",
    "longitude": "in degrees east, may be empty",
    "latitude": "in degrees north, may be empty",
    "author": "who gathered and coded, for the citation, may be empty",
    "country": "such as China, whose series of industry and pressure serve its own clusters only, may be empty",
}
_FREE = ("title_en", "title_zh", "author")
"""Keys whose values are shown as they stand."""
_CODE = r"[^\s;,]+"
_DEGREES = {"longitude": 180.0, "latitude": 90.0}
_FILE = "cluster.csv"


def identity(
    base: Path, frames: dict[str, pd.DataFrame], encoding: str | None = None
) -> tuple[dict[str, str], str, list[Fault]]:
    """Return what cluster.csv says, the code of the cluster, and the faults of both.

    Without cluster.csv and without a column `cluster`, the folder's name is the code.
    """
    file = table_file(base, _FILE)
    about, faults = _read(file, encoding) if file.exists() else ({}, [])
    codes = Counter(code for frame in frames.values() if "cluster" in frame for code in frame["cluster"] if code)
    given = about.get("name", "")
    name = _name(given, codes) or as_code(base.resolve().name)
    if re.fullmatch(_CODE, given) and given != name:
        said = f"the name is {about['name']!r}, the columns cluster say {name!r}; {name} is taken"
        faults.append(Fault(_FILE, None, "value", said, "write the same code in both", "warning"))
    for table, frame in frames.items():
        if "cluster" in frame and any(frame["cluster"]):
            faults += _others(table, frame["cluster"], name)
    return about, name, faults


def as_code(text: str) -> str:
    """Return a name as a code: small letters, with hyphens for blanks, commas and semicolons.

    Examples
    --------
    >>> as_code("My Socks 2")
    'my-socks-2'
    """
    return re.sub(r"[\s;,]+", "-", text.strip()).lower()


def several_clusters(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """Say that a folder holds more than one cluster: those that stand in every table with a column `cluster`.

    Examples
    --------
    >>> both = pd.DataFrame({"cluster": ["a", "b"]})
    >>> several_clusters({"ledger.csv": both, "scores_a.csv": both})[0].fault
    '2 clusters are in this folder: a, b'
    """
    columns = [set(map(as_code, frame["cluster"])) - {""} for frame in frames.values() if "cluster" in frame]
    filled = [codes for codes in columns if codes]
    shared = sorted(set.intersection(*filled)) if len(filled) > 1 else []
    said = f"{len(shared)} clusters are in this folder: {', '.join(shared)}"
    return [Fault("ledger.csv", None, "cluster", said, "make a folder for each")] if len(shared) > 1 else []


def _name(given: str, codes: Counter[str]) -> str:
    """Return the code that cluster.csv and the tables agree on, else that of most rows, made a code if it is none."""
    sound = [code for code, _ in codes.most_common() if re.fullmatch(_CODE, code)]
    if given and (given in codes or not sound):
        return given if re.fullmatch(_CODE, given) else as_code(given)
    return sound[0] if sound else as_code(next(iter(codes), ""))


def _others(file: str, codes: pd.Series, name: str) -> list[Fault]:
    """Name the rows of other clusters, in one fault if the whole column says the same."""
    wrong = codes[codes != name]
    if len(wrong) == len(codes) > 1 and len(set(wrong)) == 1:
        said = f"{wrong.iloc[0]!r}, in every row, is not the code of this folder's cluster, {name!r}"
        return [Fault(file, None, "cluster", said, f"write {name} in every row")]
    return [_other(file, int(str(number)), code, name) for number, code in wrong.items()]


def _other(file: str, number: int, code: str, name: str) -> Fault:
    if not code:
        return Fault(file, number, "cluster", "the cell is empty, others are not", f"write {name}")
    said = f"{code!r} is not the cluster of this folder, {name!r}"
    return Fault(file, number, "cluster", said, f"write {name}, or move the row to a folder of its own")


def _read(file: Path, encoding: str | None) -> tuple[dict[str, str], list[Fault]]:
    sheet, faults = open_sheet(file, ("key", "value"), ("key", "value"), encoding=encoding)
    if sheet is None:
        return {}, faults
    about: dict[str, str] = {}
    for number, key, value in zip(sheet.numbers, sheet.column("key"), sheet.column("value"), strict=True):
        code = tidy(key).casefold()
        text, said = cells.normalise({"name": code, "type": "string", "free": code in _FREE}, value)
        text = text.strip()
        if code not in IDENTITY_FIELDS:
            near = get_close_matches(code, IDENTITY_FIELDS, n=1, cutoff=0.7)
            hint = f"did you mean {near[0]}?" if near else f"keys: {', '.join(IDENTITY_FIELDS)}"
            severity = "error" if near else "warning"
            faults.append(Fault(file.name, number, "key", f"the key {key!r} is not used", hint, severity))
        elif code in about:
            faults.append(Fault(file.name, number, "key", f"{code} stands twice", "keep one of the rows"))
        elif text:
            about[code] = text
            if said:
                faults.append(Fault(file.name, number, "value", *said, "warning"))
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
        names = read("wiod-industries").set_index("code")["name_en"]
        listed = ", ".join(f"{one} ({names[one]})" if one in names else one for one in known)
        said = f"{text!r} is no industry of the tables", f"leave it empty or write one of {listed}"
    if code == "name" and not re.fullmatch(_CODE, text):
        said = f"the name {text!r} holds a blank, a comma or a semicolon", f"write {as_code(text)}"
    if code == "country" and re.search(r"\bchina\b|中[国國华]", text.casefold()) and not is_china(text):
        unread = f"{text!r} is not read as China, so that no series measured for China is used"
        return [Fault(sheet.file, number, "value", unread, "if the cluster lies there, write China", "warning")]
    return [Fault(sheet.file, number, "value", *said)] if said else []
