"""The data files behind a number are those that the code reads on which it depends, and no others."""

from __future__ import annotations

import re

import pytest
from gumbook import behind

from book.execution import executable
from book.paths import CHAPTERS, HTML
from gumlib import data

IMPORTS = "from gumlib import claims, evidence\nfrom gumlib.cases.fitting import results"


def files(*cells: str) -> list[str]:
    return behind._files([IMPORTS, *cells[:-1]], cells[-1])


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["x = evidence.ledger()", "len(x)"], ["ledger"]),
        (["x = evidence.ledger()\ny = claims.claims()", "len(x)"], ["ledger"]),
        (["x = claims.claims()\nx = evidence.ledger()", "len(x)"], ["ledger"]),
        (["x = []\nx.append(evidence.ledger())", "len(x)"], ["ledger"]),
        (["x = {}\nx['a'] = evidence.ledger()", "len(x)"], ["ledger"]),
        (["for x in [evidence.ledger()]:\n    n = len(x)", "n"], ["ledger"]),
        (["def f():\n    return evidence.ledger()", "len(f())"], ["ledger"]),
        (["x = 1", "x + 1"], []),
        (["x = results.read_fit('checks')", "len(x)"], ["case-checks"]),
    ],
)
def test_only_what_a_number_depends_on_counts(cells, wanted):
    assert files(*cells) == wanted


def test_a_function_of_gumlib_is_followed_to_what_it_reads():
    assert files("evidence.levels()") == ["scores_a", "scores_b"]


@pytest.mark.parametrize("page", executable(), ids=lambda page: page.stem)
def test_every_number_of_a_page_names_registered_files(page):
    text = (HTML / "chapters" / page.relative_to(CHAPTERS)).with_suffix(".html").read_text(encoding="utf-8")
    said = re.findall(r'<a class="gum-number[^>]*title="([^"]*)"', text)
    known = {*data.registry()["path"], "none"}
    for words in said:
        formula, _, named = words.rpartition(" · Data: ")
        assert formula.startswith("Computed: ")
        assert set(spelt(named)) <= known, named


def spelt(named: str) -> list[str]:
    """Return the paths of files that are named with each folder once."""
    groups = [group.rpartition("/") for group in named.split("; ")]
    return [f"{folder}{mark}{file}" for folder, mark, files in groups for file in files.split(",")]
