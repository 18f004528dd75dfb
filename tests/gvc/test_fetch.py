"""Raw tables: nothing enters the cache but the listed bytes, and what is read is what R holds."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import textwrap
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pooch
import pytest
from click.testing import CliRunner

import gumlib.gvc.codes
import gumlib.gvc.fetch
import gumlib.gvc.raw  # noqa: F401
from gumlib.cli import main
from gumlib.errors import GumError

# Modules by their full name: the package may show functions under the same names.
codes, files, raw = (sys.modules[f"gumlib.gvc.{name}"] for name in ("codes", "fetch", "raw"))

SMALL = {f"wiot_{year}.RData": f"table of {year}\n".encode() * 20 for year in range(1995, 2000)}
NAMES = sorted(SMALL)
YEARS = range(1995, 2000)


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """Keep every file of a test in its own folder, whatever the user has set."""
    monkeypatch.setenv("GUM_DATA", str(tmp_path / "cache"))
    monkeypatch.setattr(pooch, "os_cache", lambda project: tmp_path / "home" / project)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("GUM_WIOD_URL", raising=False)
    return tmp_path / "cache"


@pytest.fixture
def small(monkeypatch):
    """List the five invented files in place of the real ones."""
    monkeypatch.setattr(files, "checksums", lambda: {name: sha(content) for name, content in SMALL.items()})


class Server(ThreadingHTTPServer):
    """Serves the invented files, with the faults a test asks for, and keeps what was requested."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults, self.requests, self.release = {}, [], threading.Event()
        self.address = f"http://127.0.0.1:{self.server_address[1]}/raw"

    def handle_error(self, request, client_address):
        """Say nothing of clients that left."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    def log_message(self, *args):
        """Say nothing."""

    def do_GET(self):
        """Answer with the file, or with the fault asked for."""
        name = self.path.removeprefix("/raw/")
        self.server.requests.append(name)
        fault, content = self.server.faults.get(name), SMALL[name]
        length = len(content)
        if fault in (404, 500):
            return self.send_error(fault)
        if fault == "silent":
            self.server.release.wait(5)
        if fault in ("cut", "truncated"):
            content = content[: len(content) // 2]
        if fault == "truncated":
            length = len(content)
        if fault == "tampered":
            content = bytes([content[0] ^ 1]) + content[1:]
        self.send_response(200)
        if fault != "unsized":
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(content)
        return None


@pytest.fixture
def server(small):
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def stored(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# Fetching


def test_files_come_whole_and_a_second_call_asks_for_nothing(server, cache):
    told = []
    got = files.fetch(server.address, YEARS, tell=lambda file, state: told.append((file.name, state)))
    assert got == [cache / name for name in NAMES]
    assert stored(cache) == SMALL
    assert server.requests == NAMES
    assert files.fetch(server.address + "/", reversed(YEARS)) == got
    assert server.requests == NAMES
    assert told == [(name, "fetched") for name in NAMES]


FAULTS = {
    "cut": r"expected 280 bytes, got 140 before the connection broke",
    "truncated": rf"expected sha256 {sha(SMALL[NAMES[1]])}, got [0-9a-f]{{64}} of 140 bytes",
    "tampered": rf"expected sha256 {sha(SMALL[NAMES[1]])}, got [0-9a-f]{{64}} of 280 bytes",
    404: "expected http.*/raw/wiot_1996.RData, got the answer 404 Not Found",
    500: "expected http.*/raw/wiot_1996.RData, got the answer 500 Internal Server Error",
    "silent": r"expected an answer from http.*, got none \(ReadTimeout\)",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_healed_by_one_request(server, cache, monkeypatch, fault):
    monkeypatch.setattr(files, "TIMEOUT", (2, 0.2))
    server.faults[NAMES[1]] = fault
    with pytest.raises(GumError, match=rf"1 of 5 files were refused:\n  wiot_1996.RData: {FAULTS[fault]}") as said:
        files.fetch(server.address, YEARS)
    assert "run `gum data fetch wiod` again" in str(said.value)
    assert stored(cache) == {name: content for name, content in SMALL.items() if name != NAMES[1]}
    assert server.requests == NAMES
    server.faults.clear()
    server.release.set()
    assert files.fetch(server.address, YEARS) == [cache / name for name in NAMES]
    assert server.requests == [*NAMES, NAMES[1]]
    assert stored(cache) == SMALL


def test_all_faults_are_named_in_one_error(server, cache):
    server.faults = dict(zip(NAMES, ["cut", 404, "tampered", None, "truncated"], strict=True))
    with pytest.raises(GumError, match="4 of 5 files were refused") as said:
        files.fetch(server.address, YEARS)
    assert [name for name in NAMES if f"{name}: expected" in str(said.value)] == [*NAMES[:3], NAMES[4]]
    assert list(stored(cache)) == [NAMES[3]]
    server.faults, server.requests = {}, []
    files.fetch(server.address, YEARS)
    assert server.requests == [*NAMES[:3], NAMES[4]]


def test_a_file_without_a_stated_length_is_judged_by_its_bytes(server, cache):
    server.faults = dict.fromkeys(NAMES, "unsized")
    assert files.fetch(server.address, [1995]) == [cache / NAMES[0]]


def test_a_file_that_broke_in_the_cache_is_fetched_again_and_alone(server, cache):
    files.fetch(server.address, YEARS)
    server.requests.clear()
    (cache / NAMES[2]).write_bytes(SMALL[NAMES[2]][:-1])
    with pytest.raises(GumError, match=r"wiot_1997.RData is not the listed file: expected sha256 .* of 279 bytes; run"):
        raw.locate(1997)
    files.fetch(server.address, YEARS)
    assert server.requests == [NAMES[2]]
    assert raw.locate(1997).read_bytes() == SMALL[NAMES[2]]


def test_a_process_killed_while_it_fetches_leaves_no_file_under_its_name(server, cache):
    server.faults[NAMES[0]] = "silent"
    script = f"""
        import sys
        import gumlib.gvc.fetch
        files = sys.modules["gumlib.gvc.fetch"]
        files.checksums = lambda: {files.checksums()}
        files.fetch({server.address!r}, [1995])
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)]) as process:
        while not server.requests and process.poll() is None:
            time.sleep(0.01)
        process.kill()
    assert not (cache / NAMES[0]).exists()
    server.faults.clear()
    server.release.set()
    assert files.fetch(server.address, [1995]) == [cache / NAMES[0]]


