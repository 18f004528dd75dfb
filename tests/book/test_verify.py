"""Verifying tells what differs, page by page, and a kernel that is to be offline is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import nbformat
import pytest

from book import offline, verify
from book.execution import executable, executed
from book.machine import lock, machine
from book.notebooks import twin
from book.paths import NOTEBOOKS, ROOT

PAGE = ROOT / "chapters" / "02" / "2-6-summary.md"


@pytest.fixture
def older(tmp_path):
    """Copy the stored notebooks, as somebody's older run."""
    return shutil.copytree(NOTEBOOKS, tmp_path / "older")


def plant(older, old: str, new: str) -> None:
    file = older / "02" / "2-6-summary.ipynb"
    notebook = nbformat.read(file, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code" and old in str(cell.outputs))
    cell.outputs = [nbformat.from_dict(json.loads(json.dumps(one).replace(old, new))) for one in cell.outputs]
    nbformat.write(notebook, file)


def told(older):
    made = {"execution_seconds": 1.23, "machine": "a machine", "lock": "0123"}
    return verify.compared(PAGE, executed(PAGE), older, "now", made)


def test_a_page_that_came_out_the_same_holds(older):
    page = told(older)
    assert (page.verdict, page.differing, page.seconds) == ("holds", [], 1.2)
    assert (page.machine, page.lock) == ("a machine", "0123")
    assert page.cells == sum(cell.cell_type == "code" for cell in nbformat.read(twin(PAGE), as_version=4).cells)


def test_a_changed_word_and_a_lost_notebook_are_named(older):
    plant(older, "supported", "praised")
    page = told(older)
    assert page.verdict == "does not hold"
    assert page.differing[0].startswith("cell ")
    assert "praised" in page.differing[0]
    (older / "02" / "2-6-summary.ipynb").unlink()
    assert told(older).differing == ["older holds no notebook of it"]


def test_the_quick_form_tells_every_page_and_ends_with_one_if_any_differs(older, monkeypatch, tmp_path, capsys):
    plant(older, "supported", "praised")
    monkeypatch.setattr(verify, "TARGET", tmp_path)
    monkeypatch.setattr(verify.check, "check", lambda: verify.data.registry().iloc[:0])
    assert verify.main(["--quick", "--against", str(older)]) == 1
    found = json.loads((tmp_path / "verify.json").read_text(encoding="utf-8"))
    assert len(found["pages"]) == len(executable())
    assert not found["sound"]
    assert {page["page"] for page in found["pages"] if page["verdict"] != "holds"} >= {"02/2-6-summary"}
    assert "02/2-6-summary: cell" in capsys.readouterr().out
    shown = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<h1>Something differs</h1>" in shown
    assert "<th>machine</th><th>lock</th>" in shown
    assert all(page["machine"] and page["lock"] for page in found["pages"])


def test_the_whole_form_names_files_that_differ_in_two_builds(monkeypatch, tmp_path):
    builds = iter([{"a.html": "1", "b.html": "2"}, {"a.html": "1", "b.html": "3", "c.html": "4"}])
    monkeypatch.setattr(verify.reproducible, "_build", lambda *_: next(builds))
    monkeypatch.setattr(verify.check, "check", lambda: verify.data.registry().iloc[:0])
    monkeypatch.setattr(verify, "rerun", lambda *_: iter([verify.Page("a", "now", 1.0, cells=1)]))
    found = verify.verify(tmp_path, quick=False)
    assert found["two builds"] == {"files": 2, "differing": ["b.html", "c.html"]}
    assert (found["sound"], found["rerun"]) == (False, "yes, without a network")


def test_where_kernels_cannot_be_closed_off_the_report_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(verify.reproducible, "twice", lambda: (1, []))
    monkeypatch.setattr(verify.check, "check", lambda: verify.data.registry().iloc[:0])
    monkeypatch.setattr(verify, "rerun", lambda *_: iter([]))
    monkeypatch.setattr(verify, "forks", lambda: False)
    assert "cannot take the network" in verify.verify(tmp_path, quick=False)["rerun"]


def test_a_build_that_fails_is_recorded_and_named_and_lines_are_shown_as_they_come(monkeypatch, tmp_path, capfd):
    """A chapter that fails fails the build as well."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "__init__.py").touch()
    build = "import sys\nprint('1 of 2 pages run')\nsys.exit('chapters/a.md: ZeroDivisionError')\n"
    (tmp_path / "book" / "build.py").write_text(build, encoding="utf-8")
    monkeypatch.setattr(verify.reproducible, "copy_tracked", lambda to: shutil.copytree(tmp_path / "book", to / "book"))
    monkeypatch.setattr(verify, "TARGET", tmp_path / "verify")
    monkeypatch.setattr(verify.check, "check", lambda: verify.data.registry().iloc[:0])
    failed = verify.Page("a", "now", 1.0, differing=["ZeroDivisionError"])
    monkeypatch.setattr(verify, "rerun", lambda *_: iter([failed]))
    assert verify.main([]) == 1
    found = json.loads((tmp_path / "verify" / "verify.json").read_text(encoding="utf-8"))
    fault = "first build ended with 1: chapters/a.md: ZeroDivisionError"
    assert found["two builds"] == {"files": 0, "differing": [fault]}
    said = capfd.readouterr()
    assert fault in said.out
    assert "a: ZeroDivisionError" in said.out
    assert "first build: 1 of 2 pages run" in said.err


def test_what_a_run_was_made_on_is_kept_with_it_in_the_cache(tmp_path):
    page = tmp_path / "one.md"
    head = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
    page.write_text(f"{head}# One\n\n```{{code-cell}} python\n1 + 1\n```\n", encoding="utf-8")
    code = f"""
from pathlib import Path
from book.execution import execute, last_run
page, folder = Path({str(page)!r}), Path({str(tmp_path)!r}) / "cache"
assert [run.fault for run in execute([page], folder)] == [""]
print(last_run(page, folder)[1].data)
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True)
    assert f"'machine': {machine()!r}, 'lock': {lock()!r}" in done.stdout


