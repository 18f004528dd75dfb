"""Faults in words: as a frame, as lines, and summed up where many are alike."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from gumlib.errors import GumError

SAVE = "in the spreadsheet choose File, Save as, CSV UTF-8 (comma delimited)"

FILES = ("ledger.csv", "sources.csv", "scores_a.csv", "scores_b.csv", "scores.csv", "cluster.csv", "context.csv")
"""The files of a folder, in the order of messages."""
_SHOWN = 3
"""Faults of one kind that are listed one by one."""
_LISTED = 6
"""Rows, and wordings, that one warning on a whole column lists."""


class Fault(NamedTuple):
    """One thing wrong: where, what, how to mend it, and whether it blocks."""

    file: str
    row: int | None
    column: str | None
    fault: str
    remedy: str
    severity: str = "error"


_COLUMNS = list(Fault._fields)


def one_warning(file: str, column: str, told: Sequence[tuple[int, str]], remedy: str, common: str = "") -> list[Fault]:
    """Return one warning on a column for all the cells told of, each with its rows; none if none is told of.

    Parameters
    ----------
    told : row and words, for each cell
    common : words that hold for all of them

    Examples
    --------
    >>> one_warning("a.csv", "year", [(3, "1890"), (7, "1890"), (5, "2077")], "correct it", "far off")[0].fault
    '1890 (rows 3 and 7), 2077 (row 5): far off'
    """
    if not told:
        return []
    ending = f": {common}" if common else ""
    if len(told) == 1:
        return [Fault(file, told[0][0], column, told[0][1] + ending, remedy, "warning")]
    places: dict[str, list[int]] = {}
    for row, said in told:
        places.setdefault(said, []).append(row)
    groups = [f"{said} ({_rows(rows)})" for said, rows in places.items()]
    more = f" and {len(groups) - _LISTED} others" if len(groups) > _LISTED + 1 else ""
    shown = groups[:_LISTED] if more else groups
    return [Fault(file, None, column, ", ".join(shown) + more + ending, remedy, "warning")]


def _rows(rows: Sequence[int]) -> str:
    """Return row numbers in words, the first ones only if there are many."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    last = f"{len(rows) - _LISTED} more" if len(rows) > _LISTED + 1 else str(rows[-1])
    shown = rows[:_LISTED] if len(rows) > _LISTED + 1 else rows[:-1]
    return f"rows {', '.join(map(str, shown))} and {last}"


def as_found(found: list[Fault]) -> pd.DataFrame:
    """Return faults as a frame, each once, in the order in which they were found."""
    return pd.DataFrame(list(dict.fromkeys(found)), columns=_COLUMNS).astype({"row": "Int64"})


def as_frame(found: list[Fault]) -> pd.DataFrame:
    """Return faults as a frame, errors first, each file in its order."""
    frame = as_found(found)
    order = frame["file"].map({name: n for n, name in enumerate(FILES)}).fillna(len(FILES))
    keys = ["severity", "order", "file", "row"]
    frame = frame.assign(order=order).sort_values(keys, kind="stable", na_position="first")
    return frame.drop(columns="order").reset_index(drop=True)


def refuse(found: list[Fault], where: str, step: str) -> None:
    """Raise a `GumError` that lists all errors among the faults, if there is one."""
    wrong = as_frame([fault for fault in found if fault.severity == "error"])
    if len(wrong):
        told = [line(fault) for fault in wrong.astype(object).itertuples(index=False)]
        raise GumError("\n".join([f"{len(told)} fault(s) in {where}", *told]), step, Path(where).name)


def line(fault: Sequence[Any]) -> str:
    """Return a fault as one line of text.

    Examples
    --------
    >>> line(Fault("ledger.csv", 2, "year", "'x' is no year", "write one"))
    "ledger.csv, row 2, column year: 'x' is no year; write one"
    """
    file, row, column, said, remedy, _ = fault
    place = [file] + ([f"row {row}"] if _known(row) else []) + ([f"column {whole(column)}"] if _known(column) else [])
    return f"{', '.join(place)}: {said}; {remedy}"


def whole(heading: object) -> str:
    r"""Return a heading in one clause: where it holds signs of sentences, the blanks behind them break no line.

    Examples
    --------
    >>> whole("Tell us: how many, and when?")
    'Tell us:\xa0how many,\xa0and when?'
    """
    return re.sub(r"(?<=[,;:.?!])\s|\n", "\u00a0", str(heading))


def _known(value: Any) -> bool:
    return value is not None and not pd.isna(value)


def fault_counts(found: pd.DataFrame) -> str:
    """Return counts of errors and warnings in words."""
    counts = Counter(found["severity"])
    told = []
    for severity in ("error", "warning"):
        number = counts[severity]
        told.append(f"{number or 'no'} {severity}{'' if number == 1 else 's'}")
    return ", ".join(told)


def lines(found: pd.DataFrame, every: bool = False) -> list[str]:
    """Return faults as lines; of many that are alike only the first ones, and how many more."""
    told: list[str] = []
    rows = list(found.astype(object).itertuples(index=False, name=None))
    kinds: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    for row in rows:
        kinds.setdefault((row[0], str(row[2]), *row[4:]), []).append(row)
    for group in kinds.values():
        shown = group if every or len(group) <= _SHOWN + 1 else group[:_SHOWN]
        told += [f"{str(row[5]).capitalize()}: {line(row)}" for row in shown]
        if len(shown) < len(group):
            told.append(f"  and {len(group) - len(shown)} more like it; --all lists them")
    return told