def test_no_server_is_said_in_words(small, server):
    server.shutdown()
    server.server_close()
    with pytest.raises(GumError, match=r"expected an answer from http.*, got none \(ConnectionError\)"):
        files.fetch(server.address, [1995])


def test_the_address_comes_from_the_environment_else_from_the_pinned_commit(server, cache, monkeypatch):
    monkeypatch.setenv("GUM_WIOD_URL", server.address)
    assert files.fetch(years=[1995]) == [cache / NAMES[0]]
    assert server.requests == NAMES[:1]
    assert files.ADDRESS == "https://raw.githubusercontent.com/bquast/wiod/59a28ac/data/"


def test_the_cache_is_the_systems_or_that_of_the_environment(cache, monkeypatch):
    assert files.cache() == cache
    monkeypatch.setenv("GUM_DATA", "~/tables")
    assert files.cache() == Path.home() / "tables"
    monkeypatch.setenv("GUM_DATA", "")
    assert files.cache() == files.cache_folder()
    assert files.cache_folder().parts[-2:] == ("gumlib", "wiod2013-59a28ac")


@pytest.fixture
def disk(tmp_path):
    """A folder with the invented files."""
    folder = tmp_path / "disk"
    folder.mkdir()
    for name, content in SMALL.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_folder_is_held_to_the_same_list(small, disk, cache, tmp_path):
    (disk / NAMES[0]).unlink()
    (disk / NAMES[1]).write_bytes(b"other")
    with pytest.raises(GumError, match=r"(?s)2 of 5 .*1995.*No such file.*1996.RData: expected sha256 .* of 5 bytes"):
        files.fetch(disk, YEARS)
    assert sorted(stored(cache)) == NAMES[2:]
    assert files.fetch(str(disk), [1997], tmp_path / "mine") == [tmp_path / "mine" / NAMES[2]]
    assert files.fetch(disk, [1997], disk) == [disk / NAMES[2]]


