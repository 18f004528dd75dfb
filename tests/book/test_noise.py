"""Noise reaches the numbers that are read, leaves scores alone, and a shown digit that rests on it is found."""

from __future__ import annotations

import pandas as pd

from book import noise

HEAD = (noise.executable()[0]).read_text(encoding="utf-8").split("---\n")[1]


def test_noise_moves_decimals_and_neither_scores_nor_words():
    frame = pd.DataFrame(
        {"share": [0.1, 0.5, None], "score": [0.25, 3.0, 4.75], "count": [1, 2, 3], "word": list("abc")}
    )
    moved = noise.perturb(frame, seed=1, size=0.01)
    assert moved["share"].iloc[0] != 0.1
    assert moved["share"].iloc[1] == 0.5
    assert moved["share"].isna().tolist() == [False, False, True]
    pd.testing.assert_frame_equal(moved[["score", "count", "word"]], frame[["score", "count", "word"]])
    pd.testing.assert_frame_equal(moved, noise.perturb(frame, seed=1, size=0.01))


def test_a_digit_that_flips_is_named_with_its_page_and_cell(tmp_path):
    page = tmp_path / "page.md"
    cells = ["from gumlib import data\nvalue = data.read('china-series')['value'].iloc[0]", "value", "round(value, 1)"]
    text = "".join(f"```{{code-cell}} python\n{cell}\n```\n\n" for cell in cells)
    page.write_text(f"---\n{HEAD}---\n# A page\n\n{text}", encoding="utf-8")
    assert {flip.cell for flip in noise.flips(page, size=1e-4)} == {2}
    assert noise.flips(page, size=0.0) == []
