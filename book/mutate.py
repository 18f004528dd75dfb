"""Plant single faults, drawn by seed, and see which of them the checks catch.

    python -m book.mutate --count 100 --seed 1

Five kinds in equal parts: a cell of a data table (its checksum renewed), a constant or an operator of gumlib, a key in
the prose of a page (the notebooks renewed), a number, a count or a word in a stored notebook, a key or a claim in the
Chinese of a page. A fault is caught by the first check that ends otherwise than well: the tests nearest to the place,
the pages that reach it, run anew and compared, and then the other tests that reach it. A check that ends so without
the fault too has caught nothing, and is named at the end. A stale fingerprint of a stored table catches nothing, since
a change that is meant makes one too: a fault that leaves no other trace is counted apart. Prints the share caught,
with an interval, and every survivor.
"""

from __future__ import annotations

import argparse
import ast
import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from math import isclose
from pathlib import Path
from queue import Queue
from threading import Lock
from typing import Any

from scipy.stats import binomtest

from book import digest
from book.affected import reaching
from book.compare import as_run
from book.elsewhere import copy_tracked
from book.paths import ROOT

PATIENCE = 240
"""Seconds that one check may take; a fault that makes it hang is caught."""
_TOGETHER = 8
"""Test files that one process runs, nearest first: to start it takes as long as most of them."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py\S*?(?:\[.*?\])?)(?: - .*)?$", re.MULTILINE)
_FAR = 1e-5
"""Relative difference that no comparison of results lets pass."""
_OPERATORS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "+": "-", "-": "+", "*": "/", "/": "*"}
_RESULT = re.compile(r"(?<![\w.#-])\d+\.\d+(?![\w.])")
_COUNT = re.compile(r"(?<![\w.,#&\"'=-])\d{1,6}(?![\w.,\"'%;-])")
_WORD = re.compile(r"(?<![\w<&/#.\"'=:-])[a-z]{4,}(?![\w=\"'>:;/-])")
"""A word that stands in a text, and not in the tags around it."""
_CHINESE = re.compile(r"(?<=\{glue:text\}`)[^`:]+|(?<=\{claim\}`)C\d+")
_STALE = "tests/data/test_results.py::test_no_stored_table_is_stale"
_BLOCKS = "tests/book/test_chinese.py::test_a_page_is_rendered_block_by_block"
"""The others of that file look at the built book."""
_OF_BUILT = re.compile(r"^from book\.paths import .*\bHTML\b", re.MULTILINE)
"""Of a test file that looks at the built book, which a copy has not."""
STALE = "only a stale fingerprint"
_GLUE = re.compile(r"(?<=\{glue:text\}`)[^`:]+")


@dataclass(frozen=True)
class Fault:
    """One change of one file, and what reaches the place: names of test files and of pages."""

    kind: str
    file: str
    line: int
    old: str
    new: str
    text: str
    place: tuple[str, str] = ("", "")

    def __str__(self) -> str:
        return f"{self.kind:8}{self.file}:{self.line}: {self.old!r} becomes {self.new!r}"


def _changed(kind: str, file: Path, text: str, span: tuple[int, int], new: str, place: tuple[str, str]) -> Fault:
    start, end = span
    line = text.count("\n", 0, start) + 1
    whole = text[:start] + new + text[end:]
    return Fault(kind, file.relative_to(ROOT).as_posix(), line, text[start:end], new, whole, place)


def in_data(rng: random.Random) -> Fault:
    """Change one cell of one table: a number by a tenth or by one, a word to another of its column."""
    resources = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    resource = rng.choice([one for one in resources if one["path"].endswith(".csv")])
    file = ROOT / "data" / resource["path"]
    text = file.read_text(encoding="utf-8")
    reader = csv.reader(io.StringIO(text, newline=""))
    rows, ends = map(list, zip(*((row, reader.line_num) for row in reader), strict=True))
    filled = [(n, m) for n, row in enumerate(rows) for m, cell in enumerate(row) if n and cell]
    row, column = rng.choice(filled)
    old = rows[row][column]
    others = sorted({other[column] for other in rows[1:] if other[column] != old})
    new = _another(old) or (rng.choice(others) if others else f"{old} x")
    rows[row][column] = new
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerow(rows[row])
    lines = text.splitlines(keepends=True)
    lines[ends[row - 1] : ends[row]] = [stream.getvalue()]  # the other rows stay as they are written
    name = file.relative_to(ROOT).as_posix()
    return Fault("data", name, row + 1, old, new, "".join(lines), ("", resource["name"]))


def _another(number: str) -> str:
    """Return another number of the same form, or nothing for a word."""
    if re.fullmatch(r"-?\d{1,15}", number):
        return str(int(number) + 1)
    return f"{float(number) * 1.1 or 0.1:.6g}" if re.fullmatch(r"-?\d*\.\d+(e-?\d+)?", number) else ""


def in_code(rng: random.Random) -> Fault:
    """Change one constant or one operator of gumlib; what only draws figures is left to the pages."""
    found: list[Fault] = []
    while not found:
        file = rng.choice(sorted((ROOT / "gumlib").rglob("*.py")))
        text = file.read_text(encoding="utf-8")
        found = list(_code_faults(file, text))
    return rng.choice(found)


def _code_faults(file: Path, text: str) -> Iterator[Fault]:
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    dotted = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def at(line: int, column: int) -> int:
        head = text[starts[line - 1] :].encode()[:column].decode()
        return starts[line - 1] + len(head)

    for statement in ast.parse(text).body:
        place = (dotted, getattr(statement, "name", "") or _target(statement))
        for node in ast.walk(statement):
            span = None
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                span = (at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset))
                new = _another(text[slice(*span)])
            elif isinstance(node, ast.BinOp | ast.Compare):
                left = node.left
                right = node.right if isinstance(node, ast.BinOp) else node.comparators[0]
                between = (at(left.end_lineno, left.end_col_offset), at(right.lineno, right.col_offset))
                sign = text[slice(*between)].strip()
                new = _OPERATORS.get(sign, "")
                begin = between[0] + text[slice(*between)].find(sign)
                span = (begin, begin + len(sign))
            if span and new:
                yield _changed("code", file, text, span, new, place)


def _target(statement: ast.stmt) -> str:
    targets = getattr(statement, "targets", [getattr(statement, "target", None)])
    return next((target.id for target in targets if isinstance(target, ast.Name)), "")


def in_prose(rng: random.Random) -> Fault:
    """Let one sentence of a page take the value of another key of the page."""
    while True:
        file = rng.choice(sorted((ROOT / "chapters").rglob("*.md")))
        text = file.read_text(encoding="utf-8")
        keys = list(_GLUE.finditer(text))
        if len({key[0] for key in keys}) > 1:
            key = rng.choice(keys)
            other = rng.choice(sorted({one[0] for one in keys} - {key[0]}))
            return _changed("prose", file, text, key.span(), other, ("", file.stem))


def in_chinese(rng: random.Random) -> Fault:
    """Let one sentence of the Chinese of a page take another key, or another claim, of the page."""
    while True:
        file = rng.choice(sorted((ROOT / "locale" / "zh").rglob("*.md")))
        text = file.read_text(encoding="utf-8")
        named = list(_CHINESE.finditer(text))
        if named:
            one = rng.choice(named)
            alike = {other[0] for other in named if _is_claim(other[0]) == _is_claim(one[0])} - {one[0]}
            if alike:
                return _changed("chinese", file, text, one.span(), rng.choice(sorted(alike)), ("", file.stem))


def _is_claim(name: str) -> bool:
    return bool(re.fullmatch(r"C\d+", name))


def in_stored(rng: random.Random) -> Fault:
    """Change one digit of one result, one count or one word in the outputs of a stored notebook."""
    while True:
        sought = rng.choice((_RESULT, _COUNT, _WORD))
        file = rng.choice(sorted((ROOT / "notebooks").rglob("*.ipynb")))
        notebook = json.loads(file.read_text(encoding="utf-8"))
        shown = [lines for cell in notebook["cells"] for lines in _shown(cell) if any(map(sought.search, lines))]
        if shown:
            lines = rng.choice(shown)
            row = rng.choice([n for n, line in enumerate(lines) if sought.search(line)])
            one = rng.choice(list(sought.finditer(lines[row])))
            new = _put_instead(one[0], sorted(set(_WORD.findall("".join(lines)))), rng)
            lines[row] = lines[row][: one.start()] + new + lines[row][one.end() :]
            text = json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
            return Fault("stored", file.relative_to(ROOT).as_posix(), row + 1, one[0], new, text, ("", file.stem))


def _put_instead(said: str, words: list[str], rng: random.Random) -> str:
    """Return another result, another count or another word of the same output."""
    if "." in said:
        return _misprinted(said, rng)
    return (
        str(int(said) + 1) if said.isdigit() else rng.choice([word for word in words if word != said] or [f"un{said}"])
    )


def _misprinted(number: str, rng: random.Random) -> str:
    """Change a digit behind the point, by more than two machines may differ."""
    places = range(number.index(".") + 1, len(number))
    others = [f"{number[:n]}{(int(number[n]) + 5) % 10}{number[n + 1 :]}" for n in places]
    far = [other for other in others if not isclose(float(other), float(number), rel_tol=_FAR)]
    return rng.choice(far or others)


def _shown(cell: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the lines of each text that a run of a cell left; its drawings are left out."""
    for output in as_run(cell.get("outputs", [])):
        bundles = {"text": output.get("text", []), **output.get("data", {})}
        yield from (lines for kind, lines in bundles.items() if "image" not in kind and isinstance(lines, list))