def test_what_cannot_be_asked_for_is_said(small, disk, tmp_path):
    with pytest.raises(GumError, match="expected a year from 1995 to 2011, got 2014"):
        files.fetch(disk, [1995, 2014])
    with pytest.raises(GumError, match="expected a folder or an address with http, got ftp://nowhere"):
        files.fetch("ftp://nowhere", [1995])
    (tmp_path / "file").touch()
    with pytest.raises(GumError, match=r"expected a folder to write to, got .*file.*set GUM_DATA"):
        files.fetch(disk, [1995], tmp_path / "file" / "below")


def test_the_list_names_one_file_a_year():
    assert list(files.checksums()) == [f"wiot_{year}.RData" for year in codes.TABLE_YEARS]
    assert all(len(digest) == 64 for digest in files.checksums().values())
    with pytest.raises(GumError, match=r"expected a file of the list, got wiot_regional"):
        files.verified(Path("wiot_regional_1995.RData"))


# Command line


def test_the_command_prints_a_line_a_file_and_a_summary(small, disk, cache):
    (cache).mkdir()
    (cache / NAMES[0]).write_bytes(SMALL[NAMES[0]])
    said = CliRunner().invoke(main, ["data", "fetch", "wiod", "--from", str(disk), "--years", "1995", "1996"])
    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "wiot_1995.RData  already here       280 bytes",
        "wiot_1996.RData  fetched            280 bytes",
        f"2 files in {cache}: 1 already here, 1 fetched",
    ]


def test_the_command_fails_with_the_text_of_the_error(small, disk):
    (disk / NAMES[1]).write_bytes(b"other")
    said = CliRunner().invoke(main, ["data", "fetch", "wiod", "--from", str(disk), "--years", "1995", "1996"])
    assert said.exit_code == 1
    assert "wiot_1995.RData  fetched            280 bytes\nwiot_1996.RData  refused\n" in said.output
    assert "Error: [gvc: wiod] 1 of 2 files were refused:\n  wiot_1996.RData: expected sha256" in said.output
    assert "Traceback" not in said.output
    said = CliRunner().invoke(main, ["data", "fetch", "wiod", "--years", "1996", "1995"])
    assert (said.exit_code, "expected the first year before the last" in said.output) == (1, True)


def test_the_command_explains_itself():
    assert "data" in CliRunner().invoke(main, ["-h"]).output
    said = CliRunner().invoke(main, ["data", "fetch", "-h"]).output
    assert "--from FOLDER_OR_URL" in said
    assert CliRunner().invoke(main, ["data", "fetch", "trade"]).exit_code == 2


def test_nothing_heavy_is_imported_early_and_what_is_missing_is_named(monkeypatch, small, disk):
    early = "import sys, gumlib, gumlib.gvc.fetch, gumlib.gvc.raw; print({'click','pooch','rdata'} & {*sys.modules})"
    assert subprocess.check_output([sys.executable, "-c", early], text=True) == "set()\n"
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(GumError, match=r'expected pooch, .* pip install "gumlib\[gvc\]"'):
        files.fetch(disk, [1995])
    monkeypatch.setitem(sys.modules, "rdata", None)
    with pytest.raises(GumError, match=r'expected rdata, .* pip install "gumlib\[gvc\]"'):
        raw._parse((disk / NAMES[0]).read_bytes(), NAMES[0])


# Reading


def save(file, **lists):
    """Write R lists; the writer is slow to import, so only who runs these tests does."""
    import rdata

    rdata.write_rda(file, lists)


