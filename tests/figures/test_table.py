"""A table shows what it holds, says what to see, and leaves the same files on every run."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from gumlib.data.writing import STORE
from gumlib.errors import GumError
from gumlib.figures.table import Table

FRAME = pd.DataFrame({"share": [0.25, None], "works": [3, 4]}, pd.Index(["cut", "sewn"], name="step"))


def made(frame=FRAME, form=".0%", **changed):
    said = {"id": "tab-0-0-steps", "title": "Two steps", "caption": "Cutting earns a quarter."} | changed
    return Table(**said, data=frame, form=form)


def rows(table):
    return [re.findall(r"<t[hd]>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>.*?</tr>", table.html)]


def test_the_html_carries_id_title_and_caption():
    opened = '<table class="dataframe" id="tab-0-0-steps"><caption><strong>Two steps.</strong> Cutting earns a quarter.'
    assert made().html.startswith(opened)


def test_a_question_keeps_its_mark():
    assert "<strong>Which steps?</strong>" in made(title="Which steps?").html


def test_one_row_of_headings_names_index_and_columns():
    assert rows(made()) == [["step", "share", "works"], ["cut", "25%", "3"], ["sewn", "", "4"]]


def test_an_index_that_only_counts_is_left_out_of_rows_and_file():
    plain = made(FRAME.reset_index(drop=True))
    assert rows(plain)[0] == ["share", "works"]
    assert plain.files()["tab-0-0-steps.csv"] == b"share,works\n0.25,3\n,4\n"


def test_a_form_by_column_leaves_the_others():
    frame = pd.DataFrame({"share": [0.5], "p": [0.04]})
    assert rows(made(frame, {"share": ".0%"})) == [["share", "p"], ["50%", "0.04"]]


def test_the_file_holds_the_numbers_unrounded_under_one_heading_each():
    third = pd.DataFrame({("a", "b"): [1 / 3]}, pd.Index(["x"], name="row"))
    assert made(third, ".1f").files()["tab-0-0-steps.csv"].decode() == f"row,a b\nx,{1 / 3!r}\n"
    assert json.loads(made(third).files()["tab-0-0-steps.json"])["columns"] == ["row", "a b"]


def test_markup_in_a_cell_or_caption_is_shown_as_text():
    shown = made(pd.DataFrame({"a": ["<b>x</b>"]}), caption="x < y").html
    assert "<b>" not in shown
    assert "x &lt; y" in shown


def test_a_long_text_is_shown_in_full():
    assert "word " * 200 + "end" in made(pd.DataFrame({"a": ["word " * 200 + "end"]})).html


def test_the_summary_tells_a_changed_cell():
    assert str(made(FRAME.assign(works=[3, 5]))) != str(made())


def test_a_table_shown_is_stored_where_asked(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE, str(tmp_path))
    bundle = made()._repr_mimebundle_()
    assert bundle == {"text/plain": str(made()), "text/html": made().html}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["tab-0-0-steps.csv", "tab-0-0-steps.json"]
    assert made().files() == {file.name: file.read_bytes() for file in tmp_path.iterdir()}


@pytest.mark.parametrize("bad", ["fig-0-0-x", "tab", "tab-A"])
def test_a_malformed_id_is_refused(bad):
    with pytest.raises(GumError, match="tab-"):
        made(id=bad)


@pytest.mark.parametrize("text", ["title", "caption"])
def test_an_empty_text_is_refused(text):
    with pytest.raises(GumError, match=text):
        made(**{text: " "})


def test_an_empty_frame_is_refused():
    with pytest.raises(GumError, match="rows"):
        made(FRAME.head(0))
