"""A card says what is drawn, tells when it has changed, and is the same on every run."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from gumlib import data
from gumlib.data.writing import STORE
from gumlib.errors import GumError
from gumlib.figures import style
from gumlib.figures.card import Figure
from gumlib.terms import TERMS

SVG = "{http://www.w3.org/2000/svg}"
POINTS = pd.DataFrame({"x": [0.0, 1.0, 2.0], "y": [1.0, 3.0, 2.0], "who": ["a", "b", "b"]})


def draw(frame):
    page = style.canvas(2)
    axes = page.subplots()
    axes.plot(frame["x"], frame["y"], color=TERMS["L"].colour)
    axes.set(xlabel="Time,\nyears", ylabel="Height, metres")
    return page


def card(**changes):
    kept = {
        "id": "fig-0-0-line",
        "title": "A line & more",
        "caption": "It rises, then falls.",
        "alt": "A line from 1 up to 3 and down to 2, where x < 3.",
        "data": POINTS,
        "draw": draw,
    }
    return Figure(**{**kept, **changes})


@pytest.mark.parametrize("column", ["x", "y"])
def test_the_summary_tells_a_change_in_the_eighth_digit(column):
    larger = POINTS.assign(**{column: POINTS[column].replace(2.0, 2.000001)})
    smaller = POINTS.assign(**{column: POINTS[column].replace(2.0, 2.000000001)})
    assert str(card(data=larger)) != str(card())
    assert str(card(data=smaller)) == str(card())


def test_the_summary_tells_a_changed_text_a_lost_row_and_a_missing_value():
    said = {
        str(card(data=frame))
        for frame in (
            POINTS,
            POINTS.assign(who=["a", "b", "c"]),
            POINTS.assign(who=["b", "a", "b"]),
            POINTS.iloc[:2],
            POINTS.assign(y=[1.0, 3.0, np.nan]),
            POINTS.rename(columns={"y": "z"}),
        )
    }
    assert len(said) == 6


def test_the_summary_of_truth_values_and_of_nothing_known():
    text = str(card(data=pd.DataFrame({"sure": [True, False], "unknown": [np.nan, np.nan]})))
    assert "sure     2 texts, 2 distinct" in text
    assert "no values" in text
    assert "2 missing" in text


def test_the_drawing_carries_id_title_and_alternative_text():
    root = ElementTree.fromstring(card().svg)
    assert (root.tag, root.get("id"), root.get("role")) == (f"{SVG}svg", "fig-0-0-line", "img")
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == card().title
    assert root[1].tag == f"{SVG}desc"
    assert root[1].text == card().alt


def test_the_drawing_tells_nothing_of_machine_or_time():
    assert not re.search(r"<metadata|<!DOCTYPE|<\?xml|\d{4}-\d{2}-\d{2}T|Matplotlib v", card().svg)


def test_the_drawing_refers_to_no_other_file():
    links = re.findall(r'(?:href|src)="([^#"][^"]*)"', card().svg)
    assert links == []


def test_a_file_that_travels_alone_says_what_it_is_whose_and_under_which_licence():
    files = card().files()
    work = ElementTree.fromstring(files["fig-0-0-line.svg"]).find(".//{http://creativecommons.org/ns#}Work")
    core = {part.tag.removeprefix("{http://purl.org/dc/elements/1.1/}"): part.text for part in work}
    assert core["title"] == card().title
    assert core["rights"] == "CC BY 4.0"
    image = Image.open(io.BytesIO(files["fig-0-0-line.png"])).text
    assert set(image) == {"Title", "Author", "Copyright", "Source"}
    assert (image["Title"], image["Author"], image["Source"]) == (core["title"], core["creator"], core["source"])
    printed = files["fig-0-0-line.pdf"].decode("latin-1")
    assert f"/Title ({core['title']})" in printed
    assert f"/Author ({core['creator']})" in printed
    assert f"/Subject ({core['source']}; CC BY 4.0, https://creativecommons.org" in printed


def test_a_dark_drawing_has_other_inks_and_the_same_colours():
    light, dark = card().svg, style.dark(card().svg)
    assert style.INK in light
    assert style.INK not in dark
    assert dark.count(TERMS["L"].colour) == light.count(TERMS["L"].colour) > 0


def test_downloads_are_the_same_bytes_on_every_run():
    first, again = card().files(), card().files()
    assert dict(first) == dict(again)
    once = card()
    assert dict(once.files()) == dict(once.files())


def test_downloads_are_what_their_names_say():
    starts = {"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<svg", "csv": b"x,y,who\n", "json": b"{"}
    files = card().files()
    assert len(files) == 6
    for name, content in files.items():
        assert content.startswith(starts[name.split(".")[-1]])


def test_the_table_of_a_figure_is_its_data():
    table = pd.read_csv(io.BytesIO(card().files()["fig-0-0-line.csv"]))
    pd.testing.assert_frame_equal(table, POINTS, check_dtype=False)


def test_the_record_names_function_sources_and_seed():
    record = json.loads(card(sources=("ledger",), seed=3).files()["fig-0-0-line.json"])
    assert record["function"].endswith(".draw")
    assert record["sources"] == {"ledger": data.registry().loc["ledger", "sha256"]}
    assert (record["seed"], record["rows"], record["columns"]) == (3, 3, ["x", "y", "who"])
    assert record["units"] == ["Time, years", "Height, metres"]
    assert {"Time, years", "Height, metres"} <= set(record["words"])
    assert not any(word.isdigit() for word in record["words"])


@pytest.mark.parametrize("bad", ["2-1-map", "fig", "fig-2-1-Map", "fig-2-1 map", "fig-2-1-map/../x", "fig-地图", ""])
def test_a_malformed_id_is_refused(bad):
    with pytest.raises(GumError, match=r"figures: id\] expected an id like"):
        card(id=bad)


@pytest.mark.parametrize("text", ["title", "caption", "alt"])
@pytest.mark.parametrize("empty", ["", "  \n"])
def test_an_empty_text_is_refused(text, empty):
    with pytest.raises(GumError, match=rf"figures: {text}\] expected a {text}, got none"):
        card(**{text: empty})


def test_an_empty_frame_is_refused():
    with pytest.raises(GumError, match=r"figures: data\] expected a frame with rows"):
        card(data=POINTS.iloc[:0])


def test_a_notebook_gets_summary_and_drawing(monkeypatch):
    monkeypatch.delenv(STORE, raising=False)
    assert card()._repr_mimebundle_() == {"text/plain": str(card()), "image/svg+xml": card().svg}


def test_a_figure_shown_is_stored_where_asked(tmp_path, monkeypatch):
    monkeypatch.setenv(STORE, str(tmp_path / "new"))
    card()._repr_mimebundle_()
    stored = {file.name: file.read_bytes() for file in (tmp_path / "new").iterdir()}
    chinese = {f"fig-0-0-line.{kind}.svg" for kind in ("zh", "zh-dark")}
    assert stored.keys() == card().files().keys() | chinese
    assert {name: stored[name] for name in card().files()} == dict(card().files())


@pytest.mark.parametrize("kind", ["zh", "zh-dark"])
def test_a_drawing_in_chinese_names_its_creator_licence_and_source_too(tmp_path, monkeypatch, kind):
    monkeypatch.setenv(STORE, str(tmp_path))
    card()._repr_mimebundle_()
    told = [re.search(r"<metadata>.*?</metadata>", (tmp_path / f"fig-0-0-line.{end}").read_text(encoding="utf-8"))[0]
            for end in ("svg", f"{kind}.svg")]  # fmt: skip
    assert told[0] == told[1]
    assert all(f"<dc:{name}>" in told[1] for name in ("title", "creator", "source", "rights"))


def test_an_unchanged_drawing_is_not_printed_again(tmp_path):
    card().save(tmp_path)
    (tmp_path / "fig-0-0-line.png").write_bytes(b"old")
    (tmp_path / "fig-0-0-line.csv").write_bytes(b"old")
    card().save(tmp_path)
    assert (tmp_path / "fig-0-0-line.png").read_bytes() == b"old"
    assert (tmp_path / "fig-0-0-line.csv").read_bytes() == card().files()["fig-0-0-line.csv"]


@pytest.mark.parametrize("lost", ["svg", "png", "pdf"])
def test_a_lost_file_is_written_again(tmp_path, lost):
    card().save(tmp_path)
    (tmp_path / f"fig-0-0-line.{lost}").unlink()
    card().save(tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == dict(card().files())


def test_a_changed_drawing_replaces_every_file(tmp_path):
    changed = card(data=POINTS.assign(y=[1.0, 3.0, 2.5]))
    card().save(tmp_path)
    changed.save(tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == dict(changed.files())