def tiny(**changed):
    """An R list such as those of the package, for two regions and two industries."""
    whole = {
        "year": np.array([2005], dtype=np.int32),
        "countries": np.array(["CHN", "RoW"]),
        "industries": np.array(["c1", "c2"]),
        "final": np.arange(16, dtype=np.int32).reshape(4, 4) - 3,
        "output": np.arange(4, dtype=np.int32) * 100,
        "inter": np.arange(16, dtype=np.int32).reshape(4, 4),
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


@pytest.fixture
def two(monkeypatch):
    for name, values in {"REGIONS": ("CHN", "RoW"), "INDUSTRIES": ("c1", "c2"), "FINAL": ("f1", "f2")}.items():
        monkeypatch.setattr(codes, name, values)


@pytest.fixture
def table(two, tmp_path):
    """Path of a tiny RData file."""
    folder = tmp_path / "raw"
    folder.mkdir()
    save(folder / "wiot_2005.RData", wiot_2005=tiny())
    return folder / "wiot_2005.RData"


def same(got, expected=None):
    expected = expected or tiny()
    assert [part.dtype for part in got] == [np.float64] * 3
    for part, name in zip(got, ("inter", "final", "output"), strict=True):
        np.testing.assert_array_equal(part, np.asarray(expected[name]))


@pytest.fixture
def parsed(monkeypatch):
    """Names of the files parsed from R."""
    names, parse = [], raw._parse

    def counted(content, name):
        names.append(name)
        return parse(content, name)

    monkeypatch.setattr(raw, "_parse", counted)
    return names


def test_the_first_reading_parses_and_the_next_do_not(table, parsed):
    for _ in range(3):
        same(raw.read_raw(table))
    assert parsed == [table.name]
    assert sorted(file.name for file in table.parent.iterdir()) == ["wiot_2005.RData", "wiot_2005.npz"]
    first = raw.read_raw(table)
    first[0][:] = -1
    same(raw.read_raw(str(table)))
    same(raw._split(raw._parse(table.read_bytes(), table.name)))


def test_a_changed_raw_file_is_never_served_from_an_old_copy(table, parsed):
    raw.read_raw(table)
    stamp = table.stat().st_mtime_ns
    other = tiny(output=np.array([7, 8, 9, 10], dtype=np.int32))
    save(table, wiot_2005=other)
    os.utime(table, ns=(stamp, stamp))
    same(raw.read_raw(table), other)
    assert parsed == [table.name] * 2


@pytest.mark.parametrize("harm", ["cut", "bit", "empty", "array"])
def test_a_broken_copy_is_made_again(table, parsed, harm):
    raw.read_raw(table)
    copy = table.with_suffix(".npz")
    whole = copy.read_bytes()
    harmed = {"cut": whole[:-30], "bit": whole[:400] + bytes([whole[400] ^ 1]) + whole[401:], "empty": b""}
    if harm == "array":
        with copy.open("wb") as file:
            np.save(file, np.zeros(3))
    else:
        copy.write_bytes(harmed[harm])
    same(raw.read_raw(table))
    assert len(parsed) == 2
    assert copy.read_bytes() == whole


def test_a_read_only_folder_is_left_alone(table, cache, parsed):
    table.parent.chmod(0o555)
    same(raw.read_raw(table))
    assert list(stored(table.parent)) == [table.name]
    assert list(stored(cache)) == ["wiot_2005.npz"]
    cache.chmod(0o555)
    (cache / "wiot_2005.npz").write_bytes(b"other")
    for _ in range(2):
        same(raw.read_raw(table))
    assert list(stored(files.cache_folder())) == ["wiot_2005.npz"]
    assert len(parsed) == 2


def test_a_disk_that_takes_no_copy_is_no_obstacle(table, parsed, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("no space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    for _ in range(2):
        same(raw.read_raw(table))
    assert parsed == [table.name] * 2
    assert list(stored(table.parent)) == [table.name]


WRONG = {
    "countries of .*: expected CHN in place 1, got RoW": {"countries": np.array(["RoW", "CHN"])},
    "countries of .*: expected 2 codes, got 1": {"countries": np.array(["CHN"])},
    "industries of .*: expected 2 codes, got 0": {"industries": None},
    "year of .*: expected 2005 in place 1, got 2006": {"year": np.array([2006], dtype=np.int32)},
    r"output of .*: expected the shape \(4,\), got \(3,\)": {"output": np.arange(3, dtype=np.int32)},
    r"inter of .*: expected the shape \(4, 4\), got \(4, 3\)": {"inter": np.zeros((4, 3), dtype=np.int32)},
    r"final of .*: expected the shape \(4, 4\), got \(\)": {"final": None},
    "inter of .*: expected whole millions, got fractions": {"inter": np.full((4, 4), 0.5)},
    "inter of .*: expected whole millions, got": {"inter": np.full((4, 4), 3e9)},
    "output of .*: expected numbers, got missing": {"output": np.array([1, 2, np.nan, 4])},
    "output of .*: expected numbers, got miss": {"output": np.ma.array([1, 2, 3, 4], mask=[0, 1, 0, 0], dtype="i4")},
}


@pytest.mark.parametrize("message", WRONG)
def test_another_table_than_expected_is_refused_and_not_kept(two, tmp_path, message):
    save(tmp_path / "wiot_2005.RData", wiot_2005=tiny(**WRONG[message]))
    with pytest.raises(GumError, match=message):
        raw.read_raw(tmp_path / "wiot_2005.RData")
    assert list(tmp_path.glob("*.npz")) == []


def test_what_is_no_table_is_refused(two, tmp_path):
    file = tmp_path / "wiot_2005.RData"
    with pytest.raises(GumError, match=r"expected .*2005\.RData, got no file; run `gum data fetch wiod`"):
        raw.read_raw(file)
    file.write_bytes(b"<html>not found</html>")
    with pytest.raises(GumError, match=r"expected an RData file, got wiot_2005.RData \("):
        raw.read_raw(file)
    save(file, wiot_2006=tiny())
    with pytest.raises(GumError, match="expected the list wiot_2005, got wiot_2006"):
        raw.read_raw(file)


def test_two_processes_may_parse_at_once(table):
    script = """
        import sys
        import gumlib.gvc.codes, gumlib.gvc.raw
        codes, raw = sys.modules["gumlib.gvc.codes"], sys.modules["gumlib.gvc.raw"]
        codes.REGIONS, codes.INDUSTRIES, codes.FINAL = ("CHN", "RoW"), ("c1", "c2"), ("f1", "f2")
        file = raw.Path(sys.argv[1])
        raw.extra("rdata", "gvc")
        print("ready", flush=True)
        sys.stdin.readline()
        for _ in range(20):
            assert raw.read_raw(file)[2].tolist() == [0, 100, 200, 300]
            raw._keep(raw._parse(file.read_bytes(), file.name), sys.argv[2], file)
    """
    key = f"{raw._FORMAT}:{sha(table.read_bytes())}"
    command = [sys.executable, "-c", textwrap.dedent(script), str(table), key]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as one, subprocess.Popen(command, **pipes) as other:
        for process in (one, other):
            assert process.stdout.readline() == "ready\n"
        for process in (one, other):
            process.communicate("go\n")
    assert (one.returncode, other.returncode) == (0, 0)
    assert sorted(stored(table.parent)) == ["wiot_2005.RData", "wiot_2005.npz"]
    same(raw.read_raw(table))


def test_a_table_is_found_in_the_cache_then_beside_the_repository(small, disk, cache, monkeypatch):
    monkeypatch.setattr(raw, "SHARED", disk)
    assert raw.locate(1995) == disk / NAMES[0]
    files.fetch(disk, [1995])
    assert raw.locate(1995) == cache / NAMES[0]
    (disk / NAMES[1]).unlink()
    with pytest.raises(GumError, match=r"expected wiot_1996.RData in .*cache, got no file; run `gum data fetch wiod`"):
        raw.locate(1996)


# The real tables


@pytest.fixture
def real():
    folder = Path(raw.__file__).parents[3] / "shared" / "data" / "wiod2013" / "raw"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here: the raw tables are not part of the repository")
    return folder


def test_all_real_tables_are_the_listed_ones(real, cache):
    assert files.fetch(real) == [cache / f"wiot_{year}.RData" for year in codes.TABLE_YEARS]
    assert sorted(stored(cache)) == list(files.checksums())


def test_a_real_table_is_read_whole(real, cache):
    files.fetch(real, [2009])
    first, again = raw.read_raw(raw.locate(2009)), raw.read_raw(raw.locate(2009))
    inter, final, output = first
    assert (inter.shape, final.shape, output.shape) == ((1435, 1435), (1435, 205), (1435,))
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    china = codes.REGIONS.index("CHN") * 35
    assert output[china : china + 35].sum() == 15_149_962  # these two: README of the shared data
    assert output.sum() == 114_158_086
    assert inter.min() == 0
    assert 0.999 < (inter.sum() + final.sum()) / output.sum() <= 1


def test_output_that_r_holds_as_floats_is_read_too(real):
    assert raw.read_raw(real / "wiot_1995.RData")[2].sum() > 0
