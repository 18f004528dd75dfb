"""Tables spoilt at random, in bytes, cells, rows and headers, and what may come of it.

The rule: a spoilt table is read as the sound one is, or refused with the file and the row; or what was read otherwise
was told; or it is what now stands in the file, to the letter, in the cell that was changed. Never anything else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

import pandas as pd
from hypothesis import strategies as st

from gumlib.data.grid import tidy

Rows: TypeAlias = list[list[str]]
Draw: TypeAlias = Callable[[st.SearchStrategy], object]
CELLS = [
    *("", " ", "1,200", "1.200,5", "1 200", "１２", "\u22125", "1200²", "½", "Ⅳ", "c. 1985", "约1985年", "1e3", "0x1"),
    *("INF", "nan", "NA", "-", "99", "#REF!", "#¡VALOR!", "=1+1", "'5", "5*", "TRUE", "2024-05-01", "A3", "agree"),
    *(
        "Ã©tÃ©",
        "\ufffd",
        "a\x00b",
        "a\nb",
        'a "b" c',
        "a, b",
        "x" * 500,
        "<b>",
        "宁波",
        "\u200b3",
        "3\u00a0",
        "³",
        "+3",
    ),
]
"""What people and programs put into cells."""
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "cp1252", "mac-roman", "cp437"]
BYTES = [b'"', b",", b";", b"\t", b"\n", b"\r", b"\x00", b"\xff", b"\xe9", b"\x1a", b"'", b" ", b"\xef\xbb\xbf", b"\\"]
HEADINGS = ["value (number)", "notes", "", " ", "#REF!", "id", "Year", "L1", "名称", "x\ty"]


_ON_FORM = ("columns are separated by", "the text is in")
"""What is told of how a file is written excuses no change of what it says."""


class Spoilt(NamedTuple):
    """The bytes of a file, and in what it was spoilt."""

    content: bytes
    how: str


def written(rows: Rows, separator: str = ",", end: str = "\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return stream.getvalue()


def rows_of(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _in_bytes(content: bytes, draw: Draw) -> bytes:
    place = int(str(draw(st.integers(0, len(content)))))
    kind = draw(st.sampled_from(["cut", "lose", "put", "change"]))
    if kind == "cut":
        return content[:place]
    sign = draw(st.sampled_from(BYTES)) if kind != "lose" else b""
    assert isinstance(sign, bytes)
    return content[:place] + sign + content[place + (kind != "put") :]


def _in_cells(content: bytes, draw: Draw) -> bytes:
    rows = rows_of(content)
    row = int(str(draw(st.integers(1, len(rows) - 1))))
    rows[row][int(str(draw(st.integers(0, len(rows[row]) - 1))))] = str(draw(st.sampled_from(CELLS)))
    return written(rows).encode()


def _in_rows(content: bytes, draw: Draw) -> bytes:
    rows = rows_of(content)
    row = int(str(draw(st.integers(1, len(rows) - 1))))
    kind = draw(st.sampled_from(["short", "long", "twice", "empty", "header", "swap", "sum", "join"]))
    one = rows[row]
    new: dict[object, Rows] = {
        "short": [one[: int(str(draw(st.integers(1, len(one) - 1))))]],
        "long": [[*one, ""]],
        "twice": [one, one],
        "empty": [one, [""] * len(one)],
        "header": [one, rows[0]],
        "swap": [[*one[1::-1], *one[2:]]],
        "sum": [one, ["Total", *[""] * (len(one) - 1)]],
        "join": [[*one, *rows[row - 1]]],
    }
    rows[row : row + 1] = new[kind]
    return written(rows).encode()


def _in_header(content: bytes, draw: Draw) -> bytes:
    rows = rows_of(content)
    place = int(str(draw(st.integers(0, len(rows[0]) - 1))))
    kind = draw(st.sampled_from(["rename", "lose", "twice", "no header", "above", "turn", "capitals"]))
    if kind == "rename":
        rows[0][place] = str(draw(st.sampled_from(HEADINGS)))
    elif kind == "lose":
        rows = [row[:place] + row[place + 1 :] for row in rows]
    elif kind == "twice":
        rows = [[*row, row[place]] for row in rows]
    elif kind == "turn":
        rows = [row[::-1] for row in rows]
    elif kind == "capitals":
        rows[0][place] = f" {rows[0][place].upper()}"
    else:
        rows = rows[1:] if kind == "no header" else [["A title", *[""] * (len(rows[0]) - 1)], *rows]
    return written(rows).encode()


def _as_a_whole(content: bytes, draw: Draw) -> bytes:
    rows = rows_of(content)
    separator, end = str(draw(st.sampled_from([",", ";", "\t", "|"]))), str(draw(st.sampled_from(["\n", "\r\n", "\r"])))
    text = written(rows, separator, end, int(str(draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])))))
    return text.encode(str(draw(st.sampled_from(ENCODINGS))), "replace")


KINDS = {"bytes": _in_bytes, "cells": _in_cells, "rows": _in_rows, "header": _in_header, "whole": _as_a_whole}


def spoil(content: bytes, draw: Draw) -> Spoilt:
    """Spoil the content of a file in one way."""
    how = str(draw(st.sampled_from(list(KINDS))))
    return Spoilt(KINDS[how](content, draw), how)


def silent(sound: pd.DataFrame, read: pd.DataFrame, spoilt: Spoilt, told: Iterable[tuple[object, ...]]) -> list[str]:
    """Return what of a table was changed without a word.

    Parameters
    ----------
    sound, read : tables of texts, as read from the sound file and from the spoilt one
    told : row, column and words of each fault on the file
    """
    told = [fault for fault in told if not any(words in str(fault[-1]) for words in _ON_FORM)]
    if spoilt.how == "whole" and not read.reset_index(drop=True).equals(sound.reset_index(drop=True)):
        return ["another encoding, separator, line end or manner of quoting changed the table"]
    if len(read) != len(sound):
        cut = spoilt.how == "bytes" and len(read) < len(sound)  # cut between two rows, a shorter table is a sound one
        return [] if told or cut else [f"{len(read)} rows for {len(sound)}"]
    literal = {tidy(cell) for row in _plainly(spoilt.content) for cell in row}
    known = [name for name in sound if name in read]
    differ = sound[known].to_numpy() != read[known].to_numpy()
    changed = [(row, known[column]) for row, column in zip(*differ.nonzero(), strict=True)]
    lost = [name for name in sound if name not in read and not told]
    if len({row for row, _ in changed}) > 1 and not told:
        return [f"rows {sorted({row for row, _ in changed})} changed"]
    quiet = [(row, name) for row, name in changed if not told and tidy(read[name].iloc[row]) not in literal]
    return [
        *lost,
        *(f"{name} in row {row}: {sound[name].iloc[row]!r} is {read[name].iloc[row]!r}" for row, name in quiet),
    ]


def _plainly(content: bytes) -> Rows:
    """Return the cells as a plain reader sees them."""
    text = content.decode("utf-8", "replace")
    separator = max(",;\t|", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=separator))
