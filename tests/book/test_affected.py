"""What a change is likely to break: the tests near it, and the pages that reach it."""

from __future__ import annotations

import pytest

from book import affected
from book.paths import ROOT


def test_a_change_of_a_table_leads_to_the_tests_and_pages_that_read_it():
    tests, pages = affected.reaching(("", "scores_a"))
    assert "tests/evidence/test_evidence.py" in tests
    assert "tests/gvc/test_totals.py" not in tests
    assert "1-4-methods" in pages
    assert "2-1-model-building" not in pages


@pytest.mark.parametrize(
    ("file", "test"),
    [
        ("gumlib/evidence/coded.py", "tests/evidence/test_evidence.py"),
        ("gumlib/dynamics/scalar.py", "tests/dynamics/test_dynamics.py"),
        ("gumlib/survey/onefactor.py", "tests/survey/test_survey.py"),
        ("data/evidence/codebook.csv", "tests/evidence/test_evidence.py"),
        ("gumlib/figures/s1_1_pay.py", "tests/figures"),
        ("chapters/about.md", "tests/book"),
        ("tests/test_terms.py", "tests/test_terms.py"),
    ],
)
def test_a_changed_file_leads_to_its_tests(file, test):
    assert (ROOT / file).exists()
    assert test in affected.affected([file])


def test_without_git_one_sentence_says_what_to_type(tmp_path, monkeypatch):
    monkeypatch.setattr(affected, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(SystemExit, match=r"expected a git checkout, got .*; run `make test`"):
        affected.changed()


def test_the_nearest_test_comes_first_and_far_ones_do_not_come():
    tests = affected.affected(["gumlib/dynamics/scalar.py"])
    assert tests.index("tests/dynamics/test_dynamics.py") < tests.index("tests/book/test_desk_facts.py")
    assert "tests/gvc/test_gvc.py" not in tests


def test_what_no_test_is_near_leads_to_none():
    assert affected.affected(["README.md"]) == []