def test_a_page_that_asks_for_the_network_does_not_hold(tmp_path):
    cells = "```{code-cell} python\nfrom urllib.request import urlopen\n\nurlopen('http://192.0.2.1')\n```"
    (tmp_path / "asks.md").write_text(f"# A page\n\n{cells}\n", encoding="utf-8")
    code = f"""
from pathlib import Path
from book import verify
verify.CHAPTERS = Path({str(tmp_path)!r})
verify.executable = lambda: [verify.CHAPTERS / "asks.md"]
(page,) = verify.rerun(verify.CHAPTERS, verify.CHAPTERS / "verify")
print(page.differing[0])
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, capture_output=True, text=True)
    assert "asks: does not hold" in done.stdout
    assert "the network is off, and 192.0.2.1 was asked for" in done.stdout


def test_a_process_offline_reaches_itself_alone(tmp_path):
    code = """
import _socket
import socket
import os
import subprocess
from book import offline
offline.close_if_asked()
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname()).close()
plain, posted = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
posted.sendto(b"to this machine", ("127.0.0.1", 9))
for reach in (
    lambda: socket.create_connection(("example.org", 80), 1),
    lambda: plain.connect(("192.0.2.1", 80)),
    lambda: plain.connect_ex(("192.0.2.1", 80)),
    lambda: _socket.socket.connect(plain, ("192.0.2.1", 80)),
    lambda: posted.sendto(b"x", ("192.0.2.1", 9)),
    lambda: posted.sendto(b"x", 0, ("192.0.2.1", 9)),
    lambda: posted.sendmsg([b"x"], [], 0, ("192.0.2.1", 9)),
    lambda: socket.gethostbyname("example.org"),
    lambda: socket.gethostbyname_ex("example.org"),
    lambda: socket.gethostbyaddr("192.0.2.1"),
    lambda: socket.getnameinfo(("192.0.2.1", 80), 0),
    lambda: subprocess.run(["true"]),
    lambda: os.system("true"),
    lambda: os.posix_spawn("/bin/true", ["true"], {}),
):
    try:
        reach()
    except OSError as fault:
        assert "the network is off" in str(fault), fault
    else:
        raise SystemExit(f"reached, line {reach.__code__.co_firstlineno}")
"""
    environment = {"PYTHONPATH": str(ROOT), offline.VARIABLE: "1"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, cwd=tmp_path)


def test_nothing_is_taken_unasked(monkeypatch):
    monkeypatch.delenv(offline.VARIABLE, raising=False)
    hooks = []
    monkeypatch.setattr(sys, "addaudithook", hooks.append)
    offline.close_if_asked()
    assert hooks == []
