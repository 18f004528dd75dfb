"""Outputs compared by meaning: words exactly, numbers to a tolerance that their kind states.

    python -m book.compare    compare the last run of every chapter with the stored notebooks

Another processor adds in another order, so that the same result may differ in its last bits. A result may
therefore move by a millionth of itself, and a drawing by half a pixel. Words, order, counts, names, colours
and the shape of a path may not move at all.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

RESULT = 1e-6
"""Largest difference of two results, as a share of the larger."""
PIXEL = 0.5
"""Largest difference of two coordinates of a drawing, in pixels; 4/3 of them are a point."""
NOUGHT = 1e-12
"""Below this, two results are both nought: what cancels leaves no digits to compare."""

DRAWING, PICTURE = "image/svg+xml", "image/png"
"""What is compared of a figure, and the same in pixels, which `book.readable` adds."""
RECORD, NAMED = "application/papermill.record/text/plain", "text/plain"
"""A value handed to the prose, which no editor can show, and the same in words, which `book.readable` adds."""
ADDED = "gum"
"""Key in the metadata of an output that `book.readable` adds: no run leaves it."""

_NUMBER = re.compile(r"(?<![\w#.])[-+\u2212]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?![\w.]*[A-Za-z_])")
_COORDINATE = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
_DRAWN = re.compile(
    r'(?<=\s)(?:d|x|y|width|height|viewBox|points|x1|x2|y1|y2|cx|cy|r)="[^"]*"|(?<=[\s"])translate\([^)]*\)'
)
"""Where coordinates stand; of a transform only what moves, since a scale or an angle is no number of pixels."""


_SLACK = ContextVar("slack", default=1.0)


@contextmanager
def exactly() -> Iterator[None]:
    """Within this block two numbers that differ at all are told, however little."""
    before = _SLACK.set(0.0)
    try:
        yield
    finally:
        _SLACK.reset(before)


@dataclass(frozen=True)
class Difference:
    """What parts two outputs: where, what was stored, what came, and how far apart (missing for words).

    `unit` is nothing for a share of a result, and pixels for a coordinate.
    """

    place: str
    stored: str
    found: str
    size: float | None = None
    unit: str = ""

    def __str__(self) -> str:
        far = "" if self.size is None else f" ({self.size:.2g}{self.unit} apart)"
        return f"{self.place}: stored {self.stored!r}, found {self.found!r}{far}"


def texts(stored: str, found: str, place: str = "text") -> Iterator[Difference]:
    """Compare two texts: words exactly, numbers to a millionth.

    Examples
    --------
    >>> list(texts("gain 0.50000001 of C13", "gain 0.5 of C13"))
    []
    >>> print(*texts("gain 0.51 of C13", "gain 0.5 of C13"))
    text: stored '0.51', found '0.5' (0.02 apart)
    >>> print(*texts("gain of C13", "gain of C14"))
    text: stored 'gain of C13', found 'gain of C14'
    """
    return _aligned(_NUMBER, _relative, RESULT, place, stored, found)


def drawings(stored: str, found: str, place: str = "drawing") -> Iterator[Difference]:
    """Compare two SVG drawings: coordinates to half a pixel, all else as texts.

    Examples
    --------
    >>> list(drawings('<path d="M 1.00 2"/>', '<path d="M 1.01 2"/>'))
    []
    >>> print(*drawings('<path d="M 1 2"/>', '<path d="M 1 4"/>'))
    drawing: stored '2', found '4' (2.7 pixels apart)
    >>> len(list(drawings('<path d="M 1 2"/>', '<path d="L 1 2"/>')))
    1
    """
    pixels = partial(_aligned, _COORDINATE, _absolute, PIXEL, place)
    ours, theirs = _DRAWN.findall(stored), _DRAWN.findall(found)
    for one, other in zip(ours, theirs, strict=False):
        yield from pixels(one, other)
    yield from texts(_DRAWN.sub("@", stored), _DRAWN.sub("@", found), place)


def _relative(one: float, other: float) -> float:
    if max(abs(one), abs(other)) < NOUGHT:
        return 0.0
    return abs(one - other) / max(abs(one), abs(other))


def _absolute(one: float, other: float) -> float:
    return abs(one - other) * 4 / 3


def _aligned(
    number: re.Pattern[str], distance: Any, most: float, place: str, stored: str, found: str
) -> Iterator[Difference]:
    """Compare texts in which numbers stand: first what stands between them, then number by number; counts exactly."""
    if stored == found:
        return
    if number.sub("@", stored) != number.sub("@", found):
        yield Difference(place, *_where(number.sub("@", stored), number.sub("@", found), stored, found))
        return
    for one, other in zip(number.findall(stored), number.findall(found), strict=True):
        size = distance(_value(one), _value(other))
        if one != other and not size <= (most * _SLACK.get() if {*one, *other} & {*".eE"} else 0):
            yield Difference(place, one, other, size, " pixels" if distance is _absolute else "")


def _value(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def _where(plain: str, other: str, stored: str, found: str, width: int = 60) -> tuple[str, str]:
    """Cut two differing texts down to where they part: whole if they are short."""
    if max(len(stored), len(found)) <= 2 * width:
        return stored, found
    start = next((n for n, pair in enumerate(zip_longest(plain, other)) if pair[0] != pair[1]), 0)
    begin = max(0, start - width // 2)
    return plain[begin : begin + width], other[begin : begin + width]


def bundles(stored: Mapping[str, Any], found: Mapping[str, Any], place: str) -> Iterator[Difference]:
    """Compare two bundles of MIME types; a picture in pixels is left to the drawing beside it."""
    if stored.keys() != found.keys():
        yield Difference(place, " ".join(sorted(stored)), " ".join(sorted(found)))
        return
    for kind in sorted(stored):
        if not kind.startswith("image/") or kind == DRAWING:
            compare = drawings if kind == DRAWING else texts
            yield from compare(_text(stored[kind]), _text(found[kind]), f"{place}, {kind}")


def _text(value: object) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def outputs(
    stored: Sequence[NotebookNode], found: Sequence[NotebookNode], place: str = "output"
) -> Iterator[Difference]:
    """Compare all outputs of two runs of one cell: as many, of the same kinds, in the same order."""
    ours, theirs = _joined(as_run(stored)), _joined(as_run(found))
    if [_kind(output) for output in ours] != [_kind(output) for output in theirs]:
        yield Difference(place, " ".join(map(_kind, ours)) or "none", " ".join(map(_kind, theirs)) or "none")
        return
    for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
        name = f"{place} {number}"
        if one["output_type"] == "stream":
            yield from texts(_text(one["text"]), _text(other["text"]), name)
        elif one["output_type"] == "error":
            yield from texts(f"{one['ename']}: {one['evalue']}", f"{other['ename']}: {other['evalue']}", name)
        else:
            yield from texts(*(json.dumps(output.get("metadata", {}), sort_keys=True) for output in (one, other)), name)
            yield from bundles(one["data"], other["data"], name)


def as_run(stored: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Return the outputs that a run left, without the pictures and captions that were added for readers."""
    return [_as_drawn(output) for output in stored if ADDED not in output.get("metadata", {})]


