"""No command loses what lies where it writes, and none leaves half of what it makes: every command is tried."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click
import own_tables
import pytest
from click.testing import CliRunner

from gumlib.cli import main
from gumlib.data import writing
from gumlib.own.cluster import modelled, report, template
from gumlib.own.cluster import writing as document_writing
from gumlib.own.cluster.folder import read_cluster
from gumlib.own.cluster.pieces import Document, Section
from gumlib.survey import export, instrument, simulation

MAKES = {
    "case new": "made --example",
    "case report": "pipes",
    "figure export": "fig-0-0-line --book book --out made/pictures",
    "gvc report": "table.csv --region CHN --industry c1 --out page.html",
    "model export": "--to json",
    "survey export": "interview --to items items.csv",
    "survey levels": "ningbo-firms answers.csv --out levels.csv --to made/mine --year 2010",
    "survey read": "ningbo-firms answers.csv --out codes.csv",
}
"""What makes something here, each with arguments that make more than one file where it can."""
SILENT = {"case agreement", "case check", "figure list", "figure show", "survey check"}
CHECKED = {"data fetch"}
"""What fills a cache: a file of the list that differs from its checksum is fetched again, no other is touched."""


def leaves(group: click.Group, *path: str) -> Iterator[str]:
    for name, command in group.commands.items():
        yield from leaves(command, *path, name) if isinstance(command, click.Group) else [" ".join((*path, name))]


def test_every_command_is_asked() -> None:
    assert {*MAKES, *SILENT, *CHECKED} == set(leaves(main))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Document:
    drawn = modelled.model(read_cluster(template.write(tmp_path_factory.mktemp("one") / "pipes", example=True)))[1]
    return Document("a page", "", (), (Section("model", "", (drawn,)),), ("", ""))


@pytest.fixture
def desk(tmp_path: Path, page: Document, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put in a folder what commands read: a cluster, answers, a table, a book; drawing takes too long here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(report, "report", lambda *_, **__: page)
    monkeypatch.setattr(report, "figure_files", lambda one, _: dict.fromkeys((f"{one.id}.svg", "b.csv"), b"drawn"))
    monkeypatch.setattr(report.writing, "contents", lambda *_: b"a page")
    template.write(tmp_path / "pipes", example=True)
    export.write_responses(simulation.respondents(instrument("ningbo-firms"), 30, seed=2), "answers.csv")
    own_tables.save(own_tables.plain(own_tables.invented()), tmp_path / "table.csv")
    for folder, name in (("figures", "fig-0-0-line.svg"), ("cite", "fig-0-0-line.bib")):
        (tmp_path / "book" / folder).mkdir(parents=True)
        (tmp_path / "book" / folder / name).write_text("<svg/>", encoding="utf-8")
    record = json.dumps({"id": "fig-0-0-line", "title": "A line"})
    (tmp_path / "book" / "figures" / "fig-0-0-line.json").write_text(record, encoding="utf-8")
    return tmp_path


def gum(command: str, *more: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, [*command.split(), *MAKES[command].split(), *more])
    assert "Traceback" not in done.output
    return done.exit_code, done.output


def held(desk: Path) -> dict[str, bytes | None]:
    """Return all that lies in a folder, folders too."""
    return {str(at.relative_to(desk)): at.read_bytes() if at.is_file() else None for at in desk.rglob("*")}


def made(desk: Path, before: dict[str, bytes | None]) -> list[Path]:
    return [desk / name for name, content in held(desk).items() if content is not None and name not in before]


@pytest.mark.parametrize("command", MAKES)
def test_what_lies_there_is_kept_until_the_reader_lets_it_go(desk: Path, command: str) -> None:
    before = held(desk)
    code, said = gum(command)
    assert code == 0, said
    new = made(desk, before)
    assert new
    if command != "case new":
        assert gum(command)[0] == 0, "what is alike is no loss"
    kept = {file: file.read_bytes() for file in new}
    for file in (new[0], new[-1]):
        file.write_bytes(b"a morning's work")
        changed = held(desk)
        code, said = gum(command)
        assert (code, held(desk) == changed) == (1, True)
        assert ("take another name" if command == "case new" else "add --replace") in said
    if command != "case new":
        assert gum(command, "--replace")[0] == 0
        assert {file: file.read_bytes() for file in new} == kept


@pytest.mark.parametrize("suffix", [".html", ".docx"])
def test_a_report_gives_way_to_a_later_one_and_to_nothing_else(tmp_path: Path, page: Document, suffix: str) -> None:
    target, later = tmp_path / f"page{suffix}", replace(page, title="a later page")
    for document in (page, later):
        writing.write_all({target: document_writing.contents(document, suffix, "en")}, renew=True)
    assert target.read_bytes() == document_writing.contents(later, suffix, "en")
    target.write_bytes(b"a morning's work")
    with pytest.raises(writing.GumError, match="add --replace"):
        writing.write_all({target: document_writing.contents(page, suffix, "en")}, renew=True)


@pytest.mark.slow
def test_a_report_is_made_anew_when_a_score_changes_and_in_the_other_language(pipes: Path) -> None:
    """Figures that we drew before give way too, those that another program has saved do not."""
    report.write(pipes)
    scores = pipes / "scores_a.csv"
    scores.write_text(scores.read_text("utf-8-sig").replace(",L,2,", ",L,3,"), "utf-8")
    changed = report.write(pipes)
    report.write(pipes, language="zh")
    drawn = next(report.figures_of(changed).glob("*.svg"))
    drawn.write_bytes(b"<?xml version='1.0'?>" + drawn.read_bytes())
    with pytest.raises(writing.GumError, match="add --replace"):
        report.write(pipes)


def test_a_document_that_is_torn_gives_way_to_nothing(tmp_path: Path, page: Document) -> None:
    target, whole = tmp_path / "page.docx", document_writing.contents(page, ".docx", "en")
    torn = whole.replace(b"PK\x01\x02", b"PK\x00\x00")  # its end is sound, its list of parts is not
    for kept in (torn, whole[:500]):
        target.write_bytes(kept)
        with pytest.raises(writing.GumError, match="add --replace"):
            writing.write_all({target: whole}, renew=True)
        assert target.read_bytes() == kept


def test_a_table_gives_way_to_one_of_the_same_columns(tmp_path: Path) -> None:
    target = tmp_path / "page-measures.csv"
    for content in (b"region,value\nA,1\n", b"region,value\nA,2\n"):
        writing.write_all({target: content}, renew=True)
    with pytest.raises(writing.GumError, match="add --replace"):
        writing.write_all({target: b"region,note\nA,1\n"}, renew=True)


@pytest.mark.parametrize("command", MAKES)
def test_a_full_disk_leaves_all_as_it_was(desk: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    before = held(desk)
    gum(command)
    left = sum(file.stat().st_size for file in made(desk, before)) - 1
    for at in sorted((desk / name for name in held(desk) if name not in before), reverse=True):
        at.unlink() if at.is_file() else at.rmdir()
    aside, bounds = writing._aside, resource.getrlimit(resource.RLIMIT_FSIZE)

    def bounded(target: Path, content: bytes, undo: ExitStack) -> Path:
        """Write as the system does on a disk with so much room left."""
        nonlocal left
        resource.setrlimit(resource.RLIMIT_FSIZE, (left, bounds[1]))
        try:
            return aside(target, content, undo)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, bounds)
            left = max(0, left - len(content))

    monkeypatch.setattr(writing, "_aside", bounded)
    for _ in ("room for all but a byte", "no room"):
        code, said = gum(command)
        assert (code, "cannot write" in said) == (1, True), said
        assert held(desk) == before


@pytest.mark.parametrize("there", [False, True], ids=["new", "in the place of others"])
@pytest.mark.parametrize("command", [command for command in MAKES if command != "case new"])
def test_what_stops_at_the_last_file_leaves_all_as_it_was(
    desk: Path, command: str, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(desk)
    gum(command)
    new = made(desk, before)
    for file in new:
        file.write_bytes(b"a morning's work") if there else file.unlink()
    changed, move, left = held(desk), Path.replace, len(new)

    def torn(part: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left == 0:
            raise KeyboardInterrupt
        return move(part, target)

    monkeypatch.setattr(Path, "replace", torn)
    assert gum(command, "--replace")[0] != 0
    assert (left <= 0, held(desk) == changed) == (True, True)


def test_a_table_in_another_form_is_not_doubled(desk: Path) -> None:
    (desk / "made" / "mine").mkdir(parents=True)
    (desk / "made" / "mine" / "Ledger.xlsx").write_bytes(b"PK")
    before = held(desk)
    code, said = gum("survey levels")
    assert (code, "got Ledger.xlsx" in said) == (1, True)
    assert held(desk) == before


def test_a_link_a_folder_and_a_device_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "far.csv").write_bytes(b"1")
    (tmp_path / "near.csv").symlink_to(tmp_path / "far.csv")
    writing.write_all({tmp_path / "near.csv": b"2"}, replace=True)
    assert ((tmp_path / "far.csv").read_bytes(), (tmp_path / "near.csv").is_symlink()) == (b"2", True)
    (tmp_path / "folder").mkdir()
    for place in (tmp_path / "folder", Path(os.devnull)):
        with pytest.raises(writing.GumError, match="a folder or a device is there"):
            writing.write_all({place: b"3"}, replace=True)
