"""``gum figure`` reads a built book, wherever it lies."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from gumlib.cli import main

RECORD = {
    "id": "fig-0-0-line",
    "title": "A line",
    "caption": "It rises.",
    "rows": 2,
    "columns": ["x", "y"],
    "function": "gumlib.figures.toy.line",
    "sources": {"ledger": "ab12"},
    "units": ["Time, years"],
    "seed": None,
    "licence": "CC BY 4.0",
    "page": "chapters/index.html#fig-0-0-line",
    "citation": "We (2026). A line.",
}


@pytest.fixture
def book(tmp_path):
    """Write a book of two figures."""
    for folder in ("figures", "cite"):
        (tmp_path / folder).mkdir()
    for name in ("fig-0-0-line", "fig-0-0-line-b"):
        for kind in ("svg", "png", "pdf", "csv"):
            (tmp_path / "figures" / f"{name}.{kind}").write_text(kind, encoding="utf-8")
        (tmp_path / "figures" / f"{name}-dark.svg").write_text("dark", encoding="utf-8")
        (tmp_path / "figures" / f"{name}.json").write_text(json.dumps({**RECORD, "id": name}), encoding="utf-8")
        (tmp_path / "cite" / f"{name}.bib").write_text(f"@misc{{gum-{name}}}\n", encoding="utf-8")
    return tmp_path


def gum(*words):
    ended = CliRunner().invoke(main, ["figure", *map(str, words)])
    return ended.exit_code, ended.output


def test_every_figure_is_listed(book):
    code, said = gum("list", "--book", book)
    assert code == 0
    assert [line.split("\t") for line in said.splitlines()] == [
        [name, RECORD["page"], RECORD["title"], RECORD["function"]] for name in ("fig-0-0-line", "fig-0-0-line-b")
    ]


def test_a_figure_is_shown_with_citation_data_and_inputs(book):
    code, said = gum("show", "fig-0-0-line", "--book", book)
    assert code == 0
    assert RECORD["citation"] in said
    assert "data: fig-0-0-line.csv, 2 rows; x; y\n" in said
    assert "inputs: ledger sha256 ab12\n" in said
    assert "seed" not in said


def test_a_figure_is_shown_in_chinese_where_the_book_and_the_console_have_it(book):
    file = book / "figures" / "fig-0-0-line.json"
    words = {"zh": {"title": "一条线", "caption": "它上升。"}, "units": ["level, 0 to 1"]}
    file.write_text(json.dumps(RECORD | words), encoding="utf-8")
    command = ["--lang", "zh", "figure", "show", "fig-0-0-line", "--book", str(book)]
    said = CliRunner().invoke(main, command).output
    assert said.startswith(f"一条线\n\n它上升。\n\n{RECORD['citation']}\n\n页面：chapters/index.html#fig-0-0-line\n")
    assert "单位：水平，0至1\n许可：CC BY 4.0\n数据：fig-0-0-line.csv，2行；x；y\n输入：ledger sha256 ab12\n" in said
    assert "一条线" in CliRunner().invoke(main, ["--lang", "zh", "figure", "list", "--book", str(book)]).output
    assert CliRunner(charset="ascii").invoke(main, command).output.startswith("A line\n\nIt rises.\n")


def test_a_citation_is_printed_as_programs_read_it(book):
    assert gum("show", "fig-0-0-line", "--as", "bibtex", "--book", book) == (0, "@misc{gum-fig-0-0-line}\n")
    code, said = gum("show", "fig-0-0-line", "--as", "record", "--book", book)
    assert (code, json.loads(said)) == (0, RECORD)


def test_a_figure_is_taken_along_whole_and_alone(book, tmp_path):
    code, _ = gum("export", "fig-0-0-line", "--book", book, "--out", tmp_path / "new" / "folder")
    assert code == 0
    kinds = (".bib", ".csv", ".json", ".pdf", ".png", ".svg", "-dark.svg")
    assert {file.name for file in (tmp_path / "new" / "folder").iterdir()} == {f"fig-0-0-line{kind}" for kind in kinds}


def test_an_unknown_figure_and_a_folder_without_a_book_are_told(book, tmp_path):
    code, said = gum("show", "fig-9", "--book", book)
    assert code == 1
    assert "expected the id of a figure or table, got 'fig-9'; gum figure list prints every id" in said
    assert "did you mean fig-0-0-line, fig-0-0-line-b; gum" in gum("export", "fig-0-line", "--book", book)[1]
    code, said = gum("list", "--book", tmp_path / "figures")
    assert code == 1
    assert "name the folder of one with --book" in said


@pytest.mark.parametrize(
    "name",
    [
        *("FIG-0-0-LINE", "fig_0_0_line", " fig-0-0-line ", "#fig-0-0-line", "fig-0-0-line.svg", "fig-0-0-line.zh.svg"),
        *("fig-0-0-line-dark.svg", "figures/fig-0-0-line.json", "../index.html#fig-0-0-line"),
    ],
)
def test_an_id_may_be_written_as_the_name_or_link_of_a_file(book, tmp_path, name):
    assert gum("show", name, "--book", book, "--as", "BibTeX") == (0, "@misc{gum-fig-0-0-line}\n")
    assert "data: fig-0-0-line.csv, 2 rows" in gum("show", name, "--book", book)[1]
    assert gum("export", name, "--book", book, "--out", tmp_path / "new")[0] == 0
    assert (tmp_path / "new" / "fig-0-0-line.png").exists()


@pytest.mark.parametrize("content", ["{", "[]", "{}", "null", '{"id": "fig-0-0-line"}', "\xff"])
def test_a_broken_record_and_a_missing_citation_are_told(book, content):
    (book / "cite" / "fig-0-0-line.bib").unlink()
    for words in (("show", "fig-0-0-line", "--as", "bibtex"), ("export", "fig-0-0-line", "--out", book / "new")):
        code, said = gum(*words, "--book", book)
        assert code == 1
        assert "expected fig-0-0-line.bib in the built book, there is none in" in said
    (book / "figures" / "fig-0-0-line.json").write_text(content, encoding="latin-1")
    for words in (("list",), ("show", "fig-0-0-line")):
        code, said = gum(*words, "--book", book)
        assert code == 1
        assert "expected the record of a figure or table in fig-0-0-line.json, got something else; build" in said