PLANTERS: dict[str, Callable[[random.Random], Fault]] = {
    "data": in_data,
    "code": in_code,
    "prose": in_prose,
    "stored": in_stored,
    "chinese": in_chinese,
}


def checks(fault: Fault) -> Iterator[list[str]]:
    """Yield the commands that may catch a fault, cheapest first."""
    pytest = ["-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--deselect", _STALE]
    if fault.kind == "stored":
        yield ["-m", "book.compare"]
    elif fault.kind == "prose":
        yield ["-m", "book.notebooks"]
        yield [*pytest, "tests/book/test_sentences.py"]
    elif fault.kind == "chinese":
        yield [*pytest, _BLOCKS]
    else:
        if fault.kind == "data":
            yield ["data/refresh.py"]
            yield [*pytest, "tests/data/test_data.py", "tests/data/test_validation.py"]
        tests, pages = reaching(fault.place)
        tests = [test for test in tests if not _OF_BUILT.search((ROOT / test).read_text(encoding="utf-8"))]
        files = [fault.file, *tests] if fault.kind == "code" else tests  # a module holds examples
        groups = [files[start : start + _TOGETHER] for start in range(0, len(files), _TOGETHER)]
        found = [[*pytest, "-m", "not slow and not browser", *group] for group in groups]
        yield from found[:1]
        if pages:
            yield ["-m", "book.elsewhere", "--here", *pages]
        yield from found[1:]


