"""Chapters are executed once each, in forked kernels, and one that fails or warns is not kept."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from gumbook import rerun
from nbclient import NotebookClient
from nbformat import v4

from book import digest, execution, offline
from book.kernels import serve_forked_kernels
from book.paths import ROOT, prepare_kernels

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
def page(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "page.md"
    gc.collect()


def run(page: Path, code: str) -> list[execution.Run]:
    page.write_text(f"{HEAD}\n```{{code-cell}}\n{code}\n```\n")
    return list(execution.execute([page], page.parent / "cache"))


def test_a_chapter_runs_once_and_again_when_its_code_changes(page):
    assert [len(run(page, code)) for code in ("1 + 1", "1 + 1", "1 + 2")] == [1, 0, 1]
    (cell,) = (cell for cell in execution.executed(page, page.parent / "cache").cells if cell.cell_type == "code")
    assert cell.outputs[0].data["text/plain"] == "3"


def test_a_stored_run_spares_another(page, monkeypatch):
    monkeypatch.setattr(digest, "cache", lambda: page.parent)
    (ended,) = run(page, "1 + 1")
    (cell,) = (cell for cell in ended.notebook.cells if cell.cell_type == "code")
    cell.outputs[0].data["text/plain"] = "two"
    execution.restore(page, ended.notebook)
    assert list(execution.execute([page], page.parent / "pages")) == []
    (cell,) = (cell for cell in execution.executed(page).cells if cell.cell_type == "code")
    assert cell.outputs[0].data["text/plain"] == "two"


def test_a_chapter_that_is_to_be_offline_and_asks_for_another_machine_fails(page, monkeypatch):
    monkeypatch.setenv(offline.VARIABLE, "1")
    (ended,) = run(page, "import socket; socket.create_connection(('192.0.2.1', 80), 1)")
    assert "the network is off, and 192.0.2.1 was asked for" in ended.fault


@pytest.mark.parametrize(
    ("code", "said"),
    [("1 / 0", "division by zero"), ("import warnings; warnings.warn('odd')", "odd")],
    ids=["error", "warning"],
)
def test_a_chapter_that_fails_or_warns_is_told_every_time(page, code, said):
    for _ in range(2):
        (found,) = run(page, code)
        assert said in found.fault
    with pytest.raises(KeyError):
        execution.executed(page, page.parent / "cache")


def test_the_route_is_drawn_anew_when_a_chapter_calls_another_function(tmp_path, page, monkeypatch):
    other, runs = tmp_path / "other.md", []
    monkeypatch.setattr(execution, "executable", lambda: [page, other])
    page.write_text(f"{HEAD}\n```{{code-cell}}\nabs(1)\n```\n")
    for code in ("abs(2)", "abs(3)", "max(1, 2)"):
        other.write_text(f"{HEAD}\n```{{code-cell}}\n{code}\n```\n")
        execution.forget_route(tmp_path / "cache", page)
        runs.append(len(list(execution.execute([page, other], tmp_path / "cache"))))
    assert runs == [2, 1, 2]


def test_a_kernel_is_a_copy_of_its_own_whatever_another_python3_says(tmp_path, monkeypatch):
    """A kernel file named python3 elsewhere on the path, with a command that cannot run, changes nothing."""
    spec = tmp_path / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text('{"argv": ["/nowhere/python", "{connection_file}"], "display_name": "odd"}')
    prepare_kernels()
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    serve_forked_kernels()
    code = "import os, sys; print(sys.executable, 'pandas' in sys.modules, hasattr(os, 'left')); os.left = 1"
    for _ in range(2):
        notebook = v4.new_notebook(cells=[v4.new_code_cell(code)])
        NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
        assert notebook.cells[0].outputs[0].text.split() == [sys.executable, "True", "False"]


def test_a_comment_changes_no_output_and_a_docstring_and_a_number_may(tmp_path):
    file = tmp_path / "module.py"
    marks = []
    for text in ('"""Says."""\nx = 1\n', '"""Says."""\n# why\nx = 1  # so\n', '"""Says so."""\nx = 1\n', "x = 2\n"):
        file.write_text(text)
        marks.append(digest._parsed(file))
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_what_starts_a_kernel_counts_among_what_outputs_depend_on_and_a_comment_in_it_does_not(monkeypatch):
    files = {ROOT / "book" / f"{name}.py" for name in ("preloaded", "kernels", "offline")}
    code, read, planted = {file: file.read_bytes() for file in files}, Path.read_bytes, {}
    monkeypatch.setattr(Path, "read_bytes", lambda one: planted.get(one) or read(one))
    before = digest.outputs.__wrapped__()
    planted |= {file: code[file] + b"# why\n" for file in files}
    assert digest.outputs.__wrapped__() == before
    for file in files:
        planted.clear()
        planted[file] = code[file] + b"planted = 1\n"
        assert digest.outputs.__wrapped__() != before, file.name


@pytest.mark.parametrize(("read", "again"), [(0.5, True), (2.0, False)])
def test_a_page_whose_cells_have_run_since_it_was_read_is_read_again(page, monkeypatch, read, again):
    """Its text may be as it was, as that of the route when another chapter calls another function."""
    run(page, "1 + 1")
    monkeypatch.setattr(execution.digest, "cache", lambda: page.parent)
    (page.parent / "cache").rename(page.parent / "pages")
    ran = execution.run_times()[page]
    monkeypatch.setattr(rerun, "run_times", lambda: {page: ran})
    monkeypatch.setattr(rerun.edition, "chapter", lambda name: page)
    env = SimpleNamespace(found_docs={"one"}, all_docs={"one": int(ran * read)})
    assert rerun._ran_since(None, env, set(), set(), set()) == ({"one"} if again else set())
    assert rerun._ran_since(None, env, {"one"}, set(), set()) == set()
