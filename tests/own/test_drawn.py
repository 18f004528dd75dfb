"""What the check lets through, the report draws: sound folders spoilt in many ways at once."""

from __future__ import annotations

import csv
import shutil
import tempfile
import warnings
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumlib.cases.fitting import unfitted
from gumlib.data.messages import Words
from gumlib.errors import GumError
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.own.cluster import advice, folder, html, modelled, report, template
from gumlib.terms import VARIABLES

Rows: TypeAlias = list[list[str]]
Tables: TypeAlias = dict[str, Rows]
Change: TypeAlias = Callable[[Tables, "Pick"], None]
S, B, L, Q, C = "scores_a.csv", "scores_b.csv", "ledger.csv", "sources.csv", "cluster.csv"
NUMBERS = ["INF", "-inf", "nan", "1e400", "1e299", "-1e299", "1_000", "0", "-3", "1e-300", "１２", "½", ".5", "5"]
YEARS = ["1500", "1685", "1799", "1800", "2099", "c. 1985", "约1985年", "1990-1990", "1600-2050", "1995-1990", "", "0"]
WORDS = ["", " ", "<b>&", "$x {y} \\", "宁波 服装", "'=1", "a" * 300, "%", "#1", "None", "nan", "a;b", "_", "€ per m2"]


class Pick:
    """Choices drawn one after the other, so that a failing example shrinks to few of them."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data

    def one(self, options: list[str] | range) -> object:
        """Draw one of some options."""
        return self.data.draw(st.sampled_from(options))

    def row(self, rows: Rows) -> int:
        """Draw a row below the header."""
        return self.data.draw(st.integers(1, max(1, len(rows) - 1)))


def present(tables: Tables, *names: str) -> list[str]:
    return [name for name in names if len(tables.get(name, [])) > 1]


def cell(columns: str, values: list[str], *names: str) -> Change:
    """Write a value into a column of one row, or of all."""

    def change(tables: Tables, pick: Pick) -> None:
        if not (there := present(tables, *names)):
            return
        rows = tables[str(pick.one(there))]
        known = [column for column in columns.split() if column in rows[0]]
        if known:
            at, value = rows[0].index(str(pick.one(known))), str(pick.one(values))
            for row in rows[1:] if pick.data.draw(st.booleans()) else [rows[min(pick.row(rows), len(rows) - 1)]]:
                row[at] = value

    return change


def coder(tables: Tables, pick: Pick) -> None:
    """A column `coder`: one of any name, two in one file, or a blank among them."""
    if not (there := present(tables, S, B)):
        return
    rows = tables[str(pick.one(there))]
    if rows[0][0] != "coder":
        name = str(pick.one(["a", "b", "li", "Wang Wei", "王", "", "x-1"]))
        body = [[name, *row] for row in rows[1:]]
        both = [["zhou", *row] for row in rows[1:]] if pick.data.draw(st.booleans()) else []
        rows[:] = [["coder", *rows[0]], *body, *both]
        if pick.data.draw(st.booleans()):
            rows[min(pick.row(rows), len(rows) - 1)][0] = ""


def fewer(tables: Tables, pick: Pick) -> None:
    """One cell, one year, one variable, or a year or a variable less."""
    at = str(pick.one(["year", "variable", "cell"]))
    keep = pick.data.draw(st.booleans())
    for name in present(tables, S, B):
        head, *rows = tables[name]
        if at == "cell":
            tables[name] = [head, rows[0]]
        else:
            place = head.index(at)
            value = rows[0][place] if at == "year" else str(pick.one(list(VARIABLES)))
            tables[name] = [head, *(row for row in rows if (row[place] == value) == keep)]


def constant(tables: Tables, pick: Pick) -> None:
    """The same score, or none, everywhere in a pass."""
    score = str(pick.one(["0", "3", "5", ""]))
    for name in present(tables, S, B)[: 1 + pick.data.draw(st.booleans())]:
        place = tables[name][0].index("score")
        for row in tables[name][1:]:
            row[place] = score


def annual(tables: Tables, pick: Pick) -> None:
    """Other years: one apart, far apart, before 1800 or at the end of what is taken."""
    first, step = int(str(pick.one(["1700", "1800", "1990", "2090"]))), int(str(pick.one(["1", "2", "40"])))
    for name in present(tables, S, B):
        place = tables[name][0].index("year")
        years = {year: n for n, year in enumerate(sorted({row[place] for row in tables[name][1:]}))}
        for row in tables[name][1:]:
            row[place] = str(first + step * years[row[place]])


def gone(tables: Tables, pick: Pick) -> None:
    tables.pop(str(pick.one([Q, C, B, S])), None)


def columns(tables: Tables, pick: Pick) -> None:
    """A column more, or one less of those that may be missing."""
    if not (there := present(tables, S, B, L, Q)):
        return
    rows = tables[str(pick.one(there))]
    if pick.data.draw(st.booleans()):
        for n, row in enumerate(rows):
            row.append("my notes" if n == 0 else str(pick.one(["", "x"])))
    else:
        place = pick.data.draw(st.integers(0, len(rows[0]) - 1))
        for row in rows:
            del row[place]


def third(tables: Tables, pick: Pick) -> None:
    if present(tables, S):
        tables[f"scores_{pick.one(['c', 'li', '2'])}.csv"] = [[*row] for row in tables[S]]


def outside(tables: Tables, pick: Pick) -> None:
    """Pressure of the reader's own: numbers of any kind, years twice, and no row at all."""
    rows = [[str(pick.one(YEARS)), str(pick.one(NUMBERS))] for _ in range(pick.data.draw(st.integers(0, 3)))]
    tables["context.csv"] = [["year", "pressure"], *rows]


