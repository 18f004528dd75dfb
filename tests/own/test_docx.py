"""A report as a document for a word processor, read back."""

from __future__ import annotations

import io
from pathlib import Path

import docx as reader
import pandas as pd
import pytest
from matplotlib.figure import Figure as Canvas

from gumlib.data.messages import words_in
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.own.cluster import docx, pieces, writing


def line(frame: pd.DataFrame) -> Canvas:
    page = style.canvas(2)
    page.subplots().plot(frame["x"], frame["y"])
    return page


@pytest.fixture
def document() -> pieces.Document:
    """Return a report with a piece of each kind."""
    frame = pd.DataFrame({"x": [0.0, 1.0], "y": [1.0, 3.0]})
    drawn = Figure("fig-own-x-line", "Shares of the world", "A dot a region.", "A dot a region.", frame, line)
    rows = pd.DataFrame({"year": [1990], "level": [0.25], "unit": ["x<y"]}, index=["cluster governance"])
    parts = (
        pieces.ours("The model was not run.", "Nothing is scored yet."),
        pieces.listing("Nothing is scored yet.", pieces.Link("over the ranges of the book", "#g=0.8")),
        pieces.Captioned(rows.rename_axis("variable"), "Levels by year.", index=True, words=True),
        pieces.folded("Facts with a year", pieces.Code("@misc{x,\n}")),
        drawn,
    )
    return pieces.Document(
        "Pipes", "陶管", (), (pieces.Section("model", "What the model says", parts),), ("files", "folder")
    )


def opened(content: bytes) -> reader.document.Document:
    return reader.Document(io.BytesIO(content))


def test_every_piece_stands_in_the_document(document: pieces.Document) -> None:
    made = opened(docx.file(document, words_in("en")))
    texts = [(one.style.name, one.text) for one in made.paragraphs]
    assert texts[:2] == [("Title", "Pipes"), ("Subtitle", "陶管")]
    assert ("Heading 1", "What the model says") in texts
    assert ("Intense Quote", "The model was not run. Nothing is scored yet.") in texts
    assert ("List Bullet", "over the ranges of the book: #g=0.8") in texts
    assert ("Normal", "@misc{x,\n}") in texts
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["variable", "year", "level", "unit"],
        ["cluster governance", "1990", "0.25", "x<y"],
    ]
    assert len(made.inline_shapes) == 1
    assert made.inline_shapes[0]._inline.docPr.get("descr") == "A dot a region."


def test_it_is_chinese_with_what_the_reader_wrote_as_it_stands(document: pieces.Document) -> None:
    made = opened(docx.file(document, words_in("zh")))
    texts = [one.text for one in made.paragraphs]
    assert texts[:3] == ["陶管", "Pipes", "模型怎么说"]
    assert "没有运行模型。尚无评分。" in texts
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["集群治理", "1990", "0.25", "x<y"]
    assert made.core_properties.language == "zh-CN"


def test_the_same_report_gives_the_same_bytes(document: pieces.Document) -> None:
    assert docx.file(document, words_in("zh")) == docx.file(document, words_in("zh"))


def test_the_kind_of_file_follows_from_its_name(document: pieces.Document, tmp_path: Path) -> None:
    assert writing.contents(document, ".DOCX", "en").startswith(b"PK")
    assert writing.contents(document, ".html", "en").startswith(b"<!DOCTYPE html>")
    assert writing.target(tmp_path / "a.docx", "cases") == tmp_path / "a.docx"
