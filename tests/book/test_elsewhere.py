"""The reruns under other conditions: what they copy, what they find, what they pass."""

from __future__ import annotations

import filecmp
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from book import elsewhere, execution, notebooks
from book.paths import CHAPTERS, ROOT

PAGE = CHAPTERS / "about.md"


@pytest.fixture
def one_page(tmp_path, monkeypatch) -> Path:
    """Let the book hold one page, whose stored notebook is a copy that may be spoilt."""
    stored = notebooks.twin(PAGE)
    copy = tmp_path / stored.name
    copy.write_bytes(stored.read_bytes())
    monkeypatch.setattr(execution, "executable", lambda: [PAGE])
    monkeypatch.setattr(execution, "run_changed", lambda _: [])
    monkeypatch.setattr(notebooks, "twin", lambda _: copy)
    return copy


def test_a_page_that_comes_out_as_stored_is_sound(one_page):
    found = elsewhere.here()
    assert found["cells"] == sum(cell.cell_type == "code" for cell in nbformat.read(one_page, as_version=4).cells)
    assert not found["differing"], found["differing"]


def test_a_number_that_differs_is_named_with_its_page_and_cell(one_page):
    text = one_page.read_text(encoding="utf-8")
    number = re.search(r"mean (\d+\.\d+)", text)
    one_page.write_text(text.replace(number[0], f"mean {float(number[1]) * 1.01:.8g}", 1), encoding="utf-8")
    found = elsewhere.here()
    assert re.match(r"about, cell \d+, output", found["differing"][0])
    assert found["largest"] == pytest.approx(0.01, rel=0.02)


def test_the_largest_difference_counts_though_it_is_within_tolerance(one_page):
    text = one_page.read_text(encoding="utf-8")
    number = re.search(r"mean (\d+\.\d+)", text)
    near = f"mean {float(number[1]) * (1 + 3e-7):.12g}"
    one_page.write_text(text.replace(number[0], near, 1), encoding="utf-8")
    found = elsewhere.here()
    assert not found["differing"]
    assert found["largest"] == pytest.approx(3e-7, rel=0.1)
    assert found["pixels"] == 0.0


def test_a_page_that_failed_is_named_and_not_counted_as_compared(one_page, monkeypatch):
    monkeypatch.setattr(execution, "run_changed", lambda _: [f"chapters/{PAGE.name}: ZeroDivisionError"])
    found = elsewhere.here()
    assert (found["cells"], found["differing"]) == (0, [f"chapters/{PAGE.name}: ZeroDivisionError"])


def test_every_python_we_name_is_a_condition_and_slow_tests_are_run():
    assert {f"python-{version}" for version in ("3.11", "3.12", "3.13")} <= set(elsewhere.CONDITIONS)
    assert not any("slow" in word for word in elsewhere.NUMERICAL)


def test_a_condition_shows_how_far_it_is_and_keeps_what_was_written(tmp_path, capfd):
    command = [sys.executable, "-c", "import sys; print('a page'); print('{}'); print('noise', file=sys.stderr)"]
    assert elsewhere._run(command, tmp_path, os.environ, "zone") == "a page\n{}\n"
    assert capfd.readouterr() == ("", "zone: a page\nzone: {}\n")


@pytest.mark.parametrize(
    ("cells", "differing", "tests", "sound"),
    [
        (9, [], "12 passed", True),
        (9, ["about, cell 1"], "12 passed", False),
        (9, [], "1 failed, 11 passed", False),
        (9, [], "error: no test ran", False),
        (0, [], "12 passed", False),
    ],
)
def test_an_outcome_is_sound_only_if_something_was_compared_and_nothing_differs(cells, differing, tests, sound):
    assert elsewhere.Outcome(cells, differing, 0.0, 0.0, tests).sound is sound


def test_conditions_joined_ask_for_all_at_once():
    both = elsewhere.condition_of("no-avx+zone+folder+python-3.13")
    assert both.variables == {**elsewhere.OLD, "TZ": "Pacific/Auckland"}
    assert (both.python, both.newest, both.folder) == ("3.13", False, elsewhere.CONDITIONS["folder"].folder)
    assert elsewhere.condition_of("newest").newest
    assert elsewhere.condition_of("hash") == elsewhere.CONDITIONS["hash"]


@pytest.mark.parametrize("names", ["zen+haswell", "one-thread+two-threads", "python-3.12+newest", "no-avx+windows"])
def test_conditions_that_exclude_each_other_or_are_unknown_are_refused(names):
    with pytest.raises(SystemExit, match=r"one by one|expected conditions among"):
        elsewhere.main([names])


def test_the_copy_holds_what_git_tracks(tmp_path):
    elsewhere.copy_tracked(tmp_path / "copy")
    for name in ("Makefile", "chapters/index.md", "data/datapackage.json", "gumlib/py.typed"):
        assert filecmp.cmp(ROOT / name, tmp_path / "copy" / name, shallow=False)
    assert not (tmp_path / "copy" / "_build").exists()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="an unpacked copy has no history to clone")
def test_a_clone_with_the_line_ends_of_windows_holds_the_same_bytes(tmp_path):
    for name, ends in (("plain", "false"), ("windows", "true")):
        command = ["git", "clone", "--quiet", "--no-local", "-c", f"core.autocrlf={ends}", str(ROOT), name]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=tmp_path / "plain", capture_output=True, text=True, check=True
    )
    names = list(filter(None, tracked.stdout.split("\0")))
    assert len(names) > 300
    _, differing, missing = filecmp.cmpfiles(tmp_path / "plain", tmp_path / "windows", names, shallow=False)
    assert not differing + missing
