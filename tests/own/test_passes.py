"""Coding passes compared: those of a folder of one's own, and a filled sheet beside the two that ship."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from gumlib import data, evidence
from gumlib.cli import main
from gumlib.errors import GumError
from gumlib.own.cluster import folder, html, passes, sections
from gumlib.terms import VARIABLES

EVIDENCE = data.folder() / "evidence"


def run(base: Path) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["case", "agreement", str(base)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def third(base: Path, name: str = "scores_c.csv", **changed: str) -> Path:
    """Fill the coding sheet with the first pass, one cell of it changed."""
    table = pd.read_csv(EVIDENCE / "scores_a.csv", dtype=str, keep_default_na=False)
    for column, value in changed.items():
        table.loc[3, column] = value
    table.to_csv(base / name, index=False)
    return base


def test_the_passes_of_a_folder_are_compared_two_by_two(pipes: Path) -> None:
    shutil.copy(pipes / "scores_b.csv", pipes / "scores_li.csv")
    code, said = run(pipes)
    assert code == 0
    alphas, overall = passes.comparison(passes.passes(pipes))
    assert list(alphas) == ["a and b", "a and li", "b and li", "all"]
    assert alphas.loc["all variables", "b and li"] == 1
    assert alphas["a and b"].tolist() == alphas["a and li"].tolist()
    assert alphas.loc["all variables", "a and b"] < alphas.loc["all variables", "all"] < 1
    assert all(f"{code} " in said for code in VARIABLES)
    assert "b and li: 53 cells scored twice or more" in said
    assert overall.loc["all", "cells"] == 53


def test_a_filled_sheet_stands_beside_the_passes_that_ship(tmp_path: Path) -> None:
    assert run(third(tmp_path))[0] == 0
    alphas, overall = passes.comparison(passes.passes(tmp_path))
    assert alphas["a and b"].tolist() == evidence.agreement(draws=0)["alpha"].tolist()
    assert alphas.loc["all variables", "a and c"] == 1
    assert overall.loc["a and c", "exact"] == 1


def test_an_empty_sheet_is_told_and_left_out(tmp_path: Path) -> None:
    shutil.copy(EVIDENCE / "coding_sheet.csv", tmp_path / "scores_c.csv")
    code, said = run(tmp_path)
    assert (code, "No score in the pass of c; it is left out" in said) == (0, True)
    assert "a and c" not in said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"score": "7"}, "scores_c.csv, row 5, column score: 7 lies outside 0 to 5"),
        ({"year": "1985-05-01"}, "scores_c.csv, row 5, column year: '1985-05-01' is a date"),
        ({"variable": "Q"}, "scores_c.csv, row 5, column variable: 'Q' is no variable"),
        ({"variable": "L"}, "scores_c.csv, row 5, column year+variable: '1985 L' stands in row 2 already"),
        ({"cluster": "datang"}, "scores_c.csv, row 5, column cluster: 'datang' is none of ningbo"),
    ],
)
def test_a_fault_in_a_sheet_is_named_at_its_cell(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    code, told = run(third(tmp_path, **changed))
    assert (code, "1 fault(s) in" in told, said in told) == (1, True, True), told


def test_what_cannot_be_compared_is_said(tmp_path: Path, pipes: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "a filled coding sheet named scores_c.csv, got neither" in run(empty)[1]
    assert "expected a folder" in run(tmp_path / "none")[1]
    assert "the coder a is one of the passes that ship" in run(third(empty, "scores_a.csv"))[1]
    (pipes / "scores_b.csv").unlink()
    with pytest.raises(GumError, match="expected two passes with scores, got a; add"):
        passes.comparison(passes.passes(pipes))


def test_the_page_tells_agreement_of_coders_of_any_name_and_number(pipes: Path) -> None:
    for old, new in (("a", "li"), ("b", "wang")):
        (pipes / f"scores_{old}.csv").rename(pipes / f"scores_{new}.csv")
    said = html.written(*sections.agreement(folder.read_cluster(pipes)))
    assert "over the 53 cells scored twice is 0.96" in said
    shutil.copy(pipes / "scores_li.csv", pipes / "scores_zhou.csv")
    said = html.written(*sections.agreement(folder.read_cluster(pipes)))
    assert "scored by two passes or more" in said
    assert "li and zhou" in said


def test_a_copied_pass_and_passes_without_a_common_cell_are_named(pipes: Path) -> None:
    shutil.copy(pipes / "scores_a.csv", pipes / "scores_z.csv")
    assert "word for word: a copy is no second pass" in run(pipes)[1]
    table = pd.read_csv(pipes / "scores_z.csv", dtype=str, keep_default_na=False)
    table.assign(year=lambda scores: scores["year"].astype(int) + 1).to_csv(pipes / "scores_z.csv", index=False)
    said = run(pipes)[1]
    assert "a and z: no cell is scored twice" in said
    table.head(1).to_csv(pipes / "scores_z.csv", index=False)
    said = run(pipes)[1]
    assert "interval of alpha not known" in said
    assert "nan to nan" not in said


@pytest.mark.parametrize("book", ["/nowhere/at/all", "javascript:alert(1)", 'https://x/"><script>', "www.example.org"])
def test_a_book_that_is_neither_a_folder_nor_an_address_is_refused(pipes: Path, book: str) -> None:
    done = CliRunner().invoke(main, ["case", "report", str(pipes), "--book", book])
    assert done.exit_code == 1
    assert "expected the address of a book" in done.output
    assert not (pipes / "report.html").exists()