def _as_drawn(output: NotebookNode) -> NotebookNode:
    kinds = output.get("data", {})
    added = PICTURE if DRAWING in kinds else NAMED if RECORD in kinds else None
    if added is None:
        return output
    parts = [(part, output[part].items()) for part in ("data", "metadata")]
    return NotebookNode(
        output | {part: NotebookNode((key, one) for key, one in said if key != added) for part, said in parts}
    )


def _kind(output: NotebookNode) -> str:
    return ":".join(filter(None, (output["output_type"], output.get("name", ""))))


def _joined(parts: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Join what was written to one stream in several goes: where it is cut depends on the moment."""
    whole: list[NotebookNode] = []
    for part in parts:
        if whole and part["output_type"] == "stream" and _kind(whole[-1]) == _kind(part):
            whole[-1] = NotebookNode(whole[-1] | {"text": _text(whole[-1]["text"]) + _text(part["text"])})
        else:
            whole.append(part)
    return whole


def notebooks(stored: NotebookNode, found: NotebookNode) -> dict[int, list[Difference]]:
    """Return the differences of two runs of one chapter, by the number of the code cell."""
    ours, theirs = ([cell for cell in book.cells if cell.cell_type == "code"] for book in (stored, found))
    if [cell.source for cell in ours] != [cell.source for cell in theirs]:
        return {0: [Difference("code", "other cells", "than the chapter has: run `make notebooks`")]}
    pairs = enumerate(zip(ours, theirs, strict=True), 1)
    told = {number: list(outputs(one.outputs, other.outputs)) for number, (one, other) in pairs}
    return {number: differences for number, differences in told.items() if differences}


def report() -> list[str]:
    """Compare the last run of every chapter with its stored notebook; return a line a difference."""
    from book.execution import executable, executed
    from book.notebooks import twin

    lines = []
    for page in executable():
        try:
            differing = notebooks(nbformat.read(twin(page), as_version=4), executed(page))
        except KeyError:
            return [f"{page.stem} has not been run with the code and data at hand: run `make book`"]
        lines += [f"{page.stem}, cell {cell}, {one}" for cell, found in differing.items() for one in found]
    return lines


if __name__ == "__main__":
    lines = report()
    print("\n".join(lines) if lines else f"every output as stored, in {Path.cwd().name}")
    sys.exit(1 if lines else 0)
