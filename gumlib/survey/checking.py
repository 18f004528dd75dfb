"""Checks of an instrument: every fault with its file, row, column and remedy."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from gumlib.data.faults import Fault
from gumlib.data.spreadsheet import copies, open_sheet, table_file
from gumlib.survey.labels import falls
from gumlib.terms import VARIABLES

ITEMS = (
    *("item", "section", "variable", "construct", "source_key", "type", "choices", "reverse", "required"),
    *("text_en", "text_zh", "hint_en", "hint_zh"),
)
CHOICES = ("list", "code", "label_en", "label_zh")
TYPES = ("likert5", "integer", "select_one", "select_multiple", "text", "note")
LISTED = ("likert5", "integer", "select_one", "select_multiple")
_FEWEST = 3
"""Fewest scale items for a variable: with two, neither alpha nor a factor says much."""
RESERVED = ("respondent", "date")
PERSONAL_EN = re.compile(
    r"\b(names?|surname|phone|telephone|mobile|e-?mail|address|wechat|qq|passport|identity card|contact)\b", re.I
)
PERSONAL_ZH = re.compile(
    "姓名|名字|企业名称|公司名称|单位名称|电话|手机|邮箱|邮件|地址|住址|微信|QQ|身份证|护照|联系方式|联系人"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,19}")
_CODE = re.compile(r"[A-Za-z0-9]{1,5}")


def read_instrument(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """Read the two tables of a folder and list all faults.

    Returns
    -------
    The tables as texts, by file name, and the faults.
    """
    tables: dict[str, pd.DataFrame] = {}
    rows: dict[str, list[int]] = {}
    faults: list[Fault] = []
    for file, known in (("items.csv", ITEMS), ("choices.csv", CHOICES)):
        path = table_file(folder, file)
        if not path.is_file():
            remedy = f"add a table with the columns {', '.join(known)}"
            faults.append(Fault(file, None, None, "the file is missing", remedy))
            continue
        sheet, more = open_sheet(path, known, known)
        faults += [*more, *copies(path)]
        if sheet is not None:
            cells = {column: [cell.strip() for cell in sheet.column(column)] for column in known}
            tables[file], rows[file] = pd.DataFrame(cells, dtype="str"), sheet.numbers
    if len(tables) == 2:
        faults += _choice_faults(tables["choices.csv"], rows["choices.csv"])
        faults += _item_faults(tables["items.csv"], rows["items.csv"], tables["choices.csv"])
        faults += _order_faults(tables["items.csv"], rows["items.csv"])
        faults += _scale_faults(tables["items.csv"])
        faults += _falling(tables["items.csv"], tables["choices.csv"], rows["choices.csv"])
    return tables, faults


def personal(english: str, chinese: str) -> list[str]:
    """Return the words in a question that ask for a name or a contact.

    Examples
    --------
    >>> personal("What is your phone number?", "您的手机号码？")
    ['phone', '手机']
    """
    return [*PERSONAL_EN.findall(english), *PERSONAL_ZH.findall(chinese)]


def _choice_faults(choices: pd.DataFrame, rows: list[int]) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = set()
    for row, entry in zip(rows, choices.to_dict("records"), strict=True):
        key = (entry["list"], entry["code"])
        if key in seen:
            yield Fault("choices.csv", row, "code", f"{key[1]} stands twice in the list {key[0]}", "keep one of them")
        seen.add(key)
        for column in ("label_en", "label_zh"):
            same = (entry["list"], column, entry[column].casefold())
            if entry[column] and same in seen:
                problem = f"{entry[column]!r} stands twice in the list {key[0]}"
                yield Fault("choices.csv", row, column, problem, "word the two answers so that they can be told apart")
            seen.add(same)
        if entry["list"] != "instrument" and not (_CODE if entry["list"] != "sections" else _NAME).fullmatch(key[1]):
            problem = f"{key[1]!r} is no code that every survey tool takes"
            yield Fault("choices.csv", row, "code", problem, "write one to five letters or digits")
        yield from _untranslated("choices.csv", row, entry, "label")
    titles = int((choices["list"] == "instrument").sum())
    if titles != 1:
        problem = f"the list instrument has {titles} rows, not one"
        remedy = "add one row: instrument, the name, the title in both languages"
        yield Fault("choices.csv", None, "list", problem, remedy)


def _untranslated(file: str, row: int, entry: dict[str, Any], what: str) -> Iterator[Fault]:
    for code, language in (("en", "English"), ("zh", "Chinese")):
        if not entry[column := f"{what}_{code}"]:
            yield Fault(file, row, column, f"the {language} {what} is missing", f"write the {what} in {language}")


def _item_faults(items: pd.DataFrame, rows: list[int], choices: pd.DataFrame) -> Iterator[Fault]:
    codes: dict[str, list[str]] = {}
    for name, code in zip(choices["list"], choices["code"], strict=True):
        codes.setdefault(name, []).append(code)
    first: dict[str, int] = {}
    for row, entry in zip(rows, items.to_dict("records"), strict=True):
        name = entry["item"]
        for column, problem, remedy in [*_name(name, first), *_kind(entry, codes), *_flags(entry), *_asked(entry)]:
            yield Fault("items.csv", row, column, f"{name or 'an item'}: {problem}", remedy)
        first.setdefault(name.casefold(), row)
        yield from _untranslated("items.csv", row, entry, "text")
        if bool(entry["hint_en"]) != bool(entry["hint_zh"]):
            yield from _untranslated("items.csv", row, entry, "hint")
        if entry["section"] not in codes.get("sections", []):
            problem = f"{name}: the section {entry['section']!r} has no title"
            yield Fault("items.csv", row, "section", problem, "add it to the list sections of choices.csv")


def _name(name: str, first: dict[str, int]) -> Iterator[tuple[str, str, str]]:
    if not _NAME.fullmatch(name):
        yield "item", "no name that every survey tool takes", "write a letter, then letters or digits, 20 at most"
    if name.casefold() in RESERVED:
        yield "item", "the name is kept for the table of answers", "take another"
    if name.casefold() in first:
        yield "item", f"the item stands already in row {first[name.casefold()]}", "give each item a name of its own"


def _kind(entry: dict[str, str], codes: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    kind, chosen = entry["type"], entry["choices"]
    if entry["variable"] and entry["variable"] not in VARIABLES:
        yield "variable", f"unknown variable {entry['variable']!r}", f"write one of {' '.join(VARIABLES)} or nothing"
    if kind == "likert5" and not entry["variable"]:
        yield "variable", "a scale item measures no variable", f"write one of {' '.join(VARIABLES)}"
    if kind not in TYPES:
        yield "type", f"unknown type {kind!r}", f"write one of {', '.join(TYPES)}"
        return
    if kind not in LISTED:
        if chosen:
            yield "choices", f"a {kind} has no choices", "leave the cell empty"
        return
    if chosen not in codes:
        problem = f"the list {chosen!r} is not in choices.csv" if chosen else f"a {kind} needs a list of choices"
        yield "choices", problem, "name a list of choices.csv"
    elif kind == "likert5" and codes[chosen] != list("12345"):
        yield (
            "choices",
            f"the list {chosen} has the codes {' '.join(codes[chosen])}",
            "use a list with the codes 1 2 3 4 5",
        )
    elif kind == "integer" and not _bounds(codes[chosen]):
        yield "choices", f"the list {chosen} gives no bounds", "use a list of two whole numbers, the lower first"


def _bounds(codes: list[str]) -> bool:
    return len(codes) == 2 and all(code.isdecimal() for code in codes) and int(codes[0]) < int(codes[1])


def _flags(entry: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    for column in ("reverse", "required"):
        if entry[column] not in ("0", "1"):
            yield column, f"expected 0 or 1, got {entry[column]!r}", "write 0 or 1"
    if entry["reverse"] == "1" and entry["type"] != "likert5":
        yield "reverse", f"a {entry['type']} cannot be reversed", "write 0, or make it a likert5 item"
    if entry["required"] == "1" and entry["type"] == "note":
        yield "required", "a note cannot be required", "write 0"


def _asked(entry: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    if entry["type"] == "note":
        return
    words = personal(f"{entry['text_en']} {entry['hint_en']}", entry["text_zh"] + entry["hint_zh"])
    if words:
        problem = f"it seems to ask for a name or a contact ({', '.join(words)})"
        yield (
            "text_en",
            problem,
            "leave it out, or reword it; keep contacts on a sheet of their own, away from the answers",
        )


def _order_faults(items: pd.DataFrame, rows: list[int]) -> Iterator[Fault]:
    done: list[str] = []
    for row, section in zip(rows, items["section"], strict=True):
        if done and section != done[-1] and section in done:
            problem = f"the section {section} begins a second time"
            yield Fault("items.csv", row, "section", problem, "keep the items of a section together")
        done.append(section)


def _scale_faults(items: pd.DataFrame) -> Iterator[Fault]:
    counts = Counter(items.loc[items["type"] == "likert5", "variable"])
    for variable in VARIABLES:
        if 0 < counts[variable] < _FEWEST:
            problem = f"{variable} has {counts[variable]} scale item(s)"
            yield Fault("items.csv", None, "variable", problem, f"give it {_FEWEST} or more, or none")


def _falling(items: pd.DataFrame, choices: pd.DataFrame, rows: list[int]) -> Iterator[Fault]:
    """Name scales that begin with agreement; left as they are where most of their items are turned, as if for it."""
    scale = items[items["type"] == "likert5"]
    for name, part in choices.assign(row=rows).groupby("list", sort=False):
        turned = scale.loc[scale["choices"] == name, "reverse"] == "1"
        for column in ("label_en", "label_zh") if len(turned) and 2 * turned.sum() <= len(turned) else ():
            first, last = part[column].iloc[0], part[column].iloc[-1]
            if falls(first, last):
                problem = f"the list {name} falls from {first!r} to {last!r}, and a higher code must mean more"
                cure = (
                    "give the strongest agreement the code 5 and the weakest 1; answers that were given already, "
                    "export as labels, for their codes mean the contrary"
                )
                yield Fault("choices.csv", int(part["row"].iloc[0]), column, problem, cure)
