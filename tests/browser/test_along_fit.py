"""What would leave a sheet half empty is set otherwise: small chapters are fitted, printed, and read back."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest

from book.along import press

pypdf = pytest.importorskip("pypdf")
pytestmark = pytest.mark.browser
STYLE = (press.HERE / "paper.css").read_text(encoding="utf-8")


def lines(count: int, word: str) -> str:
    """Write a paragraph of so many lines."""
    return f"<p>{'<br>'.join([word] * count)}</p>"


def figure(height: int, word: str) -> str:
    drawing = quote(f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="{height}"/>')
    picture = f'<img src="data:image/svg+xml,{drawing}">'
    return f'<div class="cell"><figure>{picture}<figcaption><p>{word}</p></figcaption></figure></div>'


def table(rows: int) -> str:
    body = "".join(f"<tr><td>row{row}.</td></tr>" for row in range(rows))
    inside = f"<table><thead><tr><th>Head</th></tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="cell"><figure class="gum-table"><figcaption><p>Caption</p></figcaption>{inside}</figure></div>'


@pytest.fixture
def fitted(browser):
    """Return a function that fits a chapter; it returns the text of each printed sheet, and the widths of pictures."""
    page = browser.new_page(viewport={"width": 624, "height": 956})
    page.emulate_media(media="print")

    def fit(body: str) -> tuple[list[str], list[int]]:
        chapter = f'<div class="along-chapter"><section>{body}</section></div>'
        page.set_content(f'<html lang="en"><style>{STYLE}</style>{chapter}</html>', wait_until="load")
        press.fit(page)
        widths = page.evaluate("Array.from(document.images, one => Math.round(one.getBoundingClientRect().width))")
        sheets = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
        return [sheet.extract_text() for sheet in sheets], widths

    yield fit
    page.close()


def test_a_figure_that_just_misses_the_foot_is_set_smaller(fitted):
    (sheet,), (width,) = fitted(lines(30, "Before") + figure(400, "Caption"))
    assert "Caption" in sheet
    assert 420 <= width < 600


def test_figures_beside_each_other_are_set_smaller_together(fitted):
    (sheet,), widths = fitted(figure(450, "First") + lines(8, "Between") + figure(450, "Second"))
    assert "Second" in sheet
    assert widths[0] == widths[1] < 600


def test_text_fills_the_sheet_before_figures_which_keep_their_order(fitted):
    body = lines(25, "Before") + figure(700, "First") + figure(650, "Second") + lines(9, "After") + lines(9, "Last")
    sheets, widths = fitted(body)
    assert [word for word in ("After", "Last") if word in sheets[0]] == ["After", "Last"]
    assert ["First" in sheets[1], "Second" in sheets[2]] == [True, True]
    assert widths == [600, 600]


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("<p>Three rules hold.</p>", True),
        ("<p>Three rules hold:</p>", False),
        ("<p>Three rules hold:</p><ul><li>one</li></ul>", True),
        ("<p>Three rules hold: </p><div class='math-block'>x</div>", False),
        ("<p>Three rules hold, as the table above shows.</p>", False),
        ("<p>Three rules hold, as the next figure shows.</p>", False),
        ("<p>Three rules hold，见上图。</p>", False),
        ("<h3>Three rules hold</h3>", False),
    ],
)
def test_text_that_points_at_its_neighbour_stays_beside_it(fitted, text, moves):
    sheets, _ = fitted(lines(25, "Before") + figure(700, "Caption") + text)
    assert ("Three rules" in sheets[0]) == moves
    assert sum("Three rules" in sheet for sheet in sheets) == 1
    assert ("one" in sheets[0]) == (moves and "<li>" in text)


def test_a_table_begins_where_it_stands_and_heads_each_sheet(fitted):
    first, second = fitted(lines(25, "Before") + table(40))[0]
    assert "row3." in first
    assert ["row39." in second, "Caption" in second, "Head" in second] == [True, False, True]


def test_a_table_of_which_a_line_would_fit_stays_whole(fitted):
    first, second = fitted(lines(44, "Before") + table(10))[0]
    assert "row0." not in first
    assert ["Caption" in second, "row9." in second] == [True, True]
