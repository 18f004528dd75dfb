"""A small book in a copy: a fault stays a fault, and what is rebuilt is what a fresh build gives."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

import forked
import pytest
import yaml

from book import build as book_build

ROOT = Path(__file__).parents[2]
HEAD = (ROOT / "chapters" / "about.md").read_text(encoding="utf-8").split("---\n")[1]
PAGE = f"""---
{HEAD}---
# {{title}}

{{text}}

```{{{{code-cell}}}} python
from gumlib.figures.numbers import tell
tell(count=28)
```

There are {{{{glue:text}}}}`count` of them.
"""
FAULTS = {
    "role": "An {unheard-of}`word`.",
    "glue": "A number {glue:text}`nowhere`.",
    "label": "See {ref}`no-such-place`.",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the machinery, with a book of five pages."""
    place = tmp_path_factory.mktemp("a book 书")
    for part in ("book", "gumlib", "data", "requirements"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__", "*.nb[ic]"))
    for name in ("_config.yml", "CITATION.cff"):
        (place / name).write_bytes((ROOT / name).read_bytes())
    names = ["index", "two", "three", "back/claims", "back/references"]
    toc = {"format": "jb-book", "root": f"chapters/{names[0]}"}
    toc["chapters"] = [{"file": f"chapters/{name}"} for name in names[1:]]
    (place / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    for name in names:
        write(place, name, "Plain.")
    write(place, "back/references", "After {cite:t}`wang2010`.\n\n```{bibliography}\n```")
    return place


def write(place: Path, name: str, text: str, title: str | None = None) -> None:
    page = place / "chapters" / f"{name}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(PAGE.format(title=title or f"Page {name}", text=text), encoding="utf-8")


def build(place: Path) -> forked.Ended:
    return forked.run("book.build", place)


def command(place: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(place), "PYTHONUTF8": "1"}
    asked = [sys.executable, "-m", "book.build"]
    return subprocess.run(asked, cwd=place, env=environment, capture_output=True, text=True, check=False)


def bytes_of(place: Path) -> dict[str, str]:
    html = place / "_build" / "html"
    files = sorted(file for file in html.rglob("*") if file.is_file())
    return {str(file.relative_to(html)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture
def changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the sources change while chapters are run, and give the folder of what they left behind."""
    cache = tmp_path / "cache"
    cache.mkdir()
    for name in ("HTML", "_STATE", "_STAMP"):
        monkeypatch.setattr(book_build, name, tmp_path / name)
    monkeypatch.setattr(book_build.edition, "FOLDER", tmp_path / "zh")
    monkeypatch.setattr(book_build.digest, "cache", lambda: cache)
    monkeypatch.setattr(book_build.digest, "inputs", map(str, count()).__next__)
    monkeypatch.setattr(book_build, "_execute", lambda: True)
    monkeypatch.setattr(book_build, "_write", lambda: pytest.fail("pages of two sources were laid out"))
    return cache


def test_a_text_that_changes_while_the_book_is_built_ends_the_build(changing, capsys):
    assert book_build.build() == 1
    assert "build it again" in capsys.readouterr().err
    assert changing.exists()


def test_pages_that_ran_code_which_changed_are_not_kept(changing, monkeypatch):
    monkeypatch.setattr(book_build.digest.outputs, "__wrapped__", lambda: "other code")
    assert book_build.build() == 1
    assert not changing.exists()


@pytest.mark.slow
def test_a_fault_is_told_as_often_as_the_book_is_built_and_publishes_nothing(book):
    write(book, "two", "\n\n".join(FAULTS.values()))
    for run in (command, build):
        ended = run(book)
        assert ended.returncode == 1, ended.stderr
        for said in ("unheard-of", "nowhere", "no-such-place"):
            assert said in ended.stderr
        assert not (book / "_build" / "html").exists()
    write(book, "two", "Plain.")
    ended = build(book)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.slow
def test_a_rebuilt_book_is_the_book_that_a_fresh_build_gives(book):
    """Touched are a text, then a title and a target: what other pages show of a page; one page stands in the index."""
    write(book, "three", "```{index} cluster learning\n```")
    assert build(book).returncode == 0
    assert "nothing has changed" in build(book).stdout
    other = book / "_build" / "html" / "chapters" / "back" / "references.html"
    for text, title in (("Other words.", None), ("(spot)=\n## A spot\n\nAgain.", "Another title")):
        write(book, "two", text, title)
        if title:
            write(book, "three", "See {ref}`spot`.")
        written = other.stat().st_mtime_ns
        assert build(book).returncode == 0
        assert (other.stat().st_mtime_ns == written) == (title is None), "a page is written anew when it would change"
        rebuilt = bytes_of(book)
        shutil.rmtree(book / "_build" / "html")
        shutil.rmtree(book / "_build" / ".doctrees")
        assert build(book).returncode == 0
        assert rebuilt == bytes_of(book)


@pytest.mark.slow
def test_a_target_that_goes_is_missed_on_the_page_that_is_not_read_again(book):
    write(book, "two", "(spot)=\n## A spot\n\nHere.")
    write(book, "three", "See {ref}`spot`.")
    assert build(book).returncode == 0
    write(book, "two", "Gone.")
    for _ in range(2):
        ended = build(book)
        assert ended.returncode == 1, ended.stderr
        assert "spot" in ended.stderr


@pytest.mark.slow
def test_a_page_that_was_tampered_with_is_built_again(book):
    for name in ("two", "three"):
        write(book, name, "Plain.")
    assert build(book).returncode == 0
    page = book / "_build" / "html" / "chapters" / "two.html"
    page.unlink()
    assert build(book).returncode == 0
    assert page.exists()
    (book / "locale").mkdir()
    (book / "locale" / "words.csv").write_text("no page is made from it", encoding="utf-8")
    assert build(book).returncode == 0, "what changes no page is laid out again, and not failed upon"