CHANGES: list[Change] = [
    *(coder, fewer, constant, annual, gone, columns, third, outside),
    cell("value", NUMBERS, L),
    cell("year", YEARS, L),
    cell("year", [*YEARS, "1992", "1993"], S, B),
    cell("score", ["0", "5", "", "INF", "3.0", "2.5", "²"], S, B),
    cell("statement indicator unit source_key conflict_with", [*WORDS, "PI001", "PI002 PI003"], L),
    cell("factor", ["O", "Z", "L"], L),
    cell("title author_or_publisher year url kind note", [*WORDS, "2010", "https://a.org/<x>"], Q),
    cell("confidence evidence_ids rationale", [*WORDS, "high", "PI001"], S, B),
    cell("value", [*WORDS, "12.5", "-200", "0", "China", "wenzhou"], C),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template.write(tmp_path_factory.mktemp("sound") / "pipes", example=True)


def tables_of(base: Path) -> Tables:
    return {
        file.name: list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        for file in sorted(base.glob("*.csv"))
        if file.name != "codebook.csv"
    }


def written(base: Path, tables: Tables) -> Path:
    base.mkdir()
    for name, rows in tables.items():
        with (base / name).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return base


def holds(base: Path) -> bool:
    """Hold a folder to the rule: errors with a file and words, or a page; whether there was one."""
    found = folder.faults(base)
    wrong = found[found["severity"] == "error"]
    if len(wrong):
        assert wrong[["file", "fault", "remedy"]].map(bool).all(axis=None)
        with pytest.raises(GumError, match="no page was made"):
            report.html(base)
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        text = report.html(base)
    assert "</html>" in text
    assert "Traceback" not in text
    return True


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw every figure, but with few runs of the model, and as coordinates, not as a file."""

    def drawn(figure: Figure, say: Words) -> str:
        with style.house():
            figure.draw(figure.data).draw_without_rendering()
        return escape(say(figure.alt))

    monkeypatch.setattr(html, "svg", drawn)
    monkeypatch.setattr(modelled, "forward", lambda case: unfitted.forward(case, count=8))
    monkeypatch.setattr(advice, "_DRAWS", 2)


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
@settings(max_examples=40)
@given(data=st.data())
def test_what_the_check_lets_through_the_report_draws(sound: Path, data: st.DataObject) -> None:
    tables, pick = tables_of(sound), Pick(data)
    for change in data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4)):
        change(tables, pick)
    place = Path(tempfile.mkdtemp())
    try:
        holds(written(place / "pipes", tables))
    finally:
        shutil.rmtree(place)
