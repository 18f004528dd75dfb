"""One look, whatever the reader's settings are, legible on light and on dark pages."""

from __future__ import annotations

import matplotlib as mpl
import pytest
from matplotlib import font_manager
from matplotlib.colors import rgb_to_hsv, to_rgb

from gumlib.figures import style
from gumlib.terms import FACTORS, TERMS

LIGHT_PAGE, DARK_PAGE = "#fefefe", "#121212"
INKS = (style.INK, style.MUTED)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", INKS)
def test_text_is_legible_on_light_and_dark_pages(ink):
    assert contrast(ink, LIGHT_PAGE) >= 4.5
    assert contrast(style.dark(ink), DARK_PAGE) >= 4.5


@pytest.mark.parametrize("code", FACTORS)
def test_colours_of_factors_stand_out_on_dark_pages_and_stay(code):
    colour = TERMS[code].colour
    assert style.dark(colour) == colour
    assert contrast(colour, DARK_PAGE) >= 3
    assert contrast(colour, LIGHT_PAGE) >= 2


@pytest.mark.parametrize("colour", sorted({term.colour for term in TERMS.values()}))
def test_words_in_a_colour_are_legible_on_light_and_dark_pages_and_keep_its_hue(colour):
    on_light, on_dark = style.legible(colour), style.dark(style.legible(colour))
    for ground in (LIGHT_PAGE, style.PALE):
        assert contrast(on_light, ground) >= 4.5
    for ground in (DARK_PAGE, style.dark(style.PALE)):
        assert contrast(on_dark, ground) >= 4.5
    assert luminance(on_light) < luminance(colour) <= luminance(on_dark) + 1e-9
    for twin in (on_light, on_dark):
        apart = abs(rgb_to_hsv(to_rgb(twin))[0] - rgb_to_hsv(to_rgb(colour))[0])
        assert min(apart, 1 - apart) < 0.03


def test_inks_are_recoloured_once_and_for_all():
    light = "".join(style._DARK)
    assert style.dark(style.dark(light)) == style.dark(light)
    assert not set(style._DARK) & set(style._DARK.values())


def test_the_readers_settings_do_not_count_and_are_given_back():
    with mpl.rc_context({"font.size": 30, "axes.grid": True, "lines.linestyle": ":"}):
        with style.house():
            assert mpl.rcParams["font.size"] == 9
            assert not mpl.rcParams["axes.grid"]
            assert mpl.rcParams["lines.linestyle"] == "-"
        assert mpl.rcParams["font.size"] == 30


def test_settings_are_given_back_after_an_error():
    before = mpl.rcParams["font.size"]
    with pytest.raises(RuntimeError), style.house():
        raise RuntimeError
    assert mpl.rcParams["font.size"] == before


def test_chinese_names_are_drawn_with_the_font_that_is_shipped():
    found = font_manager.findfont("Noto Sans SC", fallback_to_default=False)
    assert found.startswith(str(style.Path(style.__file__).parent))


def test_a_canvas_is_as_wide_as_the_text():
    assert style.canvas(3).get_size_inches().tolist() == [style.WIDTH, 3]