class Control:
    """A copy in which nothing is planted, to tell checks that catch from checks that fail anyway."""

    def __init__(self, copy: Path) -> None:
        self._copy, self._alone = copy, Lock()
        self.passed: dict[str, bool] = {}
        self.broken: list[str] = []

    def passes(self, command: list[str]) -> bool:
        """Tell whether a check passes without a fault; each is run once."""
        with self._alone:
            key = " ".join(command[1:])
            if key not in self.passed:
                self.passed[key] = not _failing(command, self._copy)
            return self.passed[key]


def caught(fault: Fault, copy: Path, control: Control) -> str:
    """Plant a fault in a copy, and take it out again; return the check that caught it, `STALE`, or nothing."""
    target = copy / fault.file
    before = {target: target.read_bytes()} | {file: file.read_bytes() for file in copy.glob("data/datapackage.json")}
    shelf = [copy / "notebooks", copy / "notebooks.kept"]
    shutil.copytree(*shelf, dirs_exist_ok=True)
    target.write_text(fault.text, encoding="utf-8", newline="")
    try:
        by = next(filter(None, (_catching(command, copy, control) for command in checks(fault))), "")
        stale = ["-m", "pytest", "-q", "-p", "no:cacheprovider", _STALE]
        trace = not by and fault.kind in ("data", "code") and _catching(stale, copy, control)
        return STALE if trace else by
    finally:
        for file, content in before.items():
            file.write_bytes(content)
        shutil.rmtree(shelf[0])
        shelf[1].rename(shelf[0])


