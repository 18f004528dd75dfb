"""Lists of ids in a cell: how they are parted, spans of them, and what may be meant by one that stands nowhere."""

import re
import unicodedata

from gumlib.data.faults import Fault
from gumlib.data.grid import tidy
from gumlib.own.cluster.cells import MISSING_WORDS
from gumlib.own.cluster.years import Said

LISTS = {"evidence_ids": ";", "conflict_with": " "}
"""Columns that list ids, with the sign that parts them; others are understood too."""
_SIGNS = {";": "semicolons", " ": "blanks"}
_TO = r"[-–—~至到:：…]|\.{2,3}|(?i:to|bis)"
"""What stands between the first and the last id of a span."""
_AND = r"[&+和及与]|(?i:and|und|et|y)"
"""What stands between two ids, with blanks around it, in place of a sign."""


def id_list(sign: str, raw: str) -> tuple[str, Said | None]:
    """Return ids parted by the sign of their column, and what to tell if others part them."""
    if (nothing := tidy(raw)) and (nothing.casefold() in MISSING_WORDS or nothing == "无"):
        return "", (f"{raw!r} is read as an empty cell", "leave the cell empty")
    spans = re.sub(rf"\s+({_TO})\s+", r"\1", tidy(raw))
    parts = [part for part in re.split(rf"\s+(?:{_AND})\s+|[;,、；，\s]+", spans) if part]
    once = list(dict.fromkeys(parts))
    if once != parts:
        return sign.join(once), (f"{raw!r} names an id twice; read once", "delete one of the two")
    if parts == [part for part in map(str.strip, tidy(raw).split(sign)) if part]:
        return sign.join(parts), None
    return sign.join(parts), (
        f"ids parted by other signs, read as parted by {_SIGNS[sign]}",
        f"part ids by {_SIGNS[sign]}",
    )


def unlisted(file: str, number: int, name: str, value: str, ids: list[str]) -> Fault:
    """Say what may be meant by ids that stand in no row of the ledger."""
    sign = LISTS[name]
    unknown = [part for part in value.split(sign) if part not in ids]
    held = {part: _span(part, ids) or _inside(part, ids) for part in unknown}
    if any(held.values()):
        meant = [one for part in value.split(sign) for one in held.get(part) or [part]]
        cure = f"name each fact, parted by {_SIGNS[sign]}: {sign.join(meant)}"
        return Fault(file, number, name, f"{', '.join(unknown)} holds ids that cannot be told apart", cure)
    written = {_plain(text) for text in (*unknown[:1], "".join(unknown))}
    same = [one for one in ids if _plain(one) in written]
    said = f"{', '.join(unknown)} stands in no row of ledger.csv"
    return Fault(file, number, name, said, instead(same, "the id", "add the fact to ledger.csv"))


def _inside(text: str, ids: list[str]) -> list[str]:
    """Return the ids that stand in a text, if there are several, parted by other signs or by words."""
    found = [one for one in re.split(r"[\W_]+|(?<=\d)(?:和|及|与)", text) if one in ids]
    return found if len(found) > 1 else []


def _span(text: str, ids: list[str]) -> list[str]:
    """Return all ids of a span, whose last one may be shortened, in the order of the ledger; of PI001/3 the two ends.

    Examples
    --------
    >>> known = ["PI001", "PI002", "PI003"]
    >>> _span("PI001-PI003", known), _span("PI001..3", known), _span("PI001/3", known), _span("PI001", known)
    (['PI001', 'PI002', 'PI003'], ['PI001', 'PI002', 'PI003'], ['PI001', 'PI003'], [])
    """
    found = re.fullmatch(rf"(\D*)(\d+)\s*({_TO}|/)\s*(?:\1)?(\d+)", text)
    if not found:
        return []
    stem, first, between, end = found.groups()
    last = first[: max(0, len(first) - len(end))] + end
    if stem + first not in ids or stem + last not in ids:
        return []
    if between == "/":
        return [stem + first, stem + last]
    numbers = {one: int(one.removeprefix(stem)) for one in ids if re.fullmatch(rf"{re.escape(stem)}\d+", one)}
    return [one for one, number in numbers.items() if int(first) <= number <= int(last)]


def instead(meant: list[str], what: str, else_: str) -> str:
    """Ask about what may be meant; where that is nothing, say what to do."""
    return f"did you mean {meant[0]}? If not, {else_}" if meant else f"correct {what}, or {else_}"


def _plain(key: str) -> str:
    """Return an id without what people mix up: capitals, leading noughts, hyphens, quotation marks."""
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", key).casefold())
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)
