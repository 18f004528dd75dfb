"""Two runs are compared by meaning: what may move, how far, and what may not move at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import v4

from book import compare
from book.compare import PIXEL, RESULT

SVG = (
    '<svg id="fig-x" viewBox="0 0 460 200"><path d="M {} 20.5 L 30 4" style="fill: {}"/><use href="#g{}" x="{}"/></svg>'
)


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ("gain 0.123456789", "gain 0.123456788"),
        ("-3.0e-05 and 2,5", "-3.00000001e-05 and 2,5"),
        ("0.0", "-1.2e-17"),
        ("<td>12.5</td>", "<td>12.500000001</td>"),
        ("\u22120.5", "\u22120.50000000001"),
    ],
)
def test_a_last_bit_may_differ(stored, found):
    assert not list(compare.texts(stored, found))


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ("0.50", "0.51"),
        ("12 of 400", "13 of 400"),
        ("2,814,001 rows", "2,814,002 rows"),
        ("123456789", "123456790"),
        ("C13", "C14"),
        ("awards, licence", "licence, awards"),
        ("checksum 12e45678", "checksum 12e45679"),
        ("#0072b2", "#0072b3"),
        ("<td>1.5</td>", "<th>1.5</th>"),
        ("0.5", "-0.5"),
        ("1 2", "1 2 3"),
        ("0.5", "nan"),
        ("v1.2.3", "v1.2.4"),
    ],
)
def test_words_counts_order_names_and_results_may_not(stored, found):
    assert list(compare.texts(stored, found))
    assert list(compare.texts(found, stored))


@given(st.floats(-1e12, 1e12).filter(lambda x: abs(x) > 1e-9), st.floats(-1, 1))
def test_the_tolerance_of_a_result_is_a_millionth(value, part):
    written = f"x {value:.17e}"
    assert not list(compare.texts(written, f"x {value * (1 + 0.9 * RESULT * part):.17e}"))
    assert list(compare.texts(written, f"x {value * (1 + 2 * RESULT):.17e}"))


def test_a_drawing_may_move_by_half_a_pixel_and_change_nothing_else():
    drawn = SVG.format(10.0, "#1b2530", 1, 7.0)
    near = 0.9 * PIXEL * 3 / 4
    assert not list(compare.drawings(drawn, SVG.format(10.0 + near, "#1b2530", 1, 7.0 - near)))
    for other in (
        SVG.format(10.0 + 2 * PIXEL, "#1b2530", 1, 7.0),
        SVG.format(10.0, "#1b2531", 1, 7.0),
        SVG.format(10.0, "#1b2530", 2, 7.0),
        drawn.replace("L 30", "M 30"),
        drawn.replace("fig-x", "fig-y"),
        drawn.replace("<use", '<path d="M 1 1"/><use'),
    ):
        assert list(compare.drawings(drawn, other)), other


@pytest.mark.parametrize(
    "other",
    [
        "translate(9.5 9) rotate(-90.5) scale(0.2 -0.2)",
        "translate(9.5 9) rotate(-90) scale(0.1 -0.2)",
        "translate(9.5 9) scale(0.2 -0.2) rotate(-90)",
        "translate(11.5 9) rotate(-90) scale(0.2 -0.2)",
    ],
)
def test_of_a_transform_only_a_move_is_measured_in_pixels(other):
    drawn = '<g transform="{}"><path d="M 1 2"/></g>'
    stored = drawn.format("translate(9.5 9) rotate(-90) scale(0.2 -0.2)")
    assert not list(compare.drawings(stored, stored.replace("9.5", "9.6")))
    assert list(compare.drawings(stored, drawn.format(other)))


def shown(**data: str):
    return v4.new_output("display_data", data=data)


def test_outputs_are_compared_in_number_kind_and_order():
    one, two = v4.new_output("stream", text="a"), shown(**{"text/plain": "b"})
    assert not list(compare.outputs([one, two], [one, two]))
    for found in ([two, one], [one], [], [one, two, two], [one, shown(**{"text/html": "b"})]):
        assert list(compare.outputs([one, two], found))


def test_what_is_noted_of_an_output_is_compared_whatever_its_order():
    noted = [{"name": "p0", "prefix": "x"}, {"prefix": "x", "name": "p0"}, {"prefix": "x", "name": "p1"}]
    one, other, third = (v4.new_output("display_data", {"text/plain": "1"}, metadata=note) for note in noted)
    assert not list(compare.outputs([one], [other]))
    assert list(compare.outputs([one], [third]))


def test_where_a_stream_is_cut_does_not_matter():
    parts = [v4.new_output("stream", text=text) for text in ("ab", "c")]
    assert not list(compare.outputs(parts, [v4.new_output("stream", text="abc")]))
    assert list(compare.outputs(parts, [v4.new_output("stream", text="ab")]))


def test_pixels_are_left_to_the_drawing_beside_them():
    one, other = (shown(**{"image/png": pixels, "image/svg+xml": "<svg/>"}) for pixels in "ab")
    assert not list(compare.outputs([one], [other]))


def test_a_chapter_with_other_cells_is_not_compared_but_refused():
    one, other = (v4.new_notebook(cells=[v4.new_code_cell(code)]) for code in ("1", "2"))
    assert compare.notebooks(one, other)[0]