def _catching(command: list[str], copy: Path, control: Control) -> str:
    """Return what of a check fails in a copy and does not without its fault, or nothing."""
    asked = _without(control, command)
    while failing := _failing(asked, copy):
        if control.passes(failing):
            return " ".join(dict.fromkeys((failing[1], failing[-1])))
        if failing == asked:
            break
        control.broken += ["--deselect", failing[-1]]
        asked = _without(control, command)
    return ""


def _without(control: Control, command: list[str]) -> list[str]:
    """Leave out of a check the tests that are known to fail without a fault."""
    return [*command, *control.broken] if "pytest" in command else command


def _failing(command: list[str], copy: Path) -> list[str]:
    """Run a check; return it, or the test of it that fails first, or nothing where all is well."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "OPENBLAS_NUM_THREADS": "1"}
    try:
        ended = subprocess.run([sys.executable, *command], cwd=copy, env=environment, capture_output=True,
                               text=True, timeout=PATIENCE, check=False)  # fmt: skip
    except subprocess.TimeoutExpired:
        return command
    if "--here" in command:
        sound = ended.stdout.strip() and not json.loads(ended.stdout.splitlines()[-1])["differing"]
        return [] if sound else command
    if ended.returncode in ((0, 5) if "pytest" in command else (0,)):
        return []
    first = _FAILED.search(ended.stdout) if "pytest" in command else None
    return [*command[: command.index("-q") + 1], "-p", "no:cacheprovider", first[1]] if first else command


def _copies(folder: Path, count: int) -> Queue[Path]:
    """Make copies that share nothing but hold the executed pages of the book at hand."""
    queue: Queue[Path] = Queue()
    for number in range(count):
        place = folder / f"copy{number}"
        copy_tracked(place)
        shutil.copytree(digest.cache(), place / "_build" / "cache" / digest.cache().name)
        queue.put(place)
    return queue


def main(count: int, seed: int, workers: int) -> int:
    """Plant the faults and print what came of each kind; return 1 if fewer than 95 % were caught."""
    kinds = list(PLANTERS)
    planned = [PLANTERS[kinds[n % len(kinds)]](random.Random(f"{seed} {n}")) for n in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        copies = _copies(Path(folder), workers + 1)
        control = Control(copies.get())

        def run(fault: Fault) -> tuple[Fault, str]:
            place = copies.get()
            try:
                return fault, caught(fault, place, control)
            finally:
                copies.put(place)

        results = []
        with ThreadPoolExecutor(workers) as pool:
            for done in as_completed([pool.submit(run, fault) for fault in planned]):
                fault, by = done.result()
                results.append((fault, by))
                outcome = f"caught by {by}" if _counts(by) else f"SURVIVED{by and f', {by}'}"
                print(f"{len(results):4} of {count}  {outcome}  {fault}", flush=True)
    for check in [check for check, passed in control.passed.items() if not passed]:
        print(f"fails without a fault, and counts for nothing: {check}")
    for kind in (*kinds, "all"):
        own = [by for fault, by in results if kind in (fault.kind, "all")]
        found, stale = sum(map(_counts, own)), own.count(STALE)
        low, high = binomtest(found, len(own)).proportion_ci(method="wilson")
        print(f"{kind:8}{found:4} of {len(own):4} caught, {low:.0%} to {high:.0%}; {stale} left {STALE}")
    return int(sum(_counts(by) for _, by in results) < 0.95 * count)


def _counts(by: str) -> bool:
    return by not in ("", STALE)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Plant single faults and see which the checks catch.")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    sys.exit(main(given.count, given.seed, given.workers))
