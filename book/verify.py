"""Does everything still hold? Check the data, rerun every page without a network, compare, build twice, and say so.

    python -m book.verify                    everything; half an hour
    python -m book.verify --quick            the data, and the last run of every page; a minute
    python -m book.verify --against FOLDER   compare with the notebooks of another run, not with the stored ones

Writes verify.json and index.html into _build/verify. Ends with 1 if anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from book import compare, offline, reproducible
from book.execution import executable, execute, last_run
from book.kernels import forks
from book.machine import lock, machine
from book.paths import BUILD, CHAPTERS, NOTEBOOKS
from book.publication import book
from gumlib import data
from gumlib.data import check

TARGET = BUILD / "verify"
_COLUMNS = {
    "page": "page",
    "run": "last run",
    "seconds": "seconds",
    "cells": "cells",
    "machine": "machine",
    "lock": "lock",
    "verdict": "verdict",
    "differing": "what differs",
}
_LOOK = """body { font: 1rem/1.5 sans-serif; max-width: 60rem; margin: auto; padding: 1rem }
td, th { text-align: left; vertical-align: top; padding: 0.2rem 0.6rem }"""
_BEGINS = 12
"""Digits of a fingerprint that the page shows; verify.json has all."""
_TOLD = 3
"""Differences of a page that the terminal tells; the files tell all."""
_ALONE = "yes, without a network"
_NOT_ALONE = "yes, but this system cannot take the network from a kernel"
_UNKNOWN = "not recorded"


@dataclass
class Page:
    """What came of one page: when, where and with which versions it was run, its code cells, and what differs."""

    page: str
    run: str
    seconds: float
    machine: str = _UNKNOWN
    lock: str = _UNKNOWN
    cells: int = 0
    differing: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """Return one word, or three."""
        return "holds" if self.cells and not self.differing else "does not hold"


def compared(page: Path, found: NotebookNode, against: Path, run: str, made: Mapping[str, Any]) -> Page:
    """Compare a run of a page with the notebook of it in a folder; `made` is what was recorded of the run."""
    seconds = round(made["execution_seconds"], 1)
    told = Page(_name(page), run, seconds, made.get("machine", _UNKNOWN), made.get("lock", _UNKNOWN))
    file = against / f"{told.page}.ipynb"
    if not file.exists():
        told.differing = [f"{against.name} holds no notebook of it"]
        return told
    stored = nbformat.read(file, as_version=4)
    told.cells = sum(cell.cell_type == "code" for cell in stored.cells)
    differing = compare.notebooks(stored, found)
    told.differing = [f"cell {cell}, {one}" for cell, several in differing.items() for one in several]
    return told


def last(against: Path) -> Iterator[Page]:
    """Compare the last run of every page, as the cache of the book at hand holds it."""
    for page in executable():
        try:
            found, record = last_run(page)
        except KeyError:
            yield Page(_name(page), "", 0.0, differing=["not run: `make book`"])
            continue
        yield compared(page, found, against, _said(record.created), record.data)


def rerun(against: Path, folder: Path) -> Iterator[Page]:
    """Run every page anew without a network, and compare."""
    shutil.rmtree(folder, ignore_errors=True)
    os.environ[offline.VARIABLE] = "1"
    for run in execute(executable(), folder / "pages"):
        made = {"execution_seconds": run.seconds, "machine": machine(), "lock": lock()}
        page = compared(run.page, run.notebook, against, _said(datetime.now(UTC)), made)
        page.differing = [run.fault] if run.fault else page.differing
        print(f"{page.page}: {page.verdict}, {page.seconds} s", flush=True)
        yield page


def _name(page: Path) -> str:
    return page.relative_to(CHAPTERS).with_suffix("").as_posix()


def _said(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def verify(against: Path, *, quick: bool, folder: Path = TARGET) -> dict[str, Any]:
    """Return all that was found; `sound` sums it up."""
    faults = [str(fault) for fault in check.check().itertuples(index=False)]
    pages = sorted(last(against) if quick else rerun(against, folder / "cache"), key=lambda page: page.page)
    files, differing = (0, []) if quick else reproducible.twice()
    return {
        "sound": not (faults or differing) and all(page.verdict == "holds" for page in pages),
        "version": book().version,
        "compared with": against.name,
        "rerun": "no, the last run" if quick else _ALONE if forks() else _NOT_ALONE,
        "machine": machine(),
        "lock": f"requirements/book.txt, sha256 {lock()}",
        "tolerances": {"share of a result": compare.RESULT, "pixels": compare.PIXEL, "nought below": compare.NOUGHT},
        "data": {"files": len(data.registry()), "faults": faults},
        "two builds": {"files": files, "differing": differing},
        "pages": [{**asdict(page), "verdict": page.verdict} for page in pages],
    }


def page_of(found: dict[str, Any]) -> str:
    """Return what was found as a page for people."""
    facts = {key: said for key, said in found.items() if key not in ("pages", "sound")}
    head = "".join(f"<dt>{key}</dt><dd>{escape(_plain(said))}</dd>" for key, said in facts.items())
    shown = [{**page, "lock": page["lock"][:_BEGINS]} for page in found["pages"]]
    cells = [[escape(_plain(page[name])) for name in _COLUMNS] for page in shown]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    titles = "".join(f"<th>{title}</th>" for title in _COLUMNS.values())
    verdict = "Everything holds" if found["sound"] else "Something differs"
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{verdict}</title><style>{_LOOK}</style>'
        f"<h1>{verdict}</h1><dl>{head}</dl><table><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table></html>\n"
    )


def _plain(said: Any) -> str:
    if isinstance(said, dict):
        return "; ".join(f"{key}: {_plain(one)}" for key, one in said.items())
    return "; ".join(map(str, said)) or "none" if isinstance(said, list) else str(said)


def main(arguments: list[str]) -> int:
    """Verify, write both files, and name what differs."""
    asked = argparse.ArgumentParser(prog="python -m book.verify")
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--against", type=Path, default=NOTEBOOKS)
    wanted = asked.parse_args(arguments)
    found = verify(wanted.against.resolve(), quick=wanted.quick)
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "verify.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (TARGET / "index.html").write_text(page_of(found), encoding="utf-8")
    for fault in found["data"]["faults"] + found["two builds"]["differing"]:
        print(fault)
    for page in found["pages"]:
        print("".join(f"{page['page']}: {one}\n" for one in page["differing"][:_TOLD]), end="")
    print(f"{'everything holds' if found['sound'] else 'something differs'}: {TARGET}/index.html")
    return 0 if found["sound"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
