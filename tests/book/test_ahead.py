"""Chapters run ahead of the build: once each, and a failing one is left to the build."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from book import ahead
from book.paths import prepare_kernels

# The notebook client leaves its event loop to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

HEAD = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
---
"""


@pytest.fixture
def chapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    page = tmp_path / "page.md"
    monkeypatch.setattr(ahead, "executable", lambda: [page])
    prepare_kernels()
    yield page
    gc.collect()


def test_a_chapter_runs_once_and_again_when_its_code_changes(tmp_path: Path, chapter: Path) -> None:
    runs = []
    for code in ("1 + 1", "1 + 1", "1 + 2"):
        chapter.write_text(f"{HEAD}\n```{{code-cell}}\n{code}\n```\n")
        runs.append(ahead.run_ahead(tmp_path / "cache"))
    assert runs == [1, 0, 1]


def test_a_failing_chapter_is_not_stored(tmp_path: Path, chapter: Path) -> None:
    chapter.write_text(f"{HEAD}\n```{{code-cell}}\n1 / 0\n```\n")
    assert [ahead.run_ahead(tmp_path / "cache") for _ in range(2)] == [0, 0]


def test_the_route_is_drawn_anew_when_a_chapter_calls_another_function(
    tmp_path: Path, chapter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, runs = tmp_path / "other.md", []
    monkeypatch.setattr(ahead, "executable", lambda: [chapter, other])
    chapter.write_text(f"{HEAD}\n```{{code-cell}}\nabs(1)\n```\n")
    for code in ("abs(2)", "abs(3)", "max(1, 2)"):
        other.write_text(f"{HEAD}\n```{{code-cell}}\n{code}\n```\n")
        ahead.forget_route(tmp_path / "cache", chapter)
        runs.append(ahead.run_ahead(tmp_path / "cache"))
    assert runs == [2, 1, 2]
